"""Bytes to text: byte order mark, UTF-8, what the page declares, and only then a guess.

The text is not normalised in any way; only the byte order mark itself is taken off.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from provenance.read.unmarked import wide_by_nulls, wide_by_reading

__all__ = ["Decoded", "decode", "is_binary", "storable"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_SEVEN_BIT = ("iso-2022-", "iso2022", "csiso2022", "hz", "utf-7")
"""Encodings that write every script in ASCII bytes, so that all they write is UTF-8 as well."""
_DECLARATION_WITHIN = 4096  # bytes; HTML asks for the first 1024, real pages are later
_GUESS_FROM = 1 << 16  # bytes; enough for a stable guess, and charset-normalizer is slow on more
_WEB_ENCODINGS = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "koi8_u", "gb18030",
    "big5", "cp932", "euc_jp", "cp949", "iso8859_2", "iso8859_5", "iso8859_7",
)  # fmt: skip
"""What pages are written in (WHATWG Encoding Standard); left free, the guess takes short texts for DOS code pages."""
_VALID_PER_DAMAGED = 4
"""Well-formed multi-byte characters for each broken one above which a text is damaged UTF-8, not another encoding:
single-byte text hardly ever forms one well-formed sequence by chance."""
_BINARY_SHARE = 0.1  # share of control characters in the first code points; prose has none
_BINARY_FROM = 8192  # code points looked at
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read. ``damaged`` counts bytes that stood for nothing and became U+FFFD."""

    text: str
    encoding: str
    damaged: int = 0

    def notes(self) -> dict[str, str]:
        """Say in metadata what a reader should know; nothing for sound UTF-8."""
        notes = {} if self.encoding == "utf-8" else {"encoding": self.encoding}
        return notes | ({"undecodable": str(self.damaged)} if self.damaged else {})


def decode(content: bytes, *, markup: bool = False, charset: str | None = None) -> Decoded | None:
    """Turn bytes into text; ``None`` when no encoding fits them.

    Args:
        content: the whole input.
        markup: whether a charset declared in the first bytes counts.
        charset: what came with the content says of it: the header of an answer or of a part of a mail.
    """
    if not charset and content.isascii() and _CONTROL_BYTES.search(content, 0, _BINARY_FROM) is None:
        return Decoded(content.decode("ascii"), "utf-8")  # most lines of most tables, without looking any further
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _forgiving(content[len(mark) :], encoding)
    if (wide := wide_by_nulls(content)) is not None:  # before UTF-8, which ASCII in UTF-16 is too
        return _forgiving(content, wide)
    if charset and charset.lower().startswith(_SEVEN_BIT) and (stated := _strict(content, charset)):
        return stated
    try:
        read = Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        wide = wide_by_reading(content)
        stated = _strict(content, charset) if charset and not wide else None
        return stated or _unmarked(content, wide, markup=markup)
    # Letters of most alphabets in UTF-16 are UTF-8 as well, every other one a control character.
    wide = wide_by_reading(content) if is_binary(read.text) else None
    return _forgiving(content, wide) if wide else read


def _unmarked(content: bytes, wide: str | None, *, markup: bool) -> Decoded | None:
    if wide:
        return _forgiving(content, wide)
    return (_declared(content) if markup else None) or _damaged_utf8(content) or _guessed(content)


def _forgiving(content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, "replace")
    # In a Unicode encoding U+FFFD may have been in the text before; other encodings cannot hold it.
    before = content.count(_REPLACEMENT.encode(encoding)) if encoding.startswith("utf") else 0
    return Decoded(text, encoding, max(0, text.count(_REPLACEMENT) - before))


def _declared(content: bytes) -> Decoded | None:
    found = _DECLARED.search(content[:_DECLARATION_WITHIN])
    return None if found is None else _strict(content, found[1].decode("ascii"))


def _strict(content: bytes, charset: str) -> Decoded | None:
    try:
        # Pages that declare Latin-1 hold Windows-1252: browsers have read them so since the nineties (WHATWG Encoding).
        name = codecs.lookup(charset).name
        name = "cp1252" if name in {"iso8859-1", "ascii"} else name
        return Decoded(content.decode(name), name)
    except (LookupError, ValueError):  # an unknown name, one with NUL, or bytes it does not fit
        return None


def _damaged_utf8(content: bytes) -> Decoded | None:
    decoded = _forgiving(content, "utf-8")
    wellformed = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", decoded.text)))
    return decoded if wellformed >= _VALID_PER_DAMAGED * decoded.damaged else None


def _guessed(content: bytes) -> Decoded | None:
    if b"\x00" in content[:_GUESS_FROM]:
        return None
    from charset_normalizer import from_bytes  # noqa: PLC0415  needed by the rare file that is not UTF-8

    best = from_bytes(content[:_GUESS_FROM], cp_isolation=list(_WEB_ENCODINGS)).best()
    return None if best is None else _forgiving(content, best.encoding)


def is_binary(text: str) -> bool:
    """Say whether a decoded text is not text at all: it holds NUL, or control characters by the dozen."""
    if "\x00" in text:
        return True
    head = text[:_BINARY_FROM]
    return len(_CONTROLS.findall(head)) > _BINARY_SHARE * len(head)


def storable(text: str) -> str:
    """Replace what no database and no hash can take (lone surrogates, NUL) by U+FFFD, one for one."""
    if text.isascii() and "\x00" not in text:  # several times faster than looking, and most texts
        return text
    return _UNSTORABLE.sub(_REPLACEMENT, text)
