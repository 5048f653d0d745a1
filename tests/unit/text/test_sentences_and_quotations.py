from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from provenance.model import Span
from provenance.text.quotations import quotations
from provenance.text.sentences import MAX_SENTENCE, sentences
from provenance.text.terms import stem, term_weight, word_terms
from provenance.text.tokens import tokenise
from provenance.text.words import fold


def split(text: str, language: str | None = "en") -> list[str]:
    return [place.of(text) for place in sentences(text, Span(0, len(text)), language=language)]


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert split("The U.S. navy left at 5 p.m. on Friday. Nobody saw it.") == [
        "The U.S. navy left at 5 p.m. on Friday.",
        "Nobody saw it.",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [("港口关闭了。工人罢工。", "zh"), ("المرفأ مغلق؟ نعم.", "ar"), ("बंदरगाह बंद है। मजदूर हड़ताल पर हैं।", "hi")],
)
def test_terminators_of_other_scripts_end_a_sentence(text: str, language: str) -> None:
    assert len(split(text, language)) == 2


def test_offsets_are_into_the_whole_text_also_beyond_the_basic_plane() -> None:
    text = "😀😀 Title\nThe 😀 crane fell. It was old."
    places = sentences(text, Span(9, len(text)), language="en")
    assert [place.of(text) for place in places] == ["The 😀 crane fell.", "It was old."]


def test_a_run_without_a_full_stop_is_cut() -> None:
    text = "word " * 600
    assert all(len(place) <= MAX_SENTENCE for place in sentences(text, Span(0, len(text)), language="en"))


@pytest.mark.parametrize(
    "quoted",
    ["“we were not told”", '"we were not told"', "«nous ne savions pas»", "„wir wussten nichts“", "「知りません」"],
)
def test_quotation_marks_of_many_languages_are_known(quoted: str) -> None:
    text = f"He said {quoted} and left."
    assert [place.of(text) for place in quotations(text)] == [quoted]


def test_an_apostrophe_opens_no_quotation() -> None:
    assert quotations("The workers’ union and the owners’ club met.") == []


def test_a_stray_mark_does_not_swallow_the_next_paragraph() -> None:
    assert (
        quotations('A 6" pipe burst.\nShe said "run for it" twice.')[-1].of(
            'A 6" pipe burst.\nShe said "run for it" twice.'
        )
        == '"run for it"'
    )


def test_rare_words_weigh_more_than_common_ones() -> None:
    assert term_weight("ferry", "en") > term_weight("police", "en") > term_weight("the", "en") == 0.0


def test_stems_join_the_forms_of_a_word() -> None:
    assert stem("launched", "en") == stem("launches", "en")
    assert stem("launched", None) == "launched"


def telling(text: str, language: str) -> list[str]:
    tokens = tokenise([text])
    follows = np.concatenate(([False], tokens.starts[1:] == tokens.ends[:-1]))
    written = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    terms = word_terms(tokens.hashes, follows, lambda at: fold(written[at]), language)
    return [word for word, weight in zip(written, terms.weights, strict=True) if weight]


def test_grammar_words_are_no_terms() -> None:
    terms = telling("The ferry Ondina left the port of Calder with 212 people.", "en")
    assert {"Ondina", "Calder", "212"} <= set(terms)
    assert {"The", "the", "of", "with"}.isdisjoint(terms)


def test_forms_of_one_stem_are_one_term() -> None:
    tokens = tokenise(["launched launches launch"])
    written = ["launched", "launches", "launch"]
    terms = word_terms(tokens.hashes, np.zeros(3, dtype=np.bool_), written.__getitem__, "en")
    assert len(set(terms.numbers.tolist())) == 1


def test_terms_of_an_unspaced_script_are_pairs_of_neighbours() -> None:
    assert telling("港口。关闭 ab", "zh") == ["港", "关", "ab"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We were told on Friday.\n“Nobody came,” she said.", ["“We were told on Friday.", "“Nobody came,”"]),
        ("and nobody came,” she said.", ["and nobody came,”"]),
        ('She said: "We were told on Friday.', ['"We were told on Friday.']),
        ('and nobody came," she said.', ['and nobody came,"']),
        ('The 12" screen cost more than before.', []),
    ],
)
def test_a_quotation_over_several_paragraphs_is_followed(text: str, quoted: list[str]) -> None:
    assert [place.of(text) for place in quotations(text)] == quoted


@pytest.mark.parametrize("text", ["!\u0340", "He left!\u0340 She stayed.", "One.\u0301Two.\u0341"])
def test_sentences_stay_apart_where_a_mark_is_put_on_the_sign_that_ends_one(text):
    found = sentences(text, Span(0, len(text)), language="en")
    assert all(one.start < one.end <= other.start for one, other in pairwise([*found, Span(len(text), len(text))]))
