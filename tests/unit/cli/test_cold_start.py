"""What a call imports before it answers. Every module here was measured to cost more than the answer may."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PARAGRAPH = "The harbour board opened the new quay on Monday after three weeks of repairs, its chairman told Reuters. "

FETCHING = frozenset({"requests", "urllib3", "tldextract", "http.client", "ssl"})
STORING = frozenset({"sqlalchemy", "alembic", "sqlite3", "provenance.store"})
PARSING = frozenset({"lxml", "trafilatura", "htmldate", "charset_normalizer", "provenance.read.page.body"})
JOINING = frozenset({"numba", "polars", "duckdb", "pyarrow", "pandas", "scipy", "provenance.match.index"})
EXPORTING = frozenset({"prov", "rdflib", "networkx"})
NEVER = frozenset({"pydantic", "wordfreq", "langcodes", "ftfy", "provenance.pipeline.auditing"})
COMPUTING = frozenset(
    {"numpy", "re2", "regex", "rtoml", "py3langid", "msgpack", "provenance.text", "provenance.knowledge"}
)
RENDERING = frozenset({"rich", "provenance.report.terminal"})


def imported(*arguments: str) -> set[str]:
    """Run a command in a fresh process and give the modules it had loaded when it ended."""
    code = (
        "import sys\n"
        "from provenance.cli.app import app\n"
        "try: app(sys.argv[1:], prog_name='provenance')\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=os.environ
    )
    return set(done.stderr.split())


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder: Path = tmp_path_factory.mktemp("texts")
    (folder / "down.txt").write_text(f"Quay opens\n\n{PARAGRAPH * 3}\n\nMore at harbour.example.com.\n")
    (folder / "up.txt").write_text(f"New quay\n\n{PARAGRAPH * 3}\n")
    return str(folder / "down.txt"), str(folder / "up.txt")


@pytest.mark.parametrize(
    "command", [(), ("compare",), ("inspect",), ("audit",), ("show",), ("export",), ("rules",), ("db",)]
)
def test_help_only_imports_the_command_line(command: tuple[str, ...]) -> None:
    loaded = imported(*command, "--help")
    assert loaded & (FETCHING | STORING | PARSING | JOINING | NEVER | COMPUTING | RENDERING | EXPORTING) == set()


def test_two_texts_are_compared_without_store_parser_index_or_network(texts: tuple[str, str]) -> None:
    loaded = imported("compare", *texts)
    assert loaded & (FETCHING | STORING | PARSING | JOINING | NEVER | {"importlib.metadata"}) == set()


def test_a_machine_format_is_written_without_the_terminals_views(texts: tuple[str, str]) -> None:
    assert imported("compare", *texts, "--format", "json") & RENDERING == set()


def test_a_text_is_inspected_without_store_parser_index_or_network(texts: tuple[str, str]) -> None:
    loaded = imported("inspect", texts[0])
    assert loaded & (FETCHING | STORING | PARSING | JOINING | NEVER | {"provenance.match"}) == set()


def test_rules_are_shown_without_store_parser_or_network() -> None:
    loaded = imported("rules", "en.original-source")
    assert loaded & (FETCHING | STORING | PARSING | NEVER | {"py3langid"} | JOINING) == set()
