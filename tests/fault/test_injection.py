"""Hostile names, titles, addresses and texts go through every command and come out as text."""

import csv
import io
import json
import sqlite3
import unicodedata

import pytest
from lxml import html
from typer.testing import CliRunner

from provenance.cli.app import app

BAIT = (
    "\x1b]0;owned\x07\x1b[2J[red]bold[/red] <script>alert(1)</script> \u202egpj.exe "
    "'; DROP TABLE articles; -- {{7*7}} ${7*7} %n \x9b31m"
)
FORMULA = '=HYPERLINK("http://198.51.100.7/","quay")'
LEAD = (
    "The quay at Larchport opened on Monday after two years of works, said harbour master Ines Caldew. "
    "The first ferry left at nine with 412 passengers aboard, among them the mayor of Little Strand. "
    "Traders on Ropewalk Street had lost a third of their custom since the old wall slid into the basin. "
)
HANDLE = "@SUM(1+1)*cmd"


def record(identifier, outlet, *more):
    return {
        "id": identifier,
        "url": f'https://{outlet}.example/"><img src=x onerror=alert(2)>',
        "outlet": f"{FORMULA} {outlet} {BAIT}",
        "title": f"+{BAIT} {outlet}",
        "published": "2031-03-04",
        "lang": "en",
        "text": "\n\n".join((LEAD, *more, LEAD.replace("Monday", "Tuesday"), BAIT, FORMULA)),
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    records = (
        record(HANDLE, "one", f"Original Source: {BAIT}"),
        record(f"-{BAIT}", "two"),
        record("three\n=1+1", "three"),
    )
    (folder / "in").mkdir()
    written = "\n".join(json.dumps(each) for each in records)
    (folder / "in" / "=cmd [red]\x1b[2J\n<b>.jsonl").write_text(written, "utf-8")
    (folder / "in" / "\u202e<script>.html").write_text(f"<title>{BAIT}</title><p onclick=x>{LEAD}</p>", "utf-8")
    (folder / "in" / "@broken \x1b[31m.json").write_text("{", "utf-8")
    return folder


@pytest.fixture(scope="module")
def run(folder):
    runner = CliRunner()

    def run(name, *arguments):
        store = () if name == "inspect" else ("--db", "p.db")
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            done = runner.invoke(app, [name, *store, *arguments])
        assert not done.exception or isinstance(done.exception, SystemExit), done.exception
        assert done.exit_code in {0, 3}, (name, arguments, done.stderr)
        return done

    run("audit", "in", "--workers", "1")
    run("review", "--reject", "--by", BAIT, "--note", FORMULA, "--", HANDLE, f"-{BAIT}")
    return run


def obeyed(text):
    """Give what a terminal would obey or hide: controls but the line feed, and overrides of direction."""
    return {each for each in text if each != "\n" and unicodedata.category(each) in {"Cc", "Cs"}} | (
        set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    )


TOLD = (
    ("audit", "in"),
    ("inspect", "in", "--why"),
    ("show", "list"),
    ("show", HANDLE),
    ("trace", HANDLE),
    ("outlets",),
    ("review", "list"),
)
TABLES = (("audit", "in"), ("inspect", "in"), ("show", "list"), ("outlets",), ("review", "list"))


@pytest.mark.parametrize("command", TOLD, ids=" ".join)
def test_a_terminal_is_given_nothing_to_obey(run, command):
    done = run(*command)
    assert obeyed(done.stdout) | obeyed(done.stderr) == set()
    assert done.stdout.strip()


@pytest.mark.parametrize("command", TABLES, ids=" ".join)
def test_a_spreadsheet_is_given_no_formula(run, command):
    rows = list(csv.reader(io.StringIO(run(*command, "--format", "csv").stdout)))
    assert len(rows) > 1
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r") and not is_number(cell)] == []


@pytest.mark.parametrize("command", TABLES, ids=" ".join)
def test_a_program_gets_the_text_itself(run, command):
    told = run(*command, "--format", "json").stdout
    assert obeyed(told) == set()
    assert any(BAIT.strip() in each for each in strings(json.loads(told)))


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("options", [(), ("--anonymise",)], ids=["named", "anonymous"])
def test_a_browser_is_given_no_element_no_handler_and_no_address_to_run(run, folder, options):
    run("report", "-o", "report.html", *options)
    page = html.fromstring((folder / "report.html").read_text("utf-8"))
    assert [
        each for each in page.iter("script") if "alert" in (each.text or "") and each.get("type") != "application/json"
    ] == []
    assert page.xpath("//img | //b[not(@class)] | //iframe | //object | //embed | //base") == []
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    assert [link for link in page.xpath("//@href | //@src") if not link.startswith(("#", "https://", "http://"))] == []


@pytest.mark.parametrize(
    "form", ["csv", "jsonl", "graphml", "gexf", "ftm", "turtle", "prov-json", "prov-xml", "json-ld"]
)
def test_no_export_obeys_a_text(run, form):
    assert obeyed(run("export", "--to", form).stdout) == set()


def test_the_store_holds_what_was_given_and_every_table(run, folder):
    with sqlite3.connect(folder / "p.db") as connection:
        ids = {identifier for (identifier,) in connection.execute("SELECT DISTINCT article_id FROM run_articles")}
    assert {HANDLE, f"-{BAIT}", "three\n=1+1"} <= ids
