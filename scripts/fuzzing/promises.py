"""What every stage promises of its results, whatever it was given."""

from __future__ import annotations

from itertools import pairwise

from fuzzing.targets import promise
from provenance.model import (
    Article,
    Comparison,
    Inspection,
    LabelledArticle,
    Lineage,
    Match,
    Passage,
    Span,
    Unreadable,
)

__all__ = ["compared", "inspected", "labelled", "matched", "read", "traced"]

MAX_ELEMENT = 400
"""Code points of the markup that a claim quotes."""


def read(found: Article | Unreadable) -> None:
    """Hold what a reader gave to its promises."""
    if isinstance(found, Unreadable):
        promise(found.reason, "an unreadable source has a reason")
        return
    text = found.text
    promise(text.strip(), "an article has a text")
    promise("\0" not in text, "no text holds NUL")
    for value in (text, found.id, found.url or "", found.title or "", found.byline or "", found.outlet_name or ""):
        value.encode()  # a lone surrogate could not be stored
    promise("".join(line.span.of(text) for line in found.lines) == text, "the lines cover the text")
    promise(all(len(line.span) for line in found.lines), "no line is empty")
    for line in found.lines:
        content = line.span.of(text).removesuffix("\n").removesuffix("\r")
        promise("\n" not in content and "\r" not in content, "a line is one line")
        promise(0.0 <= line.link_share <= 1.0, "the share of links of a line is a share")
    for claim in found.claims:
        promise(claim.value and len(claim.element) <= MAX_ELEMENT, "a claim has a value, and a short element")
        "".join((claim.value, claim.element, claim.context, *claim.extra, *claim.extra.values())).encode()


def labelled(found: LabelledArticle) -> None:
    """Hold the labels of an article to their promises."""
    text = found.article.text
    promise("".join(block.span.of(text) for block in found.blocks) == text, "the blocks cover the text")
    starts = [block.span.start for block in found.blocks]
    promise(
        starts == [0, *(block.span.end for block in found.blocks)][: len(starts)], "blocks neither part nor overlap"
    )
    promise(all(block.rule for block in found.blocks), "every block names its rule")


def inspected(found: Inspection) -> None:
    """Hold what was found of one article's sources to its promises."""
    labelled(found.labelled)
    text = found.labelled.article.text
    for each in found.attributions:
        promise((each.span is None) != (each.element is None), "an attribution stands in text or in markup")
        promise(each.hop >= 1, "hops are counted from one")
        promise(each.rule, "an attribution names its rule")
        for span in (each.span, each.name_span):
            promise(span is None or _stands(span, text), "an attribution stands inside the text")
        promise(each.span is None or each.text == each.span.of(text), "an attribution quotes the text")
    promise(found.outlet not in found.upstreams, "a page is not its own upstream")
    for rejection in found.rejections:
        promise(rejection.span is None or _stands(rejection.span, text), "a rejection stands inside the text")
    for note in found.notes:
        promise(note.span.end <= len(text), "a note stands inside the text")
    for trick in found.tricks:
        promise(trick.spans and all(_stands(place, text) for place in trick.spans), "a trick stands inside the text")


def matched(found: Match, left: str, right: str) -> None:
    """Hold a match of two texts to its promises."""
    for passage in found.passages:
        _passage(passage, left, right)
    promise(
        all(one.left <= other.left for one, other in pairwise(found.passages)), "passages are in the order of the left"
    )
    for share in (found.left_containment, found.right_containment):
        promise(0.0 <= share <= 1.0, "containment is a share")
    promise(all(-1.0 <= value <= 1.0 for value in found.signals.values()), "signals are between -1 and 1")


def _passage(passage: Passage, left: str, right: str) -> None:
    promise(_stands(passage.left, left) and _stands(passage.right, right), "a passage stands inside both texts")
    promise(0.0 <= passage.similarity <= 1.0 and 0.0 <= passage.confidence <= 1.0, "likeness and confidence are shares")
    promise(passage.left_words >= 0 and passage.right_words >= 0, "words are counted")


def compared(found: Comparison) -> None:
    """Hold a comparison, with its texts in it, to its promises."""
    below, above = found.downstream_text, found.upstream_text
    matched(found.match, below, above)
    promise(0.0 <= found.strength <= 1.0, "strength is a probability")
    low, high = found.verdict.interval
    share = found.verdict.derived_share
    promise(share is not None and 0.0 <= low <= share <= high <= 1.0, "the interval holds the share")
    promise(sum(part for _, part in found.verdict.composition) <= 1.0 + 1e-9, "the parts are no more than the whole")
    for change in found.drift:
        promise(_stands(change.downstream.span, below), "a changed fact stands in the downstream text")
        promise(_stands(change.upstream.span, above), "a changed fact stands in the upstream text")
        promise(change.before and change.after, "a changed fact has both wordings")


def traced(found: Lineage) -> None:
    """Hold a lineage to its promises."""
    upstreams: dict[str, set[str]] = {}
    for each in found.derivations:
        if each.in_lineage and each.upstream is not None:
            upstreams.setdefault(each.downstream, set()).add(each.upstream)
        promise(0.0 <= each.strength <= 1.0, "strength is a probability")
        promise(each.downstream != each.upstream, "nothing derives from itself")
    promise(_is_acyclic(upstreams), "a lineage has no circle")
    for origins in (found.origins, *(family.origins for family in found.families)):
        promise(0 <= origins.at_least <= origins.at_most, "at least is no more than at most")
    members = [article for family in found.families for article in family.articles]
    promise(len(members) == len(set(members)), "an article is of one family")


def _is_acyclic(upstreams: dict[str, set[str]]) -> bool:
    """Take away, again and again, whatever derives from nothing that is left."""
    left = {article: set(sources) for article, sources in upstreams.items()}
    while left:
        done = {article for article, sources in left.items() if not sources & left.keys()}
        if not done:
            return False
        left = {article: sources for article, sources in left.items() if article not in done}
    return True


def _stands(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)
