from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from provenance.model import Article, Unreadable
from provenance.read import ReadOptions, SourceFile, read


def articles(source: SourceFile, options: ReadOptions | None = None) -> list[Article]:
    return [found for found in read(source, options or ReadOptions()) if isinstance(found, Article)]


def refusals(source: SourceFile, options: ReadOptions | None = None) -> list[tuple[str, str]]:
    found = read(source, options or ReadOptions())
    return [(item.source, item.reason) for item in found if isinstance(item, Unreadable)]


def test_a_broken_line_costs_itself_only(made: Callable[..., SourceFile]) -> None:
    content = b'{"id": "a", "text": "One"}\n{"id": "b", "text"\n\n[1]\n{"text": "Two"}\n{"id": "c"}'
    source = made("r.jsonl", content)
    assert [found.source for found in articles(source)] == ["pages/r.jsonl#a", "pages/r.jsonl#5"]
    assert refusals(source) == [
        ("pages/r.jsonl#2", "not JSON: a colon is missing (line 2, character 19)"),
        ("pages/r.jsonl#4", "line 4 is not a JSON object"),
        ("pages/r.jsonl#c", "holds no text"),
    ]


def test_hostile_json_is_a_result(made: Callable[..., SourceFile]) -> None:
    content = b"[" * 200_000 + b"\n" + b'{"text": ' + b"9" * 10_000 + b"}\n" + b'{"text": "Fine"}'
    source = made("r.jsonl", content)
    assert [found.text for found in articles(source)] == ["Fine"]
    assert [place for place, _reason in refusals(source)] == ["pages/r.jsonl#1", "pages/r.jsonl#2"]


def test_a_record_above_the_limit_is_a_result_and_the_rest_is_read(made: Callable[..., SourceFile]) -> None:
    long = json.dumps({"text": "x" * 50}).encode()
    source = made("r.ndjson", long + b"\n" + b'{"text": "Fine"}\n')
    limit = ReadOptions(max_bytes=40)
    assert [found.text for found in articles(source, limit)] == ["Fine"]
    assert refusals(source, limit) == [
        ("pages/r.ndjson#1", "line 1 is larger than the limit of 40 bytes; --max-bytes raises it")
    ]


def test_json_lines_in_utf_16_are_read(made: Callable[..., SourceFile]) -> None:
    content = '{"text": "Brücke"}\n{"text": "Fähre"}\n'.encode("utf-16")
    assert [found.text for found in articles(made("r.jsonl", content))] == ["Brücke", "Fähre"]


def test_a_record_without_an_id_is_named_after_what_it_holds(made: Callable[..., SourceFile]) -> None:
    first = articles(made("r.jsonl", b'{"text": "One", "url": "https://a.example/"}'))[0]
    swapped = articles(made("r.jsonl", b'{"url": "https://a.example/", "text": "One"}', folder="moved"))[0]
    assert first.id == swapped.id
    assert first.id != articles(made("s.jsonl", b'{"text": "One", "url": "https://a.example/"}'))[0].id


def test_csv_keeps_line_breaks_inside_quotes(made: Callable[..., SourceFile]) -> None:
    content = b'id,title,text\r\nr1,Bridge,"First line\r\nsecond ""line"""\r\n,,"No id"\r\n'
    first, second = articles(made("r.csv", content))
    assert (first.id, first.title, first.text) == ("r1", "Bridge", 'First line\r\nsecond "line"')
    assert second.source == "pages/r.csv#4"


def test_capitals_in_column_names_are_forgiven(made: Callable[..., SourceFile]) -> None:
    (found,) = articles(made("r.csv", b"ID, Text ,URL,Section\n7,One,https://a.example,World\n"))
    assert (found.id, found.text, found.url, found.metadata) == ("7", "One", "https://a.example", {"Section": "World"})


def test_the_delimiter_is_the_one_the_first_line_has_most_of(made: Callable[..., SourceFile]) -> None:
    for name, content in (("a.csv", "id;text\n1;One, two, three\n"), ("b.csv", "id\ttext\n1\tOne, two, three\n")):
        assert [found.text for found in articles(made(name, content.encode()))] == ["One, two, three"]


def test_a_field_longer_than_the_module_allows_at_first_is_read(made: Callable[..., SourceFile]) -> None:
    (found,) = articles(made("r.csv", b"text\n" + b"x" * 200_000))
    assert len(found.text) == 200_000


def test_a_name_of_a_column_longer_than_the_module_allows_at_first_is_read(made: Callable[..., SourceFile]) -> None:
    (found,) = articles(made("r.csv", b"text," + b"x" * 200_000 + b"\nOne,1"))
    assert found.text == "One"


def test_a_quotation_mark_that_never_closes_ends_the_file_with_a_reason(made: Callable[..., SourceFile]) -> None:
    content = b'id,text\na,"One"\nb,"' + b"never closed\n" * 100
    source = made("r.csv", content)
    assert [found.id for found in articles(source)][:1] == ["a"]


def test_a_table_without_a_text_column_is_a_result(made: Callable[..., SourceFile]) -> None:
    assert refusals(made("r.csv", b"name,size\na,1\n")) == [
        ("pages/r.csv", "the first line names no column text, html or content")
    ]
    assert refusals(made("e.csv", b"")) == [("pages/e.csv", "empty")]


def test_csv_from_a_spreadsheet_in_another_encoding_is_read(made: Callable[..., SourceFile]) -> None:
    assert [found.text for found in articles(made("r.csv", "\ufefftext\nBrücke\n".encode()))] == ["Brücke"]
    assert [found.text for found in articles(made("w.csv", "text\tid\nBrücke\t1\n".encode("utf-16")))] == ["Brücke"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_tables_and_records_in_wide_characters_need_no_mark(encoding: str, made: Callable[..., SourceFile]) -> None:
    texts = ["旧桥将于周一上午恢复通车。", "Мост откроют в понедельник."]
    lines = "".join(f'{{"text": "{text}"}}\n' for text in texts)
    table = "id,text\n" + "".join(f"{number},{text}\n" for number, text in enumerate(texts))
    assert [found.text for found in articles(made("r.jsonl", lines.encode(encoding)))] == texts
    assert [found.text for found in articles(made("r.csv", table.encode(encoding)))] == texts


def test_a_record_with_a_nul_in_it_costs_itself_only(made: Callable[..., SourceFile]) -> None:
    content = '{"text": "Мост\0"}\n{"text": "旧桥将于周一上午恢复通车。"}\n'.encode()
    assert [found.text for found in articles(made("r.jsonl", content))] == ["旧桥将于周一上午恢复通车。"]


def test_cells_no_column_has_a_name_for_are_listed_beside_the_article(made: Callable[..., SourceFile]) -> None:
    content = b'id,text,title\nr1,One, two, three\nr2,"One, two",T,,\n,Last,T,x\n'
    source = made("r.csv", content)
    assert [found.text for found in articles(source)] == ["One", "One, two", "Last"]
    told = "more {} than the first line has names, left out; a cell with a comma in it needs quotation marks"
    assert refusals(source) == [
        ("pages/r.csv#r1", f"the row in line 2 has 1 {told.format('cell')}"),
        ("pages/r.csv#4", f"the row in line 4 has 1 {told.format('cell')}"),
    ]


def test_a_column_without_a_name_is_no_cell_too_many(made: Callable[..., SourceFile]) -> None:
    assert refusals(made("r.csv", b",text,\n0,One,x\n1,Two,y\n")) == []


def test_a_table_of_column_names_alone_is_a_result(made: Callable[..., SourceFile]) -> None:
    for content in (b"id,text\n", b"id,text\n\n , \n"):
        assert refusals(made("r.csv", content)) == [("pages/r.csv", "names its columns, and no row follows")]
