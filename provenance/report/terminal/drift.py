"""What changed on the way, and what was lost: each with both wordings, grouped by the pair of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from provenance.model import ArticleId, Drift, Erosion
from provenance.report.findings import FindingsIndex, file_name
from provenance.report.plain import one_line
from provenance.report.terminal.layout import Paragraph, heading, plain
from provenance.report.words import DRIFT_WORDS, EROSION_WORDS

__all__ = ["change_lines", "drift_section", "erosion_section", "loss_lines"]


def drift_section(index: FindingsIndex, drift: Iterable[Drift]) -> Iterator[RenderableType]:
    """Yield the changed facts of all pairs; nothing when there are none."""
    ordered = sorted(drift, key=lambda each: (_pair(each), each.downstream.span.start))
    if not ordered:
        return
    yield heading("What changed on the way", "Upstream wording → downstream wording. A change is not always an error.")
    for pair, changes in groupby(ordered, key=_pair):
        yield from _pair_lines(index, *pair)
        yield from change_lines(changes, indent=4)


def erosion_section(index: FindingsIndex, erosion: Iterable[Erosion]) -> Iterator[RenderableType]:
    """Yield what all pairs lost; nothing when nothing was."""
    ordered = sorted(erosion, key=lambda each: (each.downstream, each.upstream))  # stable: keeps the findings' order
    if not ordered:
        return
    yield heading(
        "What was lost on the way",
        "Said upstream in what was taken over, and no longer said downstream (or otherwise).",
    )
    for pair, losses in groupby(ordered, key=lambda each: (each.downstream, each.upstream)):
        yield from _pair_lines(index, *pair)
        yield from loss_lines(losses, indent=4)


def _pair_lines(index: FindingsIndex, downstream: ArticleId, upstream: ArticleId) -> Iterator[RenderableType]:
    yield ""
    yield Paragraph(_titled(index, downstream), indent=2)
    order = "" if index.order_known(downstream, upstream) else "; which of the two came first is unknown"
    yield Paragraph(Text.assemble("against ", _titled(index, upstream), order), indent=2)


def _pair(each: Drift) -> tuple[ArticleId, ArticleId]:
    return each.downstream.article, each.upstream.article


def _titled(index: FindingsIndex, article: ArticleId) -> Text:
    facts = index.articles.get(article)
    name = index.article_name(article)
    file = file_name(facts.source) if facts else ""
    return Text.assemble((name, "bold"), (f"  {file}" if file and file not in name else "", "dim"))


def change_lines(changes: Iterable[Drift], *, indent: int) -> Iterator[RenderableType]:
    """Yield one line a changed fact: its kind, the upstream's wording, the downstream's wording."""
    for each in changes:
        before, after = one_line(each.before), one_line(each.after)
        line = Text.assemble((f"{DRIFT_WORDS[each.kind]}: ", "dim"), plain(_quoted(before)), " → ", _quoted(after))
        yield Paragraph(line, indent=indent)


def loss_lines(losses: Iterable[Erosion], *, indent: int) -> Iterator[RenderableType]:
    """Yield one line a loss: its kind, the upstream's wording, what the downstream says instead."""
    for each in losses:
        became = _quoted(one_line(each.became or ""))
        line = Text.assemble((f"{EROSION_WORDS[each.kind]}: ", "dim"), _quoted(one_line(each.wording)), " → ", became)
        yield Paragraph(line, indent=indent)


def _quoted(wording: str) -> str:
    return f"“{wording}”" if wording else "(nothing)"
