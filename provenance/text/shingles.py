"""Word shingles: runs of k words as 64-bit numbers, and the choice of some of them as fingerprints.

Terms after Broder, "On the resemblance and containment of documents" (1997); the choice by Schleimer, Wilkerson and
Aiken, "Winnowing: local algorithms for document fingerprinting" (SIGMOD 2003).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

__all__ = [
    "SHINGLE_WORDS",
    "WINNOW_WINDOW",
    "containment",
    "hash_term",
    "hash_terms",
    "mixed",
    "shared_count",
    "shingles",
    "winnow",
]

Hashes = npt.NDArray[np.uint64]

SHINGLE_WORDS = 5
"""Words in a shingle. Five is what the field compares by: four match stock phrases, six miss light edits."""

WINNOW_WINDOW = 4
"""Shingles of which at least one is chosen: any shared run of 8 words or more is found (k + w - 1)."""

_BASE = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio, odd: powers stay distinct modulo 2**64


@lru_cache(maxsize=1 << 12)  # callers keep what they ask often
def hash_term(term: str) -> int:
    """Give a term's 64-bit number; the same in every process and on every machine."""
    return int.from_bytes(hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def hash_terms(terms: Sequence[str]) -> Hashes:
    """Give the 64-bit numbers of many terms, in order."""
    return np.fromiter((hash_term(term) for term in terms), dtype=np.uint64, count=len(terms))


def shingles(terms: Hashes, size: int = SHINGLE_WORDS) -> Hashes:
    """Number every run of ``size`` terms, in order of position; empty when there are fewer terms than that.

    Args:
        terms: 64-bit numbers of the words of a text, shape (n,).
        size: words in a shingle, at least 1.

    Returns:
        shape (max(0, n - size + 1),); equal runs have equal numbers.
    """
    count = len(terms) - size + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    total = terms[:count].copy()
    for offset in range(1, size):
        total *= _BASE
        total += terms[offset : offset + count]
    return mixed(total)


def mixed(values: Hashes) -> Hashes:
    """Spread the bits, so that the smallest number of a window is a fair choice (finaliser of SplitMix64)."""
    values = values ^ (values >> np.uint64(30))
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(27)
    values *= np.uint64(0x94D049BB133111EB)
    values ^= values >> np.uint64(31)
    return values


def winnow(hashes: Hashes, window: int = WINNOW_WINDOW) -> npt.NDArray[np.int64]:
    """Choose the positions of the smallest number in every window, each once, in order.

    A text with no more than ``window`` shingles gives at least one position; an empty one gives none.
    """
    if len(hashes) == 0:
        return np.empty(0, dtype=np.int64)
    width = min(window, len(hashes))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, width)
    # The rightmost smallest, as in the paper: a repeated shingle is then chosen as late as possible.
    positions = np.arange(len(windows)) + (width - 1 - np.argmin(windows[:, ::-1], axis=1))
    return np.unique(positions)


def distinct(numbers: Hashes) -> Hashes:
    """Give the different numbers, ascending; several times as fast as ``np.unique`` on the short lists of one text."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def among(numbers: Hashes, ascending: Hashes) -> npt.NDArray[np.bool_]:
    """Say of each number whether it is one of some ascending ones."""
    if not len(ascending):
        return np.zeros(len(numbers), dtype=np.bool_)
    at = np.searchsorted(ascending, numbers)
    at[at == len(ascending)] = 0
    found: npt.NDArray[np.bool_] = ascending[at] == numbers
    return found


def shared_count(one: Hashes, other: Hashes) -> int:
    """Count what two lists of distinct numbers, each ascending, have in common."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return int(np.count_nonzero(among(few, many)))


def common_count(one: Hashes, other: Hashes) -> int:
    """Count what two lists in any order have in common, a repeated number as often as both have it."""
    distinct_numbers, counts = np.unique(one, return_counts=True)
    others, other_counts = np.unique(other, return_counts=True)
    shared = among(distinct_numbers, others)
    at = np.searchsorted(others, distinct_numbers[shared])
    return int(np.minimum(counts[shared], other_counts[at]).sum())


def containment(part: Hashes, whole: Hashes) -> float:
    """Measure how much of ``part`` occurs in ``whole``, in [0, 1]; both hold distinct numbers, ascending.

    Unlike resemblance it is not symmetric: a short repost is contained in a long original, hardly the reverse. An
    empty ``part`` is contained in nothing: 0.0.
    """
    return shared_count(part, whole) / len(part) if len(part) else 0.0
