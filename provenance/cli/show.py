"""``provenance show``."""

# ruff: noqa: ARG001, PLC0415, PLR0913  a command's options are its arguments, some act through their callback;
# what a command works with is imported inside it, so that help and completion are instant.

from __future__ import annotations

from typing import Annotated, Final

import typer

from provenance.cli import options as option
from provenance.model import ArticleId, AuditFindings
from provenance.pipeline.options import DEFAULT_DATABASE

__all__ = ["show"]

ARTICLE: Final = typer.Argument(
    metavar="ID|list",
    help="An article's id or the beginning of it, as reports show it; list for all articles of the latest audit.",
    show_default=False,
)


def show(
    article: Annotated[str, ARTICLE],
    *,
    form: option.FormatOption = option.Format.TABLE,
    output: option.OutputOption = None,
    db: option.DatabaseOption = DEFAULT_DATABASE,
    color: option.ColorOption = option.When.AUTO,
    verbose: option.VerboseOption = 0,
    config: option.ConfigOption = None,
    debug: option.DebugOption = False,
) -> None:
    """Show what the store holds: one article with its evidence, or the list of the latest audit."""
    from provenance.cli.output import opened
    from provenance.cli.writers import write_article, write_list
    from provenance.pipeline import recalling

    with opened(output, color) as sink:
        if article == "list":
            write_list(recalling.stored_findings(db, with_tricks=form is not option.Format.TABLE), form, sink)
        else:
            stored = recalling.stored_article(db, article)
            shown = stored.inspection.labelled.article.id
            texts = _texts(db, stored.findings, shown, stored.run) if form is option.Format.TABLE else {}
            write_article(stored.findings, shown, form, sink, texts=texts)


def _texts(db: str, findings: AuditFindings, article: ArticleId, run: int) -> dict[ArticleId, str]:
    """Fetch the texts of an article and of those it is tied to, so that passages can be quoted."""
    from provenance.store import ProvenanceStore

    pairs = ((each.downstream, each.upstream) for each in findings.lineage.derivations)
    tied = {each for pair in pairs if article in pair for each in pair if each is not None}
    with ProvenanceStore.open(db) as store:
        return {each: store.text_of(each, run) for each in sorted({article, *tied})}
