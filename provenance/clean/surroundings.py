"""What the page around a line says of it: neighbours, the share of prose passed, its words, and the headline.

Topic is language-independent: a line that uses the words of the page's densest run of prose is likely of that article,
a teaser of another story is not. Words are cut to their stems' length. Of scripts whose signs stand for syllables or
words, nothing is said here: pairs of signs recur less than words do, and no labelled pages were at hand to weigh them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, chain

from provenance.clean.candidates import Candidate
from provenance.clean.scales import Scale
from provenance.clean.surface import Surface
from provenance.model import Role

__all__ = ["PROSE_CAP", "main_run", "surroundings", "terms"]

PROSE_CAP = 300  # letters one line may add to the main run, so that one legal paragraph is not a run
_MIN_TERM = 4  # letters; shorter words are mostly grammar
_STEM = 6  # letters kept of a word, so that most inflections fall together
_FEW_TERMS = 2
_HEADLINE_TERMS = 3
_SAME_HEADLINE = 0.8  # share of a line's terms in the page's own title, from which it is the headline
_BELOW_HEADLINE = 6  # lines; standfirst, byline, date and buttons stand there
_ALIKE = 0.25  # of its size, within which neighbours are as long as the line: entries of one list

_WORD = re.compile(r"[^\W\d_]+")
_TERM = re.compile(rf"([^\W\d_]{{{_MIN_TERM},{_STEM}}})[^\W\d_]*")
_DENSE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")

_FEW_WORDS = Scale.of("few words: words of the article", 0, 0.5)
_LINES_ABOVE = Scale.of("share of lines above", 0.02, *(n / 10 for n in range(1, 10)))
_MASSES = (0, 150, 400, 1000, 3000)  # letters
_SHARES = (0, 0.02, 0.1, 0.3, 0.6, 0.8, 0.9, 0.95, 0.99)
_COMMON = (0, 0.15, 0.3, 0.45, 0.6, 0.8)


class _Kind:
    """The scales of one kind of lines: those that run like a paragraph, or the rest."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.dates = Scale.of(f"{name}: date lines around", 0, 1, 2)
        self.above = Scale.of(f"{name}: prose above", *_MASSES)
        self.below = Scale.of(f"{name}: prose below", *_MASSES)
        self.share = Scale.of(f"{name}: share of prose above", *_SHARES)
        self.article = Scale.of(f"{name}: words of the article", *_COMMON)
        self.article_inside = Scale.of(f"{name} inside: words of the article", *_COMMON)
        self.headline = Scale.of(f"{name}: words of the headline", 0, 0.1, 0.25, 0.5)


_PROSE, _SHORT = _Kind("prose"), _Kind("short line")


def _kind(line: Surface) -> _Kind:
    return _PROSE if line.prose else _SHORT


def terms(text: str) -> set[str]:
    """Collect the words of a line by which its topic is told; empty where it has none, or no spaces between them."""
    folded = text.casefold()
    if folded.isascii() or _DENSE.search(folded) is None:
        return set(_TERM.findall(folded))
    return {word[:_STEM] for word in _WORD.findall(folded) if len(word) >= _MIN_TERM and _DENSE.search(word) is None}


def surroundings(
    candidates: Sequence[Candidate], dense: tuple[int, int], headline: str, *, first_is_headline: bool
) -> list[list[str]]:
    """Name what the page says of each line.

    ``dense`` is the densest run of prose, half open; ``headline`` what the page calls itself: the stated title or,
    where ``first_is_headline``, its own first line.
    """
    lines = [candidate.surface for candidate in candidates]
    topics = [terms(line.text) for line in lines]
    shapes = [_shape(line) for line in lines]
    described = [_beside(candidate, shape) for candidate, shape in zip(candidates, shapes, strict=True)]
    wanted = terms(headline)
    parts = (
        _masses(lines),
        _topic(lines, topics, dense),
        _headline(lines, topics, wanted, dense[0], skip=first_is_headline),
        _rhythm(lines, shapes),
    )
    return [list(chain.from_iterable(each)) for each in zip(described, *parts, strict=True)]


def _shape(line: Surface) -> str:
    if line.size == 0:
        return "sign"
    if line.prose:
        return "paragraph" if line.size >= 200 else "sentence"  # noqa: PLR2004
    if line.ends_sentence and not line.trails_off:
        return "short sentence"
    if line.size < 20:  # noqa: PLR2004
        return "label"
    return "phrase" if line.size < 45 else "headline"  # noqa: PLR2004


_SINCE = {
    (what, role): Scale.of(f"{what}: {role.value} above, lines since", 1, 3, 8)
    for what in (_PROSE.name, _SHORT.name)
    for role in Role
}


def _beside(line: Candidate, shape: str) -> list[str]:
    """Name what stands directly beside a line, and in what part of the page it is."""
    what = _kind(line.surface).name
    names = [_kind(line.surface).dates.at(line.dates)]
    if line.above is not None:
        names.append(f"{what} after {line.above.value}")
    if line.caption_below:
        names.append(f"{what} before a caption")
    if line.credit_below:
        names.append(f"{shape} before a credit")
    if line.part is not None:
        names.append(_SINCE[what, line.part].at(line.since))
    if line.under is not None:
        names.append(f"{shape} under {line.under.value}")
    return names + _known(line, what)


def _known(line: Candidate, what: str) -> list[str]:
    """Name what wording, the outlet's other pages and a thread of comments say of a line."""
    names = []
    if line.hint is not None:
        names += [f"wording of {line.hint.value}", f"wording: {line.wording}"]
    if line.recurs_above:
        names.append(f"{what}: repeated above {line.recurs_above} of 4")
    if line.recurs_below:
        names.append(f"{what}: repeated below {line.recurs_below} of 4")
    if line.recurs_below and line.recurs_above:
        names.append(f"{what}: between repeated")
    if line.thread:
        names.append(f"{what} in a thread of comments")
    return names


def _masses(lines: Sequence[Surface]) -> list[list[str]]:
    """Say how much prose stands above and below each line, in letters and as a share."""
    sums = [0, *accumulate(min(line.size, PROSE_CAP) if line.prose else 0 for line in lines)]
    total = sums[-1] or 1
    described = []
    for index, line in enumerate(lines):
        kind, above, below = _kind(line), sums[index], sums[-1] - sums[index + 1]
        described.append(
            [
                kind.above.at(above),
                kind.below.at(below),
                kind.share.at(above / total),
                _LINES_ABOVE.at(index / len(lines)),
            ]
        )
    return described


def _topic(lines: Sequence[Surface], topics: Sequence[set[str]], dense: tuple[int, int]) -> list[list[str]]:
    """Say how many of a line's words other lines of the densest run use."""
    used = Counter(chain.from_iterable(topics[slice(*dense)]))
    common, shared = used.keys(), {term for term, count in used.items() if count > 1}
    described: list[list[str]] = []
    for index, (line, own) in enumerate(zip(lines, topics, strict=True)):
        if not own:
            described.append([])
            continue
        inside = dense[0] <= index < dense[1]
        # Inside the run, a line's own use of a word is not another's.
        share = len(own & (shared if inside else common)) / len(own)
        kind = _kind(line)
        names = [(kind.article_inside if inside else kind.article).at(share)]
        if len(own) <= _FEW_TERMS:
            names.append(_FEW_WORDS.at(share))
        described.append(names)
    return described


def _headline(
    lines: Sequence[Surface], topics: Sequence[set[str]], wanted: set[str], start: int, *, skip: bool
) -> list[list[str]]:
    """Say where a line stands to the page's headline, and how many of its words it shares."""
    named = [
        index
        for index, (line, own) in enumerate(zip(lines, topics, strict=True))
        if index >= skip
        and line.headline_sized
        and len(own) >= _HEADLINE_TERMS
        and len(own & wanted) >= _SAME_HEADLINE * len(own)
    ]
    at = max((index for index in named if index <= start), default=named[0] if named else None)
    described = []
    for index, (line, own) in enumerate(zip(lines, topics, strict=True)):
        kind = _kind(line)
        names = [f"{kind.name}: {_stands(index, at)} the headline"] if at is not None else []
        if own and wanted:
            names.append(kind.headline.at(len(own & wanted) / len(own)))
        described.append(names)
    return described


def _stands(index: int, headline: int) -> str:
    if index == headline:
        return "is"
    if index < headline:
        return "above"
    return "just below" if index <= headline + _BELOW_HEADLINE else "below"


def _rhythm(lines: Sequence[Surface], shapes: Sequence[str]) -> list[list[str]]:
    """Say whether lines of one shape follow each other or alternate with another, as in lists."""
    described = []
    for index, (line, shape) in enumerate(zip(lines, shapes, strict=True)):
        names = []
        if index > 1 and shapes[index - 2] == shape != shapes[index - 1]:
            names.append(f"{shape} by turns with {shapes[index - 1]}")
        near = lines[index - 1 : index + 2] if index else []
        if len(near) == 3 and shapes[index - 1] == shape == shapes[index + 1]:  # noqa: PLR2004
            sizes = [each.size for each in near]
            alike = max(sizes) - min(sizes) <= _ALIKE * line.size
            names.append(f"run of {shape}" + (" alike in length" if alike else ""))
        described.append(names)
    return described


def main_run(lines: Sequence[Surface], prose: Sequence[bool], cost: int) -> tuple[int, int]:
    """Find the half-open run of lines with the most prose net of short lines (maximum subsequence, Kadane).

    ``cost`` is what a short line takes away, in letters: the higher, the tighter the run.
    """
    best, best_run = 0, (0, 0)
    total, start = 0, 0
    for index, line in enumerate(lines):
        total += min(line.size, PROSE_CAP) if prose[index] else -cost
        if total <= 0:
            total, start = 0, index + 1
        elif total > best:
            best, best_run = total, (start, index + 1)
    return best_run
