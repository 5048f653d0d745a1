"""Findings with one of everything an export may hold, and readers that take each format apart with its own library."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import networkx as nx
from prov.model import ProvDerivation, ProvDocument, ProvEntity, ProvMembership
from prov.serializers.provrdf import ProvRDFSerializer
from rdflib import PROV, Graph, URIRef

from provenance.model import (
    AuditFindings,
    Decision,
    Derivation,
    DerivationStatus,
    Direction,
    Evidence,
    Family,
    FamilyId,
    Origins,
    PassageKind,
)
from provenance.report.export import ExportOptions
from provenance.report.export.names import NAMESPACE, identifier_of
from provenance.report.export.registry import exporter_named
from tests.unit.report import factories as made

FIRST = made.facts("1", "news/first.html", outlet=made.GAZETTE.id, title="Quay closed", published=made.on(6))
SECOND = made.facts("2", "news/second.html", outlet=made.GAZETTE.id, title="Quay closed, again", published=made.on(7))
SPEECH = made.facts("3", "news/speech.txt", title="“We shall rebuild the quay”")
TWIN = made.facts("4", "news/twin.txt", title="Rain in the hills")
OTHER_TWIN = made.facts("5", "news/other-twin.txt", title="Rain on the hills", outlet=made.MERIDIAN.id)
DOUBTFUL = made.facts("6", "news/doubtful.txt", title="Snow in the hills")
DENIED = made.facts("7", "news/denied.txt", title="Hail in the hills")
DRAWN = made.facts("8", "news/drawn.txt", title="Ferry talks resume", upstreams=(made.ISLAND_POST.id,))
DRAWN_TOO = made.facts("9", "news/drawn-too.txt", title="Talks on ferries resume")


def link(downstream, upstream, **fields) -> Derivation:
    settings = {
        "status": DerivationStatus.DERIVED,
        "direction": Direction.LIKELY,
        "strength": 0.91,
        "share": 0.5,
        "interval": (0.4, 0.6),
        "evidence": (Evidence("copied-words", "60 words copied"), Evidence("date", "published before")),
        "passages": (made.passage(),),
        "in_lineage": True,
        **fields,
    }
    return Derivation(downstream.id, upstream.id if upstream else None, settings.pop("outlet", None), **settings)


VERSION = link(SECOND, FIRST, is_version=True)
QUOTATION = link(SPEECH, FIRST, passages=(made.passage(PassageKind.QUOTE), made.passage(PassageKind.QUOTE)))
TIE = link(TWIN, OTHER_TWIN, direction=Direction.UNKNOWN)
LEFT_OUT = link(SPEECH, SECOND, in_lineage=False)
POSSIBLE = link(DOUBTFUL, TWIN, status=DerivationStatus.POSSIBLE, in_lineage=False, strength=0.4)
REJECTED = replace(POSSIBLE, downstream=DENIED.id, decision=Decision.REJECTED)
NAMED = link(DRAWN, None, outlet=made.ISLAND_POST.id, share=None, passages=())
SOURCE = replace(made.LOST, articles=(DRAWN.id, DRAWN_TOO.id))
FAMILIES = (
    made.FAMILY,
    Family(
        FamilyId("family:0002"), (FIRST.id, SECOND.id, SPEECH.id), Origins(1, 1), FIRST.id, ((FIRST.id, SECOND.id),)
    ),
    Family(FamilyId("family:0003"), (TWIN.id, OTHER_TWIN.id), Origins(1, 1)),
    Family(FamilyId("family:0004"), (DRAWN.id, DRAWN_TOO.id), Origins(1, 1), inferred_sources=(SOURCE,)),
)


def everything(**changes) -> AuditFindings:
    """Findings with every kind of tie there is."""
    plain = made.audit_findings()
    more = (FIRST, SECOND, SPEECH, TWIN, OTHER_TWIN, DOUBTFUL, DENIED, DRAWN, DRAWN_TOO)
    links = (made.STRIKE, made.BY_NAME, VERSION, QUOTATION, TIE, LEFT_OUT, POSSIBLE, REJECTED, NAMED)
    fields = {"derivations": links, "families": FAMILIES, **changes}
    return made.audit_findings(articles=tuple(sorted((*plain.articles, *more), key=lambda each: each.id)), **fields)


WORST = (
    "=1+1 ]]> \ud800 \x00 \ufffe \x1b[2J \u202e \u2028 \" ''' \"\"\" <script>&amp; %s {} \\ \r\n\t 😀 e\u0301 '); --"
)
"""Breaks a spreadsheet, XML, UTF-8, a terminal, a line, a quotation, a page and a format string."""


def hostile() -> AuditFindings:
    """The same with something hostile at the end of every text, ids included, and the worst of titles and ids."""
    worst = replace(made.INDEPENDENT, id=WORST, title=WORST, url=WORST, source=WORST, language=WORST)
    findings = everything()
    articles = tuple(worst if each is made.INDEPENDENT else each for each in findings.articles)
    tied = replace(POSSIBLE, status=DerivationStatus.DERIVED, in_lineage=True, downstream=worst.id)
    links = (*findings.lineage.derivations, tied)
    found = replace(findings, articles=articles, lineage=replace(findings.lineage, derivations=links))
    return made.poisoned(found)


@dataclass
class View:
    """What an export says, whatever its format."""

    articles: set[str] = field(default_factory=set)
    ordered: set[tuple[str, str]] = field(default_factory=set)
    """Downstream and upstream article."""
    unordered: set[frozenset[str]] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    """Articles that credit a text that is not at hand."""
    inferred: set[str] = field(default_factory=set)
    """Articles that drew on an inferred text."""

    def add(self, downstream: str, upstream: str, *, ordered: bool = True) -> None:
        """Add a tie between two names, the downstream one that of an article."""
        (article,) = identifier_of(downstream)
        if "unseen:" in upstream:
            self.unseen.add(article)
        elif "inferred:" in upstream:
            self.inferred.add(article)
        else:
            (other,) = identifier_of(upstream)
            self.tie(article, other, ordered=ordered)

    def tie(self, article: str, other: str, *, ordered: bool) -> None:
        if ordered:
            self.ordered.add((article, other))
        else:
            self.unordered.add(frozenset({article, other}))


def exported(name: str, findings: AuditFindings, **options) -> str:
    """Export findings as a file."""
    return "".join(f"{line}\n" for line in exporter_named(name).lines(findings, ExportOptions(**options)))


def view(name: str, findings: AuditFindings, **options) -> View:
    """Export findings and take the file apart again."""
    return READERS[name](findings, options)


def prov_document(name: str, text: str) -> ProvDocument:
    """Read a document of PROV with its library; of Turtle without the short forms, which it takes for more links."""
    if name != "turtle":
        return ProvDocument.deserialize(content=text, format={"prov-n": "provn"}.get(name, name.removeprefix("prov-")))
    graph = Graph().parse(data=text, format="turtle")
    for term in ("wasDerivedFrom", "wasRevisionOf", "wasQuotedFrom", "hadPrimarySource"):
        graph.remove((None, PROV[term], None))
    document = ProvDocument()
    for prefix, address in graph.namespaces():
        document.add_namespace(prefix, str(address))
    ProvRDFSerializer(document).decode_container(graph, document)
    return document


def _prov(name: str) -> Callable[[AuditFindings, dict], View]:
    def read(findings: AuditFindings, options: dict) -> View:
        document = prov_document(name, exported(name, findings, **options))
        found = View()
        members: dict[str, list[str]] = {}
        for record in document.records:
            if str(record.identifier).startswith("article:"):
                found.articles.update(identifier_of(record.identifier.uri))
            if isinstance(record, ProvDerivation):
                found.add(*(end.uri for end in record.args[:2]))
            if isinstance(record, ProvMembership):
                members.setdefault(record.args[0].uri, []).append(record.args[1].uri)
        for one, other in members.values():
            found.add(one, other, ordered=False)
        return found

    return read


def _rows(edges: Iterable[dict], articles: Iterable[dict]) -> View:
    found = View({each["id"] for each in articles})
    for edge in edges:
        if edge["upstream_kind"] == "unseen":
            found.unseen.add(edge["downstream"])
        elif edge["upstream_kind"] == "inferred":
            found.inferred.add(edge["downstream"])
        else:
            ordered = edge["relation"] == "derived from"
            found.tie(edge["downstream"], edge["upstream"], ordered=ordered)
    return found


def _csv(findings: AuditFindings, options: dict) -> View:
    tables = (exported("csv", findings, table=table, **options) for table in ("edges", "articles"))
    return _rows(*(list(csv.DictReader(table.splitlines(keepends=True), strict=True)) for table in tables))


def _jsonl(findings: AuditFindings, options: dict) -> View:
    rows = [json.loads(line) for line in exported("jsonl", findings, **options).splitlines()]
    edges = [row for row in rows if row["schema"] == "provenance.export.edge/1"]
    return _rows(edges, [row for row in rows if row["schema"] == "provenance.export.article/1"])


def _graph(name: str) -> Callable[[AuditFindings, dict], View]:
    parse = {"graphml": nx.parse_graphml, "gexf": _parse_gexf}[name]

    def read(findings: AuditFindings, options: dict) -> View:
        graph = parse(exported(name, findings, **options))
        found = View({identifier_of(node)[0] for node, data in graph.nodes(data=True) if data["kind"] == "article"})
        for downstream, upstream, data in graph.edges(data=True):
            found.add(downstream, upstream, ordered=data["ordered"])
        return found

    return read


def _parse_gexf(text: str) -> nx.DiGraph:
    return nx.read_gexf(io.BytesIO(text.encode()))


def ftm_ids(identifier: str) -> str:
    """Undo the spelling of an id."""
    spelled = re.sub(r"\.([0-9a-f]{2})", r"%\1", identifier)
    return identifier_of(f"article:{spelled.removeprefix('article-')}")[0]


def _ftm(findings: AuditFindings, options: dict) -> View:
    entities = [json.loads(line) for line in exported("ftm", findings, **options).splitlines()]
    found = View({ftm_ids(each["id"]) for each in entities if each["schema"] == "Article"})
    for each in entities:
        said = each["properties"]
        if each["schema"] == "UnknownLink":
            ends = (ftm_ids(said["subject"][0]), ftm_ids(said["object"][0]))
            found.tie(*ends, ordered=said["role"] == ["derived from"])
        elif each["schema"] == "Note":
            found.inferred.update(map(ftm_ids, said["entity"]))
        elif said.get("role", [""])[0].startswith("credited"):
            found.unseen.add(ftm_ids(said["document"][0]))
    found.unseen -= found.inferred  # the text they credit is the one inferred
    return found


def json_ld_graph(text: str) -> Graph:
    """Expand a document; its context is in itself, and the tests allow no network to fetch another."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Dataset.default_context|ConjunctiveGraph is deprecated", DeprecationWarning)
        return Graph().parse(data=text, format="json-ld")


SCHEMA = "https://schema.org/"
TERM = f"{NAMESPACE}term:"


def _json_ld(findings: AuditFindings, options: dict) -> View:
    graph = json_ld_graph(exported("json-ld", findings, **options))
    kinds = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    found = View({identifier_of(str(each))[0] for each in graph.subjects(kinds, URIRef(f"{SCHEMA}NewsArticle"))})
    for downstream, upstream in graph.subject_objects(URIRef(f"{SCHEMA}isBasedOn")):
        found.add(str(downstream), str(upstream))
    for term in ("sharesTextWith", "possiblyTiedTo"):
        for one, other in graph.subject_objects(URIRef(TERM + term)):
            found.add(str(one), str(other), ordered=False)
    return found


READERS: dict[str, Callable[[AuditFindings, dict], View]] = {
    **{name: _prov(name) for name in ("prov-json", "prov-n", "prov-xml", "turtle")},
    **{name: _graph(name) for name in ("graphml", "gexf")},
    "csv": _csv,
    "jsonl": _jsonl,
    "ftm": _ftm,
    "json-ld": _json_ld,
}
"""How to take each built-in format apart."""


def orders(name: str, findings: AuditFindings) -> dict[str, str | None]:
    """Export findings and give what the file says of each article: how well it is known that it is the later one."""
    return ORDERS[name](findings)


def _prov_orders(name: str) -> Callable[[AuditFindings], dict[str, str | None]]:
    def read(findings: AuditFindings) -> dict[str, str | None]:
        entities = prov_document(name, exported(name, findings)).get_records(ProvEntity)
        articles = (each for each in entities if str(each.identifier).startswith("article:"))
        return {
            identifier_of(each.identifier.uri)[0]: next(map(str, each.get_attribute(f"{TERM}order")), None)
            for each in articles
        }

    return read


def _graph_orders(name: str) -> Callable[[AuditFindings], dict[str, str | None]]:
    parse = {"graphml": nx.parse_graphml, "gexf": _parse_gexf}[name]

    def read(findings: AuditFindings) -> dict[str, str | None]:
        nodes = parse(exported(name, findings)).nodes(data=True)
        return {identifier_of(node)[0]: data.get("order") for node, data in nodes if data["kind"] == "article"}

    return read


def _csv_orders(findings: AuditFindings) -> dict[str, str | None]:
    table = exported("csv", findings, table="articles").splitlines(keepends=True)
    return {row["id"]: row["order"] or None for row in csv.DictReader(table)}


def _jsonl_orders(findings: AuditFindings) -> dict[str, str | None]:
    rows = map(json.loads, exported("jsonl", findings, table="articles").splitlines())
    return {row["id"]: row["order"] for row in rows}


def _ftm_orders(findings: AuditFindings) -> dict[str, str | None]:
    """It has no place for the order but the notes, which are for people."""
    entities = map(json.loads, exported("ftm", findings).splitlines())
    notes = {
        ftm_ids(each["id"]): each["properties"].get("notes", [""])[0]
        for each in entities
        if each["schema"] == "Article"
    }
    words = {"if it is the later of the two": "unknown", "derived: 62% of its words found in": "likely"}
    return {each: next((order for said, order in words.items() if said in note), None) for each, note in notes.items()}


def _json_ld_orders(findings: AuditFindings) -> dict[str, str | None]:
    articles = [each for each in json.loads(exported("json-ld", findings))["@graph"] if each["@type"] == "NewsArticle"]
    return {each["identifier"]: each.get("provenance:order") for each in articles}


ORDERS: dict[str, Callable[[AuditFindings], dict[str, str | None]]] = {
    **{name: _prov_orders(name) for name in ("prov-json", "prov-n", "prov-xml", "turtle")},
    **{name: _graph_orders(name) for name in ("graphml", "gexf")},
    "csv": _csv_orders,
    "jsonl": _jsonl_orders,
    "ftm": _ftm_orders,
    "json-ld": _json_ld_orders,
}
"""How each built-in format says it."""
