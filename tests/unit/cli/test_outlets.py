"""``provenance outlets`` and ``provenance ratings`` from the command line to their output and exit code."""

import csv
import gzip
import io
import json
import random

import pytest
from typer.testing import CliRunner

from provenance.cli.app import app

STORIES = 6


def story(number):
    """A report that shares no rare word with any other one."""
    chance = random.Random(number)

    def name():
        return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(4))

    return "\n\n".join(
        f"The {name()} council of {name().title()} said on Friday that {name()} engineers had closed the {name()} after "
        f"{chance.randrange(20, 900)} {name()} cracks were counted, and that {name().title()} {name().title()} would lead "
        f"the {name()} inquiry until the {name()} season ends."
        for _ in range(6)
    )


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments, **options):
        return CliRunner().invoke(app, list(arguments), prog_name="provenance", **options)

    return invoke


@pytest.fixture
def run(call, tmp_path):
    records = []
    for number in range(STORIES):
        text = story(number)
        day = f"2031-03-{number + 1:02}"
        if number == STORIES - 1:
            text += "\n\nOriginal Source: www.northwire.example"
        for outlet, hour in (("harbourecho", 8), ("alderpost", 11)):
            address = f"https://{outlet}.example/{number}"
            stamp = f"{day}T{hour:02}:00:00Z"
            records.append({"id": f"{outlet}-{number}", "url": address, "published": stamp, "text": text})
            text = text.partition("\n\nOriginal")[0]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    assert call("audit", "news.jsonl", "--workers", "1", "-q", "--format", "json").exit_code == 0
    return call


def lists(tmp_path, text, name="list.csv"):
    (tmp_path / name).write_text(text, "utf-8")
    return name


def test_every_outlet_with_articles_has_an_entry(run):
    found = run("outlets")
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout.startswith("2 outlets with 12 articles\n")
    assert found.stdout.index("alderpost.example") < found.stdout.index("harbourecho.example")


def test_one_outlet_is_found_by_id_name_domain_or_address(run):
    expected = run("outlets", "alderpost", "--format", "json").stdout
    assert json.loads(expected)["outlet"]["id"] == "alderpost"
    for asked in ("alderpost.example", "https://www.alderpost.example/x", "ALDER", "sport.alderpost.example"):
        assert run("outlets", asked, "--format", "json").stdout == expected


def test_a_name_that_fits_several_is_wrong_usage_and_lists_them(run):
    found = run("outlets", "example")
    assert found.exit_code == 2
    assert "(alderpost)" in found.stderr
    assert "(harbourecho)" in found.stderr


def test_a_name_that_fits_none_is_wrong_usage(run):
    found = run("outlets", "nobody")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "no outlet of the latest audit is called nobody" in found.stderr


def test_an_outlet_that_is_only_named_has_no_card_and_is_told_why(run):
    found = run("outlets", "northwire")
    assert found.exit_code == 2
    assert "is named in the latest audit, but no article of its own is among those given" in found.stderr


def test_signals_lead_to_the_articles_behind_them(run):
    document = json.loads(run("outlets", "alderpost", "--format", "json").stdout)
    uncredited = next(each for each in document["signals"] if each["signal"] == "uncredited")
    assert (uncredited["count"], uncredited["of"], uncredited["enough"]) == (6, 6, True)
    assert [each["id"] for each in uncredited["articles"]] == [f"alderpost-{number}" for number in range(6)]
    assert uncredited["articles"][0]["source"] == "news.jsonl#alderpost-0"
    assert document["lag"]["median_hours"] == 3.0
    assert "news.jsonl#alderpost-5" in run("outlets", "alderpost").stdout


def test_cards_are_written_in_every_format(run):
    documents = json.loads(run("outlets", "--format", "json").stdout)
    lines = run("outlets", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == documents
    rows = list(csv.DictReader(io.StringIO(run("outlets", "--format", "csv").stdout)))
    assert {row["outlet"] for row in rows} == {"alderpost", "harbourecho"}


def test_outlets_without_a_store_or_an_audit_say_so(call, tmp_path):
    assert call("outlets").exit_code == 4
    name = lists(tmp_path, "domain,value,list\na.example,1,L\n")
    assert call("ratings", "import", name).exit_code == 0
    assert call("outlets").exit_code == 2


def test_imported_ratings_stand_beside_the_signals_as_the_lists_have_them(run, tmp_path):
    before = json.loads(run("outlets", "alderpost", "--format", "json").stdout)
    name = lists(
        tmp_path,
        "domain,value,scale_min,scale_max,list,list_date,licence,observed|imputed\n"
        "www.alderpost.example,0.9,0,1,One list,2031-04,CC0,imputed\n"
        "alderpost.example,poor,,,Another list,2030,,observed\n"
        "example,1,,,One list,2031-04,,\n",
    )
    found = run("ratings", "import", name, "--format", "json")
    assert found.exit_code == 3
    assert found.stderr == "list.csv, line 4: “example” is no domain\n1 row could not be taken\n"
    after = json.loads(run("outlets", "alderpost", "--format", "json").stdout)
    assert [(each["list"], each["value"], each["imputed"]) for each in after["ratings"]] == [
        ("Another list", "poor", False),
        ("One list", "0.9", True),
    ]
    assert {**after, "ratings": []} == before


def test_importing_again_replaces_the_list_of_that_date_only(call, tmp_path):
    name = lists(tmp_path, "domain,value\na.example,1\nb.example,2\n")
    assert call("ratings", "import", name, "--list", "L", "--list-date", "2030").stderr == ""
    assert call("ratings", "import", name, "--list", "L", "--list-date", "2031").stderr == ""
    lists(tmp_path, "domain,value\na.example,3\n")
    again = call("ratings", "import", name, "--list", "L", "--list-date", "2031")
    assert again.stderr == "2 ratings of the same lists and dates replaced\n"
    rows = list(csv.DictReader(io.StringIO(call("ratings", "list", "--format", "csv").stdout)))
    assert [(row["list_date"], row["domains"]) for row in rows] == [("2030", "2"), ("2031", "1")]


def test_a_list_is_taken_back_for_one_date_or_whole(call, tmp_path):
    name = lists(tmp_path, "domain,value\na.example,1\n")
    for date in ("2030", "2031", "2032"):
        call("ratings", "import", name, "--list", "L", "--list-date", date)
    assert call("ratings", "remove", "L", "--list-date", "2031").stdout == "1 rating of L removed\n"
    assert call("ratings", "remove", "L").stdout == "2 ratings of L removed\n"
    missing = call("ratings", "remove", "L", "--list-date", "2031")
    assert missing.exit_code == 2
    assert "no list L of the date 2031 was imported" in missing.stderr
    assert call("ratings", "list").stdout.startswith("No ratings were imported")


def test_taking_back_never_creates_a_store(call, tmp_path):
    assert call("ratings", "remove", "L").exit_code == 4
    assert call("ratings", "list").exit_code == 4
    assert not (tmp_path / "provenance.db").exists()


def test_where_no_row_can_be_taken_nothing_is_kept_or_replaced(call, tmp_path):
    name = lists(tmp_path, "domain,value,list\nnowhere,1,L\n")
    found = call("ratings", "import", name)
    assert (found.exit_code, found.stdout) == (3, "")
    assert not (tmp_path / "provenance.db").exists()


def test_many_bad_rows_are_told_in_part_and_all_on_demand(call, tmp_path):
    name = lists(tmp_path, "domain,value,list,list_date\n" + "nowhere,1,L,1\n" * 25 + "a.example,1,L,1\n")
    found = call("ratings", "import", name)
    assert found.exit_code == 3
    assert found.stderr.count("no domain") == 20
    assert "and 5 further rows; all of them with -v" in found.stderr
    assert call("ratings", "import", name, "-v").stderr.count("no domain") == 25


def test_a_list_of_unknown_date_is_pointed_out_unless_quiet(call, tmp_path):
    name = lists(tmp_path, "domain,value,list\na.example,1,L\n")
    assert "No date is known for a list" in call("ratings", "import", name).stderr
    assert call("ratings", "import", name, "-q").stderr == ""


def test_a_list_may_come_compressed_or_from_standard_input(call, tmp_path):
    text = "domain,value,list,list_date\na.example,1,L,1\n"
    (tmp_path / "list.csv.gz").write_bytes(gzip.compress(text.encode()))
    assert call("ratings", "import", "list.csv.gz").exit_code == 0
    assert call("ratings", "import", "-", input=text + "nowhere,1,L,1\n").stderr.startswith("standard input, line 3")


def test_a_layout_is_named_or_given_as_a_file(call, tmp_path):
    lists(
        tmp_path,
        'id = "stars"\nheader = ["site"]\ndomain = "site"\n[[rating]]\nlist = "Stars"\nvalue = "stars"\n',
        "l.toml",
    )
    name = lists(tmp_path, "site,stars\na.example,4\n")
    assert call("ratings", "import", name).exit_code == 2
    assert call("ratings", "import", name, "--profile", "l.toml", "--list-date", "1").exit_code == 0
    unknown = call("ratings", "import", name, "--profile", "nonesuch")
    assert unknown.exit_code == 2
    assert "domain-quality" in unknown.stderr
    wrong = call("ratings", "import", name, "--profile", "iffy")
    assert "not of the layout iffy" in wrong.stderr


def test_a_cell_that_a_spreadsheet_would_run_comes_back_guarded(run, tmp_path):
    name = lists(tmp_path, 'domain,value,list,list_date\nalderpost.example,"=1+1",+L,@1\n')
    run("ratings", "import", name)
    rows = list(csv.DictReader(io.StringIO(run("outlets", "alderpost", "--format", "csv").stdout)))
    assert (rows[-1]["value"], rows[-1]["list"], rows[-1]["list_date"]) == ("'=1+1", "'+L", "'@1")


def test_every_signal_is_explained_among_the_rules(call):
    found = call("rules", "outlet.", "--format", "jsonl")
    rules = [json.loads(line) for line in found.stdout.splitlines()]
    assert len(rules) == 8
    assert all(rule["stage"] == "score" and rule["why"] for rule in rules)


@pytest.mark.parametrize(
    "command", [["outlets"], ["ratings"], ["ratings", "import"], ["ratings", "list"], ["ratings", "remove"]]
)
def test_help_ends_with_an_example(call, command):
    found = call(*command, "--help")
    assert found.exit_code == 0
    assert found.stdout.rstrip().splitlines()[-1].strip().startswith("provenance ")
