"""The workload engines are compared on: the pairs one counts by hand, in whatever pieces and order it is done."""

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest
from comparing.articles import PART_ARTICLES, part, parts
from comparing.workload import (
    CAP,
    LEAST,
    Postings,
    cells_of,
    digest,
    fingerprints,
    pair_cells,
    pairs_of,
    postings_of,
    shared_by,
)

ARTICLES = 400


@pytest.fixture(scope="module")
def texts():
    return part(0, ARTICLES)


@pytest.fixture(scope="module")
def postings(texts):
    return fingerprints(range(ARTICLES), texts)


def in_pieces(postings, chance, pieces):
    """Do what an engine does: rows in random order, cells dealt to partitions, two shuffles."""
    order = chance.permutation(len(postings.features))
    shuffled = Postings(postings.features[order], postings.articles[order])
    at = cells_of(shuffled.features) % pieces
    pairs = np.concatenate(
        [
            pairs_of(Postings(shuffled.features[at == piece], shuffled.articles[at == piece]), ARTICLES)
            for piece in range(pieces)
        ]
    )
    pairs = chance.permutation(pairs)
    at = pair_cells(pairs) % pieces
    return [shared_by(pairs[at == piece], ARTICLES) for piece in reversed(range(pieces))]


def test_the_pairs_are_those_counted_by_hand(postings):
    having = defaultdict(set)
    for feature, article in zip(postings.features.tolist(), postings.articles.tolist(), strict=True):
        having[feature].add(article)
    counted = defaultdict(int)
    for articles in having.values():
        for pair in combinations(sorted(articles), 2) if len(articles) <= CAP else ():
            counted[pair] += 1
    found = shared_by(pairs_of(postings, ARTICLES), ARTICLES)
    pairs = zip(found.left.tolist(), found.right.tolist(), strict=True)
    assert dict(zip(pairs, found.count.tolist(), strict=True)) == {
        pair: count for pair, count in counted.items() if count >= LEAST
    }
    assert len(found.left) > ARTICLES / 10
    assert max(map(len, having.values())) > CAP  # something was left out


@pytest.mark.parametrize("pieces", [1, 3, 16])
def test_neither_order_nor_partitions_change_the_digest(postings, pieces):
    whole = digest([shared_by(pairs_of(postings, ARTICLES), ARTICLES)])
    assert digest(in_pieces(postings, np.random.default_rng(pieces), pieces)) == whole


def test_one_pair_more_or_less_changes_the_digest(postings):
    found = shared_by(pairs_of(postings, ARTICLES), ARTICLES)
    fewer = found.where(np.arange(len(found.left)) > 0)
    assert digest([found]) != digest([fewer])


def test_features_made_before_are_those_an_audit_takes(texts, postings):
    assert max(len(text.split()) for text in texts[:40]) < 180  # of longer ones an audit takes a sample
    taken = postings_of(range(40), texts[:40])
    first = postings.articles < 40
    assert np.array_equal(taken.features, postings.features[first])
    assert np.array_equal(taken.articles, postings.articles[first])


def test_the_articles_are_short_and_the_same_on_every_run(texts):
    assert part(0, ARTICLES) == texts
    assert part(1, PART_ARTICLES + 20)[0] not in texts
    assert 60 <= np.median([len(text.split()) for text in texts]) <= 150
    assert len(texts) == ARTICLES
    assert [number * PART_ARTICLES for number in parts(PART_ARTICLES + 1)] == [0, PART_ARTICLES]
