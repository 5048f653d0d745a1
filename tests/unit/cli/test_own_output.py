"""A folder that is worked in: what the program wrote into it is never taken for an article."""

import json

import pytest
from typer.testing import CliRunner

from provenance.cli.app import app
from provenance.read.own_output import OWN_OUTPUT, is_own_file, is_own_output

WIRE = """\
Lantern festival cancelled after bridge closure

QUELLSTADT, Oct 3 (North Wire) - Organisers called off the lantern festival on Friday after engineers closed the old
bridge over the Quell, citing cracks of up to 14 millimetres in two of its seven arches.
"""

WRITTEN = {
    "audit.txt": ("audit", "news", "--workers", "1"),
    "audit.json": ("audit", "news", "--workers", "1", "--format", "json"),
    "audit.jsonl": ("audit", "news", "--workers", "1", "--format", "jsonl"),
    "audit.csv": ("audit", "news", "--workers", "1", "--format", "csv"),
    "inspect.txt": ("inspect", "news/repost.txt"),
    "inspect.json": ("inspect", "news", "--format", "json"),
    "inspect.jsonl": ("inspect", "news", "--format", "jsonl"),
    "inspect.csv": ("inspect", "news", "--format", "csv"),
    "compare.txt": ("compare", "news/repost.txt", "news/wire.txt"),
    "compare.json": ("compare", "news/repost.txt", "news/wire.txt", "--format", "json"),
    "compare.csv": ("compare", "news/repost.txt", "news/wire.txt", "--format", "csv"),
    "trace.txt": ("trace", "repost.txt"),
    "trace.json": ("trace", "repost.txt", "--format", "json"),
    "trace.csv": ("trace", "repost.txt", "--format", "csv"),
    "show.txt": ("show", "repost.txt"),
    "show.json": ("show", "repost.txt", "--format", "json"),
    "list.txt": ("show", "list"),
    "list.csv": ("show", "list", "--format", "csv"),
    "outlets.csv": ("outlets", "--format", "csv"),
    "outlets.jsonl": ("outlets", "--format", "jsonl"),
    "review.csv": ("review", "list", "--format", "csv"),
    "rules.csv": ("rules", "--format", "csv"),
    "rules.jsonl": ("rules", "--format", "jsonl"),
    "report.html": ("report",),
    "prov.json": ("export", "--to", "prov-json"),
    "linked.json": ("export", "--to", "json-ld"),
    "prov.xml": ("export", "--to", "prov-xml"),
    "prov.ttl": ("export", "--to", "turtle"),
    "prov.provn": ("export", "--to", "prov-n"),
    "edges.csv": ("export", "--to", "csv"),
    "articles.csv": ("export", "--to", "csv", "--table", "articles"),
    "export.jsonl": ("export", "--to", "jsonl"),
}


def call(*arguments):
    return CliRunner().invoke(app, list(arguments), prog_name="provenance")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with two articles below it, audited, and everything the program writes beside them."""
    with pytest.MonkeyPatch.context() as patch:
        place = tmp_path_factory.mktemp("own")
        patch.chdir(place)
        (place / "news").mkdir()
        (place / "news" / "wire.txt").write_text(WIRE, "utf-8")
        (place / "news" / "repost.txt").write_text(f"{WIRE}\nOriginal Source: www.northwire.example\n", "utf-8")
        (place / "written").mkdir()
        for name, command in WRITTEN.items():
            found = call(*command, "--output", f"written/{name}")
            assert found.exit_code == 0, (command, found.stderr)
        yield place


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_what_the_program_writes_is_known_by_how_it_begins(place, name):
    if (place / "written" / name).read_bytes().strip():
        assert is_own_file(place / "written" / name)


@pytest.mark.parametrize(
    "article",
    [
        WIRE,
        '{"schema": "https://schema.example/article", "text": "The provenance.audit/1 of a painting"}',
        '{"text": "A file of \\"schema\\": \\"provenance.audit/1\\" was found."}',
        "<html><head><title>Provenance report</title></head><body>2 articles, 1 independent origin</body></html>",
        "id,source,url,title,outlet,published,language,text\n1,a,b,c,d,e,f,Some text\n",
        "2 articles, 1 independent origin\nThat is what the provenance report says.",
        "What it says of its source\nNothing at all.",
        "",
    ],
)
def test_an_article_that_only_speaks_of_a_report_is_none(article):
    assert not is_own_output(article.encode())


def test_a_report_with_a_byte_order_mark_or_in_a_list_is_known(place):
    content = (place / "written" / "audit.json").read_bytes()
    assert is_own_output(b"\xef\xbb\xbf" + content)
    assert is_own_output(b"[\n  " + content + b"]")


def test_a_folder_is_audited_twice_into_a_report_that_lies_in_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wire.txt").write_text(WIRE, "utf-8")
    command = ("audit", ".", "--workers", "1", "--format", "json", "--output", "out.json", "--html", "page.html")
    first = call(*command)
    before = json.loads((tmp_path / "out.json").read_text("utf-8"))
    second = call(*command)
    assert (first.exit_code, second.exit_code) == (0, 0), second.stderr
    told = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert told["run"]["id"] == before["run"]["id"]
    assert [each["source"] for each in told["articles"]] == ["./wire.txt"]
    assert told["unreadable"] == [{"source": f"./{name}", "reason": OWN_OUTPUT} for name in ("out.json", "page.html")]
    assert "2 reports of this program passed over" in second.stderr
    assert "could not be read" not in second.stderr


def test_an_article_is_still_never_written_over(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wire.txt").write_text(WIRE, "utf-8")
    assert call("audit", ".", "--output", "wire.txt").exit_code == 2
    assert (tmp_path / "wire.txt").read_text("utf-8") == WIRE


def test_a_call_that_is_given_nothing_but_a_report_says_so_and_ends_with_3(place):
    inspected = call("inspect", str(place / "written" / "audit.json"))
    audited = call("audit", str(place / "written" / "audit.json"), "--db", str(place / "none.db"))
    assert (inspected.exit_code, audited.exit_code) == (3, 3)
    assert OWN_OUTPUT in inspected.stdout
    assert OWN_OUTPUT in audited.stderr
