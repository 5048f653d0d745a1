"""Plain text and Markdown: the text is what was decoded, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from provenance.model import Article, Unreadable
from provenance.read.assembly import Draft, assemble, digest_id
from provenance.read.decoding import decode, is_binary
from provenance.read.reasons import EMPTY, NOT_TEXT
from provenance.read.source import ReadOptions, SourceFile
from provenance.read.stream import GZIP_SUFFIX, whole

__all__ = ["PlainText"]

_MARKDOWN = frozenset({".md", ".markdown"})


class PlainText:
    """One text a file. Markdown marks are kept: they are part of what was decoded."""

    name = "text"
    suffixes = frozenset({".txt", ".text"}) | _MARKDOWN

    def read(self, source: SourceFile, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Unreadable]:
        """Read the one article."""
        content = whole(stream, options.max_bytes)
        if not content.strip():
            yield Unreadable(source.source, EMPTY)
            return
        decoded = decode(content)
        if decoded is None or is_binary(decoded.text):
            yield Unreadable(source.source, NOT_TEXT)
            return
        suffix = PurePosixPath(source.name.removesuffix(GZIP_SUFFIX)).suffix.lower()
        media_type = "text/markdown" if suffix in _MARKDOWN else "text/plain"
        draft = Draft(text=decoded.text, media_type=media_type, metadata=decoded.notes())
        yield assemble(draft, id=digest_id(source.name.encode(), content), source=source.source)
