from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.errors import NotFoundError
from provenance.model import Unreadable
from provenance.read import SourceFile, discover, read
from provenance.read.own_output import OWN_OUTPUT


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"words")


def names(found: list[SourceFile | Unreadable]) -> list[str]:
    return [item.name for item in found if isinstance(item, SourceFile)]


def refusals(found: list[SourceFile | Unreadable]) -> dict[str, str]:
    return {item.source: item.reason for item in found if isinstance(item, Unreadable)}


def test_a_folder_is_listed_by_name_with_the_folders_below_it(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.html", "z/c.jsonl.gz", "m/d.csv", "m/a/e.md", "B.TXT")
    found = list(discover([str(tmp_path)]))
    assert names(found) == ["B.TXT", "a.html", "b.txt", "m/d.csv", "m/a/e.md", "z/c.jsonl.gz"]
    assert found == list(discover([str(tmp_path)]))


def test_a_source_shows_the_path_as_given_and_a_name_below_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "pages/in/a.txt")
    monkeypatch.chdir(tmp_path)
    assert [(item.source, item.name) for item in discover(["pages/"]) if isinstance(item, SourceFile)] == [
        ("pages/in/a.txt", "in/a.txt")
    ]
    assert [(item.source, item.name) for item in discover(["./pages/in/a.txt"]) if isinstance(item, SourceFile)] == [
        ("./pages/in/a.txt", "a.txt")
    ]
    assert [item.source for item in discover(["."])] == ["./pages/in/a.txt"]


def test_hidden_files_and_folders_are_passed_over_unless_named(tmp_path: Path) -> None:
    write(tmp_path, ".a.txt", ".git/b.txt", "c.txt")
    assert names(list(discover([str(tmp_path)]))) == ["c.txt"]
    assert names(list(discover([str(tmp_path / ".a.txt")]))) == [".a.txt"]


def test_what_no_reader_knows_is_listed_rather_than_lost(tmp_path: Path) -> None:
    write(tmp_path, "a.odt", "b.tar.gz", "README", "c.txt")
    found = list(discover([str(tmp_path)]))
    assert names(found) == ["c.txt"]
    assert refusals(found) == {
        f"{tmp_path}/README": "not a kind of file this program reads (no suffix)",
        f"{tmp_path}/a.odt": "not a kind of file this program reads (.odt)",
        f"{tmp_path}/b.tar.gz": "not a kind of file this program reads (.tar.gz)",
    }


def test_a_file_named_by_the_user_is_tried_whatever_its_suffix(tmp_path: Path) -> None:
    write(tmp_path, "README")
    (source,) = discover([str(tmp_path / "README")])
    assert isinstance(source, SourceFile)
    assert [getattr(item, "text", item) for item in read(source)] == ["words"]


def test_a_path_that_is_not_there_is_an_error_before_anything_is_listed(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    with pytest.raises(NotFoundError, match="missing does not exist") as caught:
        discover([str(tmp_path), str(tmp_path / "missing")])
    assert caught.value.hint


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "in/b.txt")
    (tmp_path / "in" / "same.txt").symlink_to(tmp_path / "a.txt")
    given = [str(tmp_path), str(tmp_path / "a.txt"), str(tmp_path / "in"), "-", "-"]
    assert names(list(discover(given))) == ["a.txt", "in/b.txt", "-"]


def test_a_hard_link_is_a_copy_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "b.txt").hardlink_to(tmp_path / "a.txt")
    assert names(list(discover([str(tmp_path)]))) == ["a.txt", "b.txt"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt")
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    (tmp_path / "in" / "self").symlink_to("self")
    found = list(discover([str(tmp_path)]))
    assert names(found) == ["in/a.txt"]
    assert list(refusals(found).values()) == ["link leads nowhere"]


def test_devices_and_pipes_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    found = list(discover([str(tmp_path), "/dev/zero"]))
    assert set(refusals(found).values()) == {"not a regular file (device, pipe or socket)"}
    assert len(found) == 2


def test_a_folder_that_cannot_be_listed_is_a_result(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may list everything")
    write(tmp_path, "shut/a.txt", "b.txt")
    (tmp_path / "shut").chmod(0)
    found = list(discover([str(tmp_path)]))
    (tmp_path / "shut").chmod(0o700)
    assert names(found) == ["b.txt"]
    assert "folder cannot be listed" in refusals(found)[f"{tmp_path}/shut"]


def test_a_file_that_vanishes_after_it_was_listed_is_a_result(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (source,) = discover([str(tmp_path)])
    assert isinstance(source, SourceFile)
    (tmp_path / "a.txt").unlink()
    assert list(read(source)) == [Unreadable(source.source, "cannot be read: No such file or directory")]


def test_files_to_leave_out_are_not_mentioned(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "provenance.db")
    assert names(list(discover([str(tmp_path)], skip=[tmp_path / "provenance.db"]))) == ["a.txt"]
    assert len(list(discover([str(tmp_path)], skip=[tmp_path / "provenance.db"]))) == 1


def test_a_name_that_is_not_utf_8_is_read_and_shown_escaped(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_bytes(b"words")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (source,) = discover([str(tmp_path)])
    assert isinstance(source, SourceFile)
    assert source.name == "caf\\udce9.txt"
    assert [getattr(item, "text", item) for item in read(source)] == ["words"]


def test_a_file_the_program_prints_into_is_its_own_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("An article.")
    told = (
        "import sys; from provenance.read import discover; from provenance.model import Unreadable\n"
        "print(*(f'{item.source} {item.reason}' for item in discover(['.']) if isinstance(item, Unreadable)), sep=';')"
    )
    with (tmp_path / "out.txt").open("w") as out, (tmp_path / "log.txt").open("w") as log:
        subprocess.run([sys.executable, "-c", told], cwd=tmp_path, stdout=out, stderr=log, check=True)
    assert (tmp_path / "out.txt").read_text() == f"./log.txt {OWN_OUTPUT};./out.txt {OWN_OUTPUT}\n"
