"""Where the nodes of a lineage stand: in layers from left to right, upstream before downstream.

The method of Sugiyama, Tagawa and Toda (1981) in its plainest form: layers by longest path, lines that pass a layer
kept free by an empty place in it, few crossings by barycentres, and places as near as possible to their neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

__all__ = ["Placement", "layers", "placed"]

SWEEPS: Final = 8
"""Times the order of all layers is improved; lineages are small, and more sweeps change nothing in practice."""

Pair = tuple[str, str]
"""A line: the key of its upstream node, the key of its downstream node."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The layer of each node, its vertical centre, and the places each line passes between its ends."""

    layer: Mapping[str, int]
    centre: Mapping[str, float]
    """In the unit of the heights given; the topmost node begins at 0."""
    passes: Mapping[Pair, tuple[tuple[int, float], ...]]
    """For a line over several layers, the layer and height of each place between."""
    height: float


def layers(nodes: Iterable[str], directed: Iterable[Pair], undirected: Iterable[Pair] = ()) -> dict[str, int]:
    """Give each node the length of the longest path to it.

    A line without direction leads away from the node that stands further left without it; where both stand in one
    layer, from the smaller key. Directed lines form no circle.
    """
    keys = sorted(nodes)
    lines = list(directed)
    first = _longest(keys, lines)
    lines += ((min(pair, key=lambda key: (first[key], key)), max(pair, key=lambda key: (first[key], key)))
              for pair in undirected)  # fmt: skip
    return _longest(keys, lines)


def _longest(keys: Sequence[str], lines: Iterable[Pair]) -> dict[str, int]:
    below: defaultdict[str, list[str]] = defaultdict(list)
    waiting = dict.fromkeys(keys, 0)
    for upstream, downstream in lines:
        below[upstream].append(downstream)
        waiting[downstream] += 1
    layer = dict.fromkeys(keys, 0)
    ready = [key for key in keys if not waiting[key]]
    for key in ready:  # grows while it is walked
        for other in below[key]:
            layer[other] = max(layer[other], layer[key] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return layer


def placed(layer: Mapping[str, int], lines: Sequence[Pair], heights: Mapping[str, float], gap: float) -> Placement:
    """Place nodes of some heights so that lines between them are short and cross little.

    Args:
        layer: of each node; lines lead to a higher one.
        lines: between nodes, each pair once.
        heights: of each node.
        gap: least distance between two nodes of a layer.
    """
    chains = {line: _chain(line, layer) for line in lines}
    ranks: defaultdict[int, list[str]] = defaultdict(list)
    passing = {key: step for line, chain in chains.items() for step, key in enumerate(chain[1:-1], layer[line[0]] + 1)}
    where = {**layer, **passing}
    for key in sorted(where):
        ranks[where[key]].append(key)
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for chain in chains.values():
        for left, right in pairwise(chain):
            beside[left].append(right)
            beside[right].append(left)
    ordered = [ranks[number] for number in sorted(ranks)]
    _untangle(ordered, beside, where)
    centre = _heights(ordered, beside, heights, gap)
    top = min((centre[key] - heights[key] / 2 for key in layer), default=0.0)
    centre = {key: value - top for key, value in centre.items()}
    bottom = max((centre[key] + heights.get(key, 0.0) / 2 for key in centre), default=0.0)
    passes = {
        line: tuple((where[key], centre[key]) for key in chain[1:-1]) for line, chain in chains.items() if chain[1:-1]
    }
    return Placement(dict(layer), {key: centre[key] for key in layer}, passes, bottom)


def _chain(line: Pair, layer: Mapping[str, int]) -> list[str]:
    """Give a line's ends with the empty places it takes up between them."""
    upstream, downstream = line
    between = range(layer[upstream] + 1, layer[downstream])
    return [upstream, *(f"{upstream}\0{downstream}\0{step}" for step in between), downstream]


def _untangle(ordered: Sequence[list[str]], beside: Mapping[str, list[str]], where: Mapping[str, int]) -> None:
    """Order each layer by the mean place of its neighbours in the layer before, then in the one after, and again."""
    place = {key: float(number) for rank in ordered for number, key in enumerate(rank)}
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for rank in ordered if forward else reversed(ordered):
            mean = {key: _mean(key, beside, where, place, -1 if forward else 1) for key in rank}
            rank.sort(key=lambda key, mean=mean: (mean[key], place[key], key))  # type: ignore[misc]
            place.update((key, float(number)) for number, key in enumerate(rank))


def _mean(
    key: str, beside: Mapping[str, list[str]], where: Mapping[str, int], place: Mapping[str, float], side: int
) -> float:
    found = [place[other] for other in beside.get(key, ()) if (where[other] - where[key]) * side > 0]
    return sum(found) / len(found) if found else place[key]


def _heights(
    ordered: Sequence[list[str]], beside: Mapping[str, list[str]], heights: Mapping[str, float], gap: float
) -> dict[str, float]:
    """Put every node as near to the middle of its neighbours as the others of its layer allow."""
    centre: dict[str, float] = {}
    for rank in ordered:
        top = 0.0
        for key in rank:
            size = heights.get(key, 0.0)
            centre[key] = top + size / 2
            top += size + gap
    for sweep in range(SWEEPS):
        for rank in ordered if sweep % 2 == 0 else reversed(ordered):
            wanted = [_middle([centre[other] for other in beside.get(key, ())], centre[key]) for key in rank]
            found = _spread(wanted, [heights.get(key, 0.0) for key in rank], gap)
            centre.update(zip(rank, found, strict=True))
    return centre


def _middle(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _spread(wanted: Sequence[float], sizes: Sequence[float], gap: float) -> list[float]:
    """Move centres as little as possible so that none overlap: neighbours that push each other move as one block."""
    offsets: list[float] = []  # of each from the first, packed as close as allowed
    at = 0.0
    for number, size in enumerate(sizes):
        at += (sizes[number - 1] + size) / 2 + gap if number else 0.0
        offsets.append(at)
    blocks: list[tuple[float, int]] = []  # sum of the wanted places of a block's first node, and how many nodes
    for place, offset in zip(wanted, offsets, strict=True):
        total, count = place - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    starts = [total / count for total, count in blocks for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
