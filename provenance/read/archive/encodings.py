"""The body of an answer as its page was: chunks joined, compression taken off, within a limit.

warcio does this too, but unpacks whatever a body holds before anybody can ask how much that is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator

from provenance.read.reasons import too_large
from provenance.read.stream import RefusedError

__all__ = ["unpacked"]

_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]{0,20}(?:;[^\r\n]{0,60})?\r\n")
_MOST_ENCODINGS = 3  # one over the other; a server applies one
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


def unpacked(body: bytes, *, transfer: str, encoding: str, limit: int) -> bytes:
    """Undo what a server did to a body. What a header claims and the body does not show is not undone.

    Args:
        body: the bytes after the headers.
        transfer: value of ``Transfer-Encoding``, or nothing.
        encoding: value of ``Content-Encoding``, or nothing.
        limit: bytes the result may have.

    Raises:
        RefusedError: the result is larger, or packed in a way nothing here undoes.
    """
    if "chunked" in transfer.lower():
        body = b"".join(_chunks(body))
    applied = [name.strip().lower() for name in encoding.split(",")]
    applied = [name for name in applied if name not in {"", "identity", "none"}]
    if len(applied) > _MOST_ENCODINGS:
        raise RefusedError(f"compressed more than {_MOST_ENCODINGS} times over")
    for name in reversed(applied):
        undo = _UNDOING.get(name)
        if undo is None:
            raise RefusedError(f"compressed as {name[:40]}, which this program does not read")
        body = undo(body, limit)
        if len(body) > limit:
            raise RefusedError(too_large(limit))
    return body


def _chunks(body: bytes) -> Iterator[bytes]:
    """Give the pieces of a chunked body; the rest as it is from where it is not chunked."""
    position = 0
    while (head := _CHUNK_SIZE.match(body, position)) is not None:
        size = int(head[1], 16)
        if not size:
            return
        yield body[head.end() : head.end() + size]
        position = head.end() + size + len(b"\r\n")
    yield body[position:]


def _gunzipped(body: bytes, limit: int) -> bytes:
    return _inflated(body, limit, _GZIP)


def _deflated(body: bytes, limit: int) -> bytes:
    # The standard means zlib's format, and half the servers there ever were sent none but its inside.
    return _inflated(body, limit, _ZLIB if body[:1] == b"\x78" else _RAW)


def _inflated(body: bytes, limit: int, window: int) -> bytes:
    try:
        return zlib.decompressobj(window).decompress(body, limit + 1)
    except zlib.error:
        return body  # a crawler took the compression off and left the header


def _unbrotlied(body: bytes, limit: int) -> bytes:
    try:
        import brotli  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415  few archives need it
    except ImportError:
        raise RefusedError("compressed as br; pip install brotli reads it") from None
    try:
        return bytes(brotli.Decompressor().process(body, output_buffer_limit=limit + 1))
    except TypeError:
        raise RefusedError("compressed as br; brotli 1.2 or later reads it within limits") from None
    except brotli.error:
        return body


_UNDOING: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _deflated,
    "br": _unbrotlied,
}
