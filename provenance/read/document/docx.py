"""Documents of Word (DOCX), through python-docx (extra ``docx``): paragraphs in order, in tables and boxes too."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, BinaryIO, cast

from provenance.model import Article, Unreadable
from provenance.read.assembly import Draft, assemble, digest_id
from provenance.read.decoding import storable
from provenance.read.reasons import EMPTY, noted
from provenance.read.source import ReadOptions, SourceFile
from provenance.read.stream import RefusedError, whole
from provenance.read.zipped import GuardedZip

if TYPE_CHECKING:
    from docx.document import Document
    from lxml import etree

__all__ = ["DocxFiles"]

_MISSING = "a document of Word; pip install 'news-provenance[docx]' reads it"
_NO_DOCUMENT = "not a document of Word (DOCX), or a damaged one; open it in Word and save it again"
_TOO_MUCH = "a document of Word with more nesting, or more text in one place, than this program follows"
_BEYOND = ("Excessive depth", "XML_PARSE_HUGE", "amplification")  # what libxml2 says of either
_OLDER = "a document of Word with a password, or of an older Word; open it there and save it as DOCX without a password"
_OLDER_MAGIC = b"\xd0\xcf\x11\xe0"
_ZIP_MAGIC = b"PK"
_BLOCK = 1 << 16  # bytes unpacked at a time
_MAX_TAGS = 1_000_000
"""Tags of a document; books have some hundred thousand. Each costs up to 0.5 KB and 10 µs."""
_MAX_HEADING = 6
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""A second form of what stands before it, for programs that do not know the first."""
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_UNSEEN = frozenset({"del", "moveFrom", "txbxContent", "pPr", "instrText", "delText"})
"""What shows nothing, or (boxes) holds paragraphs of its own."""
_SIGNS = {"tab": "\t", "br": "<br>", "cr": "<br>", "noBreakHyphen": "-"}
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class DocxFiles:
    """One article a document."""

    name = "docx"
    suffixes = frozenset({".docx"})

    def read(self, source: SourceFile, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Unreadable]:
        """Read the document."""
        content = whole(stream, options.max_bytes)
        if not content.strip():
            yield Unreadable(source.source, EMPTY)
            return
        if not content.startswith(_ZIP_MAGIC):
            yield Unreadable(source.source, _OLDER if content.startswith(_OLDER_MAGIC) else _NO_DOCUMENT)
            return
        try:
            draft = _draft(content, options.max_bytes)
        except RefusedError:
            raise
        except Exception as error:  # noqa: BLE001  python-docx has its own for each thing that is not there
            noted(error)
            beyond = any(said in str(error) for said in _BEYOND)
            yield Unreadable(source.source, _TOO_MUCH if beyond else _NO_DOCUMENT)
            return
        yield assemble(draft, id=digest_id(source.name.encode(), content), source=source.source)


def _draft(content: bytes, limit: int) -> Draft:
    """Read a document.

    Raises:
        RefusedError: python-docx is not installed, or the document unpacks to more than ``limit`` bytes.
        Exception: it is no document of Word.
    """
    try:
        import docx  # noqa: PLC0415  optional, and for documents only
    except ImportError:
        raise RefusedError(_MISSING) from None
    document = docx.Document(_repacked(content, limit))
    from provenance.read.feed.pieces import piece  # noqa: PLC0415  lxml is needed for markup only

    shown = piece(_as_html(document))
    stated = _stated(document)
    title = stated.pop("title", None)
    return Draft(
        text=shown.text,
        lines=shown.lines,
        claims=shown.claims,
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        # Most titles are names of files and templates; one that the text has, too, is its own.
        title=title if title is not None and title in " ".join(shown.text.split()) else None,
        metadata=stated,
    )


def _repacked(content: bytes, limit: int) -> BinaryIO:
    """Unpack a zip piece by piece and pack it again without compression: the library unpacks whole parts unasked.

    Raises:
        RefusedError: it unpacks to more than ``limit`` bytes, pictures included, or has too many tags.
    """
    plain, left, tags = io.BytesIO(), limit, 0
    with (
        zipfile.ZipFile(cast("BinaryIO", GuardedZip(io.BytesIO(content)))) as packed,
        zipfile.ZipFile(plain, "w") as again,
    ):
        for entry in packed.infolist():
            with packed.open(entry) as member, again.open(entry.filename, "w") as copy:
                while block := member.read(_BLOCK):
                    left -= len(block)
                    if left < 0:
                        raise RefusedError(f"unpacks to more than the limit of {limit:,} bytes; --max-bytes raises it")
                    tags += block.count(b"<")  # those of pictures, one in 256 bytes, are counted with them
                    if tags > _MAX_TAGS:
                        raise RefusedError(f"a document of Word with more than {_MAX_TAGS:,} tags")
                    copy.write(block)
    plain.seek(0)
    return plain


def _as_html(document: Document) -> str:
    """Write a document as a page, so that its headings, links and lines count as those of one."""
    tags = _tags(document)
    pieces = ["<html><body>"]
    for element in _paragraphs(document):
        style = element.find(f"{_WORD}pPr/{_WORD}pStyle")
        tag = tags.get(style.get(f"{_WORD}val", "") if style is not None else "", tags[""])
        pieces.append(f"<{tag}>{_inside(element, document)}</{tag}>")
    return "".join([*pieces, "</body></html>"])


def _paragraphs(document: Document) -> Iterator[etree._Element]:
    """Give the paragraphs wherever they stand: cells of tables that span many are asked for by none of their rows."""
    from lxml import etree  # noqa: PLC0415  python-docx brings it

    walk = etree.iterwalk(document.element.body, events=("start",), tag=(f"{_WORD}p", _FALLBACK))
    for _event, element in walk:
        if element.tag == _FALLBACK:
            walk.skip_subtree()
        else:
            yield element


def _tags(document: Document) -> dict[str, str]:
    """Give the element each style of a paragraph would be on a page, by its id; by ``""`` that of unknown ones.

    All are looked up at once: python-docx searches all styles for each paragraph.
    """
    tags = {"": "p"}
    for style in document.styles.element.iterfind(f"{_WORD}style[@{_WORD}type='paragraph']"):
        named = style.find(f"{_WORD}name")
        tag = _tag(named.get(f"{_WORD}val", "").lower() if named is not None else "")
        tags.setdefault(style.get(f"{_WORD}styleId") or "", tag)
        if style.get(f"{_WORD}default") in {"1", "true", "on"}:
            tags[""] = tag
    return tags


def _tag(name: str) -> str:
    """Give the element a paragraph would be on a page, by the name of its style, which is English in every edition."""
    if name == "title":
        return "h1"
    level = name.removeprefix("heading ")
    if level.isascii() and level.isdigit() and 1 <= int(level[:3]) <= _MAX_HEADING:
        return f"h{int(level[:3])}"
    return "figcaption" if name == "caption" else "blockquote" if "quote" in name else "p"


def _inside(paragraph: etree._Element, document: Document) -> str:
    """Give what a paragraph shows: insertions under review as well, deletions and hidden text not."""
    from lxml import etree  # noqa: PLC0415  as above

    pieces: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start", "end"))
    for event, element in walk:
        name = str(element.tag).removeprefix(_WORD)
        if event == "end":
            pieces.append("</a>" if name == "hyperlink" else "")
        elif name in _UNSEEN or element.tag == _FALLBACK or (name == "r" and _is_hidden(element)):
            walk.skip_subtree()
        elif name == "hyperlink":
            pieces.append(f'<a href="{escape(_target(element, document))}">')
        elif name == "t":
            pieces.append(escape(storable(element.text or "")))
        else:
            pieces.append(_SIGNS.get(name, ""))
    return "".join(pieces)


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{_WORD}rPr/{_WORD}vanish")
    return hidden is not None and hidden.get(f"{_WORD}val", "true") not in {"0", "false", "off"}


def _target(link: etree._Element, document: Document) -> str:
    relation = document.part.rels.get(str(link.get(_RELATION) or ""))
    return storable(relation.target_ref) if relation is not None and relation.is_external else ""


def _stated(document: Document) -> dict[str, str]:
    """Give what the file notes of itself: title, author, and when it was made."""
    try:
        noted = document.core_properties
        stated = {"title": noted.title, "author": noted.author, "created": noted.created}
        plain = {name: " ".join(storable(str(value)).split())[:500] for name, value in stated.items() if value}
    except Exception:  # noqa: BLE001  notes that break the parser are none
        return {}
    return {name: value for name, value in plain.items() if value}
