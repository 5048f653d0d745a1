"""Reports tell evidence for a direction from evidence for a tie by its kind: what the trace makes must be listed."""

import ast
from pathlib import Path

import provenance.trace
from provenance.match import SIGNALS
from provenance.model import DIRECTION_KINDS
from provenance.trace import DIRECTION_SIGNALS


def kinds_written_in_the_trace():
    """Give the kinds of evidence that the trace names in its code, besides those of its mapping."""
    files = Path(provenance.trace.__file__).parent.rglob("*.py")
    calls = (
        node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)
    )
    made = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Evidence" and call.args)
    return {call.args[0].value for call in made if isinstance(call.args[0], ast.Constant)}


def test_the_kinds_of_direction_evidence_are_those_the_trace_makes():
    assert set(DIRECTION_SIGNALS) | kinds_written_in_the_trace() == DIRECTION_KINDS


def test_no_kind_that_tells_of_a_tie_is_taken_for_one_of_direction():
    assert not DIRECTION_KINDS & set(SIGNALS)
