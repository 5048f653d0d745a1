"""``provenance report`` and ``audit --html`` from the command line to the files they write."""

import hashlib
import re

import pytest
from typer.testing import CliRunner

from provenance.cli.app import app
from provenance.cli.page_writer import MARK, write_pages
from provenance.errors import UsageError
from provenance.report.html.contents import ReportContents
from provenance.report.html.page import MOST_ON_ONE_PAGE
from tests.unit.report.factories import audit_findings, facts

WIRE = """PORT ALDER (North Wire) - Crews of the ferry Aldonza walked out on Tuesday after two winches failed in a swell.

The harbour board had closed nine of its fourteen berths since the storm of 2 March tore up the breakwater.

Some 1,420 passengers were waiting on the quay by noon, and hotels in the old town were full.
"""


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wire.txt").write_text(WIRE, "utf-8")
    (tmp_path / "repost.txt").write_text(f"{WIRE}\nOriginal Source: www.northwire.example\n", "utf-8")

    def invoke(*arguments):
        return CliRunner().invoke(app, list(arguments), prog_name="provenance")

    return invoke


@pytest.fixture
def audited(call):
    assert call("audit", "wire.txt", "repost.txt", "-q", "--workers", "1", "-o", "audit.txt").exit_code == 0
    return call


def test_the_latest_audit_is_written_as_a_page(audited, tmp_path):
    done = audited("report", "-o", "report.html")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "report.html\n")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "winches failed in a swell" in page
    assert audited("report", "-o", "report.html", "-q").stderr == ""


def test_a_pipe_gets_the_page_itself(audited, tmp_path):
    audited("report", "-o", "report.html")
    assert audited("report").stdout == (tmp_path / "report.html").read_text("utf-8")


def test_an_audit_writes_the_same_page_beside_its_results(call, tmp_path):
    call(
        "audit", "wire.txt", "repost.txt", "--workers", "1", "--format", "json", "-o", "audit.json", "--html", "a.html"
    )
    call("report", "-o", "b.html")
    page = (tmp_path / "a.html").read_text("utf-8")
    assert page == (tmp_path / "b.html").read_text("utf-8")
    assert hashlib.sha256((tmp_path / "audit.json").read_bytes()).hexdigest() in page


def test_the_page_is_anonymous_where_asked_to_be(audited, tmp_path):
    audited("report", "-o", "report.html", "--anonymise")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "Anonymised." in page
    assert not re.search("north ?wire|repost.txt|wire.txt", page, re.IGNORECASE)


def test_without_an_audit_there_is_nothing_to_report(call, tmp_path):
    done = call("report", "-o", "report.html")
    assert done.exit_code == 4
    assert not (tmp_path / "report.html").exists()
    assert not (tmp_path / "provenance.db").exists()


def test_a_folder_is_no_file_to_write_to(audited, tmp_path):
    (tmp_path / "pages").mkdir()
    done = audited("report", "-o", "pages")
    assert done.exit_code == 2
    assert "pages is a folder" in done.stderr
    assert "Name a file in it" in done.stderr


def test_a_dash_is_standard_output(audited, tmp_path):
    audited("report", "-o", "report.html")
    assert audited("report", "-o", "-").stdout == (tmp_path / "report.html").read_text("utf-8")
    assert audited("show", "list", "-o", "-").stdout == audited("show", "list").stdout
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize("place", ["-", "nowhere/report.html", "."])
def test_a_page_beside_an_audit_needs_a_place_before_anything_is_audited(call, tmp_path, place):
    done = call("audit", "wire.txt", "--html", place)
    assert (done.exit_code, done.stdout) == (2, "")
    assert not (tmp_path / "provenance.db").exists()


def large():
    lone = [facts("e", f"lone-{number}") for number in range(MOST_ON_ONE_PAGE)]
    findings = audit_findings()
    return ReportContents(audit_findings(articles=(*findings.articles, *lone)))


def test_a_large_report_is_written_with_a_folder_beside_it_that_holds_nothing_older(tmp_path, capsys):
    write_pages(large(), tmp_path / "report.html", quiet=True)
    old = tmp_path / "report-files" / "family-99.html"
    old.write_text("older", "utf-8")
    write_pages(large(), tmp_path / "report.html")
    written = sorted(path.name for path in old.parent.iterdir() if path.name != MARK)
    assert written[0].startswith("articles-")
    assert "family-1.html" in written
    assert "family-99.html" not in written
    assert f"and {len(written)} further pages in" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report-files", "report.html"]


def test_a_folder_somebody_else_filled_is_never_replaced(tmp_path):
    photo = tmp_path / "report-files" / "photo.jpg"
    photo.parent.mkdir()
    photo.write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="report-files is there already"):
        write_pages(large(), tmp_path / "report.html")
    assert photo.read_text("utf-8") == "mine"
    assert not (tmp_path / "report.html").exists()
    write_pages(ReportContents(audit_findings()), tmp_path / "report.html")
    assert photo.read_text("utf-8") == "mine"


def test_pages_of_an_earlier_report_do_not_stay_beside_one_that_is_a_single_page(tmp_path):
    write_pages(large(), tmp_path / "report.html")
    write_pages(ReportContents(audit_findings()), tmp_path / "report.html")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_large_report_needs_a_file():
    with pytest.raises(UsageError, match="too large for one page"):
        write_pages(large(), None)
