from __future__ import annotations

from itertools import pairwise

from provenance.match import Body, WordsThenSentences
from provenance.match.edits import united
from provenance.model import ArticleId, Match, Passage, PassageKind, Span

SOURCE = """The lock at Orrin was closed on Monday after divers found a crack in its lower gate.
Repairs will take three weeks and cost 240,000 crowns, the canal board said in a statement.
Forty barges are waiting.
Skippers asked the ministry in Leska for a detour through the old branch near Wendel."""

SHUFFLED = """After divers a crack found in lower gate its the lock on Monday at Orrin was closed.
Board said the canal in a statement repairs 240,000 crowns three weeks will cost and take.
Waiting forty barges are.
Asked skippers the ministry for a detour in Leska the old branch through near Wendel."""

OWN = "Tourists in the harbour of Marrow saw a rare whale on Sunday, a guide told this newspaper."


def body(name: str, text: str) -> Body:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return Body(ArticleId(name), text, tuple(Span(a, b) for a, b in pairwise(starts)), "en")


def align(left: str, right: str) -> Match:
    return WordsThenSentences().align(body("left", left), body("right", right))


def edited(match: Match) -> list[Passage]:
    return [passage for passage in match.passages if passage.kind is PassageKind.EDITED]


def passage(left: tuple[int, int], right: tuple[int, int], kind: PassageKind = PassageKind.EDITED) -> Passage:
    return Passage(kind, Span(*left), Span(*right), 0.8, 10, 10)


def test_a_paragraph_with_its_words_shuffled_is_one_edited_passage() -> None:
    (found,) = edited(align(f"{OWN}\n{SHUFFLED}", SOURCE))
    assert found.left == Span(len(OWN) + 1, len(OWN) + 1 + len(SHUFFLED))
    assert found.right == Span(0, len(SOURCE))


def test_sentences_in_another_order_are_found_as_well() -> None:
    backwards = "\n".join(reversed(SHUFFLED.splitlines()))
    (found,) = edited(align(backwards, SOURCE))
    assert (found.left, found.right) == (Span(0, len(backwards)), Span(0, len(SOURCE)))


def test_a_short_sentence_counts_only_beside_an_edited_one() -> None:
    short = SHUFFLED.splitlines()[2]
    assert edited(align(f"{OWN}\n{short}", SOURCE)) == []
    assert short in edited(align(SHUFFLED, SOURCE))[0].left.of(SHUFFLED)


def test_sentences_that_only_share_their_subject_are_no_edits() -> None:
    report = "A crack closed the lock at Orrin; the canal board expects to spend 240,000 crowns by December."
    assert edited(align(report, SOURCE)) == []


def test_a_shuffled_quotation_is_the_speakers() -> None:
    quote = "“The lock on Monday was closed at Orrin after divers found in its lower gate a crack.”"
    assert edited(align(f"{OWN}\n{quote}", f"“{SOURCE.splitlines()[0]}”")) == []


def test_passages_are_united_only_where_they_make_up_one_stretch() -> None:
    near = [passage((0, 90), (100, 190)), passage((91, 180), (0, 95))]
    assert [(one.left, one.right) for one in united(near)] == [(Span(0, 180), Span(0, 190))]
    far = [passage((0, 90), (0, 90)), passage((91, 180), (900, 990))]
    assert list(united(far)) == far
    verbatim = [passage((0, 90), (0, 90)), passage((91, 180), (91, 180), PassageKind.VERBATIM)]
    assert list(united(verbatim)) == verbatim
