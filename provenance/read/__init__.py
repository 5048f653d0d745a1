"""Bytes in, articles out: files, folders, records and standard input, each an ``Article`` or the reason why not.

Importing this package costs nothing but the standard library: lxml, trafilatura, htmldate, charset-normalizer and
py3langid are imported by the first source that needs them.
"""

from __future__ import annotations

from provenance.read.discovery import STANDARD_INPUT, discover
from provenance.read.own_output import OWN_OUTPUT
from provenance.read.records import read_record, read_text
from provenance.read.registry import READERS, holds_records, read
from provenance.read.source import Reader, ReadOptions, SourceFile

__all__ = [
    "OWN_OUTPUT",
    "READERS",
    "READER_VERSION",
    "STANDARD_INPUT",
    "ReadOptions",
    "Reader",
    "SourceFile",
    "discover",
    "holds_records",
    "read",
    "read_record",
    "read_text",
]

READER_VERSION = "8"
"""Raised whenever the same bytes give another article: what the store kept from an older reader is read again."""
