"""The benchmark counts right, measures what a command costs, and closes with one line of JSON."""

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.__main__ import main
from benchmarks.auditing import FORMS, measure_audit
from benchmarks.contenders import PEERS, REQUIREMENTS, ROOT, pinned_version
from benchmarks.corpus import made
from benchmarks.figures import exponents, figures_of, machine
from benchmarks.metering import FailedError, metered
from benchmarks.planting import Kind, Recipe
from benchmarks.scoring import score
from benchmarks.show import as_markdown, put_into
from benchmarks.truth import KINDS, Truth

PAIRS = (
    (0, 1, 500, 1.0, Kind.VERBATIM),
    (0, 2, 30, 0.07, Kind.SMALL),
    (1, 2, 30, 0.07, Kind.INDIRECT),
    (3, 4, 0, 0.0, Kind.QUOTE),
)
TRUTH = Truth(
    left=np.array([pair[0] for pair in PAIRS]),
    right=np.array([pair[1] for pair in PAIRS]),
    words=np.array([pair[2] for pair in PAIRS]),
    share=np.array([pair[3] for pair in PAIRS]),
    kind=np.array([KINDS.index(pair[4]) for pair in PAIRS]),
    wire=np.array([-1, -1, -1, -1, -1, 0, 0, 0, -1, -1]),
    common_quotes=np.array([0, 0, 0, 0, 0, 0, 0, 0, 0b11, 0b10]),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("corpora")


@pytest.fixture(scope="module")
def corpus(folder):
    return made(Recipe(articles=300), folder)


def scored(*pairs):
    found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return score(TRUTH, found[:, 0], found[:, 1])


def test_everything_planted_and_nothing_else_scores_one():
    found = scored((0, 1), (0, 2), (1, 2), (5, 6), (6, 7))
    assert found.recall.value == found.precision.value == found.strict.value == found.wire.value == 1.0
    assert found.pairs == 5


def test_nothing_found_has_no_recall_and_says_nothing_wrong():
    found = scored()
    assert (found.recall.found, found.recall.of) == (0, 3)
    assert found.precision.value == 1.0
    assert (found.wire.found, found.wire.of) == (1, 3)


def test_recall_is_told_by_overlap_and_by_kind():
    found = scored((0, 1), (1, 2))
    assert {name: (each.found, each.of) for name, each in found.by_overlap.items()} == {
        "5%-10%": (1, 2),
        "95%-100%": (1, 1),
    }
    assert {name: each.value for name, each in found.by_kind.items()} == {
        "verbatim": 1.0,
        "small": 0.0,
        "indirect": 1.0,
    }


def test_what_was_taken_from_a_wire_story_counts_against_the_story_and_not_against_its_copies():
    taken = replace(TRUTH, kind=np.where(TRUTH.left == 1, KINDS.index(Kind.BESIDE_WIRE), TRUTH.kind))
    found = score(taken, np.array([0, 0, 1]), np.array([1, 2, 2]))
    assert (found.recall.found, found.recall.of) == (2, 2)
    assert found.precision.value == 1.0
    assert score(taken, np.array([0]), np.array([1])).by_kind["beside wire"].of == 1


def test_a_pair_that_shares_but_a_quotation_counts_neither_way_unless_one_is_strict():
    found = scored((0, 1), (3, 4), (8, 9))
    assert (found.precision.found, found.precision.of) == (1, 1)
    assert (found.strict.found, found.strict.of) == (1, 3)


def test_a_pair_that_shares_nothing_is_wrong():
    found = scored((0, 1), (0, 9))
    assert (found.precision.found, found.precision.of) == (1, 2)


def test_neither_order_nor_repetition_of_pairs_matters_and_an_article_is_no_pair():
    assert scored((2, 0), (0, 2), (1, 0), (3, 3)) == scored((0, 1), (0, 2))


def test_a_wire_story_is_whole_when_a_chain_of_pairs_holds_it_together():
    assert scored((5, 7), (7, 6)).wire.value == 1.0
    assert scored((6, 7)).wire.value == pytest.approx(2 / 3)
    assert scored((5, 9), (9, 7), (6, 9)).wire.value == 1.0


def test_a_pair_with_an_article_of_another_corpus_is_refused():
    with pytest.raises(ValueError, match="none of the 10"):
        scored((0, 10))


def test_a_command_costs_its_time_and_memory_and_those_of_its_children():
    hungry = (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = bytearray(96 << 20); sum(range(10**7))'])"
    )
    cost = metered([sys.executable, "-c", hungry])
    assert cost.peak_mib > 96
    assert cost.cpu_s > 0
    assert cost.wall_s > 0


def test_a_command_is_given_its_folder_and_variables_and_its_output_is_kept(tmp_path):
    code = "import os; print(os.getcwd(), os.environ['WANTED'])"
    cost = metered([sys.executable, "-c", code], environment={"WANTED": "yes"}, folder=tmp_path)
    assert cost.output.split() == [str(tmp_path.resolve()), "yes"]


def test_a_command_that_fails_says_why():
    with pytest.raises(FailedError, match="no luck today"):
        metered([sys.executable, "-c", "raise SystemExit('no luck today')"])
    with pytest.raises(FailedError):
        metered(["a-program-nobody-has"])


def test_the_exponent_of_growth_is_the_slope_on_logarithms():
    assert exponents([10, 100, 1_000], [1.0, 100.0, 10_000.0]) == {"all": 2.0, "last": 2.0}
    bent = exponents([10, 100, 1_000], [1.0, 1.0, 10.0])
    assert bent["last"] == 1.0
    assert bent["all"] == 0.5


def test_the_benchmark_closes_with_one_line_of_json(folder, capsys):
    assert main(["--articles", "300", "--keep", str(folder), "--json"]) == 0
    printed = capsys.readouterr().out
    found = json.loads(printed)
    assert printed.count("\n") == 1
    assert found["articles"] == 300
    assert found["peers"] == {}
    assert {"wall_s", "cpu_s", "peak_mib", "recall", "precision", "wire_recall", "stages_s"} <= set(found["us"])
    assert set(found["us"]["stages_s"]) >= {"fingerprint", "join", "align"}
    assert 0.95 < found["us"]["recall"] <= 1.0
    assert found["us"]["wire_recall"] == 1.0
    assert sum(each["pairs"] for each in found["us"]["recall_by_overlap"].values()) > 50


def test_growth_tells_every_size_and_the_tables_hold_the_figures(folder, capsys):
    assert main(["--growth", "200,300", "--keep", str(folder)]) == 0
    *tables, line = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert [row["articles"] for row in found["growth"]["sizes"]] == [200, 300]
    assert set(found["growth"]["exponents"]) == {"us"}
    assert f"| exponent, all sizes | {found['growth']['exponents']['us']['all']:.2f} |" in tables
    assert any(row.startswith("| us |") and f"{found['us']['recall']:.3f}" in row for row in tables)


def test_a_peer_that_cannot_be_installed_is_reported_and_the_rest_goes_on(corpus):
    found = figures_of(corpus, {"rensa": FailedError("not installed: no connection")}, 1)
    assert found["peers"]["rensa"] == {"version": pinned_version("rensa"), "error": "not installed: no connection"}
    assert "recall" in found["us"]
    assert "failed: not installed: no connection" in as_markdown({**found, "machine": machine()})


def test_tables_take_the_place_of_those_before_them_in_a_page():
    page = (ROOT / "docs" / "explanation" / "speed.md").read_text("utf-8")
    filled = put_into(page, "| a | table |")
    assert "| a | table |" in filled
    assert put_into(filled, "| another |") == put_into(page, "| another |")
    assert filled.startswith("# Speed\n")
    assert "## The articles" in filled


def test_a_page_without_a_place_for_tables_is_refused_before_anything_is_measured(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("# A page\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="2"):
        main(["--into", str(page)])
    assert "no place for figures" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--peers", "nobody"], ["--growth", "1000"], ["--articles", "0"], ["--audit", "x"]])
def test_wrong_usage_is_refused(wrong, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(wrong)
    assert "error:" in capsys.readouterr().err


@pytest.mark.parametrize("form", FORMS)
def test_a_whole_audit_is_measured_and_again_with_a_hundredth_added(corpus, form):
    found = measure_audit(corpus, 20, form)
    assert found["articles"] == 20
    assert found["added"]["articles"] == 1
    assert found["peak_mib"] > 0
    assert found["added"]["share_of_full"] > 0
    assert {"read", "inspect", "match", "store", "report"} <= set(found["stages_s"])
    assert "| whole audit |" in as_markdown({"audit": found, "machine": machine()})


def test_every_peer_is_pinned_by_name_and_version_only():
    lines = [line for line in REQUIREMENTS.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line) for line in lines)
    assert set(PEERS) <= {line.partition("==")[0] for line in lines}


def test_peers_import_nothing_of_the_program():
    modules = [Path(REQUIREMENTS).with_name(name.rpartition(".")[2] + ".py") for name in PEERS.values()]
    assert not any("provenance" in module.read_text("utf-8") for module in modules)
