"""The way back to an origin and what people decide about it, from the command line."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from provenance.cli.app import app
from tests.unit.cli.test_commands import OTHER, REPOST, WIRE


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    for name, text in (("wire.txt", WIRE), ("repost.txt", REPOST), ("bakery.txt", OTHER)):
        (tmp_path / "news" / name).write_text(text, "utf-8")

    def call(*arguments, **options):
        return CliRunner().invoke(app, list(arguments), prog_name="provenance", **options)

    assert call("audit", "news", "--workers", "1", "--quiet").exit_code == 0
    return call


def confirm(run, *more, **options):
    return run("review", "repost.txt", "wire.txt", "--confirm", "--by", "A. Editor", *more, **options)


def test_an_article_is_traced_by_its_path_or_id_in_every_format(run):
    table = run("trace", "repost.txt")
    assert table.exit_code == 0, table.stderr
    assert " back " in table.stdout.splitlines()[0]
    document = json.loads(run("trace", "news/repost.txt", "--format", "json").stdout)
    assert document["schema"] == "provenance.trace/1"
    assert document["article"]["source"] == "news/repost.txt"
    by_id = run("trace", document["article"]["id"][:19], "--format", "json")
    assert json.loads(by_id.stdout) == document
    lines = [json.loads(line) for line in run("trace", "repost.txt", "--format", "jsonl").stdout.splitlines()]
    assert [{key: value for key, value in each.items() if key != "schema"} for each in lines] == [
        *document["hops"],
        *document["origins"],
    ]
    rows = list(csv.DictReader(io.StringIO(run("trace", "repost.txt", "--format", "csv").stdout)))
    assert [row["downstream"] for row in rows] == [hop["downstream"] for hop in document["hops"]]


def test_a_trace_leads_from_the_repost_to_what_stands_upstream_of_it(run):
    document = json.loads(run("trace", "repost.txt", "--format", "json").stdout)
    assert document["hops"]
    assert document["origins"]
    alone = json.loads(run("trace", "bakery.txt", "--format", "json").stdout)
    assert alone["hops"] == []
    assert [end["kind"] for end in alone["origins"]] == ["origin"]
    assert run("trace", "bakery.txt").stdout.startswith("No hop back: nothing given here stands upstream of")


def test_tracing_what_is_not_there_is_wrong_usage_and_makes_no_store(run, tmp_path):
    assert run("trace", "nowhere.txt").exit_code == 2
    assert run("trace", "x", "--db", "gone.db").exit_code == 4
    assert not (tmp_path / "gone.db").exists()


def test_a_decision_is_confirmed_on_standard_output_and_its_effect_told_beside_it(run):
    found = confirm(run, "--note", "seen in \x1b[2J[b]print[/b]\nhere")
    assert found.exit_code == 0, found.stderr
    assert found.stdout.startswith("Confirmed by A. Editor, ")
    assert "Note: “seen in ␛[2J[b]print[/b] here”" in found.stdout
    assert found.stderr == "The next `provenance audit` of the same files will honour this\n"


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_decision_is_an_object_and_the_list_has_it_too(run, form):
    taken = json.loads(confirm(run, "--format", form).stdout)
    assert taken["schema"] == "provenance.review/1"
    assert (taken["decision"], taken["reviewer"], taken["in_force"]) == ("confirmed", "A. Editor", True)
    listed = json.loads(run("review", "list", "--format", form).stdout)
    assert listed == ([taken] if form == "json" else taken)


def test_the_list_of_decisions_is_told_in_every_format(run):
    assert json.loads(run("review", "list", "--format", "json").stdout) == []
    assert run("review", "list", "--format", "jsonl").stdout == ""
    assert run("review", "list").stdout.startswith("No decision has been taken yet")
    confirm(run, "--note", "=1+1", "--format", "csv")
    run("review", "repost.txt", "wire.txt", "--withdraw", "--by", "B. Desk")
    rows = list(csv.DictReader(io.StringIO(run("review", "list", "--format", "csv").stdout)))
    told = [(row["decision"], row["reviewer"], row["in_force"], row["note"]) for row in rows]
    assert told == [("confirmed", "A. Editor", "no", "'=1+1"), ("withdrawn", "B. Desk", "no", "")]
    assert "2 decisions, 0 in force" in run("review", "list").stdout


def test_the_reviewer_may_come_from_the_environment_or_the_configuration(run, tmp_path):
    arguments = ("review", "repost.txt", "wire.txt", "--reject", "--format", "json")
    by_variable = run(*arguments, env={"PROVENANCE_REVIEWER": "C. Variable"})
    assert json.loads(by_variable.stdout)["reviewer"] == "C. Variable"
    (tmp_path / "provenance.toml").write_text('[review]\nreviewer = "D. File"\n', "utf-8")
    assert json.loads(run(*arguments).stdout)["reviewer"] == "D. File"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["repost.txt", "wire.txt", "--confirm"], "--by"),
        (["repost.txt", "wire.txt", "--by", "A"], "--confirm, --reject or --withdraw"),
        (["repost.txt", "wire.txt", "--confirm", "--reject", "--by", "A"], "one decision"),
        (["repost.txt", "--confirm", "--by", "A"], "two ends"),
        (["list", "--confirm", "--by", "A"], "takes no decision"),
        (["repost.txt", "repost.txt", "--confirm", "--by", "A"], "one article"),
        (["repost.txt", "outlet:nobody", "--confirm", "--by", "A"], "no outlet"),
        (["repost.txt", "nowhere.txt", "--confirm", "--by", "A"], "no article is called nowhere.txt"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_and_nothing_is_kept(run, arguments, message):
    found = run("review", *arguments)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert message in found.stderr
    assert json.loads(run("review", "list", "--format", "json").stdout) == []


def test_reviewing_never_makes_a_store(run, tmp_path):
    assert confirm(run, "--db", "gone.db").exit_code == 4
    assert run("review", "list", "--db", "gone.db").exit_code == 4
    assert not (tmp_path / "gone.db").exists()


STORY = Path(__file__).parents[3] / "fixtures" / "stories" / "port-strike"


def test_a_decision_is_told_at_once_and_honoured_by_the_next_audit(run):
    def traced():
        document = json.loads(run("trace", "credited-repost.txt", "--format", "json").stdout)
        return {hop["upstream"]: hop for hop in document["hops"]}, {tie["upstream"]: tie for tie in document["ties"]}

    def audit():
        pair = [str(STORY / name) for name in ("credited-repost.txt", "wire.html")]
        assert run("audit", *pair, "--workers", "1", "--quiet").exit_code == 0

    audit()
    (upstream,), _ = traced()
    said = run("review", "credited-repost.txt", upstream, "--reject", "--by", "A. Editor", "--note", "another strike")
    assert said.exit_code == 0, said.stderr
    hops, _ = traced()
    assert hops[upstream]["review"] is None
    assert hops[upstream]["decision"]["note"] == "another strike"
    assert "Review: rejected by A. Editor" in run("trace", "credited-repost.txt").stdout
    audit()
    hops, ties = traced()
    assert upstream not in hops
    assert (ties[upstream]["review"], ties[upstream]["decision"]["reviewer"]) == ("rejected", "A. Editor")
    run("review", "credited-repost.txt", upstream, "--withdraw", "--by", "A. Editor")
    audit()
    assert list(traced()[0]) == [upstream]
