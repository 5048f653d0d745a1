"""Records: articles given as fields rather than files.

The fields are ``id, url, outlet, title, published, lang`` and one of ``text``, ``html`` or ``content`` with
``media_type``. ``text`` wins over ``html`` when both are there; the page is then read for its claims only. Every other
field is kept in the article's metadata, as text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from provenance.model import Article, ArticleId, Claim, DateBasis, Timeframe, Unreadable
from provenance.read import turns
from provenance.read.addresses import web_address
from provenance.read.assembly import Draft, assemble, digest_id, finished
from provenance.read.decoding import is_binary, storable
from provenance.read.language import language_code
from provenance.read.reasons import NO_TEXT, NOT_TEXT, given_up, too_large
from provenance.read.source import ReadOptions
from provenance.read.stream import RefusedError
from provenance.text.dates import timeframe

__all__ = ["FIELDS", "TEXT_FIELDS", "read_record", "read_text", "record_id"]

TEXT_FIELDS = frozenset({"text", "html", "content"})
FIELDS = TEXT_FIELDS | {"id", "url", "outlet", "title", "published", "lang", "media_type"}
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_XML_TYPES = frozenset({"application/xml", "text/xml"})
_PAGE_START = re.compile(r"\s{0,1000}<(?:!doctype|html|head|body|!--|\?xml)", re.IGNORECASE)
_DEFAULT_OPTIONS = ReadOptions()


def read_text(
    text: str,
    *,
    source: str,
    id: str | None = None,  # noqa: A002  the field's own name
    url: str | None = None,
    language: str | None = None,
) -> Article:
    """Make an article of a text a caller already holds, be it empty; :func:`read_record` takes further fields.

    Args:
        text: the text, exactly as it is to be quoted.
        source: how the text is to be called in reports.
        id: the article's id; made from ``source`` and the text when missing.
        url: address on the web the text stood at, if known; any other is not kept.
        language: ISO 639-1 code, if known; detected otherwise.
    """
    made = ArticleId(id) if id else digest_id(source.encode(), storable(text).encode())
    draft = Draft(text=text, media_type="text/plain", url=web_address(url), language=language)
    return finished(draft, id=made, source=source)


def record_id(record: Mapping[str, object]) -> str | None:
    """Give a record's own id as text; ``None`` when it has none."""
    found = record.get("id")
    if isinstance(found, bool) or not isinstance(found, str | int):
        return None
    return storable(str(found)).strip() or None


def read_record(
    record: Mapping[str, object],
    *,
    source: str,
    name: str | None = None,
    options: ReadOptions = _DEFAULT_OPTIONS,
    claims: tuple[Claim, ...] = (),
) -> Article | Unreadable:
    """Make an article of a record.

    Args:
        record: field names and values, as JSON or a CSV row gives them.
        source: how the record is to be called in reports: ``path#record``.
        name: what an id is made from when the record has none: the path below the audited folder.
        options: limits.
        claims: what the record's other fields say of its source, for formats whose fields are known to.

    Returns:
        The article, or why there is none. Nothing is raised on account of what a record holds.
    """
    try:
        turns.begin(source)
        draft = _draft(record, source, options)
        if isinstance(draft, Unreadable):
            return draft
        draft = replace(draft, claims=(*claims, *draft.claims))
        return assemble(_stated(draft, record), id=_id(record, name or source), source=source)
    except RefusedError as error:
        return Unreadable(source, str(error))
    except Exception as error:  # noqa: BLE001  a record that breaks a parser costs itself, not the rest of its file
        return Unreadable(source, given_up(error))


def _id(record: Mapping[str, object], name: str) -> ArticleId:
    if own := record_id(record):
        return ArticleId(own)
    canonical = json.dumps(record, sort_keys=True, separators=(",", ":"), default=str)
    return digest_id(name.encode(), canonical.encode())


def _draft(record: Mapping[str, object], source: str, options: ReadOptions) -> Draft | Unreadable:
    media_type, content = _content(record)
    if reason := _refusal(content, options):
        return Unreadable(source, reason)
    if media_type in _PAGE_TYPES | _XML_TYPES or media_type.endswith(("+xml", "json")):
        return _structured(content, media_type, web_address(_text(record, "url")))
    if media_type.startswith("text/"):
        return Draft(text=content, media_type=media_type, claims=_claims_beside(record))
    return Unreadable(source, f"media type {media_type[:80]} is not one this program reads")


def _refusal(content: str, options: ReadOptions) -> str | None:
    if not content.strip():
        return NO_TEXT
    if len(content) > options.max_bytes:
        return too_large(options.max_bytes)
    # A stray NUL in a JSON string is replaced, not refused: it is one escape in a text, not a sign of another format.
    return NOT_TEXT if is_binary(content.replace("\x00", "")) else None


def _structured(content: str, media_type: str, url: str | None) -> Draft:
    # Imported here because lxml and what follows it are needed for markup only.
    if media_type in _PAGE_TYPES:
        from provenance.read.page.reading import read_page  # noqa: PLC0415  as above

        return read_page(content, url=url)
    from provenance.read.feed.json_items import read_json  # noqa: PLC0415  as above
    from provenance.read.feed.xml_items import read_xml  # noqa: PLC0415  as above

    return read_json(content) if media_type.endswith("json") else read_xml(content, media_type=media_type)


def _content(record: Mapping[str, object]) -> tuple[str, str]:
    """Give the media type and the content of a record; empty content when it has none."""
    if text := _text(record, "text"):
        return "text/plain", text
    if page := _text(record, "html"):
        return "text/html", page
    content = record.get("content")
    stated = (_text(record, "media_type") or "").partition(";")[0].strip().lower()
    if content is not None and not isinstance(content, str):
        content = json.dumps(content, ensure_ascii=False)
        stated = stated or "application/json"
    if not stated:
        stated = "text/html" if content and _PAGE_START.match(content) else "text/plain"
    return stated, content or ""


def _claims_beside(record: Mapping[str, object]) -> tuple[Claim, ...]:
    page = _text(record, "html")
    if not page or not _text(record, "text"):
        return ()
    from provenance.read.page.reading import read_page  # noqa: PLC0415  lxml is needed for pages only

    # Links say where they stand in the page's own text, which is not the text of this article.
    return tuple(
        claim for claim in read_page(page, url=web_address(_text(record, "url"))).claims if claim.carrier != "link"
    )


def _stated(draft: Draft, record: Mapping[str, object]) -> Draft:
    """Let what the record says win over what its page says."""
    published = _published(record)
    code = language_code(_text(record, "lang") or "")
    url = web_address(_text(record, "url"))
    return replace(
        draft,
        url=url or draft.url,
        outlet_name=_named(record.get("outlet")) or draft.outlet_name,
        title=_text(record, "title") or draft.title,
        published=published or draft.published,
        language=code or draft.language,
        metadata={**draft.metadata, **_rest(record, {"published": published, "lang": code, "url": url})},
    )


def _published(record: Mapping[str, object]) -> Timeframe | None:
    value = record.get("published")
    if value is None or isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return timeframe(str(value), DateBasis.RECORD)


def _rest(record: Mapping[str, object], understood: Mapping[str, object]) -> dict[str, str]:
    """Give what is kept as metadata: fields that mean nothing here, and those that hold what they should not."""
    rest = {storable(str(key)): _as_text(value) for key, value in record.items() if key not in FIELDS}
    for key, found in understood.items():
        if found is None and record.get(key):
            rest[key] = _as_text(record[key])
    return {key: value for key, value in rest.items() if value}


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return storable(value)
    return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str))


def _named(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title") or value.get("id")
    return storable(value).strip() or None if isinstance(value, str) else None


def _text(record: Mapping[str, object], key: str) -> str | None:
    value = record.get(key)
    if not isinstance(value, str) or not value.strip():
        return None
    # Only the texts themselves are quoted exactly; an address or title loses the blanks around it.
    return value if key in {"text", "html", "content"} else storable(value).strip()
