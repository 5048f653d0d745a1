"""Threads of comments: below a heading of the comments, the heads of single ones follow each other at short distance.

A comment reads like a paragraph of the article, and its topic is the same. What tells it is the rhythm: a name and a
date or "says:", some text, a name and a date again. Only lines above a line are asked, so that nothing added at the end
of a page moves what stands before.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.clean.roles import Setting
from provenance.clean.surface import Surface
from provenance.model import Role

__all__ = ["in_threads"]

_MIN_HEADS = 2  # heading or head of a comment above a line, from which the line stands in a thread
_GAP = 15  # shown lines between two heads of one thread; a longer comment is rare
_MIN_PROSE = 2  # lines of prose above a thread: a count of comments by the headline opens none
_MAX_NAME_WORDS = 6
# fmt: off
_SAYING = frozenset(
    {
        "says", "said", "wrote", "writes", "sagt", "sagte", "schrieb", "schreibt", "meint", "dice", "dijo",
        "escribió", "dit", "écrit", "disse", "diz", "escreveu", "scrive", "scritto", "schreef", "zegt", "пишет",
        "написал", "написала", "говорит", "пише", "написав", "каже", "yazdı", "dedi", "pisze", "napisał", "napisała",
        "mówi", "يقول", "كتب", "گفت", "berkata", "menulis", "skrev", "säger", "sier", "siger", "kirjoitti", "napsal",
        "píše", "írta", "scrie", "spune",
    }
)
# fmt: on
"""Words that end the head of a comment in blog systems: "Ann Lee says:"."""


def in_threads(settings: Sequence[Setting], dated: Sequence[bool]) -> list[bool]:
    """Say for each line of a page whether it stands in a thread of comments; ``dated`` tells the date lines."""
    found = [False] * len(settings)
    heads = prose = since = 0
    for index, setting in enumerate(settings):
        if setting.surface.blank:
            continue
        since += 1
        if heads and since > _GAP:
            heads = 0
        named = setting.settled or setting.hint
        comments = named is not None and named.role is Role.COMMENTS
        if prose >= _MIN_PROSE and (comments or (heads and (dated[index] or _says(setting.surface)))):
            heads, since = heads + 1, 0
        found[index] = heads >= _MIN_HEADS
        prose += setting.surface.prose and setting.settled is None
    return found


def _says(line: Surface) -> bool:
    if line.words > _MAX_NAME_WORDS or not line.text.endswith((":", "：")):
        return False
    return line.text.rstrip(":： ").rpartition(" ")[2].casefold() in _SAYING
