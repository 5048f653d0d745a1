"""How many independent origins stand behind some articles, at least and at most, with the reasoning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from provenance.model import ArticleId, Decision, Derivation, Direction, Family, InferredSource, Origins
from provenance.trace.coverage import Coverage, overlap, weight
from provenance.trace.groups import Groups
from provenance.trace.ties import Ties

__all__ = ["ESTABLISHED_TIE", "audit_origins", "family_origins"]

ESTABLISHED_TIE = 0.95
"""Strength from which two articles certainly have one origin, whichever came first: the bound for ``at_most``. A tie a
reviewer confirmed is as certain."""

SAME_PART = 0.2
"""Share of the smaller of two parts of an article from which they are the same part: what two others share with it
there they share with one another."""


def family_origins(
    members: Sequence[ArticleId], links: Sequence[Derivation], sources: Sequence[InferredSource], ties: Ties
) -> Origins:
    """Count the origins behind one family.

    Args:
        members: its articles, sorted.
        links: every asserted tie inside it.
        sources: the sources inferred in it; whoever drew on one has its origin there.
        ties: the same ties, with what each article tells of the other.
    """
    certain = [link for link in links if link.strength >= ESTABLISHED_TIE or link.decision is Decision.CONFIRMED]
    at_least = _sources(members, links, sources)
    at_most = max(
        at_least,
        _sources(members, certain, ()) + _possible_merges(members, certain, ties),
        _sources(members, links, sources, one_text=False),
    )
    return Origins(at_least, at_most, tuple(_reasons(at_least, at_most, links, certain, sources)))


def _reasons(
    at_least: int,
    at_most: int,
    links: Sequence[Derivation],
    certain: Sequence[Derivation],
    sources: Sequence[InferredSource],
) -> Iterable[str]:
    if at_least > 1:
        where = ", some of them texts not at hand" if any(source.outlet for source in sources) else ""
        yield f"at least {at_least}: the others derive from {at_least} that nothing ties to one another{where}"
    elif sources:
        yield "at least 1: each of these articles is tied to another one, some through a source that is not at hand"
    else:
        yield "at least 1: each of these articles is tied to another one by derivation"
    if at_most > at_least and len(certain) < len(links):
        yield f"at most {at_most}: only ties of strength {ESTABLISHED_TIE} and more are certain"
    elif at_most > at_least:
        yield f"at most {at_most}: where nothing shows who was first, one article may have put several texts together"


def _sources(
    members: Sequence[ArticleId],
    links: Sequence[Derivation],
    sources: Sequence[InferredSource],
    *,
    one_text: bool = True,
) -> int:
    """Count groups that nothing else stands upstream of.

    A tie whose order is unknown unites two articles, for both have one origin whichever came first; a tie with a
    direction does not, so that a round-up of two reports that share nothing counts two. A circle of directed ties has
    no source and counts one.
    """
    named = [source for source in sources if source.outlet is not None]  # a text not at hand is a source like any other
    nodes = [*members, *(ArticleId(source.id) for source in named)]
    united, whole = Groups(nodes), Groups(nodes)
    directed = [(article, ArticleId(source.id)) for source in named for article in source.articles]
    directed += [(each.downstream, each.upstream) for each in links if each.upstream and _is_ordered(each)]
    alike = [(each.downstream, each.upstream) for each in links if each.upstream and not _is_ordered(each)]
    alike += [(source.articles[0], each) for source in sources if source.outlet is None for each in source.articles]
    if one_text:
        alike += [(ArticleId(one.id), ArticleId(other.id)) for one, other in _maybe_one(named, links)]
    for one, other in alike:
        united.unite(one, other)
    for one, other in (*alike, *directed):
        whole.unite(one, other)
    fed = {united.find(down) for down, up in directed if united.find(down) != united.find(up)}
    first = {united.find(node) for node in nodes} - fed
    circles = {whole.find(node) for node in nodes} - {whole.find(node) for node in first}
    return len(first) + len(circles)


def _is_ordered(link: Derivation) -> bool:
    return link.direction is not Direction.UNKNOWN


def _are_alike(one: InferredSource, other: InferredSource) -> bool:
    """Say whether two inferred sources may be one text, because half of those that drew on one drew on the other."""
    common = len(set(one.articles) & set(other.articles))
    return 2 * common >= min(len(one.articles), len(other.articles))


def _maybe_one(
    sources: Sequence[InferredSource], links: Iterable[Derivation]
) -> Iterable[tuple[InferredSource, InferredSource]]:
    """Yield inferred sources that may be one text: the same articles drew on both, or share text in no known order."""
    yield from (pair for pair in combinations(sources, 2) if _are_alike(*pair))
    drawn: defaultdict[ArticleId, list[InferredSource]] = defaultdict(list)
    for source in sources:
        for article in source.articles:
            drawn[article].append(source)
    for link in links:
        if link.upstream is not None and not _is_ordered(link):
            for one in drawn[link.downstream]:
                yield from (
                    (one, other)
                    for other in drawn[link.upstream]
                    if link.upstream not in one.articles and link.downstream not in other.articles
                )


def _possible_merges(members: Sequence[ArticleId], certain: Sequence[Derivation], ties: Ties) -> int:
    """Count how many further origins there may be where the order is unknown.

    An article that shares one part with one text and another part with another may be the source of both, or have put
    the two together. Texts tied to the same part of it are tied to one another.
    """
    partners: defaultdict[ArticleId, list[ArticleId]] = defaultdict(list)
    above: defaultdict[ArticleId, list[ArticleId]] = defaultdict(list)
    for link in certain:
        if link.upstream is not None and link.direction is Direction.UNKNOWN:
            partners[link.downstream].append(link.upstream)
            partners[link.upstream].append(link.downstream)
        elif link.upstream is not None:
            above[link.downstream].append(link.upstream)
    return sum(_merges(member, above[member], partners[member], ties) for member in members if partners[member])


def _merges(article: ArticleId, above: Sequence[ArticleId], partners: Sequence[ArticleId], ties: Ties) -> int:
    """Count the parts of an article it may have from other texts, besides those whose source is known, or the first."""
    known = _parts(article, above, ties)
    return _parts(article, [*above, *partners], ties) - max(1, known)


def _parts(article: ArticleId, partners: Sequence[ArticleId], ties: Ties) -> int:
    """Count the parts of an article that different other texts share with it and not with one another."""
    parts: list[tuple[ArticleId, Coverage]] = []
    # Large parts first, so that the names of articles do not decide which of two that overlap is the part.
    for partner in sorted(partners, key=lambda each: (-weight(ties.told(article, each)), ties.told(article, each))):
        told = ties.told(article, partner)
        if not any(overlap(told, other) > SAME_PART or ties.link(partner, known) for known, other in parts):
            parts.append((partner, told))
    return len(parts)


def audit_origins(families: Sequence[Family], articles: int) -> Origins:
    """Count the origins behind a whole audit: those of its families, and one for every article that stands alone."""
    together = sum(len(family.articles) for family in families)
    alone = articles - together
    at_least = alone + sum(family.origins.at_least for family in families)
    at_most = alone + sum(family.origins.at_most for family in families)
    return Origins(at_least, at_most, tuple(_audit_reasons(families, alone, together, Origins(at_least, at_most))))


def _audit_reasons(families: Sequence[Family], alone: int, together: int, origins: Origins) -> Iterable[str]:
    if alone:
        apart = f"{alone} articles are" if alone > 1 else "1 article is"
        yield f"{apart} tied to no other by derivation: {'each ' if alone > 1 else ''}an origin of its own"
    if families:
        tied = f"{together} articles in {len(families)} {'family' if len(families) == 1 else 'families'}"
        low, high = origins.at_least - alone, origins.at_most - alone
        yield f"{tied}: {low if low == high else f'{low} to {high}'} {'origin' if high == 1 else 'origins'}"
    if origins.at_least < origins.at_most:
        yield (
            f"at least {origins.at_least} when every asserted tie counts, at most {origins.at_most} when only the "
            "certain ones do"
        )
