"""Every input that ever broke a reader, a rule or a function, run again; and a few new ones, the same every time.

What finds them is ``scripts/fuzz``, where atheris can be had; none of this needs it.
"""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from fuzzing import crashers
from fuzzing.__main__ import main
from fuzzing.every import TARGETS
from fuzzing.targets import BrokenPromiseError, Target, promise
from fuzzing.varying import varied

from tests.property.effort import LONG, TIMES

FILES = sorted(path for path in crashers.CRASHERS.rglob("*") if path.is_file() and path.suffix != ".md")
SEEDS = 4
COUNT = 12 * (TIMES if LONG else 1)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_what_once_broke_the_program_breaks_it_no_more(file: Path) -> None:
    TARGETS[file.parent.name].run(file.read_bytes())


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_a_target_keeps_its_promises_for_sound_and_for_damaged_input(target: Target) -> None:
    seeds = target.seeds()[:SEEDS]
    assert seeds
    for data in (*seeds, *varied(seeds, target.words, count=COUNT, seed=9), b""):
        target.run(data)


def fragile(data: bytes) -> None:
    promise(b"x" not in data or b"y" not in data, "x and y never meet")


TIMED = pytest.mark.skipif(not hasattr(signal, "SIGPROF"), reason="this system counts no processor time")
FRAGILE = Target("fragile", fragile, lambda: [b"abc"])


@TIMED
def test_a_broken_promise_is_named_and_cut_down_to_what_breaks_it(tmp_path: Path) -> None:
    data = b"a great deal of x before and after the one y that matters"
    failure = crashers.failure_of(FRAGILE, data)
    assert failure == "BrokenPromiseError: x and y never meet"
    small = crashers.smaller(FRAGILE, data, failure)
    assert sorted(small) == sorted(b"xy")
    assert crashers.keep(tmp_path, "fragile", small).read_bytes() == small


@TIMED
def test_an_error_is_named_after_the_line_of_the_program_it_arose_in() -> None:
    from provenance.score.intervals import jeffreys_interval  # noqa: PLC0415  any function that refuses something

    failure = crashers.failure_of(Target("t", lambda data: jeffreys_interval(1, 0) and None, list), b"")
    assert failure is not None
    assert failure.startswith("ValueError: score/intervals.py:")


@TIMED
def test_an_input_that_takes_too_long_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crashers, "PATIENCE", 0.05)

    def endless(data: bytes) -> None:
        while data:
            pass

    assert crashers.failure_of(Target("t", endless, list), b"x") == "TooSlow: 0.05 seconds and not done"
    assert crashers.failure_of(Target("t", endless, list), b"") is None


def test_inputs_are_varied_in_the_same_way_every_time() -> None:
    once, again = (list(varied([b"seed", b"other"], [b"word"], count=50, seed=3)) for _ in range(2))
    assert once == again
    assert len(set(once)) > 40
    assert any(b"word" in data for data in once)


def test_whoever_breaks_a_promise_says_which() -> None:
    with pytest.raises(BrokenPromiseError, match="x and y never meet"):
        fragile(b"xy")


def test_the_targets_are_listed_and_one_can_be_run_on_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--list"]) == 0
    assert capsys.readouterr().out.split() == list(TARGETS)
    (tmp_path / "input").write_bytes(b"path,url\na.txt,https://post.example/a\n")
    assert main(["manifest", "--run", str(tmp_path / "input")]) == 0
    with pytest.raises(SystemExit):
        main(["manifests", "--run", str(tmp_path / "input")])
    assert "there is no target manifests" in capsys.readouterr().err
