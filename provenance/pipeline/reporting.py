"""What a report in pages is made of, gathered from the store; nothing is computed on texts anew."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial

from provenance.errors import NotFoundError
from provenance.model import ArticleId, AuditFindings
from provenance.pipeline.outlets import outlet_cards
from provenance.report import contract
from provenance.report.encode import json_document_lines
from provenance.report.html.anonymise import anonymised
from provenance.report.html.contents import PageText, ReportContents
from provenance.store import ProvenanceStore

__all__ = ["report_contents"]


def report_contents(database: str, *, anonymise: bool = False) -> ReportContents:
    """Gather what the latest finished audit found, with scorecards, decisions and, as they are asked for, texts.

    Args:
        database: path or URL of the store.
        anonymise: put letters in place of outlets.

    Raises:
        StoreMissingError: there is no database.
        NotFoundError: no audit has finished yet.
    """
    with ProvenanceStore.open(database) as store:
        latest = store.latest_run()
        if latest is None:
            raise NotFoundError("no audit has finished yet", hint=f"Run {store.command('audit PATH')}.")
        reviews = store.reviews_in_force(latest.number)
    found = outlet_cards(database)
    contents = ReportContents(
        findings=found.findings,
        texts=partial(_texts, database, latest.number),
        cards=found.cards,
        reviews=reviews,
        finished=latest.finished_at,
        digest=_digest(found.findings),
    )
    return anonymised(contents) if anonymise else contents


def _texts(database: str, run: int, articles: Sequence[ArticleId]) -> Mapping[ArticleId, PageText]:
    """Read the texts of some articles with their lines as the audit saw them."""
    if not articles:
        return {}
    with ProvenanceStore.open(database) as store:
        found = ((each.labelled.article, each.blocks) for each in store.inspections(run, articles))
        return {article.id: PageText(article.text, blocks) for article, blocks in found}


def _digest(findings: AuditFindings) -> str:
    """Digest the bytes that ``provenance audit --format json`` writes."""
    digest = hashlib.sha256()
    for line in json_document_lines(contract.audit_parts(findings)):
        digest.update(f"{line}\n".encode("utf-8", "backslashreplace"))
    return digest.hexdigest()
