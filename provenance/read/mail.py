"""Mails (``.eml``): press releases, newsletters and tips as they arrived.

The text is the page of the mail where it has one: the plain version is wrapped at 70 columns, and has lost its links.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from provenance.model import Article, DateBasis, Timeframe, Unreadable
from provenance.read.assembly import Draft, assemble, digest_id
from provenance.read.decoding import decode, is_binary, storable
from provenance.read.reasons import EMPTY, NOT_TEXT, given_up
from provenance.read.source import ReadOptions, SourceFile
from provenance.read.stream import RefusedError, whole
from provenance.text.dates import timeframe

if TYPE_CHECKING:
    from email.message import EmailMessage

__all__ = ["Mails"]

_MAX_PARTS: Final = 500
"""Parts of one mail. Each costs the parser up to a tenth of a second when its headers are made for that."""
_MAX_ATTACHMENTS: Final = 50
_MAX_LINES: Final = 1_000_000
"""Lines of a mail. The parser keeps each at up to a hundred bytes of memory, be it a header or a part of three bytes; a
mail as large as the limit, full of attachments, has half as many."""
_MAX_DELIMITERS: Final = 20_000
"""Lines of a mail that begin with two hyphens, as what parts it does. A part that says nothing of itself is one, too,
and costs the parser a tenth of a millisecond."""
_PART = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
_HEADER = re.compile(rb"(?:From [^\n]{1,500}\n)?[A-Za-z][A-Za-z0-9-]{0,70}[ \t]{0,9}:")
_ATTACHED = frozenset({".txt", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx"})
"""What is read where it is attached: texts. Tables and archives of articles come in files of their own."""
_KEPT = ("Message-ID", "From", "Sender", "Reply-To", "List-Id")
"""Headers that say where a mail is from; whom it was for is nobody's business."""


class Mails:
    """One article a mail, and one an attached text or mail."""

    name = "mail"
    suffixes = frozenset({".eml"})

    def read(self, source: SourceFile, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Unreadable]:
        """Read the mail, then what is attached to it."""
        content = whole(stream, options.max_bytes)
        if not content.strip():
            yield Unreadable(source.source, EMPTY)
            return
        if _HEADER.match(content.lstrip()) is None:
            yield Unreadable(source.source, "not a mail: does not begin with headers")
            return
        if reason := _too_much(content):
            yield Unreadable(source.source, reason)
            return
        from provenance.read.mail_parts import parsed  # noqa: PLC0415  the parser takes 50 ms to load

        mail = parsed(content)
        yield _article(mail, _Place(source, ""), content)
        yield from _attached(mail, source, options)


def _too_much(content: bytes) -> str | None:
    """Say of what a mail has more than the parser takes in its stride; ``None`` where it does not."""
    if len(_PART.findall(content)) > _MAX_PARTS:
        return f"more than {_MAX_PARTS} parts"
    ends = content.count(b"\n") + content.count(b"\r") - content.count(b"\r\n")
    if ends > _MAX_LINES:
        return f"more than {_MAX_LINES:,} lines"
    delimiters = content.count(b"\n--") + content.count(b"\r--")
    return f"more than {_MAX_DELIMITERS:,} lines that part it" if delimiters > _MAX_DELIMITERS else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text stands: in a file, and under which name in it (nothing for the mail itself)."""

    file: SourceFile
    name: str

    @property
    def source(self) -> str:
        return f"{self.file.source}#{self.name}" if self.name else self.file.source


def _article(mail: EmailMessage, place: _Place, content: bytes) -> Article | Unreadable:
    draft = _body(mail, place)
    if isinstance(draft, Unreadable):
        return draft
    made = digest_id(place.file.name.encode(), place.name.encode(), content)
    return assemble(_addressed(draft, mail), id=made, source=place.source)


def _body(mail: EmailMessage, place: _Place) -> Draft | Unreadable:
    """Read the page of a mail or, where it is missing or shows nothing, the plain version."""
    from provenance.read.mail_parts import bytes_of  # noqa: PLC0415  as above

    reason = "a mail without a text"
    for kind in ("html", "plain"):
        part = mail.get_body((kind,))
        if part is None:
            continue
        content, charset = bytes_of(part)
        decoded = decode(content, markup=kind == "html", charset=charset)
        if decoded is None or is_binary(decoded.text):
            reason = NOT_TEXT
            continue
        draft = Draft(text=decoded.text, media_type="text/plain", metadata=decoded.notes())
        if kind == "html":
            from provenance.read.page.reading import read_page  # noqa: PLC0415  lxml is needed for pages only

            draft = read_page(decoded.text, metadata=decoded.notes())
        if draft.text.strip():
            return draft
    return Unreadable(place.source, reason)


def _addressed(draft: Draft, mail: EmailMessage) -> Draft:
    """Say of a text what the headers of its mail say."""
    from provenance.read.mail_parts import header, phrase  # noqa: PLC0415  as above

    sender = phrase(header(mail, "From"))
    # Sent to a list, it is from an organisation; else from a person, whose name is no outlet's.
    bulk = bool(header(mail, "List-Id") or header(mail, "List-Unsubscribe"))
    outlet = header(mail, "Organization") or phrase(header(mail, "List-Id")) or (sender if bulk else "")
    archived = header(mail, "Archived-At").strip("<> ")
    kept = {name.lower(): header(mail, name) for name in _KEPT}
    return replace(
        draft,
        url=archived if archived.startswith(("http://", "https://")) else draft.url,
        outlet_name=outlet or draft.outlet_name,
        title=header(mail, "Subject") or draft.title,
        byline=sender or draft.byline,
        published=_sent(mail) or draft.published,
        metadata={**draft.metadata, **{name: value for name, value in kept.items() if value}},
    )


def _sent(mail: EmailMessage) -> Timeframe | None:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  as above

    from provenance.read.mail_parts import header  # noqa: PLC0415  as above

    written = header(mail, "Date")
    if not written:
        return None
    try:
        moment = parsedate_to_datetime(written).isoformat()
    except (ValueError, OverflowError):
        moment = ""
    return timeframe(written, DateBasis.RECORD) or timeframe(moment, DateBasis.RECORD)


def _attached(mail: EmailMessage, source: SourceFile, options: ReadOptions) -> Iterator[Article | Unreadable]:
    from provenance.read.mail_parts import attachments  # noqa: PLC0415  as above

    for number, part in enumerate(attachments(mail), start=1):
        if number > _MAX_ATTACHMENTS:
            yield Unreadable(source.source, f"more than {_MAX_ATTACHMENTS} attachments; the rest was not read")
            return
        name = storable(part.get_filename() or "").replace("/", "_")[:200]
        place = _Place(source, f"{number}:{name}" if name else str(number))
        try:
            yield from _one_attached(part, place, options)
        except RefusedError as error:
            yield Unreadable(place.source, str(error))
        except Exception as error:  # noqa: BLE001  an attachment that breaks a parser costs itself, not its mail
            yield Unreadable(place.source, given_up(error))


def _one_attached(part: EmailMessage, place: _Place, options: ReadOptions) -> Iterator[Article | Unreadable]:
    from provenance.read.mail_parts import bytes_of, enclosed  # noqa: PLC0415  as above

    if (forwarded := enclosed(part)) is not None:
        yield _article(forwarded, place, place.name.encode())
        return
    suffix = PurePosixPath(place.name.lower()).suffix
    if suffix not in _ATTACHED:
        return
    from provenance.read.registry import reader_of  # noqa: PLC0415  it knows this reader, too

    inside = SourceFile(None, place.source, f"{place.file.name}#{place.name}")
    stream = io.BufferedReader(cast("io.RawIOBase", io.BytesIO(bytes_of(part)[0])))
    if (reader := reader_of(suffix)) is not None:
        yield from reader.read(inside, stream, options)
