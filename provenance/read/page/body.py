"""Which visible lines trafilatura takes for the article's body.

Its answer is text without places, so lines are found again by comparing them without blanks: as a whole, as part of a
longer extracted run (a paragraph we broke at ``<br>``), or as the frame around extracted runs (one it broke).
"""

from __future__ import annotations

import logging
from dataclasses import replace

from lxml import html

from provenance.model import LayoutLine
from provenance.read.page.visible import VisibleText

__all__ = ["mark_extracted"]

_MAX_ELEMENTS = 60_000  # 36 µs an element: two seconds a page at most, and no news page has a tenth of it
_MAX_DEPTH = 200  # elements within elements; beyond, the extractor's cost grows with the square (500 tables: 25 s)
_MAX_TEXT = 2_000_000  # code points; a novel has a million, and the extractor takes two seconds for each
_MIN_RUN = 24  # code points without blanks; a shorter run inside a longer one may be there by chance
_FRAMED = 0.6  # share of a line that extracted runs must fill for the line to count as kept
_BULLETS = "-•*|–"


def mark_extracted(shown: VisibleText, root: html.HtmlElement) -> tuple[LayoutLine, ...]:
    """Say of every line whether the extractor kept it; ``None`` of all when it found no body.

    ``root`` is given up: the extractor prunes it.
    """
    body = "" if shown.depth > _MAX_DEPTH or len(shown.text) > _MAX_TEXT else _extracted(root)
    if not body:
        return shown.lines
    kept = _Kept(body)
    return tuple(replace(line, extracted=kept.has(line.span.of(shown.text))) for line in shown.lines)


def _extracted(root: html.HtmlElement) -> str:
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        return ""
    from trafilatura import bare_extraction  # noqa: PLC0415  a quarter of a second, for pages only

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports every page without a body as an error
    try:
        document = bare_extraction(root, include_comments=False, include_tables=True, with_metadata=False)
    except Exception:  # noqa: BLE001  a page that breaks the extractor still has its text and its claims
        return ""
    return (document.text or "") if document is not None and not isinstance(document, dict) else ""


class _Kept:
    """What was extracted, without blanks."""

    def __init__(self, body: str) -> None:
        runs = [_squeezed(line) for line in body.splitlines()]
        self._runs = {run for run in runs if run}
        self._long: dict[str, set[str]] = {}
        for run in self._runs:
            if len(run) >= _MIN_RUN:
                self._long.setdefault(run[:_MIN_RUN], set()).add(run)
        self._all = "".join(runs)
        self._next = -1  # where in ``_all`` a line that continues the last partial one would begin

    def has(self, line: str) -> bool:
        squeezed = _squeezed(line)
        if not squeezed:
            return False
        if squeezed in self._runs:
            self._next = -1
            return True
        return self._continues(squeezed) or self._framed(squeezed)

    def _continues(self, squeezed: str) -> bool:
        at = self._next if self._next >= 0 and self._all.startswith(squeezed, self._next) else -1
        if at < 0 and len(squeezed) >= _MIN_RUN:
            at = self._all.find(squeezed)
        self._next = at + len(squeezed) if at >= 0 else -1
        return at >= 0

    def _framed(self, squeezed: str) -> bool:
        if len(squeezed) < _MIN_RUN:
            return False
        filled = at = 0
        needed = _FRAMED * len(squeezed)
        while at <= len(squeezed) - _MIN_RUN and filled + len(squeezed) - at >= needed:
            runs = self._long.get(squeezed[at : at + _MIN_RUN], ())
            step = max((len(run) for run in runs if squeezed.startswith(run, at)), default=0)
            filled += step
            at += step or 1
        return filled >= needed


def _squeezed(line: str) -> str:
    return "".join(line.split()).lstrip(_BULLETS).rstrip("|")
