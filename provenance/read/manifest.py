"""``manifest.csv``: what is known of the files of a folder, a row each, kept beside them.

Columns are ``path`` (below the folder, with ``/``) and any of ``url, outlet, published, title, lang``; others are kept
as metadata. A path in it is only ever compared with the files that were found, never opened.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from provenance.model import Unreadable
from provenance.read.addresses import web_address
from provenance.read.decoding import decode, storable
from provenance.read.source import MEBIBYTE, Statement
from provenance.read.stream import RefusedError, opened

__all__ = ["Manifest", "is_manifest_name", "read_manifest"]

_NAME: Final = "manifest.csv"
_MAX_BYTES: Final = 32 * MEBIBYTE
"""Of a manifest; it is held in memory, some hundred thousand files a list."""
_DELIMITERS = ",;\t"
_KNOWN = frozenset({"path", "url", "outlet", "published", "title", "lang"})
_TEXTS = frozenset({"text", "html", "content"})
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
        ``None`` for a table of articles that happens to be called so (it holds their texts, or names no paths); the
        reason where it cannot be read.
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
    if "path" not in columns or _TEXTS.intersection(columns):
        return None
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


def _fill(manifest: Manifest, lines: list[str], delimiter: str, columns: list[str]) -> None:
    rows = csv.reader(lines, delimiter=delimiter)
    first = 2  # the line after the column names
    for row in rows:
        record = {column: storable(value).strip() for column, value in zip(columns, row, strict=False) if column}
        if any(record.values()):
            _add(manifest, first, record)
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
