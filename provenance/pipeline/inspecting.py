"""One article at a time: read, label, attribute. What recurs at an outlet is learnt from all of them first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from provenance.attribute import attribute
from provenance.clean import SiteFurniture, SiteLearner, label, mark_credits, tricks
from provenance.errors import InputError
from provenance.model import Article, ArticleId, Inspection, Unreadable
from provenance.pipeline.options import InspectOptions, Progress, Step
from provenance.pipeline.toolbox import Toolbox
from provenance.pipeline.workers import batched, pool
from provenance.read import ReadOptions, SourceFile, discover, holds_records, read

__all__ = ["Names", "inspect", "inspect_article", "outlet_key", "read_sources"]

BATCH_FILES = 16
"""Files read by one worker at a time: pages take tens of milliseconds each."""

BATCH_ARTICLES = 64
"""Articles inspected by one worker at a time."""

ENOUGH_FILES = 48
"""Files from which starting worker processes pays."""

ENOUGH_ARTICLES = 400
"""Articles from which it pays when they are read already."""

HELD_ARTICLES = 5_000
"""Articles held in memory between learning and inspecting; beyond that the sources are read a second time."""


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
    chosen = options or InspectOptions()
    toolbox = Toolbox.load(chosen.outlets)
    sources = list(discover([str(path) for path in paths]))
    learner, held = SiteLearner(), _Held()
    require_readable(len(sources), (), [str(path) for path in paths])
    for done, item in enumerate(_read_named(sources, chosen), start=1):
        if isinstance(item, Article):
            learner.add(outlet_key(item, toolbox), item)
        held.keep(item)
        chosen.progress(Progress(Step.READ, done))
    again = held.items if held.complete else _read_named(sources, chosen)
    yield from _inspected(again, learner.learn(), chosen, many=held.count >= ENOUGH_ARTICLES, total=held.count)


class _Held:
    """The articles of a call, as long as they are few enough to hold."""

    def __init__(self) -> None:
        self.items: list[Article | Unreadable] = []
        self.complete = True
        self.count = 0

    def keep(self, item: Article | Unreadable) -> None:
        self.count += 1
        # Standard input cannot be read twice, so what comes from there is held whatever the count.
        if self.count > HELD_ARTICLES and not item.source.startswith("-"):
            self.complete = False
            self.items.clear()
        elif self.complete:
            self.items.append(item)


def _inspected(
    items: Iterable[Article | Unreadable], site: SiteFurniture, options: InspectOptions, *, many: bool, total: int
) -> Iterator[Inspection | Unreadable]:
    work = partial(_inspect_batch, site=site, outlets=options.outlets)
    done = 0
    with pool(options.workers, enough=many) as workers:
        for results in workers.map(work, batched(items, BATCH_ARTICLES)):
            done += len(results)
            options.progress(Progress(Step.INSPECT, done, total))
            yield from results


def _inspect_batch(
    batch: Sequence[Article | Unreadable], *, site: SiteFurniture, outlets: Path | None
) -> list[Inspection | Unreadable]:
    toolbox = Toolbox.load(outlets)
    return [inspect_article(item, toolbox, site) if isinstance(item, Article) else item for item in batch]


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


def _read_named(sources: Sequence[SourceFile | Unreadable], options: InspectOptions) -> Iterator[Article | Unreadable]:
    names = Names()
    for _, items in read_sources(sources, options):
        yield from map(names.distinct, items)


def read_sources(
    sources: Sequence[SourceFile | Unreadable], options: InspectOptions
) -> Iterator[tuple[SourceFile | None, Sequence[Article | Unreadable]]]:
    """Read sources in order, in parallel where there are many; a large file of records comes in several parts.

    Yields:
        the source (``None`` for one that could not even be looked at) and some or all of what it held.
    """
    single = [source for source in sources if isinstance(source, SourceFile) and not holds_records(source)]
    work = partial(_read_batch, max_bytes=options.max_bytes)
    with pool(options.workers, enough=len(single) >= ENOUGH_FILES) as workers:
        ready = workers.map(work, batched(single, BATCH_FILES))
        pages = (page for batch in ready for page in batch)
        for source in sources:
            if isinstance(source, Unreadable):
                yield None, [source]
            elif holds_records(source):
                for part in batched(read(source, ReadOptions(max_bytes=options.max_bytes)), BATCH_ARTICLES * 4):
                    yield source, part
            else:
                yield source, next(pages)


def _read_batch(batch: Sequence[SourceFile], *, max_bytes: int) -> list[list[Article | Unreadable]]:
    return [list(read(source, ReadOptions(max_bytes=max_bytes))) for source in batch]


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


def require_readable(found: int, unreadable: Sequence[Unreadable], paths: Sequence[str]) -> None:
    """Refuse to go on when there is no article at all.

    Raises:
        InputError: nothing is there, or nothing could be read; the first reason is named.
    """
    if not found and not unreadable:
        raise InputError(f"no article was found in {', '.join(paths)}", hint="Name a folder or file that holds some.")
    if not found and unreadable:
        first = unreadable[0]
        raise InputError(f"nothing could be read: {first.source}: {first.reason}", hint="Name a file that can be read.")
