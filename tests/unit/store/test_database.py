from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import provenance.store
from provenance.errors import ConfigurationError, StoreError, StoreMissingError
from provenance.model import Run, RunId
from provenance.store import ProvenanceStore
from provenance.store.database import database_at
from provenance.store.failures import explained

RUN = Run(RunId("run:1"), ("in",))


def test_reading_never_creates_a_store(tmp_path: Path) -> None:
    missing = tmp_path / "none.db"
    with pytest.raises(StoreMissingError, match=r"there is no store at .*none\.db") as error:
        ProvenanceStore.open(str(missing))
    assert "provenance audit" in error.value.hint
    assert list(tmp_path.iterdir()) == []


def test_reading_leaves_no_trace_beside_the_store(audited: Path) -> None:
    before = audited.read_bytes()
    with ProvenanceStore.open(str(audited)) as store:
        store.findings()
    assert [item.name for item in audited.parent.iterdir()] == [audited.name]
    assert audited.read_bytes() == before


def test_a_store_opened_for_reading_cannot_be_written(audited: Path) -> None:
    with ProvenanceStore.open(str(audited)) as store, pytest.raises(StoreError, match="opened for reading only"):
        store.begin_run(RUN)


def test_the_database_itself_refuses_a_write_when_opened_for_reading(audited: Path) -> None:
    database = database_at(str(audited), create=False)
    with pytest.raises(StoreError, match="may not be written to"), database.reading() as connection:
        connection.exec_driver_sql("DELETE FROM runs")
    database.close()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"the folder .*nowhere does not exist") as error:
        ProvenanceStore.open(str(tmp_path / "nowhere" / "a.db"), create=True)
    assert error.value.hint


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite://news.db", "news.db"),
        ("sqlite://desk/news.db", "desk/news.db"),
        ("sqlite+pysqlite://news.db", "news.db"),
        ("sqlite://editor:secret@host/news.db", "newsroom.db"),
    ],
)
def test_two_strokes_do_not_lose_a_store_in_memory(url: str, path: str) -> None:
    with pytest.raises(ConfigurationError, match="has three strokes") as error:
        database_at(url, create=True)
    assert error.value.hint.startswith(f"Write sqlite:///{path}, or sqlite:////absolute")
    assert "secret" not in error.value.message + error.value.hint


def test_the_short_name_of_postgresql_is_told_with_the_long_one() -> None:
    with pytest.raises(ConfigurationError, match="postgres://") as error:
        database_at("postgres://editor:secret@host/news", create=True)
    assert error.value.hint == "Write postgresql:// instead."


def test_a_folder_is_not_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        ProvenanceStore.open(str(tmp_path), create=True)


@pytest.mark.parametrize("create", [True, False])
def test_a_text_file_is_not_a_database(path: Path, *, create: bool) -> None:
    path.write_text("These are only words, and enough of them to fill a header." * 40)
    with pytest.raises(StoreError, match="is not a database") as error:
        ProvenanceStore.open(str(path), create=create)
    assert error.value.hint
    assert path.read_text().startswith("These")


@pytest.mark.parametrize("create", [True, False])
def test_the_database_of_another_program_is_left_alone(path: Path, *, create: bool) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    connection.close()
    with pytest.raises(StoreError, match="is not a provenance store"):
        ProvenanceStore.open(str(path), create=create)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]
    connection.close()


def test_a_damaged_store_is_said_to_be_damaged(audited: Path) -> None:
    content = bytearray(audited.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 100] = b"\xff" * 100
    audited.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged") as error, ProvenanceStore.open(str(audited)) as store:
        store.findings()
    assert "copy" in error.value.hint


def test_an_empty_file_becomes_a_store_when_it_may_be_written(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match="is not a provenance store"):
        ProvenanceStore.open(str(path))
    with ProvenanceStore.open(str(path), create=True) as store:
        assert store.runs() == []


@pytest.mark.parametrize("name", ["what?mode=ro.db", "100%25#1.db", "a b'c\".db", os.fsdecode(b"caf\xe9.db")])
def test_any_file_name_is_a_path_and_nothing_else(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    with ProvenanceStore.open(str(file), create=True) as store:
        store.begin_run(RUN)
    with ProvenanceStore.open(str(file)) as store:
        assert len(store.runs()) == 1
    assert [item.name for item in tmp_path.iterdir()] == [name]


def test_a_url_and_a_path_name_the_same_store(audited: Path) -> None:
    with ProvenanceStore.open(f"sqlite:///{audited}") as store:
        assert store.name == str(audited)
        assert len(store.runs()) == 1


@pytest.mark.parametrize(
    "url", ["mysql://host/db", "sqlite:///a.db?mode=ro", "nonsense://", "postgresql://host:port/db"]
)
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        ProvenanceStore.open(url, create=True)
    assert error.value.hint


def test_a_store_in_memory_exists_only_for_writing() -> None:
    with pytest.raises(StoreMissingError):
        ProvenanceStore.open("sqlite://")
    with ProvenanceStore.open("sqlite://", create=True) as store:
        store.begin_run(RUN)
        assert len(store.runs()) == 1


def test_a_server_that_does_not_answer_is_reported_without_the_password() -> None:
    pytest.importorskip("pg8000", reason="the wheel pg8000 is not installed")
    with pytest.raises(StoreError, match="cannot be reached") as error:
        ProvenanceStore.open("postgresql://me:secret@127.0.0.1:1/db?connect_timeout=2", create=True)
    assert "secret" not in error.value.message
    assert "me:***@" in error.value.message


def test_the_settings_of_a_connection_are_the_safe_ones(audited: Path) -> None:
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 1500, "trusted_schema": 0}
    database = database_at(str(audited), create=True, patience=1.5)
    with database.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    database.close()
    assert found == wanted


def test_a_row_that_refers_to_nothing_is_refused(audited: Path) -> None:
    database = database_at(str(audited), create=True)
    with pytest.raises(StoreError, match="FOREIGN KEY"), database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO outlet_names VALUES ('nobody', 0, 'Nobody')")
    database.close()


def test_a_store_in_use_is_waited_for_and_then_reported(audited: Path) -> None:
    other = sqlite3.connect(audited, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with ProvenanceStore.open(str(audited), create=True, patience=0.05) as store:
        with pytest.raises(StoreError, match="in use by another program") as error:
            store.begin_run(RUN)
        assert error.value.hint
        assert len(store.runs()) == 1  # reading is not hindered
        other.execute("ROLLBACK")
        other.close()
        assert store.begin_run(RUN).number == 2


def test_a_store_in_use_is_waited_for_and_then_written(audited: Path) -> None:
    other = sqlite3.connect(audited, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    ending = threading.Timer(0.2, lambda: other.execute("ROLLBACK"))
    with ProvenanceStore.open(str(audited), create=True) as store:
        ending.start()
        assert store.begin_run(RUN).number == 2
    ending.join()
    other.close()


def test_a_full_disk_is_reported_and_leaves_the_store_as_it_was(path: Path, reading) -> None:
    with ProvenanceStore.open(str(path), create=True) as store:
        scope = store.begin_run(RUN)
        scope.add([reading("small")])
        with store._database.engine.connect() as connection:  # one thread gets one connection, again and again
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match="no space is left") as error:
            scope.add([reading("large", "words " * 100_000)])
        assert error.value.hint
        assert scope.article_ids() == ["small"]


def test_a_store_that_is_moved_away_while_it_is_written_is_missed_at_once(audited: Path) -> None:
    with ProvenanceStore.open(str(audited), create=True) as store:
        aside = audited.rename(audited.with_name("aside.db"))
        with pytest.raises(StoreError, match="is no longer there: it was moved or deleted") as error:
            store.begin_run(RUN)
        assert error.value.hint
        aside.rename(audited)
        assert store.begin_run(RUN).number == 2


def test_a_reader_sees_the_old_state_while_another_writes(audited: Path, reading) -> None:
    with ProvenanceStore.open(str(audited), create=True) as writer, ProvenanceStore.open(str(audited)) as reader:
        with writer._database.writing() as connection:
            connection.exec_driver_sql("UPDATE runs SET status = 'failed'")
            assert reader.findings().run.id == "run:1"
        assert reader.latest_run() is None


def test_an_error_of_the_file_system_names_the_store() -> None:
    with pytest.raises(StoreError, match=r"x\.db cannot be used: Too many links"), explained("x.db"):
        raise OSError(31, "Too many links")


def test_several_audits_into_one_new_store_all_end_well(path: Path, reading) -> None:
    failures: list[BaseException] = []

    def audit(number: int) -> None:
        try:
            with ProvenanceStore.open(str(path), create=True) as store, store.begin_run(RUN) as scope:
                for start in range(0, 60, 20):
                    names = [f"{n:03}" for n in range(start, start + 20)]
                    scope.add([reading(name, f"Text {name}\n") for name in (names if number % 2 else names[::-1])])
        except BaseException as error:  # noqa: BLE001  a thread's failure has no other way out
            failures.append(error)

    threads = [threading.Thread(target=audit, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with ProvenanceStore.open(str(path)) as store:
        assert [run.articles for run in store.runs()] == [60] * 4


AUDIT = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from conftest import read
from provenance.model import Run, RunId
from provenance.store import ProvenanceStore
with ProvenanceStore.open({path!r}, create=True) as store:
    scope = store.begin_run(Run(RunId("run:killed"), ("in",)))
    for batch in range(1000):
        scope.add([read(f"{{batch:04}}-{{n}}", f"Text {{batch}} {{n}}\\n" * 50) for n in range(20)])
        print(batch, flush=True)
"""


@pytest.mark.parametrize("batches", [0, 3, 8])
def test_a_killed_audit_leaves_all_it_had_stored_and_nothing_by_half(path: Path, reading, batches: int) -> None:
    program = AUDIT.format(tests=str(Path(__file__).parent), path=str(path))
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        stored = [int(process.stdout.readline()) for _ in range(batches + 1)][-1] + 1
        process.send_signal(signal.SIGKILL)
    with ProvenanceStore.open(str(path), create=True) as store:
        (killed,) = store.runs()
        assert killed.status == "running"
        assert killed.articles >= stored * 20
        assert killed.articles % 20 == 0
        scope = store.begin_run(RUN)
        assert scope.adopt([f"in/{batch:04}-{n}.txt" for batch in range(stored) for n in range(20)]) == stored * 20
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_the_package_loads_no_database_library_until_a_store_is_opened() -> None:
    program = "import sys, provenance.store; print([m for m in ('sqlalchemy', 'alembic') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


def test_opening_an_existing_store_loads_no_migrations(audited: Path) -> None:
    program = f"""
import sys
from provenance.store import ProvenanceStore
with ProvenanceStore.open({str(audited)!r}) as store:
    store.findings()
print('alembic' in sys.modules)
"""
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"


def test_an_unknown_name_of_the_package_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        provenance.store.Nothing  # noqa: B018  reading it is the point
