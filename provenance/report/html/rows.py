"""Articles as rows of a table: how much of each is derived, whether it says so, and from whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from provenance.model import (
    ArticleFacts,
    ArticleId,
    AttributionKind,
    Credit,
    Derivation,
    Direction,
    PassageKind,
    Verdict,
)
from provenance.report.findings import FindingsIndex, file_name
from provenance.report.headline import status
from provenance.report.html.anchors import Anchors
from provenance.report.html.dates import basis_phrase, date_phrase
from provenance.report.plain import handle, one_line, shortened
from provenance.report.terminal.articles import amount_phrase
from provenance.report.terminal.evidence import credit_line
from provenance.report.words import (
    CREDIT_FINDING_WORDS,
    CREDIT_UNDECIDED,
    CREDIT_WORDS,
    PASSAGE_WORDS,
    is_admitted,
    listed,
    percent,
    review_phrase,
    tricks_phrase,
)

__all__ = ["ArticleRow", "BarPart", "UpstreamCell", "article_row", "bar_parts"]


@dataclass(frozen=True, slots=True)
class BarPart:
    """One part of a bar: the kind of passage (``new`` for the rest), its share in [0, 1], and both in words."""

    kind: str
    share: float
    words: str


@dataclass(frozen=True, slots=True)
class UpstreamCell:
    """One upstream of an article, or one it is tied to in an order that is unknown (not ``directed``).

    With what is to be said beside it, and where the link is told.
    """

    name: str
    note: str
    href: str | None
    directed: bool = True


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """Everything the table tells of one article."""

    anchor: str
    title: str
    lang: str
    """Of the title; empty where it is not known."""
    outlet: str
    handle: str
    file: str
    date: str
    date_basis: str
    date_order: str
    """For sorting; empty where no date is known."""
    words: int
    share: float
    """For sorting: the derived share, -1 where it is not measurable."""
    figure: str
    amount: str
    bar: tuple[BarPart, ...]
    status: str
    credit: str
    credit_words: str
    credit_lines: tuple[str, ...]
    upstreams: tuple[UpstreamCell, ...]
    ties: str
    """What heads the upstreams where the table has no heads; it claims no order that is unknown."""
    family: str
    family_href: str | None
    notes: tuple[str, ...]
    review: str
    address: str


_LONGEST_NAME: Final = 110
"""Characters of an upstream's name in its narrow column; the link leads to all of it."""

_CREDIT_LABELS: Final = {
    Credit.CREDITED: "credited",
    Credit.UNCREDITED: "uncredited",
    Credit.NOT_AT_HAND: "credited, not at hand",
    Credit.CONTRADICTED: "credit contradicted",
    Credit.NOT_APPLICABLE: "no credit called for",
}


def article_row(index: FindingsIndex, facts: ArticleFacts, anchors: Anchors, families: dict[str, int]) -> ArticleRow:
    """Return the row of one article; ``families`` numbers the families as the pages do."""
    verdict = index.verdicts.get(facts.id)
    family = index.families.get(facts.id)
    number = families.get(family.id) if family else None
    date = facts.published
    upstreams = tuple(_upstreams(index, facts, anchors))
    return ArticleRow(
        anchor=anchors.name(facts.id),
        title=one_line(facts.title) if facts.title else file_name(facts.source),
        lang=(facts.language or "") if facts.title else "",
        outlet=index.outlet_name(facts.outlet),
        handle=handle(facts.id),
        file=one_line(facts.source),
        date=date_phrase(date),
        date_basis=basis_phrase(date),
        date_order=date.earliest.isoformat() if date else "",
        words=facts.words,
        share=-1.0 if verdict is None or verdict.derived_share is None else verdict.derived_share,
        figure="–" if verdict is None or verdict.derived_share is None else percent(verdict.derived_share),
        amount=amount_phrase(index, verdict) if verdict else "",
        bar=bar_parts(verdict.composition) if verdict and verdict.derived_share is not None else (),
        status=status(index, verdict) if verdict else "",
        credit=_credit_label(index, facts, verdict),
        credit_words=_credit_words(index, facts, verdict),
        credit_lines=tuple(_credit_lines(index, facts, verdict)),
        upstreams=upstreams,
        ties=_ties(upstreams),
        family=f"Family {number}" if number else "",
        family_href=anchors.family(family.id) if family and number else None,
        notes=tuple(_notes(index, facts)),
        review=listed(dict.fromkeys(filter(None, map(review_phrase, index.asserted(facts.id))))),
        address=one_line(facts.url or ""),
    )


def bar_parts(composition: Iterable[tuple[PassageKind, float]]) -> tuple[BarPart, ...]:
    """Return the parts of a bar in the order of the kinds; what the composition leaves is new. They add up to 1."""
    shares = {kind: share for kind, share in composition if share > 0}
    parts = [(kind.value, shares[kind], PASSAGE_WORDS[kind]) for kind in PassageKind if kind in shares]
    parts.append(("new", max(0.0, 1 - sum(shares.values())), "new"))
    whole = sum(share for _, share, _ in parts)
    return tuple(BarPart(kind, share / whole, f"{word} {percent(share)}") for kind, share, word in parts if share)


def _undecided(index: FindingsIndex, facts: ArticleFacts, verdict: Verdict) -> bool:
    return verdict.credit is Credit.NOT_APPLICABLE and index.only_undirected(facts.id)


def _credit_label(index: FindingsIndex, facts: ArticleFacts, verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    return "cannot be judged" if _undecided(index, facts, verdict) else _CREDIT_LABELS[verdict.credit]


def _credit_words(index: FindingsIndex, facts: ArticleFacts, verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    words = CREDIT_UNDECIDED if _undecided(index, facts, verdict) else CREDIT_WORDS[verdict.credit]
    named = listed(dict.fromkeys(index.outlet_name(each) for each in facts.upstreams))
    return f"{words} ({named})" if named and verdict.credit is not Credit.UNCREDITED else words


def _credit_lines(index: FindingsIndex, facts: ArticleFacts, verdict: Verdict | None) -> Iterable[str]:
    admitted = [each for each in facts.attributions if each.is_provenance]
    yield from (credit_line(each).plain for each in admitted)
    if verdict is None:
        return
    for check in verdict.credits:
        detail = f": {one_line(check.detail)}" if check.detail else ""
        yield f"Checked: {index.outlet_name(check.outlet)}, {CREDIT_FINDING_WORDS[check.finding]}{detail}"
    if verdict.credit is Credit.UNCREDITED and not admitted:
        yield "No rule found a credit for its text, in the text or in the markup"


def _upstreams(index: FindingsIndex, facts: ArticleFacts, anchors: Anchors) -> Iterable[UpstreamCell]:
    """Yield the upstreams in the lineage; where there are none, the best of what an article shares text with."""
    links = [*index.asserted(facts.id), *index.undirected(facts.id)]
    lineage = [link for link in links if link.in_lineage or link.upstream is None]
    told: set[ArticleId | None] = set()
    for link in lineage or sorted(links, key=lambda link: -link.strength)[:1]:
        other = link.downstream if link.upstream == facts.id else link.upstream
        if other is None or other not in told:
            told.add(other)
            yield _upstream(index, link, other, anchors)


def _upstream(index: FindingsIndex, link: Derivation, other: ArticleId | None, anchors: Anchors) -> UpstreamCell:
    href = anchors.pair(link.downstream, link.upstream)
    if other is None:
        name = index.outlet_name(link.upstream_outlet) or "a source it does not name"
        return UpstreamCell(name, f"{index.named_by(link)}, not at hand", href)
    share = percent(link.share) if link.share is not None else "amount unknown"
    name = shortened(index.article_name(other), _LONGEST_NAME)
    if link.direction is not Direction.UNKNOWN:
        return UpstreamCell(name, share, href)
    of = " of that one" if other == link.downstream and link.share is not None else ""
    return UpstreamCell(name, f"{share}{of}, order unknown", href, directed=False)


def _ties(cells: Iterable[UpstreamCell]) -> str:
    directed = {each.directed for each in cells}
    if directed == {True, False}:
        return "Upstream, or tied to"
    return "Ties (order unknown)" if False in directed else "Upstream"


def _notes(index: FindingsIndex, facts: ArticleFacts) -> Iterable[str]:
    citations = (each for each in facts.attributions if each.kind is AttributionKind.CITATION)
    cited = (index.outlet_name(each.outlet) or one_line(each.credited or each.domain or "") for each in citations)
    if names := listed(dict.fromkeys(name for name in cited if name)):
        yield f"Cites {names}, for facts: that is not a credit for its text"
    if facts.tricks:
        yield f"Hidden or disguised: {tricks_phrase(facts.tricks)}"
    verdict = index.verdicts.get(facts.id)
    if verdict and is_admitted(verdict) and verdict.derived_share is None and verdict.interval[0] > 0:
        yield f"Measured so far: at least {percent(verdict.interval[0])} of its words"
