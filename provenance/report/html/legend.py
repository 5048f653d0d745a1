"""What the lines of a graph and the parts of a bar stand for."""

from __future__ import annotations

from typing import Final

from provenance.model import PassageKind
from provenance.report.html.graph import EdgeKind
from provenance.report.words import PASSAGE_WORDS

__all__ = ["EDGE_WORDS", "KIND_WORDS"]

EDGE_WORDS: Final = {
    EdgeKind.CREDITED: "credited and measured: it names this source, and shares its text",
    EdgeKind.MEASURED: "measured, not credited: it shares the text and does not name this source",
    EdgeKind.VERSION: "two versions of one article at one outlet",
    EdgeKind.NAME: "credited by name only: the source is not at hand, nothing could be measured",
    EdgeKind.INFERRED: "inferred: these articles must have this text in common; nobody has it at hand",
    EdgeKind.REVIEWED: "tied by a reviewer alone",
}

KIND_WORDS: Final = {
    **{
        kind.value: PASSAGE_WORDS[kind] + (", not counted" if kind is PassageKind.QUOTE else "") for kind in PassageKind
    },
    "new": "new",
}
"""The parts of a bar, in order."""
