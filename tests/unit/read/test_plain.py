from __future__ import annotations

from collections.abc import Callable

from provenance.model import Article, Unreadable
from provenance.read import ReadOptions, SourceFile, read


def only(source: SourceFile, options: ReadOptions | None = None) -> Article | Unreadable:
    (found,) = read(source, options or ReadOptions())
    return found


def article(source: SourceFile) -> Article:
    found = only(source)
    assert isinstance(found, Article), found
    return found


def reason(source: SourceFile, options: ReadOptions | None = None) -> str:
    found = only(source, options)
    assert isinstance(found, Unreadable), found
    return found.reason


def test_text_is_exactly_what_was_decoded(made: Callable[..., SourceFile]) -> None:
    text = "Première ligne\r\n\r\n  deuxième\tligne \u2028 e\u0301\x0c fin\r"
    assert article(made("a.txt", text.encode())).text == text


def test_lines_end_at_line_breaks_and_nowhere_else(made: Callable[..., SourceFile]) -> None:
    text = "one\ntwo\r\nthree\rfour \x0c\u2028\x85 still four\n\nsix"
    found = article(made("a.txt", text.encode()))
    assert [line.span.of(text) for line in found.lines] == [
        "one\n",
        "two\r\n",
        "three\r",
        "four \x0c\u2028\x85 still four\n",
        "\n",
        "six",
    ]


def test_only_the_byte_order_mark_is_taken_off(made: Callable[..., SourceFile]) -> None:
    assert article(made("a.txt", b"\xef\xbb\xbf\xef\xbb\xbfHarbour")).text == "\ufeffHarbour"


def test_utf_16_with_and_without_its_mark_is_read(made: Callable[..., SourceFile]) -> None:
    text = "The harbour opens again on Monday."
    assert article(made("a.txt", text.encode("utf-16"))).text == text
    assert article(made("b.txt", text.encode("utf-16-be"))).text == text


def test_cyrillic_in_a_single_byte_encoding_is_read(made: Callable[..., SourceFile]) -> None:
    text = "Мост через реку откроют в понедельник, сообщила городская администрация. Движение вернётся к обычному."
    found = article(made("a.txt", text.encode("cp1251")))
    assert found.text == text
    assert found.metadata["encoding"] == "cp1251"
    assert found.language == "ru"


def test_a_few_broken_bytes_do_not_turn_utf_8_into_another_encoding(made: Callable[..., SourceFile]) -> None:
    content = "Über die Brücke fährt wieder die Straßenbahn, früher als geplant.".encode() + b" \xff"
    found = article(made("a.txt", content))
    assert found.text.startswith("Über die Brücke fährt")
    assert found.text.endswith(" \ufffd")
    assert found.metadata == {"undecodable": "1"}


def test_what_is_no_text_is_unreadable(made: Callable[..., SourceFile]) -> None:
    assert reason(made("a.txt", b"abc\x00def")) == "binary, not text"
    assert reason(made("b.txt", b"\x01\x02\x03\x04words" * 50)) == "binary, not text"


def test_an_empty_or_blank_file_is_unreadable(made: Callable[..., SourceFile]) -> None:
    assert reason(made("a.txt", b"")) == "empty"
    assert reason(made("b.txt", b" \n\t\r\n")) == "empty"


def test_a_file_above_the_limit_is_unreadable_and_one_at_it_is_read(made: Callable[..., SourceFile]) -> None:
    limit = ReadOptions(max_bytes=10)
    assert reason(made("a.txt", b"x" * 11), limit) == "larger than the limit of 10 bytes; --max-bytes raises it"
    assert isinstance(only(made("b.txt", b"x" * 10), limit), Article)


def test_a_file_of_line_breaks_is_unreadable(made: Callable[..., SourceFile]) -> None:
    assert reason(made("a.txt", b"x" + b"\n" * 500_001)) == "more than 500,000 lines"


def test_markdown_keeps_its_marks(made: Callable[..., SourceFile]) -> None:
    found = article(made("a.md", b"# Bridge\n\n*Opens* on [Monday](https://example.org)"))
    assert found.text.startswith("# Bridge")
    assert found.media_type == "text/markdown"


def test_an_id_depends_on_the_place_below_the_folder_and_on_the_bytes(made: Callable[..., SourceFile]) -> None:
    first, again = article(made("a.txt", b"Words")), article(made("a.txt", b"Words", folder="moved"))
    assert first.id == again.id
    assert first.source != again.source
    assert first.id.startswith("sha256:")
    assert first.id != article(made("b.txt", b"Words")).id
    assert first.content_hash == article(made("b.txt", b"Words")).content_hash
    assert first.id != article(made("c/a.txt", b"Other words")).id
