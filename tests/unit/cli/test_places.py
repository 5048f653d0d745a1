"""What a call may write to, said before its work."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from provenance.cli.app import app
from provenance.cli.places import ensure_places
from provenance.errors import UsageError


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """A folder with a store and an article to read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "wire.txt").write_text("An article.")
    (tmp_path / "in" / "deep" / "page.html").write_text("A page.")
    (tmp_path / "in" / "table.pkl").write_text("Nothing a reader knows.")
    (tmp_path / "store.db").write_text("A store.")
    (tmp_path / "list.csv").write_text("A list.")
    return tmp_path


def refused(**parameters):
    with pytest.raises(UsageError) as caught:
        ensure_places(parameters)
    return caught.value.message


@pytest.mark.parametrize(
    "database", ["store.db", "./store.db", "sqlite:///store.db", "sqlite+pysqlite:///store.db", "in/../store.db"]
)
def test_the_store_is_never_written_over(database):
    assert refused(output=Path("store.db"), db=database) == "store.db is the store itself"


def test_a_store_named_by_its_whole_path_is_known_too(place):
    assert refused(html=Path("store.db"), db=f"sqlite:///{place}/store.db") == "store.db is the store itself"


def test_a_store_that_is_not_there_yet_is_none_to_write_results_to():
    assert refused(output=Path("new.db"), db="new.db") == "new.db is the store itself"


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_what_lies_beside_the_store_is_part_of_it(end):
    assert refused(output=Path(f"store.db{end}"), db="store.db") == f"store.db{end} is a file of the store"


def test_a_link_to_the_store_is_the_store(place):
    (place / "link").symlink_to("store.db")
    assert refused(output=Path("link"), db="store.db") == "link is the store itself"


@pytest.mark.parametrize(
    "given",
    [
        {"paths": ["in/wire.txt"]},
        {"paths": ["elsewhere", "in"]},
        {"paths": ["."]},
        {"downstream": "in/wire.txt", "upstream": "-"},
        {"upstream": "in/wire.txt"},
        {"pairs": Path("in/wire.txt")},
        {"corpus": ("in/wire.txt",)},
        {"outlets": Path("in/wire.txt")},
        {"config": Path("in/wire.txt")},
        {"file": "in/wire.txt"},
    ],
)
def test_nothing_that_is_read_is_written_over(given):
    assert refused(output=Path("in/wire.txt"), **given) == "in/wire.txt is one of the files to be read"


def test_a_file_deep_in_a_folder_that_is_read_is_one_of_them():
    assert refused(html=Path("in/deep/page.html"), paths=["in"]) == "in/deep/page.html is one of the files to be read"


def test_the_file_of_options_is_read_without_being_named(place):
    (place / "provenance.toml").write_text("workers = 1")
    assert refused(output=Path("provenance.toml")) == "provenance.toml is one of the files to be read"


def test_one_file_does_not_take_two_results():
    message = refused(output=Path("same.html"), html=Path("./same.html"))
    assert message == "same.html is named by --output and by --html"


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (".", ". is a folder"),
        ("in", "in is a folder"),
        ("nodir/x.json", "the folder nodir does not exist"),
        ("list.csv/x.json", "list.csv is a file, not a folder"),
    ],
)
def test_a_place_where_nothing_can_be_written_is_told_with_its_cause(output, message):
    assert refused(output=Path(output)) == message


def test_a_page_beside_the_findings_needs_a_file():
    assert refused(html=Path("-")) == "--html needs a file of its own"


@pytest.mark.parametrize(
    "parameters",
    [
        {"output": None, "html": None, "paths": ["in"], "db": "store.db"},
        {"output": Path("new.json"), "paths": ["."], "db": "store.db"},
        {"output": Path("in/new.txt"), "paths": ["in"]},
        {"output": Path("in/table.pkl"), "paths": ["in"]},
        {"output": Path("list.csv"), "paths": ["in"], "db": "postgresql://editor@host/list.csv"},
        {"output": Path("out.json"), "html": Path("out.html"), "db": ":memory:"},
    ],
)
def test_any_other_place_is_as_good_as_the_next(parameters):
    ensure_places(parameters)


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit", "in", "-o", "provenance.db"),
        ("audit", "in", "-o", "in/wire.txt"),
        ("audit", "in", "-o", "same.html", "--html", "same.html"),
        ("inspect", "in", "-o", "in/wire.txt"),
        ("ratings", "import", "list.csv", "-o", "list.csv"),
        ("ratings", "list", "-o", "."),
    ],
)
def test_a_command_refuses_before_it_does_anything(arguments, place):
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    found = CliRunner().invoke(app, list(arguments))
    assert found.exit_code == 2
    assert found.stderr.startswith("Error: ")
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", ""),
        ("trace", ""),
        ("outlets", ""),
        ("rules", ""),
        ("audit", "in", ""),
        ("compare", "", "in/wire.txt"),
        ("review", "one", "", "--confirm"),
        ("export", "--to", "csv", "--around", ""),
        ("audit", "in", "--db", ""),
    ],
)
def test_an_empty_name_is_told_as_one(arguments, place):
    found = CliRunner().invoke(app, list(arguments))
    assert found.exit_code == 2
    assert found.stderr.startswith("Error: an empty name was given\nHint: ")
    assert not (place / "provenance.db").exists()
