"""Generated lineages: what is called true is true of the texts, counting is right, and the command ends with its object."""

import json
from collections import Counter
from itertools import combinations, pairwise
from random import Random

import pytest
from evaluation.__main__ import main
from lineages.drafts import report
from lineages.events import HELD_OUT, PARTS, TUNING, VOICES, invented
from lineages.kinds import KINDS
from lineages.measuring import Lineages, audits
from lineages.operators import (
    COPIED,
    EDITED,
    LEAST_SENTENCES,
    REWRITTEN,
    TRIMMED,
    cut,
    dropped,
    local_paragraphs,
    moved,
    rewritten,
)
from lineages.pages import Stamp
from lineages.rewording import joined, nameless, parted, rounded, with_shorter_quotation
from lineages.scoring import Tally, judged, totals
from lineages.show import as_object, mistakes

WANTED = {"direction_accuracy_dated", "direction_accuracy_undated", "abstained", "origins_inside", "edge_F1"}


TWICE = 2 * len(KINDS)


def made(part=TUNING, seed=0, families=TWICE):
    return [family for batch in audits(part, families, seed) for family in batch]


FAMILIES = made()


def origins(member):
    return {origin for place in member.page.places for origin in place.origins}


def of_kind(kind):
    return next(family for family in FAMILIES if family.kind == kind)


# The generator


def test_every_kind_is_made_equally_often():
    assert Counter(family.kind for family in FAMILIES) == dict.fromkeys(KINDS, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_article_has_from_elsewhere_stands_in_what_it_was_made_from(kind):
    for family in (one for one in FAMILIES if one.kind == kind):
        members = {member.id: member for member in family.members}
        for member in family.members:
            above = set().union(*(origins(members[parent]) for parent in member.parents))
            if not member.parents:
                continue
            for parent in member.parents:
                assert len(origins(member) & origins(members[parent])) >= 3
            foreign = {one for one in origins(member) - above if one.rpartition(":")[0] in member.sources}
            assert not foreign


def test_an_edge_is_seen_in_the_texts():
    shares = []
    for family in FAMILIES:
        words = {member.id: set(member.page.record["text"].split()) for member in family.members}
        shares += [len(words[down] & words[up]) / len(words[down]) for down, up in family.edges]
    assert min(shares) > 0.2
    assert sum(share > 0.9 for share in shares) < len(shares) / 2  # most are edited, not copied


def test_sentences_stand_where_they_are_said_to():
    for family in FAMILIES:
        for member in family.members:
            text, ends = member.page.record["text"], 0
            for place in member.page.places:
                sentence = text[place.start : place.end]
                assert sentence == sentence.strip()
                assert sentence[-1] in '.?!”"'
                assert place.start >= ends
                ends = place.end


def test_independent_reports_share_no_sentence_and_have_no_edge():
    family = of_kind("independent reports")
    assert not family.edges
    assert family.origins == len(family.members)
    for one, other in combinations(family.members, 2):
        assert not origins(one) & origins(other)
        assert not one.sources & other.sources


def test_reposts_of_a_wire_nobody_has_come_from_one_report():
    family = of_kind("unseen wire")
    ((name, sentences),) = family.missing.items()
    assert family.origins == 1
    assert all(member.sources == {name} for member in family.members)
    assert all(len(origins(member) & sentences) >= 3 for member in family.members)


def test_a_round_up_holds_sentences_of_both_wires():
    family = of_kind("round-up")
    merged = [member for member in family.members if len(member.parents) == 2]
    assert merged
    assert all(len(member.sources) == 2 == family.origins for member in merged)


def test_ancestors_are_edges_followed_to_the_end():
    family = of_kind("rewrite chain")
    longest = max(len(above) for above in family.ancestors.values())
    assert longest >= 3
    for down, up in family.edges:
        assert family.ancestors[up] < family.ancestors[down]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith("undated")])
def test_undated_families_have_no_date(kind):
    for member in (member for family in FAMILIES if family.kind == kind for member in family.members):
        assert "published" not in member.page.record
        assert member.page.stamp is Stamp.NONE
        assert "/2025/" not in member.page.record["url"]


def test_dates_have_many_forms_and_some_pages_have_none():
    stamps = Counter(member.page.stamp for family in FAMILIES if family.dated for member in family.members)
    assert set(stamps) == set(Stamp)


def test_ids_tell_nothing_and_are_unique():
    ids = [member.id for family in FAMILIES for member in family.members]
    assert len(ids) == len(set(ids))
    assert all(len(one) == 12 and int(one, 16) >= 0 for one in ids)
    firsts = sum(min(member.id for member in family.members) == family.members[0].id for family in FAMILIES)
    assert firsts < len(FAMILIES) / 2


def test_the_same_seed_makes_the_same_families_and_another_one_others():
    texts = [member.page.record for family in made(families=5) for member in family.members]
    assert texts == [member.page.record for family in made(families=5) for member in family.members]
    assert texts != [member.page.record for family in made(families=5, seed=1) for member in family.members]


def test_the_parts_share_no_event_and_a_batch_has_none_twice():
    events = {part: {story.id for story in invented(part, Random(0))} for part in PARTS}
    assert not events[TUNING] & events[HELD_OUT]
    for batch in audits(TUNING, 30, 0):
        sources = [{one.partition("/")[0] for member in family.members for one in member.sources} for family in batch]
        assert sum(map(len, sources)) == len(set().union(*sources))


# Rewriting


@pytest.fixture
def draft():
    story = invented(TUNING, Random(1))[0]
    return report(story, "wire", 0, Random(1))


def test_every_wording_of_every_event_can_be_written():
    for part in PARTS:
        for story in invented(part, Random(2)):
            assert story.voices == VOICES
            for fact in range(len(story.facts)):
                told = [story.told(fact, voice, Random(3)) for voice in range(VOICES)]
                assert len(set(told)) == VOICES
                assert not any(mark in text for text in told for mark in "[]{}|")


def test_cutting_takes_the_end(draft):
    short = cut(draft, 0.5)
    assert short.paragraphs == draft.paragraphs[: len(short.paragraphs)]
    assert len(cut(draft, 1.0).paragraphs) == LEAST_SENTENCES


def test_the_first_sentence_is_never_lost(draft):
    for seed in range(20):
        assert dropped(draft, 0.9, Random(seed)).paragraphs[0] == draft.paragraphs[0]
        assert moved(draft, 0.9, Random(seed)).paragraphs[0] == draft.paragraphs[0]
        assert len(list(dropped(draft, 1.0, Random(seed)).sentences())) == LEAST_SENTENCES


def test_moving_changes_the_order_alone(draft):
    assert sorted(moved(draft, 0.9, Random(1)).paragraphs, key=str) == sorted(draft.paragraphs, key=str)
    assert moved(draft, 0.9, Random(1)).paragraphs != draft.paragraphs


def test_each_way_goes_further_than_the_one_before(draft):
    def kept(how):
        texts = {sentence.text for sentence in draft.sentences()}
        after = [rewritten(draft, how, 1, Random(seed), local_paragraphs(Random(seed))) for seed in range(30)]
        return sum(sentence.text in texts for one in after for sentence in one.sentences())

    shares = [kept(how) for how in (COPIED, TRIMMED, EDITED, REWRITTEN)]
    assert all(less < more for more, less in pairwise(shares))


def test_a_rewrite_knows_where_its_sentences_come_from(draft):
    for seed in range(30):
        after = rewritten(draft, REWRITTEN, 1, Random(seed), local_paragraphs(Random(seed)))
        assert {one for one in after.origins if not one.startswith("local")} <= draft.origins


def test_sentences_are_parted_and_joined():
    whole = (
        "The council voted for the new bridge on the first evening, and the mayor went home before the result was read."
    )
    first, second = parted(whole)
    assert first.endswith("evening.")
    assert second.startswith("The mayor")
    assert (
        parted("“We came, and the mayor had gone home before any of us could ask him anything at all,” he said.")
        is None
    )
    assert joined("It rained.", "The mayor left.") == "It rained, and the mayor left."
    assert joined("“It rained.”", "He left.") is None


def test_figures_are_rounded_down_in_words_that_say_so():
    over = {rounded("About 12,437 people came in 1966.", Random(seed)) for seed in range(9)}
    assert over == {"More than 10,000 people came in 1966.", "Over 10,000 people came in 1966."}
    assert rounded("Some 20,000 people came.", Random(1)) == "Some 20,000 people came."


def test_a_quotation_loses_its_second_sentence_and_a_speaker_the_name():
    assert with_shorter_quotation("“It rained all day. We left,” he said.") == "“It rained all day,” he said."
    people = {"Odile Brun": "a lock keeper"}
    assert nameless("Odile Brun, who keeps the lock, was tired.", people) == "A lock keeper was tired."
    assert nameless("It was late, said Brun.", people) == "It was late, said a lock keeper."


# Counting


def row(downstream, upstream, *, direction="established", in_lineage=True):
    return {
        "downstream": downstream, "upstream": upstream, "status": "derived", "in_lineage": in_lineage,
        "direction": direction, "strength": 1.0, "share": 0.5, "evidence": [{"kind": "date", "detail": "earlier"}],
    }  # fmt: skip


def perfect(families):
    """Say what is true, and nothing else."""
    derivations, said = [], []
    for family in families:
        for down, above in family.ancestors.items():
            derivations += [row(down, up, in_lineage=(down, up) in family.edges) for up in sorted(above)]
        tied = [member.id for member in family.members if family.edges or family.missing]
        inferred = [
            {"articles": [m.id for m in family.members if name in m.sources], "content": [{"spans": spans(family)}]}
            for name in family.missing
        ]
        if tied:
            count = {"at_least": family.origins, "at_most": family.origins}
            said.append({"articles": tied, "origins": count, "inferred_sources": inferred})
    return {"derivations": derivations, "families": said}


def spans(family):
    return [
        {"article": member.id, "start": place.start, "end": place.end}
        for member in family.members
        for place in member.page.places
    ]


def counted(audit, families=FAMILIES):
    return totals(tally for _, tally in judged(families, audit))


def test_a_perfect_audit_is_perfect():
    tally = counted(perfect(FAMILIES))
    assert tally.edge_scores() == (1.0, 1.0, 1.0)
    assert tally.direction_accuracy(dated=True) == tally.direction_accuracy(dated=False) == 1.0
    assert tally.abstained() == 0.0
    assert tally.origins_inside() == 1.0
    assert (tally.mixed, tally.origin_error, tally.findings) == (0, 0, [])
    assert tally.recalled == tally.missing > 0
    assert tally.covered == tally.missing


def test_an_audit_that_turns_everything_round_has_every_edge_and_no_direction():
    audit = perfect(FAMILIES)
    for each in audit["derivations"]:
        each["downstream"], each["upstream"] = each["upstream"], each["downstream"]
    tally = counted(audit)
    assert tally.edge_scores() == (1.0, 1.0, 1.0)
    assert tally.direction_accuracy(dated=True) == tally.direction_accuracy(dated=False) == 0.0


def test_a_direction_that_is_left_open_is_neither_right_nor_wrong():
    audit = perfect(FAMILIES)
    for each in audit["derivations"]:
        each["direction"] = "unknown"
    tally = counted(audit)
    assert tally.direction_accuracy(dated=True) is None
    assert tally.abstained() == tally.abstained(dated=False) == 1.0
    assert tally.edge_scores()[2] == 1.0


def test_an_audit_that_says_nothing_misses_everything():
    tally = counted({"derivations": [], "families": []})
    assert tally.edge_scores()[1] == 0.0
    assert tally.direction_accuracy(dated=True) is None
    assert tally.recalled == 0
    alone = [family for family in FAMILIES if family.origins == len(family.members)]
    assert tally.inside == len(alone) < len(FAMILIES)
    assert tally.origin_error == sum(len(family.members) - family.origins for family in FAMILIES)


def test_a_direction_between_two_reposts_of_one_text_is_wrong():
    family = of_kind("wire and reposts")
    one, other = [member.id for member in family.members if family.members[0].id in member.parents][:2]
    audit = perfect([family])
    audit["derivations"].append(row(one, other, direction="likely", in_lineage=False))
    tally = counted(audit, [family])
    assert sum(counts["beside"] for counts in tally.directions.values()) == 1
    assert sum(counts["beside in lineage"] for counts in tally.directions.values()) == 0
    assert tally.edge_scores()[2] == 1.0
    audit["derivations"][-1]["direction"] = "unknown"
    assert sum(counts["beside"] for counts in counted(audit, [family]).directions.values()) == 0


def test_possible_ties_and_upstreams_known_by_name_do_not_count():
    family = of_kind("wire and reposts")
    audit = perfect([family])
    before = counted(audit, [family])
    audit["derivations"].append({**row(family.members[1].id, None)})
    audit["derivations"].append({**row(family.members[1].id, family.members[2].id), "status": "possible"})
    assert counted(audit, [family]).directions == before.directions
    assert counted(audit, [family]).edges == before.edges


def test_dated_are_pairs_of_pages_that_tell_the_day():
    for family in FAMILIES:
        tally = counted(perfect([family]), [family])
        dated = [
            (down, up)
            for down, above in family.ancestors.items()
            for up in above
            if family.dated and family.stamp(down).is_dated and family.stamp(up).is_dated
        ]
        assert tally.directions[True]["right"] == len(dated)


def test_a_program_family_of_two_generated_ones_is_mixed():
    one, other = of_kind("rewrite chain"), of_kind("wire and reposts")
    audit = perfect([one, other])
    articles = [*audit["families"][0]["articles"], *audit["families"][1]["articles"]]
    audit["families"] = [{"articles": articles, "origins": {"at_least": 1, "at_most": 2}}]
    tally = counted(audit, [one, other])
    assert (tally.mixed, tally.inside) == (2, 0)


def test_articles_in_no_family_count_as_origins():
    family = of_kind("wire and reposts")
    audit = perfect([family])
    audit["families"][0]["articles"] = audit["families"][0]["articles"][:-1]
    tally = counted(audit, [family])
    assert (tally.inside, tally.origin_error, tally.mixed) == (0, 1, 0)


def test_an_inferred_source_must_hold_mostly_what_comes_from_the_missing_report():
    family, stranger = of_kind("unseen wire"), of_kind("wire and reposts")
    audit = perfect([family])
    (source,) = audit["families"][0]["inferred_sources"]
    own = source["articles"]
    source["articles"] = [*own[:2], *(member.id for member in stranger.members[:2])]
    assert counted(audit, [family]).recalled == 0
    source["articles"] = [own[0]]
    assert counted(audit, [family]).recalled == 0
    source["articles"] = own
    source["content"] = []
    tally = counted(audit, [family])
    assert (tally.recalled, tally.covered) == (1, 0.0)
    del audit["families"][0]["inferred_sources"]
    assert counted(audit, [family]).recalled == 0


def test_mistakes_name_the_kind_the_truth_and_what_was_said():
    family = of_kind("rewrite chain")
    audit = perfect([family])
    down, up = min(family.edges)
    for each in audit["derivations"]:
        if (each["downstream"], each["upstream"]) == (down, up):
            each["downstream"], each["upstream"] = up, down
    told = list(mistakes(Lineages(TUNING, {family.kind: counted(audit, [family])}, 1, 1.0)))
    assert len(told) == 1
    assert told[0].startswith(f"rewrite chain: reversed: {up} <- {down} (truth: the other way round)")
    assert "date +0.00 earlier" in told[0]


def test_figures_of_nothing_are_left_open():
    figures = as_object([Lineages(TUNING, {"rewrite chain": Tally()}, 0, 0.0)])
    assert set(figures) >= WANTED
    assert figures["direction_accuracy_dated"] is figures["edge_F1"] is None


# The command


def test_the_last_line_of_the_command_is_an_object_with_what_is_asked_for(capsys):
    assert main(["lineage", "--json", "--part", HELD_OUT, "--families", "2", "--show", "wrong"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1  # nothing of the held-out part is shown
    found = json.loads(lines[-1])
    assert set(found) >= WANTED
    assert found["families"] == 2
    assert set(found["parts"][HELD_OUT]["kinds"]) == set(list(KINDS)[:2])


def test_a_number_of_families_below_one_is_refused(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["lineage", "--families", "0"])
    assert "a number from 1" in capsys.readouterr().err
