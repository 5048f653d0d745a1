"""A corpus on disk: a folder that any program can read with NumPy, or with nothing at all.

``texts.txt`` holds all texts in UTF-8, one after the other; ``articles.npz`` where each ends, its outlet and its day;
``truth.npz`` what was planted (:mod:`benchmarks.truth`). Nothing here needs the program that is measured: its peers
read the same files with the same code.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.planting import Recipe, plant
from benchmarks.truth import Truth, truth_of
from benchmarks.words import Floats, Numbers, lexicon

__all__ = ["Corpus", "made"]

_SOURCES = ("corpus", "outlets", "planting", "prose", "truth", "words")
"""Modules a corpus depends on: a change of one makes other corpora."""

_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_BETWEEN = b"\n"  # after every text
TEXTS, ARTICLES, TRUTH, DONE = "texts.txt", "articles.npz", "truth.npz", "recipe.json"


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus in its folder, opened: texts stay on disk until they are asked for."""

    folder: Path
    ends: Numbers
    """Where each text ends in the file of texts, in bytes; the next begins one byte later."""
    outlets: Numbers
    days: Floats

    @classmethod
    def open(cls, folder: Path) -> Corpus:
        """Open what :func:`made` made."""
        with np.load(folder / ARTICLES, allow_pickle=False) as kept:
            return cls(folder, kept["ends"], kept["outlets"], kept["days"])

    def __len__(self) -> int:
        return len(self.ends)

    @property
    def texts_file(self) -> Path:
        """The file with all texts."""
        return self.folder / TEXTS

    def texts(self) -> Iterator[str]:
        """Read the texts in order, one at a time."""
        with self.texts_file.open("rb") as file:
            for length in np.diff(self.ends, prepend=-len(_BETWEEN)).tolist():
                yield file.read(length)[: -len(_BETWEEN)].decode()

    def outlet_names(self) -> list[str]:
        """Name the outlet of every article."""
        return [f"outlet-{outlet:05d}" for outlet in self.outlets.tolist()]

    def records(self) -> Iterator[dict[str, str]]:
        """Give every article with the fields an audit reads."""
        times = (_EPOCH + timedelta(days=day) for day in self.days.tolist())
        for number, (text, outlet, time) in enumerate(zip(self.texts(), self.outlet_names(), times, strict=True)):
            published = time.isoformat(timespec="seconds")
            yield {"id": f"{number:08d}", "outlet": outlet, "published": published, "text": text}

    def truth(self) -> Truth:
        """Read what was planted."""
        return Truth.load(self.folder / TRUTH)


def made(recipe: Recipe, folder: Path, *, workers: int = 0) -> Corpus:
    """Give the corpus of a recipe, made now or earlier in a folder below the one given.

    Args:
        recipe: what to make.
        folder: where corpora are kept, each in a folder of its own.
        workers: processes; 0 means as many as there are processors. They do not change the corpus.
    """
    place = folder / f"{recipe.articles}-{_digest(recipe)}"
    if not (place / DONE).exists():
        part = place.with_name(place.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        _write(recipe, part, workers or os.cpu_count() or 1)
        shutil.rmtree(place, ignore_errors=True)
        part.rename(place)
    return Corpus.open(place)


def _digest(recipe: Recipe) -> str:
    described = json.dumps(asdict(recipe), sort_keys=True).encode()
    code = b"".join((Path(__file__).with_name(f"{name}.py")).read_bytes() for name in _SOURCES)
    return hashlib.sha256(described + code).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _Shard:
    """One shard written out; the lengths of its texts are in bytes, with what stands between two."""

    texts: bytes
    lengths: Numbers
    outlets: Numbers
    days: Floats
    truth: Truth


def _write(recipe: Recipe, folder: Path, workers: int) -> None:
    lexicon()  # before the fork: the processes share it
    work = [(recipe, shard) for shard in range(recipe.shards)]
    shards: list[_Shard] = []
    with (folder / TEXTS).open("wb") as file, multiprocessing.Pool(min(workers, len(work))) as pool:
        for shard in pool.imap(_written, work):
            file.write(shard.texts)
            shards.append(replace(shard, texts=b""))
    ends = np.cumsum(np.concatenate([shard.lengths for shard in shards])) - len(_BETWEEN)
    outlets = np.concatenate([shard.outlets for shard in shards])
    np.savez(folder / ARTICLES, ends=ends, outlets=outlets, days=np.concatenate([shard.days for shard in shards]))
    Truth.joined([shard.truth for shard in shards]).save(folder / TRUTH)
    (folder / DONE).write_text(json.dumps(asdict(recipe)) + "\n", encoding="utf-8")


def _written(work: tuple[Recipe, int]) -> _Shard:
    articles = plant(*work)
    texts = ["\n\n".join(each.page.paragraphs(lexicon())).encode() + _BETWEEN for each in articles]
    return _Shard(
        texts=b"".join(texts),
        lengths=np.array([len(text) for text in texts]),
        outlets=np.array([each.outlet for each in articles]),
        days=np.array([each.day for each in articles]),
        truth=truth_of(articles),
    )
