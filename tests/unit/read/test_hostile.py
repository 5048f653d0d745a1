"""Bait, in small: what hostile files are made of, each with the sign that it costs itself and no more."""

from __future__ import annotations

import gzip
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.model import Article, Unreadable
from provenance.read import ReadOptions, SourceFile, discover, read
from provenance.read.json_values import MAX_VALUES
from provenance.read.page.markup import parse_page
from provenance.read.page.visible import visible_text
from provenance.read.rows import MAX_COLUMNS

Made = Callable[..., SourceFile]
PROSE = "The harbour of Larchport opens again on Monday after two years of works."


def reasons(source: SourceFile, **options: int) -> list[str]:
    return [item.reason for item in read(source, ReadOptions(**options)) if isinstance(item, Unreadable)]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.json", "[" + "[]," * MAX_VALUES + "1]", f"JSON of more than {MAX_VALUES:,} values"),
        ("a.jsonl", '{"text": "x", "a": [' + "1," * MAX_VALUES + "1]}", f"JSON of more than {MAX_VALUES:,} values"),
        ("a.csv", "text" + "," * MAX_COLUMNS + "\nx", f"more than {MAX_COLUMNS:,} columns"),
        (
            "a.html",
            "<p " + " ".join(f"a{n}" for n in range(1001)) + ">words",
            "an element with more than 1,000 attributes",
        ),
        ("b.html", "<p " + "a='>'b=1/" * 1001 + ">words", "an element with more than 1,000 attributes"),
        ("c.html", "<div>" * 9000, "elements nested more than 2,048 deep"),
        ("d.html", "<br>" * 500_001, "more than 500,000 tags"),
        ("a.eml", "Subject: x\n" + " y\n" * 1_000_001, "more than 1,000,000 lines"),
        (
            "b.eml",
            "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 20_001,
            "more than 20,000 lines that part it",
        ),
        (
            "b.xml",
            "<rss><channel><item><title>" + "x" * 10_000_100 + "</title></item></channel></rss>",
            "more than 10,000,000 bytes in one text, tag or comment; the rest was not read",
        ),
        ("a.xml", "<rss>" + "<a>" * 9000, "elements nested more than 256 deep; the rest was not read"),
    ],
)
def test_what_would_cost_too_much_is_refused_by_name(name: str, content: str, reason: str, made: Made) -> None:
    assert reasons(made(name, content.encode())) == [reason]


def test_a_row_that_never_ends_is_given_up(made: Made) -> None:
    rows = "id,text\na,Harbour opens\nb" + ',"x\n"' * 5000
    *kept, last = read(made("a.csv", rows.encode()), ReadOptions(max_bytes=10_000))
    assert [item.text for item in kept if isinstance(item, Article)] == ["Harbour opens"]
    assert isinstance(last, Unreadable)
    assert (
        last.reason
        == "a row that is larger than the limit of 10,000 bytes; --max-bytes raises it; the rest was not read"
    )


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY e "&b;&b;&b;&b;&b;&b;&b;&b;">',
        '<!ENTITY e SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;<!ENTITY e "x">',
    ],
)
def test_no_entity_is_put_in_and_none_is_fetched(declared: str, made: Made) -> None:
    item = "<rss><channel><item><title>Harbour &e;</title></item></channel></rss>"
    for found in read(made("a.xml", f"<!DOCTYPE rss [{declared}]>{item}".encode())):
        assert "haha" not in str(found)
        assert "root:" not in str(found)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_its_mark_is_read(encoding: str, made: Made) -> None:
    (found,) = read(made("a.txt", PROSE.encode(encoding)))
    assert isinstance(found, Article)
    assert (found.text, found.metadata["encoding"]) == (PROSE, encoding)


def test_half_a_character_in_json_is_replaced_and_told(made: Made) -> None:
    line = b'{"id": "\\ud800", "text": "Harbour \\ud800 opens", "url": "\\udfff", "x\\ud800": "\\ud800"}'
    (found,) = read(made("a.jsonl", line))
    assert isinstance(found, Article)
    assert found.text == "Harbour \ufffd opens"
    f"{found}".encode()


def test_what_became_a_pipe_after_it_was_listed_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (found,) = read(SourceFile(tmp_path / "a.txt", "a.txt", "a.txt"))
    assert found == Unreadable("a.txt", "not a regular file (device, pipe or socket)")


def test_pipes_sockets_and_odd_names_cost_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    os.mkfifo("manifest.csv")
    os.mkfifo("p.txt")
    (tmp_path / "new\nline\x1b[2J.txt").write_text(PROSE)
    (tmp_path / "loop").symlink_to("loop")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("s.txt")
        found = list(discover(["."]))
    assert [item.name for item in found if isinstance(item, SourceFile)] == ["new\nline\x1b[2J.txt"]
    refused = {item.source: item.reason for item in found if isinstance(item, Unreadable)}
    pipe = "not a regular file (device, pipe or socket)"
    assert refused == {"./loop": "link leads nowhere", "./manifest.csv": pipe, "./p.txt": pipe, "./s.txt": pipe}


def test_the_ways_to_many_lines_deep_in_a_page_are_made_once_each() -> None:
    root = parse_page("<div class=x>" * 1000 + "<p>a" * 50)
    assert root is not None
    paths = {line.element for line in visible_text(root).lines}
    assert all(path.startswith("div.x>…>") and len(path) <= 200 for path in paths)


def test_a_report_of_many_texts_is_one_where_copies_would_cost_too_much(made: Made) -> None:
    part = (
        "<NewsComponent><NewsLines><HeadLine>Harbour</HeadLine></NewsLines><ContentItem><DataContent>words"
        "</DataContent></ContentItem></NewsComponent>"
    )
    small, large = (f"<NewsML><NewsItem>{'<x/>' * fat}{part * 50}</NewsItem></NewsML>" for fat in (1, 20_000))
    assert len(list(read(made("a.xml", small.encode())))) == 50
    assert len(list(read(made("b.xml", large.encode())))) == 1


@pytest.mark.parametrize("content", [b"", b"\n", b" \n\r\n\t\n"])
def test_a_file_of_no_records_is_not_passed_over_in_silence(content: bytes, made: Made) -> None:
    assert reasons(made("a.jsonl", content)) == ["empty"]


@pytest.mark.parametrize(
    ("name", "head", "refused", "kept", "tail"),
    [
        ("a.jsonl", "", "{}\n", '{"text": "Harbour"}\n', ""),
        ("a.csv", "id,text\n", "1,\n", "1,Harbour\n", ""),
        ("a.xml", "<rss><channel>", "<item/>", "<item><title>Harbour</title></item>", "</channel></rss>"),
        ("a.json", "[", "{},", '{"title": "Harbour"},', "{}]"),
    ],
)
def test_records_without_articles_are_not_listed_without_end(
    name: str, head: str, refused: str, kept: str, tail: str, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.read.registry.MOST_IN_A_ROW", 5)
    source = made(name, (head + refused * 4 + kept + refused * 9 + kept + tail).encode())
    *listed, last = read(source)
    assert [type(item) for item in listed] == [Unreadable] * 4 + [Article] + [Unreadable] * 5
    assert last == Unreadable(f"pages/{name}", "5 records in a row hold no article; the rest was not read")


@pytest.mark.parametrize(
    ("name", "bomb"),
    [
        ("a.jsonl.gz", b'{"text": "Harbour"}\n' * 3000),
        ("a.csv.gz", b"id,text\n" + b"1,Harbour\n" * 5000),
        ("a.xml.gz", b"<rss><channel>" + b"<item><title>Harbour</title></item>" * 2000 + b"</channel></rss>"),
    ],
)
def test_a_bomb_of_records_ends(name: str, bomb: bytes, made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.read.gzipped._RECORDS_IN_ANY_CASE", 2)
    monkeypatch.setattr("provenance.read.gzipped._GREATEST_RATIO", 2)
    *kept, last = read(made(name, gzip.compress(bomb)), ReadOptions(max_bytes=20_000))
    assert kept
    assert all(isinstance(item, Article) for item in kept)
    assert isinstance(last, Unreadable)
    assert last.reason == "unpacks to more than 40,000 bytes; the rest was not read"


def test_a_line_without_end_is_refused_with_the_option_that_lets_it_in(made: Made) -> None:
    (reason,) = reasons(made("a.jsonl", b"x" * 300), max_bytes=100)
    assert reason == "a line longer than twice the limit of 100 bytes; --max-bytes raises it; the rest was not read"
