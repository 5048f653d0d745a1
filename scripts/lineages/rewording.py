"""Other words for a sentence: synonyms, the order of who said what, joined and parted sentences, rounded figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from random import Random

from drifting.formats import reformatted
from drifting.wording import Edit, quoted_places, wording_of

from lineages.grammar import words

__all__ = ["joined", "nameless", "parted", "reworded", "rounded", "with_shorter_quotation"]

MIN_PART = 45
"""Letters of either half of a sentence that is parted."""

PADDED = 0.35
"""Share of changes that put in words without content: there are so many that two newsrooms seldom choose alike."""

MAX_JOINED = 230
"""Letters of two sentences that are joined."""

_SAID_BEHIND = re.compile(r"^(?P<what>[^“”]{40,}), (?P<who>[^,“”]{3,70}?) (?:said|announced|explained)\.$")
_SAID_FIRST = re.compile(r"^(?P<who>(?:[A-Z]\w+ ){0,3}[A-Z]\w+) said (?P<what>[^“”]{40,})\.$")
_QUOTE_FIRST = re.compile(r"^“(?P<quote>[^“”]+)[,.]” (?P<who>[^“”]{3,90}?) (?:said|told [^“”.]{3,40})\.$")
_DAY = re.compile(r" on (?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?=[ ,])")
_PARTING = re.compile(r"(?:; |, (?:and|but|while|whereas) )(?=(?:the|a|an|it|its|they|he|she|[A-Z])\b)")
_BEGINNING = re.compile(
    r"(?:A|An|The|It|Its|About|Some|Of|If|For|This|To|In|On|By|At|He|She|They|His|Her|Their|There|What|All|One|Two|Most"
    r"|Nobody|No|Until|Since|From|With|Only|Both|Each|Its|According|Asked|Whether|Three|Four|Five|Six|After|Twice) "
)
_THOUSANDS = re.compile(r"(?<![\w.,])(?P<number>\d{1,3}(?:,\d{3})+)(?![\w.,]*\d)")


@lru_cache(maxsize=1)
def _synonyms() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    found = []
    for entry in words()["synonym"]:
        behind = r"(?= \d)" if entry.get("before_number") else r"(?! (?:to have|out)\b)"
        alternatives = "|".join(map(re.escape, entry["words"]))
        found.append((re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-]){behind}"), tuple(entry["words"])))
    return tuple(found)


def reworded(sentence: str, language: str, random: Random, changes: int) -> str:
    """Say a sentence in other words, up to so many changes; what is in quotation marks stays."""
    if language == "en" and random.random() < 0.4:
        sentence = _turned(sentence)
    if language != "en":
        changes //= 2  # fewer rules: newsrooms would hit upon the same ones
    for _ in range(changes):
        edits = [edit for edit in _edits(sentence, language, random) if "eventually" not in edit.new]
        if language == "en" and random.random() < PADDED:
            edits = list(_padded(sentence, random)) or edits
        if not edits:
            break
        sentence = random.choice(edits).of(sentence)
    return sentence[0].upper() + sentence[1:]


def _padded(sentence: str, random: Random) -> Iterator[Edit]:
    """Yield an opening and an ending that say nothing, where neither stands yet and they fit."""
    padding = words()["padding"]
    if _BEGINNING.match(sentence) and not sentence.startswith(tuple(padding["openings"])):
        yield Edit(0, len(sentence), f"{random.choice(padding['openings'])} {_lowered(sentence)}")
    if (
        sentence.endswith(".")
        and "“" not in sentence
        and not any(sentence.endswith(f"{one}.") for one in padding["endings"])
    ):
        yield Edit(len(sentence) - 1, len(sentence), f", {random.choice(padding['endings'])}.")


def _edits(sentence: str, language: str, random: Random) -> Iterator[Edit]:
    wording = wording_of(language)
    yield from wording.reworded("harmless", sentence, random)
    yield from reformatted(sentence, wording)
    if language != "en":
        return
    quoted = quoted_places(sentence)
    for find, options in _synonyms():
        for match in find.finditer(sentence):
            if not any(match.start() < end and start < match.end() for start, end in quoted):
                others = [one for one in options if one != match.group()]
                yield Edit(match.start(), match.end(), random.choice(others))
    if day := _DAY.search(sentence):
        yield Edit(0, len(sentence), _fronted(sentence, day))


def _fronted(sentence: str, match: re.Match[str]) -> str:
    rest = sentence[: match.start()] + sentence[match.end() :]
    return f"On {match['day']}, {_lowered(rest)}"


def _turned(sentence: str) -> str:
    """Put who said it to the other end."""
    if match := _SAID_BEHIND.match(sentence):
        return f"{match['who'][0].upper()}{match['who'][1:]} said that {_lowered(match['what'])}."
    if match := _SAID_FIRST.match(sentence):
        return f"{match['what'][0].upper()}{match['what'][1:]}, according to {match['who']}."
    if match := _QUOTE_FIRST.match(sentence):
        return f"{match['who'][0].upper()}{match['who'][1:]} put it this way: “{match['quote']}.”"
    return sentence


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:] if _BEGINNING.match(text) else text


def parted(sentence: str) -> tuple[str, str] | None:
    """Make two sentences of one at a conjunction or semicolon; ``None`` where it cannot be done."""
    quoted = quoted_places(sentence)
    for match in _PARTING.finditer(sentence):
        inside = any(start < match.end() and match.start() < end for start, end in quoted)
        if not inside and match.start() >= MIN_PART and len(sentence) - match.end() >= MIN_PART:
            rest = sentence[match.end() :]
            return f"{sentence[: match.start()]}.", rest[0].upper() + rest[1:]
    return None


def joined(first: str, second: str) -> str | None:
    """Make one sentence of two; ``None`` where it cannot be done."""
    if "“" in first + second or not first.endswith(".") or len(first) + len(second) > MAX_JOINED:
        return None
    return f"{first[:-1]}, and {_lowered(second)}"


def rounded(sentence: str, random: Random) -> str:
    """Round figures with thousands, English only."""

    def put(match: re.Match[str]) -> str:
        value = int(match["number"].replace(",", ""))
        unit = 10 ** (len(str(value)) - 1)
        below = value // unit * unit
        return f"{random.choice(['more than', 'over'])} {below:,}" if below < value else match.group()

    plain = _THOUSANDS.sub(put, sentence)
    doubled = r"\b(?:more than|over|about|around|roughly|some) (?=(?:more than|over) \d)"
    plain = re.sub(doubled, "", plain, flags=re.IGNORECASE)
    return plain[0].upper() + plain[1:]


def with_shorter_quotation(sentence: str) -> str:
    """Keep the first sentence of a quotation of several; others stay as they are."""
    for start, end in quoted_places(sentence):
        inside = sentence[start + 1 : end - 1]
        cut = inside.find(". ")
        if cut > 15:
            return sentence[: start + 1] + inside[:cut] + ("," if inside.endswith(",") else ".") + sentence[end - 1 :]
    return sentence


def nameless(sentence: str, people: Mapping[str, str]) -> str:
    """Put what people are for their names; appositions go with the names."""
    for name, generic in people.items():
        offices = "|".join(map(re.escape, generic.split()))
        for written in (name, name.split()[-1]):
            pattern = rf"(?:\b(?:{offices}|chief|presiding|plant) )*\b{re.escape(written)}\b(?:, [^,“”.]{{4,90}},)?"
            sentence = re.sub(pattern, generic, sentence)
    return sentence[0].upper() + sentence[1:]
