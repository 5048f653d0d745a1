"""``provenance export`` from the command line to its output and exit code."""

import io
import json

import networkx as nx
import pytest
from typer.testing import CliRunner

from provenance.cli.app import app
from provenance.cli.export import BUILT_IN, _names
from provenance.report.export import registry
from provenance.report.export.registry import EXPORTERS

STORY = (
    "The Lindholm harbour board said on Thursday that the north quay would stay shut until divers had counted 41 cracks "
    "below the waterline. Engineers of the Torvald yard found the first of them in March, when a tug struck a pile. "
    "“Nobody walks on it before I have,” said the harbour master, Inga Rask, who closed the gates herself at dawn. "
    "Ferries to Skarholm leave from the fish market for now, twice a day, and carry no lorries heavier than 3 tonnes.\n"
)


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments):
        return CliRunner().invoke(app, list(arguments), prog_name="provenance")

    return invoke


@pytest.fixture
def export(call, tmp_path):
    records = [
        {"id": "wire", "url": "https://northwire.example/1", "published": "2031-03-06T06:00:00Z", "text": STORY},
        {
            "id": "repost",
            "url": "https://alderpost.example/1",
            "published": "2031-03-06T09:00:00Z",
            "text": f"{STORY}\nOriginal Source: www.northwire.example\n",
        },
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    assert call("audit", "news.jsonl", "--workers", "1", "-q").exit_code == 0
    return lambda *arguments: call("export", *arguments)


def test_the_help_lists_every_built_in_format():
    assert ", ".join(each.name for each in EXPORTERS) == BUILT_IN


@pytest.mark.parametrize("name", [each.name for each in EXPORTERS])
def test_every_format_is_written_from_a_store(export, name):
    found = export("--to", name)
    assert (found.exit_code, found.stderr) == (0, "")
    assert "repost" in found.stdout


def test_an_export_goes_to_a_file(export, tmp_path):
    found = export("--to", "graphml", "--output", "lineage.graphml")
    assert (found.exit_code, found.output) == (0, "")
    graph = nx.read_graphml(tmp_path / "lineage.graphml")
    assert list(graph.edges) == [("article:repost", "article:wire")]


def test_csv_gives_the_edges_unless_the_articles_are_asked_for(export):
    edges, articles = export("--to", "csv"), export("--to", "csv", "--table", "articles")
    assert edges.stdout.startswith("relation,order,downstream,")
    assert len(edges.stdout.splitlines()) == 2
    assert articles.stdout.startswith("id,source,url,")
    assert len(articles.stdout.splitlines()) == 3


def test_a_table_is_refused_of_a_format_without_tables(export):
    found = export("--to", "gexf", "--table", "edges")
    assert found.exit_code == 2
    assert "gexf is not made of tables" in found.stderr


def test_an_unknown_format_is_refused_with_those_there_are(export):
    found = export("--to", "xlsx")
    assert found.exit_code == 2
    assert "no export format is called xlsx" in found.stderr
    assert BUILT_IN in found.stderr


def test_nothing_is_exported_from_where_no_store_is(call, tmp_path):
    found = call("export", "--to", "csv", "--db", "nowhere.db")
    assert (found.exit_code, found.stdout) == (4, "")
    assert list(tmp_path.iterdir()) == []


class Plugin:
    """A plug-in that is found by its entry point."""

    def __init__(self, loaded):
        self.loaded = loaded
        self.value = "counting:Count"

    def load(self):
        return self.loaded


class Count:
    name = "count"
    summary = "how many articles there are"
    tables = False

    def lines(self, findings, options):
        yield str(len(findings.articles))


@pytest.mark.parametrize("loaded", [Count, Count()], ids=["a class", "an exporter"])
def test_the_format_of_a_plug_in_is_exported(export, monkeypatch, loaded):
    monkeypatch.setattr(registry, "_plugins", lambda: {"count": Plugin(loaded)})
    found = export("--to", "count")
    assert (found.exit_code, found.stdout) == (0, "2\n")


def test_a_plug_in_that_is_no_exporter_is_refused(export, monkeypatch):
    monkeypatch.setattr(registry, "_plugins", lambda: {"count": Plugin(io.StringIO())})
    found = export("--to", "count")
    assert found.exit_code == 2
    assert "counting:Count, which is to export count, is no exporter" in found.stderr


def test_a_plug_in_that_cannot_be_loaded_is_told_and_named(export, monkeypatch):
    class Broken(Plugin):
        def load(self):
            raise ImportError("no module of that name")

    monkeypatch.setattr(registry, "_plugins", lambda: {"count": Broken(None)})
    found = export("--to", "count")
    assert found.exit_code == 2
    assert "counting:Count, which is to export count, cannot be loaded: no module of that name" in found.stderr


def test_the_names_of_formats_are_completed(monkeypatch):
    monkeypatch.setattr(registry, "_plugins", lambda: {"prov-video": Plugin(Count)})
    assert _names("prov-") == ["prov-json", "prov-n", "prov-xml", "prov-video"]


def test_what_is_around_one_article_is_exported_alone(export, call, tmp_path):
    (tmp_path / "apart.txt").write_text(
        "Pupils of the Arnes school planted two hundred birches on the slope above the chapel on Saturday, and their "
        "teachers counted every one of them twice before tea was served in the hall.\n"
    )
    call("audit", "news.jsonl", "apart.txt", "--workers", "1", "-q")

    def articles(*options):
        rows = map(json.loads, export("--to", "jsonl", "--table", "articles", *options).stdout.splitlines())
        return {row["source"] for row in rows}

    assert articles() == {"news.jsonl#wire", "news.jsonl#repost", "apart.txt"}
    assert articles("--around", "repost") == {"news.jsonl#wire", "news.jsonl#repost"}
    assert articles("--around", "apart.txt") == {"apart.txt"}
    done = export("--to", "csv", "--around", "nobody")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no article is called nobody" in done.stderr
