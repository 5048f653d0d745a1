"""Names: near-miss spellings of a proper name, and one name put in another's place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from provenance.model import Drift, DriftKind, PassageKind
from provenance.score.drift.frames import Slot, frame_slots
from provenance.score.drift.quotes import regional_spelling
from provenance.score.drift.statements import Pair, Side, Statement, Whole
from provenance.text.terms import zipf

__all__ = ["Name", "name_drift", "names", "skeleton", "spellings"]

MIN_LETTERS = 4
"""Letters of the shortest name whose misspelling can be told from another name."""

MAX_EDITS = 2
"""Letters that may differ in a near miss of LONG_NAME letters or more; one in shorter names."""

LONG_NAME = 6

FULL_NAME = 2
"""Parts from which a name is a full one."""

HEADLINE_SHARE = 0.66
"""Share of words with a capital above which a line is written as headlines are: names make half of a sentence."""

COMMON_NAME = 3.0
"""Zipf value from which a word is a common one: two common words that differ in a letter are two words, not a slip."""

_VARIANTS = (
    ("ph", "f"), ("kh", "h"), ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ij", "i"), ("yy", "i"), ("iy", "i"),
    ("ii", "i"), ("y", "i"), ("j", "i"), ("q", "k"), ("c", "k"), ("w", "v"), ("dj", "i"), ("tz", "z"), ("ts", "z"),
    ("th", "t"), ("gh", "g"), ("sh", "s"), ("ch", "k"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("h", ""),
)  # fmt: skip
"""Letters that differ between romanisations of one foreign name (Sergey, Sergei)."""

_CAPITAL = regex.compile(r"\p{Lu}|\p{Lt}")


@dataclass(frozen=True)
class Name:
    """A run of capitalised words of a statement: the half-open range of its words and their folded forms."""

    first: int
    end: int
    parts: tuple[str, ...]


@lru_cache(maxsize=64)
def names(statement: Statement) -> Sequence[Name]:
    """List the proper names of a statement, in order; empty in scripts without capitals and in title case lines.

    Titles before a name are left out, and so is the first word of a sentence when the text writes it small elsewhere.
    """
    marks = [_is_name(statement, at) for at in range(len(statement.words))]
    if not statement.whole.cues.nouns_capitalised:
        if sum(marks) * 2 > max(8, len(marks)) or _is_headline(statement):
            return ()
        for at in range(1, len(marks)):
            marks[at] = marks[at] or (marks[at - 1] and _continues(statement, at))
    found: list[Name] = []
    at = 0
    while at < len(marks):
        end = at
        while end < len(marks) and (_hyphened(statement, end) if end > at and not marks[end] else marks[end]):
            if end > at and not _joined(statement, end):
                break
            end += 1
        if end > at:
            found.append(Name(at, end, tuple(_bare(statement, part) for part in range(at, end))))
        at = max(end, at + 1)
    return found


def _is_headline(statement: Statement) -> bool:
    """Say whether most words have a capital, which then tells no names."""
    capitals = sum(_CAPITAL.match(statement.whole.text, word.start) is not None for word in statement.words)
    return capitals > max(MIN_LETTERS, HEADLINE_SHARE * len(statement.words))


def _is_name(statement: Statement, at: int) -> bool:
    word, whole = statement.words[at], statement.whole
    if not _CAPITAL.match(whole.text, word.start) or word.norm in whole.cues.titles:
        return False
    if any(
        phrase[0] == (word.norm,) and phrase[1] in ("weekday", "month")
        for phrase in whole.cues.lookup.get(word.norm, ())
    ):
        return at > 0 and _CAPITAL.match(whole.text, statement.words[at - 1].start) is not None
    return word.norm not in whole.lowercase and word.norm not in whole.cues.lookup


def _continues(statement: Statement, at: int) -> bool:
    """Say whether a word with a capital goes on with a name, small as it may stand elsewhere ("the Holm Observer")."""
    word, whole = statement.words[at], statement.whole
    if not _CAPITAL.match(whole.text, word.start) or word.norm in whole.cues.titles:
        return False
    dated = any(kind in ("weekday", "month") for _, kind, _ in whole.cues.lookup.get(word.norm, ()))
    return not dated and whole.text[statement.words[at - 1].end : word.start] == " "


def _joined(statement: Statement, at: int) -> bool:
    gap = statement.whole.text[statement.words[at - 1].end : statement.words[at].start]
    return gap in (" ", "-", "\u00a0", ". ", "‑")


def _hyphened(statement: Statement, at: int) -> bool:
    """Say whether a small-letter part hangs on a name by a hyphen ("Kim Min-ho")."""
    return statement.whole.text[statement.words[at - 1].end : statement.words[at].start] in ("-", "‑")


def _bare(statement: Statement, at: int) -> str:
    """Give the folded word without a possessive s."""
    written = statement.whole.text[statement.words[at].start : statement.words[at].end]
    norm = statement.words[at].norm
    return norm[:-1] if written[-2:] in ("'s", "’s") else norm


def name_drift(pair: Pair) -> Iterator[Drift]:
    """Find names that were misspelt or swapped between two statements."""
    for mine in names(pair.below):
        found = _misspelt(pair, mine) or _swapped(pair, mine)
        if found is not None:
            yield pair.changed(DriftKind.NAME, *found)
    for slot in frame_slots(pair):
        if _is_slip(slot):
            yield pair.changed(
                DriftKind.NAME,
                Side(pair.below, slot.below.words.start, slot.below.words.stop),
                Side(pair.above, slot.above.words.start, slot.above.words.stop),
            )


def _is_slip(slot: Slot) -> bool:
    """Say whether a slot holds one word with a capital on either side, the downstream's a rare slip of the other."""
    if len(slot.below.words) != 1 or len(slot.above.words) != 1:
        return False
    (mine, other) = (half.statement.words[half.words.start] for half in (slot.below, slot.above))
    below, above = slot.below.statement.whole, slot.above.statement.whole
    if not (_CAPITAL.match(below.text, mine.start) and _CAPITAL.match(above.text, other.start)):
        return False
    rare = zipf(mine.norm, below.language) < COMMON_NAME and mine.norm not in spellings(above)
    return rare and _near(mine.norm, other.norm, below, doubled=True)


def _misspelt(pair: Pair, mine: Name) -> tuple[Side, Side] | None:
    """Find the upstream name that a downstream one is a slip of; the true spelling is nowhere downstream."""
    above, below = spellings(pair.above.whole), spellings(pair.below.whole)
    new = [at for at, part in enumerate(mine.parts) if part not in above]
    for statement in (pair.above, pair.wider) if new else ():
        for other in names(statement):
            for at, part in ((at, part) for at in new for part in other.parts if part not in below):
                if _near(mine.parts[at], part, pair.below.whole) and _fits(mine, at, other, part, pair):
                    kept = {mine.parts[at], part, *(set(mine.parts) & set(other.parts))}
                    return _trimmed(pair.below, mine, kept), _trimmed(statement, other, kept)
    return None


def _trimmed(statement: Statement, name: Name, kept: set[str]) -> Side:
    """Give a name without the words at its ends that only one side has: a trade, a title."""
    places = [name.first + at for at, part in enumerate(name.parts) if part in kept]
    return Side(statement, places[0], places[-1] + 1)


@lru_cache(maxsize=4)
def spellings(whole: Whole) -> frozenset[str]:
    """Give the folded words of a text, those in the possessive without its s too."""
    return frozenset(word.norm for word in whole.words) | frozenset(
        word.norm.removesuffix("s") for word in whole.words if whole.text[word.end - 2 : word.end] in ("'s", "’s")
    )


def _near(mine: str, other: str, whole: Whole, *, doubled: bool = False) -> bool:
    """Say whether one word is a slip of the other: a letter or two differ, and it is no inflection or romanisation.

    ``doubled`` says that a letter doubled or not is a slip too: in a sentence that was kept nobody romanised anew.
    """
    short, long = sorted((mine, other), key=len)
    if len(short) < MIN_LETTERS or mine == other or skeleton(mine, doubled=doubled) == skeleton(other, doubled=doubled):
        return False
    if regional_spelling(mine) == regional_spelling(other):
        return False
    if any(char.isdigit() for char in mine + other):
        return False
    if long.startswith(short) and long[len(short) :] in whole.cues.name_suffixes:
        return False
    return _edits(mine, other) <= (MAX_EDITS if len(long) >= LONG_NAME else 1)


def _fits(mine: Name, at: int, other: Name, one: str, pair: Pair) -> bool:
    """Say whether both stand for the same bearer: another part of the name agrees, or both words are rare and alone."""
    rest = set(mine.parts[:at] + mine.parts[at + 1 :])
    if rest & set(other.parts):
        return True
    if len(mine.parts) > 1 and len(other.parts) > 1:
        return False
    language = pair.below.whole.language
    if pair.kind is PassageKind.TRANSLATED or mine.parts[at][:1] != one[:1] or len(one) < LONG_NAME:
        return False
    return zipf(mine.parts[at], language) < COMMON_NAME and zipf(one, language) < COMMON_NAME


def skeleton(word: str, *, doubled: bool = False) -> str:
    """Give a folded word in letters that romanisations of one name share; doubled letters count unless asked for."""
    for written, plain in _VARIANTS:
        word = word.replace(written, plain)
    return word if doubled else "".join(char for at, char in enumerate(word) if at == 0 or char != word[at - 1])


def _edits(one: str, other: str) -> int:
    """Count letters inserted, dropped, changed or swapped with their neighbour (optimal string alignment)."""
    if abs(len(one) - len(other)) > MAX_EDITS:
        return MAX_EDITS + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, mine in enumerate(one, start=1):
        previous, row, older = row, [i], before
        for j, theirs in enumerate(other, start=1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (mine != theirs))
            if older and i > 1 and j > 1 and mine == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = previous
    return row[-1]


def _swapped(pair: Pair, mine: Name) -> tuple[Side, Side] | None:
    """Find the name in whose place another one was put, everything around it kept.

    One name may call the same bearer in another way (a seat of government for a state, a surname for a full name), so
    both must have two parts or more, none in common.
    """
    if not pair.edited:
        return None
    for below, above in pair.slots():
        ours = _part_in(mine, below)
        if ours is None:
            continue
        for other in names(pair.above):
            theirs = _part_in(other, above)
            if theirs is not None and not _spelt_alike(ours.parts, theirs.parts):
                return Side(pair.below, ours.first, ours.end), Side(pair.above, theirs.first, theirs.end)
    return None


def _spelt_alike(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Say whether two names have a part in common, in whatever spelling of one language."""
    return bool(set(map(regional_spelling, ours)) & set(map(regional_spelling, theirs)))


def _part_in(name: Name, slot: range) -> Name | None:
    """Give what a slot holds of a name, at least two parts of it with at most a word besides; ``None`` otherwise."""
    first, end = max(name.first, slot.start), min(name.end, slot.stop)
    if end - first < FULL_NAME or len(slot) > end - first + 1:
        return None
    return Name(first, end, name.parts[first - name.first : end - name.first])
