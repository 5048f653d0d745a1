"""Captures: what a WARC file holds of one address at one time, and what a server said of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from provenance.read.archive.budget import Budget, DamagedError, MeteredStream
from provenance.read.archive.encodings import unpacked
from provenance.read.archive.framing import WRONG_LENGTH, Damage, Frame, frames, headers_in
from provenance.read.gzipped import GZIP_MAGIC
from provenance.read.reasons import EMPTY, noted, too_large
from provenance.read.stream import RefusedError

__all__ = ["Answer", "Capture", "captures"]

_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_UNWRITTEN = re.compile(r"[\x00-\x20\x7f]")  # what no address has as it stands
_BLOCK = 1 << 14  # bytes read at a time
_ADDRESS_LENGTH = 2000  # code points
_ID_LENGTH = 300  # code points


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered before the page: its status, and its headers by lower-case name."""

    status: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class Capture:
    """One record. Its body can be read once, before the next record is asked for."""

    number: int
    """Its place in the file, from 1."""
    kind: str
    """WARC-Type: ``response``, ``resource``, ``conversion``, ``revisit`` and others that hold no page."""
    frame: Frame
    answer: Answer | None
    """Status and headers of the server's answer; ``None`` where none is kept."""
    budget: Budget

    @property
    def address(self) -> str:
        """What was fetched; empty when the record does not say."""
        stated = self.header("WARC-Target-URI").strip("<>")[:_ADDRESS_LENGTH]
        return _UNWRITTEN.sub(lambda sign: f"%{ord(sign[0]):02X}", stated)

    @property
    def identity(self) -> str | None:
        """The record's own id, ``urn:uuid:…``; ``None`` when it has none."""
        stated = self.header("WARC-Record-ID").strip("<>").strip()
        return stated if stated.startswith("urn:") and len(stated) <= _ID_LENGTH else None

    @property
    def status(self) -> int | None:
        """The code of the server's answer; ``None`` where none is kept or it is no number."""
        code = self.answer.status.partition(" ")[0] if self.answer is not None else ""
        return int(code) if code.isascii() and code.isdigit() and len(code) < len("1000") else None

    def header(self, name: str) -> str:
        """Give a header of the record; empty when it has none."""
        return self.frame.headers.get(name.lower(), "")

    def answered(self, name: str) -> str:
        """Give a header of the server's answer; empty when it has none."""
        return self.answer.headers.get(name.lower(), "") if self.answer is not None else ""

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
        if self.frame.body.left > limit:
            raise RefusedError(too_large(limit))
        content = b"".join(iter(lambda: self.frame.body.read(_BLOCK), b""))
        if self.frame.body.left:
            raise RefusedError("cut off: the archive ends within it")
        if not self.frame.body.ends_well():
            raise RefusedError(WRONG_LENGTH)
        transfer, encoding = self.answered("Transfer-Encoding"), self.answered("Content-Encoding")
        page = unpacked(content, transfer=transfer, encoding=encoding, limit=limit)
        self.budget.spend(len(page))
        return page


def captures(stream: io.BufferedReader, budget: Budget) -> Iterator[Capture | Damage]:
    """Give the records of a WARC file that is decompressed already, and what is damaged between them.

    Raises:
        RefusedError: it is no web archive, breaks a limit, or is damaged up to its end; what comes after was not read.
    """
    metered = MeteredStream(stream, budget)
    _refuse_others(metered)
    for frame in frames(metered, budget.record):
        if isinstance(frame, Damage):
            yield frame
            continue
        kind = frame.headers.get("warc-type", "").lower()
        answer = _answer(frame) if kind in {"response", "revisit"} else None
        yield Capture(frame.number, kind, frame, answer, budget)


def _refuse_others(metered: MeteredStream) -> None:
    try:
        head = metered.peek()
    except DamagedError:  # of its first record, which is told there
        return
    if not head.strip() and metered.damage is None:
        raise RefusedError(EMPTY)
    if head.startswith(GZIP_MAGIC):  # nobody packs an archive twice but to hide how much it is
        raise RefusedError("compressed twice over")


def _answer(frame: Frame) -> Answer | None:
    """Read the status and headers of a server's answer; ``None`` where none is kept, or the record breaks off there."""
    if not frame.headers.get("warc-target-uri", "").strip("<").startswith(("http:", "https:")):
        return None
    try:
        return Answer(*headers_in(frame.body))
    except RefusedError:  # headers without end: the record costs itself, and what is left of it is passed over
        return None
    except Exception as error:  # noqa: BLE001  headers that break the parser cost this record, not the rest of its file
        noted(error)
        return None
