"""Letters that differ in style only, written plainly: full-width, mathematical, circled and small capital ones.

Each is one code point and stays one, so that no offset moves.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

__all__ = ["FULL_WIDTH", "STYLED", "plain_letters"]

FULL_WIDTH = r"\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
"""Full-width digits and letters. Full-width punctuation is kept: in East Asian text it is punctuation."""

STYLED = r"\u2102\u210a-\u2115\u2119-\u211d\u2124\u2128\u212c-\u2134\u2139\u2145-\u2149\U0001d400-\U0001d7ff"
"""Letters and digits of mathematics: bold, italic, script, Fraktur, double-struck, sans-serif, monospace."""

_ENCLOSED = {0x24B6: 26, 0x24D0: 26, 0x1F130: 26, 0x1F150: 26, 0x1F170: 26}
"""First code points of alphabets in circles and squares, with their number of letters."""
_CIRCLED_SMALL = 0x24D0
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡ", "abcdefghijklmnoprstuvwyzag", strict=True))
"""Small capitals, and two letters of phonetics that look like the common ones."""
_FILLERS = {"\u3164": " ", "\uffa0": " "}
"""Hangul fillers: letters to Unicode, blanks to the eye."""

_PRESENT = re.compile(
    rf"[{FULL_WIDTH}{STYLED}\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
    + "".join((*_SMALL_CAPITALS, *_FILLERS))
    + "]"
)


def plain_letters(text: str) -> str:
    """Write every styled letter or digit plainly; the text keeps its length."""
    return text.translate(_table()) if _PRESENT.search(text) else text


@cache
def _table() -> dict[int, str]:
    styled = re.compile(f"[{FULL_WIDTH}{STYLED}]")
    codes = (*range(0x2100, 0x2150), *range(0xFF10, 0xFF5B), *range(0x1D400, 0x1D800))
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in codes if styled.match(chr(code))}
    for first, count in _ENCLOSED.items():
        opening = "a" if first == _CIRCLED_SMALL else "A"
        table |= {first + number: chr(ord(opening) + number) for number in range(count)}
    table |= {ord(letter): plain for letter, plain in (_SMALL_CAPITALS | _FILLERS).items()}
    return {code: plain for code, plain in table.items() if len(plain) == 1}
