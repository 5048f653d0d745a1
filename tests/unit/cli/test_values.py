import pytest
import typer

from provenance.cli.messages import Met
from provenance.cli.values import FailOn, fail_on, is_met, size_in_bytes, size_or_none
from provenance.model import Credit, PassageKind
from tests.unit.report import factories as made


@pytest.mark.parametrize(
    ("text", "size"),
    [("1000", 1000), ("32MiB", 32 << 20), ("5 MB", 5_000_000), ("2k", 2048), ("1GiB", 1 << 30), (77, 77), ("3b", 3)],
)
def test_a_size_is_read_in_bytes(text, size):
    assert size_in_bytes(text) == size


@pytest.mark.parametrize("text", ["", "0", "-1", "many", "5 parsecs", "1.5MB", "MiB"])
def test_what_is_no_size_is_refused(text):
    with pytest.raises(typer.BadParameter, match="not a size"):
        size_in_bytes(text)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("uncredited", FailOn(credit=Credit.UNCREDITED)),
        (" Contradicted ", FailOn(credit=Credit.CONTRADICTED)),
        ("derived>=0.5", FailOn(share=0.5)),
        ("derived >= 50 %", FailOn(share=0.5)),
        ("derived>=0", FailOn(share=0.0)),
        ("derived>=100%", FailOn(share=1.0)),
    ],
)
def test_a_finding_to_fail_on_is_read(text, condition):
    assert fail_on(text) == condition


@pytest.mark.parametrize("text", ["", "plagiarism", "derived", "derived>0.5", "derived>=2", "derived>=101%"])
def test_what_is_no_finding_is_refused(text):
    with pytest.raises(typer.BadParameter, match="not uncredited, contradicted or derived>=N"):
        fail_on(text)


def test_a_share_is_met_from_its_threshold_on():
    verdict = made.verdict(made.REWRITE.id, 0.62)
    assert is_met(fail_on("derived>=0.62"), verdict)
    assert not is_met(fail_on("derived>=63%"), verdict)


def test_where_nothing_could_be_measured_the_certain_part_counts():
    verdict = made.verdict(made.ADMITTED.id, None, interval=(0.3, 1.0))
    assert is_met(fail_on("derived>=30%"), verdict)
    assert not is_met(fail_on("derived>=31%"), verdict)


def test_a_credit_status_is_met_by_itself_only():
    verdict = made.verdict(made.REWRITE.id, 0.62, credit=Credit.UNCREDITED, composition=((PassageKind.EDITED, 0.62),))
    assert is_met(fail_on("uncredited"), verdict)
    assert not is_met(fail_on("contradicted"), verdict)


def test_a_limit_of_memory_may_be_none() -> None:
    assert [size_or_none(text) for text in (0, " 0 ", "1KiB")] == [0, 0, 1024]
    with pytest.raises(typer.BadParameter):
        size_or_none("none")


def test_of_many_that_fail_a_call_three_are_named(capsys):
    verdict = made.verdict(made.REWRITE.id, 0.62)
    met = Met([fail_on("derived>=0.5")])
    for name in "abcde":
        met.add(verdict, name)
    met.report("article", quiet=False)
    assert capsys.readouterr().err == (
        "Exit code 1, as --fail-on asks: derived>=0.5: 5 articles (a, b, c and 2 more)\n"
    )
