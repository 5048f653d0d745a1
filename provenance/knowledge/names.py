"""How the name of an outlet is written, and when two writings are one name.

A *key* is a name without what varies from page to page: case, width, accents, punctuation, spaces. "Al-Jazeera",
"AL JAZEERA" and "Al Jazeera" share one; "Agência Brasil" and "Agencia Brasil" too. Marks that are letters of their
script (Devanagari vowel signs, for one) stay.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["SHORT_NAME", "bare_words", "name_key", "name_words", "slug", "written_as_name"]

SHORT_NAME = 5
"""Code points. A Latin name up to this length is often a common word or another abbreviation (AP, DPA, Time), so it
counts only when written as the outlet writes it."""

_ARTICLES = frozenset(
    [
        "the",
        "le",
        "la",
        "les",
        "l",
        "el",
        "los",
        "las",
        "il",
        "lo",
        "gli",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "de",
        "het",
        "o",
        "a",
        "os",
        "as",
        "a",
        "an",
        "η",
        "ο",
        "το",
        "η",
        "του",
        "της",
    ]
)
_LEGAL_FORMS = frozenset(
    ["inc", "llc", "ltd", "limited", "gmbh", "corp", "corporation", "ag", "plc", "pty", "bv", "spa", "srl", "sa", "kg"]
)
_ACCENTS = range(0x0300, 0x0370)
_HEBREW_POINTS = range(0x0591, 0x05C8)
_ARABIC_MARKS = range(0x064B, 0x0653)
# One letter, several code points: Arabic, Persian and Urdu keyboards differ in alef, yeh, kaf and heh.
_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ۀ": "ه", "ё": "е"}
)


def _dropped(char: str) -> bool:
    code = ord(char)
    return code in _ACCENTS or code in _HEBREW_POINTS or code in _ARABIC_MARKS or code in (0x0640, 0x0670)


def _kept(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"


@lru_cache(maxsize=1 << 16)
def name_words(name: str) -> tuple[str, ...]:
    """Split a name into folded words; empty when it holds no letter or digit."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    folded = "".join(char for char in unicodedata.normalize("NFKD", folded) if not _dropped(char))
    folded = unicodedata.normalize("NFKC", folded).translate(_LETTERS)
    return tuple("".join(char if _kept(char) else " " for char in folded).split())


def name_key(name: str) -> str:
    """Return what every writing of one name has in common; empty when the name holds no letter or digit."""
    return "".join(name_words(name))


def bare_words(name: str) -> tuple[str, ...]:
    """Return a name's words without its leading article and trailing legal form ("the Guardian", "Dow Jones Inc.")."""
    words = name_words(name)
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words = words[:-1]
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return words


def written_as_name(surface: str, form: str) -> bool:
    """Say whether ``surface`` may stand for the name ``form``, given that their keys are equal.

    A short Latin name must be written as listed or in capitals; any other cased name needs its capital.
    """
    surface, form = unicodedata.normalize("NFKC", surface), unicodedata.normalize("NFKC", form)
    if surface == form:
        return True
    letters = [char for char in form if char.isalpha()]
    if not letters or not letters[0].isascii():
        return True
    if len(letters) <= SHORT_NAME and " " not in form.strip():
        return surface.isupper() or surface.replace(".", "").replace(" ", "") == form
    return not _core(form)[:1].isupper() or _core(surface)[:1].isupper()


def _core(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first.casefold() in _ARTICLES else name


def slug(name: str) -> str:
    """Make an identifier of a name in its own script: words joined with hyphens."""
    words = name_words(name)
    return "-".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)
