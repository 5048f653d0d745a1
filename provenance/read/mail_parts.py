"""The headers and parts of a mail, by the standard library's parser kept within bounds."""

from __future__ import annotations

import email
from collections.abc import Iterable, Iterator
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import parseaddr
from typing import Final, cast

from provenance.read.decoding import storable

__all__ = ["attachments", "bytes_of", "enclosed", "header", "parsed", "phrase"]

_MAX_HEADER: Final = 2000
"""Code points of one header: the parser takes a tenth of a millisecond for each, and texts have shorter subjects."""


class _BoundedPolicy(EmailPolicy):
    """The standard policy on headers cut to a length that parses in no time."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_MAX_HEADER]


_POLICY = _BoundedPolicy()


def parsed(content: bytes) -> EmailMessage:
    """Parse a mail.

    Raises:
        RecursionError: its parts are nested deeper than Python follows.
    """
    return cast("EmailMessage", email.message_from_bytes(content, policy=_POLICY))


def header(mail: EmailMessage, name: str) -> str:
    """Give a header, decoded and on one line; empty when it is not there."""
    try:
        written = str(mail.get(name) or "")
    except Exception:  # noqa: BLE001  a header that breaks its parser is given as it stands
        written = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    return " ".join(storable(written).split())


def phrase(written: str) -> str:
    """Give the words before an address or the name of a list: ``Harbour Post <news@harbour.example>``."""
    before, mark, _ = written.rpartition("<")
    name = before if mark else parseaddr(written)[0]
    return name.strip().strip("\"'").strip()


def attachments(mail: EmailMessage) -> Iterator[EmailMessage]:
    """Give what is attached: parts with a name of their own, and mails."""
    try:
        parts = list(cast("Iterable[EmailMessage]", mail.iter_attachments()))
    except (AttributeError, KeyError, TypeError):  # the standard library's own, on a mail that is one part
        return
    for part in parts:
        if part.get_content_type() == "message/rfc822" or part.get_filename():
            yield part


def enclosed(part: EmailMessage) -> EmailMessage | None:
    """Give the mail a part is; ``None`` when it is none."""
    if part.get_content_type() != "message/rfc822":
        return None
    inside = part.get_payload()
    mail = inside[0] if isinstance(inside, list) and inside else None
    return mail if isinstance(mail, EmailMessage) else None


def bytes_of(part: MIMEPart) -> tuple[bytes, str | None]:
    """Give the content of a part, its transfer encoding taken off, and the charset stated with it."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b"", part.get_content_charset()
