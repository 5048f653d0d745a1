"""Who publishes and who supplies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

__all__ = ["Outlet", "OutletId", "OutletKind"]

OutletId = NewType("OutletId", str)
"""A short stable name such as ``straitstimes``; for an unknown outlet made from its domain or name."""


class OutletKind(StrEnum):
    """What an outlet is in the trade."""

    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    BROADCASTER = "broadcaster"
    WEBSITE = "website"
    NONPROFIT = "nonprofit"
    AGGREGATOR = "aggregator"
    PLATFORM = "platform"
    PRESS_RELEASE_SERVICE = "press-release-service"
    PICTURE_AGENCY = "picture-agency"
    ARCHIVE = "archive"
    INSTITUTION = "institution"
    OWNER = "owner"
    """A company that publishes several outlets; nobody's copy, though legal lines and markup name it."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outlet:
    """One publisher or supplier. ``source`` says where the entry's facts come from; empty for one met in a text.

    ``owner`` is the company that publishes it (kind ``owner``), or the outlet it is a brand of; ``None`` when unknown.
    """

    id: OutletId
    name: str
    kind: OutletKind = OutletKind.UNKNOWN
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    owner: OutletId | None = None
    source: str = ""
