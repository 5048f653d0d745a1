"""What speaks for and against a line being article, as named features.

A feature either holds or does not, so that ``inspect --why`` can print each with its weight. Features look at the
line, at its neighbours, and at where on the page the running prose stands. Lines already settled (blank ones, known
furniture) are not among those looked at: furniture added to a page moves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from provenance.clean.candidates import Candidate
from provenance.clean.scales import Scale
from provenance.clean.sequence import SHORT_PAGE
from provenance.clean.surface import PROSE_SIZE, Surface, runs_on
from provenance.clean.surroundings import main_run, surroundings
from provenance.model import Role

__all__ = ["PRIOR", "features"]

PRIOR = "most lines are furniture"
"""The feature every line has: what speaks against an article before anything is looked at."""

_FAR = 1_000_000
_NEAR = 3  # lines; a heading, a picture's caption and its credit may part two paragraphs
_DISTANT = 6  # lines without prose in sight: menus, lists of links
_WINDOW = 5  # lines on each side over which the density of prose is taken
_PROSE_PAGE = 0.85  # share of a page's letters in prose from which it is bare article text rather than a raw page
_SIZES = Scale(
    (0, 9, 19, 44, 99, 199),
    ("no letters", "1-9 letters", "10-19 letters", "20-44 letters", "45-99 letters", "100-199 letters",
     "200 letters and more"),
)  # fmt: skip
_DENSITIES = Scale((0.05, 0.4, 0.8), ("no prose around", "little prose around", "some prose around", "prose around"))
_ENDINGS = tuple(
    tuple(f"{length}, {end}" for end in ("trails off", "ends in a colon", "ends a sentence", "no full stop"))
    for length in ("short", "long")
)
_ENDINGS_OF_FEW = {ending: f"few lines: {ending}" for endings in _ENDINGS for ending in endings}
_DENSE_COST = 60  # letters of prose one short line outweighs when the densest run of prose is looked for
_LOOSE_COST = 15  # the same for the loose run: galleries, lists and tables may stand in the article


def features(candidates: Sequence[Candidate], title: str | None = None, opening: str = "") -> list[list[str]]:
    """Name the features that hold for each line, in order.

    ``title`` is the headline the markup or record states, ``opening`` the page's first shown line: scraped pages
    mostly begin with the title of the document.
    """
    lines = [candidate.surface for candidate in candidates]
    wrapped = runs_on(lines)
    prose = [line.prose or broken for line, broken in zip(lines, wrapped, strict=True)]
    dense = main_run(lines, prose, _DENSE_COST)
    opens = not title and bool(lines) and lines[0].text == opening
    around = surroundings(candidates, dense, title or opening, first_is_headline=opens)
    context = _context(lines, wrapped, prose, dense)
    folded = [line.text.casefold() for line in lines]
    twice = Counter(folded)
    headline = title.casefold() if title else None
    found = []
    for index, candidate in enumerate(candidates):
        names = [PRIOR, *_own(candidate)]
        if len(lines) <= SHORT_PAGE:
            names.append(_ENDINGS_OF_FEW[_ending(candidate.surface)])
        said = folded[index]
        names += _said(candidate, said_twice=twice[said] > 1, is_headline=said == headline)
        found.append(names + context[index] + around[index])
    return found


def _said(candidate: Candidate, *, said_twice: bool, is_headline: bool) -> list[str]:
    names = ["said twice"] if said_twice else []
    if is_headline:
        names.append("is the headline")
    if candidate.hint is not None:
        names.append("wording of a bio" if candidate.hint is Role.BIO else "furniture wording")
    if candidate.under is not None:
        names.append("below a furniture heading" + (", prose" if candidate.surface.prose else ""))
    return names


def _own(candidate: Candidate) -> list[str]:
    line = candidate.surface
    names = [_SIZES.at(line.size), _ending(line)]
    if line.words <= 2:  # noqa: PLR2004
        names.append("one or two words")
    if line.cased and line.words >= 3:  # noqa: PLR2004
        names.append(_case(line))
        if line.prose and line.lower_share >= 0.6:  # noqa: PLR2004
            names.append("prose in running case")
    names += [name for name, holds in _marks(line) if holds]
    if candidate.dated:
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


def _ending(line: Surface) -> str:
    trailing, colon, sentence, none = _ENDINGS[line.size >= PROSE_SIZE]
    if line.trails_off:
        return trailing
    if line.text.endswith((":", "：")):
        return colon
    return sentence if line.ends_sentence else none


def _case(line: Surface) -> str:
    if line.shouted:
        return "capitals"
    if line.lower_share < 0.35:  # noqa: PLR2004
        return "capitalised words"
    return "running case" if line.lower_share >= 0.6 else "mixed case"  # noqa: PLR2004


def _context(
    lines: Sequence[Surface], wrapped: Sequence[bool], prose: Sequence[bool], dense: tuple[int, int]
) -> list[list[str]]:
    """Describe where each line stands among the prose of its page."""
    before = _distances(prose)
    after = _distances(prose[::-1])[::-1]
    density = _densities(lines, prose)
    loose = main_run(lines, prose, _LOOSE_COST)
    bare_text = _prose_share(lines, prose) >= _PROSE_PAGE
    described = []
    for index, line in enumerate(lines):
        names = [_DENSITIES.at(density[index])]
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
