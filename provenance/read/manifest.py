"""``manifest.csv``: what is known of the files of a folder, a row each, kept beside them.

Columns are ``path`` (below the folder, with ``/``) and any of ``url, outlet, published, title, lang``; others are kept
as metadata. A path in it is only ever compared with the files that were found, never opened. A cell that means nothing
costs itself: it is warned of, and the file is read without it.
"""

from __future__ import annotations

import csv
import logging
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Final

from provenance.model import DateBasis, Unreadable
from provenance.read.addresses import web_address
from provenance.read.decoding import decode, storable
from provenance.read.language import language_code
from provenance.read.source import MEBIBYTE, Statement
from provenance.read.stream import RefusedError, opened
from provenance.text.dates import timeframe

__all__ = ["Manifest", "is_manifest_name", "read_manifest"]

_LOG = logging.getLogger(__name__)

_NAME: Final = "manifest.csv"
_MAX_BYTES: Final = 32 * MEBIBYTE
"""Of a manifest; it is held in memory, some hundred thousand files a list."""
_DELIMITERS = ",;\t"
_KNOWN = frozenset({"path", "url", "outlet", "published", "title", "lang"})
_TEXTS = frozenset({"text", "html", "content"})
_CALLED_OTHERWISE: Final = {
    "address": "url",
    "date": "published",
    "file": "path",
    "filename": "path",
    "headline": "title",
    "language": "lang",
    "link": "url",
    "publisher": "outlet",
    "source": "outlet",
}
"""What people call the columns that mean something."""
_LIKE: Final = 0.75
"""Least likeness, of 1, of a misspelt name to the one that was meant: “titel” has 0.8, “note” and “outlet” 0.6."""
_NO_VALUE: Final = frozenset({"-", "–", "?", "n/a", "na", "none", "null", "unknown"})
"""What is written where nothing is known."""
_LONGEST: Final = 4096  # code points of a path; no file system has longer ones
_SHOWN = 200  # code points of a path in a message


def is_manifest_name(name: str) -> bool:
    """Say whether a file is called as a manifest is."""
    return name.lower() == _NAME


@dataclass(slots=True)
class Manifest:
    """The rows of one manifest, by path, and which of them a file was found for."""

    source: str
    """How the manifest itself is shown."""
    rows: dict[str, tuple[int, Statement]] = field(default_factory=dict)
    refused: list[Unreadable] = field(default_factory=list)
    found: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    """Paths that are links out of what is audited."""

    def statement(self, path: str) -> Statement | None:
        """Give what is stated of a file, by its path below the folder, and remember that it is there."""
        key = _normal(path)
        row = self.rows.get(key)
        if row is None:
            return None
        self.found.add(key)
        return row[1]

    def leads_out(self, path: str) -> None:
        """Note that something below the folder is a link out of it, which is not followed."""
        self.outside.add(_normal(path))

    def unmet(self) -> Iterator[Unreadable]:
        """List the rows that concern no file of the folder."""
        yield from self.refused
        for path, (line, _) in self.rows.items():
            if path not in self.found:
                yield Unreadable(f"{self.source}#{line}", f"names {path[:_SHOWN]}, {self._why_unmet(path)}")

    def _why_unmet(self, path: str) -> str:
        link = next((part for part in (path, *map(str, PurePosixPath(path).parents)) if part in self.outside), None)
        if link is None:
            return "which is not in this folder"
        return (
            "a link that leads out of the folder"
            if link == path
            else f"behind {link[:_SHOWN]}, a link out of the folder"
        )


def read_manifest(path: Path, shown: str) -> Manifest | Unreadable | None:
    """Read a file called ``manifest.csv``.

    Returns:
        ``None`` for a table of articles that happens to be called so (it holds their texts, or nothing a manifest
        has); the reason where it cannot be read.
    """
    try:
        with opened(path) as stream:
            content = stream.read(_MAX_BYTES + 1)
    except RefusedError as error:
        return Unreadable(shown, str(error))
    except OSError as error:
        return Unreadable(shown, f"cannot be read: {error.strerror or error}")
    if len(content) > _MAX_BYTES:
        return Unreadable(shown, f"larger than {_MAX_BYTES:,} bytes, the limit for a manifest")
    decoded = decode(content)
    text = decoded.text.removeprefix("\ufeff") if decoded is not None else ""
    lines = text.splitlines(keepends=True)
    header = lines[0] if lines else ""
    delimiter = max(_DELIMITERS, key=header.count)
    columns = _columns(header, delimiter)
    if _TEXTS.intersection(columns):
        return None
    if "path" not in columns:
        return _without_paths(shown, columns)
    _check_columns(shown, columns)
    manifest = Manifest(shown)
    csv.field_size_limit(max(csv.field_size_limit(), _MAX_BYTES))  # one for the whole process: it is only ever raised
    try:
        _fill(manifest, lines[1:], delimiter, columns)
    except csv.Error:
        manifest.refused.append(
            Unreadable(shown, "not CSV: its quotation marks or its line ends do not fit; the rest was not read")
        )
    return manifest


def _columns(header: str, delimiter: str) -> list[str]:
    try:
        return [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _without_paths(shown: str, columns: Sequence[str]) -> Unreadable | None:
    """Say of a table without paths that it lacks them, if it has any other column of a manifest."""
    missing = _missing(columns)
    meant = next((name for name in columns if _meant(name, missing) == "path"), None)
    if meant is None and not _KNOWN.intersection(columns):
        return None
    return Unreadable(shown, "has no column path" + (f"; call “{meant[:_SHOWN]}” so" if meant else ""))


def _check_columns(shown: str, columns: Sequence[str]) -> None:
    """Warn of columns that were hardly meant as they are called."""
    missing = _missing(columns)
    for name, count in Counter(filter(None, columns)).items():
        if count > 1:
            _LOG.warning("%s: %s columns are called “%s”; the last of them counts", shown, count, name[:_SHOWN])
        if meant := _meant(name, missing):
            _LOG.warning(
                "%s: the column “%s” is kept as metadata only; if %s is meant, call it so", shown, name[:_SHOWN], meant
            )


def _missing(columns: Sequence[str]) -> list[str]:
    return sorted(_KNOWN.difference(columns))


def _meant(name: str, missing: Sequence[str]) -> str:
    """Give the column of a manifest that is missing and was most likely meant by another name; empty for none."""
    if name in _KNOWN or not name:
        return ""
    if _CALLED_OTHERWISE.get(name) in missing:
        return _CALLED_OTHERWISE[name]
    swapped = [each for each in missing if sorted(each) == sorted(name)]  # “ulr”
    return next(iter(swapped or get_close_matches(name[:_SHOWN], missing, n=1, cutoff=_LIKE)), "")


def _fill(manifest: Manifest, lines: list[str], delimiter: str, columns: list[str]) -> None:
    rows = csv.reader(lines, delimiter=delimiter)
    first = 2  # the line after the column names
    for row in rows:
        record = {column: storable(value).strip() for column, value in zip(columns, row, strict=False) if column}
        if any(record.values()):
            _add(manifest, first, record)
            _check_row(f"{manifest.source}, line {first}", record, row[len(columns) :])
        first = rows.line_num + 2


def _add(manifest: Manifest, line: int, record: dict[str, str]) -> None:
    path = record.get("path", "")
    if reason := _refusal(path):
        manifest.refused.append(Unreadable(f"{manifest.source}#{line}", reason))
        return
    key = _normal(path)
    if key in manifest.rows:
        earlier = manifest.rows[key][0]
        reason = f"names {key[:_SHOWN]} again; line {earlier} stands"
        manifest.refused.append(Unreadable(f"{manifest.source}#{line}", reason))
        return
    url = web_address(record.get("url"))
    kept = {
        name: value for name, value in record.items() if value and (name not in _KNOWN or (name == "url" and not url))
    }
    manifest.rows[key] = (
        line,
        Statement(
            url=url,
            outlet=record.get("outlet") or None,
            title=record.get("title") or None,
            published=record.get("published") or None,
            language=record.get("lang") or None,
            metadata=tuple(kept.items()),
        ),
    )


def _check_row(place: str, record: dict[str, str], beyond: Sequence[str]) -> None:
    """Warn of cells that say nothing this program understands."""
    told = {name: value for name, value in record.items() if value and value.lower() not in _NO_VALUE}
    if "url" in told and web_address(told["url"]) is None:
        _LOG.warning("%s: “%s” is no address of the web; it is kept as metadata", place, told["url"][:_SHOWN])
    if "published" in told and timeframe(told["published"], DateBasis.RECORD) is None:
        _LOG.warning(
            "%s: “%s” is no date this program reads; it is kept as metadata, write one as 2026-11-22",
            place,
            told["published"][:_SHOWN],
        )
    if "lang" in told and language_code(told["lang"]) is None:
        _LOG.warning(
            "%s: “%s” is no language; the article's own counts, write a code such as en", place, told["lang"][:_SHOWN]
        )
    extra = sum(bool(cell.strip()) for cell in beyond)
    if extra:
        _LOG.warning(
            "%s: %s more %s than the first line has names; a cell with a comma in it needs quotation marks",
            place,
            extra,
            "cell" if extra == 1 else "cells",
        )


def _refusal(path: str) -> str | None:
    if not path:
        return "names no path"
    if len(path) > _LONGEST:
        return f"names a path of more than {_LONGEST:,} characters"
    parts = PurePosixPath(path.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or (len(path) > 1 and path[1] == ":"):
        return f"names {path[:_SHOWN]}, which leads out of its folder"
    return None


def _normal(path: str) -> str:
    """Give one spelling of a path: file systems compose accents and tables decompose them, or the other way round."""
    return unicodedata.normalize("NFC", str(PurePosixPath(path.replace("\\", "/"))))
