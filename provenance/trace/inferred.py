"""Sources nobody has at hand: inferred from what articles share that none of them can have taken from another."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice

from provenance.model import (
    ArticleFacts,
    ArticleId,
    Derivation,
    Direction,
    Evidence,
    EvidencePlace,
    InferredContent,
    InferredSource,
    InferredSourceId,
    OutletId,
    PassageKind,
    Span,
    merge_spans,
)
from provenance.trace.chains import credited_elsewhere
from provenance.trace.coverage import gain
from provenance.trace.groups import Groups
from provenance.trace.ties import Ties, lean

__all__ = ["infer_sources", "part_descendants"]

OWN_WORDS = 12.0
"""Words each of three articles must share with each other one beyond the third, before a source of all three is
inferred: more than a sentence, so that no slip of the aligner makes a source."""

MAX_TRIPLES = 64
"""Pairs of partners asked about one article, the most strongly tied first."""


def infer_sources(
    members: Sequence[ArticleId],
    ties: Ties,
    facts: Mapping[ArticleId, ArticleFacts],
    at_hand: Callable[[ArticleId], Collection[OutletId]],
) -> list[InferredSource]:
    """Infer the sources of one family that are not at hand.

    There are two reasons to: articles that share text credit one outlet of which nothing is at hand; and three
    articles share in pairs what the third does not have, so that none of them can be the source of the other two.
    """
    inside = set(members)
    by_outlet = list(_commonly_credited(members, ties, facts, at_hand))
    named = {article for _, crediting, others in by_outlet for article in crediting | others}
    without_name = [group for group in _unexplained(members, ties) if not group <= named]
    sources = [
        _source(outlet, sorted(crediting | others), ties, _reasons(crediting, others))
        for outlet, crediting, others in by_outlet
    ]
    why = "each of these articles shares with each other what a third does not have: none can be the source of all"
    sources += [_source(None, sorted(group & inside), ties, (why,)) for group in without_name]
    return [source for source in sources if source.content]


def _commonly_credited(
    members: Sequence[ArticleId],
    ties: Ties,
    facts: Mapping[ArticleId, ArticleFacts],
    at_hand: Callable[[ArticleId], Collection[OutletId]],
) -> Iterator[tuple[OutletId, set[ArticleId], set[ArticleId]]]:
    """Yield outlets with the articles that credit them, and others with the same text that credit nobody for it."""
    crediting: defaultdict[OutletId, list[ArticleId]] = defaultdict(list)
    for member in members:
        for outlet in credited_elsewhere(facts[member], at_hand):
            if outlet is not None:
                crediting[outlet].append(member)
    for outlet, articles in sorted(crediting.items()):
        tied, inside = Groups(articles), set(articles)
        for article in articles:
            for partner in ties.partners(article):
                if partner in inside and not _follows(ties, article, partner):
                    tied.unite(article, partner)
        for group in tied.groups():
            if len(group) > 1:
                yield outlet, set(group), _with_the_same(group, ties)


def _reasons(crediting: Collection[ArticleId], others: Collection[ArticleId]) -> tuple[str, ...]:
    number = len(crediting)
    same = f"; {len(others)} more with the same text may have it from there" if others else ""
    return (f"{number} of these articles credit it, and it is not at hand{same}",)


def _with_the_same(crediting: Sequence[ArticleId], ties: Ties) -> set[ArticleId]:
    """Find articles that credit nobody and share text with two that credit the source, in no order to any of them."""
    met: Counter[ArticleId] = Counter()
    ordered: set[ArticleId] = set()
    for article in crediting:
        for partner in ties.partners(article):
            met[partner] += 1
            if _follows(ties, article, partner):
                ordered.add(partner)
    return {article for article, times in met.items() if times > 1} - ordered - set(crediting)


def _follows(ties: Ties, one: ArticleId, other: ArticleId) -> bool:
    """Say whether more than their dates tells that one of two was taken from the other."""
    link = ties.link(one, other)
    return link is not None and link.direction is not Direction.UNKNOWN


def _unexplained(members: Iterable[ArticleId], ties: Ties) -> list[set[ArticleId]]:
    """Find groups of articles of which any three share in pairs what the third does not have."""
    triples = [triple for member in members for triple in _triples(member, ties) if _share_apart(triple, ties)]
    groups = Groups({article for triple in triples for article in triple})
    for first, *rest in triples:
        for other in rest:
            groups.unite(first, other)
    return [set(group) for group in groups.groups()]


def _triples(article: ArticleId, ties: Ties) -> Iterator[tuple[ArticleId, ArticleId, ArticleId]]:
    later = (partner for partner in ties.partners(article) if partner > article)
    tied = ((one, other) for one, other in combinations(islice(later, 16), 2) if ties.link(one, other))
    yield from ((article, one, other) for one, other in islice(tied, MAX_TRIPLES))


def _share_apart(triple: tuple[ArticleId, ArticleId, ArticleId], ties: Ties) -> bool:
    for one, other in combinations(triple, 2):
        if _is_sure(ties.link(one, other)) or ties.are_apart(one, other):
            return False
    return all(
        gain(ties.told(one, other), [ties.told(one, third)]) >= OWN_WORDS
        for one, other, third in (
            (triple[a], triple[b], triple[3 - a - b]) for a in range(3) for b in range(3) if a != b
        )
    )


def _is_sure(link: Derivation | None) -> bool:
    """Say whether a tie has a direction for more than its dates."""
    if link is None or link.direction is Direction.UNKNOWN:
        return False
    return any(
        each.kind in ("credit", "citation", "chain", "review", "version-number") and each.weight > 0
        for each in link.evidence
    )


def _source(outlet: OutletId | None, articles: Sequence[ArticleId], ties: Ties, why: tuple[str, ...]) -> InferredSource:
    described = "\0".join([outlet or "", *articles])
    digest = hashlib.sha256(described.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return InferredSource(
        id=InferredSourceId(f"inferred:{digest}"),
        outlet=outlet,
        articles=tuple(articles),
        content=tuple(_content(articles, ties)),
        why=why,
    )


def _content(articles: Sequence[ArticleId], ties: Ties) -> Iterator[InferredContent]:
    """Yield what the source must have contained: all that stands in two of its descendants, each passage once.

    The wording that is given first is that of the article with most of it; others add what it left out.
    """
    inside = set(articles)
    told: dict[ArticleId, list[tuple[Span, EvidencePlace]]] = {article: [] for article in articles}
    for article in articles:
        for partner in ties.partners(article):
            if partner in inside:
                told[article] += _shared(article, partner, ties)
    amount = {
        article: sum(len(span) for span in merge_spans(span for span, _ in told[article])) for article in articles
    }
    given: defaultdict[ArticleId, list[Span]] = defaultdict(list)
    for article in sorted(articles, key=lambda each: (-amount[each], each)):
        for span in merge_spans(span for span, _ in told[article]):
            if any(span.overlap(done) for done in given[article]):
                continue
            others = sorted({place for own, place in told[article] if own.overlap(span)}, key=_by_place)
            for place in others:
                given[place.article].append(place.span)
            yield InferredContent((EvidencePlace(article, span), *others))


def _by_place(place: EvidencePlace) -> tuple[ArticleId, Span]:
    return place.article, place.span


def _shared(article: ArticleId, partner: ArticleId, ties: Ties) -> Iterator[tuple[Span, EvidencePlace]]:
    link = ties.link(article, partner)
    if link is None:
        return
    for passage in link.passages:
        if passage.kind is not PassageKind.QUOTE:
            ours, theirs = (
                (passage.left, passage.right) if link.downstream == article else (passage.right, passage.left)
            )
            yield ours, EvidencePlace(partner, theirs)


def part_descendants(sources: Iterable[InferredSource], ties: Ties) -> set[frozenset[ArticleId]]:
    """Take back what dates say of the order of articles that drew on one source; return these pairs.

    They are no links of a lineage: each has the text from the source. An order that more than dates speak for stays.
    """
    apart: set[frozenset[ArticleId]] = set()
    for source in sources:
        inside = set(source.articles)
        for article in source.articles:
            for partner in ties.partners(article):
                link = ties.link(article, partner)
                if partner in inside and article < partner and link is not None and not _is_sure(link):
                    apart.add(frozenset((article, partner)))
                    if link.direction is not Direction.UNKNOWN and link.upstream is not None:
                        detail = "both are taken to have it from a source that is not at hand"
                        ties.note(link.upstream, link.downstream, Evidence("common-credit", detail, (), -lean(link)))
    return apart
