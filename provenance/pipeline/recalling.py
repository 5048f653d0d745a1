"""What earlier audits found, from the store; nothing is computed anew and no database is ever created."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from provenance.clean import tricks
from provenance.errors import AmbiguousError, NotFoundError
from provenance.model import ArticleId, AuditFindings, Inspection, Review
from provenance.store import ProvenanceStore, StoredArticle

__all__ = [
    "StoredLineage",
    "StoredView",
    "latest_holding",
    "stored_article",
    "stored_findings",
    "stored_lineage",
    "stored_texts",
]


@dataclass(frozen=True, slots=True)
class StoredView:
    """One article as an audit saw it, with what that audit found around it (:meth:`ProvenanceStore.findings`)."""

    inspection: Inspection
    findings: AuditFindings
    run: int
    """Number of the audit in its store."""


@dataclass(frozen=True, slots=True)
class StoredLineage:
    """One article amid what an audit found around it, with what people decided about that audit's articles."""

    article: ArticleId
    findings: AuditFindings
    reviews: tuple[Review, ...]
    """The decisions in force, those taken after the audit too."""
    run: int
    """Number of the audit in its store."""


def stored_findings(database: str, *, with_tricks: bool = True, around: str | None = None) -> AuditFindings:
    """Give everything the latest finished audit found, or what is around one article in the latest that knows it.

    Args:
        database: path or URL of the store.
        with_tricks: also read the texts an older program audited for what is hidden in them, which it did not keep.
        around: an article, as :func:`stored_article` takes it.

    Raises:
        StoreMissingError: there is no database.
        NotFoundError: no audit has finished yet, or no article goes by that handle.
        AmbiguousError: several articles of one audit do.
    """
    with ProvenanceStore.open(database) as store:
        found = latest_holding(store, around)[0] if around is not None else None
        run = found.run if found else None
        article = found.id if found else None
        findings = store.findings(run, around=article)
        return _with_tricks(findings, store, run, article) if with_tricks else findings


def stored_article(database: str, handle: str) -> StoredView:
    """Give one article as the latest finished audit that knows it saw it.

    Args:
        database: path or URL of the store.
        handle: an id, the beginning of one (with or without ``sha256:``), or a path or the end of one.

    Raises:
        NotFoundError: no article of any finished audit goes by that handle.
        AmbiguousError: several articles of one audit do.
    """
    with ProvenanceStore.open(database) as store:
        (found,) = latest_holding(store, handle)
        stored = store.inspection(found.id, found.run)
        inspection = replace(stored, tricks=tricks(stored.labelled.article.text))
        findings = store.findings(found.run, around=found.id)
        return StoredView(inspection, _with_tricks(findings, store, found.run, found.id), found.run)


def stored_lineage(database: str, handle: str) -> StoredLineage:
    """Give one article amid the findings of the latest finished audit that knows it; see :func:`stored_article`.

    Raises:
        NotFoundError: no article of any finished audit goes by that handle.
        AmbiguousError: several articles of one audit do.
    """
    with ProvenanceStore.open(database) as store:
        (found,) = latest_holding(store, handle)
        findings = store.findings(found.run, around=found.id)
        return StoredLineage(found.id, findings, store.reviews_in_force(found.run), found.run)


def stored_texts(database: str, run: int, articles: Iterable[ArticleId]) -> dict[ArticleId, str]:
    """Give the texts of articles as an audit saw them; nothing is opened where none is asked for.

    Raises:
        NotFoundError: the run or an article is not there.
    """
    wanted = sorted(set(articles))
    if not wanted:
        return {}
    with ProvenanceStore.open(database) as store:
        return {article.id: article.text for article in store.articles(run, wanted)}


def latest_holding(store: ProvenanceStore, *handles: str) -> tuple[StoredArticle, ...]:
    """Find articles in the latest finished audit that knows all of them, in the order asked for.

    Raises:
        NotFoundError: no finished audit knows an article by one of the handles, or none knows them all.
        AmbiguousError: several articles of one audit go by a handle.
    """
    known: set[str] = set()
    for number in reversed(store.finished_runs()):
        found = {handle: store.find_articles(handle, number) for handle in handles}
        known.update(handle for handle, articles in found.items() if articles)
        if all(found.values()):
            return tuple(_only(handle, found[handle]) for handle in handles)
    for handle in handles:
        if handle not in known:
            raise NotFoundError(f"no article is called {handle}", hint=f"List them with {store.command('show list')}.")
    raise NotFoundError(
        f"no audit holds both {' and '.join(handles)}", hint="Audit the two together, then decide about them."
    )


def _only(handle: str, found: list[StoredArticle]) -> StoredArticle:
    if len(found) > 1:
        names = [f"{article.id} ({article.source})" for article in found]
        raise AmbiguousError(handle, "articles", names, hint="Give more of the id or of the path.")
    return found[0]


def _with_tricks(
    findings: AuditFindings, store: ProvenanceStore, run: int | None = None, around: ArticleId | None = None
) -> AuditFindings:
    """Add what is hidden in the texts of which the store does not tell."""
    asked = store.without_facts(run, around=around)
    if not asked:
        return findings
    found = {article.id: tricks(article.text) for article in store.articles(run, asked)}
    facts = (replace(each, tricks=found.get(each.id, each.tricks)) for each in findings.articles)
    return replace(findings, articles=tuple(facts))
