"""After attribution: lines that are nothing but a credit say so."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
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
    return replace(labelled, blocks=tuple(_marked(block, inside, text) for block, inside in _met(labelled, credits_)))


def _met(labelled: LabelledArticle, credits_: list[Attribution]) -> Iterator[tuple[Block, list[Attribution]]]:
    """Give every block with the credits that overlap it, in one walk over both."""
    waiting = deque(credits_)
    open_credits: list[Attribution] = []
    for block in labelled.blocks:
        while waiting and (span := waiting[0].span) is not None and span.start < block.span.end:
            open_credits.append(waiting.popleft())
        open_credits = [a for a in open_credits if a.span is not None and a.span.end > block.span.start]
        yield block, open_credits


def _place(attribution: Attribution) -> tuple[Span, str]:
    return attribution.span or Span(0, 0), attribution.rule


def _marked(block: Block, inside: list[Attribution], text: str) -> Block:
    if block.role in _KEPT or not inside:
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
