"""Reports tell evidence for a direction from evidence for a tie by its kind: what the trace weighs must be listed."""

from provenance.match import SIGNALS
from provenance.model import DIRECTION_KINDS
from provenance.trace import DIRECTION_SIGNALS


def test_every_kind_the_trace_weighs_for_a_direction_is_known_as_such():
    assert set(DIRECTION_SIGNALS) <= DIRECTION_KINDS


def test_no_kind_that_tells_of_a_tie_is_taken_for_one_of_direction():
    assert not DIRECTION_KINDS & set(SIGNALS)
