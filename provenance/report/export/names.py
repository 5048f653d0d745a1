"""Names of things in exports, and texts and dates as every format can hold them.

Everything an export speaks of has one name, the same in all formats: a prefix that says what it is and the id,
percent-encoded (``article:sha256%3A0123…``). In a format that wants addresses, :data:`NAMESPACE` goes before it. Both
can be undone with :func:`identifier_of`.
"""

from __future__ import annotations

import re
from datetime import UTC
from enum import StrEnum
from typing import Final
from urllib.parse import quote, unquote

from provenance.model import Precision, Timeframe
from provenance.report.plain import one_line

__all__ = [
    "NAMESPACE",
    "TERMS",
    "Prefix",
    "identifier_of",
    "iso_date",
    "iso_day",
    "local_name",
    "name_of",
    "web_address",
    "xml_text",
]

NAMESPACE: Final = "urn:x-news-provenance:"
"""Of all names. Nobody resolves it and nobody has to own a domain for it."""

TERMS: Final = f"{NAMESPACE}term:"
"""Of the properties that the vocabularies of the formats lack."""


class Prefix(StrEnum):
    """What a name names."""

    ARTICLE = "article"
    OUTLET = "outlet"
    UNSEEN = "unseen"
    """A text that one article credits and that is not at hand."""
    INFERRED = "inferred"
    """A text that some articles must have in common and that is not at hand."""
    TIE = "tie"
    """Two articles that share text in unknown order, or that are only possibly tied."""
    LINK = "link"
    """What is said of a derivation."""
    RUN = "run"
    TOOL = "tool"
    FINDINGS = "findings"


def local_name(*identifiers: str) -> str:
    """Return ids as the local part of a name: letters, digits, ``-``, ``_`` and percent-encoded bytes.

    Dots and tildes are encoded too, as PROV-N and Turtle allow them in some places only. Several ids are joined by a
    slash, which none of them can then hold.
    """
    return "/".join(map(_encoded, identifiers))


def _encoded(identifier: str) -> str:
    quoted = quote(identifier, safe="", errors="surrogatepass")
    return quoted.replace(".", "%2E").replace("~", "%7E")


def name_of(prefix: Prefix, *identifiers: str) -> str:
    """Return the name of something: ``article:sha256%3A0123…``."""
    return f"{prefix}:{local_name(*identifiers)}"


def identifier_of(name: str) -> tuple[str, ...]:
    """Return the ids in a name or address, as they were given to :func:`name_of`."""
    _, _, local = name.removeprefix(NAMESPACE).partition(":")
    return tuple(unquote(part, errors="surrogatepass") for part in local.split("/"))


_NO_XML: Final = re.compile("[\ufffe\uffff]")
"""What XML 1.0 cannot hold besides the controls and surrogates that :func:`one_line` makes visible."""


def xml_text(text: str) -> str:
    """Return a text on one line with everything made visible that XML cannot hold or a reader would obey."""
    return _NO_XML.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", one_line(text))


_WEB: Final = re.compile(r"https?://[^\s/?#@\\<>\"{}|^`]+(?:[/?#][^\s\\<>\"{}|^`]*)?", re.IGNORECASE)
"""A host, with a port or not, then anything an address may hold. One that names a user as well is left out: what stands
before the ``@`` is made to look like the host."""


def web_address(address: str | None) -> str | None:
    """Return an address if it is one of the web, ``None`` for any other.

    What a record gives as its address is anything. Programs that read an export make links of addresses: a script, a
    file of the reader's or a document inside the address must not become one.
    """
    if address is None or _WEB.fullmatch(address) is None or one_line(address) != address:
        return None
    return address


_ISO: Final = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?)?"
)

_MINUTE: Final = 60
"""Seconds that an instant to the minute spans where its zone is known; where it is not, more than a day."""


def iso_date(date: Timeframe) -> str:
    """Return a date in the form of ISO 8601, as fine as it is known and no finer.

    What the source wrote in that form is kept, with its zone.
    """
    if _ISO.fullmatch(date.written):
        return date.written
    match date.precision:
        case Precision.YEAR:
            return iso_day(date)[:4]
        case Precision.MONTH:
            return iso_day(date)[:7]
        case Precision.MINUTE | Precision.SECOND if (date.latest - date.earliest).total_seconds() <= _MINUTE:
            return f"{date.earliest.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        case _:
            return iso_day(date)


def iso_day(date: Timeframe) -> str:
    """Return a date as a day in UTC, for formats that know nothing else; a year or month is its first day.

    It is that of the middle of the timeframe: the earliest instant of a day of unknown zone lies on the day before.
    """
    middle = (date.earliest + (date.latest - date.earliest) / 2).date()
    match date.precision:
        case Precision.YEAR:
            return middle.replace(month=1, day=1).isoformat()
        case Precision.MONTH:
            return middle.replace(day=1).isoformat()
        case _:
            return middle.isoformat()
