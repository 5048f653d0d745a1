"""What holds of everything that is printed, whatever the text; tests/unit/report has what holds of its parts."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from rich.console import Console

from provenance.pipeline.toolbox import Toolbox
from provenance.report import contract
from provenance.report.encode import json_line
from provenance.report.html.rendering import _environment
from provenance.report.tables import csv_line, inspection_rows
from provenance.report.terminal.comparison import comparison_view
from provenance.report.terminal.inspection import inspection_view
from tests.property.effort import tried
from tests.property.test_match import compared
from tests.property.writing import ANY_TEXT, HARD, PAGES, SENTENCES, inspected

CELLS = st.lists(ANY_TEXT | st.sampled_from(HARD) | st.sampled_from(("=1+1", "+a", "-a", "@a", "\t=a", '"', ",", "\r\n=b", "＝a")), min_size=1, max_size=5)  # fmt: skip


def shown(view: object) -> str:
    buffer = io.StringIO()
    Console(file=buffer, width=100, color_system=None, markup=False, emoji=False, highlight=False).print(view)
    return buffer.getvalue()


def obeyed(text: str) -> set[str]:
    """Give what a terminal would obey or hide."""
    controls = {sign for sign in text if sign != "\n" and unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}}
    return controls | set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def lookup(outlet: object) -> object:
    return Toolbox.load().knowledge.outlets.get(str(outlet))


@tried(20)
@given(PAGES)
def test_a_terminal_is_given_nothing_to_obey_whatever_the_article_holds(text: str) -> None:
    assert obeyed(shown(inspection_view(inspected(text), lookup, why=True))) == set()


@tried(10)
@given(st.lists(st.sampled_from(SENTENCES) | st.sampled_from(HARD), max_size=8))
def test_a_terminal_is_given_nothing_to_obey_by_a_comparison(parts: list[str]) -> None:
    text = "\n\n".join((*SENTENCES[:3], *parts))
    assert obeyed(shown(comparison_view(compared(text, "\n\n".join((*parts, *SENTENCES[:3])))))) == set()


@tried(150)
@given(CELLS)
def test_a_row_comes_back_with_as_many_cells_and_no_formula(cells: list[str]) -> None:
    (row,) = csv.reader(io.StringIO(csv_line([*cells, "end"]), newline=""))
    assert (len(row), row[-1]) == (len(cells) + 1, "end")
    assert not [cell for cell in row if cell[:1] in set("=+-@\t\r\n＝＋－＠")]
    assert obeyed("".join(row)) - {"\n"} == set()


@tried(10)
@given(PAGES)
def test_the_tables_and_the_object_of_an_inspection_hold_whatever_the_article_holds(text: str) -> None:
    found = inspected(text)
    for row in inspection_rows(found, lookup):
        (cells,) = csv.reader(io.StringIO(csv_line(row), newline=""))
        assert len(cells) == len(row)
    line = json_line(contract.inspection(found, lookup))
    assert json.loads(line)["text"] == found.labelled.article.text
    assert obeyed(line) == set()


@tried(150)
@given(ANY_TEXT | st.sampled_from(HARD) | st.text(st.sampled_from("<>&\"' =ab/!-\n"), max_size=30))
def test_text_in_a_page_stays_text_in_elements_and_attributes(text: str) -> None:
    page = _environment().from_string('<div><p title="{{ text }}">{{ text }}</p><i></i></div>').render(text=text)
    root = html.fromstring(page)
    assert [element.tag for element in root.iter()] == ["div", "p", "i"]
    (paragraph,) = root.xpath("//p")
    assert set(paragraph.attrib) == {"title"}
    assert obeyed(page) == set()
    assert paragraph.get("title") == (paragraph.text or "")
