"""Files that vanish, change, or may not be read while they are audited: each costs itself, and is listed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from provenance.model import Article, Unreadable
from provenance.read import SourceFile, discover, read
from provenance.store import ProvenanceStore, check_store

CHANGED = "changed while it was read; audit it again when nothing writes to it"
TEXT = "The harbour was closed on Tuesday, the ministry said.\n"

RIGHTLESS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"] if os.geteuid() == 0 else []
"""How to start a program that may do no more than others: root may read and write everything."""


def files(folder: Path) -> dict[str, SourceFile]:
    return {found.name: found for found in discover([str(folder)]) if isinstance(found, SourceFile)}


@contextmanager
def growing(path: Path) -> Iterator[None]:
    """Write into a file all the time."""
    done = threading.Event()

    def write() -> None:
        with path.open("a") as file:
            while not done.is_set():
                file.write(TEXT)
                file.flush()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        done.set()
        writer.join()


def test_a_page_that_changes_while_it_is_read_is_listed_and_not_taken_half_written(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT * 20_000)
    source = files(tmp_path)["page.txt"]
    with growing(page):
        assert list(read(source)) == [Unreadable(str(page), CHANGED)]
    (article,) = read(files(tmp_path)["page.txt"])
    assert isinstance(article, Article)
    assert article.text == page.read_text()


def test_of_a_file_of_records_that_grows_what_was_read_is_given_with_a_warning(tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text("".join(json.dumps({"id": f"{n}", "text": TEXT}) + "\n" for n in range(3)))
    found = read(files(tmp_path)["records.jsonl"])
    first = next(found)
    with records.open("a") as file:
        file.write(json.dumps({"id": "late", "text": TEXT}) + "\n")
    rest = list(found)
    assert isinstance(first, Article)
    assert [each.id for each in rest if isinstance(each, Article)][:2] == ["1", "2"]
    assert rest[-1] == Unreadable(str(records), CHANGED)


def test_a_file_that_is_replaced_while_it_is_read_is_read_as_it_was(tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text("".join(json.dumps({"id": f"{n}", "text": TEXT}) + "\n" for n in range(3)))
    found = read(files(tmp_path)["records.jsonl"])
    first = next(found)
    other = tmp_path / "other"
    other.write_text("something else altogether")
    other.rename(records)
    assert [each.id for each in (first, *found) if isinstance(each, Article)] == ["0", "1", "2"]


def test_a_file_that_vanishes_before_it_is_read_is_listed(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT)
    source = files(tmp_path)["page.txt"]
    page.unlink()
    assert list(read(source)) == [Unreadable(str(page), "cannot be read: No such file or directory")]


def test_what_one_may_not_read_is_listed_and_the_rest_is_audited(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    closed = folder / "closed"
    closed.mkdir(parents=True)
    (folder / "open.txt").write_text(TEXT * 3)
    (folder / "secret.txt").write_text(TEXT)
    (folder / "secret.txt").chmod(0)
    closed.chmod(0)
    command = [*RIGHTLESS, sys.executable, "-m", "provenance", "audit", "in", "--format", "json", "-q"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    closed.chmod(0o700)
    assert done.returncode == 3, done.stderr
    found = json.loads(done.stdout)
    assert [article["source"] for article in found["articles"]] == ["in/open.txt"]
    assert found["unreadable"] == [
        {"source": "in/closed", "reason": "folder cannot be listed: Permission denied"},
        {"source": "in/secret.txt", "reason": "cannot be read: Permission denied"},
    ]
    assert check_store(str(tmp_path / "provenance.db")).flaws == ()
    with ProvenanceStore.open(str(tmp_path / "provenance.db")) as store:
        assert [run.articles for run in store.runs()] == [1]
