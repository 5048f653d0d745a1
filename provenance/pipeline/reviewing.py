"""What people decide about links: checked against what there is, kept in the store, honoured by the next audit."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from provenance.errors import NotFoundError, UsageError
from provenance.model import ArticleId, AuditFindings, Decision, Derivation, OutletId, Review
from provenance.pipeline.recalling import latest_holding
from provenance.store import ProvenanceStore, StoredArticle

__all__ = ["OUTLET_MARK", "DecidedLink", "Decisions", "decide", "decisions"]

OUTLET_MARK: Final = "outlet:"
"""What stands before the id, name or domain of an upstream that is known by name only. An article whose id is just
that goes first: it has no other name, an outlet has several."""


WHO: Final = "Give it with --by, as PROVENANCE_REVIEWER, or as `reviewer` in provenance.toml."


@dataclass(frozen=True, slots=True)
class DecidedLink:
    """A decision that was just taken, with what the latest audit of both texts found between them."""

    review: Review
    findings: AuditFindings
    link: Derivation | None
    """What the audit found, whichever side it calls the upstream; ``None`` where it found no tie."""
    replaced: Review | None = None
    """The decision about the same texts that counted until now."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Every decision in a store, oldest first."""

    reviews: tuple[Review, ...]
    in_force: frozenset[Review]
    """Those that count for what was last read; never a withdrawal."""
    findings: AuditFindings | None
    """Of the latest audit, for the names of articles; ``None`` where none has finished."""


def _now() -> datetime:
    return datetime.now(UTC)


def decide(  # noqa: PLR0913  a decision has so many parts
    database: str,
    downstream: str,
    upstream: str,
    decision: Decision,
    *,
    reviewer: str,
    note: str = "",
    clock: Callable[[], datetime] = _now,
) -> DecidedLink:
    """Keep what a person decided about a link in the latest audit that holds both of its texts.

    Args:
        database: path or URL of the store; one that is not there is never made.
        downstream: an article, as :func:`provenance.pipeline.recalling.stored_article` takes it.
        upstream: another article, or ``outlet:`` and the id, name or domain of one known by name only.
        decision: what was decided.
        reviewer: who decided; not blank.
        note: why, in the reviewer's words.
        clock: tells when.

    Raises:
        StoreMissingError: there is no database.
        StoreError: it cannot be written.
        NotFoundError: an article or outlet is not there, or no audit holds both.
        UsageError: a handle is ambiguous, both name one article, the decision would close a circle with earlier ones,
            or there is nothing to withdraw.
    """
    if not reviewer.strip():
        raise UsageError("a decision needs the name of the person who takes it", hint=WHO)
    ProvenanceStore.open(database).close()  # for reading first: a store that is not there must not be made
    with ProvenanceStore.open(database, create=True) as store:
        down, *up = _held(store, downstream, upstream)
        findings = store.findings(down.run)
        contents = {article.id: article.content_hash for article in findings.articles}
        source = up[0].id if up else None
        review = Review(
            downstream=down.id,
            upstream=source,
            upstream_outlet=None if up else _outlet(findings, upstream.removeprefix(OUTLET_MARK), down.id),
            decision=decision,
            reviewer=reviewer.strip(),
            note=note.strip(),
            decided_at=clock(),
            downstream_hash=contents[down.id],
            upstream_hash=contents[source] if source is not None else None,
        )
        in_force = dict.fromkeys((*store.reviews_in_force(), *store.reviews_in_force(down.run)))
        replaced = next((each for each in in_force if _pair(each) == _pair(review)), None)
        _refuse_senseless(review, in_force, replaced, listing=store.command("review list"))
        store.add_review(review)
    return DecidedLink(review, findings, _link(findings, review), replaced)


def _held(store: ProvenanceStore, downstream: str, upstream: str) -> Sequence[StoredArticle]:
    """Find the articles of a decision; one only where the upstream is an outlet, and no article's id reads like that.

    Raises:
        NotFoundError: an article is not there, or no audit holds both.
        UsageError: a handle is ambiguous.
    """
    named = upstream.startswith(OUTLET_MARK) and all(each.id != upstream for each in store.find_articles(upstream))
    return latest_holding(store, downstream) if named else latest_holding(store, downstream, upstream)


def _outlet(findings: AuditFindings, asked: str, article: ArticleId) -> OutletId:
    """Find the outlet a person means among those the audit met.

    Raises:
        NotFoundError: it met none of that id, name or domain.
        UsageError: it is the article's own outlet.
    """
    facts = next(each for each in findings.articles if each.id == article)
    wanted = asked.strip().casefold()
    by_id = (each.id for each in findings.outlets if each.id.casefold() == wanted)
    by_name = (each.id for each in findings.outlets if wanted in {each.name.casefold(), *each.domains})
    found = next(by_id, None) or next(by_name, None)
    if found is None:
        credited = ", ".join(f"{OUTLET_MARK}{each}" for each in facts.upstreams)
        hint = f"The article credits {credited}." if credited else "Name one that `provenance show` lists for it."
        raise NotFoundError(f"no outlet of this audit is called {asked}", hint=hint)
    if found == facts.outlet:
        raise UsageError(f"{asked} is the article's own outlet", hint="Name the outlet its text may come from.")
    return found


def _refuse_senseless(review: Review, in_force: Iterable[Review], replaced: Review | None, *, listing: str) -> None:
    if review.downstream == review.upstream:
        raise UsageError("both are one article", hint="Give two articles, or outlet:ID for an outlet known by name.")
    if review.decision is Decision.WITHDRAWN and replaced is None:
        raise UsageError("there is no decision about this link to withdraw", hint=f"List them with {listing}.")
    if review.decision is Decision.CONFIRMED and review.upstream is not None:
        others = [each for each in in_force if _pair(each) != _pair(review)]
        if chain := _chain(others, review.upstream, review.downstream):
            raise UsageError(
                f"this would close a circle: it is confirmed that {_told(chain)}",
                hint="Withdraw one of these decisions first, or confirm the other direction.",
            )


def _chain(reviews: Iterable[Review], start: ArticleId, goal: ArticleId) -> list[ArticleId]:
    """Give the shortest way upstream along confirmed links, both ends included; empty when there is none."""
    above: dict[ArticleId, list[ArticleId]] = {}
    for each in reviews:
        if each.decision is Decision.CONFIRMED and each.upstream is not None:
            above.setdefault(each.downstream, []).append(each.upstream)
    came_from: dict[ArticleId, ArticleId | None] = {start: None}
    waiting = deque([start])
    while waiting:
        article = waiting.popleft()
        if article == goal:
            return _walked(came_from, goal)
        for upstream in above.get(article, ()):
            if upstream not in came_from:
                came_from[upstream] = article
                waiting.append(upstream)
    return []


def _walked(came_from: dict[ArticleId, ArticleId | None], goal: ArticleId) -> list[ArticleId]:
    chain: list[ArticleId] = []
    place: ArticleId | None = goal
    while place is not None:
        chain.append(place)
        place = came_from[place]
    return chain[::-1]


def _told(chain: Sequence[ArticleId]) -> str:
    """Say who derives from whom, the ids cut to what commands take."""
    first, *rest = (each[:SHORT_ID] if each.startswith("sha256:") else each for each in chain)
    return f"{first} derives from {', which derives from '.join(rest)}"


SHORT_ID: Final = len("sha256:") + 12
"""Characters of an article's digest that reports show."""


def _pair(review: Review) -> frozenset[tuple[str, str | None]]:
    """Name the contents a decision is about, without their order."""
    other = review.upstream if review.upstream is not None else f"{OUTLET_MARK}{review.upstream_outlet}"
    return frozenset({(review.downstream, review.downstream_hash), (other, review.upstream_hash)})


def _link(findings: AuditFindings, review: Review) -> Derivation | None:
    fits = (each for each in findings.lineage.derivations if _is_about(review, each))
    return next(fits, None)


def _is_about(review: Review, link: Derivation) -> bool:
    if review.upstream is not None:
        return {link.downstream, link.upstream} == {review.downstream, review.upstream}
    named = (link.downstream, link.upstream, link.upstream_outlet)
    return named == (review.downstream, None, review.upstream_outlet)


def decisions(database: str) -> Decisions:
    """Give every decision in a store, with which of them count.

    Raises:
        StoreMissingError: there is no database.
    """
    with ProvenanceStore.open(database) as store:
        reviews = store.reviews()
        findings = store.findings() if reviews and store.latest_run() is not None else None
        return Decisions(reviews, frozenset(store.reviews_in_force()), findings)
