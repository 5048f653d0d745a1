"""What holds of reading, whatever is read; tests/unit/read/test_invariants.py has what holds of any bytes."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import sys
from itertools import pairwise

from fuzzing import promises
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Article, Unreadable
from provenance.read import SourceFile, read, read_text
from provenance.read.decoding import decode
from tests.property.effort import tried
from tests.property.writing import ANY_TEXT, PAGES, STORIES

MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
SOUND_TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=80)


def read_as(name: str, content: bytes) -> list[Article | Unreadable]:
    stdin = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(content))
    try:
        return list(read(SourceFile(None, "-", name)))
    finally:
        sys.stdin = stdin


@tried(100)
@given(SOUND_TEXT, st.sampled_from(sorted(MARKED)))
def test_a_text_with_a_mark_of_its_encoding_comes_back_exactly(text: str, encoding: str) -> None:
    found = decode(MARKED[encoding] + text.encode(encoding))
    assert found is not None
    assert (found.text, found.damaged) == (text, 0)


@tried(100)
@given(SOUND_TEXT)
def test_utf_8_without_a_mark_comes_back_exactly(text: str) -> None:
    found = decode(text.encode())
    assert found is not None
    assert found.text == text.removeprefix("\ufeff")


@tried(40)
@given(PAGES | ANY_TEXT)
def test_an_article_of_any_text_can_be_stored_and_keeps_its_offsets(text: str) -> None:
    found = read_text(text, source="a")
    if found.text.strip():  # a caller may hold an empty one
        promises.read(found)
    assert len(found.text) == len(text)
    assert all(kept in {given, "\ufffd"} for kept, given in zip(found.text, text, strict=True))


@tried(20)
@given(STORIES, st.sampled_from((".txt", ".md", ".html")), st.integers(1, 3))
def test_compression_changes_nothing_but_the_name(text: str, suffix: str, members: int) -> None:
    content = text.encode()
    cuts = [len(content) * at // members for at in range(members + 1)]
    packed = b"".join(gzip.compress(content[start:end]) for start, end in pairwise(cuts))
    (plain,), (unpacked,) = read_as(f"a{suffix}", content), read_as(f"a{suffix}.gz", packed)
    assert isinstance(plain, Article)
    assert isinstance(unpacked, Article)
    assert (unpacked.text, unpacked.lines) == (plain.text, plain.lines)


RECORDS = st.lists(
    st.fixed_dictionaries({"text": STORIES | ANY_TEXT}, optional={"title": ANY_TEXT, "url": ANY_TEXT})
    | st.dictionaries(st.sampled_from(("text", "html", "lang", "x")), st.none() | st.integers() | st.lists(st.text())),
    max_size=6,
)


@tried(40)
@given(RECORDS, st.lists(st.sampled_from((b"{", b"[1]", b"\xff", b"nul", b'"a"')), max_size=3))
def test_every_line_of_records_is_an_article_or_a_reason_whatever_stands_beside_it(
    records: list[dict[str, object]], broken: list[bytes]
) -> None:
    sound = [json.dumps(record).encode() for record in records]
    found = read_as("a.jsonl", b"\n".join((*sound, *broken)))
    if sound or broken:
        assert [item.source for item in found] == [f"-#{number}" for number in range(1, len(sound) + len(broken) + 1)]
    for item in found:
        promises.read(item)
    assert all(isinstance(item, Unreadable) for item in found[len(sound) :])
    assert [item for item in read_as("a.jsonl", b"\n".join(sound)) if isinstance(item, Article)] == [
        item for item in found if isinstance(item, Article)
    ]


@tried(40)
@given(st.lists(STORIES | SOUND_TEXT.filter(str.strip), min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_the_cells_of_a_table_come_back_exactly(texts: list[str], delimiter: str) -> None:
    written = io.StringIO(newline="")
    table = csv.writer(written, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    table.writerow(("title", "text"))
    table.writerows(("a title", text) for text in texts)
    found = read_as("a.csv", written.getvalue().encode("utf-8-sig"))
    assert len(found) == len(texts)
    for item, text in zip(found, texts, strict=True):
        promises.read(item)
        assert isinstance(item, Unreadable) or (item.text, item.title) == (text, "a title")
