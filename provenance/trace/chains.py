"""What a third article tells of the order of two: additions and omissions along chains, and sources named elsewhere.

Three articles that share text give more than three pairs. Whatever two of them have in common beyond the third did not
come from the third; and the one that holds all the other two share stands between them. This is the method by which
textual critics order manuscripts (common errors; K. Lachmann), applied to words added, left out and changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice

from provenance.model import ArticleFacts, ArticleId, AttributionKind, Evidence, EvidencePlace, OutletId
from provenance.trace.coverage import common_omissions, gain, weight
from provenance.trace.direction import LIKELY
from provenance.trace.ties import Ties

__all__ = ["CHAIN_SIGNALS", "credited_elsewhere", "weigh_chains"]

CHAIN_WEIGHT = 2.0
"""Log-odds (7 to 1) of an order by what was added and changed: likely by itself, never established."""

OMISSION_WEIGHT = 1.2
"""The same by what both leave out (3 to 1): two editors may find the same sentences dispensable."""

OMITTED_WORDS = 40.0
"""Words two articles must leave out in common: two sentences."""

KEPT_SHARE = 0.1
"""Share of what one of two leaves out that the other may have all the same; more is no common omission."""

COMMON_WORDS = 20.0
"""Words two articles may have in common beyond a third that accounts for what they share: a sentence, which may be
found in one pair and missed in another."""

HALF = 0.5
"""Share of what two have in common from which a third text with the same matter has it as well."""

_SAYING_WHEN = frozenset({"date", "wire-mark"})

MAX_THIRDS = 8
"""Third articles asked about one pair, the most strongly tied first: enough to find the one that decides, and few
enough for families of thousands."""

MAX_ROUNDS = 4
"""Times an order that was found may lead to another one further down a chain."""


def weigh_chains(
    ties: Ties, facts: Mapping[ArticleId, ArticleFacts], at_hand: Callable[[ArticleId], Collection[OutletId]]
) -> None:
    """Add what third articles tell to the evidence of every tie.

    Args:
        ties: the asserted ties; they are changed.
        facts: all articles.
        at_hand: gives the outlets whose own text on the matter is at hand for an article, credited or not.
    """
    for one, other in ties.pairs():
        for signal in (common_credit, siblings):
            for upstream, downstream, evidence in signal(ties, facts, (one, other), at_hand):
                ties.note(upstream, downstream, evidence)
    for _ in range(MAX_ROUNDS):
        found = [each for pair in ties.pairs() for each in chain(ties, facts, pair, at_hand)]
        for upstream, downstream, evidence in found:
            ties.note(upstream, downstream, evidence)
        if not found:
            return


Noted = tuple[ArticleId, ArticleId, Evidence]
"""Upstream, downstream, and evidence that weighs for this order where it is positive."""

AtHand = Callable[[ArticleId], Collection[OutletId]]


def common_credit(
    ties: Ties, facts: Mapping[ArticleId, ArticleFacts], pair: tuple[ArticleId, ArticleId], at_hand: AtHand
) -> Iterator[Noted]:
    """The text of the two is credited to a source that is not at hand: each may have it from there.

    The later one credits it, or one of the two or a third text with the same matter carries an agency's mark. Which was
    published first, and which has lost the mark, then says nothing of who had it from whom: that is taken back.
    """
    link = ties.link(*pair)
    dated = sum(each.weight for each in link.evidence if each.kind in _SAYING_WHEN) if link else 0.0
    if link is None or link.upstream is None or not dated or _reviewed(ties, pair):
        return
    ends = (link.upstream, link.downstream) if dated > 0 else (link.downstream, link.upstream)
    earlier, later = (facts[article] for article in ends)
    if earlier.carries is not None and earlier.carries in later.upstreams:
        return
    credited = _credited(later, credited_elsewhere(later, at_hand) - {earlier.carries})
    credited = credited or _credited(earlier, _wired_elsewhere(earlier, at_hand) - {later.carries})
    for third in () if credited else _thirds(ties, pair):
        wired = _wired_elsewhere(facts[third], at_hand) - {earlier.carries, later.carries}
        if wired and _accounts_for_half(ties, third, pair):
            credited = _credited(facts[third], wired)
            break
    if credited is not None:
        detail, places = credited
        yield *ends, Evidence("common-credit", detail, places, -abs(dated))


def _credited(
    article: ArticleFacts, outlets: Collection[OutletId | None]
) -> tuple[str, tuple[EvidencePlace, ...]] | None:
    """Say in words where an article credits one of some outlets; ``None`` where it credits none of them."""
    named = next((each for each in article.attributions if each.outlet in outlets and each.is_provenance), None)
    if named is None:
        return None
    places = (EvidencePlace(article.id, named.span),) if named.span is not None else ()
    who = named.credited or named.outlet
    return f"{_name(article)} credits the text to {who}, which is not at hand: each may have it from there", places


def credited_elsewhere(article: ArticleFacts, at_hand: AtHand) -> set[OutletId | None]:
    """Name the outlets an article credits for its text of which nothing that it may come from is at hand.

    An agency's own copy, which bears its mark, is at hand itself.
    """
    missing: set[OutletId | None] = set(article.upstreams)
    return missing - set(at_hand(article.id)) - {article.carries}


def _wired_elsewhere(article: ArticleFacts, at_hand: AtHand) -> set[OutletId | None]:
    """The same for agencies alone: what they send out stands in many places at once."""
    wired = {each.outlet for each in article.attributions if each.kind is AttributionKind.WIRE}
    return credited_elsewhere(article, at_hand) & wired


def _accounts_for_half(ties: Ties, third: ArticleId, pair: tuple[ArticleId, ArticleId]) -> bool:
    one, other = pair
    shared = ties.told(one, other)
    return gain(shared, [ties.told(one, third)]) <= HALF * weight(shared)


def siblings(
    ties: Ties, facts: Mapping[ArticleId, ArticleFacts], pair: tuple[ArticleId, ArticleId], _at_hand: AtHand
) -> Iterator[Noted]:
    """A third article accounts for what two share, and neither stands upstream of it: each may have it from there.

    It stands upstream of both and neither is nearer to the other than to it, or it stands between them: both are nearer
    to it than to one another. It takes back whatever else speaks for an order, unless one of the two credits the other.
    """
    one, other = pair
    leaning = ties.lean(one, other)
    if _reviewed(ties, pair) or _is_numbered(ties, pair):
        return
    for third in _thirds(ties, pair):
        between = _is_between(ties, third, pair)
        if between:
            ties.part(one, other)
        if _credits(ties, facts, pair, third) or any(ties.lean(each, third) >= LIKELY for each in pair):
            continue
        if between or _is_source_of_both(ties, third, pair):
            ties.part(one, other)
            detail = f"all they share stands in {_name(facts[third])} as well: each may have it from there"
            yield one, other, Evidence("siblings", detail, (), -leaning)
            return


def _is_between(ties: Ties, third: ArticleId, pair: tuple[ArticleId, ArticleId]) -> bool:
    one, other = pair
    return ties.nearer(one, third, other) and ties.nearer(other, third, one)


def _is_source_of_both(ties: Ties, third: ArticleId, pair: tuple[ArticleId, ArticleId]) -> bool:
    """Say whether a third article stands upstream of one of two, and accounts for what it shares with the other.

    It stands upstream of the other too, or the other is nearer to it, or the one is a later version of it. Neither of
    the two is nearer to the other than to the third, nor leaves out the same.
    """
    one, other = pair
    if ties.nearer(one, other, third) or ties.nearer(other, one, third):
        return False
    above = [ties.lean(third, each) >= LIKELY for each in pair]
    if not any(above) or not _accounts_for(ties, third, pair):
        return False
    below = [ties.nearer(each, third, pair[1 - number]) for number, each in enumerate(pair)]
    if any(up and _is_version(ties, third, each) for up, each in zip(above, pair, strict=True)):
        return True
    if not all(above) and not any(below):
        return False
    return not any(_omits_alike(ties, third, *each) for each in (pair, pair[::-1]))


def _accounts_for(ties: Ties, third: ArticleId, pair: tuple[ArticleId, ArticleId]) -> bool:
    """Say whether a third article tells all that two have in common, but for a sentence."""
    one, other = pair
    beyond = (
        gain(ties.told(one, other), [ties.told(one, third)]),
        gain(ties.told(other, one), [ties.told(other, third)]),
    )
    return min(beyond) < COMMON_WORDS


def _is_version(ties: Ties, one: ArticleId, other: ArticleId) -> bool:
    link = ties.link(one, other)
    return link is not None and link.is_version


def _omits_alike(ties: Ties, third: ArticleId, nearer: ArticleId, farther: ArticleId) -> bool:
    """Say whether one article leaves out of a third, in between, what the other one leaves out as well."""
    omitted, kept = common_omissions(ties.told(third, nearer), ties.told(third, farther))
    return omitted >= OMITTED_WORDS and kept <= KEPT_SHARE * omitted


def chain(
    ties: Ties, facts: Mapping[ArticleId, ArticleFacts], pair: tuple[ArticleId, ArticleId], _at_hand: AtHand
) -> Iterator[Noted]:
    """A third article shows which of two stands nearer to the source: what was added stays, what is left out is gone.

    One of the two stands between the other and the third: the other has what was changed or added there, or leaves out
    what is left out there. The third stands upstream of one of them, so the one between comes first.
    """
    link = ties.link(*pair)
    if link is None or any(each.kind in ("chain", "siblings", "review") for each in link.evidence):
        return
    for third in _thirds(ties, pair):
        for between, farther in (pair, pair[::-1]):
            if max(ties.lean(third, between), ties.lean(third, farther)) < LIKELY:
                continue
            if min(ties.lean(third, between), ties.lean(third, farther)) <= -LIKELY:
                continue
            names = _name(facts[between]), _name(facts[farther]), _name(facts[third])
            if _is_between(ties, between, (third, farther)):
                ties.part(third, farther)
                detail = "{1} has what {0} changed in {2} or added to it".format(*names)
                yield between, farther, Evidence("chain", detail, (), CHAIN_WEIGHT)
                return
            if _is_cut_of(ties, third, between, farther):
                ties.part(third, farther)
                detail = "{1} leaves out of {2} all that {0} leaves out, and more".format(*names)
                yield between, farther, Evidence("chain", detail, (), OMISSION_WEIGHT)
                return


def _is_cut_of(ties: Ties, third: ArticleId, between: ArticleId, farther: ArticleId) -> bool:
    return (
        _omits_alike(ties, third, between, farther)
        and ties.nearer(third, between, farther)
        and not ties.nearer(farther, third, between)
    )


def _thirds(ties: Ties, pair: tuple[ArticleId, ArticleId]) -> Iterator[ArticleId]:
    """Yield articles tied to both of a pair, those of the fewer partners' most strongly tied first."""
    fewer, more = sorted(pair, key=lambda article: len(ties.partners(article)))
    common = (third for third in ties.partners(fewer) if third != more and ties.link(third, more))
    return islice(common, MAX_THIRDS)


def _credits(
    ties: Ties, facts: Mapping[ArticleId, ArticleFacts], pair: tuple[ArticleId, ArticleId], third: ArticleId
) -> bool:
    """Say whether one of a pair credits the outlet of the other; of two versions there, the earlier is taken for it."""
    one, other = (facts[article] for article in pair)
    if one.carries is not None and one.carries in other.upstreams:
        return not (_is_version(ties, third, one.id) and ties.lean(third, one.id) >= LIKELY)
    if other.carries is not None and other.carries in one.upstreams:
        return not (_is_version(ties, third, other.id) and ties.lean(third, other.id) >= LIKELY)
    return False


def _is_numbered(ties: Ties, pair: tuple[ArticleId, ArticleId]) -> bool:
    """Say whether two versions of one article tell their order themselves."""
    link = ties.link(*pair)
    return link is not None and any(each.kind in ("correction", "version-number") for each in link.evidence)


def _reviewed(ties: Ties, pair: tuple[ArticleId, ArticleId]) -> bool:
    link = ties.link(*pair)
    return link is not None and link.decision is not None


def _name(article: ArticleFacts) -> str:
    """Name an article by its outlet and where it was read: versions have one title."""
    file = article.source.rpartition("/")[2]
    outlet = article.outlet_name or article.outlet
    return f"{outlet} ({file})" if outlet else file


CHAIN_SIGNALS: Mapping[str, Callable[..., Iterator[Noted]]] = {
    "common-credit": common_credit,
    "siblings": siblings,
    "chain": chain,
}
"""Every kind of direction evidence that takes a third article, by its public name; the docstring explains it."""
