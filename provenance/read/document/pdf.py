"""PDF, through pypdf (extra ``pdf``): the text of its pages, the lines of a paragraph joined."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from provenance.model import Article, Unreadable
from provenance.read.assembly import Draft, assemble, digest_id
from provenance.read.reasons import EMPTY, given_up, noted, too_large
from provenance.read.source import MEBIBYTE, ReadOptions, SourceFile
from provenance.read.stream import RefusedError, whole

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader
    from pypdf.generic import DictionaryObject

__all__ = ["PdfFiles", "joined_lines"]

_MISSING = "a PDF; pip install 'news-provenance[pdf]' reads it"
_SCANNED = "a PDF without text: scanned pages, or pictures of text; have its letters recognised (OCR) first"
_ENCRYPTED = "an encrypted PDF; open it with its password and save it without one"
_CUT_OFF = "a PDF that breaks off before its end; fetch or copy the file again"
_DAMAGED = "a damaged PDF; open it in a viewer and print it to a new PDF"
_TAIL = b"%%EOF"
_TAIL_WITHIN = 2048  # bytes from the end; programs and servers leave a line or two behind it
_HEAD = b"%PDF-"
_HEAD_WITHIN = 1024  # bytes; the standard allows anything before the head there, and mail programs use it
_MAX_PAGES: Final = 1000
"""Pages of one document; longer ones are books."""
_MAX_CONTENT: Final = 32 * MEBIBYTE
"""Bytes of drawing operators of all pages; a page of a newspaper has some hundred thousand, and pypdf reads a million
a second or so."""
_MAX_STREAM: Final = 16 * MEBIBYTE
"""Bytes one stream of a document may unpack to."""
_MAX_OPERATORS: Final = 500_000  # of one page; a full page of a newspaper has some tens of thousands
_MAX_DRAWN: Final = 2_000_000
"""Operators of all pages that draw forms, which are drawings within a page and within each other, any number of times:
a kilobyte of them could take hours. Each operator takes pypdf some 17 µs."""
_COST_OF_FORM: Final = 100  # operators that could be read in the time it takes to begin with a form
_FULL_LINE = 0.75
"""Share of the usual width from which a line may have been broken for being full. A shorter one ends a paragraph."""
_USUAL = 0.9  # the line that is longer than nine in ten tells the width of a column
_SENTENCE_END = re.compile(r"""[.!?:;…。！？؟।]["'”’»)\]]{0,2}$""")
_END = 4  # code points looked at for the end of a sentence
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")


class PdfFiles:
    """One article a document."""

    name = "pdf"
    suffixes = frozenset({".pdf"})

    def read(self, source: SourceFile, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Unreadable]:
        """Read the document."""
        content = whole(stream, options.max_bytes)
        if not content.strip():
            yield Unreadable(source.source, EMPTY)
        elif _HEAD not in content[:_HEAD_WITHIN]:
            yield Unreadable(source.source, "not a PDF, whatever its name says")
        else:
            draft = _draft(content, options.max_bytes)
            made = digest_id(source.name.encode(), content)
            scanned = not draft.text.strip()
            yield Unreadable(source.source, _SCANNED) if scanned else assemble(draft, id=made, source=source.source)


def _draft(content: bytes, limit: int) -> Draft:
    """Read a document.

    Raises:
        RefusedError: pypdf is not installed, a limit was met, or the document is encrypted or damaged.
    """
    try:
        import pypdf  # noqa: PLC0415  optional, and for documents only
    except ImportError:
        raise RefusedError(_MISSING) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every flaw of a file it reads all the same
    try:
        with pypdf.apply_configuration(
            zlib_maximum_output_length=_MAX_STREAM,
            lzw_maximum_output_length=_MAX_STREAM,
            stream_parsing_work_maximum_count=_MAX_OPERATORS,
        ):
            reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
            text = "\n\n".join(joined_lines(page).strip("\n") for page in _pages(reader, limit) if page.strip())
            stated = _stated(reader)
    except RefusedError:
        raise
    except Exception as error:  # whatever breaks the library breaks it on this one document
        raise RefusedError(_fault(error, content)) from error
    title = stated.pop("title", None)
    return Draft(
        text=text,
        media_type="application/pdf",
        # Most titles are names of files and templates; one that the text has, too, is its own.
        title=title if title is not None and title in " ".join(text.split()) else None,
        metadata=stated,
    )


def _fault(error: Exception, content: bytes) -> str:
    """Say in words why pypdf did not read a document."""
    from pypdf import errors  # noqa: PLC0415  as above

    noted(error)
    match error:
        case errors.LimitReachedError():
            return "a PDF that unpacks without end, or repeats more in one place than this program follows"
        case errors.DependencyError():
            return "an encrypted PDF; pip install cryptography reads those that ask for no password"
        case errors.FileNotDecryptedError():
            return _ENCRYPTED
        case RecursionError() | MemoryError():
            return given_up(error)
        case _:
            return _DAMAGED if _TAIL in content[-_TAIL_WITHIN:] else _CUT_OFF


def _pages(reader: PdfReader, limit: int) -> Iterator[str]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedError(_ENCRYPTED)
    drawn = written = 0
    counted = _Drawn()
    for number, page in enumerate(reader.pages, start=1):
        if number > _MAX_PAGES:
            raise RefusedError(f"more than {_MAX_PAGES:,} pages")
        contents = page.get_contents()
        drawn += len(contents.get_data()) if contents is not None else 0
        if drawn > _MAX_CONTENT:
            raise RefusedError(f"more than {_MAX_CONTENT:,} bytes of drawing")
        text = page.extract_text(visitor_operand_before=counted) if _draws_forms(page) else page.extract_text()
        written += len(text)
        if written > limit:
            raise RefusedError(too_large(limit))
        yield text


class _Drawn:
    """Counts operators as pypdf comes to them; asking it to tell of them takes it longer, so not every page is."""

    def __init__(self) -> None:
        self._left = _MAX_DRAWN

    def __call__(self, operator: bytes, *_state: object) -> None:
        """Count one.

        Raises:
            RefusedError: there were too many.
        """
        self._left -= _COST_OF_FORM if operator == b"Do" else 1
        if self._left < 0:
            raise RefusedError(f"more than {_MAX_DRAWN:,} steps of drawing")


def _draws_forms(page: PageObject) -> bool:
    try:
        resources = cast("DictionaryObject", page["/Resources"].get_object())
        drawings = cast("DictionaryObject", resources["/XObject"].get_object()).values()
        return any(drawing.get_object().get("/Subtype") == "/Form" for drawing in drawings)
    except KeyError:
        return False
    except Exception:  # noqa: BLE001  whatever is wrong with them, they are there
        return True


def _stated(reader: PdfReader) -> dict[str, str]:
    """Give what the file notes of itself: title, author, and when it was made."""
    try:
        noted = reader.metadata
        stated = {} if noted is None else {name: noted.get(f"/{name}") for name in ("Title", "Author", "CreationDate")}
        plain = {name: " ".join(str(value).split())[:500] for name, value in stated.items() if value}
    except Exception:  # noqa: BLE001  notes that break the parser are none
        return {}
    names = {"Title": "title", "Author": "author", "CreationDate": "created"}
    return {names[name]: value for name, value in plain.items() if value}


def joined_lines(text: str) -> str:
    """Join the lines a column broke, and the words it hyphenated; a paragraph is one line then, as on a page."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[min(len(lengths) - 1, round(_USUAL * len(lengths)))] if lengths else 0
    joined: list[str] = []
    pieces: list[str] = []  # of the paragraph that is being joined
    full = False  # whether the line before was broken because it was full
    for line in lines:
        if full and line:
            hyphenated = _HYPHEN.search(pieces[-1][-2:]) is not None and line[:1].islower()
            pieces[-1] = pieces[-1][:-1] if hyphenated else f"{pieces[-1]} "
            pieces.append(line if hyphenated else line.lstrip())
        else:
            joined.append("".join(pieces))
            pieces = [line]
        full = bool(line) and len(line) >= _FULL_LINE * width and _SENTENCE_END.search(line[-_END:]) is None
    return "\n".join([*joined, "".join(pieces)][1:])
