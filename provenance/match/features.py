"""The features of one body: what candidates are looked up by. Anything hashed and rare enough to be evidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from provenance.match.body import Body
from provenance.match.translation.anchors import figure_features, sound_features
from provenance.model import ArticleId, ContentHash, OutletId
from provenance.text.shingles import Hashes, distinct, winnow

__all__ = ["Features", "features_of"]

FULL_SAMPLE_WORDS = 200
"""A body shorter than this keeps all its shingles: winnowing a short item leaves too few to find a partial copy."""

MIN_TERM_WEIGHT = 1.0
"""Weight, in Zipf steps, from which a term is looked up; lighter ones stand in a tenth of all articles."""

_KIND_BITS = 2
"""Last bits of a term that say what kind it is of: a stored article has one list of all its terms."""

_RARE, _FIGURE, _SOUND = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Features:
    """What one article is looked up by.

    ``fingerprints`` are distinct winnowed word 5-grams, ``terms`` distinct rare terms, and what a translation would
    have too; both ascending 64-bit numbers.
    """

    article: ArticleId
    body_hash: ContentHash
    words: int
    fingerprints: Hashes
    terms: Hashes
    outlet: OutletId | None = None
    """Where the article stood: what recurs at one outlet is its furniture."""
    language: str | None = None
    """ISO 639-1 code; articles whose language is not known have no partners in other languages."""
    precedence: tuple[float, ...] = ()
    """Of many articles with one text, the lowest is the one the others are tied to; then the lowest id."""

    @property
    def rare_terms(self) -> Hashes:
        """The terms that articles in one language are paired by."""
        return self._of(_RARE)

    @property
    def figures(self) -> Hashes:
        """The numbers that articles in different languages are paired by."""
        return self._of(_FIGURE)

    @property
    def sounds(self) -> Hashes:
        """The words, by their sound, that articles in different languages are paired by."""
        return self._of(_SOUND)

    def _of(self, kind: int) -> Hashes:
        found: Hashes = self.terms[self.terms & np.uint64((1 << _KIND_BITS) - 1) == np.uint64(kind)]
        return found


def features_of(body: Body, outlet: OutletId | None = None) -> Features:
    """Take the features of a body; an empty body has none and the digest of nothing."""
    chosen = body.shingles if len(body) < FULL_SAMPLE_WORDS else body.shingles[winnow(body.shingles)]
    terms, weights = body.terms
    kinds = (
        (_RARE, terms[weights >= MIN_TERM_WEIGHT]),
        (_FIGURE, figure_features(body)),
        (_SOUND, sound_features(body)),
    )
    return Features(
        article=body.article,
        body_hash=ContentHash(hashlib.sha256(body.hashes.astype("<u8").tobytes()).hexdigest()),
        words=len(body),
        fingerprints=distinct(chosen),
        terms=distinct(np.concatenate([_marked(numbers, kind) for kind, numbers in kinds])),
        outlet=outlet,
        language=body.language,
    )


def _marked(numbers: Hashes, kind: int) -> Hashes:
    """Mark terms with their kind in the last bits, which postings do not keep."""
    return (numbers >> np.uint64(_KIND_BITS) << np.uint64(_KIND_BITS)) | np.uint64(kind)
