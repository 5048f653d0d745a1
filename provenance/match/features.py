"""The features of one body: what candidates are looked up by. Anything hashed and rare enough to be evidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from provenance.match.body import Body
from provenance.model import ArticleId, ContentHash, OutletId
from provenance.text.shingles import Hashes, distinct, winnow

__all__ = ["Features", "features_of"]

FULL_SAMPLE_WORDS = 200
"""A body shorter than this keeps all its shingles: winnowing a short item leaves too few to find a partial copy."""

MIN_TERM_WEIGHT = 1.0
"""Weight, in Zipf steps, from which a term is looked up; lighter ones stand in a tenth of all articles."""


@dataclass(frozen=True, slots=True)
class Features:
    """What one article is looked up by.

    ``fingerprints`` are distinct winnowed word 5-grams, ``terms`` distinct rare terms; both ascending 64-bit numbers.
    """

    article: ArticleId
    body_hash: ContentHash
    words: int
    fingerprints: Hashes
    terms: Hashes
    outlet: OutletId | None = None
    """Where the article stood: what recurs at one outlet is its furniture."""


def features_of(body: Body, outlet: OutletId | None = None) -> Features:
    """Take the features of a body; an empty body has none and the digest of nothing."""
    chosen = body.shingles if len(body) < FULL_SAMPLE_WORDS else body.shingles[winnow(body.shingles)]
    terms, weights = body.terms
    return Features(
        article=body.article,
        body_hash=ContentHash(hashlib.sha256(body.hashes.astype("<u8").tobytes()).hexdigest()),
        words=len(body),
        fingerprints=distinct(chosen),
        terms=terms[weights >= MIN_TERM_WEIGHT],
        outlet=outlet,
    )
