"""Web archives made for tests, by warcio and zipfile."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Mapping

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

__all__ = ["PROSE", "SAMPLE", "Answer", "bomb", "chunked", "page", "wacz", "warc"]

PROSE = "The harbour of Larchport opens again on Monday after two years of works."


def page(title: str, text: str = PROSE) -> bytes:
    return f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>".encode()


class Answer:
    """One record of an archive."""

    def __init__(
        self,
        uri: str,
        body: bytes,
        *,
        kind: str = "response",
        status: str = "200 OK",
        headers: Mapping[str, str] | None = None,
        warc_headers: Mapping[str, str] | None = None,
        media_type: str = "text/html; charset=utf-8",
    ) -> None:
        self.uri, self.body, self.kind, self.status = uri, body, kind, status
        self.headers = {"Content-Type": media_type, **(headers or {})}
        self.warc_headers = {"WARC-Date": "2026-03-04T05:06:07Z", **(warc_headers or {})}
        self.media_type = media_type

    def write(self, writer: WARCWriter) -> None:
        answered = StatusAndHeaders(self.status, list(self.headers.items()), protocol="HTTP/1.1")
        of_http = self.kind in {"response", "revisit"}
        record = writer.create_warc_record(
            self.uri,
            self.kind,
            payload=io.BytesIO(self.body),
            length=len(self.body),
            warc_content_type="" if of_http else self.media_type,
            warc_headers_dict=dict(self.warc_headers),
            http_headers=answered if of_http else None,
        )
        writer.write_record(record)


def warc(answers: Iterable[Answer], *, compressed: bool = False) -> bytes:
    written = io.BytesIO()
    writer = WARCWriter(written, gzip=compressed)
    writer.write_record(writer.create_warcinfo_record("made.warc", {"software": "tests"}))
    for answer in answers:
        answer.write(writer)
    return written.getvalue()


def wacz(archives: Mapping[str, bytes], pages: Iterable[str] | None = None) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name, content in archives.items():
            packed.writestr(name, content)
        if pages is not None:
            lines = [{"format": "json-pages-1.0", "id": "pages"}, *({"url": url} for url in pages)]
            packed.writestr("pages/pages.jsonl", "\n".join(map(json.dumps, lines)))
        packed.writestr("datapackage.json", "{}")
    return written.getvalue()


def bomb(size: int) -> bytes:
    """Give a gzip of ``size`` blanks."""
    return gzip.compress(b" " * size)


def chunked(body: bytes, size: int = 20) -> bytes:
    """Write a body as a server that does not know its length yet does."""
    pieces = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


SAMPLE = warc([Answer("https://harbour.example/1", page("Harbour")), Answer("https://harbour.example/2", page("Two"))])
