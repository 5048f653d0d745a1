"""Feeds that are nearly XML, mended where libxml2 would lose text.

``AT&T again`` it reads as ``AT again``. A server's warning before the feed costs it the whole, and so does a byte
beyond the ASCII a feed declares. Everything else in the bytes is left as it is.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import BinaryIO

__all__ = ["Mended"]

_TOKEN = re.compile(rb"<!\[CDATA\[|\]\]>|&(?!(?:#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_ASCII = re.compile(rb"""(<\?xml[^>]{0,100}encoding\s?=\s?["'])(?:us-)?ascii(?=["'])""", re.IGNORECASE)
"""A declaration that is true of UTF-8 too, where it is true at all; libxml2 stops at the first byte that belies it."""
_BEGIN = re.compile(rb"<(?:\?xml|!DOCTYPE|rss|feed|rdf:RDF|newsMessage|NewsML|nitf)\b", re.IGNORECASE)
_BEFORE = b"\xef\xbb\xbf \t\r\n"  # what may stand before XML: a mark of its encoding, and blanks
_JUNK_WITHIN = 4096  # bytes of warnings a server may have written before a feed
_LONGEST = 40  # bytes; no reference and no mark of a section is longer
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_UNMARKED = ((b"<\0", codecs.BOM_UTF16_LE), (b"\0<", codecs.BOM_UTF16_BE))
"""How XML begins in wide characters, and the mark of their encoding that libxml2 asks for."""


class Mended(io.RawIOBase):
    """A stream of XML in which every ampersand outside of CDATA begins a reference or is one itself."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._held = b""
        self._verbatim = False  # whether a section of CDATA is open
        self._wide: bool | None = None

    def read(self, size: int = -1) -> bytes:
        """Read about as many bytes as asked for; none at the end only."""
        while True:
            taken = self._stream.read(size)
            if self._wide is None:
                self._wide = taken.startswith(_WIDE) or b"\0" in taken[:4]
                if not taken.lstrip(_BEFORE).startswith(b"<") and (begin := _BEGIN.search(taken[:_JUNK_WITHIN])):
                    taken = taken[begin.start() :]
                taken = next((mark for begin, mark in _UNMARKED if taken.startswith(begin)), b"") + taken
                taken = _ASCII.sub(rb"\1utf-8", taken, count=1)
            if self._wide:
                return taken
            mended = self._mend(self._held + taken, at_end=not taken)
            if mended or not taken:
                return mended

    def _mend(self, content: bytes, *, at_end: bool) -> bytes:
        # The last bytes wait for the next, so that no token is cut in two.
        until = len(content) if at_end else max(0, len(content) - _LONGEST)
        pieces: list[bytes] = []
        done = 0
        for found in _TOKEN.finditer(content):
            if found.start() >= until:
                break
            pieces.append(content[done : found.start()])
            token = found[0]
            pieces.append(b"&amp;" if token == b"&" and not self._verbatim else token)
            if token != b"&":
                self._verbatim = token != b"]]>"
            done = found.end()
        until = max(until, done)
        pieces.append(content[done:until])
        self._held = content[until:]
        return b"".join(pieces)
