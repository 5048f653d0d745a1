"""JSON as pages hold it: what browsers and search engines never complain of, read without losing who says what.

Comments, trailing and missing commas, single quotes, line breaks and bare quotation marks inside strings, an end that
is missing: all of these stand in JSON-LD that search engines read happily. Time grows with the length of the text.
"""

from __future__ import annotations

import json
import re

__all__ = ["read_leniently"]

_DEEPEST = 60  # objects within objects; the deepest in use have a dozen
_FILLING = re.compile(r"(?:[\s,;\ufeff]|//[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)*+")
"""What may stand between two values: blanks, commas and comments."""
_BLANKS = re.compile(r"\s*+")
_BARE = re.compile(r"[^\s,:{}\[\]\"']{1,100}+")
_AFTER_COMMA = re.compile(r"\s*+(?:[\"'{\[}\]/-]|\d|true|false|null|[A-Za-z_]\w{0,40}+\s{0,9}+:|$)")
_ESCAPES = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def read_leniently(text: str) -> object:
    """Read the first value of a text; an object or list that breaks off is given as far as it goes, ``None`` if not."""
    return _Reading(text).value(0)


class _Reading:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def value(self, depth: int) -> object:
        """Read a value and stand behind it."""
        self._pass_filling()
        sign = self.text[self.at : self.at + 1]
        if sign in {"{", "["} and depth < _DEEPEST:
            self.at += 1
            return self._object(depth) if sign == "{" else self._list(depth)
        if sign in {'"', "'"}:
            return self._string(sign)
        return self._bare()

    def _pass_filling(self) -> None:
        found = _FILLING.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _ends(self, sign: str) -> bool:
        self._pass_filling()
        if self.at >= len(self.text):
            return True
        if self.text[self.at] == sign:
            self.at += 1
            return True
        return False

    def _object(self, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        while not self._ends("}"):
            before = self.at
            key = self._string(self.text[self.at]) if self.text[self.at] in "\"'" else self._bare()
            blanks = _BLANKS.match(self.text, self.at)
            colon = blanks.end() if blanks else self.at
            if self.text[colon : colon + 1] == ":":
                self.at = colon + 1
                found[str(key)] = self.value(depth + 1)
            self.at = max(self.at, before + 1)
        return found

    def _list(self, depth: int) -> list[object]:
        found: list[object] = []
        while not self._ends("]"):
            before = self.at
            found.append(self.value(depth + 1))
            self.at = max(self.at, before + 1)
        return found

    def _bare(self) -> object:
        found = _BARE.match(self.text, self.at)
        if found is None:
            return None
        self.at = found.end()
        try:
            return json.loads(found[0])
        except (ValueError, RecursionError):
            return found[0]

    def _string(self, quote: str) -> str:
        start = end = self.at + 1
        while (end := self.text.find(quote, end)) >= 0 and not self._closes(start, end):
            end += 1
        end = len(self.text) if end < 0 else end
        self.at = end + 1
        return _paired(_ESCAPES.sub(_unescaped, self.text[start:end]))

    def _closes(self, start: int, end: int) -> bool:
        """Say whether a quotation mark ends its string: what follows could follow a value."""
        before = end
        while before > start and self.text[before - 1] == "\\":
            before -= 1
        if (end - before) % 2:
            return False
        blanks = _BLANKS.match(self.text, end + 1)
        after = blanks.end() if blanks else end + 1
        sign = self.text[after : after + 1]
        if sign == ",":
            return _AFTER_COMMA.match(self.text, after + 1) is not None
        return sign in {":", "}", "]", "", "\n"} or self.text.startswith(("//", "/*"), after)


def _unescaped(found: re.Match[str]) -> str:
    written = found[1]
    if len(written) > 1:
        return chr(int(written[1:], 16))
    return _CONTROLS.get(written, written)


def _paired(text: str) -> str:
    """Join the halves in which JSON writes characters beyond U+FFFF; a half without its other is replaced."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
