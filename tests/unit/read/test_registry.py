from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from provenance.model import Article, Unreadable
from provenance.read import SourceFile, discover, read, registry
from tests.unit.read import archives, documents

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

PLUGIN = """
from provenance.model import Unreadable

class Letters:
    name = "letters"
    suffixes = frozenset({".letter"})

    def read(self, source, stream, options):
        yield Unreadable(source.source, "a letter of " + str(len(stream.read())) + " bytes")
        raise RuntimeError("a fault of the plug-in")
"""


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install a distribution that brings a reader of its own."""
    site = tmp_path / "site"
    (site / "letters-1.0.dist-info").mkdir(parents=True)
    (site / "letters-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: letters\nVersion: 1.0\n")
    (site / "letters-1.0.dist-info" / "entry_points.txt").write_text(
        "[provenance.readers]\n.letter = letters_reader:Letters\n"
    )
    (site / "letters_reader.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(site)
    registry._plugins.cache_clear()
    yield
    registry._plugins.cache_clear()


@pytest.mark.usefixtures("plugged")
def test_a_reader_that_is_plugged_in_is_used_and_its_fault_is_a_result(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.letter").write_bytes(b"12345")
    (source,) = discover([str(tmp_path / "pages")])
    assert isinstance(source, SourceFile)
    assert [found.reason for found in read(source) if isinstance(found, Unreadable)] == [
        "a letter of 5 bytes",
        "damaged, or not what its name says; open it in the program it is from and save it again",
    ]


def test_without_it_its_files_are_not_read(made: Callable[..., SourceFile]) -> None:
    made("a.letter", b"12345")
    assert not registry.is_supported("a.letter")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (archives.SAMPLE, "text/html"),
        (archives.wacz({"archive/data.warc": archives.SAMPLE}), "text/html"),
        (documents.pdf_of([["Harbour opens."]]), "application/pdf"),
        (documents.docx_of("Harbour opens."), DOCX),
        (b"Received: from a\nSubject: Harbour\n\nHarbour opens.\n", "text/plain"),
        (b"From: a@b.example\nSubject: Harbour\nDate: Tue, 03 Mar 2026 10:00:00 +0100\n\nHarbour opens.", "text/plain"),
    ],
)
def test_what_has_no_name_is_known_by_its_first_bytes(made, content: bytes, media_type: str) -> None:
    found = next(iter(read(made("nameless", content))))
    assert isinstance(found, Article), found
    assert found.media_type == media_type
    assert "Subject" not in found.text
