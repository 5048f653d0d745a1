r"""Contract objects as JSON text: one document, or one line an object.

Keys keep the order the contract gives them and numbers their shortest exact form, so that equal findings are equal
bytes. Characters that would break a line, steer a terminal or have no UTF-8 form are escaped (``\u202e``), which
every JSON reader undoes: nothing is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

__all__ = ["JsonObject", "json_document", "json_document_lines", "json_line"]

JsonObject = Mapping[str, object]
"""One object of the contract: names to strings, numbers, booleans, ``None``, sequences and further objects."""

_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Everything ``json`` leaves as it is that a line reader splits at, a terminal obeys or UTF-8 cannot hold."""


def json_line(value: JsonObject) -> str:
    """Return ``value`` on one line, without its line break.

    Raises:
        ValueError: a number is not finite; JSON has no form for it.
    """
    return _escaped(json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def json_document(value: JsonObject | Sequence[JsonObject]) -> str:
    """Return ``value`` indented for reading, without a line break at its end.

    Raises:
        ValueError: a number is not finite; JSON has no form for it.
    """
    return _escaped(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2))


def json_document_lines(value: JsonObject) -> Iterator[str]:
    """Yield what :func:`json_document` returns in pieces, each without its line break.

    Lists may be given as iterators; one entry of them is taken at a time. The object is not empty.

    Raises:
        ValueError: a number is not finite; JSON has no form for it.
    """
    held = "{"
    comma = ""
    for name, part in value.items():
        yield held + comma
        comma = ","
        opening = f"  {json.dumps(name)}: "
        if not isinstance(part, Iterator):
            held = opening + _indented(part, 2)
            continue
        entries = map(_indented_entry, part)
        first = next(entries, None)
        if first is None:
            held = opening + "[]"
            continue
        yield opening + "["
        for following in entries:
            yield first + ","
            first = following
        yield first
        held = "  ]"
    yield held
    yield "}"


def _indented_entry(value: object) -> str:
    return "    " + _indented(value, 4)


def _indented(value: object, columns: int) -> str:
    """Write a value as it stands inside a document, so many columns from the left but for its first line."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)
    return _escaped(text).replace("\n", "\n" + " " * columns)


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
