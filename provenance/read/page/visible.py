"""The visible text of a page: what a reader sees with style sheets off, in document order, nothing pruned.

Blocks stand on lines of their own and blanks collapse as in a browser. Attributions live in what extractors throw away
(bylines, asides, footers), so header, navigation, forms and footer stay in; scripts and what the markup hides do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from provenance.model import LayoutLine, Span
from provenance.read.assembly import MAX_LINES
from provenance.read.page.markup import is_hidden
from provenance.read.stream import RefusedError

__all__ = ["VisibleLink", "VisibleText", "visible_text"]

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details",
        "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
        "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
        "listing", "main", "menu", "nav", "noframes", "ol", "optgroup", "option", "p", "plaintext", "pre",
        "search", "section", "select", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "xmp",
    }
)  # fmt: skip
"""Elements that begin and end a line: those of the HTML standard's style sheet, and buttons and options, whose labels
would otherwise run into each other."""
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset(
    {
        "applet", "area", "audio", "base", "canvas", "colgroup", "datalist", "embed", "head", "iframe",
        "link", "map", "meta", "noscript", "object", "param", "rp", "script", "style", "svg", "template",
        "textarea", "title", "track", "video",
    }
)  # fmt: skip
_PRESERVING = frozenset({"listing", "plaintext", "pre", "xmp"})
_BUTTONS = frozenset({"button", "reset", "submit"})
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_PATH_LENGTH = 200  # code points
_TRAIL_LENGTH = 2 * _PATH_LENGTH
_STEP_LENGTH = 60  # code points of one element in a path
_CLASSES = 3  # classes of one element in a path; utility frameworks give dozens
_LANDMARKS = frozenset(
    {
        "article", "aside", "figure", "footer", "form", "header", "main", "nav", "section",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VisibleLink:
    """An ``<a href>`` with the place of its visible text; the place is empty where the link shows none."""

    element: etree._Element
    span: Span


@dataclass(frozen=True, slots=True)
class VisibleText:
    """The text, its lines, its links in document order, and how deep its elements are nested."""

    text: str
    lines: tuple[LayoutLine, ...]
    links: tuple[VisibleLink, ...]
    depth: int


class _Frame:
    """An open element. ``path`` is made on demand: most elements begin no line."""

    __slots__ = ("_path", "depth", "element", "link", "parent", "preserves", "trail")

    def __init__(self, element: etree._Element, parent: _Frame | None) -> None:
        tag = element.tag
        self.element = element
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.preserves: bool = tag in _PRESERVING or (parent is not None and parent.preserves)
        self.link: _OpenLink | None = parent.link if parent else None
        if tag == "a" and element.get("href"):
            self.link = _OpenLink(element)
        self._path: str | None = None
        self.trail: _Trail | None = None

    @property
    def path(self) -> str:
        if self._path is None:
            self._path = _path(self)
        return self._path


class _OpenLink:
    __slots__ = ("element", "end", "start")

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.start: int | None = None
        self.end = 0


def visible_text(root: etree._Element) -> VisibleText:
    """Lay out a page (or a part of one)."""
    layout = _Layout()
    walk = etree.iterwalk(root, events=("start", "end"))
    frame: _Frame | None = None
    for event, element in walk:
        if event == "start":
            frame = _Frame(element, frame)
            if element.tag in _UNSEEN or is_hidden(element):
                walk.skip_subtree()
            else:
                layout.open(frame)
        elif frame is not None:
            layout.close(frame)
            frame = frame.parent
            if frame is not None and element.tail:
                layout.add(element.tail, frame)
    return layout.finish()


class _Layout:
    """The lines written so far and the one being written."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._lines: list[LayoutLine] = []
        self._links: list[_OpenLink] = []
        self._position = 0
        self._pieces: list[str] = []
        self._column = 0
        self._blank_end = True  # whether a blank would be the line's first, or follow another
        self._home: _Frame | None = None  # the innermost element that holds all of the line
        self._solid = 0  # code points that are not blank
        self._linked = 0  # those of them inside links
        self._depth = 0

    def open(self, frame: _Frame) -> None:
        element = frame.element
        tag = element.tag
        self._depth = max(self._depth, frame.depth)
        if tag in _BLOCKS or tag == "br":
            self._break()
        elif tag in _CELLS and self._column:
            self.add("\t", frame, exact=True)
        elif tag == "input" and (element.get("type") or "").lower() in _BUTTONS:
            self._break()
            self.add(element.get("value") or "", frame)
            self._break()
        if frame.link is not None and frame.link.element is element:
            self._links.append(frame.link)
        if element.text:
            self.add(element.text, frame)

    def close(self, frame: _Frame) -> None:
        if frame.element.tag in _BLOCKS:
            self._break()

    def add(self, text: str, frame: _Frame, *, exact: bool = False) -> None:
        if exact:
            self._append(text, frame)
        elif frame.preserves:
            first, *others = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self._append(first, frame)
            for other in others:
                self._break()
                self._append(other, frame)
        else:
            collapsed = _BLANKS.sub(" ", text)
            self._append(collapsed[1:] if self._blank_end and collapsed.startswith(" ") else collapsed, frame)

    def _append(self, text: str, frame: _Frame) -> None:
        if not text:
            return
        inner = text.strip()
        if inner:
            self._home = frame if self._home is None else _shared(self._home, frame)
            solid = len(inner) - inner.count(" ")
            self._solid += solid
            if frame.link is not None:
                self._linked += solid
                self._stretch(frame.link, text)
        self._pieces.append(text)
        self._column += len(text)
        self._blank_end = text[-1] in " \t"

    def _stretch(self, link: _OpenLink, text: str) -> None:
        here = self._position + self._column
        if link.start is None:
            link.start = here + len(text) - len(text.lstrip())
        link.end = here + len(text.rstrip())

    def _break(self) -> None:
        line = "".join(self._pieces).rstrip(" \t")
        if line.strip():
            if len(self._lines) >= MAX_LINES:
                raise RefusedError(f"more than {MAX_LINES:,} lines")
            span = Span(self._position, self._position + len(line) + 1)
            path = self._home.path if self._home else ""
            self._lines.append(LayoutLine(span, path, self._linked / self._solid if self._solid else 0.0))
            self._written.append(line)
            self._position = span.end
        self._pieces.clear()
        self._column = self._solid = self._linked = 0
        self._blank_end = True
        self._home = None

    def finish(self) -> VisibleText:
        self._break()
        if self._lines:  # the last line ends with the text, not with a line break
            last = self._lines[-1]
            span = Span(last.span.start, last.span.end - 1)
            self._lines[-1] = LayoutLine(span, last.element, last.link_share)
        links = tuple(VisibleLink(link.element, Span(link.start or 0, link.end)) for link in self._links)
        return VisibleText("\n".join(self._written), tuple(self._lines), links, self._depth)


def _shared(first: _Frame, second: _Frame) -> _Frame:
    while first is not second:
        if first.depth >= second.depth and first.parent is not None:
            first = first.parent
        elif second.parent is not None:
            second = second.parent
        else:
            break
    return first


@dataclass(frozen=True, slots=True)
class _Trail:
    """The steps from the body down to an element, as the paths of what is in it tell them."""

    steps: str = ""
    """All steps; of a long way the last part."""
    named: str = ""
    """Those with a name or a meaning of their own, likewise: bare div and span say nothing."""
    first: str = ""
    """The first of those."""

    def on(self, step: str) -> _Trail:
        """Go a step further."""
        steps = _joined(self.steps, step)[-_TRAIL_LENGTH:]
        if "." not in step and "#" not in step and step not in _LANDMARKS:
            return _Trail(steps, self.named, self.first)
        return _Trail(steps, _joined(self.named, step)[-_TRAIL_LENGTH:], self.first or step)


def _trail(frame: _Frame | None) -> _Trail:
    """Give the trail down to an element; each is made once, however much the element holds."""
    unknown: list[_Frame] = []
    while frame is not None and frame.trail is None:
        unknown.append(frame)
        frame = frame.parent
    trail = frame.trail if frame is not None and frame.trail is not None else _Trail()
    for inner in reversed(unknown):
        if inner.element.tag not in {"html", "body"}:
            trail = trail.on(_step(inner))
        inner.trail = trail
    return trail


def _path(frame: _Frame) -> str:
    trail, own = _trail(frame.parent), _step(frame)
    path = _joined(trail.steps, own)
    if len(path) <= _PATH_LENGTH:
        return path
    path = _joined(trail.named, own)
    if len(path) <= _PATH_LENGTH:
        return path
    inner = path[-(_PATH_LENGTH - _STEP_LENGTH - 3) :]
    return f"{trail.first}>…>{inner.partition('>')[2] or own}"


def _joined(path: str, step: str) -> str:
    return f"{path}>{step}" if path else step


def _step(frame: _Frame) -> str:
    element = frame.element
    classes = "".join(f".{name}" for name in (element.get("class") or "")[:500].split()[:_CLASSES])
    identity = (element.get("id") or "")[:_STEP_LENGTH].strip()
    return f"{element.tag}{classes}{'#' + identity if identity else ''}"[:_STEP_LENGTH]
