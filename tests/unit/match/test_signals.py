from __future__ import annotations

from itertools import pairwise, product

import pytest

from provenance.match import SIGNALS, Body, WordsThenSentences
from provenance.model import ArticleId, Span
from provenance.score import load_strength_model

SOURCE = """Fire destroyed the old cannery on Wharf Street in Tallow Bay early on Sunday, the district brigade said.
A night watchman, Osric Benn, smelled smoke in the boiler room at about 3.40 a.m. and raised the alarm.
Ninety firefighters from four stations pumped water from the harbour for six hours before the roof gave way.
The building had stood empty since the last sardine season in 1988 and was to be turned into a hotel.
Its owner, Larkspur Holdings, had been granted planning permission only eleven days ago, over the protests of neighbours.
Investigators took samples of a liquid found beside a broken cellar window to the laboratory in Quenby.
Damage to the listed facade is put at 2.3 million; the crane of 1911 beside it was saved.
Schools on the hill stay closed on Monday because ash has fallen on their playgrounds."""

REWRITE = """The disused cannery in Tallow Bay's Wharf Street burned down in the small hours of Sunday, according to the
district brigade. Watchman Osric Benn noticed smoke coming from the boiler room around 3.40 a.m. and called for help.
Some ninety firefighters, drawn from four stations, drew harbour water for six hours until the roof collapsed.
No sardine has been packed there since 1988, and plans were to make the empty building a hotel.
Larkspur Holdings, the owner, obtained its planning permission just eleven days earlier although neighbours had protested.
A liquid discovered by a smashed cellar window was sampled by investigators and sent to the Quenby laboratory.
The protected facade suffered damage estimated at 2.3 million, while the neighbouring crane from 1911 survived.
Because of ash on playgrounds, schools up the hill will not open on Monday."""

INDEPENDENT = """“I heard a bang and then the whole sky was orange,” says Petra Voss, who lives across the water.
Like dozens of others she was told to keep her windows shut while Tallow Bay counted the cost of its worst blaze in years.
Mayor Idris Holm promised residents a public meeting on Thursday about the future of the waterfront.
Police would not say whether arson is suspected at the former cannery, which Larkspur Holdings bought last spring.
Campaigners who fought the hotel scheme denied any part in it and laid flowers at the gate in Wharf Street.
Trains on the coastal line ran again by noon, and the brigade left two engines to watch for embers overnight.
For Osric Benn, the watchman, it was the last shift before his pension: “I just ran.”
The cannery once employed four hundred women, whose songs are still sung at the harbour fair."""

UNRELATED = """The national orchestra will tour six towns in autumn with a programme of chamber works.
Tickets go on sale on 4 May; pensioners pay half. Conductor Mirela Stane called it a homecoming."""

STUBS = (
    "The cannery in Tallow Bay burned down on Sunday. Nobody was hurt, the brigade said.",
    "Police in Tallow Bay are looking for witnesses of the fire at the cannery on Sunday.",
)

QUOTED = f"“{' '.join(SOURCE.split())}”"

TEXTS = (SOURCE, REWRITE, INDEPENDENT, UNRELATED, *STUBS, QUOTED, "", "١٢٣ — ؟", "火" * 40)

WEIGHED = tuple(load_strength_model().weights)


def body(text: str, language: str | None = "en") -> Body:
    edges = [0]
    for line in text.splitlines(keepends=True):
        edges.append(edges[-1] + len(line))
    return Body(ArticleId("a"), text, tuple(Span(a, b) for a, b in pairwise(edges)), language)


def signals(left: str, right: str) -> dict[str, float]:
    return dict(WordsThenSentences().align(body(left), body(right)).signals)


def strength(left: str, right: str) -> float:
    return load_strength_model().strength(signals(left, right))


@pytest.mark.parametrize("name", [name for name in WEIGHED if name not in {"copied-words", "enough-text"}])
def test_a_rewrite_scores_higher_than_an_independent_report(name: str) -> None:
    assert signals(REWRITE, SOURCE)[name] > signals(INDEPENDENT, SOURCE)[name] + 0.15


def test_copied_words_count_from_a_phrase_to_a_paragraph() -> None:
    paragraph = "\n".join(SOURCE.splitlines()[:3])
    assert signals(f"{UNRELATED}\n{paragraph}", SOURCE)["copied-words"] == 1.0
    assert signals(INDEPENDENT, SOURCE)["copied-words"] == 0.0


def test_a_sentence_one_text_says_twice_and_the_other_once_counts_once_from_either_side() -> None:
    sentence = SOURCE.splitlines()[0]
    once, twice = f"{UNRELATED}\n{sentence}", f"{sentence}\n{INDEPENDENT}\n{sentence}"
    copied = signals(f"{UNRELATED}\n{sentence}", SOURCE)["copied-words"]
    assert 0.0 < copied < 1.0
    assert signals(once, twice)["copied-words"] == pytest.approx(copied)
    assert signals(twice, once)["copied-words"] == pytest.approx(copied)


@pytest.mark.parametrize(("left", "right"), list(product(TEXTS, repeat=2)))
def test_every_signal_is_between_nothing_and_all_whatever_the_texts(left: str, right: str) -> None:
    assert all(0.0 <= value <= 1.0 for value in signals(left, right).values())


@pytest.mark.parametrize(
    ("left", "right"), [(REWRITE, SOURCE), (INDEPENDENT, SOURCE), (STUBS[0], SOURCE), (QUOTED, REWRITE)]
)
def test_every_signal_is_the_same_from_either_side(left: str, right: str) -> None:
    assert signals(left, right) == pytest.approx(signals(right, left))


def test_a_rewrite_is_told_from_an_independent_report_of_the_same_event() -> None:
    assert strength(REWRITE, SOURCE) > 0.9
    assert strength(INDEPENDENT, SOURCE) < 0.25


def test_little_text_proves_little() -> None:
    opening, other = (" ".join(text.split()[:14]) for text in (SOURCE, REWRITE))
    assert signals(opening, other)["enough-text"] < 0.2
    assert strength(*STUBS) < 0.8


def test_the_order_of_the_source_is_what_counts() -> None:
    turned = ". ".join(reversed(REWRITE.replace("\n", " ").split(". ")))
    assert strength(turned, SOURCE) < 0.5 < strength(REWRITE, SOURCE)


def test_a_text_that_is_all_quotation_is_compared_all_the_same() -> None:
    assert strength(QUOTED, REWRITE) > 0.9


def test_names_in_common_alone_do_not_tie() -> None:
    names = "Osric Benn, Larkspur Holdings, Tallow Bay, Wharf Street, Quenby"
    assert strength(f"{UNRELATED}\nAlso in the programme: {names}.", SOURCE) < 0.25


def test_every_weighed_signal_is_measured_and_explained() -> None:
    assert set(WEIGHED) <= SIGNALS.keys()
    assert all(len(SIGNALS[name].__doc__ or "") > 80 for name in WEIGHED)
