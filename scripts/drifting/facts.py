"""Changes of single facts: numbers, dates, names and quotations altered in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from drifting.wording import Edit, Wording, quoted_places

__all__ = ["changed_dates", "changed_names", "changed_numbers", "changed_quotations", "full_names", "number_value"]

_NUMBER = re.compile(r"(?<![\w.,:-])\d+(?:[.,]\d+)*(?![\w:]|[.,]\d|-\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")

MIN_CHANGE = 0.06
"""Share by which a changed number differs at least: what differs less may pass for rounding."""

MIN_QUOTED_WORDS = 7
"""Words of the shortest quotation that is altered."""

_NAME = re.compile(r"(?<![\w’'-])[A-Z][a-zà-ž]+(?:-[A-Za-zà-ž]+)?(?: [A-Z][a-zà-ž]+)+")


def _outside(edits: Sequence[Edit], sentence: str) -> list[Edit]:
    quoted = quoted_places(sentence)
    return [one for one in edits if not any(one.start < end and start < one.end for start, end in quoted)]


def number_value(written: str, wording: Wording) -> float:
    """Read digits with the separators of a language."""
    plain = written.replace(wording.thousands, "") if wording.thousands else written
    try:
        return float(plain.replace(wording.decimal, "."))
    except ValueError:
        return 0.0


def changed_numbers(sentence: str, wording: Wording, random: Random) -> list[Edit]:
    """Swap two digits, change one, put a digit more, or another number word; dates and years stay."""
    dated = [match.span() for match in wording.day.finditer(sentence)]
    edits = []
    for match in _NUMBER.finditer(sentence):
        in_date = any(match.start() < end and start < match.end() for start, end in dated)
        if in_date or _YEAR.fullmatch(match.group()) or sentence[match.end() : match.end() + 1] in tuple("年月日"):
            continue
        new = _other_number(match.group(), wording, random)
        if new is not None and new not in sentence:
            edits.append(Edit(match.start(), match.end(), new))
    for word in wording.number_words:
        for match in re.finditer(rf"(?<![\w-]){word}(?![\w-])", sentence):
            new = random.choice([other for other in wording.number_words if other != word and other not in sentence])
            edits.append(Edit(match.start(), match.end(), new))
    return _outside(edits, sentence)


def _other_number(written: str, wording: Wording, random: Random) -> str | None:
    digits = [at for at, char in enumerate(written) if char.isdigit()]
    grouped = bool(wording.thousands) and wording.thousands in written
    ways = [_swapped, _replaced] if grouped else [_swapped, _replaced, _longer]
    random.shuffle(ways)
    before = number_value(written, wording)
    for way in ways:
        new = way(written, digits, random)
        after = number_value(new, wording)
        if new[0] != "0" and abs(after - before) > MIN_CHANGE * max(1.0, before):
            return new
    return None


def _swapped(written: str, digits: Sequence[int], random: Random) -> str:
    if len(digits) < 2:
        return written
    at = random.randrange(len(digits) - 1)
    chars = list(written)
    chars[digits[at]], chars[digits[at + 1]] = chars[digits[at + 1]], chars[digits[at]]
    return "".join(chars)


def _replaced(written: str, digits: Sequence[int], random: Random) -> str:
    at = digits[0] if len(digits) < 3 else random.choice(digits[:2])
    chars = list(written)
    chars[at] = random.choice([digit for digit in "123456789" if digit != chars[at]])
    return "".join(chars)


def _longer(written: str, digits: Sequence[int], random: Random) -> str:
    at = random.choice(digits) + 1
    return written[:at] + random.choice("0123456789") + written[at:]


def changed_dates(sentence: str, wording: Wording, random: Random) -> list[Edit]:
    """Move a day, a month, a weekday or a relative time, or put a vague time for a day."""
    edits = [*wording.reworded("date", sentence, random)]
    for match in wording.day.finditer(sentence):
        day = int(match["day"])
        other = random.choice([one for one in range(1, 29) if one != day])
        edits.append(Edit(match.start("day"), match.end("day"), str(other)))
        if wording.months:
            month = random.choice([one for one in wording.months if one != match["month"]])
            edits.append(Edit(match.start("month"), match.end("month"), month))
    for weekday in wording.weekdays:
        for match in re.finditer(rf"(?<!\w){weekday}(?!\w)" if wording.months else weekday, sentence):
            others = [one for one in wording.weekdays if one not in sentence]
            edits.append(Edit(match.start(), match.end(), random.choice(others)))
    vague = wording.vague_find.finditer(sentence)
    edits += [Edit(match.start(), match.end(), random.choice(wording.vague)) for match in vague]
    return _outside(edits, sentence)


def full_names(texts: Sequence[str], excluded: Sequence[str]) -> list[str]:
    """List names of two words or more that stand in several of some texts, the longest first.

    What texts in several languages or by several authors write alike is a name, not a phrase.
    """
    found: dict[str, int] = {}
    for text in texts:
        for name in {match.group() for match in _NAME.finditer(text)}:
            if not any(word in excluded for word in name.split()):
                found[name] = found.get(name, 0) + 1
    return sorted((name for name, count in found.items() if count > 1), key=lambda name: (-len(name), name))


def changed_names(sentence: str, names: Sequence[str], random: Random) -> list[Edit]:
    """Misspell one part of a name, or put another full name of the story in its place."""
    edits = []
    for name in names:
        at = sentence.find(name)
        if at < 0:
            continue
        parts = [part for part in name.split() if len(part) >= 5]
        if parts:
            part = random.choice(parts)
            start = at + name.index(part)
            edits.append(Edit(start, start + len(part), _misspelt(part, random)))
        others = [one for one in names if not set(one.split()) & set(name.split()) and one not in sentence]
        if others:
            edits.append(Edit(at, at + len(name), random.choice(others)))
    return _outside(edits, sentence)


def _misspelt(part: str, random: Random) -> str:
    """Change one letter of a name, its first one kept: swap two, drop, double or replace one."""
    ways = list(_slips(part, random))
    return random.choice([one for one in ways if one != part])


def _slips(part: str, random: Random) -> Iterator[str]:
    at = random.randrange(1, len(part) - 1)
    yield part[:at] + part[at + 1] + part[at] + part[at + 2 :]
    yield part[:at] + part[at + 1 :]
    yield part[:at] + random.choice([letter for letter in "aeioulnrstd" if letter != part[at]]) + part[at + 1 :]
    yield part[:at] + random.choice("lnrst") + part[at:]


def changed_quotations(sentence: str, words: Sequence[str], random: Random) -> list[Edit]:
    """Replace or drop a word inside a quotation, away from its ends; ``words`` may take its place."""
    edits = []
    for start, end in quoted_places(sentence):
        inside = list(re.finditer(r"[^\W\d_]+", sentence[start:end]))
        if len(inside) < MIN_QUOTED_WORDS:
            continue
        for match in inside[2:-2]:
            if len(match.group()) >= 5 and match.group().islower():
                others = [one for one in words if one not in sentence and abs(len(one) - len(match.group())) <= 3]
                if others:
                    edits.append(Edit(start + match.start(), start + match.end(), random.choice(others)))
    return edits
