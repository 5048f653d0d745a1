"""Articles out of a WARC file: its pages and plain texts, each under the address it was fetched from.

A date in an archive is that of the visit. It says that a page was there by then, and nothing of when it was published:
two pages fetched in a row would otherwise seem to be published in a row. It is kept as ``captured`` in the metadata.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO, cast
from urllib.parse import urljoin

from provenance.model import Article, ArticleId, Unreadable
from provenance.read import turns
from provenance.read.archive.budget import Budget
from provenance.read.archive.captures import Capture, captures
from provenance.read.archive.framing import Damage
from provenance.read.archive.pages import PageList, page_key
from provenance.read.assembly import Draft, assemble, digest_id
from provenance.read.decoding import Decoded, decode, is_binary, storable
from provenance.read.prose import is_prose
from provenance.read.reasons import NOT_TEXT, given_up
from provenance.read.source import ReadOptions, SourceFile
from provenance.read.stream import RefusedError

__all__ = ["Collected", "WebArchives", "archived_articles", "or_no_page"]

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TEXTS = frozenset({"text/plain"})
_ANSWERED = frozenset({200, 203})  # an error page is no article, and a part of one (206) neither
_MOVED = frozenset({301, 302, 303, 307, 308})
_HELD = frozenset({"response", "resource", "conversion"})
_NO_PAGE = "a web archive without pages: it holds pictures, scripts, failed answers or notes of the crawl only"
_MOST_DAMAGED = 100_000
"""Places of one archive, or collection, that are damaged, from which on it is not read to its end. Each is listed."""
_ADDRESS_SHOWN = 300  # code points in the name of a source


@dataclass(slots=True)
class Collected:
    """What is known so far of an archive, or of all archives of a collection."""

    pages: PageList | None = None
    """The addresses whose records are articles; ``None`` where every page is."""
    records: int = 0
    """Records seen in earlier files of the collection."""
    articles: int = 0
    damaged: int = 0
    """Places that are damaged."""
    seen: set[int] = field(default_factory=set)
    """Hashes of address and digest, and of the ids, of what was read, so that a visit which found the same says
    nothing new. Hashes, because an archive may hold millions."""


class WebArchives:
    """One article a page; what else a crawl fetches (pictures, scripts, error pages) is passed over."""

    name = "warc"
    suffixes = frozenset({".warc", ".wet"})

    def read(self, source: SourceFile, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Unreadable]:
        """Read the records in order. An archive that breaks off keeps what was read before."""
        buffered = cast("io.BufferedReader", stream)
        found = archived_articles(buffered, source, Budget(options.max_bytes, source.size), Collected())
        yield from or_no_page(found, source)


def or_no_page(found: Iterator[Article | Unreadable], source: SourceFile) -> Iterator[Article | Unreadable]:
    """Give what is found in an archive, or say that nothing is."""
    first = next(found, None)
    yield Unreadable(source.source, _NO_PAGE) if first is None else first
    yield from found


def archived_articles(
    stream: io.BufferedReader, source: SourceFile, budget: Budget, collected: Collected
) -> Iterator[Article | Unreadable]:
    """Give the articles of one WARC file that is decompressed already.

    Raises:
        RefusedError: the file is damaged or breaks a limit; what comes after was not read.
    """
    before = collected.records
    listed = 0  # the last record that is listed as unreadable, which tells of the damage to it
    for capture in captures(stream, budget):
        collected.records = before + capture.number
        if isinstance(capture, Damage):
            if capture.number != listed:
                yield Unreadable(f"{source.source}#{collected.records}", capture.reason)
            collected.damaged += 1
            if collected.damaged > _MOST_DAMAGED:
                raise RefusedError(f"damaged in more than {_MOST_DAMAGED:,} places; the rest was not read")
            continue
        own, capture.number = capture.number, collected.records
        found = _found(capture, source, collected)
        listed = own if isinstance(found, Unreadable) else listed
        if isinstance(found, Article):
            collected.articles += 1
            collected.seen |= {_visit(capture), hash(capture.header("WARC-Record-ID"))}
        if found is not None:
            yield found


def _found(capture: Capture, source: SourceFile, collected: Collected) -> Article | Unreadable | None:
    """Give what a record holds; ``None`` when it is no page, or not one that was asked for."""
    media_type, charset = capture.content_type()
    if collected.pages is not None and not _asked_for(capture, collected.pages):
        return None
    if capture.kind == "revisit":
        return _revisited(capture, media_type, source, collected)
    if not _holds_page(capture, media_type) or _is_derived(capture, collected):
        return None
    place = _place(source, capture)
    try:
        turns.begin(place)
        return _article(capture, media_type, charset, source)
    except RefusedError as error:
        return Unreadable(place, str(error))
    except Exception as error:  # noqa: BLE001  a page that breaks a parser costs itself, not the rest of its archive
        return Unreadable(place, given_up(error))


def _asked_for(capture: Capture, pages: PageList) -> bool:
    """Say whether an address is listed, or one that a listed address led to."""
    if not pages.holds(capture.address):
        return False
    if capture.status in _MOVED and (target := capture.answered("Location")):
        pages.add(urljoin(capture.address, target))
    return True


def _holds_page(capture: Capture, media_type: str) -> bool:
    if capture.kind not in _HELD or media_type not in _PAGES | _TEXTS:
        return False
    return capture.kind != "response" or capture.status in _ANSWERED


def _revisited(capture: Capture, media_type: str, source: SourceFile, collected: Collected) -> Unreadable | None:
    """List a page that was found unchanged and not stored again, unless what was stored then is read here too."""
    first = capture.header("WARC-Refers-To-Target-URI").strip("<>") or capture.address
    if media_type not in _PAGES or _visit(capture) in collected.seen:
        return None
    when = capture.header("WARC-Refers-To-Date") or "an earlier day"
    return Unreadable(_place(source, capture), f"not stored again: the same as {first[:_ADDRESS_SHOWN]} of {when}")


def _visit(capture: Capture) -> int:
    return hash((page_key(capture.address), capture.header("WARC-Payload-Digest").lower()))


def _is_derived(capture: Capture, collected: Collected) -> bool:
    """Say whether a record is the bare text of a page that was read already."""
    return capture.kind == "conversion" and hash(capture.header("WARC-Refers-To")) in collected.seen


def _article(capture: Capture, media_type: str, charset: str | None, source: SourceFile) -> Article | Unreadable | None:
    place, content = _place(source, capture), capture.body()
    decoded = decode(content, markup=media_type in _PAGES, charset=charset)
    if decoded is None or is_binary(decoded.text):
        return Unreadable(place, NOT_TEXT)
    if media_type in _TEXTS and not is_prose(decoded.text):
        return None  # robots.txt, lists of advertisers, data: no more an article than a picture is
    draft = _draft(decoded, media_type, capture)
    return assemble(draft, id=_id(capture, content, source), source=place)


def _draft(decoded: Decoded, media_type: str, capture: Capture) -> Draft:
    stated = {"captured": capture.header("WARC-Date"), "truncated": capture.header("WARC-Truncated")}
    metadata = decoded.notes() | {name: value for name, value in stated.items() if value}
    url = capture.address if capture.address.startswith(("http://", "https://")) else None
    if media_type in _TEXTS:
        return Draft(text=decoded.text, media_type=media_type, url=url, metadata=metadata)
    from provenance.read.page.reading import read_page  # noqa: PLC0415  lxml is needed for pages only

    return replace(read_page(decoded.text, url=url, metadata=metadata), media_type=media_type)


def _place(source: SourceFile, capture: Capture) -> str:
    # The number comes first: an address may be in an archive any number of times, and hold any sign.
    return f"{source.source}#{capture.number}:{capture.address[:_ADDRESS_SHOWN]}"


def _id(capture: Capture, content: bytes, source: SourceFile) -> ArticleId:
    if own := capture.identity:
        return ArticleId(own)
    return digest_id(source.name.encode(), str(capture.number).encode(), storable(capture.address).encode(), content)
