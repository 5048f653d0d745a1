"""The text of an item out of its fields: one after the other, each on lines of its own, nothing said twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from provenance.model import Claim, LayoutLine, Span
from provenance.read.assembly import plain_lines
from provenance.read.feed.fields import FULL_TEXTS, READING_ORDER, TEASERS, TELLING
from provenance.read.page.claims import page_claims
from provenance.read.page.linked_data import linked_nodes
from provenance.read.page.markup import parse_page
from provenance.read.page.visible import visible_text

__all__ = ["Composition", "Piece", "compose", "in_reading_order", "piece", "tells"]

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,4000}>|&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,12});")
_MAX_SEARCHED = 500_000_000
"""Code points searched for what teasers repeat, in one item: a tenth of a second. A teaser of ten lines beside a book
has a hundredth of them."""
_EACH = 500  # code points that could be searched in the time it takes to begin with a text
_SPACES = re.compile(r"\s+")
_CUT = re.compile(r"\s?(?:\[?(?:…|\.\.\.)\]?|\[\+\d{1,7} chars\])\s?$")
"""How a teaser shows that it was cut."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The visible text of one field, its lines, and the claims of the markup inside it."""

    text: str
    lines: tuple[LayoutLine, ...]
    claims: tuple[Claim, ...] = ()
    field: str = ""
    """Name of the field: lower case, without namespace."""

    @property
    def place(self) -> int:
        """Where it stands in the order of reading."""
        return next((place for place, names in enumerate(READING_ORDER) if self.field in names), len(READING_ORDER))


@dataclass(frozen=True, slots=True)
class Composition:
    """The text of an item with its lines and the claims of its HTML, offsets into that text."""

    text: str
    lines: tuple[LayoutLine, ...]
    claims: tuple[Claim, ...]


def piece(written: str, *, field: str = "", host: str | None = None) -> Piece:
    """Read what a field holds, be it words or a part of a page. Links to ``host``, the item's own, are not claims.

    Raises:
        RefusedError: it nests its elements deeper than the parser follows.
    """
    if _TAG.search(written) and (root := parse_page(written)) is not None:
        shown = visible_text(root)
        return Piece(shown.text, shown.lines, page_claims(root, shown, linked_nodes(root), host), field)
    text = written.strip()
    return Piece(text, plain_lines(text), (), field)


def in_reading_order(pieces: Iterable[Piece]) -> list[Piece]:
    """Put the fields of one item in the order of reading, those of one place in their own."""
    return sorted(pieces, key=lambda one: one.place)


def tells(pieces: Iterable[Piece]) -> bool:
    """Say whether the fields of an item tell something of the news, be it in a headline."""
    return any(one.field in TELLING and any(map(str.isalnum, one.text)) for one in pieces)


def compose(pieces: Iterable[Piece]) -> Composition:
    """Put pieces together in their order; of a teaser only what the text itself does not say is kept."""
    kept = _distinct([one for one in pieces if one.text])
    text: list[str] = []
    lines: list[LayoutLine] = []
    claims: list[Claim] = []
    position = 0
    for number, one in enumerate(kept, start=1):
        moved = [replace(line, span=Span(line.span.start + position, line.span.end + position)) for line in one.lines]
        if moved and number < len(kept):  # the break between two pieces belongs to the line before it
            moved[-1] = replace(moved[-1], span=Span(moved[-1].span.start, moved[-1].span.end + 1))
        lines.extend(moved)
        claims.extend(_moved(claim, position) for claim in one.claims)
        text.append(one.text)
        position += len(one.text) + 1
    return Composition("\n".join(text), tuple(lines), tuple(claims))


def _distinct(pieces: Sequence[Piece]) -> list[Piece]:
    told = [_folded(one.text) for one in pieces if one.field in FULL_TEXTS]
    length = sum(len(text) + _EACH for text in told)
    searched = 0
    kept: dict[str, Piece] = {}
    for one in pieces:
        left = one
        if one.field in TEASERS and told:
            searched += length * len(one.lines)
            left = _untold(one, told) if searched <= _MAX_SEARCHED else one
        if left.text:
            kept.setdefault(left.text, left)
    return list(kept.values())


def _untold(teaser: Piece, told: Sequence[str]) -> Piece:
    left = [
        line
        for line in (line.span.of(teaser.text).strip() for line in teaser.lines)
        if line and not _is_in(_CUT.sub("", _folded(line)), told)
    ]
    text = "\n".join(left)
    # Links of a teaser stand in the text too; here their places would be wrong.
    claims = tuple(claim for claim in teaser.claims if claim.carrier != "link") if len(left) < len(teaser.lines) else ()
    return teaser if text == teaser.text else Piece(text, plain_lines(text), claims, teaser.field)


def _is_in(line: str, told: Sequence[str]) -> bool:
    return any(line in text for text in told)


def _folded(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _moved(claim: Claim, by: int) -> Claim:
    if claim.carrier != "link" or not by:
        return claim
    places = {key: str(int(claim.extra[key]) + by) for key in ("start", "end")}
    return replace(claim, extra={**claim.extra, **places})
