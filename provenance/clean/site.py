"""What recurs at an outlet is its furniture.

Two passes: :class:`SiteLearner` is shown every article of a call, and what it learnt labels them. Lines are held
against each other masked (case, digits and white space aside), so that a date or a count that changes from page to
page does not hide a line. Evidence is counted in *stories*, not pages: copies and updates of one article, which share
most of their prose, are one. How many stories are asked for depends on what would be lost:

- a menu entry, a button, a name: two;
- a line of a headline's length: two where a neighbouring line recurs with it, because a story's own headline also
  stands among the links of the next page; else three;
- prose, and short lines between two paragraphs: three and a tenth of the outlet's stories, or two where only
  furniture stands around it, because two stories of one outlet may share a paragraph of wire copy.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import blake2b, sha256
from itertools import pairwise

from provenance.clean.surface import HEADLINE_SIZE, Surface, surfaces
from provenance.model import Article

__all__ = ["SiteFurniture", "SiteLearner", "line_key"]

FEW_STORIES = 2
MORE_STORIES = 3
MIN_SHARE = 0.1  # of an outlet's stories, for lines that look like article
SAME_STORY = 0.6  # share of the letters of the shorter page's prose from which two pages tell one story

_DIGITS = re.compile(r"\d+")


class _Shape(IntEnum):
    CHROME = 0
    HEADLINE = 1
    ARTICLE = 2


@dataclass(frozen=True, slots=True)
class _Line:
    key: int
    before: int
    after: int
    shape: _Shape
    size: int


@dataclass(frozen=True, slots=True)
class _Page:
    lines: tuple[_Line, ...]

    def prose(self) -> dict[int, int]:
        return {line.key: line.size for line in self.lines if line.shape is _Shape.ARTICLE}


def line_key(text: str) -> int:
    """Digest a line as it is compared: digits masked, case and white space aside. 64 bits; 0 is no line at all."""
    masked = _DIGITS.sub("0", " ".join(text.casefold().split()))
    return int.from_bytes(blake2b(masked.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") or 1


@dataclass(frozen=True, slots=True)
class SiteFurniture:
    """The recurring lines of each outlet, as digests. The empty one knows nothing and changes nothing."""

    lines: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def at(self, outlet_key: str | None) -> frozenset[int]:
        """Give the digests of one outlet's recurring lines; empty where nothing was learnt."""
        return self.lines.get(outlet_key, frozenset()) if outlet_key is not None else frozenset()

    def digest_for(self, outlet_key: str | None, article: Article) -> str:
        """Digest what is known of *this* article's lines: it changes only when the article's labels may."""
        known = self.at(outlet_key)
        recurring = (
            f"{line.span.start}" for line in article.lines if known and line_key(line.span.of(article.text)) in known
        )
        return sha256(",".join(recurring).encode("ascii")).hexdigest()


class SiteLearner:
    """Collects the lines of articles by outlet. The order of adding does not matter; equal pages count once."""

    __slots__ = ("_pages",)

    def __init__(self) -> None:
        self._pages: dict[str, dict[int, _Page]] = defaultdict(dict)

    def add(self, outlet_key: str | None, article: Article) -> None:
        """Take in one article; ``None`` for an unknown outlet teaches nothing."""
        if outlet_key is None:
            return
        page = _page(surfaces(article.text, article.lines))
        digest = blake2b(b"".join(line.key.to_bytes(8, "big") for line in page.lines), digest_size=8).digest()
        self._pages[outlet_key][int.from_bytes(digest, "big")] = page

    def merge(self, other: SiteLearner) -> None:
        """Take in everything another learner was shown, for work done in parallel."""
        for outlet_key, pages in other._pages.items():
            self._pages[outlet_key].update(pages)

    def learn(self) -> SiteFurniture:
        """Decide what recurs at each outlet."""
        learnt = {key: _recurring(pages) for key, pages in sorted(self._pages.items()) if len(pages) >= FEW_STORIES}
        return SiteFurniture({key: lines for key, lines in learnt.items() if lines})


def _page(lines: Iterable[Surface]) -> _Page:
    shown = [line for line in lines if not line.blank]
    keys = [0, *(line_key(line.text) for line in shown), 0]
    prose = [False, *(line.prose for line in shown), False]
    return _Page(
        tuple(
            _Line(keys[at], keys[at - 1], keys[at + 1], _shape(line, prose[at - 1] and prose[at + 1]), line.size)
            for at, line in enumerate(shown, start=1)
        )
    )


def _shape(line: Surface, between_prose: bool) -> _Shape:  # noqa: FBT001  a fact about the line, named at the call
    if line.prose or between_prose:
        return _Shape.ARTICLE
    return _Shape.HEADLINE if line.size >= HEADLINE_SIZE else _Shape.CHROME


def _recurring(pages: Mapping[int, _Page]) -> frozenset[int]:
    stories = _stories(pages)
    total = len(set(stories.values()))
    if total < FEW_STORIES:
        return frozenset()
    places: dict[int, list[tuple[int, _Line]]] = defaultdict(list)
    for digest, page in pages.items():
        for line in page.lines:
            places[line.key].append((stories[digest], line))
    repeated = {key: found for key, found in places.items() if len({story for story, _ in found}) >= FEW_STORIES}
    sure = {key for key, found in repeated.items() if _is_chrome(found, total)}
    enclosed = {key for key, found in repeated.items() if key not in sure and _enclosed(found, sure)}
    return frozenset(sure | enclosed)


def _is_chrome(found: list[tuple[int, _Line]], total: int) -> bool:
    count = len({story for story, _ in found})
    shape = max(line.shape for _, line in found)
    if shape is _Shape.CHROME:
        return True
    if shape is _Shape.HEADLINE:
        return count >= MORE_STORIES or _shares_neighbour(found)
    return count >= MORE_STORIES and count >= MIN_SHARE * total


def _shares_neighbour(found: list[tuple[int, _Line]]) -> bool:
    """Say whether the line stands beside the same line in two stories."""
    beside: dict[tuple[str, int], set[int]] = defaultdict(set)
    for story, line in found:
        beside["before", line.before].add(story)
        beside["after", line.after].add(story)
    return any(len(stories) >= FEW_STORIES for (_, key), stories in beside.items() if key)


def _enclosed(found: list[tuple[int, _Line]], sure: set[int]) -> bool:
    """Say whether only furniture, or the page's edge, stands around the line wherever it occurs."""
    return all((line.before in sure or not line.before) and (line.after in sure or not line.after) for _, line in found)


def _stories(pages: Mapping[int, _Page]) -> dict[int, int]:
    """Group pages that share most of their prose; each page's digest is given its story's smallest digest."""
    prose = {digest: page.prose() for digest, page in pages.items()}
    holders: dict[int, list[int]] = defaultdict(list)
    for digest in sorted(prose):
        for key in prose[digest]:
            holders[key].append(digest)
    story = {digest: digest for digest in pages}
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for key, digests in holders.items():
        for first, second in pairwise(digests):
            shared[first, second] += prose[first][key]
    for (first, second), letters in sorted(shared.items()):
        smaller = min(sum(prose[first].values()), sum(prose[second].values()))
        if letters >= SAME_STORY * smaller:
            low, high = sorted((_root(story, first), _root(story, second)))
            story[high] = low
    return {digest: _root(story, digest) for digest in pages}


def _root(story: Mapping[int, int], digest: int) -> int:
    while story[digest] != digest:
        digest = story[digest]
    return digest
