"""After attribution: lines that are nothing but a credit say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from provenance.model import Attribution, Block, LabelledArticle, Role, Span, merge_spans

__all__ = ["mark_credits"]

MIN_COVERED = 0.8  # share of a line's letters and digits inside credits from which nothing else is said in it
_KEPT = frozenset({Role.TITLE, Role.BLANK, Role.BYLINE, Role.CAPTION, Role.RELATED, Role.BIO})
"""Roles a credit does not change: an agency's byline is a byline, and a teaser's credit is a teaser's."""


def mark_credits(labelled: LabelledArticle, attributions: Iterable[Attribution]) -> LabelledArticle:
    """Give lines (nearly) wholly covered by a provenance attribution the role and rule of that attribution.

    A first paragraph that opens with a wire dateline stays body: the attribution covers its opening only.
    """
    credits_ = sorted((a for a in attributions if a.is_provenance and a.span is not None), key=_place)
    if not credits_:
        return labelled
    text = labelled.article.text
    return replace(labelled, blocks=tuple(_marked(block, credits_, text) for block in labelled.blocks))


def _place(attribution: Attribution) -> tuple[Span, str]:
    return attribution.span or Span(0, 0), attribution.rule


def _marked(block: Block, credits_: list[Attribution], text: str) -> Block:
    if block.role in _KEPT:
        return block
    inside = [a for a in credits_ if a.span is not None and a.span.overlap(block.span)]
    if not inside:
        return block
    whole = _weight(block.span, text)
    covered = sum(_weight(_common(span, block.span), text) for span in merge_spans(a.span for a in inside if a.span))
    if whole == 0 or covered < MIN_COVERED * whole:
        return block
    return replace(block, role=Role.ATTRIBUTION, rule=inside[0].rule)


def _common(span: Span, block: Span) -> Span:
    return Span(max(span.start, block.start), min(span.end, block.end))


def _weight(span: Span, text: str) -> int:
    return sum(character.isalnum() for character in span.of(text))
