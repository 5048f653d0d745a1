"""Article text made safe to print: what a terminal would obey or hide is shown instead.

A headline may hold an escape sequence that clears the screen, an override that reverses the line, or a carriage
return that overwrites what stands before it. None of these is removed, for a fact-checker should see that they are
there; each is replaced by something visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["NAME_LENGTH", "handle", "name_line", "one_line", "printable", "printable_runs", "shortened"]

_CONTROL_PICTURES = 0x2400
"""Start of Unicode's pictures of the C0 controls: U+241B pictures U+001B."""

_DELETE_PICTURE = "\u2421"

_OBEYED_OR_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f"  # C0 controls but tab and newline
    "\x7f-\x9f"  # delete and the C1 controls, which some terminals obey as escapes
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks, embeddings, overrides and isolates of direction
    "\u2028\u2029"  # line and paragraph separators
    "\ufff9-\ufffb"  # interlinear annotation
    "\U000e0000-\U000e007f"  # tags, which spell invisible text
    "\ud800-\udfff"  # lone surrogates, which no encoding can print
    "]"
)

_SHOWN_OTHERWISE = re.compile(rf"\r\n|\t|{_OBEYED_OR_HIDDEN.pattern}")

_WHITESPACE = re.compile(r"\s+")

HANDLE_DIGITS = 12
"""Hexadecimal digits of an id that are shown: 48 bits, so two of a million articles agree with odds of 1 in 500."""


NAME_LENGTH = 200
"""Code points of a title or a name that are shown, five lines of a narrow terminal; no title in 260 labelled articles
reaches 250, so what is longer is a page gone wrong, or bait."""


def printable(text: str) -> str:
    """Return ``text`` with every character that a terminal would obey or hide made visible; newlines are kept.

    C0 controls become their Unicode picture (``␛``), others their code point (``⟨U+202E⟩``), a tab four spaces.
    Windows line ends count as newlines.
    """
    return _OBEYED_OR_HIDDEN.sub(_visible, text.replace("\r\n", "\n").replace("\t", "    "))


def printable_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each place that :func:`printable` shows otherwise, in order: its beginning, its end, what is shown."""
    for found in _SHOWN_OTHERWISE.finditer(text):
        yield *found.span(), printable(found.group())


def _visible(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code == 0x7F:  # noqa: PLR2004  the code point of DELETE
        return _DELETE_PICTURE
    if code < 0x20:  # noqa: PLR2004  the code point of SPACE, after which no C0 control stands
        return chr(_CONTROL_PICTURES + code)
    return f"⟨U+{code:04X}⟩"


def one_line(text: str) -> str:
    """Return ``text`` printable and on one line: every run of whitespace becomes one space, none at the ends."""
    return printable(_WHITESPACE.sub(" ", text).strip())


def handle(identifier: str) -> str:
    """Return an article's id as ``show`` takes it: ``sha256:`` and twelve digits, or the record's own id."""
    scheme, colon, digits = identifier.partition(":")
    if scheme == "sha256" and colon:
        return f"sha256:{one_line(digits[:HANDLE_DIGITS])}"
    return one_line(identifier)


def name_line(text: str) -> str:
    """Return a title or a name on one line, of at most :data:`NAME_LENGTH` code points."""
    return shortened(one_line(text), NAME_LENGTH)


def shortened(text: str, most: int) -> str:
    """Return ``text`` cut to at most so many characters, where possible between words, with an ellipsis."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    at_word = kept.rpartition(" ")[0]
    return (at_word if len(at_word) >= most // 2 else kept).rstrip(" …") + "…"
