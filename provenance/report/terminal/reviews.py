"""Reviewers' decisions: one that was just taken, and the list of all with what became of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from provenance.model import ArticleId, Decision, Derivation, Direction, Review
from provenance.report.findings import FindingsIndex
from provenance.report.plain import handle, one_line
from provenance.report.terminal.families import link_words
from provenance.report.terminal.layout import Paragraph, entry, plain, stacked
from provenance.report.words import counted

__all__ = ["decided_view", "decisions_view"]

_VERBS = {
    Decision.CONFIRMED: "derives from",
    Decision.REJECTED: "is not tied by derivation to",
    Decision.WITHDRAWN: "is left to the evidence again, as to",
}


def decided_view(
    index: FindingsIndex, review: Review, link: Derivation | None, replaced: Review | None
) -> RenderableType:
    """Return what was just decided, what the audit had found, and what was decided before.

    Args:
        index: the findings of the audit.
        review: the decision.
        link: what the audit found between the two, whichever it calls the upstream.
        replaced: the decision that counted until now.
    """
    lines = [*_decision_lines(index, review, indent=0)]
    if link is None:
        lines.append(entry("Found by the audit", "no tie between the two", indent=2))
    else:
        words = link_words(link, credited=index.credits(link.downstream, link), words_of=_words_of(index, link))
        lines.append(entry("Found by the audit", words, indent=2))
        if _is_turned(review, link):
            turned = "the direction that audit established is the other one; this decision goes before it"
            lines.append(entry("Against the evidence", plain(turned, "bold"), indent=2))
    if replaced is not None:
        before = f"{replaced.decision} by {one_line(replaced.reviewer)} on {_day(replaced)}"
        lines.append(entry("In place of", before, indent=2))
    return stacked(lines)


def _is_turned(review: Review, link: Derivation) -> bool:
    """Say whether a decision confirms the direction opposite to an established one."""
    confirmed = review.decision is Decision.CONFIRMED and review.upstream is not None
    return confirmed and link.direction is Direction.ESTABLISHED and link.downstream == review.upstream


def _words_of(index: FindingsIndex, link: Derivation) -> str:
    return f"the words of {index.article_name(link.downstream)}"


def decisions_view(
    index: FindingsIndex | None, reviews: Sequence[Review], in_force: Collection[Review]
) -> RenderableType:
    """Return every decision, oldest first, with whether it still counts and why not.

    Args:
        index: the findings of the latest audit, for names; ``None`` where none has finished.
        reviews: all decisions, oldest first.
        in_force: those that count.
    """
    if not reviews:
        return Paragraph(plain("No decision has been taken yet: provenance review DOWN UP --confirm --by NAME"))
    later: dict[frozenset[tuple[str | None, str | None]], Review] = {}
    standing: list[str] = []
    for review in reversed(reviews):
        follower = later.setdefault(_contents(review), review)
        standing.append(_standing(review, follower, in_force))
    lines: list[RenderableType] = [
        Paragraph(plain(f"{counted(len(reviews), 'decision')}, {len(in_force):,} in force", "bold"))
    ]
    for review, words in zip(reviews, reversed(standing), strict=True):
        lines += ["", *_decision_lines(index, review, indent=0), entry("Stands", words, indent=2)]
    return stacked(lines)


def _contents(review: Review) -> frozenset[tuple[str | None, str | None]]:
    named = ("", review.upstream_outlet)  # no article has an empty id
    other = named if review.upstream is None else (review.upstream, review.upstream_hash)
    return frozenset({(review.downstream, review.downstream_hash), other})


def _standing(review: Review, last: Review, in_force: Collection[Review]) -> str:
    if last is not review:
        return f"no longer: {last.decision} by {one_line(last.reviewer)} on {_day(last)}"
    if review in in_force:
        return "in force"
    if review.decision is Decision.WITHDRAWN:
        return "nothing is decided about the two any more"
    return "lapsed: one of the texts has changed since"


def _decision_lines(index: FindingsIndex | None, review: Review, *, indent: int) -> Iterator[RenderableType]:
    moment = review.decided_at.strftime("%Y-%m-%d %H:%M UTC")
    who = f"{str(review.decision).capitalize()} by {one_line(review.reviewer)}, {moment}"
    yield Paragraph(plain(who, "bold"), indent=indent)
    downstream, upstream = _name(index, review.downstream), _upstream_name(index, review)
    link = Text.assemble((downstream, "bold"), f" {_VERBS[review.decision]} ", (upstream, "bold"))
    yield Paragraph(link, indent=indent + 2)
    if review.note:
        yield entry("Note", f"“{one_line(review.note)}”", indent=indent + 2)


def _name(index: FindingsIndex | None, article: ArticleId) -> str:
    if index is None or article not in index.articles:
        return handle(article)
    return f"{index.article_name(article)}{index.shown_handle(article)}"


def _upstream_name(index: FindingsIndex | None, review: Review) -> str:
    if review.upstream is not None:
        return _name(index, review.upstream)
    outlet = index.outlet_name(review.upstream_outlet) if index else one_line(review.upstream_outlet or "")
    return f"{outlet}, known by name only"


def _day(review: Review) -> str:
    return review.decided_at.date().isoformat()
