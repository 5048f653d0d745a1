"""One article at a time: read, label, attribute. What recurs at an outlet is learnt from all of them first."""

from __future__ import annotations

import logging
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from provenance.attribute import attribute
from provenance.clean import SiteFurniture, SiteLearner, label, mark_credits, outline, tricks
from provenance.errors import InputError
from provenance.model import Article, ArticleId, Inspection, Unreadable
from provenance.pipeline.options import InspectOptions, Progress, Step
from provenance.pipeline.processes.limits import Failure
from provenance.pipeline.processes.workers import Pool, batched, pool
from provenance.pipeline.toolbox import Toolbox
from provenance.read import ReadOptions, SourceFile, discover, holds_records, read

__all__ = ["Names", "inspect", "inspect_article", "outlet_key", "outlined", "read_sources", "shared_id"]

_LOG = logging.getLogger(__name__)

BATCH_FILES = 16
"""Files read by one worker at a time: pages take tens of milliseconds each."""

BATCH_ARTICLES = 64
"""Articles inspected by one worker at a time."""

ENOUGH_FILES = 48
"""Files from which several worker processes pay."""

ENOUGH_ARTICLES = 400
"""Articles from which they pay when the articles are read already."""

_NUMBERED = re.compile("(?:~[0-9]+)?")
"""What may follow the source in an id that is taken with the source as well."""

HELD_ARTICLES = 5_000
"""Articles held in memory between learning and inspecting; beyond that the sources are read a second time."""

READING = "reading it"
INSPECTING = "looking for its lines and credits"
"""What is being done with an article, for the reason why nothing came of it."""


def inspect(paths: Sequence[str | Path], options: InspectOptions | None = None) -> Iterator[Inspection | Unreadable]:
    """Inspect every article found under some paths, in the order they are read; nothing is stored.

    What recurs on the pages of an outlet is learnt from all of them before the first is labelled, so the order of
    paths and records never matters.

    Args:
        paths: files, folders, or ``-`` for standard input.
        options: see :class:`InspectOptions`.

    Raises:
        NotFoundError: a path does not exist.
        KnowledgeError: the outlet file is malformed.
    """
    from provenance.pipeline.rehearsing import rehearse  # noqa: PLC0415  it rehearses what stands here

    chosen = options or InspectOptions()
    Toolbox.load(chosen.outlets)
    sources = list(discover([str(path) for path in paths]))
    require_readable(len(sources), (), [str(path) for path in paths])
    with pool(chosen.workers, chosen.limits, partial(rehearse, sources, chosen.outlets, comparing=False)) as workers:
        held = _Held()
        named = _read_named(sources, chosen, workers)
        site = _learnt(held.kept(named), held.failed, chosen, workers, many=len(sources) >= ENOUGH_FILES)
        again = held.items if held.complete else _read_named(sources, chosen, workers)
        found = ((item if isinstance(item, Unreadable) else held.failed.get(item.id, item)) for item in again)
        require_readable(held.count, (), [str(path) for path in paths])
        yield from _inspected(found, site, chosen, workers, total=held.count)


class _Held:
    """The articles of a call, as long as they are few enough to hold."""

    def __init__(self) -> None:
        self.items: list[Article | Unreadable] = []
        self.complete = True
        self.count = 0
        self.failed: dict[ArticleId, Unreadable] = {}

    def kept(self, items: Iterable[Article | Unreadable]) -> Iterator[Article]:
        """Pass articles on."""
        for item in items:
            self._keep(item)
            if isinstance(item, Article):
                yield item

    def _keep(self, item: Article | Unreadable) -> None:
        self.count += 1
        # Standard input cannot be read twice, so what comes from there is held whatever the count.
        if self.count > HELD_ARTICLES and not item.source.startswith("-"):
            self.complete = False
            self.items.clear()
        elif self.complete:
            self.items.append(item)


def _learnt(
    articles: Iterable[Article],
    failed: dict[ArticleId, Unreadable],
    options: InspectOptions,
    workers: Pool,
    *,
    many: bool,
) -> SiteFurniture:
    """Learn what recurs at each outlet; an article nothing comes of is put among those that failed."""
    learner = SiteLearner()
    work = partial(outlined, outlets=options.outlets)
    done = 0
    for batch, results in workers.map(work, batched(articles, BATCH_ARTICLES), many=many):
        for article, result in zip(batch, results, strict=True):
            if isinstance(result, Failure):
                failed[article.id] = Unreadable(article.source, result.reason(INSPECTING))
            else:
                learner.add_outline(*result)
        done += len(results)
        options.progress(Progress(Step.READ, done))
    return learner.learn()


def outlined(article: Article, *, outlets: Path | None) -> tuple[str | None, bytes]:
    """Give the outlet of an article, as :func:`outlet_key` does, and the outline that teaches what recurs there."""
    return outlet_key(article, Toolbox.load(outlets)), outline(article)


def _inspected(
    items: Iterable[Article | Unreadable], site: SiteFurniture, options: InspectOptions, workers: Pool, *, total: int
) -> Iterator[Inspection | Unreadable]:
    work = partial(_inspect_one, site=site, outlets=options.outlets)
    done = 0
    for batch, results in workers.map(work, batched(items, BATCH_ARTICLES), many=total >= ENOUGH_ARTICLES):
        done += len(results)
        options.progress(Progress(Step.INSPECT, done, total))
        for item, result in zip(batch, results, strict=True):
            yield Unreadable(item.source, result.reason(INSPECTING)) if isinstance(result, Failure) else result


def _inspect_one(item: Article | Unreadable, *, site: SiteFurniture, outlets: Path | None) -> Inspection | Unreadable:
    return inspect_article(item, Toolbox.load(outlets), site) if isinstance(item, Article) else item


def inspect_article(article: Article, toolbox: Toolbox, site: SiteFurniture, *, explain: bool = True) -> Inspection:
    """Run the stages that look at one article alone, in their order.

    ``explain`` also keeps what weighed for the role of each line, and what was considered as a credit and dropped;
    nobody is shown that of an audit.
    """
    key = outlet_key(article, toolbox)
    labelled = label(article, phrases=toolbox.phrases, site=site, outlet_key=key, explain=explain)
    outlets = toolbox.knowledge.outlets
    found = attribute(labelled, rules=toolbox.rules, outlets=outlets, notes=toolbox.notes, explain=explain)
    marked = mark_credits(found.labelled, found.attributions)
    return replace(found, labelled=marked, tricks=tricks(article.text))


def outlet_key(article: Article, toolbox: Toolbox) -> str | None:
    """Name the outlet whose furniture an article may share; ``None`` when nothing tells where it stood."""
    if article.url is None and article.outlet_name is None:
        return None
    return str(toolbox.knowledge.outlets.identify(name=article.outlet_name, domain=article.url).id)


def _read_named(
    sources: Sequence[SourceFile | Unreadable], options: InspectOptions, workers: Pool
) -> Iterator[Article | Unreadable]:
    names = Names()
    for part in read_sources(sources, options, workers):
        yield from map(names.distinct, part.items)


@dataclass(frozen=True, slots=True)
class SourcePart:
    """Some or all of what a source held.

    Attributes:
        source: ``None`` for one that could not even be looked at.
        items: in order.
        settled: whether nothing so far was given up for what it cost: the source need not be read again.
    """

    source: SourceFile | None
    items: Sequence[Article | Unreadable]
    settled: bool = True


def read_sources(
    sources: Sequence[SourceFile | Unreadable], options: InspectOptions, workers: Pool
) -> Iterator[SourcePart]:
    """Read sources in order, in parallel where there are many; a large file of records comes in several parts."""
    _LOG.info("%s to read", f"{len(sources):,} {'source' if len(sources) == 1 else 'sources'}")
    for part in _parts(sources, options, workers):
        _log_part(part)
        yield part


def _log_part(part: SourcePart) -> None:
    for item in part.items:
        if isinstance(item, Unreadable):
            _LOG.debug("not read: %s: %s", item.source, item.reason)
        else:
            _LOG.debug("read: %s, %s characters", item.source, f"{len(item.text):,}")


def _parts(sources: Sequence[SourceFile | Unreadable], options: InspectOptions, workers: Pool) -> Iterator[SourcePart]:
    single = [source for source in sources if isinstance(source, SourceFile) and not holds_records(source)]
    work = partial(_read_one, max_bytes=options.max_bytes)
    ready = workers.map(work, batched(single, BATCH_FILES), many=len(single) >= ENOUGH_FILES)
    pages = (page for batch in ready for page in zip(*batch, strict=True))
    for source in sources:
        if isinstance(source, Unreadable):
            yield SourcePart(None, [source])
        elif holds_records(source):
            yield from _records(source, options, workers)
        else:
            _, found = next(pages)
            yield _whole(source, found)


def _records(source: SourceFile, options: InspectOptions, workers: Pool) -> Iterator[SourcePart]:
    """Read a source that may hold many articles."""
    work = partial(read, options=ReadOptions(max_bytes=options.max_bytes))
    with at_rest(source) as file:
        for part in workers.stream(work, file, doing=READING):
            rest = "; the rest was not read"
            items = [_given_up(source, item, rest) if isinstance(item, Failure) else item for item in part.items]
            yield SourcePart(source, items, part.settled)


def _whole(source: SourceFile, found: list[Article | Unreadable] | Failure) -> SourcePart:
    if isinstance(found, Failure):
        return SourcePart(source, [_given_up(source, found)], settled=False)
    return SourcePart(source, found)


def _given_up(source: SourceFile, failure: Failure, rest: str = "") -> Unreadable:
    return Unreadable(source.source, failure.reason(READING) + rest)


def _read_one(source: SourceFile, *, max_bytes: int) -> list[Article | Unreadable]:
    return list(read(source, ReadOptions(max_bytes=max_bytes)))


@contextmanager
def at_rest(source: SourceFile) -> Iterator[SourceFile]:
    """Give a source that can be read more than once: what comes from standard input is put into a file until then.

    Raises:
        InputError: there is no room for it.
    """
    if source.path is not None:
        yield source
        return
    with tempfile.NamedTemporaryFile(prefix="provenance-") as file:
        try:
            shutil.copyfileobj(sys.stdin.buffer, file)
            file.flush()
        except OSError as error:
            raise InputError(
                f"standard input cannot be kept in {tempfile.gettempdir()}: {error.strerror or error}",
                hint="Make room there, name another folder in TMPDIR, or save it as a file and name that.",
            ) from error
        yield replace(source, path=Path(file.name))


class Names:
    """Keeps article ids distinct within one call: every record or path keeps its own article.

    The first holder of an id keeps it as it is; a later one gets its source added, and a number where even that is
    taken.
    """

    def __init__(self, taken: Iterable[ArticleId] = ()) -> None:
        self._taken = set(taken)

    def distinct(self, item: Article | Unreadable) -> Article | Unreadable:
        """Give the article back with an id nobody else has."""
        if isinstance(item, Unreadable):
            return item
        candidate, number = item.id, 1
        while candidate in self._taken:
            candidate = ArticleId(f"{item.id}@{item.source}" + (f"~{number}" if number > 1 else ""))
            number += 1
        self._taken.add(candidate)
        return item if candidate == item.id else replace(item, id=candidate)


def shared_id(id: ArticleId, source: str) -> str:  # noqa: A002  the field's own name
    """Give the id an article would have, had not an earlier one had it already; empty where it has its own.

    Args:
        id: as :class:`Names` made it distinct.
        source: where the article was found.
    """
    own, mark, rest = id.partition(f"@{source}")
    return own if mark and _NUMBERED.fullmatch(rest) else ""


def require_readable(found: int, unreadable: Sequence[Unreadable], paths: Sequence[str]) -> None:
    """Refuse to go on when there is no article at all.

    Raises:
        InputError: nothing is there, or nothing could be read; the first reason is named.
    """
    if not found and not unreadable:
        raise InputError(f"no article was found in {', '.join(paths)}", hint="Name a folder or file that holds some.")
    if not found and unreadable:
        first = unreadable[0]
        what = "files and records" if any("#" in item.source for item in unreadable) else "files"
        several = f"none of the {len(unreadable):,} {what} could be read; the first"
        raise InputError(
            f"{several if len(unreadable) > 1 else 'nothing could be read'}: {first.source}: {first.reason}",
            hint="Name a file that can be read.",
        )
