"""What speaks for and against a line being article, as named features.

A feature either holds or does not, so that ``inspect --why`` can print each with its weight. Features look at the
line, at its neighbours, and at where on the page the running prose stands. Lines already settled (blank ones, known
furniture) are not among those looked at: furniture added to a page moves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from provenance.clean.dates import date_line
from provenance.clean.surface import PROSE_SIZE, Surface
from provenance.model import Role

__all__ = ["Candidate", "features", "runs_on"]

_FAR = 1_000_000
_NEAR = 3  # lines; a heading, a picture's caption and its credit may part two paragraphs
_DISTANT = 6  # lines without prose in sight: menus, lists of links
_WINDOW = 5  # lines on each side over which the density of prose is taken
_FEW_LINES = 30  # open lines up to which a page is not a raw one: its furniture is known already, or it has none
_PROSE_PAGE = 0.85  # share of a page's letters in prose from which it is bare article text rather than a raw page
_SIZES = ((0, "no letters"), (9, "1-9 letters"), (19, "10-19 letters"), (44, "20-44 letters"), (99, "45-99 letters"),
          (199, "100-199 letters"))  # fmt: skip
_DENSITIES = ((0.05, "no prose around"), (0.4, "little prose around"), (0.8, "some prose around"))
_DENSE_COST = 60  # letters of prose one short line outweighs when the densest run of prose is looked for
_LOOSE_COST = 15  # the same for the loose run: galleries, lists and tables may stand in the article
_WRAPPED_SIZE = 40  # letters from which a line may be one of a text broken at a fixed width (60 columns and more)
_PROSE_CAP = 300  # letters one line may add to the main run, so that one legal paragraph is not a run


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that nothing has settled yet, with what was noticed on the way."""

    surface: Surface
    hint: Role | None = None
    """Role an uncertain furniture phrase suggests."""
    under: Role | None = None
    """Role of the section a furniture line opened above it, while no prose came between."""


def features(candidates: Sequence[Candidate], title: str | None = None) -> list[list[str]]:
    """Name the features that hold for each line, in order; ``title`` is the headline the markup or record states."""
    lines = [candidate.surface for candidate in candidates]
    context = _context(lines)
    twice = Counter(line.text.casefold() for line in lines)
    headline = title.casefold() if title else None
    found = []
    few = len(lines) <= _FEW_LINES
    for index, candidate in enumerate(candidates):
        names = _own(candidate.surface)
        if few:
            names.append(f"few lines: {_ending(candidate.surface)}")
        names += context[index]
        if twice[candidate.surface.text.casefold()] > 1:
            names.append("said twice")
        if headline is not None and candidate.surface.text.casefold() == headline:
            names.append("is the headline")
        if candidate.hint is not None:
            names.append("wording of a bio" if candidate.hint is Role.BIO else "furniture wording")
        if candidate.under is not None:
            names.append("below a furniture heading" + (", prose" if candidate.surface.prose else ""))
        found.append(names)
    return found


def _own(line: Surface) -> list[str]:
    names = [_bucket(line.size, _SIZES, "200 letters and more"), _ending(line)]
    if line.words <= 2:  # noqa: PLR2004
        names.append("one or two words")
    if line.cased and line.words >= 3:  # noqa: PLR2004
        names.append(_case(line))
        if line.prose and line.lower_share >= 0.6:  # noqa: PLR2004
            names.append("prose in running case")
    names += [name for name, holds in _marks(line) if holds]
    if line.digits and date_line(line.text):
        names.append("date line")
    return names


def _marks(line: Surface) -> tuple[tuple[str, bool], ...]:
    return (
        ("two sentences", line.inner_stop),
        ("opens like speech", line.opens_speech),
        ("opens in lower case", line.opens_lower),
        ("comma", "," in line.text or "，" in line.text or "،" in line.text or "、" in line.text),
        ("address", line.address),
        ("list item", line.listed),
        ("mostly numbers", line.digits >= 3 and line.digits * 3 > line.size),  # noqa: PLR2004
        ("bar", "|" in line.text),
    )


def _bucket(value: float, limits: Sequence[tuple[float, str]], beyond: str) -> str:
    return next((name for limit, name in limits if value <= limit), beyond)


def _ending(line: Surface) -> str:
    length = "short" if line.size < PROSE_SIZE else "long"
    if line.trails_off:
        return f"{length}, trails off"
    if line.text.endswith((":", "：")):
        return f"{length}, ends in a colon"
    return f"{length}, ends a sentence" if line.ends_sentence else f"{length}, no full stop"


def _case(line: Surface) -> str:
    if line.shouted:
        return "capitals"
    if line.lower_share < 0.35:  # noqa: PLR2004
        return "capitalised words"
    return "running case" if line.lower_share >= 0.6 else "mixed case"  # noqa: PLR2004


def _context(lines: Sequence[Surface]) -> list[list[str]]:
    """Describe where each line stands among the prose of its page."""
    wrapped = runs_on(lines)
    prose = [line.prose or broken for line, broken in zip(lines, wrapped, strict=True)]
    before = _distances(prose)
    after = _distances(prose[::-1])[::-1]
    density = _densities(lines, prose)
    dense, loose = _main_run(lines, prose, _DENSE_COST), _main_run(lines, prose, _LOOSE_COST)
    bare_text = _prose_share(lines, prose) >= _PROSE_PAGE
    described = []
    for index, line in enumerate(lines):
        names = [_bucket(density[index], _DENSITIES, "prose around")]
        kind = "prose" if prose[index] else "short line"
        if wrapped[index]:
            names.append("sentence over several lines")
        names.append(f"{kind} {_beside(index, *dense)} the densest run")
        names.append(f"{kind} {_beside(index, *loose)} the loose run")
        names += [f"{kind} {place}" for place in _nearness(before[index], after[index])]
        if bare_text:
            names.append("page of prose, short line" if line.size < PROSE_SIZE else "page of prose")
        if index == 0 and not line.ends_sentence:
            names.append("first line, no full stop")
        described.append(names)
    return described


def _beside(index: int, start: int, end: int) -> str:
    if start <= index < end:
        return "in"
    if start - _NEAR <= index < start:
        return "just above"
    if end <= index < end + _NEAR:
        return "just below"
    return "above" if index < start else "below"


def _nearness(before: int, after: int) -> list[str]:
    names = []
    if before == 1 and after == 1:
        names.append("between prose")
    elif before == 1:
        names.append("just after prose")
    elif after == 1:
        names.append("just before prose")
    if before <= _NEAR and after <= _NEAR:
        names.append("near prose on both sides")
    if min(before, after) > _DISTANT:
        names.append("far from prose")
    return names


def runs_on(lines: Sequence[Surface]) -> list[bool]:
    """Tell the lines of text broken at a fixed width: a sentence goes on, in lower case, from one to the next."""
    joined = [
        not first.ends_sentence and second.opens_lower and first.size >= _WRAPPED_SIZE
        for first, second in pairwise(lines)
    ]
    return [before or after for before, after in zip([False, *joined], [*joined, False], strict=True)][: len(lines)]


def _distances(prose: Sequence[bool]) -> list[int]:
    distance = _FAR
    found = []
    for runs in prose:
        found.append(distance)
        distance = 1 if runs else distance + 1
    return found


def _densities(lines: Sequence[Surface], prose: Sequence[bool]) -> list[float]:
    """Share of the letters within the window around each line, itself excluded, that stand in prose lines."""
    sums = list(accumulate((line.size if runs else 0 for line, runs in zip(lines, prose, strict=True)), initial=0))
    letters = list(accumulate((line.size + 1 for line in lines), initial=0))
    shares = []
    for index, line in enumerate(lines):
        low, high = max(0, index - _WINDOW), min(len(lines), index + _WINDOW + 1)
        own = line.size if prose[index] else 0
        around = letters[high] - letters[low] - line.size - 1
        shares.append((sums[high] - sums[low] - own) / around if around > 0 else 0.0)
    return shares


def _prose_share(lines: Sequence[Surface], prose: Sequence[bool]) -> float:
    letters = sum(line.size for line in lines)
    return sum(line.size for line, runs in zip(lines, prose, strict=True) if runs) / letters if letters else 0.0


def _main_run(lines: Sequence[Surface], prose: Sequence[bool], cost: int) -> tuple[int, int]:
    """Find the half-open run of lines with the most prose net of short lines (maximum subsequence, Kadane).

    ``cost`` is what a short line takes away, in letters: the higher, the tighter the run.
    """
    best, best_run = 0, (0, 0)
    total, start = 0, 0
    for index, line in enumerate(lines):
        total += min(line.size, _PROSE_CAP) if prose[index] else -cost
        if total <= 0:
            total, start = 0, index + 1
        elif total > best:
            best, best_run = total, (start, index + 1)
    return best_run
