"""What is said of one article: how much is derived, on what basis, and whether its credit is honest."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from provenance.model import (
    ArticleFacts,
    ArticleId,
    Basis,
    Comparison,
    Credit,
    CreditCheck,
    CreditFinding,
    Decision,
    Degree,
    Derivation,
    DerivationStatus,
    Direction,
    Match,
    Passage,
    Verdict,
    WeighedMatch,
)
from provenance.score.credits import check_credits, sources_of
from provenance.score.share import composition, degree_of, derived_share, expected_share, share_interval
from provenance.score.strength import MIN_STRENGTH

__all__ = ["comparison", "verdicts", "with_share"]


def with_share(derivation: Derivation, words: int) -> Derivation:
    """Measure how much of the downstream body a derivation accounts for.

    Args:
        derivation: a derivation; one whose upstream is not at hand, or that nothing but a reviewer's decision makes, is
            given back as it is.
        words: body words of the downstream article.
    """
    if derivation.upstream is None or (derivation.decision is Decision.CONFIRMED and not derivation.passages):
        return derivation
    return dataclasses.replace(
        derivation,
        share=round(derived_share(derivation.passages, words), 4),
        interval=share_interval(derivation.passages, words, strength=derivation.strength),
    )


def comparison(downstream: str, upstream: str, weighed: WeighedMatch) -> Comparison:
    """Say of two texts what a verdict says of an article; the left side of the match is the downstream text.

    ``downstream`` and ``upstream`` are echoed as the caller gave them.
    """
    match = weighed.match
    share = derived_share(match.passages, match.left_words)
    expected = expected_share(match.passages, match.left_words, strength=weighed.strength, order=_words_in_order(match))
    low, high = share_interval(match.passages, match.left_words, strength=weighed.strength)
    supported = weighed.strength >= MIN_STRENGTH
    return Comparison(
        downstream=downstream,
        upstream=upstream,
        match=match,
        strength=weighed.strength,
        evidence=weighed.evidence,
        verdict=Verdict(
            article=match.left,
            derived_share=round(share, 4),
            interval=(low, max(high, round(expected, 4)) if supported else high),
            degree=degree_of(expected, supported=supported),
            basis=Basis.MEASURED,
            credit=Credit.NOT_APPLICABLE,
            composition=tuple(composition(match.passages, match.left_words)),
        ),
    )


def _words_in_order(match: Match) -> float:
    """Give the words of the left text that stand in order beyond chance, of all its words, in [0, 1]."""
    shorter = min(match.left_words, match.right_words)
    return match.signals.get("words-in-order", 0.0) * shorter / max(1, match.left_words)


def verdicts(
    facts: Mapping[ArticleId, ArticleFacts],
    derivations: Sequence[Derivation],
    *,
    of: Collection[ArticleId] | None = None,
) -> Iterator[Verdict]:
    """Give articles their verdicts, sorted by id.

    Args:
        facts: the articles judged, and all that derivations name.
        derivations: every derivation on either side of which they stand, shares measured, lineage decided.
        of: the articles judged; all when ``None``.
    """
    links: defaultdict[ArticleId, list[Derivation]] = defaultdict(list)
    possible: defaultdict[ArticleId, float] = defaultdict(float)
    for derivation in derivations:
        if derivation.status is DerivationStatus.DERIVED:
            links[derivation.downstream].append(derivation)
            if derivation.upstream is not None and derivation.direction is Direction.UNKNOWN:
                links[derivation.upstream].append(_seen_from_the_other_side(derivation, facts))
        elif derivation.upstream is not None and derivation.decision is None:
            for seen in (derivation, _seen_from_the_other_side(derivation, facts)):
                possible[seen.downstream] = max(possible[seen.downstream], seen.interval[1])
    sources = sources_of(facts, derivations)
    for article in sorted(facts if of is None else of):
        checks = check_credits(facts[article], sources(article))
        yield _open_to(_verdict(facts[article], links[article], checks), possible[article])


def _open_to(verdict: Verdict, share: float) -> Verdict:
    """Let the interval reach what a possible tie would make of it: nothing found is not nothing possible."""
    low, high = verdict.interval
    return dataclasses.replace(verdict, interval=(low, max(high, share)))


def _seen_from_the_other_side(derivation: Derivation, facts: Mapping[ArticleId, ArticleFacts]) -> Derivation:
    """Where the order is unknown either article may be the derived one: turn the link round."""
    if derivation.upstream is None:
        raise ValueError("a link to an outlet by name has no other side")
    passages = tuple(passage.turned() for passage in derivation.passages)
    turned = dataclasses.replace(
        derivation,
        downstream=derivation.upstream,
        upstream=derivation.downstream,
        upstream_outlet=facts[derivation.downstream].carries,
        passages=passages,
    )
    return with_share(turned, facts[derivation.upstream].words)


def _drawn_on(links: Sequence[Derivation]) -> list[Derivation]:
    """Leave out texts beside an article whose source is at hand: what it shares with them it has from there."""
    at_hand = [link for link in links if link.upstream is not None]
    if any(link.in_lineage and link.direction is not Direction.UNKNOWN for link in at_hand):
        return [link for link in at_hand if link.in_lineage or link.direction is not Direction.UNKNOWN]
    return at_hand


def _verdict(article: ArticleFacts, links: Sequence[Derivation], checks: tuple[CreditCheck, ...]) -> Verdict:
    at_hand = _drawn_on(links)
    credit = _credit(article, at_hand, checks)
    known = [link for link in links if link.direction is not Direction.UNKNOWN]
    upstreams = tuple(sorted({link.upstream_outlet for link in known if link.upstream_outlet} - {article.outlet}))
    if not at_hand and credit is not Credit.NOT_AT_HAND:
        return Verdict(article.id, 0.0, (0.0, 0.0), Degree.NON, Basis.NONE, credit, upstreams, credits=checks)
    if at_hand and all(link.share is None for link in at_hand):  # tied by reviewers alone
        basis = Basis.DECLARED if credit is Credit.NOT_AT_HAND else Basis.NONE
        return Verdict(article.id, None, (0.0, 1.0), Degree.UNMEASURED, basis, credit, upstreams, credits=checks)
    passages, every = _passages(at_hand), _passages(links)
    share = round(derived_share(passages, article.words), 4)
    # Texts beside it from the same source show as well what it has from there, and that it has it from there.
    strength = max((link.strength for link in links if link.upstream is not None), default=0.0)
    _, high = share_interval(every, article.words, strength=strength)
    ordered = [link for link in known if link.upstream is not None]  # of the others it may be the one taken from
    sure = max((link.strength for link in ordered), default=0.0)
    low, _ = share_interval(_passages(ordered), article.words, strength=sure)
    measured = Verdict(
        article=article.id,
        derived_share=share,
        interval=(low, max(high, share)),
        degree=_degree(expected_share(every, article.words, strength=strength), at_hand),
        basis=Basis.BOTH if _admits(article) else Basis.MEASURED,
        credit=credit,
        upstreams=upstreams,
        composition=tuple(composition(passages, article.words)),
        credits=checks,
    )
    return _admitted(measured, ordered=bool(ordered)) if credit is Credit.NOT_AT_HAND else measured


def _passages(links: Iterable[Derivation]) -> tuple[Passage, ...]:
    return tuple(chain.from_iterable(link.passages for link in links))


def _degree(share: float, links: Iterable[Derivation]) -> Degree:
    """Name the degree; an article that a person found derived is so in part at least, however little was found."""
    degree = degree_of(share, supported=True)
    confirmed = any(link.decision is Decision.CONFIRMED for link in links)
    return Degree.PARTIALLY if confirmed and degree is Degree.NON else degree


def _admitted(measured: Verdict, *, ordered: bool) -> Verdict:
    """Judge an article that admits a source which is not at hand: what was measured elsewhere is a lower bound."""
    return dataclasses.replace(
        measured,
        derived_share=measured.derived_share if ordered else None,
        interval=(measured.interval[0], 1.0),
        degree=Degree.UNMEASURED,
        basis=Basis.DECLARED,
    )


def _admits(article: ArticleFacts) -> bool:
    """Say whether the page admits a source, be it without naming it ("news agencies", "a syndicated feed")."""
    return any(attribution.is_provenance for attribution in article.attributions)


def _credit(article: ArticleFacts, at_hand: Iterable[Derivation], checks: Iterable[CreditCheck]) -> Credit:
    """Sum up the credits of an article, and say where one is called for and there is none."""
    found = {check.finding for check in checks}
    if CreditFinding.SUPPORTED in found:
        return Credit.CREDITED
    if CreditFinding.CONTRADICTED in found:
        return Credit.CONTRADICTED
    if _admits(article):
        return Credit.NOT_AT_HAND
    ordered = [link for link in at_hand if link.direction is not Direction.UNKNOWN]
    if all(link.is_version or link.upstream_outlet == article.outlet is not None for link in ordered):
        return Credit.NOT_APPLICABLE
    return Credit.UNCREDITED
