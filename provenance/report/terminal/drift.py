"""What changed on the way: each changed fact with both wordings, grouped by the pair of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from provenance.model import ArticleId, Drift
from provenance.report.findings import FindingsIndex, file_name
from provenance.report.plain import one_line
from provenance.report.terminal.layout import Paragraph, heading, plain
from provenance.report.words import DRIFT_WORDS

__all__ = ["change_lines", "drift_section"]


def drift_section(index: FindingsIndex, drift: Iterable[Drift]) -> Iterator[RenderableType]:
    """Yield the changed facts of all pairs; nothing when there are none."""
    ordered = sorted(drift, key=lambda each: (_pair(each), each.downstream.span.start))
    if not ordered:
        return
    yield heading("What changed on the way", "Upstream wording → downstream wording. A change is not always an error.")
    for (downstream, upstream), changes in groupby(ordered, key=_pair):
        yield ""
        yield Paragraph(_titled(index, downstream), indent=2)
        order = "" if index.order_known(downstream, upstream) else "; which of the two came first is unknown"
        yield Paragraph(Text.assemble("against ", _titled(index, upstream), order), indent=2)
        yield from change_lines(changes, indent=4)


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


def _quoted(wording: str) -> str:
    return f"“{wording}”" if wording else "(nothing)"
