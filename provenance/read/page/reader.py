"""The reader of web pages in files of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from provenance.model import Article, Unreadable
from provenance.read.assembly import assemble, digest_id
from provenance.read.decoding import decode, is_binary
from provenance.read.reasons import EMPTY, NOT_TEXT
from provenance.read.source import ReadOptions, SourceFile
from provenance.read.stream import whole

__all__ = ["Pages"]


class Pages:
    """One page a file."""

    name = "html"
    suffixes = frozenset({".html", ".htm", ".xhtml"})

    def read(self, source: SourceFile, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Unreadable]:
        """Read the one page."""
        content = whole(stream, options.max_bytes)
        if not content.strip():
            yield Unreadable(source.source, EMPTY)
            return
        decoded = decode(content, markup=True)
        if decoded is None or is_binary(decoded.text):
            yield Unreadable(source.source, NOT_TEXT)
            return
        from provenance.read.page.reading import read_page  # noqa: PLC0415  lxml is needed for pages only

        url = source.stated.url if source.stated is not None else None
        draft = read_page(decoded.text, url=url, metadata=decoded.notes())
        yield assemble(draft, id=digest_id(source.name.encode(), content), source=source.source)
