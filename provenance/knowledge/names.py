"""How the name of an outlet is written, and when two writings are one name.

A *key* is a name without what varies from page to page: case, width, accents, punctuation, spaces. "Al-Jazeera",
"AL JAZEERA" and "Al Jazeera" share one; "Agência Brasil" and "Agencia Brasil" too. Marks that are letters of their
script (Devanagari vowel signs, for one) stay.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = [
    "SHORT_NAME",
    "bare_words",
    "identity_key",
    "is_inflected",
    "name_key",
    "name_words",
    "stem_key",
    "written_as_name",
]

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
        "τον",
        "την",
        "τη",
        "אתר",
    ]
)
_LEGAL_FORMS = frozenset(
    ["inc", "llc", "ltd", "limited", "gmbh", "corp", "corporation", "ag", "plc", "pty", "bv", "spa", "srl", "sa", "kg"]
)
_ACCENTS = range(0x0300, 0x0370)
_HEBREW_POINTS = range(0x0591, 0x05C8)
_ARABIC_MARKS = (*range(0x064B, 0x0653), 0x0640, 0x0670)
_DROPPED = dict.fromkeys([*_ACCENTS, *_HEBREW_POINTS, *_ARABIC_MARKS])
# One letter, several code points: Arabic, Persian and Urdu keyboards differ in alef, yeh, kaf and heh.
_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ۀ": "ه", "ё": "е"}
)


_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
"""What the folding below comes to for most names, in one step."""
_ASCII_KEY = {code: folded.strip() for code, folded in _ASCII.items()}


def _kept(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"


@lru_cache(maxsize=1 << 16)
def name_words(name: str) -> tuple[str, ...]:
    """Split a name into folded words; empty when it holds no letter or digit."""
    if name.isascii():
        return tuple(name.translate(_ASCII).split())
    folded = unicodedata.normalize("NFKD", name).casefold()
    folded = unicodedata.normalize("NFKD", folded).translate(_DROPPED)
    folded = unicodedata.normalize("NFKC", folded).translate(_LETTERS)
    words = folded.split()
    if not all(map(str.isalnum, words)):
        words = "".join(char if _kept(char) else " " for char in folded).split()
    return tuple(words)


def name_key(name: str) -> str:
    """Return what every writing of one name has in common; empty when the name holds no letter or digit."""
    return name.translate(_ASCII_KEY) if name.isascii() else "".join(name_words(name))


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


_THE = re.compile(r"the(?!at(?:er|re)|olog|or[iy]|rap|rm|sis|irs|rs)(?=.{6})")
"""The English article at the start of a key, not the beginning of another word (theatre, theology, therapy)."""


def identity_key(name: str) -> str:
    """Return what the name of an outlet and the label of its domain have in common: "The Larch Post", "larch-post".

    An English article is left out; others stay, as domains keep them ("lavoz", "ilpost"). A name with a legal form is
    a company's, which no domain spells out: its words are joined with hyphens.
    """
    words = name_words(name)
    if len(words) > 1 and words[-1] in _LEGAL_FORMS:
        return "-".join(words)
    key = "".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
    return _THE.sub("", key, count=1) if len(words) == 1 else key


_STEM = 4
"""Letters two inflected forms of one word must share at its start; shorter words must be equal."""
_SUFFIX = 4
"""Letters a case ending may add to a whole word (Finnish "-issa", Hungarian "-ban")."""
_ENDING = 2
"""Letters at the end of a word that a case may change; one more where a name has several words to agree on."""


def stem_key(name: str) -> str:
    """Return what every inflected form of a name begins with, for finding the listed names it may be a form of."""
    words = name_words(name)
    return f"{len(words)} {words[0][: _STEM - 1]}" if words else ""


def is_inflected(name: str, form: str) -> bool:
    """Say whether ``name`` may be a case of the listed name ``form``: "Gazecie Wyborczej", "Helsingin Sanomissa".

    Coarse: for the name a credit line gives in an inflecting language, never for running text.
    """
    words, listed = name_words(name), name_words(form)
    if form.isupper() and len(name) - len(form) > _ENDING and not name.startswith(form):
        return False  # "Ansamblis" is no case of "ANSA"
    ending = _ENDING + (len(listed) > 1)
    return len(words) == len(listed) and all(_is_case(*pair, ending) for pair in zip(words, listed, strict=True))


def _is_case(word: str, listed: str, ending: int) -> bool:
    if word == listed:
        return True
    if len(listed) >= _STEM and word.startswith(listed):
        return len(word) - len(listed) <= _SUFFIX
    pairs = enumerate(zip(word, listed, strict=False))
    shared = next((at for at, pair in pairs if pair[0] != pair[1]), min(len(word), len(listed)))
    return shared >= _STEM - (ending > _ENDING) and max(len(word), len(listed)) - shared <= ending
