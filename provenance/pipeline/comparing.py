"""Two texts side by side, or thousands of pairs: label, align, weigh, and say what changed."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from provenance.clean import SiteFurniture
from provenance.errors import InputError, UsageError
from provenance.match import Aligner, Body, WordsThenSentences
from provenance.model import Article, Comparison, Inspection, LabelledArticle, Unreadable
from provenance.pipeline.aligning import chosen_aligner
from provenance.pipeline.inspecting import inspect, inspect_article, read_sources, shared_id
from provenance.pipeline.options import CompareOptions, InspectOptions, Progress, Step
from provenance.pipeline.processes.limits import Failure
from provenance.pipeline.processes.workers import Pool, batched, pool
from provenance.pipeline.rehearsing import rehearse
from provenance.pipeline.toolbox import Toolbox
from provenance.read import SourceFile, discover
from provenance.score import StrengthModel, comparison, drift, load_strength_model, weigh

__all__ = ["compare", "compare_articles", "compare_pairs"]

_LOG = logging.getLogger(__name__)

BATCH_PAIRS = 32
"""Pairs compared by one worker at a time."""

ENOUGH_PAIRS = 200
"""Pairs from which starting worker processes pays."""


def compare(downstream: str | Path, upstream: str | Path, options: InspectOptions | None = None) -> Comparison:
    """Compare two files, the first as the one that may derive from the second.

    Args:
        downstream: path of the text that may be derived, or ``-`` for standard input.
        upstream: path of the text it may derive from, or ``-``; not both.
        options: see :class:`CompareOptions`; those of reading suffice.

    Raises:
        NotFoundError: a path does not exist.
        InputError: a file cannot be read, or holds more than one article.
        UsageError: both are standard input, or the sentence encoder is not there.
    """
    if str(downstream) == str(upstream) == "-":
        raise UsageError("both texts are standard input", hint="Give one of them as a file.")
    chosen = options or CompareOptions()
    chosen_aligner(_similarity(chosen))  # what is missing for it is said before anything is read
    Toolbox.load(chosen.outlets)
    names = str(downstream), str(upstream)
    sources = [list(discover([path])) for path in names]
    rehearsal = partial(rehearse, chain(*sources), chosen.outlets, comparing=True)
    with pool(chosen.workers, chosen.limits, rehearsal) as workers:
        left, right = (_only_article(path, each, chosen, workers) for path, each in zip(names, sources, strict=True))
        work = partial(_compare_articles, similarity=_similarity(chosen), outlets=chosen.outlets)
        ((_, (found,)),) = workers.map(work, [[(left, right, names)]], many=False)
    if isinstance(found, Failure):
        raise InputError(found.reason(f"comparing {names[0]} with {names[1]}"), hint="Compare a part of the texts.")
    return found


def _similarity(options: InspectOptions) -> str:
    return options.similarity if isinstance(options, CompareOptions) else ""


def compare_articles(
    left: LabelledArticle,
    right: LabelledArticle,
    names: tuple[str, str],
    model: StrengthModel,
    aligner: Aligner | None = None,
) -> Comparison:
    """Compare two labelled articles; ``names`` are what the caller calls them, downstream first.

    ``aligner`` is the default one when ``None``.
    """
    match = (aligner or WordsThenSentences()).align(Body.of(left), Body.of(right))
    found = comparison(*names, weigh(match, model))
    changes = drift(
        found.match,
        downstream_text=left.article.text,
        upstream_text=right.article.text,
        downstream_language=left.article.language,
        upstream_language=right.article.language,
    )
    return replace(found, drift=tuple(changes), downstream_text=left.article.text, upstream_text=right.article.text)


def _compare_articles(
    given: tuple[Article, Article, tuple[str, str]], *, similarity: str, outlets: Path | None
) -> Comparison:
    toolbox = Toolbox.load(outlets)
    left, right = (inspect_article(article, toolbox, SiteFurniture(), explain=False).labelled for article in given[:2])
    return compare_articles(left, right, given[2], load_strength_model(), chosen_aligner(similarity))


def _only_article(
    path: str, sources: Sequence[SourceFile | Unreadable], options: InspectOptions, workers: Pool
) -> Article:
    found = [item for part in read_sources(sources, options, workers) for item in part.items]
    match found:
        case [Article() as article]:
            return article
        case [Unreadable(source=source, reason=reason)]:
            cause = reason.removeprefix("cannot be read: ")
            raise InputError(f"{source} cannot be read: {cause}", hint="Give a file that holds a text.")
        case []:
            raise InputError(f"{path} holds no article", hint="Give a file that holds a text.")
        case _:
            raise InputError(
                f"{path} holds more than one article",
                hint="Name the records in a file of pairs: --pairs FILE --corpus FILE.",
            )


def compare_pairs(
    pairs: Iterable[tuple[str, str]], corpora: Sequence[str | Path] = (), options: InspectOptions | None = None
) -> Iterator[Comparison | Unreadable]:
    """Compare many pairs, in order; furniture is learnt from all the articles of the call.

    Args:
        pairs: (downstream, upstream), each a path from the working directory or a record id of ``corpora``.
        corpora: files of records the ids stand in.
        options: see :class:`CompareOptions`; those of reading suffice.

    Yields:
        a comparison a pair, or the reason why one of its texts could not be had.
    """
    chosen = options or CompareOptions()
    chosen_aligner(_similarity(chosen))  # what is missing for it is said before anything is read
    wanted = list(pairs)
    texts = _Texts(wanted, corpora, chosen)
    work = partial(_compare_prepared, model=load_strength_model(), similarity=_similarity(chosen))
    done = 0
    with pool(chosen.workers, chosen.limits, partial(rehearse, (), chosen.outlets, comparing=True)) as workers:
        batches = batched(map(texts.pair, wanted), BATCH_PAIRS)
        for batch, results in workers.map(work, batches, many=len(wanted) >= ENOUGH_PAIRS):
            done += len(batch)
            chosen.progress(Progress(Step.MATCH, done, len(wanted)))
            for item, result in zip(batch, results, strict=True):
                yield _without_comparison(item, result) if isinstance(result, Failure) else result


Prepared = tuple[LabelledArticle, LabelledArticle, tuple[str, str]] | Unreadable


def _compare_prepared(item: Prepared, *, model: StrengthModel, similarity: str) -> Comparison | Unreadable:
    if isinstance(item, Unreadable):
        return item
    return _without_texts(compare_articles(*item, model, chosen_aligner(similarity)))


def _without_comparison(item: Prepared, failure: Failure) -> Unreadable:
    if isinstance(item, Unreadable):
        return item
    downstream, upstream = item[2]
    return Unreadable(downstream, failure.reason(f"comparing it with {upstream}"))


def _without_texts(found: Comparison) -> Comparison:
    """Drop the texts of one of many comparisons: its places suffice."""
    return replace(found, downstream_text="", upstream_text="")


class _Texts:
    """The labelled articles a call of many pairs needs, by the name the pairs call them."""

    def __init__(
        self, pairs: Sequence[tuple[str, str]], corpora: Sequence[str | Path], options: InspectOptions
    ) -> None:
        self._found: dict[str, LabelledArticle | Unreadable] = {}
        self._unread: dict[str, Unreadable] = {}
        """Records of the corpora nothing could be made of, by id."""
        names = {name for pair in pairs for name in pair}
        if corpora:
            self._take_records(inspect(corpora, options), names)
        paths = sorted(names - self._found.keys())
        files: dict[str, list[str]] = {}  # several spellings may name one file, which is read once
        for path in paths:
            files.setdefault(os.path.realpath(path), []).append(path)
        present = [path for path in files if Path(path).is_file()]
        if present:
            self._take_files(inspect(present, options), files)
        for path in paths:
            self._found.setdefault(path, self._unread.get(path) or Unreadable(path, _missing(corpora)))

    def _take_records(self, items: Iterable[Inspection | Unreadable], names: set[str]) -> None:
        for item in items:
            if isinstance(item, Unreadable):
                self._unread.update((name, item) for name in _ids_in(item.source) if name in names)
                continue
            article = item.labelled.article
            if (own := shared_id(article.id, article.source)) in names:
                _LOG.warning("%s: an earlier record has the id %s too; the pairs mean the earlier", article.source, own)
            if article.id in names:
                self._found.setdefault(article.id, item.labelled)

    def _take_files(self, items: Iterable[Inspection | Unreadable], files: Mapping[str, Sequence[str]]) -> None:
        for item in items:
            source = item.source if isinstance(item, Unreadable) else item.labelled.article.source
            for path in files.get(source, ()):
                found = item if isinstance(item, Unreadable) else item.labelled
                self._found.setdefault(path, found)

    def pair(self, names: tuple[str, str]) -> Prepared:
        """Look both texts up."""
        left, right = (self._found[name] for name in names)
        for text in (left, right):
            if isinstance(text, Unreadable):
                return text
        if isinstance(left, Unreadable) or isinstance(right, Unreadable):  # for the type checker; handled above
            return Unreadable(names[0], "cannot be read")
        return left, right, names


def _ids_in(source: str) -> Iterator[str]:
    """Give what may be the id of a record in the place it stands at; a path and an id may both hold a ``#``."""
    _, *rest = source.split("#")
    return ("#".join(rest[start:]) for start in range(len(rest)))


def _missing(corpora: Sequence[str | Path]) -> str:
    return f"no such file, and no such record in {', '.join(map(str, corpora))}" if corpora else "no such file"
