"""Planted drifts: invented statements, each with a sound rewrite and rewrites in which one fact has moved.

The stories are split in two: rules were tuned on the first half, and the floors below hold on the second.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest

from provenance.model import ArticleId, Drift, DriftKind, Match, Passage, PassageKind, Span
from provenance.score.drift import drift


@dataclass(frozen=True)
class Planted:
    """An upstream sentence, a sound downstream version of it, and faulty ones by the kind of fault.

    A fault is a pair (wording of the sound version, what it became); the sound version has no drift.
    """

    upstream: str
    sound: str
    faults: dict[DriftKind, tuple[str, str]]


N, D, M, G, C, A, Q = (
    DriftKind.NUMBER, DriftKind.DATE, DriftKind.NAME, DriftKind.NEGATION, DriftKind.CERTAINTY, DriftKind.ATTRIBUTION, DriftKind.QUOTE,
)  # fmt: skip

TUNED = [
    Planted(
        "The ferry Alma Reyes ran aground with 214 passengers near Porto Lidell on Tuesday, the harbour office said.",
        "With 214 passengers on board, the ferry Alma Reyes hit the ground off Porto Lidell on Tuesday, according to the harbour office.",
        {N: ("214 passengers", "241 passengers"), D: ("on Tuesday", "on Thursday"), M: ("Lidell", "Lindell")},
    ),
    Planted(
        "Police have not confirmed that the stolen Vermeer sketch was found in a garage in Oststadt.",
        "Whether the stolen Vermeer sketch turned up in an Oststadt garage has not been confirmed by police.",
        {C: ("has not been confirmed by police", "was denied by police"), M: ("Vermeer", "Vermer")},
    ),
    Planted(
        "Tomasz Wend, a geologist at the University of Karlow, said the quarry slope would move again after heavy rain.",
        "The quarry slope will slide again once heavy rain falls, geologist Tomasz Wend said.",
        {A: ("geologist Tomasz Wend said", "experts said")},
    ),
    Planted(
        "The glassworks in Brenn could close in October if gas prices do not fall, its owner said.",
        "If gas does not get cheaper, the Brenn glassworks could shut in October, the owner warned.",
        {C: ("If gas does not get cheaper, the Brenn glassworks could shut in October, the owner warned.", "The Brenn glassworks will shut in October, its owner said.")},
    ),
    Planted(
        "The regatta was not cancelled although a mast broke on the training boat on Friday.",
        "Although a training boat lost its mast on Friday, the regatta was not cancelled.",
        {G: ("was not cancelled", "was cancelled")},
    ),
    Planted(
        "“We will rebuild the mill exactly where it stood, and nowhere else in this valley,” the mayor, Jana Prohl, said.",
        "Mayor Jana Prohl said: “We will rebuild the mill exactly where it stood, and nowhere else in this valley.”",
        {Q: ("exactly where it stood", "far away from where it stood")},
    ),
    Planted(
        "The report appeared two days after the collapse of the grain silo at Hethersett.",
        "Two days after the grain silo collapsed at Hethersett the report came out.",
        {D: ("Two days after", "Weeks after"), M: ("Hethersett", "Hathersett")},
    ),
    Planted(
        "Minister Oda Brandsma is scheduled to visit the flooded pumping station at Kamerik on 4 May.",
        "A visit by minister Oda Brandsma to the flooded Kamerik pumping station is scheduled for 4 May.",
        {C: ("A visit by minister Oda Brandsma to the flooded Kamerik pumping station is scheduled for 4 May.", "Minister Oda Brandsma visited the flooded Kamerik pumping station on 4 May."), D: ("4 May", "14 May")},
    ),
]  # fmt: skip

HELD_OUT = [
    Planted(
        "A landslide buried 38 goats and blocked the road to Santa Verena on Monday, the rescue service said.",
        "The rescue service said that the road to Santa Verena was cut on Monday by a landslide, which also buried 38 goats.",
        {N: ("38 goats", "83 goats"), D: ("on Monday", "on Sunday"), M: ("Verena", "Verona")},
    ),
    Planted(
        "The museum in Holmgard bought 1,450 botanical drawings for 620,000 kroner, its director Petra Aalund said.",
        "Holmgard's museum has paid 620,000 kroner for 1,450 botanical drawings, said director Petra Aalund.",
        {N: ("1,450 botanical", "1,540 botanical"), A: ("said director Petra Aalund", "officials said")},
    ),
    Planted(
        "The brewery did not pay its barley suppliers in March, according to court papers.",
        "Court papers show that the brewery did not pay the suppliers of its barley in March.",
        {G: ("did not pay", "paid"), D: ("in March", "in May")},
    ),
    Planted(
        "The airline has denied that its pilots flew over the Sollan volcano during the eruption.",
        "That its pilots flew over the erupting Sollan volcano is denied by the airline.",
        {C: ("is denied by the airline", "has been confirmed by the airline")},
    ),
    Planted(
        "Iris Okafor-Lund, who studies eels at the Marine Institute, said the river had lost two thirds of its stock.",
        "Two thirds of the eel stock in the river are gone, said Iris Okafor-Lund, who studies the fish.",
        {A: ("said Iris Okafor-Lund, who studies the fish", "scientists said")},
    ),
    Planted(
        "The orchestra might sell its rehearsal hall in Dorn to pay for a new organ, the chairman said.",
        "To pay for a new organ, the orchestra might sell the rehearsal hall it has in Dorn, its chairman said.",
        {C: ("might sell", "will sell")},
    ),
    Planted(
        "“The bridge is older than the town and will outlive every one of us,” engineer Milan Hrast told the council.",
        "“The bridge is older than the town and will outlive every one of us,” Milan Hrast, an engineer, told councillors.",
        {Q: ("will outlive every one of us", "will not survive another winter"), M: ("Hrast", "Hrost")},
    ),
    Planted(
        "No survivors had been found on the trawler Nordlys three hours after the explosion, the coastguard said.",
        "Three hours after the blast the coastguard said no survivors had been found on the trawler Nordlys.",
        {G: ("no survivors had been found", "survivors had been found"), D: ("Three hours after the blast", "Days after the blast")},
    ),
    Planted(
        "The tax office will refund about 12,000 households by 30 September after a software error.",
        "After an error in its software the tax office is to refund about 12 thousand households by 30 September.",
        {D: ("30 September", "13 September"), N: ("12 thousand households", "21 thousand households")},
    ),
    Planted(
        "Teresa Vilanova, head of the pharmacists' union, said 61 percent of its members had voted for a strike in Cardona.",
        "In Cardona 61 percent of the members of the pharmacists' union voted for a strike, said its head, Teresa Vilanova.",
        {N: ("61 percent", "16 percent"), M: ("Vilanova", "Villanueva"), A: ("said its head, Teresa Vilanova", "analysts said")},
    ),
    Planted(
        "The ministry is due to publish the radiation readings from the Velm reactor next Thursday.",
        "Radiation readings from the Velm reactor are due to be published by the ministry next Thursday.",
        {C: ("Radiation readings from the Velm reactor are due to be published by the ministry next Thursday.", "The ministry published the radiation readings from the Velm reactor on Thursday."), D: ("next Thursday", "next Tuesday")},
    ),
    Planted(
        "Harvest teams in Ostrava county picked seven million apples in the first week, a farmers' league said.",
        "A league of farmers said that teams in Ostrava county had picked seven million apples in the first week of harvest.",
        {N: ("seven million apples", "nine million apples")},
    ),
]  # fmt: skip

CONTROLS = [
    ("The council approved the budget of 4.2 million crowns late on Friday after a long debate.",
     "After debating for hours, the council passed its 4.2 million crown budget on Friday night."),
    ("About 12,400 people live below the reservoir at Tarn, the county said in a statement.",
     "Some 12,000 people live below the Tarn reservoir, according to a statement by the county."),
    ("Neither the club nor the player Sergey Malin has acknowledged the transfer talks.",
     "Neither the player, Sergei Malin, nor his club acknowledges the talks on a transfer."),
    ("“It is a good day for the whole valley and for the people who never gave up,” Ada Quill said.",
     "Ada Quill spoke of “a good day for the whole valley”."),
    ("The harbour will not reopen before spring, port director Emil Rask said on Wednesday.",
     "Port director Emil Rask said on Wednesday that the harbour would stay shut until spring."),
    ("Twelve climbers from Georgia were rescued from the north face after two nights in the snow.",
     "Rescuers brought 12 Georgian climbers down from the north face, where they had spent two nights."),
    ("The union, with 3,000 members, rejected the offer; the rail company employs 18,000 people.",
     "The rail company, an employer of 18,000, saw its offer rejected by a union of 3,000."),
    ("The suspect was allegedly seen near the depot in Halden before the fire broke out.",
     "Before the Halden fire the suspect was reportedly seen close to the depot."),
    ("The cooperative could sell its orchard near Lisk next year, its chair Odile Brun said.",
     "Next year might see the cooperative sell the orchard near Lisk, said its chair, Odile Brun."),
    ("The clinic opened on 3 June with 40 beds; a second wing with 25 beds follows in August.",
     "A 40-bed clinic has been open since June 3, and 25 more beds in a second wing are due in August."),
]  # fmt: skip


def match_of(downstream: str, upstream: str) -> Match:
    """Make the match an aligner would: one rewritten passage from end to end."""
    passage = Passage(
        PassageKind.REWRITTEN, Span(0, len(downstream)), Span(0, len(upstream)), 0.6,
        len(downstream.split()), len(upstream.split()),
    )  # fmt: skip
    return Match(ArticleId("below"), ArticleId("above"), (passage,), passage.left_words, passage.right_words, 0.1, 0.1)


def drifts(downstream: str, upstream: str, languages: tuple[str | None, str | None] = ("en", "en")) -> list[Drift]:
    return list(
        drift(
            match_of(downstream, upstream),
            downstream_text=downstream,
            upstream_text=upstream,
            downstream_language=languages[0],
            upstream_language=languages[1],
        )
    )


def measured(stories: list[Planted]) -> tuple[Counter[str], list[str]]:
    """Count planted, found, reported and right drifts; and list what went wrong."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for story in stories:
        for kind, (sound, faulty) in story.faults.items():
            assert story.sound.count(sound) == 1, (sound, story.sound)
            came = drifts(story.sound.replace(sound, faulty), story.upstream)
            counts[f"{kind} planted"] += 1
            hits = [one for one in came if one.kind is kind]
            counts[f"{kind} found"] += bool(hits)
            counts["planted"] += 1
            counts["found"] += bool(hits)
            counts["reported"] += len(came)
            counts["right"] += bool(hits)
            if not hits or len(came) > 1:
                wrong.append(f"{kind}: {faulty!r} gave {[(one.kind.value, one.before, one.after) for one in came]}")
        came = drifts(story.sound, story.upstream)
        counts["reported"] += len(came)
        wrong.extend(f"sound: {one.kind.value} {one.before!r} -> {one.after!r}" for one in came)
    return counts, wrong


def test_planted_drifts_of_stories_nobody_tuned_on_are_found_with_few_false_ones():
    counts, wrong = measured(HELD_OUT)
    assert counts["planted"] >= 20
    assert counts["right"] / counts["reported"] >= 0.85, wrong
    assert counts["found"] / counts["planted"] >= 0.8, wrong


@pytest.mark.parametrize("kind", list(DriftKind))
def test_every_kind_is_found_more_often_than_not(kind):
    counts, wrong = measured([*TUNED, *HELD_OUT])
    assert counts[f"{kind} found"] > counts[f"{kind} planted"] / 2, wrong


@pytest.mark.parametrize(("upstream", "downstream"), CONTROLS)
def test_a_sound_rewrite_has_no_drift(upstream, downstream):
    assert drifts(downstream, upstream) == []


def test_sound_versions_of_all_stories_have_no_drift():
    assert [one for story in (*TUNED, *HELD_OUT) for one in drifts(story.sound, story.upstream)] == []


def test_sentences_about_different_things_have_no_drift():
    stories = [*TUNED, *HELD_OUT]
    came = [
        one
        for story in stories
        for other in stories
        if story is not other
        for one in drifts(story.sound, other.upstream)
    ]
    assert came == []


def test_both_wordings_stand_verbatim_at_their_places():
    story = HELD_OUT[0]
    downstream = story.sound.replace("38 goats", "83 goats")
    (found,) = drifts(downstream, story.upstream)
    assert found.kind is DriftKind.NUMBER
    assert found.downstream.span.of(downstream) == found.after == "83 goats"
    assert found.upstream.span.of(story.upstream) == found.before == "38 goats"
    assert (found.downstream.article, found.upstream.article) == ("below", "above")


def test_reports_come_in_order_of_the_downstream_text():
    story = HELD_OUT[0]
    downstream = story.sound.replace("38 goats", "83 goats").replace("on Monday", "on Sunday")
    found = drifts(downstream, story.upstream)
    assert [one.downstream.span for one in found] == sorted(one.downstream.span for one in found)
    assert {one.kind for one in found} == {DriftKind.NUMBER, DriftKind.DATE}


def test_a_text_drifts_in_nothing_from_itself():
    text = "\n".join(story.upstream for story in HELD_OUT)
    assert drifts(text, text) == []


def test_the_last_word_of_a_copied_sentence_is_looked_at():
    upstream = "The old lighthouse keeper handed over the keys of the tower and left the island on Monday."
    downstream = upstream.replace("Monday", "Friday")
    end = upstream.index(" Monday")
    passage = Passage(PassageKind.VERBATIM, Span(0, end), Span(0, end), 1.0, 15, 15)
    match = Match(ArticleId("below"), ArticleId("above"), (passage,), 16, 16, 0.9, 0.9)
    found = list(
        drift(
            match, downstream_text=downstream, upstream_text=upstream, downstream_language="en", upstream_language="en"
        )
    )
    assert [(one.kind, one.before, one.after) for one in found] == [(DriftKind.DATE, "Monday", "Friday")]


@pytest.mark.parametrize("written", ["12,000", "12 000", "12\u202f000", "12.000", "12 thousand", "twelve thousand"])
def test_one_number_in_many_writings_is_one_number(written):
    upstream = "The strike at the quarry in Molde cost 12,000 workers their pay for the whole of March."
    languages = ("de", "en") if written == "12.000" else ("en", "en")
    assert drifts(upstream.replace("12,000", written).replace("cost", "took from"), upstream, languages) == []


def test_names_and_numbers_are_compared_across_languages():
    upstream = "Engineer Ruta Salme said the tunnel under the Vaike strait would cost 580 million euros."
    downstream = "Der Tunnel unter der Vaike-Straße kostet 850 Millionen Euro, sagte die Ingenieurin Ruta Selme."
    found = {(one.kind, one.before, one.after) for one in drifts(downstream, upstream, ("de", "en"))}
    assert {kind for kind, _, _ in found} == {DriftKind.NUMBER, DriftKind.NAME}
    assert (DriftKind.NAME, "Ruta Salme", "Ruta Selme") in found


def test_a_text_without_language_is_compared_by_digits_and_names():
    story = HELD_OUT[0]
    downstream = story.sound.replace("38 goats", "83 goats")
    assert [one.kind for one in drifts(downstream, story.upstream, (None, None))] == [DriftKind.NUMBER]


def test_drift_is_the_same_every_time():
    story = HELD_OUT[9]
    downstream = story.sound.replace("61 percent", "16 percent").replace("Vilanova", "Villanueva")
    assert drifts(downstream, story.upstream) == drifts(downstream, story.upstream)


@pytest.mark.parametrize("text", ["", "1,,,.2 %", "“" * 400, "not " * 300, "12 000 " * 200, "May " * 200])
def test_odd_texts_are_borne(text):
    match = match_of(text or " ", text or " ")
    other = HELD_OUT[0].upstream
    assert drifts(text, text) == [] if text else match
    assert isinstance(drifts(text + ".", other), list)
