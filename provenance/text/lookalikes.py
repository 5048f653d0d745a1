"""Letters of one script that pass for letters of another: "pаper" with a Cyrillic а.

A word is read in the script it is meant in: that of the text where all of its letters have a form in it, else another
of its own scripts. Words that mix scripts for a reason stay as they are: an inflected foreign name ("iPhoneом"), a unit
("kΩ"), a word whose letters have no counterpart ("KoЯn"). The letters come from ``data/lookalikes.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from unicodedata import normalize

import regex

__all__ = ["Lookalike", "lookalikes"]

LATIN = "Latin"
SCRIPTS = ("Cyrillic", "Greek", "Armenian", "Coptic", "Georgian", "Cherokee", "Canadian_Aboriginal", "Lisu",
           "Old_Italic", "Deseret", "Osage", "Elbasan")  # fmt: skip
"""Scripts with letters that pass for Latin ones, by their Unicode name."""

_OTHERS = (
    r"\u0370-\u058f\u10a0-\u10ff\u13a0-\u167f\u18b0-\u18ff\u1c80-\u1cbf\u1d26-\u1d2b\u1f00-\u1fff\u2c80-\u2d2f\u2de0-\u2dff"
    r"\ua4d0-\ua4ff\ua640-\ua69f\uab70-\uabbf\U00010300-\U0001032f\U00010400-\U0001044f\U000104b0-\U0001052f"
)
"""The blocks of those scripts; the script of a letter is looked up only where one stands."""
_LATINS = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_OTHER = re.compile(f"[{_OTHERS}]+")
_LATIN_LETTER = re.compile(f"[{_LATINS}]+")
_REGIONAL = frozenset("IiJjSs")
"""Latin letters with a double in the Cyrillic alphabets of few languages (Ukrainian, Serbian, Macedonian)."""
_MARKS = r"\u0300-\u036f"
_MEETING = re.compile(f"[{_OTHERS}](?<=[{_LATINS}{_MARKS}].)|[{_LATINS}](?<=[{_OTHERS}{_MARKS}].)")
"""A letter behind one of another script, or behind a mark that may stand between two such."""
_LETTERS = regex.compile(r"[\p{L}\p{M}]+")
_SCRIPT_OF = {name: regex.compile(rf"\p{{Script={name}}}") for name in (LATIN, *SCRIPTS)}


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A word written with letters of another script than it is meant in."""

    start: int
    end: int
    meant: str
    """The word in one script; as long as the word that stands there."""
    mixed: bool
    """Whether the word as written mixes scripts; otherwise all of it passes for another, like "а" for "a"."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Look-alike letters: to Latin by letter, and from Latin by script."""

    latin: Mapping[str, str]
    near: Mapping[str, str]
    back: Mapping[str, Mapping[str, str]]


@cache
def _table() -> _Table:
    from importlib import resources  # noqa: PLC0415  as above

    import rtoml  # noqa: PLC0415  only a text of two scripts pays for the letters

    data = rtoml.loads((resources.files("provenance.text") / "data" / "lookalikes.toml").read_text("utf-8"))
    latin: dict[str, str] = {}
    near: dict[str, str] = {}
    back: dict[str, dict[str, str]] = {}
    for script, lists in data.items():
        common = dict(lists.get("common", "").split())
        latin |= common | dict(lists.get("rare", "").split())
        near |= dict(lists.get("near", "").split())
        back[script] = {meant: letter for letter, meant in reversed(common.items())}
    return _Table(latin, latin | near, back)


def lookalikes(text: str) -> tuple[Lookalike, ...]:
    """Find the words of a text that pass for words of another script, in order and disjoint.

    A text of one script has none; it costs one scan.
    """
    if _OTHER.search(text) is None or _LATIN_LETTER.search(text) is None:
        return ()
    main = _main_script(text)
    found: list[Lookalike] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if _is_worth_reading(line, main):
            found.extend(_of_line(line, start, main))
        start += len(line)
    return tuple(found)


def _main_script(text: str) -> str:
    """Name the script most letters of a text belong to that pass for no other; Latin on a tie."""
    counts = Counter({LATIN: 0})
    for letter, count in Counter(text).items():
        script = _firm_script(letter)
        if script is not None:
            counts[script] += count
    return max(counts, key=lambda script: (counts[script], script == LATIN))


@lru_cache(maxsize=1 << 12)
def _firm_script(letter: str) -> str | None:
    """Name the script of a letter; ``None`` for one that passes for a letter of another script in daily use."""
    table = _table()
    passes = letter in table.latin or any(letter in counterparts for counterparts in table.back.values())
    return None if passes else _script(letter)


def _is_worth_reading(line: str, main: str) -> bool:
    """Say at little cost whether a line may hold anything: a meeting of scripts, or a foreign run of look-alikes."""
    if _MEETING.search(line):
        return True
    foreign = _OTHER if main == LATIN else _LATIN_LETTER
    return any(_written_in(run, main, near=False) is not None for run in foreign.findall(line))


@lru_cache(maxsize=1 << 12)
def _script(letter: str) -> str | None:
    if letter.isascii():
        return LATIN if letter.isalpha() else None
    return next((name for name, pattern in _SCRIPT_OF.items() if pattern.match(letter)), None)


def _of_line(line: str, start: int, main: str) -> Iterator[Lookalike]:
    tokens = [(match.start(), match.group()) for match in _LETTERS.finditer(line)]
    readings = [_read(token, main) for _, token in tokens]
    scripts = [reading.script for reading in readings]
    before, after = _nearest(scripts), _nearest(scripts[::-1])[::-1]
    for (at, token), reading, *sides in zip(tokens, readings, before, after, strict=True):
        if reading.meant is None or (reading.open and {*sides} - {None} != {main}):
            continue
        yield Lookalike(start + at, start + at + len(token), reading.meant, mixed=not reading.open)


def _nearest(scripts: Sequence[str | None]) -> list[str | None]:
    """Give for every word the script of the nearest one before it whose script is certain."""
    nearest: list[str | None] = []
    last = None
    for script in scripts:
        nearest.append(last)
        last = script or last
    return nearest


@dataclass(frozen=True, slots=True)
class _Reading:
    """How one word may be read: the script it is in, and its form in the script it is meant in."""

    script: str | None
    """``None`` where the word could be of either script and its neighbours decide, or of none."""
    meant: str | None = None
    open: bool = False
    """Whether the word is of one script and passes as a whole for a word of the text's main script."""


@lru_cache(maxsize=1 << 14)
def _read(token: str, main: str) -> _Reading:
    scripts = [script for letter in token if (script := _script(letter)) is not None]
    if not scripts:
        return _Reading(None)
    if len(set(scripts)) == 1:
        meant = _written_in(token, main, near=False) if _may_pass(token, scripts[0], main) else None
        return _Reading(None if meant else scripts[0], meant, open=meant is not None)
    target, meant = _meant(token, scripts, main)
    return _Reading(target, meant)


def _may_pass(token: str, script: str, main: str) -> bool:
    """Say whether a word of one script may be a whole word of the main one in disguise: "Kia" and "XII" are not."""
    return script != main and (main != "Cyrillic" or len(token) == 1 or _REGIONAL.isdisjoint(token))


def _meant(token: str, scripts: Sequence[str], main: str) -> tuple[str | None, str | None]:
    """Find the script a word of several is meant in, and its form in it; none for one mixed on purpose."""
    runs = [name for name, _ in groupby(scripts)]
    joined = len(runs) == 2  # noqa: PLR2004  a head and an ending
    if joined and main != LATIN and runs[0] == LATIN and _is_foreign_name(token):
        return None, None
    targets = sorted(set(scripts), key=lambda name: (name != main, -scripts.count(name), name))
    for near in (False, True):
        for target in targets:
            slip = near and joined and target != main
            if not slip and not (joined and runs == [LATIN, main] and target == LATIN != main):
                meant = _written_in(token, target, near=near)
                if meant is not None:
                    return target, meant
    return None, None


def _is_foreign_name(token: str) -> bool:
    """Tell an acronym or a name with a capital inside, which may take an ending of the text's own script."""
    head = token[: next((at for at, letter in enumerate(token) if _script(letter) not in (LATIN, None)), len(token))]
    return any(letter.isupper() for letter in head[1:])


@lru_cache(maxsize=1 << 14)
def _written_in(token: str, target: str, *, near: bool) -> str | None:
    """Write a word in one script; ``None`` where a letter of it has no counterpart there."""
    letters = [_letter_in(letter, target, near=near) for letter in token]
    return None if None in letters else "".join(letter for letter in letters if letter is not None)


@lru_cache(maxsize=1 << 12)
def _letter_in(letter: str, target: str, *, near: bool) -> str | None:
    if _script(letter) in (target, None):
        return letter
    table = _table()
    base, marks = normalize("NFD", letter)[:1], normalize("NFD", letter)[1:]
    latin = base if _script(base) == LATIN else (table.near if near else table.latin).get(base)
    plain = latin if target == LATIN or latin is None else table.back.get(target, {}).get(latin)
    if plain is None:
        return None
    composed = normalize("NFC", plain + marks)
    return composed if len(composed) == 1 else None
