"""What speaks against a match of a rule: its place, the line it stands in, a quotation around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import re2

from provenance.attribute.lines import Line
from provenance.attribute.rules import CompiledRule, Needs, Position, Scope
from provenance.model import PROVENANCE_KINDS, Outlet, OutletKind, Role

__all__ = ["NOBODY", "Match", "misplaced", "objection"]

_ELSEWHERE = frozenset({Role.COMMENTS, Role.RELATED, Role.NAVIGATION, Role.ADVERT})
"""Roles whose lines speak of other texts."""
_BY_SHAPE = frozenset({"page.above-article", "page.headline-below-article"})
"""What cleaning decided of a line by its length and place alone, before any credit was looked for: it says nothing
against a line that is a credit as a whole, opens as a dispatch does or is signed like one."""


_PLACES: Final[Mapping[Position, str]] = {
    Position.HEAD: "counts only above the text or in its first paragraphs",
    Position.TAIL: "counts only below the text or in its last paragraph",
    Position.EDGE: "counts only above or below the text, not amid it",
    Position.BESIDE: "counts only next to a paragraph, a byline, a date or the headline, above or below the text",
    Position.BELOW: "counts only right below the last paragraph, not beside a picture",
    Position.BENEATH: "counts only on the line below a byline",
    Position.TITLED: "counts only right below the headline",
    Position.SIGNED: "counts only above the text, in its first paragraphs, or as the page's byline right below it",
    Position.ABOVE: "counts only above or amid the text, not below it",
    Position.ANY: "",
}
NOBODY: Final[Mapping[Needs, str]] = {
    Needs.AGENCY: "names no news agency that is listed",
    Needs.KNOWN: "names no outlet that is listed, and gives no address",
    Needs.NAMED: "names nobody",
    Needs.NONE: "names nobody",
}
"""Why a match that is in place credits nobody."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule's pattern holds; offsets are into the masked line."""

    rule: CompiledRule
    start: int
    end: int
    groups: dict[str, tuple[int, int]]


def objection(line: Line, match: Match, *, page: Outlet | None, closed: str) -> str:
    """Return what speaks against a match, in words; empty when nothing does.

    ``page`` is the page's own outlet; ``closed`` is the rule below whose line readers speak; empty above it.
    """
    rule = match.rule
    provenance = rule.kind in PROVENANCE_KINDS
    quoted = provenance and rule.scope is not Scope.LINE and _quoted(line.masked, match.start, match.end)
    objections = (
        (misplaced(rule.position, line), _PLACES[rule.position]),
        (rule.page == "known" and page is None, "could be the page's own: it is not known whose page this is"),
        (rule.page == "portal" and not _is_portal(page), "counts only on the page of a portal"),
        (bool(closed), f"stands below the heading of the readers' comments (rule {closed})"),
        (
            provenance and _is_elsewhere(line, match),
            f"stands in a line read as {line.role.value} (rule {line.decided})",
        ),
        (provenance and _is_teaser(line, match), "is run together with a date, as in lists of other texts"),
        (provenance and _is_aside(line, match), "is a bare name in a box beside the text"),
        (provenance and _is_speaker(line, match), "names whom the line above quotes"),
        (quoted, "stands inside a quotation"),
    )
    return next((reason for holds, reason in objections if holds), "")


_DATED = re2.compile(r"^\p{Nd}{1,2}[/.-](?:\p{Nd}{1,2}[/.-])?\p{Nd}{4}\b")
"""A date right behind a name, as it stands where a list of texts has lost the space between byline and date."""
_NOTE = re2.compile(
    r"(?i)note|credit|source|byline|author|attribution|provider|agency|origin|republi|syndicat|copyright"
)
"""Words of classes by which an element beside the text says that it tells of the text."""
_BARE_LENGTH = 8
"""Masked code points. A name between brackets or dashes is no longer, its article included."""
_BOXES = frozenset({"aside", "blockquote"})
"""Elements in which a bare name is another text's, or a quotation's."""


def _is_teaser(line: Line, match: Match) -> bool:
    end = match.groups.get("name", (match.start, match.end))[1]
    names = [name.end for name in line.names_within(match.start, end)]
    return line.is_tail and not line.is_head and any(_DATED.search(line.plain[at:]) for at in names)


def _is_aside(line: Line, match: Match) -> bool:
    boxes = [step for step in line.element.split(">") if step.partition(".")[0] in _BOXES]
    return match.end - match.start <= _BARE_LENGTH and bool(boxes) and _NOTE.search(line.element) is None


def _is_speaker(line: Line, match: Match) -> bool:
    # An agency behind a dash signs the text even where that ends in a quotation.
    bare = match.end - match.start <= _BARE_LENGTH and match.start == 0
    names = line.names_within(match.start, match.end) if bare and line.is_beneath_quotation else []
    return bool(names) and all(name.outlet.kind is not OutletKind.AGENCY for name in names)


def _is_portal(page: Outlet | None) -> bool:
    return page is not None and page.kind is OutletKind.AGGREGATOR


def misplaced(position: Position, line: Line) -> bool:
    """Say whether a line stands where a rule of this position may not hold."""
    return not _FITS[position](line)


def _is_edge(line: Line) -> bool:
    return line.is_head or line.is_tail


_FITS: Final[Mapping[Position, Callable[[Line], bool]]] = {
    Position.HEAD: lambda line: line.is_head,
    Position.TAIL: lambda line: line.is_tail,
    Position.EDGE: _is_edge,
    Position.BESIDE: lambda line: _is_edge(line) and (line.is_beside_prose or line.is_beneath_title),
    Position.BELOW: lambda line: line.is_below_prose and not line.is_head,
    Position.BENEATH: lambda line: line.is_head and line.is_beneath_byline,
    Position.TITLED: lambda line: line.is_beneath_title,
    Position.SIGNED: lambda line: line.is_head or line.is_signature,
    Position.ABOVE: lambda line: not line.is_tail,
    Position.ANY: lambda _line: True,
}


def _is_elsewhere(line: Line, match: Match) -> bool:
    whole = match.rule.scope is Scope.LINE or match.end - match.start >= len(line.masked) - 1
    opens = match.rule.scope is Scope.START and match.rule.position is Position.HEAD
    signs = match.rule.scope is Scope.END and line.is_tail
    by_shape = (whole or opens or signs) and line.decided in _BY_SHAPE
    by_words = match.rule.roles == "any" and line.role is not Role.COMMENTS
    # No reader comments above the text: what cleaning took for a comment there follows a button, not a heading.
    by_place = line.role is Role.COMMENTS and not line.is_below_middle and line.decided.startswith("page.below-")
    return line.role in _ELSEWHERE and not (by_shape or by_words or by_place)


_OPENING = "“„«「『"
_CLOSING = "”“»」』"


def _quoted(text: str, start: int, end: int) -> bool:
    """Say whether a run stands between quotation marks that open before it and close after it."""
    before, after = text[:start], text[end:]
    opened = sum(before.count(mark) for mark in _OPENING) - sum(before.count(mark) for mark in "”»」』")
    straight = before.count('"') % 2 == 1 and '"' in after
    return straight or (opened > 0 and any(mark in after for mark in _CLOSING))
