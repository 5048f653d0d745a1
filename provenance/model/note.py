"""What an article says of its own versions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provenance.model.text import Span

__all__ = ["Note", "NoteKind"]


class NoteKind(StrEnum):
    """What a note says was done to the text since an earlier version of it."""

    CORRECTION = "correction"
    """A mistake was set right: "Correction: an earlier version of this article …"."""
    UPDATE = "update"
    """Something was added or brought up to date: "UPDATE 2-", "(Adds background)", "This story has been updated"."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note. ``number`` is that of a numbered version ("UPDATE 2-", "3rd LEAD"); ``None`` where it has none."""

    kind: NoteKind
    span: Span
    rule: str
    number: int | None = None
