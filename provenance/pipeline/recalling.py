"""What earlier audits found, from the store; nothing is computed anew and no database is ever created."""

from __future__ import annotations

from dataclasses import dataclass, replace

from provenance.clean import tricks
from provenance.errors import NotFoundError, UsageError
from provenance.model import AuditFindings, Inspection
from provenance.store import ProvenanceStore, RunStatus, StoredArticle

__all__ = ["StoredView", "stored_article", "stored_findings"]


@dataclass(frozen=True, slots=True)
class StoredView:
    """One article as an audit saw it, with the findings of that audit around it."""

    inspection: Inspection
    findings: AuditFindings
    run: int
    """Number of the audit in its store."""


def stored_findings(database: str, *, with_tricks: bool = True) -> AuditFindings:
    """Give everything the latest finished audit found.

    Args:
        database: path or URL of the store.
        with_tricks: also read the texts an older program audited for what is hidden in them, which it did not keep.

    Raises:
        StoreMissingError: there is no database.
        NotFoundError: no audit has finished yet.
    """
    with ProvenanceStore.open(database) as store:
        findings = store.findings()
        return _with_tricks(findings, store) if with_tricks else findings


def stored_article(database: str, handle: str) -> StoredView:
    """Give one article as the latest finished audit that knows it saw it.

    Args:
        database: path or URL of the store.
        handle: an id, the beginning of one (with or without ``sha256:``), or a path or the end of one.

    Raises:
        NotFoundError: no article of any finished audit goes by that handle.
        UsageError: several articles of one audit do; the message lists them.
    """
    with ProvenanceStore.open(database) as store:
        finished = [run.number for run in store.runs() if run.status is RunStatus.FINISHED]
        for number in reversed(finished):
            found = store.find_articles(handle, number)
            if len(found) > 1:
                raise UsageError(f"{handle} may be any of {_listed(found)}", hint="Give more of the id or of the path.")
            if found:
                stored = store.inspection(found[0].id, number)
                inspection = replace(stored, tricks=tricks(stored.labelled.article.text))
                return StoredView(inspection, _with_tricks(store.findings(number), store, number), number)
    raise NotFoundError(f"no article is called {handle}", hint="List them with `provenance show list`.")


def _with_tricks(findings: AuditFindings, store: ProvenanceStore, run: int | None = None) -> AuditFindings:
    """Add what is hidden in the texts of which the store does not tell."""
    asked = store.without_facts(run)
    if not asked:
        return findings
    found = {article.id: tricks(article.text) for article in store.articles(run, asked)}
    facts = (replace(each, tricks=found.get(each.id, each.tricks)) for each in findings.articles)
    return replace(findings, articles=tuple(facts))


LISTED = 5
"""Articles named in a message about an ambiguous handle."""


def _listed(found: list[StoredArticle]) -> str:
    names = [f"{article.id} ({article.source})" for article in found[:LISTED]]
    more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
    return ", ".join(names) + more
