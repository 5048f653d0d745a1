"""The parts of contract objects that come from one page: its lines, credits and notes, and what is hidden in it."""

from __future__ import annotations

from provenance.model import Attribution, Block, Clue, Note, Rejection, Trick
from provenance.report.figures import rounded, span_entry

__all__ = ["attribution_entry", "block_entry", "note_entry", "rejection_entry", "trick_entry"]


def attribution_entry(each: Attribution) -> dict[str, object]:
    """Describe a claim of a source, by its span in the text or by its element in the markup."""
    place: dict[str, object] = {"element": each.element} if each.span is None else dict(span_entry(each.span))
    return {
        "kind": each.kind.value,
        **place,
        "text": each.text,
        "credited": each.credited,
        "domain": each.domain,
        "outlet": each.outlet,
        "extent": each.extent.value,
        "hop": each.hop,
        "via": list(each.via),
        "rule": each.rule,
        "where": "markup" if each.span is None else "text",
    }


def block_entry(each: Block, *, why: bool) -> dict[str, object]:
    """Describe one labelled line; ``why`` adds what weighed for its role."""
    line: dict[str, object] = {**span_entry(each.span), "role": each.role.value, "rule": each.rule}
    if why:
        line["clues"] = [_clue(clue) for clue in each.clues]
    return line


def _clue(each: Clue) -> dict[str, object]:
    return {"name": each.name, "weight": rounded(each.weight), "detail": each.detail}


def rejection_entry(each: Rejection) -> dict[str, object]:
    """Describe what looked like an attribution and was not taken."""
    place: dict[str, object] = {} if each.span is None else dict(span_entry(each.span))
    return {"rule": each.rule, **place, "text": each.text, "reason": each.reason}


def trick_entry(each: Trick) -> dict[str, object]:
    """Describe what is hidden or disguised in a text: how, how often, and the first places."""
    return {"kind": each.kind.value, "count": each.count, "spans": [span_entry(span) for span in each.spans]}


def note_entry(each: Note, text: str, title: str | None) -> dict[str, object]:
    """Describe what an article says of its own versions; an empty place means the headline of its record."""
    return {
        "kind": each.kind.value,
        "start": each.span.start,
        "end": each.span.end,
        "text": each.span.of(text) or title or "",
        "rule": each.rule,
        "number": each.number,
    }
