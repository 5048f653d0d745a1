"""Articles with planted reuse are the same on every run, look like news, and share what the truth says they share."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from benchmarks.corpus import Corpus, made
from benchmarks.outlets import outlets_of
from benchmarks.planting import Kind, Recipe, plant
from benchmarks.prose import FURNITURE
from benchmarks.truth import KINDS, truth_of
from benchmarks.words import lexicon

SMALL = Recipe(articles=600, shard_articles=200)
ONE = Recipe(articles=1_000)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return made(SMALL, tmp_path_factory.mktemp("corpora"), workers=2)


@pytest.fixture(scope="module")
def planted():
    return plant(ONE, 0)


@pytest.fixture(scope="module")
def truth(planted):
    return truth_of(planted)


def spelled(prose):
    return " ".join(prose.paragraphs(lexicon())).split()


def runs(words, size):
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


def test_the_same_recipe_makes_the_same_bytes_however_many_processes_make_them(corpus, tmp_path):
    again = made(SMALL, tmp_path, workers=1)
    assert again.texts_file.read_bytes() == corpus.texts_file.read_bytes()
    assert list(again.records()) == list(corpus.records())
    for name in ("left", "right", "words", "share", "kind", "wire", "common_quotes"):
        assert np.array_equal(getattr(again.truth(), name), getattr(corpus.truth(), name))


def test_another_seed_makes_other_articles(corpus, tmp_path):
    other = made(Recipe(articles=600, shard_articles=200, seed=2), tmp_path)
    assert set(other.texts()).isdisjoint(corpus.texts())


def test_what_was_made_once_is_not_made_again(corpus):
    before = corpus.texts_file.stat().st_mtime_ns
    again = made(SMALL, corpus.folder.parent)
    assert again.folder == corpus.folder
    assert again.texts_file.stat().st_mtime_ns == before


def test_a_corpus_is_read_from_disk_as_it_was_planted(corpus):
    written = ["\n\n".join(each.page.paragraphs(lexicon())) for shard in range(3) for each in plant(SMALL, shard)]
    assert list(corpus.texts()) == written
    assert list(Corpus.open(corpus.folder).texts()) == written


def test_records_hold_the_fields_an_audit_reads(corpus):
    records = list(corpus.records())
    assert len({record["id"] for record in records}) == len(corpus) == 600
    assert all(set(record) == {"id", "outlet", "published", "text"} for record in records)
    assert all(record["published"].startswith(("2024-", "2025-")) for record in records)


def test_articles_are_as_long_as_news(planted):
    lengths = np.array([len(each.body.words) for each in planted])
    assert 450 < lengths.mean() < 620
    assert np.mean((lengths >= 300) & (lengths <= 830)) > 0.97


def test_few_words_make_half_of_the_text(planted):
    counted = Counter(word.strip("“”.,?").lower() for each in planted for word in spelled(each.body))
    top = sum(count for _, count in counted.most_common(150))
    assert 0.4 < top / counted.total() < 0.6
    assert sum(count == 1 for count in counted.values()) > len(counted) / 4


def test_every_kind_of_reuse_is_planted(planted):
    kinds = {each.kind for each in planted}
    assert kinds == set(Kind) - {Kind.INDIRECT, Kind.BESIDE_WIRE, Kind.QUOTE}
    assert 0.7 < sum(each.kind is Kind.ORIGINAL for each in planted) / len(planted) < 0.8


def test_a_verbatim_copy_is_its_sources_text_in_other_furniture(planted):
    copies = [each for each in planted if each.kind is Kind.VERBATIM]
    for copy in copies:
        source = planted[copy.source]
        kept = len(copy.body)
        assert spelled(copy.body) == spelled(source.body.slice(0, kept))
    assert any(copy.page.origins[0] == FURNITURE for copy in copies)
    assert any(spelled(copy.page) != spelled(planted[copy.source].page) for copy in copies)


@pytest.mark.parametrize(("kind", "share"), [(Kind.EDITED_5, 0.05), (Kind.EDITED_10, 0.1), (Kind.EDITED_20, 0.2)])
def test_an_edited_copy_has_other_words_in_that_share_of_its_places(planted, kind, share):
    changed = [np.mean(copy.body.words != planted[copy.source].body.words) for copy in planted if copy.kind is kind]
    assert changed
    assert np.mean(changed) == pytest.approx(share, rel=0.2)


def test_a_shuffled_copy_has_the_same_sentences_in_another_order(planted):
    copies = [each for each in planted if each.kind is Kind.SHUFFLED]
    for copy in copies:
        source = planted[copy.source].body
        assert sorted(copy.body.origins) == sorted(source.origins)
        assert list(copy.body.origins) != list(source.origins)


def test_a_chain_goes_on_from_a_copy(planted):
    sources = [planted[each.source].kind for each in planted if each.kind is Kind.CHAINED]
    assert Kind.CHAINED in sources
    assert Kind.ORIGINAL in sources


def test_small_reuse_is_less_than_a_quarter_of_the_copy_and_often_less_than_a_tenth(planted, truth):
    small = truth.kind == KINDS.index(Kind.SMALL)
    shares = [
        words / min(len(planted[at].body.words) for at in pair if planted[at].kind is Kind.SMALL)
        for *pair, words in zip(truth.left[small], truth.right[small], truth.words[small], strict=True)
    ]
    assert max(shares) < 0.25
    assert np.mean(np.array(shares) <= 0.1) > 0.3


def test_the_wire_story_stands_at_many_outlets_word_for_word(planted, truth):
    story = [each for each, wire in zip(planted, truth.wire, strict=True) if wire == 0]
    assert len(story) == 16  # 15 copies and their source
    assert len({tuple(spelled(each.body)) for each in story}) == 1
    assert len({each.outlet for each in story}) > 5


def test_as_many_wire_copies_are_made_as_are_asked_for():
    planted = plant(Recipe(articles=300, wire_copies=40), 0)
    assert sum(each.kind is Kind.WIRE for each in planted) == 40
    assert (truth_of(planted).wire == 0).sum() == 41


def test_every_outlet_has_furniture_of_its_own_and_some_share_a_platforms():
    outlets = outlets_of(2_000).furniture
    assert len({tuple(spelled(each.above)) for each in outlets}) == len(outlets)
    platforms = Counter(tuple(tuple(spelled(line)) for line in each.platform) for each in outlets)
    assert len(platforms) > 2
    assert platforms.most_common(1)[0][1] > 5


def test_pairs_share_text_exactly_where_the_truth_says_so(planted, truth):
    """Held against the words themselves: runs of 14 words occur twice by copying, and hardly by chance."""
    seen = [runs(each.body.words.tolist(), 14) for each in planted[:400]]
    told = {(int(a), int(b)): int(words) for a, b, words in zip(truth.left, truth.right, truth.words, strict=True)}
    for one, other in combinations(range(len(seen)), 2):
        same_wire = truth.wire[one] == truth.wire[other] == 0
        same_quote = bool(truth.common_quotes[one] & truth.common_quotes[other])
        if len(seen[one] & seen[other]) > 1:
            assert (one, other) in told or same_wire or same_quote
        elif told.get((one, other), 0) > 200:
            assert Kind.EDITED_20 in {planted[one].kind, planted[other].kind}


def test_the_truth_counts_the_words_two_articles_share(planted, truth):
    verbatim = truth.kind == KINDS.index(Kind.VERBATIM)
    assert verbatim.any()
    for left, right, words in zip(truth.left[verbatim], truth.right[verbatim], truth.words[verbatim], strict=True):
        shorter = min(sum(each.body.lengths[each.body.origins >= 0]) for each in (planted[left], planted[right]))
        assert words == shorter


def test_shards_are_numbered_on_and_share_nothing(corpus):
    truth = corpus.truth()
    assert np.array_equal(truth.left // 200, truth.right // 200)
    assert set((truth.left // 200).tolist()) == {0, 1, 2}
