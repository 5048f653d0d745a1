"""Why something was not read, in words for whoever sent it in: what is wrong with it and what would help.

A parser's own complaint names a class, an offset or a piece of the file; none of that is of use to a reader of reports,
and the file is a stranger's. It goes to the log, where ``-vv`` shows it.
"""

from __future__ import annotations

import json
import logging
import zlib
from typing import Final

__all__ = [
    "CHANGED",
    "EMPTY",
    "NOT_TEXT",
    "NO_FILE",
    "NO_TEXT",
    "RefusedError",
    "damaged_compression",
    "given_up",
    "not_json",
    "noted",
    "too_large",
    "unpacks_to_more",
]

EMPTY: Final = "empty"
NO_TEXT: Final = "holds no text"
NOT_TEXT: Final = "binary, not text"
CHANGED: Final = "changed while it was read; audit it again when nothing writes to it"
NO_FILE: Final = "not a regular file (device, pipe or socket)"


class RefusedError(Exception):
    """A source, or the rest of it, is not read: it is too large, too deep or no text. The message is for the user."""


_FAULTS = {
    "Unterminated string starting at": "a string does not end",
    "Invalid control character at": "a string holds a line break or another control character",
    "Expecting value": "a value is missing",
    "Expecting ',' delimiter": "a comma is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name enclosed in double quotes": "a name in double quotation marks is missing",
    "Illegal trailing comma before end of object": "a comma stands before a closing bracket",
    "Illegal trailing comma before end of array": "a comma stands before a closing bracket",
    "Extra data": "something follows after the end",
    "Invalid \\escape": "a backslash stands before a sign it does not belong to",
    "Invalid \\uXXXX escape": "a backslash stands before a sign it does not belong to",
}
"""What Python's reader of JSON says, in words."""


def too_large(limit: int) -> str:
    """Say that something is larger than the limit in bytes, and which option raises it."""
    return f"larger than the limit of {limit:,} {'byte' if limit == 1 else 'bytes'}; --max-bytes raises it"


def unpacks_to_more(limit: int) -> str:
    """Say that something compressed holds more than ``limit`` bytes."""
    return f"unpacks to more than {limit:,} bytes; the rest was not read"


def not_json(error: ValueError | RecursionError) -> str:
    """Say what keeps a text from being JSON, and where."""
    if isinstance(error, json.JSONDecodeError):
        fault = _FAULTS.get(error.msg, error.msg[:1].lower() + error.msg[1:])
        return f"not JSON: {fault} (line {error.lineno:,}, character {error.colno:,})"
    if isinstance(error, RecursionError):
        return "JSON nested deeper than this program follows"
    return "JSON with a number of more digits than this program holds"  # Python stops at some thousands


def damaged_compression(error: Exception) -> str:
    """Say what is wrong with compressed bytes."""
    noted(error)
    fault = "it breaks off" if isinstance(error, EOFError) else "its bytes are not what was packed"
    return f"damaged compression: {fault}; fetch or copy the file again"


def given_up(error: Exception) -> str:
    """Say that a parser failed on its input in a way nobody foresaw.

    Raises:
        MemoryError: there was not enough memory: it is given on to whoever set a limit, and knows what it is.
    """
    noted(error)
    match error:
        case RecursionError():
            return "nested deeper than this program follows"
        case MemoryError():
            raise error
        case json.JSONDecodeError():
            return not_json(error)
        case EOFError() | zlib.error():
            return damaged_compression(error)
        case _:
            return "damaged, or not what its name says; open it in the program it is from and save it again"


def noted(error: Exception) -> None:
    """Keep what a parser said for whoever looks into the matter."""
    logging.getLogger(__name__).debug("not read: %s: %s", type(error).__name__, str(error)[:300])
