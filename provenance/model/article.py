"""What was read: articles, their lines, the claims of their markup, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from provenance.model.text import Span, Timeframe

__all__ = [
    "BODY_ROLES",
    "Article",
    "ArticleId",
    "Block",
    "Claim",
    "Clue",
    "ContentHash",
    "LabelledArticle",
    "LayoutLine",
    "Role",
    "Unreadable",
]

ArticleId = NewType("ArticleId", str)
"""The record's own id, or ``sha256:…`` over the path below the audited folder and the bytes."""

ContentHash = NewType("ContentHash", str)
"""Hexadecimal SHA-256 of what an article was read from: text, claims and stated metadata."""


class Role(StrEnum):
    """What a block of a page is for. The vocabulary is closed: it is part of the JSON contract."""

    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    CATEGORY = "category"
    BODY = "body"
    HEADING = "heading"
    QUOTE = "quote"
    CAPTION = "caption"
    BIO = "bio"
    RELATED = "related"
    SHARE = "share"
    COMMENTS = "comments"
    ATTRIBUTION = "attribution"
    LEGAL = "legal"
    NAVIGATION = "navigation"
    ADVERT = "advert"
    LOADING = "loading"
    OTHER = "other"
    BLANK = "blank"


BODY_ROLES = frozenset({Role.BODY, Role.HEADING, Role.QUOTE})
"""The roles that are the article itself; matching reads these and nothing else."""


@dataclass(frozen=True, slots=True)
class LayoutLine:
    """One visible line of a page with what its markup says of it, before any role is decided.

    The lines of an article cover its text without gap or overlap; a line's span includes its line break.
    """

    span: Span
    element: str = ""
    """Element path, outermost first, with class and id (``main>article.post>p``); empty for plain text."""
    link_share: float = 0.0
    """Share of the line's characters inside links, in [0, 1]."""
    extracted: bool | None = None
    """Whether the body extractor kept this line; ``None`` where none was run (plain text)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a page's markup that may concern its source.

    ``carrier`` names the markup family (``meta``, ``canonical``, ``json-ld``, ``microdata``, ``link``, ``pixel``,
    ``data-attribute``, ``feed`` …), ``name`` the property in it (``original-source``, ``isBasedOn`` …) and ``value``
    what it says, an address or a name. ``context`` is the path of enclosing types or elements, outermost first
    (``NewsArticle>image>ImageObject``), so that the credit of a photograph is not taken for that of the text.
    """

    carrier: str
    name: str
    value: str
    element: str
    """The markup itself, shortened to 400 code points, for the person who checks."""
    context: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Further properties of the same element, such as the ``name`` beside a ``url``."""


@dataclass(frozen=True, slots=True)
class Article:
    """One text as it was read. ``text`` is exactly the decoded input (for HTML: the visible text), newlines kept."""

    id: ArticleId
    source: str
    """Where it was read: the path as given, or ``path#record`` for a record in a file."""
    content_hash: ContentHash
    text: str
    media_type: str
    lines: tuple[LayoutLine, ...]
    claims: tuple[Claim, ...] = ()
    url: str | None = None
    """Address of the page itself, from the record or manifest; a cross-host canonical link is a claim, not this."""
    outlet_name: str | None = None
    """Outlet as the record or the page's own markup names it; ``None`` when it does not say."""
    title: str | None = None
    byline: str | None = None
    published: Timeframe | None = None
    language: str | None = None
    """ISO 639-1 code, from the record, the markup or detection; ``None`` when undecided."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Every other field of the record, as text."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source that could not be read, as a result: the audit goes on and lists it."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Clue:
    """One consideration that moved a decision, for ``inspect --why``: what was seen and how much it weighed."""

    name: str
    weight: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A labelled line: where it stands, its role, the rule that decided, and what weighed for it."""

    span: Span
    role: Role
    rule: str
    clues: tuple[Clue, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article whose every line has a role. ``blocks`` cover ``article.text`` without gap or overlap."""

    article: Article
    blocks: tuple[Block, ...]

    def body(self) -> tuple[Span, ...]:
        """Return the places that are the article itself, in order; the rest is site, credit or metadata."""
        return tuple(block.span for block in self.blocks if block.role in BODY_ROLES)
