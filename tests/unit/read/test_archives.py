from __future__ import annotations

import gzip
import io
import re
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

import pytest

from provenance.model import Article, Unreadable
from provenance.read import ReadOptions, SourceFile, read
from provenance.read.archive.budget import Budget
from provenance.read.archive.encodings import unpacked
from provenance.read.archive.framing import MAX_HEADERS
from provenance.read.archive.pages import PageList
from provenance.read.archive.warc import Collected, WebArchives, archived_articles
from provenance.read.stream import RefusedError
from tests.unit.read.archives import PROSE, Answer, bomb, chunked, page, wacz, warc

Made = Callable[..., SourceFile]

ONE, TWO = "https://harbour.example/1", "https://harbour.example/2"


def titles(found: list[Article | Unreadable]) -> list[str | None]:
    return [item.title for item in found if isinstance(item, Article)]


def reasons(found: list[Article | Unreadable]) -> list[str]:
    return [item.reason for item in found if isinstance(item, Unreadable)]


def of(made: Made, *answers: Answer, compressed: bool = False, **options: int) -> list[Article | Unreadable]:
    name = "a.warc.gz" if compressed else "a.warc"
    return list(read(made(name, warc(answers, compressed=compressed)), ReadOptions(**options)))


@pytest.mark.parametrize("compressed", [False, True])
def test_a_page_is_an_article_at_its_address_with_the_day_of_the_visit(made: Made, compressed: bool) -> None:
    (found,) = of(made, Answer(ONE, page("Harbour opens")), compressed=compressed)
    assert isinstance(found, Article)
    assert (found.url, found.title, found.text) == (ONE, "Harbour opens", PROSE)
    assert found.id.startswith("urn:uuid:")
    assert found.source.endswith(f"#2:{ONE}")
    assert found.published is None  # a visit is no publication
    assert found.metadata["captured"] == "2026-03-04T05:06:07Z"


def test_what_the_page_says_of_its_date_stands(made: Made) -> None:
    body = page("Harbour").replace(b"<title>", b'<meta property="article:published_time" content="2024-05-06"><title>')
    (found,) = of(made, Answer(ONE, body))
    assert isinstance(found, Article)
    assert found.published is not None
    assert found.published.written == "2024-05-06"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(page("Packed"))),
        ({"Content-Encoding": "x-gzip", "Transfer-Encoding": "chunked"}, chunked(gzip.compress(page("Packed")))),
        ({"Content-Encoding": "deflate"}, zlib.compress(page("Packed"))),
        ({"Content-Encoding": "deflate"}, zlib.compress(page("Packed"), wbits=-15)),
        ({"Content-Encoding": "deflate, gzip"}, gzip.compress(zlib.compress(page("Packed")))),
        ({"Content-Encoding": "gzip"}, page("Packed")),
        ({"Transfer-Encoding": "chunked"}, page("Packed")),
        ({"Content-Encoding": "identity"}, page("Packed")),
    ],
)
def test_what_a_server_did_to_a_body_is_undone_and_what_it_did_not_do_is_not(
    made: Made, headers: dict[str, str], body: bytes
) -> None:
    (found,) = of(made, Answer(ONE, body, headers=headers))
    assert isinstance(found, Article)
    assert (found.title, found.text) == ("Packed", PROSE)


def test_a_body_in_an_unknown_packing_is_listed(made: Made) -> None:
    assert "rot13" in reasons(of(made, Answer(ONE, b"x", headers={"Content-Encoding": "rot13"})))[0]
    assert "4 times" in "".join(
        reasons(of(made, Answer(ONE, b"x", headers={"Content-Encoding": "gzip," * 4})))
    ).replace("3", "4")


def test_the_charset_of_the_answer_counts(made: Made) -> None:
    body = "<title>港</title><p>港が月曜日に再開する。</p>".encode("iso-2022-jp")
    (found,) = of(made, Answer(ONE, body, media_type="text/html; charset=ISO-2022-JP"))
    assert isinstance(found, Article)
    assert (found.title, found.text) == ("港", "港が月曜日に再開する。")


def test_what_is_no_page_is_passed_over(made: Made) -> None:
    found = of(
        made,
        Answer(ONE, b"\x89PNG", media_type="image/png"),
        Answer(ONE, page("Gone"), status="404 Not Found"),
        Answer(ONE, page("Moved"), status="301 Moved", headers={"Location": TWO}),
        Answer(ONE, b"User-agent: *\nDisallow: /", media_type="text/plain"),
        Answer(ONE, b"GET / HTTP/1.1", kind="request"),
        Answer(ONE, b"{}", kind="metadata", media_type="application/json"),
        Answer("dns:harbour.example", b"127.0.0.1", kind="response", media_type="text/dns"),
    )
    assert titles(found) == []
    assert [item.source for item in found] == ["pages/a.warc"]
    assert "without pages" in reasons(found)[0]


def test_plain_texts_resources_and_conversions_are_read(made: Made) -> None:
    text = {"media_type": "text/plain; charset=utf-8"}
    found = of(
        made,
        Answer(ONE, PROSE.encode(), media_type="text/plain"),
        Answer(TWO, page("Kept"), kind="resource", media_type="text/html"),
        Answer("https://harbour.example/3", PROSE.encode(), kind="conversion", **text),
    )
    assert [(item.url, item.media_type) for item in found if isinstance(item, Article)] == [
        (ONE, "text/plain"),
        (TWO, "text/html"),
        ("https://harbour.example/3", "text/plain"),
    ]


def test_a_second_visit_that_found_the_same_says_nothing_new(made: Made) -> None:
    digest = {"WARC-Payload-Digest": "sha1:ABC"}
    first = Answer(ONE, page("Harbour"), warc_headers=digest)
    assert titles(of(made, first, Answer(ONE, b"", kind="revisit", warc_headers=digest))) == ["Harbour"]
    assert reasons(of(made, first, Answer(ONE, b"", kind="revisit", warc_headers=digest))) == []


def test_a_visit_whose_text_lies_in_another_archive_is_listed(made: Made) -> None:
    before = {"WARC-Refers-To-Target-URI": TWO, "WARC-Refers-To-Date": "2025-01-01T00:00:00Z"}
    told = {"WARC-Payload-Digest": "sha1:ABC", **before}
    (found,) = of(made, Answer(ONE, b"", kind="revisit", warc_headers=told))
    assert isinstance(found, Unreadable)
    assert found.reason == f"not stored again: the same as {TWO} of 2025-01-01T00:00:00Z"


@pytest.mark.parametrize("compressed", [False, True])
def test_an_archive_cut_off_anywhere_keeps_what_came_before(made: Made, compressed: bool) -> None:
    whole = warc([Answer(ONE, page("One")), Answer(TWO, page("Two"))], compressed=compressed)
    most = 0
    for end in range(len(whole) // 3, len(whole) - 1, 53):
        found = list(read(made("a.warc", whole[:end])))
        assert titles(found) in ([], ["One"], ["One", "Two"])
        assert len(titles(found)) >= most
        assert reasons(found) or titles(found) == ["One", "Two"] or end <= len(whole) * 2 // 3
        most = len(titles(found))
    assert most


THREE = "https://harbour.example/3"
ANSWERS = [Answer(ONE, page("One")), Answer(TWO, page("Two")), Answer(THREE, page("Three"))]


def cut(whole: bytes, at: int) -> list[bytes]:
    """Cut an archive before the record that is ``at`` of its pages, and before the next."""
    starts = [found.start() for found in re.finditer(rb"WARC/1\.0\r\n|\x1f\x8b\x08", whole)]
    return [whole[: starts[at]], whole[starts[at] : starts[at + 1]], whole[starts[at + 1] :]]


def test_garbage_between_records_costs_itself_and_is_told(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    before, own, after = cut(warc(ANSWERS), 2)
    found = list(read(made("a.warc", before + b"garbage \x1b[2J\nWARC/1.0\n\nmore" + own + b"\0" * 99 + after)))
    assert titles(found) == ["One", "Two", "Three"]
    assert [(item.source, item.reason) for item in found if isinstance(item, Unreadable)] == [
        ("pages/a.warc#3", "damaged: 27 bytes that are no record; reading goes on at the next record"),
        ("pages/a.warc#5", "damaged: 99 bytes that are no record; reading goes on at the next record"),
    ]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("left", [3, 20, 200, -20, -1])
def test_a_record_broken_off_before_the_next_costs_itself(made: Made, left: int) -> None:
    before, own, after = cut(warc(ANSWERS), 2)
    found = list(read(made("a.warc", before + own[:left].rstrip() + after)))
    assert titles(found)[:1] + titles(found)[-1:] == ["One", "Three"]
    assert len(reasons(found)) == (left < 0 and "Two" in titles(found)) ^ 1


@pytest.mark.parametrize("length", [b"1", b"40", b"700", b"99999", b"", b"x", b"-3", b"9" * 30, "٣".encode()])
def test_a_wrong_length_costs_its_record(made: Made, length: bytes) -> None:
    before, own, after = cut(warc(ANSWERS), 2)
    wrong = re.sub(rb"Content-Length: \d+", b"Content-Length: " + length, own, count=1)
    found = list(read(made("a.warc", before + wrong + after)))
    assert titles(found) == ["One", "Three"]
    assert len(reasons(found)) == 1


@pytest.mark.parametrize("damage", ["cut off", "zeros", "other bytes", "no head", "grown"])
def test_a_damaged_member_of_a_compressed_archive_costs_itself(made: Made, damage: str) -> None:
    before, own, after = cut(warc(ANSWERS, compressed=True), 2)
    damaged = {
        "cut off": own[:-60],
        "zeros": own[:60] + bytes(30) + own[90:],
        "other bytes": own[:-40] + b"\xff" * 32 + own[-8:],
        "no head": own[9:],
        "grown": own[:50] + b"grown" + own[50:],
    }
    found = list(read(made("a.warc.gz", before + damaged[damage] + after)))
    assert titles(found) == ["One", "Three"]
    assert len(reasons(found)) == 1
    assert reasons(found)[0].startswith("damaged")


def test_a_damaged_first_member_costs_itself(made: Made) -> None:
    whole = warc(ANSWERS, compressed=True)
    found = list(read(made("a.warc.gz", whole[:2] + b"\0" * 20 + whole[22:])))
    assert titles(found) == ["One", "Two", "Three"]
    assert len(reasons(found)) == 1


def test_damage_up_to_the_end_is_told(made: Made) -> None:
    found = list(read(made("a.warc", warc(ANSWERS[:1]) + b"garbage")))
    assert titles(found) == ["One"]
    assert reasons(found) == ["damaged: 7 bytes that are no record"]


def test_records_within_records_of_wrong_lengths_are_given_up(made: Made) -> None:
    nested = b"".join(record(b"WARC-Type: metadata\r\nContent-Length: 190000") for _ in range(3000))
    found = list(read(made("a.warc", nested), ReadOptions(max_bytes=200_000)))
    assert reasons(found)[-1] == "records within records of a wrong length; the rest was not read"
    assert len(found) < 200


def record(headers: bytes, body: bytes = b"") -> bytes:
    return b"WARC/1.0\r\n" + headers + b"\r\n\r\n" + body + b"\r\n\r\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\0" * 100,
        b"WARC/",
        b"WARC/9.9\r\n\r\n",
        b"WARC/1.0",
        record(b"WARC-Type: response"),
        record(b"WARC-Type: response\r\nContent-Length: -5"),
        record(b"WARC-Type: response\r\nContent-Length: x"),
        record(b"WARC-Type: response\r\nContent-Length: 999999999999999"),
        record(b"Content-Length: 3", b"abc"),
        record(b"WARC-Type: response\r\nContent-Length: 5", b"HTTP/"),
        record(b"WARC-Type: revisit\r\nWARC-Target-URI: \x00\xff\r\nContent-Length: 0"),
        gzip.compress(gzip.compress(b"WARC/1.0\r\n", mtime=0), mtime=0),
        gzip.compress(b"WARC/1.0\r\n", mtime=0)[:12],
        b"WARC/1.0\r\nX: " + b"x" * (MAX_HEADERS + 100_000),
        b"WARC/1.0\r\n" + b"X: y\r\n" * (MAX_HEADERS // 5),
        record(b"WARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: 3000000", b"X" * 3_000_000),
    ],
)
def test_a_hostile_archive_is_no_article_and_no_crash(made: Made, content: bytes) -> None:
    found = list(read(made("a.warc", content)))
    assert titles(found) == []
    assert not any("damaged, or not" in reason for reason in reasons(found)), reasons(found)


def test_odd_names_stay_text_and_reach_no_terminal(made: Made, caplog: pytest.LogCaptureFixture) -> None:
    address = "https://harbour.example/<script> \x1b[31m/../../etc"
    (found,) = of(made, Answer(address, page("Odd")))
    assert isinstance(found, Article)
    assert found.source.startswith("pages/a.warc#2:https://harbour.example/<script>%20")
    assert caplog.records == []


def test_a_body_that_unpacks_beyond_the_limit_is_listed_and_the_rest_is_read(made: Made) -> None:
    packed = {"Content-Encoding": "gzip"}
    found = of(made, Answer(ONE, bomb(5_000_000), headers=packed), Answer(TWO, page("Two")), max_bytes=1_000_000)
    assert reasons(found) == ["larger than the limit of 1,000,000 bytes; --max-bytes raises it"]
    assert titles(found) == ["Two"]


def test_an_archive_of_bombs_is_given_up(made: Made) -> None:
    bombs = [Answer(f"{ONE}/{at}", bomb(990_000), headers={"Content-Encoding": "gzip"}) for at in range(100)]
    found = of(made, *bombs, max_bytes=1_000_000)
    assert "unpacks to more than" in reasons(found)[-1]
    assert len(found) < 80


def test_the_budget_of_a_pipe_has_no_end_and_that_of_a_file_has() -> None:
    Budget(10, 0).spend(1 << 60)
    with pytest.raises(RefusedError, match="unpacks"):
        Budget(10, 1).spend(641)


def test_an_archive_damaged_all_over_is_given_up(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.read.archive.warc._MOST_DAMAGED", 5)
    *listed, last = read(made("a.warc", b"WARC/1.0\nContent-Length: 3\n\nabcdef\n" * 50))
    assert len(listed) == 6
    assert isinstance(last, Unreadable)
    assert last.reason == "damaged in more than 5 places; the rest was not read"


def test_a_body_of_many_small_chunks_is_joined() -> None:
    body = bytes(range(256)) * 400
    assert unpacked(chunked(body, 1), transfer="Chunked", encoding="", limit=1 << 20) == body


class Endless(io.RawIOBase):
    """A web archive of many records that is made while it is read."""

    def __init__(self, count: int) -> None:
        one = warc([Answer(ONE, PROSE.encode(), media_type="text/plain")])
        self._record = one[one.index(b"WARC/1.0", 9) :]
        self._left = count
        self._rest = one

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self._rest and self._left:
            self._left -= 1
            self._rest = self._record
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def test_twenty_thousand_records_are_read_in_the_memory_of_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.read.archive.warc.is_prose", lambda text: False)  # the archive, not its texts
    source = SourceFile(None, "a.warc", "a.warc")
    tracemalloc.start()
    stream = io.BufferedReader(Endless(20_000))
    (found,) = WebArchives().read(source, stream, ReadOptions())
    assert isinstance(found, Unreadable)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert stream.read() == b""
    assert most < 2_000_000


def test_a_collection_gives_the_pages_it_lists_and_where_they_moved(made: Made) -> None:
    archived = warc(
        [
            Answer(ONE, b"", status="302 Found", headers={"Location": "/moved"}),
            Answer("https://harbour.example/moved", page("Moved")),
            Answer("https://ads.example/frame", page("Advertisement")),
            Answer(TWO, page("Two")),
        ],
        compressed=True,
    )
    found = list(read(made("a.wacz", wacz({"archive/data.warc.gz": archived}, [ONE, f"{TWO}/#top"]))))
    assert titles(found) == ["Moved", "Two"]
    assert reasons(found) == []


@pytest.mark.parametrize("pages", [None, [], ["https://elsewhere.example/"]])
def test_without_a_list_that_fits_every_page_is_given(made: Made, pages: list[str] | None) -> None:
    archived = warc([Answer(ONE, page("One")), Answer(TWO, page("Two"))])
    found = list(read(made("a.wacz", wacz({"archive/data.warc": archived}, pages))))
    assert titles(found) == ["One", "Two"]


def test_one_damaged_archive_of_a_collection_costs_itself(made: Made) -> None:
    good, other = warc([Answer(ONE, page("One"))], compressed=True), warc([Answer(TWO, page("Two"))], compressed=True)
    packed = wacz({"archive/a.warc.gz": good[:-30], "archive/b.warc.gz": b"no archive", "archive/c.warc.gz": other})
    found = list(read(made("a.wacz", packed)))
    assert titles(found)[-1] == "Two"
    assert [item.source for item in found if isinstance(item, Unreadable)] == [
        f"pages/a.wacz#2:{ONE}",
        "pages/a.wacz#archive/a.warc.gz",
        "pages/a.wacz#archive/b.warc.gz",
    ]


@pytest.mark.parametrize("name", ["../archive/a.warc", "/archive/a.warc", "archive/../../a.warc", "C:/archive/a.warc"])
def test_a_name_that_leads_out_of_a_collection_is_refused(made: Made, name: str) -> None:
    found = list(read(made("a.wacz", wacz({name: warc([Answer(ONE, page("One"))])}))))
    assert titles(found) == []
    assert "leads out" in reasons(found)[0]


def test_a_collection_through_a_pipe_is_read_as_well(made: Made) -> None:
    packed = wacz({"archive/a.warc": warc([Answer(ONE, page("One"))])})
    assert titles(list(read(made("a.wacz.gz", gzip.compress(packed))))) == ["One"]


def test_a_zip_of_endless_entries_is_refused_before_they_are_listed(made: Made) -> None:
    packed = bytearray(wacz({"archive/a.warc": b"x"}))
    end = packed.rindex(b"PK\x05\x06")
    # The size of the directory, as large as it may be told, in a file that has that many bytes before its end.
    padded = bytes(16 << 20) + bytes(packed)
    end += 16 << 20
    lied = padded[: end + 12] + (12 << 20).to_bytes(4, "little") + padded[end + 16 :]
    assert "more entries" in reasons(list(read(made("a.wacz", lied))))[0]


@pytest.mark.parametrize(
    "content", [b"PK", b"PK\x03\x04" + b"\0" * 200, b"PK\x05\x06" + b"\xff" * 18, b"no zip at all"]
)
def test_what_is_no_zip_is_no_collection(made: Made, content: bytes) -> None:
    found = list(read(made("a.wacz", content)))
    assert len(reasons(found)) == len(found) == 1


def test_an_encrypted_archive_is_listed(made: Made) -> None:
    packed = bytearray(wacz({"archive/a.warc": warc([Answer(ONE, page("One"))])}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + place] |= 1
    assert reasons(list(read(made("a.wacz", bytes(packed))))) == [
        "encrypted; pack the collection again without a password"
    ]


def test_a_bomb_in_a_collection_is_given_up(made: Made) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("archive/a.warc", warc([Answer(ONE, b" " * 30_000_000, media_type="image/png")]))
    found = list(read(made("a.wacz", written.getvalue()), ReadOptions(max_bytes=100_000)))
    assert "unpacks to more than" in reasons(found)[0]


@pytest.mark.parametrize("line", [b"", b"[]", b"{", b'{"url": 3}', b'{"url": "x"}', b"[" * 100_000, b"\xff"])
def test_a_line_that_lists_no_page_says_nothing(line: bytes) -> None:
    pages = PageList()
    pages.add_line(line)
    assert not pages


def test_what_is_remembered_of_an_article_is_two_numbers(made: Made) -> None:
    collected = Collected()
    stream = io.BufferedReader(io.BytesIO(warc([Answer(ONE, page("One")), Answer(TWO, page("Two"))])))
    assert len(list(archived_articles(stream, made("a.warc", b""), Budget(1 << 20, 0), collected))) == 2
    assert len(collected.seen) == 4
    assert all(isinstance(one, int) for one in collected.seen)
