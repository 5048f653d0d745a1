"""The evaluation over labelled data elsewhere: a scorer of its own, corpora that may be missing, one table."""

import json
import textwrap

import pytest
from evaluation.__main__ import main
from evaluation.measures import Bar, Better, Measure
from evaluation.show import as_markdown

SCORER = """
import json, sys
match sys.argv[1:]:
    case ["records", "attribution", gold]:
        print(json.dumps({"id": "a", "text": "The ferry sailed.\\\\nOriginal Source: www.example.com"}))
    case ["attribution", gold, output]:
        said = [json.loads(line) for line in open(output, encoding="utf-8")]
        assert [each["id"] for each in said] == ["a"]
        print("some words first")
        print(json.dumps({"upstream": {"F1": 0.98, "P": 1.0}, "false_positive_rate": 0.5, "spans": {"F1": 0.1}, "missing": 0}))
    case _:
        sys.exit("not asked for")
"""


@pytest.fixture
def labelled(tmp_path):
    data = tmp_path / "data"
    (data / "attribution-gold").mkdir(parents=True)
    (data / "attribution-gold" / "dev.jsonl").write_text("{}\n")
    scorer = tmp_path / "scorer.py"
    scorer.write_text(textwrap.dedent(SCORER).replace("\\\\n", "\\n"))
    return ["--data", str(data), "--scorer", str(scorer)]


def measured(capsys):
    return json.loads(capsys.readouterr().out)


def test_a_task_runs_the_program_and_holds_the_score_against_its_bar(labelled, capsys):
    assert main([*labelled, "attribution", "--json"]) == 0
    found = {each["measure"]: each for each in measured(capsys)["measures"]}
    assert (found["upstream F1"]["value"], found["upstream F1"]["reached"]) == (0.98, True)
    assert (found["false-positive rate"]["better"], found["false-positive rate"]["reached"]) == ("lower", False)
    assert found["upstream F1"]["seconds"] > 0


def test_a_corpus_that_is_not_there_is_named_and_is_no_success(labelled, capsys):
    assert main([*labelled, "linking", "--json"]) == 3
    assert [each["corpus"] for each in measured(capsys)["missing"]] == ["llm_rewrite_news", "wmt_translated_news"]


def test_a_scorer_that_fails_costs_its_corpus_only(labelled, tmp_path, capsys):
    (tmp_path / "data" / "seeds-gold").mkdir()
    (tmp_path / "data" / "seeds-gold" / "gold.jsonl").write_text("{}\n")
    assert main([*labelled, "lines", "attribution"]) == 3
    captured = capsys.readouterr()
    assert "upstream F1" in captured.out
    assert "lines on seeds-gold: the scorer ended with 1" in captured.err


@pytest.mark.parametrize("arguments", [["no-such-task"], []])
def test_a_wrong_call_is_told_apart(arguments, monkeypatch):
    monkeypatch.delenv("PROVENANCE_DATA", raising=False)
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_the_table_for_the_documentation_names_a_corpus_once():
    measures = [Measure("lines", "pages", "body F1", 0.5, 1.0), Measure("lines", "pages", "missing", 2, 1.0)]
    bars = {measures[0].key: Bar(Better.HIGHER, aim=0.9, known=0.25, by="others")}
    rows = as_markdown(measures, bars).splitlines()[2:]
    assert rows == ["| lines | pages | body F1 | 0.500 | ≥ 0.900 | 0.250 (others) |", "|  |  | missing | 2 |  |  |"]
