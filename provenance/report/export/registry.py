"""Which formats there are.

Built-in exporters stand in a tuple; further ones come from the entry-point group ``provenance.exporters``, whose
entries are named after the format and lead to a class without arguments, or to an exporter itself. They are loaded when
their format is asked for; a built-in one of the same name goes first.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from provenance.errors import NotFoundError, UsageError
from provenance.report.export import graphs, prov
from provenance.report.export.exporter import Exporter
from provenance.report.export.ftm import FollowTheMoney
from provenance.report.export.linked_data import JsonLd
from provenance.report.export.rows import Csv, JsonLines

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["EXPORTERS", "exporter_named", "format_names"]

EXPORTERS: Final[tuple[Exporter, ...]] = (
    prov.ProvExporter("prov-json", "W3C PROV as JSON", prov.prov_json),
    prov.ProvExporter("prov-n", "W3C PROV in its notation for people", prov.prov_n),
    prov.ProvExporter("prov-xml", "W3C PROV as XML", prov.prov_xml),
    prov.ProvExporter("turtle", "W3C PROV-O as RDF in Turtle", prov.turtle),
    JsonLines(),
    Csv(),
    graphs.GraphExporter("graphml", "graph for Cytoscape, yEd, igraph and networkx", graphs.graphml),
    graphs.GraphExporter("gexf", "graph with dates for Gephi", graphs.gexf),
    FollowTheMoney(),
    JsonLd(),
)
"""The built-in exporters. Each is light: what it writes with is imported when it writes."""

_GROUP: Final = "provenance.exporters"


def format_names() -> list[str]:
    """Return the names of all formats, the built-in ones first."""
    built_in = [each.name for each in EXPORTERS]
    return built_in + sorted(set(_plugins()) - set(built_in))


def exporter_named(name: str) -> Exporter:
    """Find the exporter of a format.

    Raises:
        NotFoundError: there is no format of that name.
        UsageError: what a plug-in gives under the name is no exporter, or cannot be loaded.
    """
    for exporter in EXPORTERS:
        if exporter.name == name:
            return exporter
    plugin = _plugins().get(name)
    if plugin is None:
        raise NotFoundError(f"no export format is called {name}", hint=f"Use one of {', '.join(format_names())}.")
    try:
        loaded = plugin.load()
        found = loaded() if isinstance(loaded, type) else loaded
    except Exception as error:  # what somebody else's code raises is not ours to foresee
        raise UsageError(
            f"{plugin.value}, which is to export {name}, cannot be loaded: {error}", hint="Mend or remove the plug-in."
        ) from error
    if not isinstance(found, Exporter):
        raise UsageError(
            f"{plugin.value}, which is to export {name}, is no exporter", hint="Mend or remove the plug-in."
        )
    return found


@cache
def _plugins() -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points  # noqa: PLC0415  costs every start 30 ms

    return {entry.name: entry for entry in entry_points(group=_GROUP)}
