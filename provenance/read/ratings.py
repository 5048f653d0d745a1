"""Lists of domain ratings in CSV files: one rating after the other, a bad row as a result of its own.

A list is read whole, so that its encoding is guessed from all of it, and within a limit. Cells are data: a value is
kept as the list writes it.
"""

from __future__ import annotations

import csv
import io
import math
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from provenance.errors import InputError, UsageError
from provenance.knowledge.hosts import host_of, unwrapped
from provenance.knowledge.rating_layouts import RatingColumns, RatingLayout, bare, fitting_layout
from provenance.model import Rating, Unreadable
from provenance.read.decoding import decode, is_binary
from provenance.read.source import MEBIBYTE, SourceFile
from provenance.read.stream import RefusedError, open_source, whole

__all__ = ["MAX_LIST_BYTES", "MAX_VALUE", "RatingDefaults", "read_ratings"]

MAX_LIST_BYTES: Final = 256 * MEBIBYTE
"""Most of a list that is held, decompressed. The largest published ones have some megabytes."""

MAX_VALUE: Final = 200
"""Code points of a rating, of the name of its list or of a date: a number, a word or a few. A longer cell is the text
of some other column."""

MAX_LICENCE: Final = 1_000
"""Code points of a licence: its name, perhaps with an address and a sentence."""

_SHOWN: Final = 60
"""Code points of a cell that a message quotes."""

_DELIMITERS: Final = ",;\t"
_BLANK: Final = frozenset({"", "na", "n/a", "nan", "null"})
"""What programs write into a cell that has no value."""

_YES: Final = frozenset({"yes", "y", "true", "t", "1"})
_NO: Final = frozenset({"no", "n", "false", "f", "0"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingDefaults:
    """What the user says of a list where its rows do not; empty for nothing."""

    list_name: str = ""
    list_date: str = ""
    licence: str = ""


def read_ratings(
    source: SourceFile, layouts: Sequence[RatingLayout], defaults: RatingDefaults | None = None
) -> Iterator[Rating | Unreadable]:
    """Read a list, in its order.

    Args:
        source: the file, possibly compressed with gzip, or standard input.
        layouts: what its columns may be; the layout that recognises most of them is taken.
        defaults: what to take where rows say nothing.

    Raises:
        InputError: the file cannot be read at all.
        NotFoundError: no layout has its columns.
        UsageError: nothing says which list it is, or ``defaults`` name one list for a file of several.
    """
    rows = _rows(source)
    header = next(rows, (1, []))[1]
    if not any(header):
        raise InputError(f"{source.source} is empty", hint="Name a CSV file with its column names in the first line.")
    layout = fitting_layout(layouts, header)
    places: dict[str, int] = {}
    for place, column in enumerate(header):
        places.setdefault(bare(column), place)
    yield from _Reading(source.source, layout, places, len(header), defaults or RatingDefaults()).ratings(rows)


def _rows(source: SourceFile) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, each with the number of the line it begins on."""
    text = _text(source)
    head = text[: text.find("\n") + 1] or text
    delimiter = max(_DELIMITERS, key=head.count)
    # The module's limit is one for the whole process, and 128 KiB at first: it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LIST_BYTES))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield line, row
        line = reader.line_num + 1


def _text(source: SourceFile) -> str:
    try:
        with open_source(source) as stream:
            content = whole(stream, MAX_LIST_BYTES)
    except (OSError, EOFError, zlib.error, RefusedError) as error:
        raise InputError(
            f"{source.source} cannot be read: {getattr(error, 'strerror', None) or error}",
            hint="Name a CSV file, compressed with gzip or not.",
        ) from error
    decoded = decode(content)
    if decoded is None or is_binary(decoded.text):
        raise InputError(f"{source.source} is binary, not text", hint="Save the list as CSV and import that.")
    return decoded.text


class _Reading:
    """Reads the rows of one file, remembering which domains it has rated."""

    def __init__(
        self, name: str, layout: RatingLayout, places: Mapping[str, int], width: int, defaults: RatingDefaults
    ) -> None:
        self._name = name
        self._layout = layout
        self._places = places
        self._width = width
        self._defaults = defaults
        self._kinds = [kind for kind in layout.ratings if not kind.optional or self._has(kind.value)]
        self._told: dict[tuple[str, str, str], tuple[str, int]] = {}
        if defaults.list_name and len(self._kinds) > 1:
            raise UsageError(
                f"a file of the layout {layout.id} holds {len(self._kinds)} lists, which --list cannot name",
                hint="Leave --list out: each has a name of its own.",
            )

    def _has(self, columns: Sequence[str]) -> bool:
        return all(column in self._places for column in columns)

    def ratings(self, rows: Iterator[tuple[int, list[str]]]) -> Iterator[Rating | Unreadable]:
        for line, row in rows:
            if self._is_repeated(row):
                continue
            try:
                yield from self._new(self._rated(row), line)
            except _BadRowError as error:
                yield Unreadable(f"{self._name}, line {line}", str(error))

    def _is_repeated(self, row: Sequence[str]) -> bool:
        return any(self._cell(row, column) in values for column, values in self._layout.skip.items())

    def _new(self, ratings: Sequence[Rating], line: int) -> Iterator[Rating]:
        """Yield what the list has not said before; the first of two ratings of one domain counts."""
        for rating in ratings:
            key = (rating.list_name, rating.list_date, rating.domain)
            value, first = self._told.setdefault(key, (rating.value, line))
            if first == line:
                yield rating
            elif value != rating.value:
                raise _BadRowError(f"{rating.domain} is rated {rating.value} here and {value} in line {first}")

    def _rated(self, row: Sequence[str]) -> list[Rating]:
        if any(cell.strip() for cell in row[self._width :]):
            raise _BadRowError("it has more fields than the first line names")
        domain = _domain(self._cell(row, self._layout.domain))
        found = [self._rating(row, domain, kind) for kind in self._kinds]
        told = [rating for rating in found if rating is not None]
        if not told:
            raise _BadRowError("it gives no rating")
        return told

    def _rating(self, row: Sequence[str], domain: str, kind: RatingColumns) -> Rating | None:
        value = self._value(row, kind)
        if not value:
            return None
        if _number(value) is None and _FIGURES.fullmatch(value):
            raise _BadRowError(f"the rating {value} is no number; write it with a point, as in 5.5")
        scale = self._scale(row, kind) if _number(value) is not None else None
        if scale is not None and not scale[0] <= float(value) <= scale[1]:
            raise _BadRowError(f"the rating {value} lies outside its scale, {scale[0]:g} to {scale[1]:g}")
        return Rating(
            domain=domain,
            value=value,
            list_name=self._list_name(row, kind),
            list_date=_within(MAX_VALUE, self._cell(row, self._layout.date)) or self._defaults.list_date,
            licence=_within(MAX_LICENCE, self._cell(row, self._layout.licence)) or self._defaults.licence,
            scale_min=scale[0] if scale else None,
            scale_max=scale[1] if scale else None,
            imputed=self._imputed(row, kind),
        )

    def _cell(self, row: Sequence[str], column: str | None) -> str:
        """Return what stands in a column, stripped; empty where the file or the row has none."""
        place = None if column is None else self._places.get(column)
        return row[place].strip() if place is not None and place < len(row) else ""

    def _value(self, row: Sequence[str], kind: RatingColumns) -> str:
        cells = [self._cell(row, column) for column in kind.value]
        told = [cell for cell in cells if cell.casefold() not in _BLANK]
        return _within(MAX_VALUE, "; ".join(told) if kind.combined else next(iter(told), ""))

    def _list_name(self, row: Sequence[str], kind: RatingColumns) -> str:
        name = _within(MAX_VALUE, self._cell(row, self._layout.list_column))
        name = name or self._defaults.list_name or kind.list_name
        if not name:
            raise UsageError(f"{self._name} does not say which list it is", hint="Name it with --list.")
        return name

    def _scale(self, row: Sequence[str], kind: RatingColumns) -> tuple[float, float] | None:
        least, greatest = self._cell(row, kind.scale_min), self._cell(row, kind.scale_max)
        if not (least or greatest):
            return kind.scale
        ends = _number(least), _number(greatest)
        if ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
            raise _BadRowError(f"“{_shown(least)}” to “{_shown(greatest)}” is no scale")
        return ends[0], ends[1]

    def _imputed(self, row: Sequence[str], kind: RatingColumns) -> bool:
        if isinstance(kind.imputed, bool):
            return kind.imputed
        column = next((each for each in kind.imputed if each in self._places), None)
        said = self._cell(row, column).casefold()
        if said in {"imputed", "observed", ""}:
            return said == "imputed"
        if said not in _YES | _NO:
            raise _BadRowError(f"“{_shown(said)}” is neither observed nor imputed")
        return (said in _YES) != (column == "observed")


_FIGURES = re.compile(r"[-+]?[0-9][0-9.,_ ]*")
"""What is meant as a number, in whatever notation."""


class _BadRowError(Exception):
    """A row cannot be taken; the message says why."""


def _within(most: int, cell: str) -> str:
    """Return a cell that is short enough for what it should hold.

    Raises:
        _BadRowError: it is longer; the columns have shifted, or were never those.
    """
    if len(cell) > most:
        raise _BadRowError(f"a cell of {len(cell):,} characters is too long for what it should hold: “{_shown(cell)}”")
    return cell


def _shown(cell: str) -> str:
    line = " ".join(cell[: 2 * _SHOWN].split())
    return line if len(cell) <= _SHOWN else f"{line[:_SHOWN].rstrip()}…"


def _domain(address: str) -> str:
    """Return the host a cell names.

    Raises:
        _BadRowError: it names none, or a part of a site: what is said of a section is not said of the whole.
    """
    host = host_of(address)
    if host is None:
        raise _BadRowError(f"“{_shown(address)}” is no domain" if address else "it names no domain")
    bare_address = unwrapped(address).strip().partition("//")[2] or unwrapped(address).strip()
    path = bare_address.partition("/")[2].strip("/")
    if path:
        raise _BadRowError(f"it rates a part of {host} (/{_shown(path)}), not the domain")
    return host


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
