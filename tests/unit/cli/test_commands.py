"""Every command on small invented articles, from the command line to its output and exit code."""

import csv
import io
import json
import re
import sqlite3

import pytest
from typer.testing import CliRunner

from provenance.cli.app import app

WIRE = """\
Lantern festival cancelled after bridge closure

QUELLSTADT, Oct 3 (North Wire) - Organisers called off the lantern festival on Friday after engineers closed the old
bridge over the Quell, citing cracks of up to 14 millimetres in two of its seven arches.

About 9,500 visitors had been expected. "We could not ask people to walk around by the motorway," said Hedda Brink,
who heads the festival board. Tickets worth 61,000 crowns will be refunded within ten days.
"""

REPOST = WIRE + "\nOriginal Source: www.northwire.example\n\nShow More\n\nBack to top button\n"

OTHER = """\
Bakery wins prize for rye loaf

The jury praised the crust. "It sings when it cools," said Tomas Vell, who has baked for thirty years on the corner of
Mill Street and who plans to spend the prize on a second oven before the winter.
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in (("wire.txt", WIRE), ("repost.txt", REPOST), ("bakery.txt", OTHER)):
        (folder / name).write_text(text, "utf-8")

    def call(*arguments, **options):
        return CliRunner().invoke(app, list(arguments), prog_name="provenance", **options)

    return call


def test_an_audit_prints_its_headline_and_stores_its_findings(run, tmp_path):
    found = run("audit", "news", "--workers", "1")
    assert found.exit_code == 0, found.stderr
    assert found.stdout.startswith("3 articles, ")
    assert "What this does not show" in found.stdout
    assert (tmp_path / "provenance.db").exists()


def test_an_audit_twice_gives_the_same_bytes_and_says_that_nothing_was_read_again(run):
    first = run("audit", "news", "--workers", "1", "--format", "json")
    second = run("audit", "news", "--workers", "1", "--format", "json")
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["schema"] == "provenance.audit/1"
    assert second.stderr == "0 articles read; 3 unchanged and not read again\n"


def test_quiet_says_nothing_beside_the_results(run):
    assert run("audit", "news", "--workers", "1", "--format", "csv", "-q").stderr == ""


def test_an_unreadable_file_is_listed_and_the_rest_is_audited(run, tmp_path):
    (tmp_path / "news" / "empty.txt").write_bytes(b"")
    found = run("audit", "news", "--workers", "1", "--format", "json")
    assert found.exit_code == 3
    document = json.loads(found.stdout)
    assert len(document["articles"]) == 3
    assert [each["source"] for each in document["unreadable"]] == ["news/empty.txt"]


def test_a_finding_to_fail_on_ends_with_one_even_if_something_was_unreadable(run, tmp_path):
    (tmp_path / "news" / "empty.txt").write_bytes(b"")
    assert run("audit", "news", "--workers", "1", "--fail-on", "derived>=0").exit_code == 1
    assert run("audit", "news/bakery.txt", "--fail-on", "contradicted").exit_code == 0


def test_the_rows_and_records_of_an_audit_are_complete(run):
    rows = list(csv.DictReader(io.StringIO(run("audit", "news", "--workers", "1", "--format", "csv").stdout)))
    assert {row["source"] for row in rows} == {"news/wire.txt", "news/repost.txt", "news/bakery.txt"}
    lines = run("audit", "news", "--workers", "1", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["schema"] for line in lines].count("provenance.article/1") == 3


def test_an_output_file_holds_what_would_have_been_printed(run, tmp_path):
    printed = run("audit", "news", "--workers", "1", "--format", "json").stdout
    found = run("audit", "news", "--workers", "1", "--format", "json", "--output", "out.json")
    assert found.stdout == ""
    assert (tmp_path / "out.json").read_text("utf-8") == printed


def test_a_path_that_is_not_there_is_wrong_usage_and_makes_no_store(run, tmp_path):
    found = run("audit", "nowhere")
    assert found.exit_code == 2
    assert "nowhere does not exist" in found.stderr
    assert not (tmp_path / "provenance.db").exists()


def test_a_file_that_is_no_database_is_an_error_of_the_store(run, tmp_path):
    (tmp_path / "bad.db").write_text("not a database, whatever its name says" * 50)
    assert run("show", "list", "--db", "bad.db").exit_code == 4


def test_showing_never_creates_a_store(run, tmp_path):
    found = run("show", "list")
    assert found.exit_code == 4
    assert found.stderr.startswith("Error: there is no store")
    assert not (tmp_path / "provenance.db").exists()


def test_a_stored_article_is_found_by_its_file_or_the_beginning_of_its_id(run):
    run("audit", "news", "--workers", "1")
    document = json.loads(run("show", "repost.txt", "--format", "json").stdout)
    assert document["schema"] == "provenance.article/1"
    by_id = run("show", document["id"][:19], "--format", "json")
    assert json.loads(by_id.stdout) == document
    assert "Original Source" in run("show", "repost.txt").stdout


def test_a_stored_article_that_is_not_there_is_wrong_usage(run):
    run("audit", "news", "--workers", "1")
    assert run("show", "sha256:ffffffffffff").exit_code == 2


def test_the_list_of_the_latest_audit_has_every_article_in_every_format(run):
    run("audit", "news", "--workers", "1")
    assert run("show", "list").stdout.startswith("3 articles, ")
    assert len(run("show", "list", "--format", "jsonl").stdout.splitlines()) == 3
    assert len(run("show", "list", "--format", "csv").stdout.splitlines()) == 4
    assert len(json.loads(run("show", "list", "--format", "json").stdout)) == 3


def test_one_inspected_article_is_an_object_and_several_are_an_array(run):
    one = json.loads(run("inspect", "news/repost.txt", "--format", "json").stdout)
    assert one["schema"] == "provenance.inspection/1"
    assert one["text"] == REPOST
    assert len(json.loads(run("inspect", "news", "--format", "json").stdout)) == 3


def test_an_inspection_shows_the_credit_and_the_lines(run):
    found = run("inspect", "news/repost.txt", "--why")
    assert found.exit_code == 0
    assert "Original Source: www.northwire.example" in found.stdout
    assert "rule " in found.stdout


def test_an_article_from_standard_input_is_inspected(run):
    found = run("inspect", "-", "--format", "jsonl", input=REPOST)
    assert json.loads(found.stdout)["source"] == "-"


def test_inspecting_tells_what_could_not_be_read(run, tmp_path):
    (tmp_path / "news" / "empty.txt").write_bytes(b"")
    found = run("inspect", "news", "--format", "jsonl")
    assert found.exit_code == 3
    schemas = [json.loads(line)["schema"] for line in found.stdout.splitlines()]
    assert sorted(schemas) == ["provenance.inspection/1"] * 3 + ["provenance.unreadable/1"]
    assert found.stderr == "1 source could not be read, 3 could\n"


def test_two_texts_are_compared_and_echoed_as_given(run):
    found = run("compare", "news/repost.txt", "./news/wire.txt", "--format", "json")
    document = json.loads(found.stdout)
    assert (document["downstream"], document["upstream"]) == ("news/repost.txt", "./news/wire.txt")
    assert document["degree"] == "wholly-derived"
    low, high = document["interval"]
    assert low <= document["derived_share"] <= high


def test_a_comparison_fails_on_a_share(run):
    assert run("compare", "news/repost.txt", "news/wire.txt", "--fail-on", "derived>=90%").exit_code == 1
    assert run("compare", "news/bakery.txt", "news/wire.txt", "--fail-on", "derived>=90%").exit_code == 0


@pytest.mark.parametrize("credit", ["uncredited", "contradicted"])
def test_a_comparison_cannot_be_asked_to_fail_on_credits_it_does_not_look_at(run, credit):
    found = run("compare", "news/repost.txt", "news/wire.txt", "--fail-on", "derived>=90%", "--fail-on", credit)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert "compare looks at no credits" in found.stderr
    assert f"Use provenance audit for --fail-on {credit}" in found.stderr


def test_pairs_may_name_paths_and_records(run, tmp_path):
    records = [{"id": "a", "text": REPOST}, {"id": "b", "text": OTHER}]
    (tmp_path / "docs.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    (tmp_path / "pairs.csv").write_text("downstream,upstream\na,news/wire.txt\nb,a\ngone,a\n", "utf-8")
    found = run("compare", "--pairs", "pairs.csv", "--corpus", "docs.jsonl", "--format", "jsonl")
    assert found.exit_code == 3
    first, second, third = map(json.loads, found.stdout.splitlines())
    assert (first["downstream"], first["upstream"], first["degree"]) == ("a", "news/wire.txt", "wholly-derived")
    assert (second["downstream"], second["degree"]) == ("b", "non-derived")
    assert third["schema"] == "provenance.unreadable/1"


def test_inspections_comparisons_and_stored_articles_are_rows_too(run):
    inspected = csv.DictReader(io.StringIO(run("inspect", "news", "--format", "csv").stdout))
    assert {row["source"] for row in inspected} == {"news/wire.txt", "news/repost.txt", "news/bakery.txt"}
    (compared,) = csv.DictReader(io.StringIO(run("compare", "news/repost.txt", "news/wire.txt", "--format=csv").stdout))
    assert compared["degree"] == "wholly-derived"
    run("audit", "news", "--workers", "1")
    (stored,) = csv.DictReader(io.StringIO(run("show", "bakery.txt", "--format", "csv").stdout))
    assert stored["source"] == "news/bakery.txt"


def test_two_texts_are_shown_side_by_side(run):
    found = run("compare", "news/repost.txt", "news/wire.txt")
    assert found.exit_code == 0
    assert "Wholly derived: 100% of its words found in the upstream text" in found.stdout
    assert "1. verbatim, similarity 1.00" in found.stdout


def test_pairs_are_told_in_one_line_each(run, tmp_path):
    (tmp_path / "pairs.csv").write_text("downstream,upstream\nnews/repost.txt,news/wire.txt\n", "utf-8")
    found = run("compare", "--pairs", "pairs.csv")
    assert "news/repost.txt against news/wire.txt: wholly derived" in found.stdout


def test_an_empty_file_of_pairs_gives_an_empty_array(run, tmp_path):
    (tmp_path / "pairs.csv").write_text("downstream,upstream\n", "utf-8")
    found = run("compare", "--pairs", "pairs.csv", "--format", "json")
    assert (found.stdout, found.exit_code) == ("[]\n", 3)
    assert "pairs.csv names no pairs: nothing follows its column names" in found.stderr


@pytest.mark.parametrize("command", ["audit", "inspect"])
def test_a_table_of_column_names_alone_is_told(run, tmp_path, command):
    (tmp_path / "records.csv").write_text("id,text\n", "utf-8")
    found = run(command, "records.csv", "--format", "json")
    assert found.exit_code == 3
    assert "names its columns, and no row follows" in found.output


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_rules_are_told_in_every_format(run, form):
    found = run("rules", "en.original-source", "--format", form)
    assert found.exit_code == 0
    assert "en.original-source" in found.stdout


def test_the_store_is_chosen_by_a_variable(run, tmp_path):
    found = run("audit", "news/bakery.txt", env={"PROVENANCE_DB": "team.db"})
    assert found.exit_code == 0
    with sqlite3.connect(tmp_path / "team.db") as database:
        tables = {name for (name,) in database.execute("select name from sqlite_master")}
    database.close()
    assert tables


def test_a_file_larger_than_allowed_is_listed_as_unreadable(run):
    found = run("inspect", "news", "--max-bytes", "400", "--format", "jsonl")
    schemas = [json.loads(line)["schema"] for line in found.stdout.splitlines()]
    assert schemas.count("provenance.unreadable/1") == 2
    assert found.exit_code == 3


def test_what_fails_a_call_is_said_in_one_line(run):
    found = run(
        "audit", "news", "--workers", "1", "--fail-on", "derived>=30%", "--fail-on", "contradicted", "--format", "json"
    )
    assert found.exit_code == 1
    last = found.stderr.splitlines()[-1]
    assert re.fullmatch(r"Exit code 1, as --fail-on asks: derived>=0\.3: 1 article \(news/(repost|wire)\.txt\)", last)
    compared = run("compare", "news/repost.txt", "news/wire.txt", "--fail-on", "derived>=0.3")
    assert compared.stderr == (
        "Exit code 1, as --fail-on asks: derived>=0.3: 1 pair (news/repost.txt against news/wire.txt)\n"
    )


def test_a_quiet_call_fails_without_a_word(run):
    found = run("audit", "news", "--workers", "1", "--fail-on", "derived>=30%", "--format", "json", "-q")
    assert (found.exit_code, found.stderr) == (1, "")


RECORDS = [{"id": "1", "text": WIRE}, {"id": "1", "text": REPOST}, {"text": OTHER}, {"text": OTHER}]


@pytest.fixture
def records(tmp_path):
    (tmp_path / "r.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS), "utf-8")
    return "r.jsonl"


TWICE = [
    "Warning: r.jsonl#1: an earlier record has the id 1 too; this one is called 1@r.jsonl#1",
    "Warning: r.jsonl#4: an earlier record holds the same; this one is called sha256:",
]


@pytest.mark.parametrize("command", ["audit", "inspect"])
def test_two_records_with_one_id_are_told_however_often_they_are_read(run, records, command):
    for _ in range(2):
        told = run(command, records, "--workers", "1", "--format", "jsonl").stderr.splitlines()
        warnings = [line for line in told if line.startswith("Warning: ")]
        assert [line[: len(start)] for line, start in zip(warnings, TWICE, strict=True)] == TWICE


def test_pairs_that_name_an_id_two_records_have_mean_the_earlier_and_that_is_said(run, records, tmp_path):
    (tmp_path / "pairs.csv").write_text("downstream,upstream\n1,news/wire.txt\n", "utf-8")
    found = run("compare", "--pairs", "pairs.csv", "--corpus", records, "--format", "json")
    assert json.loads(found.stdout)["derived_share"] == 1.0
    assert found.stderr == "Warning: r.jsonl#1: an earlier record has the id 1 too; the pairs mean the earlier\n"


def test_files_that_are_called_alike_in_two_folders_are_no_two_records_with_one_id(run, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "wire.txt").write_text(WIRE, "utf-8")
    assert run("inspect", "news/wire.txt", "other/wire.txt").stderr == ""
