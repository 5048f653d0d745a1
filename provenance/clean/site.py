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

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from itertools import pairwise
from typing import NamedTuple

from provenance.clean.outlines import Outline, Shape, line_key, outline
from provenance.model import Article

__all__ = ["SiteFurniture", "SiteLearner", "line_key"]

FEW_STORIES = 2
MORE_STORIES = 3
MIN_SHARE = 0.1  # of an outlet's stories, for lines that look like article
SAME_STORY = 0.6  # share of the letters of the shorter page's prose from which two pages tell one story


@dataclass(frozen=True, slots=True)
class SiteFurniture:
    """The recurring lines of each outlet, as digests. The empty one knows nothing and changes nothing."""

    lines: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def at(self, outlet_key: str | None) -> frozenset[int]:
        """Give the digests of one outlet's recurring lines; empty where nothing was learnt."""
        return self.lines.get(outlet_key, frozenset()) if outlet_key is not None else frozenset()

    def digest_for(self, outlet_key: str | None, article: Article) -> str:
        """Digest what is known of *this* article's lines: it changes only when the article's labels may."""
        return self.digest_of(outlet_key, outline(article) if self.at(outlet_key) else b"")

    def digest_of(self, outlet_key: str | None, outlined: bytes) -> str:
        """Digest what is known of the lines of an article with that outline; the same as :meth:`digest_for`."""
        known = self.at(outlet_key)
        keys = Outline.parse(outlined).keys if known else ()
        recurring = (str(place) for place, key in enumerate(keys) if key in known)
        return sha256(",".join(recurring).encode("ascii")).hexdigest()


class SiteLearner:
    """Collects the outlines of articles by outlet. The order of adding does not matter; equal pages count once."""

    __slots__ = ("_pages",)

    def __init__(self) -> None:
        self._pages: dict[str, Counter[bytes]] = defaultdict(Counter)

    def add(self, outlet_key: str | None, article: Article) -> None:
        """Take in one article; ``None`` for an unknown outlet teaches nothing."""
        if outlet_key is not None:
            self.add_outline(outlet_key, outline(article))

    def add_outline(self, outlet_key: str | None, outlined: bytes) -> None:
        """Take in one article by what :func:`provenance.clean.outline` made of it, now or in an earlier audit."""
        if outlet_key is not None:
            self._pages[outlet_key][outlined] += 1

    def remove_outline(self, outlet_key: str | None, outlined: bytes) -> None:
        """Undo one :meth:`add_outline`, as if the article had never been seen.

        Raises:
            KeyError: no article with that outline was added for the outlet.
        """
        if outlet_key is None:
            return
        pages = self._pages[outlet_key]
        if pages[outlined] <= 0:
            raise KeyError(outlet_key)
        pages[outlined] -= 1
        if not pages[outlined]:
            del pages[outlined]

    def merge(self, other: SiteLearner) -> None:
        """Take in everything another learner was shown, for work done in parallel."""
        for outlet_key, pages in other._pages.items():
            self._pages[outlet_key].update(pages)

    def learn(self) -> SiteFurniture:
        """Decide what recurs at each outlet."""
        learnt = {key: _recurring(pages) for key, pages in sorted(self._pages.items()) if len(pages) >= FEW_STORIES}
        return SiteFurniture({key: lines for key, lines in learnt.items() if lines})


class _Place(NamedTuple):
    """An occurrence of a line: the story it is in, what stands beside it (0 at the edge of the page), its shape."""

    story: int
    before: int
    after: int
    shape: Shape


def _recurring(packed: Iterable[bytes]) -> frozenset[int]:
    pages = {_digest(page): page for page in map(Outline.parse, sorted(packed))}
    seen = Counter(key for page in pages.values() for key in set(page.keys))
    twice = {key for key, count in seen.items() if count >= FEW_STORIES}
    if not twice:
        return frozenset()
    stories = _stories(pages, twice)
    total = len(set(stories.values()))
    places: dict[int, list[_Place]] = defaultdict(list)
    for digest, page in pages.items():
        for key, place in _places(page, stories[digest], twice):
            places[key].append(place)
    repeated = {key: found for key, found in places.items() if len({place.story for place in found}) >= FEW_STORIES}
    sure = {key for key, found in repeated.items() if _is_chrome(found, total)}
    enclosed = {key for key, found in repeated.items() if key not in sure and _enclosed(found, sure)}
    return frozenset(sure | enclosed)


def _digest(page: Outline) -> int:
    packed = b"".join(key.to_bytes(8, "big") for key in page.keys)
    return int.from_bytes(blake2b(packed, digest_size=8).digest(), "big")


def _places(page: Outline, story: int, wanted: set[int]) -> Iterable[tuple[int, _Place]]:
    beside = (0, *page.keys, 0)
    for at, key in enumerate(page.keys):
        if key in wanted:
            yield key, _Place(story, beside[at], beside[at + 2], page.shapes[at])


def _is_chrome(found: list[_Place], total: int) -> bool:
    count = len({place.story for place in found})
    shape = max(place.shape for place in found)
    if shape is Shape.CHROME:
        return True
    if shape is Shape.HEADLINE:
        return count >= MORE_STORIES or _shares_neighbour(found)
    return count >= MORE_STORIES and count >= MIN_SHARE * total


def _shares_neighbour(found: list[_Place]) -> bool:
    """Say whether the line stands beside the same line in two stories."""
    beside: dict[tuple[str, int], set[int]] = defaultdict(set)
    for place in found:
        beside["before", place.before].add(place.story)
        beside["after", place.after].add(place.story)
    return any(len(stories) >= FEW_STORIES for (_, key), stories in beside.items() if key)


def _enclosed(found: list[_Place], sure: set[int]) -> bool:
    """Say whether only furniture, or the page's edge, stands around the line wherever it occurs."""
    return all(
        (place.before in sure or not place.before) and (place.after in sure or not place.after) for place in found
    )


def _stories(pages: Mapping[int, Outline], twice: set[int]) -> dict[int, int]:
    """Group pages that share most of their prose; each page's digest is given its story's smallest digest.

    ``twice`` holds the keys more than one page has: no other line can be shared.
    """
    prose = {digest: pages[digest].prose() for digest in sorted(pages)}
    holders: dict[int, list[int]] = defaultdict(list)
    for digest, sizes in prose.items():
        for key in twice.intersection(sizes):
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
