"""One article by itself: what it says of its source, and the role of every line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from provenance.model import (
    Attribution,
    AttributionKind,
    Block,
    Clue,
    Inspection,
    Note,
    NoteKind,
    OutletId,
    Rejection,
    Role,
    Unreadable,
)
from provenance.report.contract import OutletLookup
from provenance.report.findings import file_name
from provenance.report.page_outlets import with_page_outlets
from provenance.report.plain import name_line, one_line
from provenance.report.terminal.evidence import credit_line
from provenance.report.terminal.layout import Paragraph, entry, heading, plain, stacked
from provenance.report.words import EXTENT_WORDS, counted, listed, tricks_phrase

__all__ = ["inspection_view"]

_ROLE_WIDTH = max(len(role) for role in Role)

SHOWN_CLUES = 6
"""Considerations shown with one line, the weightiest first; some twenty hold for a usual line."""

_ARTICLE_ROLES = frozenset({Role.TITLE, Role.BYLINE, Role.DATELINE, Role.BODY, Role.HEADING, Role.QUOTE})
"""Roles shown plainly; attributions stand out, everything else belongs to the site and is dimmed."""


def inspection_view(found: Inspection | Unreadable, outlets: OutletLookup, *, why: bool = False) -> RenderableType:
    """Return all an article says of itself, or why it could not be read."""
    if isinstance(found, Unreadable):
        return entry(one_line(found.source), f"could not be read: {one_line(found.reason)}", style="bold")
    named = with_page_outlets(found, outlets)
    return stacked(
        [
            *_title_lines(found, named),
            *_attribution_lines(found, named),
            *_note_lines(found),
            *_block_lines(found, why=why),
            *(_rejection_lines(found) if why else ()),
            "",
        ]
    )


def _title_lines(found: Inspection, outlets: OutletLookup) -> Iterator[RenderableType]:
    article = found.labelled.article
    outlet = outlets(found.outlet) if found.outlet else None
    about = (
        one_line(outlet.name) if outlet else found.outlet or "outlet not known",
        f"published {one_line(article.published.written)}" if article.published else "date not known",
        f"language {one_line(article.language)}" if article.language else "language not known",
    )
    yield Paragraph(plain(name_line(article.title) if article.title else file_name(article.source), "bold"))
    yield Paragraph(plain(" · ".join(about)))
    yield entry("File", one_line(article.source))
    if article.url:
        yield entry("Address", one_line(article.url))
    if found.tricks:
        yield entry("Hidden or disguised", plain(tricks_phrase(found.tricks), "bold"))


def _attribution_lines(found: Inspection, outlets: OutletLookup) -> Iterator[RenderableType]:
    yield heading("What it says of its source")
    names = [_named(outlets, each) for each in found.upstreams]
    if names:
        yield entry("Its text comes, by its own account, from", plain(listed(names), "bold cyan"), indent=2)
    elif any(each.is_provenance for each in found.attributions):
        yield Paragraph(
            plain("It says that its text comes from elsewhere, without naming an outlet we can tell"), indent=2
        )
    else:
        yield Paragraph(plain("Nothing: no rule found a credit for its text, in the text or in the markup"), indent=2)
    for each in found.attributions:
        style = "cyan" if each.is_provenance else ""
        yield Paragraph(Text.assemble((_credited(each), style), ": ", credit_line(each)), indent=2, mark="• ")


_NOTE_WORDS = {NoteKind.CORRECTION: "Corrected", NoteKind.UPDATE: "Updated"}


def _note_lines(found: Inspection) -> Iterator[RenderableType]:
    if not found.notes:
        return
    article = found.labelled.article
    yield heading("What it says of its versions")
    for each in found.notes:
        wording = plain(f"“{one_line(each.span.of(article.text) or article.title or '')}”")
        yield Paragraph(Text.assemble(_version(each), ": ", wording), indent=2, mark="• ")


def _version(each: Note) -> str:
    return _NOTE_WORDS[each.kind] if each.number is None else f"{_NOTE_WORDS[each.kind]}, number {each.number}"


def _named(outlets: OutletLookup, identifier: OutletId) -> str:
    known = outlets(identifier)
    return one_line(known.name if known else identifier)


def _credited(each: Attribution) -> str:
    nobody = "itself, without a name" if each.kind is AttributionKind.SELF else "nobody by name"
    name = one_line(each.credited or each.domain or nobody)
    address = f" ({one_line(each.domain)})" if each.domain and each.domain != name else ""
    extent = f", {EXTENT_WORDS[each.extent]}" if EXTENT_WORDS[each.extent] else ""
    relayed = f", relay {each.hop - 1} on the way" if each.hop > 1 else ""
    via = f", via {listed(map(one_line, each.via))}" if each.via else ""
    return f"{name}{address}{extent}{relayed}{via}"


def _block_lines(found: Inspection, *, why: bool) -> Iterator[RenderableType]:
    shown = [block for block in found.blocks if block.role is not Role.BLANK]
    blank = len(found.blocks) - len(shown)
    notes = [counted(len(shown), "line"), f"{counted(blank, 'blank line')} left out"] if blank else []
    if why:
        notes.append("above 0 speaks for article text, in log-odds; --format jsonl gives every weight")
    note = "; ".join(notes)
    yield heading("Lines and their roles", note)
    for block in shown:
        yield Paragraph(_block_text(block, found.labelled.article.text), mark=f"{block.role:>{_ROLE_WIDTH}} │ ")
        if why:
            yield Paragraph(_reasons(block), indent=_ROLE_WIDTH + 1, mark="  ")


def _block_text(block: Block, text: str) -> Text:
    line = one_line(block.span.of(text))
    if block.role is Role.ATTRIBUTION:
        return plain(line, "bold cyan")
    return plain(line, "" if block.role in _ARTICLE_ROLES else "dim")


def _reasons(block: Block) -> Text:
    return plain("; ".join((f"rule {one_line(block.rule)}", *_weighed(block.clues))), "dim italic")


def _weighed(clues: Sequence[Clue]) -> Iterator[str]:
    """Say what the line's own look adds up to, what moved it most, and what its place among the others made of it."""
    weights = sorted((clue for clue in clues if clue.weight), key=lambda clue: -abs(clue.weight))
    if weights:
        total = sum(clue.weight for clue in weights)
        yield f"its look speaks {'for' if total > 0 else 'against'} article text by {total:+.2f}"
        yield from (f"{one_line(clue.name)} {clue.weight:+.2f}{_detail(clue)}" for clue in weights[:SHOWN_CLUES])
        if rest := weights[SHOWN_CLUES:]:
            yield f"{len(rest)} smaller {sum(clue.weight for clue in rest):+.2f}"
    yield from (f"{one_line(clue.name)}: {one_line(clue.detail)}" for clue in clues if not clue.weight and clue.detail)


def _detail(clue: Clue) -> str:
    return f" ({one_line(clue.detail)})" if clue.detail else ""


def _rejection_lines(found: Inspection) -> Iterator[RenderableType]:
    if not found.rejections:
        return
    yield heading("Considered as a credit and dropped")
    yield from (Paragraph(_rejection(each), indent=2, mark="• ") for each in found.rejections)


def _rejection(each: Rejection) -> Text:
    place = f" at characters {each.span.start} to {each.span.end}" if each.span else ""
    return plain(f"“{one_line(each.text)}”{place}: {one_line(each.reason)} (rule {one_line(each.rule)})")
