"""Text in wide characters without the mark that says so, told from other encodings and from what is no text.

Letters of most alphabets have a byte below 32 at every other place in UTF-16, and Chinese has bytes of any value: to
look at bytes tells neither from a picture or a program. What is told here is whether they *read* as a text: every code
point is one that Unicode knows, nearly all letters are of one script, and there are signs between the words. Numbers
that happen to be letters of one script have no full stops among them.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter
from functools import lru_cache
from operator import itemgetter
from typing import Final

__all__ = ["wide_by_nulls", "wide_by_reading"]

_LOOKED_AT: Final = 8192  # bytes
_WIDE_NULS: Final = 0.3  # share of NULs at every other byte; ASCII in UTF-16 has nearly 0.5 of all bytes
_WIDER_NULS: Final = 0.65  # share of NULs; ASCII in UTF-32 has 0.75
_ENCODINGS: Final = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_FEWEST: Final = 16
"""Code points from which a text is told; of fewer, a piece of a program may read as one."""
_LETTERS: Final = 0.55
"""Share of letters and marks from which something is a text; pages in the wordiest markup have 0.6."""
_BETWEEN: Final = 0.01
"""Share of punctuation, blanks and line ends from which something is a text; Chinese has some 0.1, and Thai, which has
blanks between sentences only, 0.013."""
_FOREIGN: Final = 0.05
"""Share of letters that are neither of the script of the text nor ASCII, up to which it is one text."""
_EAST_ASIAN: Final = frozenset(
    {"CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "HALFWIDTH", "KATAKANA-HIRAGANA", "BOPOMOFO"}
)
"""How the names of characters begin that stand in one text together."""
_IDEOGRAPHS: Final = ("\u4e00", "\u9fff")
"""The block of those in use; the other seven are of dictionaries, and ASCII read as UTF-16 is half of their letters."""
_BLANKS: Final = "\t\n\r \u3000"
_COMMON_SIGNS: Final = frozenset(
    sign
    for first, last in ((0x21, 0x7E), (0xA1, 0xBF), (0x2010, 0x201F), (0x3001, 0x303F), (0xFF01, 0xFF65))
    for sign in map(chr, range(first, last + 1))
    if unicodedata.category(sign)[0] == "P"
)
"""Punctuation that texts in many scripts have; other marks belong to one, and daggers are two blanks in ASCII."""
_NEUTRAL: Final = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2022\u2026\ufeff"
"""Signs without width, the dot of a list and the ellipsis; what else is neither letter nor punctuation is odd."""
_NEVER_MAIN: Final = frozenset({"odd", "LATIN"})
"""Letters beyond ASCII that make up no text by themselves."""
_ASCII: Final = 0.8
"""Share of printable ASCII among the bytes from which something is not wide: of a text in ASCII it is nearly all, whose
pairs of letters are ideographs in UTF-16; of one in Chinese a half."""
_PRINTABLE: Final = bytes(range(0x20, 0x7F))


def wide_by_nulls(content: bytes) -> str | None:
    """Give the name of the encoding that has NULs beside ASCII as these bytes have; ``None`` when they have not."""
    head = content[:_LOOKED_AT]
    nulls = head.count(0)
    for encoding, own in (("utf-32-le", 0), ("utf-32-be", 3)):
        if nulls > _WIDER_NULS * len(head) and not head[own::4].count(0):
            return encoding
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if nulls > _WIDE_NULS * len(head) and not head[1 - first :: 2].count(0):
            return encoding
    return None


def wide_by_reading(content: bytes) -> str | None:
    """Give the name of the encoding in which bytes read as a text; ``None`` when they do in none.

    It is asked of bytes that are no text in UTF-8: of the pairs of letters of some that are, it would be wrong.
    """
    head = content[:_LOOKED_AT]
    if len(head.translate(None, _PRINTABLE)) < (1 - _ASCII) * len(head):
        return None
    return next((encoding for encoding in _ENCODINGS if _reads(head, encoding)), None)


def _reads(head: bytes, encoding: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)  # whose last character may be cut in two
    except UnicodeDecodeError:
        return False
    return len(text) >= _FEWEST and _is_text(text)


def _is_text(text: str) -> bool:
    kinds: Counter[str] = Counter()
    for sign, count in Counter(text).items():
        kinds[_kind(sign)] += count
    if kinds.pop("", 0):
        return False
    between, ascii_letters, _ = kinds.pop("between", 0), kinds.pop("ascii", 0), kinds.pop("other", 0)
    letters = kinds.total()
    main, count = max(
        ((kind, kinds[kind]) for kind in kinds if kind not in _NEVER_MAIN), key=itemgetter(1), default=("", 0)
    )
    return (
        letters + ascii_letters >= _LETTERS * len(text)
        and between >= _BETWEEN * len(text)
        and letters - count <= _FOREIGN * letters
        and (main == "Han" or any(map(str.isspace, text)))  # all others have blanks, and Chinese in GBK reads as Korean
    )


@lru_cache(maxsize=1 << 14)
def _kind(sign: str) -> str:
    """Say what a code point is to a text: its script for a letter, and nothing for what no text has."""
    category = unicodedata.category(sign)
    if category in {"Cc", "Cn", "Co", "Cs"} and sign not in _BLANKS:
        return ""
    if sign in _BLANKS or sign in _COMMON_SIGNS:
        return "between"
    if sign.isascii() or sign in _NEUTRAL or category in {"Nd", "Zs"}:
        return "ascii" if category[0] == "L" else "other"
    script = unicodedata.name(sign, "").partition(" ")[0] if category[0] in "LMP" else "odd"
    if script == "CJK":
        return "Han" if _IDEOGRAPHS[0] <= sign <= _IDEOGRAPHS[1] else "odd"
    if script == "FULLWIDTH":
        return "ascii"
    return "Han" if script in _EAST_ASIAN else "other" if script == "COMBINING" else script
