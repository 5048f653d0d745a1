"""Files of records: JSON lines and CSV, read one record at a time.

A record is called after its id, or else after the line it begins on; what is said of a line names it as one.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from provenance.model import Article, Unreadable
from provenance.read.decoding import decode
from provenance.read.json_values import json_value
from provenance.read.reasons import EMPTY, NOT_TEXT, not_json, too_large
from provenance.read.records import FIELDS, TEXT_FIELDS, read_record, record_id
from provenance.read.source import ReadOptions, SourceFile
from provenance.read.stream import RefusedError, lines

__all__ = ["MAX_COLUMNS", "Csv", "JsonLines"]

_BOM = "\ufeff"
_DELIMITERS = ",;\t"
MAX_COLUMNS = 10_000
"""Columns of a table; spreadsheets stop at 16,384, and tables of articles have some dozens."""
_NO_TEXT_COLUMN = "the first line names no column text, html or content"
_NO_ROWS = "names its columns, and no row follows"
_NOT_CSV = "not CSV: its quotation marks or its line ends do not fit"


class JsonLines:
    """One JSON object a line. A line that is not one costs itself only."""

    name = "jsonl"
    suffixes = frozenset({".jsonl", ".ndjson"})

    def read(self, source: SourceFile, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Unreadable]:
        """Read the records in order; blank lines are passed over."""
        met = False
        for number, line in enumerate(lines(stream, options.max_bytes), start=1):
            place = f"{source.source}#{number}"
            met = met or line is None or not line.isspace()
            if line is None:
                yield Unreadable(place, f"line {number:,} is {too_large(options.max_bytes)}")
                continue
            if line.strip():
                record = _parsed(line, place, number)
                yield record if isinstance(record, Unreadable) else _article(record, source, number, options)
        if not met:
            yield Unreadable(source.source, EMPTY)


def _parsed(line: bytes, place: str, number: int) -> dict[str, object] | Unreadable:
    decoded = decode(line)
    if decoded is None:
        return Unreadable(place, f"line {number:,} is {NOT_TEXT}")
    try:
        record = json_value(decoded.text.removeprefix(_BOM).strip())
    except RefusedError as error:
        return Unreadable(place, str(error))
    except (RecursionError, ValueError) as error:
        if isinstance(error, json.JSONDecodeError):
            error.lineno = number  # of the file, not of the record
        return Unreadable(place, not_json(error))
    if not isinstance(record, dict):
        return Unreadable(place, f"line {number:,} is not a JSON object")
    return record


def _article(
    record: Mapping[str, object], source: SourceFile, number: int, options: ReadOptions
) -> Article | Unreadable:
    place = f"{source.source}#{record_id(record) or number}"
    return read_record(record, source=place, name=source.name, options=options)


class Csv:
    """One record a row under a line of column names; commas, semicolons or tabs, whichever the first line has most."""

    name = "csv"
    suffixes = frozenset({".csv", ".tsv"})

    def read(self, source: SourceFile, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Unreadable]:
        """Read the rows in order; a row is called after the line it begins on."""
        text = _text_lines(stream, options.max_bytes)
        header = next(text, "")
        if not header.strip():
            yield Unreadable(source.source, EMPTY)
            return
        delimiter = max(_DELIMITERS, key=header.count)
        if header.count(delimiter) >= MAX_COLUMNS:
            yield Unreadable(source.source, f"more than {MAX_COLUMNS:,} columns")
            return
        # The module's limit is one for the whole process, and 128 KiB at first: it is only ever raised.
        csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
        try:
            columns = [_column(name) for name in next(csv.reader([header], delimiter=delimiter), [])]
        except csv.Error:
            yield Unreadable(source.source, _NOT_CSV)
            return
        if not TEXT_FIELDS.intersection(columns):
            yield Unreadable(source.source, _NO_TEXT_COLUMN)
            return
        yield from _rows(source, text, delimiter, columns, options)


def _column(name: str) -> str:
    """Forgive spreadsheets their capitals in the names that mean something."""
    stripped = name.strip()
    return stripped.lower() if stripped.lower() in FIELDS else stripped


def _rows(
    source: SourceFile, text: Iterator[str], delimiter: str, columns: list[str], options: ReadOptions
) -> Iterator[Article | Unreadable]:
    lines_of_row = _Row(text, options.max_bytes)
    rows = csv.reader(lines_of_row, delimiter=delimiter)
    first = 2  # the line after the column names
    met = False
    try:
        for row in rows:
            lines_of_row.begin()
            if any(field.strip() for field in row):
                met = True
                record = {column: field for column, field in zip(columns, row, strict=False) if column}
                yield (found := _article(record, source, first, options))
                yield from _left_out(found, first, row[len(columns) :])
            first = rows.line_num + 2
    except csv.Error:
        yield Unreadable(f"{source.source}#{first}", f"line {first:,} is {_NOT_CSV}; the rest was not read")
        return
    if not met:
        yield Unreadable(source.source, _NO_ROWS)


def _left_out(found: Article | Unreadable, line: int, beyond: Sequence[str]) -> Iterator[Unreadable]:
    """List the cells of a row that no column has a name for: as a rule the end of a text with a comma in it."""
    count = sum(bool(cell.strip()) for cell in beyond)
    if count:
        cells = "cell" if count == 1 else "cells"
        reason = f"the row in line {line:,} has {count:,} more {cells} than the first line has names, left out"
        yield Unreadable(found.source, f"{reason}; a cell with a comma in it needs quotation marks")


class _Row:
    """The lines of one row after the other; a text in quotation marks may have many, and a bomb has no end of them."""

    def __init__(self, text: Iterator[str], limit: int) -> None:
        self._text = text
        self._limit = limit
        self._left = limit

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._text)
        self._left -= len(line)
        if self._left < 0:
            raise RefusedError(f"a row that is {too_large(self._limit)}; the rest was not read")
        return line

    def begin(self) -> None:
        """Say that a row is over."""
        self._left = self._limit


def _text_lines(stream: BinaryIO, limit: int) -> Iterator[str]:
    for number, line in enumerate(lines(stream, limit)):
        if line is None:
            raise RefusedError(f"line {number + 1:,} is {too_large(limit)}; the rest was not read")
        decoded = decode(line)
        if decoded is None:
            raise RefusedError(f"line {number + 1:,} is {NOT_TEXT}; the rest was not read")
        yield decoded.text.removeprefix(_BOM) if number == 0 else decoded.text
