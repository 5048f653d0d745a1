"""An audit: read, clean, attribute, match, trace, score, store. The only place that knows the order of the stages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from provenance.clean import CLEAN_VERSION, SiteFurniture, SiteLearner, outline
from provenance.match import SortJoinIndex
from provenance.model import (
    Article,
    ArticleFacts,
    ArticleId,
    AuditFindings,
    Outlet,
    OutletId,
    Review,
    Run,
    RunId,
    Unreadable,
)
from provenance.pipeline.aligning import chosen_aligner
from provenance.pipeline.drifting import find_changes
from provenance.pipeline.inspecting import (
    BATCH_ARTICLES,
    ENOUGH_ARTICLES,
    Names,
    inspect_article,
    outlet_key,
    read_sources,
    require_readable,
)
from provenance.pipeline.matching import find_matches, inspected_facts, take_facts
from provenance.pipeline.options import AuditOptions, Progress, Step
from provenance.pipeline.toolbox import Toolbox
from provenance.pipeline.workers import batched, pool
from provenance.read import READER_VERSION, SourceFile, discover
from provenance.score import StrengthModel, load_strength_model, verdicts, weigh, with_share
from provenance.store import (
    MatchSignals,
    Outlined,
    PreparedInspection,
    ProvenanceStore,
    RunScope,
    SourceReading,
    SourceStamp,
    prepare_inspection,
)
from provenance.trace import (
    MIN_POSSIBLE_STRENGTH,
    declared,
    measured,
    strongest,
    trace,
    without_rejected_credits,
)

__all__ = ["audit"]

BATCH_STORED = 256
"""Articles written in one transaction: what a crash may lose."""


def audit(paths: Sequence[str | Path], options: AuditOptions | None = None) -> AuditFindings:
    """Audit everything found under some paths and keep the findings in the store.

    Files that have not changed since an earlier audit into the same store are not read again. The findings are those
    of the given paths alone: what else the store holds takes no part.

    Args:
        paths: files, folders, or ``-`` for standard input.
        options: see :class:`AuditOptions`.

    Raises:
        NotFoundError: a path does not exist.
        InputError: nothing of what was asked for could be read.
        KnowledgeError: the outlet file is malformed.
        StoreError: the database cannot be opened or written.
        UsageError: the sentence encoder is not there, or what reads it is not installed.
    """
    chosen = options or AuditOptions()
    chosen_aligner(chosen.similarity)  # what is missing for it is said before anything is read
    toolbox = Toolbox.load(chosen.outlets)
    asked = Run(id=RunId(""), paths=tuple(map(str, paths)), options=_options(chosen), versions=toolbox.versions)
    sources = list(discover(asked.paths, skip=_own_files(chosen.database)))
    with ProvenanceStore.open(chosen.database, create=True) as store, store.begin_run(asked) as scope:
        unchanged = _read(scope, sources, chosen)
        ids = scope.article_ids()
        require_readable(len(ids), scope.unreadable(), asked.paths)
        site = _learn(scope, toolbox, chosen)
        _inspect(scope, toolbox, site, chosen)
        decided = scope.reviews()
        findings = _conclude(scope, toolbox, chosen, decided)
        asked = replace(asked, versions={**asked.versions, **_decisions(decided)})
        run = replace(asked, id=_run_id(asked, findings), read=len(ids) - unchanged, unchanged=unchanged)
        findings = replace(findings, run=run)
        chosen.progress(Progress(Step.STORE, 0))
        scope.finish(findings)
    return findings


def _options(options: AuditOptions) -> Mapping[str, str]:
    """Name the options that may change a finding; the number of workers and the database may not."""
    given = {"max_bytes": str(options.max_bytes), "outlets": str(options.outlets or "")}
    return given | ({"similarity": options.similarity} if options.similarity else {})


def _own_files(database: str) -> list[Path]:
    """Name the files of the store itself, which may lie in the folder that is audited."""
    path = database.removeprefix("sqlite:///")
    return [] if "://" in path else [Path(path + suffix) for suffix in ("", "-wal", "-shm", "-journal")]


def _decisions(reviews: Sequence[Review]) -> Mapping[str, str]:
    """Name the decisions of reviewers a run went by, as part of what its findings depend on; nothing without any."""
    if not reviews:
        return {}
    told = [
        [each.downstream, each.upstream, each.upstream_outlet, each.decision, each.note, each.reviewer]
        for each in reviews
    ]
    text = json.dumps(told, ensure_ascii=False)
    return {"reviews": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]}


def _run_id(asked: Run, findings: AuditFindings) -> RunId:
    """Digest inputs, options and versions: the same audit of the same contents has the same id."""
    described = {
        "paths": asked.paths,
        "options": dict(asked.options),
        "versions": dict(asked.versions),
        "articles": [[article.id, article.content_hash] for article in findings.articles],
        "unreadable": [[item.source, item.reason] for item in findings.unreadable],
    }
    text = json.dumps(described, sort_keys=True, ensure_ascii=False)
    return RunId("run:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16])


def _read(scope: RunScope, sources: Sequence[SourceFile | Unreadable], options: AuditOptions) -> int:
    """Bring the articles of all sources into the run; return how many were taken from the store unread."""
    files = [source for source in sources if isinstance(source, SourceFile)]
    known = scope.stamps([file.source for file in files])
    same = [file.source for file in files if file.path is not None and known.get(file.source) == _stamp(file)]
    unchanged = scope.adopt(same) if same else 0
    skipped = set(same)
    todo = [source for source in sources if isinstance(source, Unreadable) or source.source not in skipped]
    names = Names(scope.article_ids())
    done = unchanged
    for readings in _grouped(_readings(todo, options, names)):
        scope.add(readings)
        done += sum(len(reading.articles) for reading in readings)
        options.progress(Progress(Step.READ, done))
    return unchanged


def _stamp(file: SourceFile) -> SourceStamp:
    stated = f"{READER_VERSION}:{file.stated.digest}" if file.stated is not None else READER_VERSION
    return SourceStamp(file.source, file.size, file.mtime_ns, stated)


def _readings(
    sources: Sequence[SourceFile | Unreadable], options: AuditOptions, names: Names
) -> Iterator[SourceReading]:
    """Turn what sources hold into what the store takes, large files in parts."""
    parts: dict[str, int] = {}
    held: SourceReading | None = None  # one behind, because only the next tells whether a part was the last
    for source, items in read_sources(sources, options):
        stamp = _stamp(source) if source is not None else SourceStamp(items[0].source, 0, 0, READER_VERSION)
        if held is not None:
            yield replace(held, last=held.stamp.source != stamp.source)
        distinct = [names.distinct(item) for item in items]
        part = parts.get(stamp.source, 0)
        parts[stamp.source] = part + 1
        held = SourceReading(
            stamp=stamp,
            articles=tuple(item for item in distinct if isinstance(item, Article)),
            unreadable=tuple(item for item in distinct if isinstance(item, Unreadable)),
            part=part,
        )
    if held is not None:
        yield held


def _grouped(readings: Iterable[SourceReading]) -> Iterator[list[SourceReading]]:
    """Group readings into transactions of about :data:`BATCH_STORED` articles."""
    group: list[SourceReading] = []
    size = 0
    for reading in readings:
        group.append(reading)
        size += max(1, len(reading.articles))
        if size >= BATCH_STORED:
            yield group
            group, size = [], 0
    if group:
        yield group


def _learn(scope: RunScope, toolbox: Toolbox, options: AuditOptions) -> SiteFurniture:
    """Learn what recurs at each outlet from the outlines of all articles of the run, the missing ones made first."""
    key = _outline_key(toolbox)
    missing = scope.without_outline(key)
    work = partial(_outline_batch, outlets=options.outlets)
    done = 0
    with pool(options.workers, enough=len(missing) >= ENOUGH_ARTICLES) as workers:
        for outlined in workers.map(work, batched(scope.articles(missing), BATCH_STORED)):
            scope.save_outlines(key, outlined)
            done += len(outlined)
            options.progress(Progress(Step.LEARN, done, len(missing)))
    learner = SiteLearner()
    for each in scope.outlines(key):
        learner.add_outline(each.outlet_key, each.lines)
    return learner.learn()


def _outline_key(toolbox: Toolbox) -> str:
    """Name the rules an outline and its outlet depend on."""
    return f"{CLEAN_VERSION}:{toolbox.knowledge.digest[:16]}"


def _outline_batch(batch: Sequence[Article], *, outlets: Path | None) -> list[Outlined]:
    toolbox = Toolbox.load(outlets)
    return [Outlined(article.id, outlet_key(article, toolbox), outline(article)) for article in batch]


def _inspect(scope: RunScope, toolbox: Toolbox, site: SiteFurniture, options: AuditOptions) -> None:
    """Inspect the articles whose stored inspection was made with other rules or other furniture, or never."""
    keys = scope.inspection_keys()
    wanted: dict[ArticleId, str] = {}
    for each in scope.outlines(_outline_key(toolbox)):
        known = site.digest_of(each.outlet_key, each.lines)[:16]
        # The features of an article are stored with its inspection, so they are made anew together.
        key = f"{toolbox.inspection_key}:{toolbox.versions['match']}:{known}"
        if keys.get(each.article) != key:
            wanted[each.article] = key
    if not wanted:
        return
    work = partial(_inspect_batch, site=site, outlets=options.outlets)
    done = 0
    asked = ((wanted[article.id], article) for article in scope.articles(sorted(wanted)))
    with pool(options.workers, enough=len(wanted) >= ENOUGH_ARTICLES) as workers:
        for found in workers.map(work, batched(asked, BATCH_ARTICLES)):
            scope.save_inspections(found)
            done += len(found)
            options.progress(Progress(Step.INSPECT, done, len(wanted)))


def _inspect_batch(
    batch: Sequence[tuple[str, Article]], *, site: SiteFurniture, outlets: Path | None
) -> list[PreparedInspection]:
    toolbox = Toolbox.load(outlets)
    inspected = ((key, inspect_article(article, toolbox, site, explain=False)) for key, article in batch)
    return [prepare_inspection(key, inspection, inspected_facts(inspection)) for key, inspection in inspected]


def _conclude(scope: RunScope, toolbox: Toolbox, options: AuditOptions, decided: Sequence[Review]) -> AuditFindings:
    """From inspections to findings: match, weigh, trace, score."""
    with SortJoinIndex() as index:
        facts = take_facts(scope, index)
        candidates = list(index.candidates())
    model = load_strength_model()
    found = find_matches(scope, candidates, toolbox, options, promising=partial(_may_be_listed, model=model))
    # Matches are weighed one by one as they come; of most of them nothing is kept.
    weighed = (weigh(match, model) for match in found)
    given, facts = facts, without_rejected_credits(facts, decided)
    links = measured(weighed, facts)
    options.progress(Progress(Step.TRACE, 0))
    links.extend(declared((given[article] for article in sorted(given)), ()))
    found_lineage = trace(links, facts, decided)
    shared = (with_share(link, facts[link.downstream].words) for link in found_lineage.derivations)
    traced = replace(found_lineage, derivations=tuple(shared))
    judged = tuple(verdicts(facts, traced.derivations))
    lineage = replace(traced, derivations=strongest(traced.derivations))
    changes = find_changes(scope, lineage.derivations, facts, toolbox, options)
    return AuditFindings(
        run=Run(id=RunId(""), paths=()),
        articles=tuple(given[article] for article in sorted(given)),
        verdicts=judged,
        lineage=lineage,
        drift=changes.drift,
        erosion=changes.erosion,
        outlets=tuple(_outlets(facts.values(), toolbox)),
        unreadable=tuple(sorted(scope.unreadable(), key=lambda item: (item.source, item.reason))),
    )


def _may_be_listed(seen: MatchSignals, *, model: StrengthModel) -> bool:
    """Say whether a pair may be strong enough to be listed; bodies of one length may be word for word the same."""
    return seen.left_words == seen.right_words or model.strength(seen.signals) >= MIN_POSSIBLE_STRENGTH


def _outlets(articles: Iterable[ArticleFacts], toolbox: Toolbox) -> list[Outlet]:
    """List every outlet an article belongs to or names, known or not, by id."""
    known = toolbox.knowledge.outlets
    found: dict[OutletId, Outlet] = {}
    for article in articles:
        for attribution in article.attributions:
            if attribution.outlet is not None and attribution.outlet not in found:
                named = known.get(attribution.outlet) or known.identify(
                    name=attribution.credited, domain=attribution.domain
                )
                found[attribution.outlet] = replace(named, id=attribution.outlet)
        if article.outlet is not None and article.outlet not in found:
            own = known.get(article.outlet) or known.identify(name=article.outlet_name, domain=article.url)
            found[article.outlet] = replace(own, id=article.outlet)
    return [found[key] for key in sorted(found)]
