"""One item in XML: RSS ``<item>``, Atom ``<entry>``, a WordPress post, a NewsML item, NITF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

from provenance.model import Claim, DateBasis, Timeframe
from provenance.read.assembly import Draft
from provenance.read.feed.fields import (
    ADDRESSES,
    AUTHORS,
    DATES,
    ITEMS,
    LINK_RELATIONS,
    MARKUP_FIELDS,
    NEWS_PROVIDERS,
    POST_META,
    PROSE,
    SOURCE_ELEMENTS,
    TITLES,
)
from provenance.read.feed.pieces import Piece, compose, in_reading_order, piece, tells
from provenance.read.language import language_code
from provenance.read.page.facts import host_of
from provenance.read.page.markup import element_text, markup_of
from provenance.read.prose import is_prose
from provenance.text.dates import timeframe

__all__ = ["Channel", "first_text", "item_draft", "item_id", "local_name", "read_xml"]

_VALUE_LENGTH = 500  # code points
_ID_LENGTH = 300  # code points
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_MEDIA = "search.yahoo.com/mrss"
"""Media RSS: captions and credits of pictures and films, not of the text."""
_TAGS = {
    "hl1": "h1", "hl2": "h2", "block": "div", "media": "figure", "media-caption": "figcaption",
    "media-producer": "figcaption", "tagline": "p", "body.content": "div", "byline": "p",
    "inlinexml": "div", "datacontent": "div",
}  # fmt: skip
"""Elements of NITF and NewsML as a page would have them."""
_WRAPPERS = frozenset({"body", "content", "source", "summary", "inlinexml", "text"})
"""Fields that are looked into when they hold elements."""
_VOID = frozenset({"br", "hr", "img", "link", "meta"})


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself: the outlet its items belong to, unless they name another."""

    title: str | None = None
    url: str | None = None
    language: str | None = None


def read_xml(content: str, *, media_type: str) -> Draft:
    """Read one item in XML, or a feed that holds just one; of a feed of several all is one text.

    Nothing is fetched and no entity is resolved; damaged XML is read as far as it goes.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True,
        remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    root = etree.fromstring(content.encode("utf-8", "replace"), parser=parser)
    if root is None:
        return Draft(text="", media_type=media_type)
    items = list(_outermost(root))
    if len(items) != 1 or items[0] is root:
        return item_draft(root, media_type=media_type)
    parent = items[0].getparent()
    around = [root] if parent is None or parent is root else [root, parent]
    titles = [element_text(inner) for outer in around for inner in outer if local_name(inner) == "title"]
    return item_draft(items[0], media_type=media_type, channel=Channel(next(filter(None, titles), None)))


def _parts(root: etree._Element) -> list[etree._Element]:
    """Give the items of a feed that is read as one text; an item itself is its own and only part."""
    items = list(_outermost(root))
    return items if len(items) > 1 else [root]


def _outermost(root: etree._Element) -> Iterator[etree._Element]:
    walk = etree.iterwalk(root, events=("start",), tag="*")
    for _event, element in walk:
        if local_name(element) in ITEMS:
            yield element
            walk.skip_subtree()


def item_draft(root: etree._Element, *, media_type: str, channel: Channel | None = None) -> Draft:
    """Read one item that is parsed already; ``channel`` is the feed it stands in."""
    around = channel or Channel()
    url = _address(root)
    pieces = [one for item in _parts(root) for one in in_reading_order(_pieces(item, host_of(url)))]
    title = first_text(root, TITLES)
    composed = compose(pieces if title or tells(pieces) else ())
    return Draft(
        text=composed.text or _text_of_strange_fields(root),
        lines=composed.lines if composed.text else None,
        media_type=media_type,
        claims=(*_xml_claims(root), *composed.claims),
        url=url,
        outlet_name=around.title,
        title=piece(title).text or None if title else None,
        byline=_byline(root),
        published=_published(root),
        language=_language(root) or around.language,
        metadata=_categories(root),
    )


def _text_of_strange_fields(root: etree._Element) -> str:
    """Give the text of an item whose fields have names nobody knows; nothing where they hold data, and no text."""
    texts: list[str] = []
    walk = etree.iterwalk(root, events=("start",), tag="*")
    for _event, element in walk:
        name = local_name(element)
        if element is not root and (name in PROSE or name in SOURCE_ELEMENTS or _is_media(element)):
            walk.skip_subtree()
        elif text := " ".join((element.text or "").split()):
            texts.append(text)
    text = "\n".join(texts)
    return text if is_prose(text) else ""


def local_name(element: etree._Element) -> str:
    """Give the name of an element in lower case without its namespace.

    Without a declaration the parser keeps the prefix in the name; an unresolved entity is named oddly.
    """
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def first_text(root: etree._Element, names: tuple[str, ...]) -> str | None:
    """Give the text of the first field of these names, in their order; an item's own before those deeper in it."""
    own: dict[str, str] = {}
    deep: dict[str, str] = {}
    for element in _relevant(root):
        name = local_name(element)
        found = own if element.getparent() is root else deep
        if found is deep and name == "name":  # of an author or an agency
            continue
        if name in names and name not in found and (text := element_text(element)):
            found[name] = text
    return next((found[name] for found in (own, deep) for name in names if name in found), None)


def item_id(root: etree._Element) -> str | None:
    """Give the identifier an item has in its feed; ``None`` when it has none."""
    stated = root.get("guid") or root.get(_ABOUT) or first_text(root, ("guid", "id", "newsitemid"))
    if stated is None:
        stated = next((element.get("id-string") for element in root.iter("{*}doc-id", "doc-id")), None)
    return stated.strip()[:_ID_LENGTH] or None if stated else None


def _relevant(root: etree._Element) -> Iterator[etree._Element]:
    """Walk an item without the feed an entry was taken from, pictures and films, and the inside of its text."""
    walk = etree.iterwalk(root, events=("start",), tag="*")
    for _event, element in walk:
        name = local_name(element)
        if element is not root and (_is_media(element) or name in MARKUP_FIELDS or (name == "source" and len(element))):
            walk.skip_subtree()
        else:
            yield element


def _is_media(element: etree._Element) -> bool:
    return _MEDIA in str(element.tag) or str(element.tag).startswith("media:")


def _address(root: etree._Element) -> str | None:
    stated: dict[str, str] = {}
    for element in root.iterchildren("*"):
        name = local_name(element)
        if name == "origlink" or name in ADDRESSES:
            relation = (element.get("rel") or "alternate").lower()
            address = _absolute((element.get("href") or element.text or "").strip(), element)
            if relation == "alternate" and address:
                stated.setdefault(name, address)
        elif name == "guid" and (element.get("isPermaLink") or "true").lower() == "true":
            stated.setdefault(name, (element.text or "").strip())
    found = next((stated[name] for name in ("origlink", *ADDRESSES, "guid") if stated.get(name)), "")
    return found[:2000] if found.startswith(("http://", "https://")) else None


def _absolute(address: str, element: etree._Element) -> str:
    """Complete an address by the base its element stands under (``xml:base``), where it has one."""
    base = element.base if address and not address.startswith(("http://", "https://")) else None
    return urljoin(base, address) if base and base.startswith(("http://", "https://")) else address


def _byline(root: etree._Element) -> str | None:
    stated = first_text(root, AUTHORS) or ""
    address, _, name = stated.partition("(")  # RSS: ada@harbour.example (Ada Quill)
    if "@" in address:
        stated = name.rstrip(") ")
    return stated or None


def _published(root: etree._Element) -> Timeframe | None:
    stated: dict[str, str] = {}
    for element in _relevant(root):
        name = local_name(element)
        if name in DATES:
            stated.setdefault(name, element.get("norm") or element_text(element))
        elif name == "pubdata" and (issue := element.get("date.publication")):
            stated.setdefault("pubdate", issue)
    frames = (timeframe(stated[name], DateBasis.MARKUP) for name in DATES if name in stated)
    return next(filter(None, frames), None)


def _language(root: etree._Element) -> str | None:
    fields = (element for element in _relevant(root) if local_name(element) == "language")
    stated = [root.get(_XML_LANGUAGE) or "", *(element.get("tag") or element_text(element) for element in fields)]
    return next(filter(None, map(language_code, stated)), None)


def _categories(root: etree._Element) -> dict[str, str]:
    found = [element.get("term") or element_text(element) for element in root if local_name(element) == "category"]
    names = "; ".join(dict.fromkeys(filter(None, found)))
    return {"categories": names[:_VALUE_LENGTH]} if names else {}


def _pieces(root: etree._Element, host: str | None) -> Iterator[Piece]:
    walk = etree.iterwalk(root, events=("start",), tag="*")
    for _event, element in walk:
        name = local_name(element)
        if element is not root and _is_media(element):
            walk.skip_subtree()
        elif name in MARKUP_FIELDS and element is not root:
            yield piece(_as_html(element), field="html", host=host)
            walk.skip_subtree()
        elif name in PROSE and not (len(element) and name in _WRAPPERS):
            yield _field(element, name, host)
            walk.skip_subtree()


def _field(element: etree._Element, name: str, host: str | None) -> Piece:
    inside = name == "datacontent" and len(element)
    written = _as_html(element) if inside else "".join(map(str, element.itertext()))
    return piece(written, field="excerpt" if "excerpt" in str(element.tag) else name, host=host)


def _as_html(root: etree._Element) -> str:
    """Write an element as HTML: names without namespaces, those of NITF as a page would have them."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag="*"):
        name = local_name(element)
        tag = _TAGS.get(name, name)
        if event == "start":
            written = "".join(f' {key}="{_escaped(value)}"' for key, value in element.items() if ":" not in key)
            pieces.append(f"<{tag}{written}>{_escaped(element.text or '')}")
        else:
            pieces.append("" if tag in _VOID else f"</{tag}>")
            pieces.append(_escaped(element.tail or "") if element is not root else "")
    return "".join(pieces)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _xml_claims(root: etree._Element) -> Iterator[Claim]:
    walk = etree.iterwalk(root, events=("start",), tag="*")
    for _event, element in walk:
        name = local_name(element)
        if name == "media" or (element is not root and _is_media(element)):
            walk.skip_subtree()
        elif name == "party" and not _is_first_hop(element):
            continue
        elif name == "postmeta":
            yield from _post_meta(element)
        elif name == "link" and (element.get("rel") or "").lower() in LINK_RELATIONS and element.get("href"):
            yield _xml_claim(element, str(element.get("rel")).lower(), str(element.get("href")))
        elif name in SOURCE_ELEMENTS:
            extra = _described(element)
            value = extra.get("name") or extra.get("url") or extra.get("qcode") or ""
            if value:
                yield _xml_claim(element, name, value, extra)


def _is_first_hop(party: etree._Element) -> bool:
    """Say whether a party is where an item came from, as NewsML-G2 tells its way (``hopHistory``)."""
    hop = party.getparent()
    history = hop.getparent() if hop is not None and local_name(hop) == "hop" else None
    if history is None:
        return False
    return min(history.iterchildren("*"), key=lambda one: (len(one.get("seq") or ""), one.get("seq") or "")) is hop


def _xml_claim(element: etree._Element, name: str, value: str, extra: Mapping[str, str] | None = None) -> Claim:
    context = ">".join(reversed([local_name(around) for around in element.iterancestors()][:12]))
    return Claim("feed", name, value[:_VALUE_LENGTH], markup_of(element), context, dict(extra or {}))


def _described(element: etree._Element) -> dict[str, str]:
    names = [
        text
        for inner in element.iterchildren("*")
        if local_name(inner) in {"title", "name"} and (text := element_text(inner))
    ]
    links = [inner for inner in element.iterchildren("*") if local_name(inner) in {"link", "uri", "id"}]
    stated = next(filter(None, map(element.get, ("literal", "holder", "owner"))), "") or _formal_name(element)
    address = element.get("url") or element.get("href") or element.get("uri") or _alternate(links)
    code = address.partition(NEWS_PROVIDERS)[2]
    described = {
        "name": names[0] if names else stated or ("" if links else element_text(element)),
        "url": "" if code else address,
        "qcode": element.get("qcode") or (f"nprov:{code}" if code else ""),
    }
    return {key: value.strip()[:_VALUE_LENGTH] for key, value in described.items() if value and value.strip()}


def _formal_name(element: etree._Element) -> str:
    """Give the name NewsML 1 writes as an attribute of the party inside an element."""
    return next((str(inner.get("FormalName") or "") for inner in element.iterchildren("{*}Party", "Party")), "")


def _alternate(links: list[etree._Element]) -> str:
    """Give the address of the page among links: a feed's own (``rel="self"``) may be at whoever serves it."""
    own = [link for link in links if (link.get("rel") or "alternate").lower() == "alternate"]
    stated = (link.get("href") or element_text(link) for link in [*own, *links])
    return next(filter(None, stated), "")


def _post_meta(element: etree._Element) -> Iterator[Claim]:
    fields = {local_name(inner): element_text(inner) for inner in element.iterchildren("*")}
    key, value = fields.get("meta_key", ""), fields.get("meta_value", "")
    if value and any(stem in key.lower() for stem in POST_META):
        yield Claim("feed", key, value[:_VALUE_LENGTH], markup_of(element), "item>postmeta")
