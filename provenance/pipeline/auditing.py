"""An audit: read, clean, attribute, match, trace, score, store. The only place that knows the order of the stages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from provenance.clean import CLEAN_VERSION, SiteFurniture, SiteLearner
from provenance.match import Candidate, SortJoinIndex
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
from provenance.pipeline.aligning import PairComparison, chosen_aligner
from provenance.pipeline.concluding import conclude, parted, together
from provenance.pipeline.drifting import find_changes
from provenance.pipeline.inspecting import (
    BATCH_ARTICLES,
    ENOUGH_ARTICLES,
    INSPECTING,
    Names,
    inspect_article,
    outlined,
    read_sources,
    require_readable,
)
from provenance.pipeline.matching import find_matches, inspected_facts, take_facts
from provenance.pipeline.options import AuditOptions, Progress, Step
from provenance.pipeline.processes.limits import Failure, Limits
from provenance.pipeline.processes.workers import Pool, batched, pool
from provenance.pipeline.rehearsing import rehearse
from provenance.pipeline.taking_in import BATCH_STORED, grouped, readings, stamp_of
from provenance.pipeline.toolbox import Toolbox
from provenance.read import OWN_OUTPUT, SourceFile, discover
from provenance.score import StrengthModel, load_strength_model
from provenance.store import (
    MatchSignals,
    Outlined,
    PreparedInspection,
    ProvenanceStore,
    RunScope,
    prepare_inspection,
)
from provenance.trace import MIN_POSSIBLE_STRENGTH, without_rejected_credits

__all__ = ["audit"]


def audit(paths: Sequence[str | Path], options: AuditOptions | None = None) -> AuditFindings:
    """Audit everything found under some paths and keep the findings in the store.

    Files that have not changed since an earlier audit into the same store are not read again, unless something in
    them could not be read, or another limit of bytes is asked for. The findings are those
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
        rehearsed = partial(rehearse, sources, chosen.outlets, comparing=True)
        with pool(chosen.workers, chosen.limits, rehearsed) as workers:  # what they hold is free before the rest
            work = _Work(scope, toolbox, chosen, workers)
            unchanged = _read(work, sources)
            ids = scope.article_ids()
            require_readable(len(ids), scope.unreadable(), asked.paths)
            _inspect(work, _learn(work))
            require_readable(len(ids) - len(work.failed), [*work.failed.values(), *scope.unreadable()], asked.paths)
            decided = scope.reviews()
            findings = _conclude(work, decided)
        asked = replace(asked, versions={**asked.versions, **_decisions(decided)})
        run = replace(asked, id=_run_id(asked, findings), read=len(ids) - unchanged, unchanged=unchanged)
        findings = replace(findings, run=run)
        chosen.progress(Progress(Step.STORE, 0))
        scope.finish(findings)
    return findings


@dataclass(frozen=True, slots=True)
class _Work:
    """What all stages of one audit share."""

    scope: RunScope
    toolbox: Toolbox
    options: AuditOptions
    workers: Pool
    failed: dict[ArticleId, Unreadable] = field(default_factory=dict)
    """Articles a stage could not do within their limits, or at all: they take no part in the findings."""

    def fail(self, article: Article, failure: Failure) -> None:
        self.failed[article.id] = Unreadable(article.source, failure.reason(INSPECTING))


def _options(options: AuditOptions) -> Mapping[str, str]:
    """Name the options that may change a finding; the number of workers and the database may not."""
    given = {"max_bytes": str(options.max_bytes), "outlets": str(options.outlets or "")}
    if options.similarity:
        given["similarity"] = options.similarity
    if options.limits != Limits():
        given |= {"article_seconds": f"{options.article_seconds:g}", "article_memory": str(options.article_memory)}
    return given


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
        # A report written among the articles by the audit before changes nothing of what this one finds.
        "unreadable": [[item.source, item.reason] for item in findings.unreadable if item.reason != OWN_OUTPUT],
    }
    text = json.dumps(described, sort_keys=True, ensure_ascii=False)
    return RunId("run:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16])


def _read(work: _Work, sources: Sequence[SourceFile | Unreadable]) -> int:
    """Bring the articles of all sources into the run; return how many were taken from the store unread."""
    scope = work.scope
    files = [source for source in sources if isinstance(source, SourceFile)]
    known = scope.stamps([file.source for file in files])
    limit = work.options.max_bytes
    same = [file.source for file in files if file.path is not None and known.get(file.source) == stamp_of(file, limit)]
    unchanged = scope.adopt(same) if same else 0
    skipped = set(same)
    todo = [source for source in sources if isinstance(source, Unreadable) or source.source not in skipped]
    names = Names(scope.article_ids())
    done = unchanged
    for batch in grouped(readings(read_sources(todo, work.options, work.workers), names, limit)):
        scope.add(batch)
        done += sum(len(reading.articles) for reading in batch)
        work.options.progress(Progress(Step.READ, done))
    return unchanged


def _learn(work: _Work) -> SiteFurniture:
    """Learn what recurs at each outlet from the outlines of all articles of the run, the missing ones made first."""
    scope, key = work.scope, _outline_key(work.toolbox)
    missing = scope.without_outline(key)
    learning = partial(outlined, outlets=work.options.outlets)
    batches = batched(scope.articles(missing), BATCH_STORED)
    done = 0
    for batch, results in work.workers.map(learning, batches, many=len(missing) >= ENOUGH_ARTICLES):
        made = []
        for article, result in zip(batch, results, strict=True):
            if isinstance(result, Failure):
                work.fail(article, result)
            else:
                made.append(Outlined(article.id, *result))
        scope.save_outlines(key, made)
        done += len(batch)
        work.options.progress(Progress(Step.LEARN, done, len(missing)))
    learner = SiteLearner()
    for each in scope.outlines(key):
        learner.add_outline(each.outlet_key, each.lines)
    return learner.learn()


def _outline_key(toolbox: Toolbox) -> str:
    """Name the rules an outline and its outlet depend on."""
    return f"{CLEAN_VERSION}:{toolbox.knowledge.digest[:16]}"


def _inspect(work: _Work, site: SiteFurniture) -> None:
    """Inspect the articles whose stored inspection was made with other rules or other furniture, or never."""
    scope, wanted = work.scope, _wanted(work, site)
    asked = ((wanted[article.id], article) for article in scope.articles(sorted(wanted)))
    inspecting = partial(_inspect_one, site=site, outlets=work.options.outlets)
    done = 0
    many = len(wanted) >= ENOUGH_ARTICLES
    for batch, results in work.workers.map(inspecting, batched(asked, BATCH_ARTICLES), many=many):
        for (_, article), result in zip(batch, results, strict=True):
            if isinstance(result, Failure):
                work.fail(article, result)
        scope.save_inspections([result for result in results if not isinstance(result, Failure)])
        done += len(batch)
        work.options.progress(Progress(Step.INSPECT, done, len(wanted)))


def _wanted(work: _Work, site: SiteFurniture) -> dict[ArticleId, str]:
    """Name the articles to be inspected, each with the key its inspection is kept under."""
    keys = work.scope.inspection_keys()
    wanted: dict[ArticleId, str] = {}
    for each in work.scope.outlines(_outline_key(work.toolbox)):
        known = site.digest_of(each.outlet_key, each.lines)[:16]
        # The features of an article are stored with its inspection, so they are made anew together.
        key = f"{work.toolbox.inspection_key}:{work.toolbox.versions['match']}:{known}"
        if keys.get(each.article) != key:
            wanted[each.article] = key
    return wanted


def _inspect_one(asked: tuple[str, Article], *, site: SiteFurniture, outlets: Path | None) -> PreparedInspection:
    key, article = asked
    inspection = inspect_article(article, Toolbox.load(outlets), site, explain=False)
    return prepare_inspection(key, inspection, inspected_facts(inspection))


def _conclude(work: _Work, decided: Sequence[Review]) -> AuditFindings:
    """From inspections to findings: match, weigh, trace, score."""
    scope, options = work.scope, work.options
    facts, candidates = _candidates(work)
    model = load_strength_model()
    compared = PairComparison(work.toolbox, options, work.workers, {known.id: known.source for known in facts.values()})
    bound = partial(_at_most, model=model)
    listed = find_matches(scope, candidates, compared, at_most=bound, least=MIN_POSSIBLE_STRENGTH)
    options.progress(Progress(Step.TRACE, 0))
    lineage, judged = together(
        [
            conclude(part, scope.stored_matches(part.places), facts, decided, model)
            for part in parted(facts, listed, decided)
        ],
        len(facts),
    )
    without_rejected = without_rejected_credits(facts, decided)
    changes = find_changes(scope, lineage.derivations, without_rejected, compared)
    return AuditFindings(
        run=Run(id=RunId(""), paths=()),
        articles=tuple(facts[article] for article in sorted(facts)),
        verdicts=judged,
        lineage=lineage,
        drift=changes.drift,
        erosion=changes.erosion,
        outlets=tuple(_outlets(without_rejected.values(), work.toolbox)),
        unreadable=_unreadable([*scope.unreadable(), *work.failed.values(), *compared.failed]),
    )


def _candidates(work: _Work) -> tuple[dict[ArticleId, ArticleFacts], list[Candidate]]:
    """Give the facts of all articles and the pairs worth aligning; the features themselves are needed no longer."""
    with SortJoinIndex() as index:
        facts = take_facts(work.scope, index, without=work.failed)
        return facts, list(index.candidates())


def _unreadable(items: Iterable[Unreadable]) -> tuple[Unreadable, ...]:
    return tuple(sorted(items, key=lambda item: (item.source, item.reason)))


def _at_most(seen: MatchSignals, *, model: StrengthModel) -> float:
    """Give a strength a pair does not exceed; bodies of one length may be word for word the same."""
    return 1.0 if seen.left_words == seen.right_words else model.strength(seen.signals)


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
