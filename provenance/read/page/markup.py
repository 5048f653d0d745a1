"""The element tree of a page, and the few questions every part of the reader asks of an element.

The parser fetches nothing, resolves no foreign entities and stops at a depth of 2,048 elements, which libxml2 sets. A
page cut off there would lose text without a word, so it is refused instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree, html

from provenance.read.stream import RefusedError

__all__ = [
    "ELEMENT_LENGTH",
    "element_text",
    "is_hidden",
    "markup_of",
    "parse_page",
    "shortened",
    "split_tokens",
]

ELEMENT_LENGTH = 400
"""Code points of markup kept with a claim."""

_MAX_STEPS = 1000  # into and out of elements, to find the text of one
_TEXT_LENGTH = 300  # code points of an element's own text; a source is named in fewer
_HIDING_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_STYLE_LENGTH = 2000  # code points of a style attribute looked at
_SELF_CLOSED = re.compile(
    r"<(a|b|div|em|i|iframe|li|noscript|p|script|span|strong|style|td|textarea|title)(\s[^<>]{0,2000})?/>",
    re.IGNORECASE,
)
"""Elements that XHTML may close at once and that HTML would take to be open: ``<title/>`` hides the rest of a page."""
_MAX_ATTRIBUTES = 1000  # of one element; the parser compares each with all before it, and pages have a dozen
_MAX_TAGS = 500_000
"""Tags of a page; reports that go on for days have some tens of thousands. Each costs up to 2 KB and 15 µs."""
_MANY_CHARACTERS = 3 * _MAX_ATTRIBUTES  # the fewest that so many attributes take
_TAG = re.compile(r"""<[A-Za-z](?:[^"'<>]++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_XHTML = "http://www.w3.org/1999/xhtml"
_NAMESPACE_WITHIN = 2000  # code points
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_SPACES = re.compile(r"\s+")


def parse_page(text: str) -> html.HtmlElement | None:
    """Parse a page; ``None`` when there is no element in it.

    Raises:
        RefusedError: the page has too many tags, nests its elements deeper than the parser follows, or gives one too
            many attributes.
    """
    if text.count("<") > _MAX_TAGS:
        raise RefusedError(f"more than {_MAX_TAGS:,} tags")
    if len(text) > _MANY_CHARACTERS and any(map(_is_overloaded, _TAG.finditer(text))):
        raise RefusedError(f"an element with more than {_MAX_ATTRIBUTES:,} attributes")
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, recover=True
    )
    if _XHTML in text[:_NAMESPACE_WITHIN]:
        text = _SELF_CLOSED.sub(r"<\1\2></\1>", text)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None
    if any("Excessive depth" in entry.message for entry in parser.error_log.filter_from_fatals()):
        raise RefusedError("elements nested more than 2,048 deep")
    for template in list(root.iter("template")):
        if "shadowrootmode" in template.attrib:
            template.tag = "div"  # what it holds is shown
        else:
            del template[:]  # a mould for scripts: no reader sees it, and what it claims it claims of nothing
            template.text = None
    return root


def _is_overloaded(tag: re.Match[str]) -> bool:
    if tag.end() - tag.start() < _MANY_CHARACTERS:
        return False
    bare = _QUOTED.sub(" ", tag[0])
    return max(len(bare.split()), bare.count("="), bare.count("/")) > _MAX_ATTRIBUTES


def shortened(text: str, length: int = ELEMENT_LENGTH) -> str:
    """Cut a text to a length in code points, the cut shown as an ellipsis."""
    return text if len(text) <= length else text[: length - 1] + "…"


def markup_of(element: etree._Element) -> str:
    """Write an element as markup, attributes in their own order, shortened to :data:`ELEMENT_LENGTH`.

    The library's own serialiser escapes addresses (``stössen`` becomes ``st%C3%B6ssen``) and writes the whole subtree
    of what may be half a page.
    """
    pieces: list[str] = []
    length = 0
    for piece in _pieces(element):
        pieces.append(piece)
        length += len(piece)
        if length > ELEMENT_LENGTH:
            break
    return shortened("".join(pieces))


def _pieces(element: etree._Element) -> Iterator[str]:
    for event, node in etree.iterwalk(element, events=("start", "end"), tag="*"):
        tag = str(node.tag)
        if tag.startswith("<"):  # an unresolved entity, which the library gives a function for a name
            continue
        if event == "start":
            yield f"<{tag}{''.join(_attribute(name, value) for name, value in node.items())}>"
            if node.text:
                yield node.text if tag in {"script", "style"} else _escaped(node.text)
        else:
            if tag not in _VOID or node.text or len(node):  # XML has a <source> of its own
                yield f"</{tag}>"
            if node.tail and node is not element:
                yield _escaped(node.tail)


def _attribute(name: str, value: str) -> str:
    return ' {}="{}"'.format(name, _escaped(value[:ELEMENT_LENGTH]).replace('"', "&quot;"))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def element_text(element: etree._Element) -> str:
    """Give the text inside an element on one line, at most 300 code points of it."""
    pieces: list[str] = []
    length = 0
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in islice(walk, _MAX_STEPS):
        inside = event == "start" and isinstance(node.tag, str)  # an entity or comment shows nothing
        piece = (node.text if inside else node.tail if event == "end" and node is not element else None) or ""
        pieces.append(piece)
        length += len(piece)
        if length > 2 * _TEXT_LENGTH:
            break
    return shortened(_SPACES.sub(" ", "".join(pieces)).strip(), _TEXT_LENGTH)


def is_hidden(element: etree._Element) -> bool:
    """Say whether the markup itself hides an element; style sheets are not read."""
    if "hidden" in element.attrib or (element.tag == "dialog" and "open" not in element.attrib):
        return True
    style = element.get("style")
    return style is not None and _HIDING_STYLE.search(style[:_STYLE_LENGTH]) is not None


def split_tokens(value: str | None) -> list[str]:
    """Split an attribute that holds words (``class``, ``rel``, ``itemprop``), lower-cased."""
    return value[:_STYLE_LENGTH].lower().split() if value else []
