"""Captures: what a WARC file holds of one address at one time, parsed by warcio and bounded here."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.read.archive.budget import Budget, MeteredStream
from provenance.read.archive.encodings import unpacked
from provenance.read.decoding import storable
from provenance.read.reasons import EMPTY, too_large
from provenance.read.stream import RefusedError

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord
    from warcio.statusandheaders import StatusAndHeaders

__all__ = ["Capture", "captures"]

_FIRST_BYTES = b"WARC/"
_GZIP_MAGIC = b"\x1f\x8b"
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_BLOCK = 1 << 14  # bytes read at a time
_ADDRESS_LENGTH = 2000  # code points
_ID_LENGTH = 300  # code points


@dataclass(slots=True)
class Capture:
    """One record. Its body can be read once, before the next record is asked for."""

    number: int
    """Its place in the file, from 1."""
    kind: str
    """WARC-Type: ``response``, ``resource``, ``conversion``, ``revisit`` and others that hold no page."""
    record: ArcWarcRecord
    answer: StatusAndHeaders | None
    """Status and headers of the server's answer; ``None`` where none is kept."""
    budget: Budget

    @property
    def address(self) -> str:
        """What was fetched; empty when the record does not say."""
        return self.header("WARC-Target-URI").strip("<>")[:_ADDRESS_LENGTH]

    @property
    def identity(self) -> str | None:
        """The record's own id, ``urn:uuid:…``; ``None`` when it has none."""
        stated = self.header("WARC-Record-ID").strip("<>").strip()
        return stated if stated.startswith("urn:") and len(stated) <= _ID_LENGTH else None

    @property
    def status(self) -> int | None:
        """The code of the server's answer; ``None`` where none is kept or it is no number."""
        code = self.answer.get_statuscode() if self.answer is not None else ""
        return int(code) if code.isascii() and code.isdigit() and len(code) < len("1000") else None

    def header(self, name: str) -> str:
        """Give a header of the record; empty when it has none."""
        return storable(self.record.rec_headers.get_header(name) or "").strip()

    def answered(self, name: str) -> str:
        """Give a header of the server's answer; empty when it has none."""
        return storable((self.answer.get_header(name) if self.answer is not None else None) or "").strip()

    def content_type(self) -> tuple[str, str | None]:
        """Give the media type in lower case, empty when none is stated, and the charset stated with it."""
        stated = (self.answered("Content-Type") or self.header("Content-Type"))[:_ID_LENGTH]
        charset = _CHARSET.search(stated)
        return stated.partition(";")[0].strip().lower(), charset[1] if charset else None

    def body(self) -> bytes:
        """Read the body as the page was.

        Raises:
            RefusedError: it is larger than the limit, cut off, or packed in a way nothing here undoes.
        """
        limit = self.budget.record
        content = self.record.raw_stream.read(limit + 1)
        if len(content) > limit:
            raise RefusedError(too_large(limit))
        if _missing(self.record):
            raise RefusedError("cut off: the archive ends within it")
        transfer, encoding = self.answered("Transfer-Encoding"), self.answered("Content-Encoding")
        page = unpacked(content, transfer=transfer, encoding=encoding, limit=limit)
        self.budget.spend(len(page))
        return page


def captures(stream: io.BufferedReader, budget: Budget) -> Iterator[Capture]:
    """Give the records of a WARC file that is decompressed already.

    Raises:
        RefusedError: it is none, is damaged, or breaks a limit; what comes after was not read.
    """
    head = stream.peek(len(_FIRST_BYTES))
    if not head.strip():
        raise RefusedError(EMPTY)
    if head.startswith(_GZIP_MAGIC):  # warcio would unpack it, however much that is
        raise RefusedError("compressed twice over")
    if not head.startswith(_FIRST_BYTES):
        raise RefusedError("not a web archive (WARC)")
    metered = MeteredStream(stream, budget)
    for number, record in enumerate(_records(metered), start=1):
        kind = (record.rec_type or "").lower()
        answer = _answer(record) if kind in {"response", "revisit"} else None
        metered.in_headers(bounded=False)
        yield Capture(number, kind, record, answer, budget)
        while record.raw_stream.read(_BLOCK):  # here, so that it does not count as headers of the next
            pass
        if _missing(record):
            raise RefusedError("ends within a record; the rest is missing")


def _records(metered: MeteredStream) -> Iterator[ArcWarcRecord]:
    from warcio.archiveiterator import WARCIterator  # noqa: PLC0415  for archives only
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415  as above

    logging.getLogger("warcio").setLevel(logging.CRITICAL)  # it warns by quoting the address, whatever signs are in it
    found = WARCIterator(metered, no_record_parse=True)
    found.INC_RECORD = ""  # what it would write of the archive's bytes to the terminal
    while True:
        metered.in_headers(bounded=True)
        try:
            record = next(found, None)
        except ArchiveLoadFailed:
            raise RefusedError("something that is no record of a web archive; the rest was not read") from None
        if record is None:
            return
        # warcio takes a length that is no number for 0, and none for all the rest.
        if not (record.rec_headers.get_header("Content-Length") or "").strip().isdecimal():
            raise RefusedError("a record without a length; the rest was not read")
        yield record


def _answer(record: ArcWarcRecord) -> StatusAndHeaders | None:
    from warcio.statusandheaders import StatusAndHeadersParser  # noqa: PLC0415  for archives only

    if not (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<").startswith(("http:", "https:")):
        return None
    try:
        return StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False).parse(record.raw_stream)
    except RefusedError:
        raise
    except Exception:  # noqa: BLE001  headers that break the parser cost this record, not the rest of its file
        return None


def _missing(record: ArcWarcRecord) -> bool:
    """Say whether the file ended before the record did."""
    return bool(getattr(record.raw_stream, "limit", 0)) and not record.raw_stream.read(1)
