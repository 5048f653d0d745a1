"""The documentation is true: generated parts are current, commands print what is shown, links lead somewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from documentation.console import Terminal
from documentation.generators import generate
from documentation.pages import ROOT, matches, pages, read_console, with_generated

PAGES = pages()
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n((?:from|import) .*?)```", re.DOTALL)


def name_of(page):
    return str(page.relative_to(ROOT))


def with_console(page):
    return CONSOLE.search(page.read_text("utf-8")) is not None


def slug(heading):
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def anchors(page):
    text = FENCE.sub("", page.read_text("utf-8"))
    return {slug(line.lstrip("#")) for line in text.splitlines() if line.startswith("#")}


def links(page):
    return LINK.findall(CODE.sub("", FENCE.sub("", page.read_text("utf-8"))))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_of_a_page_leads_somewhere(page):
    for link in links(page):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} is not there"
        assert target.is_relative_to(ROOT), f"{link} leads out of the project"
        if anchor:
            assert anchor in anchors(target), f"{link}: no heading {anchor}"


@pytest.mark.parametrize("page", [page for page in PAGES if "<!-- generated:" in page.read_text("utf-8")], ids=name_of)
def test_the_generated_parts_of_a_page_are_current(page):
    text = page.read_text("utf-8")
    assert with_generated(text, generate) == text, "stale: run scripts/document"


@pytest.mark.parametrize("page", [page for page in PAGES if with_console(page)], ids=name_of)
def test_every_command_of_a_page_prints_what_the_page_shows(page):
    with Terminal.opened() as terminal:
        for block in CONSOLE.findall(page.read_text("utf-8")):
            for shown in read_console(block):
                printed = terminal.run(shown.command)
                told = "\n".join(printed)
                assert matches(shown.output, printed), f"$ {shown.command}\n{told}\n\nstale: run scripts/document"


@pytest.mark.parametrize("page", [page for page in PAGES if PYTHON.search(page.read_text("utf-8"))], ids=name_of)
def test_every_python_example_runs(page, tmp_path):
    for example in PYTHON.findall(page.read_text("utf-8")):
        (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", example],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_every_page_is_reached_from_the_readme():
    reached, todo = set(), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        reached.add(page)
        local = (link.partition("#")[0] for link in links(page) if not link.startswith("https://"))
        targets = {(page.parent / link).resolve() for link in local if link.endswith(".md")}
        todo += [target for target in targets if target.is_file() and target not in reached]
    assert set(PAGES) <= reached


def test_every_page_of_the_documentation_named_in_the_code_exists():
    missing = []
    for file in [*(ROOT / "provenance").rglob("*.py"), *(ROOT / "provenance").rglob("*.toml")]:
        named = re.findall(r"docs/[\w/-]+\.md", file.read_text("utf-8"))
        missing += [(name_of(file), page) for page in named if not (ROOT / page).is_file()]
    assert not missing


@pytest.mark.parametrize("script", ["demo", "test", "check", "evaluate", "bench", "document"])
def test_every_script_people_run_is_executable_and_in_the_readme(script):
    file = ROOT / "scripts" / script
    assert os.access(file, os.X_OK)
    assert f"scripts/{script}" in (ROOT / "README.md").read_text("utf-8")


def test_no_page_names_a_place_on_somebodys_machine():
    for page in PAGES:
        assert not re.search(r"(?<![\w.])/(?:home|root|tmp|work)/", page.read_text("utf-8")), name_of(page)


@pytest.mark.parametrize(
    ("shown", "printed", "fits"),
    [
        ((), ("anything",), True),
        (("a", "b"), ("a", "b"), True),
        (("a", "b"), ("a", "c"), False),
        (("a", "…"), ("a",), False),
        (("a", "…"), ("a", "b", "c"), True),
        (("a", "…", "c"), ("a", "c"), True),
        (("a", "…", "c"), ("a", "b", "b", "c"), True),
        (("…", "c"), ("a", "b", "c"), True),
        (("a.", "…"), ("ab", "c"), False),
    ],
)
def test_an_ellipsis_stands_for_any_lines_and_nothing_else_does(shown, printed, fits):
    assert matches(shown, printed) is fits


def test_pins_hold_names_and_versions_only():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert pins
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", pin) for pin in pins)


def test_the_continuous_integration_runs_the_tests_people_run():
    assert "scripts/test" in Path(ROOT / ".ci" / "run").read_text("utf-8")
