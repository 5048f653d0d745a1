"""Short articles made for the comparison, a part at a time: any number of them, the same on every run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from benchmarks.prose import Writer
from benchmarks.words import lexicon

__all__ = ["PART_ARTICLES", "part", "parts"]

PART_ARTICLES = 5_000
"""Articles of a part, which is a file of its own; nothing is copied from one part into another."""

_WORDS = (60, 151)  # of an article, half-open; the last sentence may end beyond
_EVENT_ARTICLES = 100  # articles about one event: they share its names
_COPIES = 0.2  # share of the articles that take text from an earlier one of their part
_WHOLE = 0.4  # share of the copies that take all; the others take half and go on in their own words
_WIRE_EVERY = 20  # every so many parts have a story that very many took
_WIRE_COPIES = 200  # of it: far more than the articles a feature may stand in to be joined


def parts(articles: int) -> range:
    """Give the numbers of the parts so many articles come in."""
    return range(-(-articles // PART_ARTICLES))


def part(number: int, articles: int, seed: int = 1) -> list[str]:
    """Make the texts of one part; the first article of part n is number n * :data:`PART_ARTICLES`."""
    chance = np.random.default_rng([seed, number])
    count = min(PART_ARTICLES, articles - number * PART_ARTICLES)
    texts: list[list[str]] = []
    for sentences in _originals(chance, count):
        texts.append(_copied(texts, sentences, chance) if texts and chance.random() < _COPIES else sentences)
    if number % _WIRE_EVERY == 0:
        for at in chance.choice(count, min(_WIRE_COPIES, count // 10), replace=False).tolist():
            texts[at] = texts[0]
    return [" ".join(sentences) for sentences in texts]


def _originals(chance: np.random.Generator, count: int) -> Iterator[list[str]]:
    """Write sentences of new articles, event by event."""
    writer = Writer(lexicon(), chance)
    for first in range(0, count, _EVENT_ARTICLES):
        wanted = chance.integers(*_WORDS, min(_EVENT_ARTICLES, count - first))
        # More than is wanted, for every article ends with its sentence.
        prose = writer.report(writer.event(), int(wanted.sum()) + len(wanted) * _WORDS[1])
        spelled = lexicon().spell(prose.words, prose.forms)
        starts = prose.starts.tolist()
        sentences = [" ".join(spelled[a:b]) for a, b in pairwise(starts)]
        at = 0
        for words in wanted.tolist():
            end = int(np.searchsorted(prose.starts, prose.starts[at] + words))
            yield sentences[at:end]
            at = end


def _copied(earlier: Sequence[list[str]], fresh: list[str], chance: np.random.Generator) -> list[str]:
    source = earlier[int(chance.integers(len(earlier)))]
    return source if chance.random() < _WHOLE else source[: -(-len(source) // 2)] + fresh[len(fresh) // 2 :]
