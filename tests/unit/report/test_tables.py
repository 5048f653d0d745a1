import csv
import dataclasses
import io

import pytest

from provenance.model import Rule, Unreadable
from provenance.report import tables
from provenance.report.plain import printable
from tests.unit.report import factories as made


def read(columns, rows):
    lines = [tables.csv_line(columns), *(tables.csv_line(row) for row in rows)]
    return list(csv.DictReader(lines, strict=True))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(start):
    (row,) = csv.reader(io.StringIO(tables.csv_line([f"{start}1+1"]), newline=""), strict=True)
    assert row == [f"'{printable(start)}1+1"]


def test_a_cell_cannot_steer_the_terminal_it_is_printed_on():
    assert tables.csv_line(["a\x1b[2J\x00\u202e"]) == "a␛[2J␀⟨U+202E⟩"


def test_a_number_is_left_a_number():
    assert tables.csv_line([-0.5, None, 3]) == "-0.5,,3"


def test_ordinary_text_is_left_as_it_is():
    assert tables.csv_line(['He said: "no", twice']) == '"He said: ""no"", twice"'


def test_an_audit_has_one_row_an_article_and_one_a_failure():
    rows = read(tables.AUDIT_COLUMNS, tables.audit_rows(made.audit_findings()))
    assert len(rows) == 6
    rewrite = rows[1]
    assert (rewrite["outlet"], rewrite["derived_share"], rewrite["credit"]) == ("Harbour Gazette", "0.62", "uncredited")
    assert (rewrite["upstream"], rewrite["strength"]) == (made.WIRE.id, "0.97312345678")
    assert rewrite["family"] == "family:0001"
    assert rows[-1]["unreadable"] == "not a text: it holds binary data"
    assert rows[-1]["source"] == "news/scan.pdf"


def test_an_admitted_repost_has_an_empty_share_and_its_credited_outlet():
    row = read(tables.AUDIT_COLUMNS, tables.audit_rows(made.audit_findings()))[2]
    assert (row["derived_share"], row["basis"], row["credited_outlets"]) == ("", "declared", "Island Post")


def test_an_article_without_verdict_or_links_has_empty_cells():
    findings = made.audit_findings(verdicts=(), derivations=(), families=())
    row = read(tables.AUDIT_COLUMNS, tables.audit_rows(findings))[1]
    assert (row["degree"], row["upstream"], row["family"]) == ("", "", "")


def test_an_inspection_has_one_row_an_attribution():
    rows = read(tables.INSPECTION_COLUMNS, tables.inspection_rows(made.page(), made.outlet_lookup))
    assert [row["kind"] for row in rows] == ["republication"]
    assert rows[0]["outlet"] == "Daily Roundup"
    assert rows[0]["where"] == "text"


def test_an_article_without_attributions_still_has_a_row():
    page = made.page(attributions=(), outlet=None)
    rows = read(tables.INSPECTION_COLUMNS, tables.inspection_rows(page, made.outlet_lookup))
    assert [(row["kind"], row["source"]) for row in rows] == [("", "news/roundup-1.txt")]


def test_an_unreadable_source_is_a_row_of_any_table():
    failure = Unreadable("x.bin", "binary")
    rows = read(tables.INSPECTION_COLUMNS, tables.inspection_rows(failure, made.outlet_lookup))
    assert (rows[0]["source"], rows[0]["unreadable"]) == ("x.bin", "binary")
    rows = read(tables.COMPARISON_COLUMNS, [tables.comparison_row(failure)])
    assert (rows[0]["downstream"], rows[0]["unreadable"]) == ("x.bin", "binary")


def test_a_comparison_is_one_row():
    (row,) = read(tables.COMPARISON_COLUMNS, [tables.comparison_row(made.pair())])
    assert (row["derived_share"], row["strength"], row["passages"]) == ("0.62", "0.97312345678", "2")


def test_every_row_is_as_wide_as_its_header():
    findings = made.audit_findings()
    for columns, rows in (
        (tables.AUDIT_COLUMNS, tables.audit_rows(findings)),
        (tables.AUDIT_COLUMNS, tables.audit_rows(dataclasses.replace(findings, verdicts=()))),
        (tables.INSPECTION_COLUMNS, tables.inspection_rows(made.page(), made.outlet_lookup)),
        (tables.COMPARISON_COLUMNS, [tables.comparison_row(made.pair())]),
        (tables.RULE_COLUMNS, [tables.rule_row(Rule("r", "attribute", "wire", "because"))]),
    ):
        assert {len(row) for row in rows} == {len(columns)}
