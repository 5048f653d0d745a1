"""Find listed names in running text, in one pass and linear time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import re2

from provenance.knowledge.name_index import NameIndex
from provenance.knowledge.names import SHORT_NAME, name_key, written_as_name
from provenance.model import Outlet
from provenance.text.composition import compose

__all__ = ["Mention", "NameScanner"]

_MEMORY = 64 << 20
"""Bytes the automaton may use; its states are built as they are met, and a page meets few."""

_OPENING = 4
"""Letters of a name looked up to see whether a text may hold it: few other words begin alike."""

_READ_PIECEMEAL = 100_000
"""Code points read before the automaton of all names is built: that takes 0.1 s, as reading so much without it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A listed name at ``[start, end)`` of the text scanned."""

    start: int
    end: int
    outlet: Outlet


@dataclass(frozen=True, slots=True)
class NameScanner:
    """All names, found in one pass."""

    _automata: _Automata = field(repr=False)
    _forms: NameIndex = field(repr=False)

    @classmethod
    def of(cls, names: Iterable[tuple[str, Outlet]]) -> NameScanner:
        """Take in names; of two outlets with one name the first keeps it."""
        forms = NameIndex(tuple((form, outlet) for name, outlet in names for form in (name, _stem(name)) if form))
        return cls(_Automata(forms), forms)

    def mentions(self, text: str) -> Iterator[Mention]:
        """Yield names left to right, the longest at each place, without overlap."""
        pattern = self._automata.reading(text)
        if pattern is None:
            return
        for found in pattern.finditer(text):
            start, end = found.span()
            end = _inflected(text, end)
            if _bounded(text, start, end):
                outlet = self._outlet(text[start : found.end()])
                if outlet is not None:
                    yield Mention(start, end, outlet)

    def _outlet(self, surface: str) -> Outlet | None:
        forms = self._forms.called(name_key(surface))
        return next((outlet for form, outlet in forms if written_as_name(surface, _plain(form))), None)


class _Automata:
    """Automata that find names in a text: one of all names, and before it pays small ones of those a text may hold.

    The one of all names takes long to build; whichever reads a text finds the same.
    """

    def __init__(self, forms: NameIndex) -> None:
        self._forms = forms
        self._read = 0

    def reading(self, text: str) -> Any:  # noqa: ANN401  re2 ships no types
        """Give the automaton to read a text with; ``None`` where it holds no name."""
        self._read += len(text)
        return self._of_all if self._read > _READ_PIECEMEAL else _compiled(self._possible(text))

    @cached_property
    def _of_all(self) -> Any:  # noqa: ANN401  re2 ships no types
        return _compiled(self._surfaces)

    @cached_property
    def _surfaces(self) -> frozenset[str]:
        plain = {_plain(name) for name, _ in self._forms.names if name_key(name)}
        return frozenset(plain | {compose(name).text for name in plain if not name.isascii()})

    @cached_property
    def _openings(self) -> Mapping[str, Sequence[str]]:
        """Names by their first letters in small ones, :data:`_OPENING` of them or as many as there are."""
        found: dict[str, list[str]] = {}
        for surface in self._surfaces:
            found.setdefault(surface.casefold()[:_OPENING], []).append(surface)
        return found

    def _possible(self, text: str) -> set[str]:
        """Give the names whose letters stand in a text; letters that are one to RE2 fold to the same."""
        folded = text.casefold()
        runs = {folded[at : at + size] for size in range(1, _OPENING + 1) for at in range(len(folded))}
        return {
            name for run in runs & self._openings.keys() for name in self._openings[run] if name.casefold() in folded
        }


def _stem(name: str) -> str:
    """Return an Indic name as a case ending finds it, without the sign that closes it; empty where nothing changes."""
    last = name[-1:]
    return name[:-1] + _CHILLUS.get(last, "") if last in _VIRAMAS or last in _CHILLUS else ""


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).replace("’", "'").replace("‘", "'")


def _compiled(surfaces: Collection[str]) -> Any:  # noqa: ANN401  re2 ships no types
    if not surfaces:
        return None
    # Short capitals are matched in their case: "ap" is a syllable of too many words.
    exact = sorted({form for s in surfaces if len(s) <= SHORT_NAME for form in (s, s.upper())})
    folded = sorted(s for s in surfaces if len(s) > SHORT_NAME)
    options = re2.Options()
    options.longest_match = True
    options.max_mem = _MEMORY
    parts = [_alternation(exact, "(?:"), _alternation(folded, "(?i:")]
    return re2.compile("|".join(part for part in parts if part), options)


def _alternation(surfaces: list[str], opening: str) -> str:
    # \b knows ASCII only, so names that begin and end in ASCII get it here and the others are checked afterwards.
    within = [re2.escape(s) for s in surfaces if _joins(s[0]) and _joins(s[-1]) and (s[0] + s[-1]).isascii()]
    others = [re2.escape(s) for s in surfaces if not (_joins(s[0]) and _joins(s[-1]) and (s[0] + s[-1]).isascii())]
    parts = [rf"\b(?:{'|'.join(within)})\b"] if within else []
    parts += ["|".join(others)] if others else []
    return f"{opening}{'|'.join(parts)})" if parts else ""


def _bounded(text: str, start: int, end: int) -> bool:
    return _opens(text, start) and _closes(text, end)


def _opens(text: str, start: int) -> bool:
    if start == 0 or not _joins(text[start]) or not _joins(text[start - 1]):
        return True
    # Arabic and Hebrew write "to", "in", "and" as one letter joined to the name.
    return text[start - 1] in _PROCLITICS and (start == 1 or not _joins(text[start - 2]))


def _closes(text: str, end: int) -> bool:
    if end == len(text) or not _joins(text[end - 1]):
        return True
    ending = _INDIC_ENDING.match(text, end) if _is_indic(text[end]) else None
    end = ending.end() if ending is not None else end
    return end == len(text) or not _joins(text[end])


def _inflected(text: str, end: int) -> int:
    """Return the end of the word when a case ending of a few small letters follows a name of its script."""
    for first, last, small, longest in _INFLECTED_SCRIPTS:
        if first <= text[end - 1] <= last:
            stop = end
            while stop < len(text) and stop - end <= longest and small <= text[stop] <= last:
                stop += 1
            return stop if stop - end <= longest else end
    return end


_INFLECTED_SCRIPTS = (("\u0400", "\u04ff", "а", 2), ("\u0531", "\u0587", "ա", 3))
"""First, last and first small letter of the scripts whose languages join an ending to a name, and the letters of the
longest ending: Cyrillic («Интерфаксу», «Укринформом») and Armenian («Արմենպրեսին», «Արմենպրեսում»)."""
_PROCLITICS = "لبوفكבלהומשכ"
_SPACELESS = 0x0E00  # Thai, Lao, Khmer, CJK, Hangul: words are not set apart, or carry particles


_VIRAMAS = ("\u094d", "\u09cd", "\u0a4d", "\u0acd", "\u0b4d", "\u0bcd", "\u0c4d", "\u0ccd", "\u0d4d", "\u0dca")
"""The signs that a consonant has no vowel after it, in the scripts of South Asia."""
_CHILLUS = {"ൻ": "ന", "ർ": "ര", "ൽ": "ല", "ൾ": "ള", "ൺ": "ണ"}
"""Malayalam letters that close a word, and what they turn into before an ending."""
# Case endings and postpositions written with the name. They stay outside the mention: some of them tell a credit.
_INDIC_ENDING = re.compile(
    "(?:"
    # Marathi, Nepali
    "ने|ला|शी|ची|चे|चा|च्या|चं|कडे|कडून|नुसार|वर|मध्ये|मधील|मधून|तील|साठी|तर्फे|"
    "ले|लाई|का|को|की|कै|मा|बाट|सँग|सङ्ग|संग|सित|द्वारा|मार्फत|"
    # Bengali, Assamese
    "(?:ে|য়ে|য়ে)?র|এর|কে|তে|য়|য়|ে|য়ে|য়ে|ও|ই|ৰ|ৰে|লৈ|ক|ত|"
    # Gujarati, Odia
    "ના|ની|નું|નો|નાં|ને|એ|થી|માં|માંથી|ର|ରୁ|କୁ|ରେ|"
    # Tamil, Telugu, Kannada, Malayalam, Sinhala
    "[யவ]?(?:ின்|ில்|ிடம்|ிடமிருந்து|ிலிருந்து|ிற்கு|ுக்கு|ால்|ுடன்|ை|ும்)|க்கு|க்காக|"
    "[యవ]?(?:ుకు|ుతో|ులో)|కి|కు|తో|లో|ని|ను|నుంచి|"
    "[ಯವನ]?(?:ಿಗೆ|ಿಂದ|ಲ್ಲಿ|ನ್ನು|ು)|[ಯನದ]|ಗೆ|ಕ್ಕೆ|"
    "[യവന]?(?:ോട്|ുടെ|ിൽ|ില്‍|ിനോട്|ിന്റെ|ിന്|െ|ും)|ക്ക്|ന്റെ|നോട്|ട്|"
    "ට|ගේ|යේ|හි|ය|යට|ෙන්|යෙන්"
    ")(?![\u0900-\u0963\u0966-\u0dff])"
)


def _is_indic(char: str) -> bool:
    return "\u0900" <= char <= "\u0dff"


def _joins(char: str) -> bool:
    if _is_indic(char):
        return unicodedata.category(char)[0] in "LMN"
    return char.isalnum() and ord(char) < _SPACELESS
