"""The findings of a run, written when it finishes: all of them or none, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, select, update

from provenance.model import (
    Article,
    ArticleFacts,
    ArticleId,
    AuditFindings,
    Block,
    Derivation,
    Inspection,
    LabelledArticle,
    OutletId,
    Unreadable,
)
from provenance.store._tables import (
    DerivationPassageRow,
    DerivationRow,
    EvidencePlaceRow,
    EvidenceRow,
    RunArticleRow,
    RunRow,
    UnreadableRow,
)
from provenance.store.changes import record_drift, record_erosion
from provenance.store.encoding import Columns, published_columns
from provenance.store.families import record_families
from provenance.store.inspections import (
    ONE_USE,
    attributions_by_article,
    blocks_by_article,
    save_for_run_only,
)
from provenance.store.matches import passage_columns, passage_names
from provenance.store.outlets import name_outlets, record_outlets
from provenance.store.preparing import prepare_inspection
from provenance.store.rows import Values, add, add_values, change, in_batches
from provenance.store.verdicts import PAGE, record_upstreams, record_verdicts

__all__ = ["record_findings"]


def record_findings(connection: Connection, run: int, findings: AuditFindings) -> None:
    """Write everything a run found.

    Raises:
        ValueError: the findings name an article that does not take part in the run.
    """
    _refuse_strangers(connection, run, findings)
    record_outlets(connection, run, findings.outlets)
    name_outlets(connection, {outlet: outlet for outlet in _mentioned(findings)})
    _record_facts(connection, run, findings.articles)
    record_verdicts(connection, run, findings.verdicts)
    _record_derivations(connection, run, findings.lineage.derivations)
    record_families(connection, run, findings.lineage.families)
    record_drift(connection, run, findings.drift)
    record_erosion(connection, run, findings.erosion)
    _record_unreadable(connection, run, findings.unreadable)
    _record_run(connection, run, findings)


def _refuse_strangers(connection: Connection, run: int, findings: AuditFindings) -> None:
    members = set(connection.scalars(select(RunArticleRow.article_id).where(RunArticleRow.run_id == run)))
    strangers = sorted({article for article in _named_articles(findings) if article not in members})
    if strangers:
        raise ValueError(f"the findings name {strangers[0]}, which does not take part in run {run}")


def _named_articles(findings: AuditFindings) -> Iterator[ArticleId]:
    yield from (facts.id for facts in findings.articles)
    yield from (verdict.article for verdict in findings.verdicts)
    for derivation in findings.lineage.derivations:
        yield derivation.downstream
        if derivation.upstream is not None:
            yield derivation.upstream
        yield from (place.article for evidence in derivation.evidence for place in evidence.places)
    for family in findings.lineage.families:
        yield from family.articles
        if family.root is not None:
            yield family.root
        for source in family.inferred_sources:
            yield from source.articles
            yield from (place.article for content in source.content for place in content.places)
    for drift in findings.drift:
        yield drift.downstream.article
        yield drift.upstream.article
    for erosion in findings.erosion:
        yield erosion.downstream
        yield erosion.upstream


def _mentioned(findings: AuditFindings) -> set[OutletId]:
    outlets = {facts.outlet for facts in findings.articles}
    outlets.update(outlet for facts in findings.articles for outlet in facts.upstreams)
    outlets.update(outlet for verdict in findings.verdicts for outlet in verdict.upstreams)
    outlets.update(check.outlet for verdict in findings.verdicts for check in verdict.credits)
    outlets.update(derivation.upstream_outlet for derivation in findings.lineage.derivations)
    outlets.update(source.outlet for family in findings.lineage.families for source in family.inferred_sources)
    return {outlet for outlet in outlets if outlet is not None}


def _record_facts(connection: Connection, run: int, articles: Sequence[ArticleFacts]) -> None:
    numbered = list(enumerate(articles))
    for batch in in_batches(numbered):
        _record_attributions(connection, run, [facts for _, facts in batch])
        rows = [_facts(facts, position) for position, facts in batch]
        changed = [(*row.values(), run, facts.id) for row, (_, facts) in zip(rows, batch, strict=True)]
        change(connection, RunArticleRow, ("run_id", "article_id"), tuple(rows[0]), changed)
        record_upstreams(connection, run, PAGE, [(facts.id, facts.upstreams) for _, facts in batch])


def _facts(facts: ArticleFacts, position: int) -> Columns:
    return {
        "position": position,
        "body_hash": facts.body_hash,
        "words": facts.words,
        "outlet_id": facts.outlet,
        "outlet_name": facts.outlet_name,
        "url": facts.url,
        "title": facts.title,
        "language": facts.language,
        **published_columns(facts.published),
    }


def _record_attributions(connection: Connection, run: int, batch: Sequence[ArticleFacts]) -> None:
    """Keep the attributions of the findings where they differ from those of the inspection.

    As a rule they are the same, and there is nothing to do. Where a later stage knew better (or nothing was inspected),
    the run gets an inspection of its own.
    """
    ids = [facts.id for facts in batch]
    stored = attributions_by_article(connection, run, ids)
    differing = [facts for facts in batch if facts.attributions != stored.get(facts.id, ())]
    if differing:
        blocks = blocks_by_article(connection, run, [facts.id for facts in differing])
        own = [prepare_inspection(ONE_USE, _rewritten(facts, blocks.get(facts.id, ()))) for facts in differing]
        save_for_run_only(connection, run, own)


def _rewritten(facts: ArticleFacts, blocks: tuple[Block, ...]) -> Inspection:
    return Inspection(LabelledArticle(_bare(facts), blocks), facts.attributions, outlet=facts.outlet)


def _bare(facts: ArticleFacts) -> Article:
    """Stand in for an article whose text is not needed: only its id is."""
    return Article(facts.id, facts.source, facts.content_hash, "", "", ())


def _record_derivations(connection: Connection, run: int, derivations: Sequence[Derivation]) -> None:
    for batch in in_batches(list(enumerate(derivations))):
        links, evidence, places, passages = [], [], [], []
        for number, derivation in batch:
            links.append((run, number, *_derivation(derivation)))
            evidence += [(run, number, *row) for row in _evidence(derivation)]
            places += [(run, number, *row) for row in _evidence_places(derivation)]
            passages += [(run, number, *row) for row in passage_columns(derivation.passages)]
        add_values(connection, DerivationRow, ("run_id", "number", *_LINK), links)
        of_link = ("run_id", "derivation")
        add_values(connection, EvidenceRow, (*of_link, "position", "kind", "detail", "weight"), evidence)
        place_names = ("evidence", "position", "article_id", "begins", "ends")
        add_values(connection, EvidencePlaceRow, (*of_link, *place_names), places)
        names = passage_names("downstream", "upstream")
        add_values(connection, DerivationPassageRow, (*of_link, *names), passages)


_LINK = (
    "downstream", "upstream", "upstream_outlet", "status", "direction", "strength", "share", "interval_low",
    "interval_high", "in_lineage", "is_version", "decision",
)  # fmt: skip


def _derivation(derivation: Derivation) -> Values:
    return (
        derivation.downstream,
        derivation.upstream,
        derivation.upstream_outlet,
        str(derivation.status),
        str(derivation.direction),
        derivation.strength,
        derivation.share,
        *derivation.interval,
        derivation.in_lineage,
        derivation.is_version,
        None if derivation.decision is None else str(derivation.decision),
    )


def _evidence(derivation: Derivation) -> Iterator[Values]:
    for position, entry in enumerate(derivation.evidence):
        yield position, entry.kind, entry.detail, entry.weight


def _evidence_places(derivation: Derivation) -> Iterator[Values]:
    for number, entry in enumerate(derivation.evidence):
        for position, place in enumerate(entry.places):
            yield number, position, place.article, place.span.start, place.span.end


def _record_unreadable(connection: Connection, run: int, unreadable: Sequence[Unreadable]) -> None:
    """Number what the findings list; what no reading of a file brought along gets a row without a file."""
    waiting: defaultdict[Unreadable, list[int]] = defaultdict(list)
    rows = connection.execute(
        select(UnreadableRow.id, UnreadableRow.source, UnreadableRow.reason)
        .where(UnreadableRow.run_id == run)
        .order_by(UnreadableRow.id.desc())
    )
    for row in rows:
        waiting[Unreadable(row.source, row.reason)].append(row.id)
    known: list[Columns] = []
    new: list[Columns] = []
    for position, entry in enumerate(unreadable):
        if waiting[entry]:
            known.append({"row": waiting[entry].pop(), "place": position})
        else:
            new.append({"run_id": run, "source": entry.source, "reason": entry.reason, "position": position})
    if known:
        number = update(UnreadableRow).where(UnreadableRow.id == bindparam("row"))
        connection.execute(number.values(position=bindparam("place")), known)
    add(connection, UnreadableRow, new)


def _record_run(connection: Connection, run: int, findings: AuditFindings) -> None:
    origins = findings.lineage.origins
    connection.execute(
        update(RunRow)
        .where(RunRow.id == run)
        .values(
            digest=findings.run.id,
            paths=list(findings.run.paths),
            options=dict(findings.run.options),
            versions=dict(findings.run.versions),
            articles_read=findings.run.read,
            articles_unchanged=findings.run.unchanged,
            origins_at_least=origins.at_least,
            origins_at_most=origins.at_most,
            origins_why=list(origins.why),
        )
    )
