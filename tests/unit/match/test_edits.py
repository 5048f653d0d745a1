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
    (found,) = align(f"{OWN}\n{quote}", f"“{SOURCE.splitlines()[0]}”").passages
    assert (found.kind, found.left.of(f"{OWN}\n{quote}")) == (PassageKind.QUOTE, quote)


def test_a_quotation_shuffled_with_its_paragraph_is_edited() -> None:
    first, second, *rest = SOURCE.splitlines()
    source = "\n".join([first, second, f"“{rest[1]}”"])
    shuffled = SHUFFLED.splitlines()
    (found,) = edited(align("\n".join([OWN, shuffled[0], shuffled[1], f"“{shuffled[3]}”"]), source))
    assert found.right == Span(0, len(source))


TEXT = body("text", " ".join(["abcd"] * 400))  # a word every five code points


def joined(*passages: Passage) -> list[Passage]:
    return list(united(passages, TEXT, TEXT))


def stretch(first: int, end: int, other: int, kind: PassageKind = PassageKind.EDITED) -> Passage:
    """Give a passage of some words; the counterpart is as long and begins with another word."""
    words = end - first
    here, there = TEXT.place(first, end), TEXT.place(other, other + words)
    return Passage(kind, here, there, 0.8, words, words)


def test_passages_are_united_only_where_they_make_up_one_stretch() -> None:
    (one,) = joined(stretch(0, 18, 20), stretch(18, 36, 0))
    assert (one.left, one.right) == (TEXT.place(0, 36), TEXT.place(0, 38))
    far = [stretch(0, 18, 0), stretch(18, 36, 180)]
    assert joined(*far) == far
    verbatim = [stretch(0, 18, 0), stretch(18, 36, 18, PassageKind.VERBATIM)]
    assert joined(*verbatim) == verbatim


def test_a_quotation_taken_along_with_an_edited_paragraph_is_part_of_it() -> None:
    quote = stretch(20, 50, 0, PassageKind.QUOTE)
    (one,) = joined(stretch(0, 20, 30), quote)
    assert (one.kind, one.left, one.left_words) == (PassageKind.EDITED, TEXT.place(0, 50), 50)
    (one,) = joined(quote, stretch(50, 70, 30))
    assert (one.kind, one.left) == (PassageKind.EDITED, TEXT.place(20, 70))


def test_quotations_with_few_words_of_ones_own_stay_the_speakers() -> None:
    quote, other = stretch(20, 50, 0, PassageKind.QUOTE), stretch(50, 60, 30, PassageKind.QUOTE)
    assert joined(quote, other) == [quote, other]
    said = stretch(8, 20, 30)  # who said it, and where
    assert joined(said, quote) == [said, quote]
    speech = stretch(20, 70, 0, PassageKind.QUOTE)
    introduced = stretch(0, 20, 50)
    assert joined(introduced, speech) == [introduced, speech]


def test_words_of_overlapping_passages_count_once_in_the_united_one() -> None:
    (one,) = joined(stretch(0, 30, 0), stretch(20, 40, 20, PassageKind.QUOTE))
    assert (one.left_words, one.right_words) == (40, 40)
