"""The templates, style and script of the pages, and the one place where values become markup."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from provenance.report.headline import STATUSES
from provenance.report.html.legend import EDGE_WORDS, KIND_WORDS
from provenance.report.outlet_words import OUTLET_LIMITS, RATINGS_NOTE, SHARES_RULE
from provenance.report.plain import printable
from provenance.report.terminal.evidence import WEIGHTS_NOTE

__all__ = ["render"]


def render(**values: object) -> str:
    """Write a page. Every text in it is escaped and printable, whatever it holds, but for :class:`Markup`."""
    return _environment().get_template("page.html").render(values)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("provenance.report.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    made.globals.update(
        style=_shipped("report.css"),
        script=_shipped("report.js"),
        every_status=STATUSES,
        edge_words=EDGE_WORDS,
        kind_words=KIND_WORDS,
        outlet_limits=OUTLET_LIMITS,
        ratings_note=RATINGS_NOTE,
        shares_rule=SHARES_RULE,
        weights_note=WEIGHTS_NOTE,
    )
    return made


def _printable(value: object) -> object:
    """Make what an expression gives printable; whatever a value skipped on its way, no control reaches the page."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _shipped(name: str) -> Markup:
    return Markup(files("provenance.report.html").joinpath("templates", name).read_text("utf-8"))  # noqa: S704  ours
