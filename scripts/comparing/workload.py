"""What every engine is given to do, as functions on arrays: none knows an engine, all of them call the project's own.

Three steps with a shuffle between each two: texts become postings; the postings of a cell, that is of a range of
features, become pairs; equal pairs are added up, and those that share enough are kept. A cell may be worked on together
with others or alone, its rows may come in any order: what comes out is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.match.body import Body
from provenance.match.features import features_of
from provenance.match.join.kernels import WEIGHT_BITS, Kernels, summed
from provenance.match.join.outcome import Rules, Shared
from provenance.match.join.postings import ARTICLE_BITS, Ints, Members, in_company, packed, rarity
from provenance.model import ArticleId, Span
from provenance.text.shingles import Hashes, mixed

__all__ = [
    "CAP",
    "CELL_BITS",
    "LEAST",
    "MOST_ARTICLES",
    "Postings",
    "cells_of",
    "digest",
    "pairs_of",
    "postings_of",
    "shared_by",
]

CAP = 20
"""Articles a feature may stand in to be joined; an audit learns its own cap from its budget."""

LEAST = 3
"""Features a pair has to share to be kept."""

CELL_BITS = 9
"""Leading bits of a feature, or of a pair's number, that are its cell."""

MOST_ARTICLES = 1 << ARTICLE_BITS

_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Postings:
    """Features and, at the same place, an article that has it."""

    features: Hashes
    articles: Ints


def postings_of(numbers: Sequence[int], texts: Sequence[str]) -> Postings:
    """Take the fingerprints of articles, as an audit does."""
    return _laid_out(numbers, [features_of(_body(text)).fingerprints for text in texts])


def fingerprints(numbers: Sequence[int], texts: Sequence[str]) -> Postings:
    """Take the fingerprints of articles and nothing else, several times as fast.

    Of articles of less than 200 words they are those an audit takes; of longer ones an audit takes a sample, and what
    is found for both kinds of input is not compared with each other.
    """
    return _laid_out(numbers, [_body(text).distinct_shingles for text in texts])


def _laid_out(numbers: Sequence[int], found: Sequence[Hashes]) -> Postings:
    return Postings(
        np.concatenate([np.empty(0, dtype=np.uint64), *found]),
        np.repeat(np.array(numbers, dtype=np.int64), [len(each) for each in found]),
    )


def _body(text: str) -> Body:
    return Body(ArticleId("0"), text, (Span(0, len(text)),), _LANGUAGE)


def cells_of(numbers: Hashes) -> npt.NDArray[np.int32]:
    """Give the cell of features: a range, so that features an audit confuses are in one cell."""
    return (numbers >> np.uint64(64 - CELL_BITS)).astype(np.int32)


def pair_cells(pairs: Hashes) -> npt.NDArray[np.int32]:
    """Give the cell of emitted pairs, the same for all equal ones, whatever they weigh."""
    return cells_of(mixed(pairs >> np.uint64(WEIGHT_BITS)))


def pairs_of(postings: Postings, articles: int) -> Hashes:
    """Emit the pairs of whole cells, each with the weight it shares, as an audit packs them.

    Args:
        postings: all there are of some cells, in any order.
        articles: how many there are in all, at most :data:`MOST_ARTICLES`.
    """
    keys = in_company(np.sort(packed(postings.features, postings.articles)))
    kernels = Kernels(_members(articles), _rules(articles))
    return np.concatenate([np.empty(0, dtype=np.uint64), *kernels.emitted(keys, CAP)])


def shared_by(pairs: Hashes, articles: int) -> Shared:
    """Add up all emitted pairs of some cells, and keep those that share enough."""
    shared = summed(pairs.copy(), _members(articles).bits)
    return shared.where(shared.count >= LEAST)


def _rules(articles: int) -> Rules:
    return Rules(work=1.0, least_work=0, weigh=rarity(articles), outlets=False)


def _members(articles: int) -> Members:
    """Give articles without outlets, each at the place of its number, in next to no memory."""
    none = np.broadcast_to(np.int64(-1), articles)
    return Members(places=none, outlets=none, held=none, precedence=none)


def digest(found: Iterable[Shared]) -> str:
    """Give the digest of pairs that come in any order, in pieces."""
    pieces = list(found)
    left = np.concatenate([np.empty(0, dtype=np.int64), *(one.left for one in pieces)])
    right = np.concatenate([np.empty(0, dtype=np.int64), *(one.right for one in pieces)])
    order = np.lexsort((right, left))
    hashed = hashlib.sha256()
    for column, kind in ((left, "<i8"), (right, "<i8")):
        hashed.update(column[order].astype(kind).tobytes())
    for name, kind in (("count", "<i8"), ("weight", "<f8")):
        column = np.concatenate([np.empty(0), *(getattr(one, name) for one in pieces)])
        hashed.update(column[order].astype(kind).tobytes())
    return hashed.hexdigest()[:16]
