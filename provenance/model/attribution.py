"""What a page says about its source, and the rules that read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from provenance.model.article import Block, LabelledArticle
from provenance.model.note import Note
from provenance.model.outlet import OutletId
from provenance.model.text import Span
from provenance.model.trick import Trick

__all__ = [
    "PROVENANCE_KINDS",
    "Attribution",
    "AttributionKind",
    "Extent",
    "Inspection",
    "Rejection",
    "Rule",
    "credited_upstreams",
]


class AttributionKind(StrEnum):
    """What an attribution says. Only the first three say that the *text* came from elsewhere."""

    REPUBLICATION = "republication"
    WIRE = "wire"
    PRESS_RELEASE = "press_release"
    CITATION = "citation"
    IMAGE = "image"
    RELATED = "related"
    SELF = "self"


PROVENANCE_KINDS = frozenset({AttributionKind.REPUBLICATION, AttributionKind.WIRE, AttributionKind.PRESS_RELEASE})


class Extent(StrEnum):
    """How much of the text the credit covers, as the credit itself says."""

    FULL = "full"
    ADAPTED = "adapted"
    EXCERPT = "excerpt"
    TRANSLATED = "translated"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


_AGENCY_MARKS = ("dateline.", "slug.")
"""Rule families of such marks: ``CITY (AGENCY) —`` and ``(AGENCY)`` behind the last line."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One explicit claim of a source. One credit that names two outlets is two attributions with one span.

    ``span`` is set for a claim in the text, ``element`` for one in the markup; exactly one of them is ``None``.
    """

    kind: AttributionKind
    text: str
    rule: str
    span: Span | None = None
    element: str | None = None
    credited: str | None = None
    """The source's name as a reader knows it; ``None`` when the credit names nobody ("news agencies")."""
    domain: str | None = None
    outlet: OutletId | None = None
    extent: Extent = Extent.UNKNOWN
    hop: int = 1
    """1 for the originating outlet; 2 and more for those that relayed it."""
    via: tuple[OutletId, ...] = ()
    name_span: Span | None = None

    def __post_init__(self) -> None:
        if (self.span is None) == (self.element is None):
            raise ValueError("an attribution stands in the text or in the markup, not both or neither")

    @property
    def is_agency_mark(self) -> bool:
        """Whether it is a mark only an agency sets on its own copy: a dateline or sign-off with its name in it."""
        return self.span is not None and self.rule.startswith(_AGENCY_MARKS)

    @property
    def is_provenance(self) -> bool:
        """Whether it says that the text itself came from elsewhere."""
        return self.kind in PROVENANCE_KINDS


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that looked like an attribution and was not taken, with the reason (``inspect --why``)."""

    rule: str
    text: str
    reason: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything one article says of itself: labelled lines, attributions, and what was considered and dropped."""

    labelled: LabelledArticle
    attributions: tuple[Attribution, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    outlet: OutletId | None = None
    """The outlet the page belongs to; ``None`` when nothing tells."""
    tricks: tuple[Trick, ...] = ()
    """What is hidden or disguised in the text, one entry a kind."""
    notes: tuple[Note, ...] = ()
    """What the article says of its own versions, in the order of the text."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The labelled lines."""
        return self.labelled.blocks

    @property
    def upstreams(self) -> tuple[OutletId, ...]:
        """Outlets the page credits for its text, itself excluded, sorted."""
        return credited_upstreams(self.attributions, self.outlet)


def credited_upstreams(attributions: Iterable[Attribution], outlet: OutletId | None) -> tuple[OutletId, ...]:
    """Name the outlets some attributions credit for the text of a page of ``outlet``, itself excluded, sorted."""
    named = {a.outlet for a in attributions if a.is_provenance and a.hop == 1 and a.outlet is not None}
    return tuple(sorted(named - {outlet}))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as data: what it looks for and why, with the examples it is tested on."""

    id: str
    stage: str
    """The stage that applies it: ``attribute``, ``clean``, ``match``, ``trace`` or ``score``."""
    kind: str
    """What it decides: an attribution kind, a role, or the name of a signal."""
    why: str
    pattern: str = ""
    source: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    language: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
