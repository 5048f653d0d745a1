"""Articles as rows of sentences, each in some wording, and the ties that an ideal matcher finds between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from provenance.model import (
    ArticleFacts,
    ArticleId,
    Attribution,
    AttributionKind,
    ContentHash,
    DateBasis,
    Derivation,
    Lineage,
    Match,
    Note,
    NoteKind,
    OutletId,
    Passage,
    PassageKind,
    Precision,
    Review,
    Span,
    Timeframe,
    WeighedMatch,
)
from provenance.trace import declared, measured, trace

WORDS = 20
LENGTH = 120
EDITED = 0.8

Told = Sequence[str]
"""Sentences by name; ``7'`` is sentence 7 in another wording, ``7''`` in a third."""


def day(number: int, *, days: int = 1) -> Timeframe:
    start = datetime(2025, 3, 1, tzinfo=UTC) + timedelta(days=number)
    return Timeframe(start, start + timedelta(days=days), Precision.DAY, DateBasis.RECORD, f"2025-03-{number:02}")


def article(
    name: str,
    told: Told,
    *,
    outlet: str | None = "own",
    on: int | None = None,
    credits_: Sequence[str] = (),
    kind: AttributionKind = AttributionKind.REPUBLICATION,
    cites: Sequence[str] = (),
    notes: Sequence[int | None] = (),
) -> ArticleFacts:
    """Make the facts of an article; ``outlet="own"`` gives it an outlet of its own."""
    named = [
        Attribution(kind, f"Source: {each}", "r", span=Span(0, 9), credited=each, outlet=OutletId(each))
        for each in credits_
    ]
    cited = [
        Attribution(
            AttributionKind.CITATION, f"{each} said", "r", span=Span(9, 19), credited=each, outlet=OutletId(each)
        )
        for each in cites
    ]
    return ArticleFacts(
        id=ArticleId(name),
        source=f"{name}.txt",
        content_hash=ContentHash(name),
        body_hash=ContentHash(" ".join(told)),
        words=len(told) * WORDS,
        outlet=OutletId(f"outlet-{name}") if outlet == "own" else OutletId(outlet) if outlet else None,
        published=None if on is None else day(on),
        attributions=(*named, *cited),
        upstreams=tuple(sorted(map(OutletId, credits_))),
        notes=tuple(Note(NoteKind.UPDATE, Span(0, 5), "r", number) for number in notes),
    )


def match(left: str, right: str, texts: Mapping[str, Told], strength: float) -> WeighedMatch | None:
    """Pair what two articles tell alike; ``None`` where they share nothing."""
    ours, theirs = texts[left], texts[right]
    at = {sentence.rstrip("'"): place for place, sentence in enumerate(theirs)}
    found = []
    for place, sentence in enumerate(ours):
        other = at.get(sentence.rstrip("'"))
        if other is not None:
            same = sentence == theirs[other]
            kind = PassageKind.VERBATIM if same else PassageKind.EDITED
            here, there = (Span(spot * LENGTH, spot * LENGTH + LENGTH - 1) for spot in (place, other))
            found.append(Passage(kind, here, there, 1.0 if same else EDITED, WORDS, WORDS))
    if not found:
        return None
    shared = len(found)
    made = Match(
        ArticleId(left),
        ArticleId(right),
        tuple(found),
        len(ours) * WORDS,
        len(theirs) * WORDS,
        shared / len(ours),
        shared / len(theirs),
    )
    return WeighedMatch(made, strength, ())


def traced(
    articles: Sequence[ArticleFacts],
    texts: Mapping[str, Told],
    *,
    reviews: Sequence[Review] = (),
    strength: float = 0.99,
    possible: Mapping[tuple[str, str], float] | None = None,
) -> Lineage:
    """Trace articles between which every shared sentence was found."""
    facts = {each.id: each for each in articles}
    names = sorted(texts)
    pairs = [
        made
        for number, left in enumerate(names)
        for right in names[number + 1 :]
        if (made := match(left, right, texts, (possible or {}).get((left, right), strength)))
    ]
    links = list(measured(pairs, facts))
    links.extend(declared(articles, links))
    return trace(links, facts, reviews)


def link(lineage: Lineage, one: str, other: str) -> Derivation:
    """Return the derivation between two articles."""
    return next(each for each in lineage.derivations if {each.downstream, each.upstream} == {one, other})


def edges(lineage: Lineage) -> set[tuple[str, str]]:
    """Give the links of a lineage between articles at hand, upstream first."""
    return {
        (each.upstream, each.downstream)
        for each in lineage.derivations
        if each.in_lineage and each.upstream is not None
    }


def kinds(derivation: Derivation) -> set[str]:
    """Name the kinds of evidence of a derivation."""
    return {each.kind for each in derivation.evidence}
