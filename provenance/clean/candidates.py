"""Lines that nothing has settled, with what stands beside them: what the page model is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from provenance.clean.dates import date_line
from provenance.clean.roles import Setting
from provenance.clean.surface import Surface
from provenance.clean.threads import in_threads
from provenance.model import Role

__all__ = ["Candidate", "candidates"]

_DATE_REACH = 5  # lines on each side; a list of teasers or a thread of comments has a date for each entry
_RECURRING_REACH = 4  # shown lines on each side; a block of teasers or a form is hardly shorter
_CREDIT_SIZE = 60  # letters up to which a caption line is no more than the credit of the caption above it
_SECTIONS = frozenset(
    {
        Role.ADVERT,
        Role.BIO,
        Role.BYLINE,
        Role.CAPTION,
        Role.COMMENTS,
        Role.DATELINE,
        Role.LEGAL,
        Role.RELATED,
        Role.SHARE,
        Role.TITLE,
    }
)
"""Furniture that tells what part of the page one is in."""


class Candidate(NamedTuple):
    """An open line. ``hint`` is the role an uncertain furniture phrase suggests for it.

    ``under`` is the role of the section a furniture line opened above it, while no prose came between; ``above`` that
    of the furniture line directly above, ``caption_below`` and ``credit_below`` whether a picture's caption or mere
    credit follows. ``part`` is the role of the last telling furniture line above, ``since`` the open lines after it.
    ``dated`` says whether it is a date line, ``dates`` counts date lines around it; ``recurs_above`` and
    ``recurs_below`` count the lines the outlet repeats among the four on either side. ``wording`` is what the phrase
    behind ``hint`` is about, in one word and the same in all languages. ``thread`` says whether it stands in a thread
    of comments.
    """

    surface: Surface
    hint: Role | None = None
    under: Role | None = None
    above: Role | None = None
    caption_below: bool = False
    credit_below: bool = False
    part: Role | None = None
    since: int = 0
    dated: bool = False
    dates: int = 0
    wording: str | None = None
    recurs_above: int = 0
    recurs_below: int = 0
    thread: bool = False


def candidates(settings: Sequence[Setting]) -> list[Candidate]:
    """Describe the open lines of a page, in order."""
    dated = [_dated(setting) for setting in settings]
    shown = [index for index, setting in enumerate(settings) if not setting.surface.blank]
    recurring = [settings[index].recurs for index in shown]
    threads = in_threads(settings, dated)
    below = _below(settings)
    found: list[Candidate] = []
    part: Role | None = None
    since = 0
    above: Role | None = None
    for place, index in enumerate(shown):
        setting = settings[index]
        if setting.settled is not None:
            above = setting.settled.role
            part, since = (above, 0) if above in _SECTIONS else (part, since)
            continue
        since += 1
        found.append(
            Candidate(
                setting.surface,
                hint=setting.hint.role if setting.hint else None,
                under=setting.under,
                above=above,
                caption_below=_captions(below[index]),
                credit_below=_captions(below[index]) and _size(below[index]) < _CREDIT_SIZE,
                part=part,
                since=since,
                dated=dated[index],
                dates=dated[max(0, index - _DATE_REACH) : index + _DATE_REACH + 1].count(True),
                wording=setting.hint.rule.rpartition(".")[2] if setting.hint else None,
                recurs_above=recurring[max(0, place - _RECURRING_REACH) : place].count(True),
                recurs_below=recurring[place + 1 : place + 1 + _RECURRING_REACH].count(True),
                thread=threads[index],
            )
        )
        above = None
    return found


def _dated(setting: Setting) -> bool:
    if setting.settled is not None:
        return setting.settled.role is Role.DATELINE
    return bool(setting.surface.digits) and date_line(setting.surface.text)


def _below(settings: Sequence[Setting]) -> list[Setting | None]:
    """Give for each line the next one that is not blank."""
    following: Setting | None = None
    found: list[Setting | None] = []
    for setting in reversed(settings):
        found.append(following)
        if not setting.surface.blank:
            following = setting
    return found[::-1]


def _captions(setting: Setting | None) -> bool:
    named = (setting.settled or setting.hint) if setting is not None else None
    return named is not None and named.role is Role.CAPTION


def _size(setting: Setting | None) -> int:
    return setting.surface.size if setting is not None else 0
