"""The generator of planted drifts: what it alters it knows, what it may not alter stays, and it repeats itself."""

from random import Random

import pytest
from drifting.articles import Article
from drifting.facts import changed_names, changed_numbers, changed_quotations, full_names, number_value
from drifting.formats import reformatted
from drifting.measuring import PARTS
from drifting.scoring import Tally, judged
from drifting.versions import FORMS, KINDS, version_of
from drifting.wording import wording_of

ENGLISH = wording_of("en")

PARAGRAPHS = (
    (
        "The council of Overmeer said on Monday that 1,250 people had signed the petition by May 14.",
        "The bridge was closed in 1968 and could reopen in August.",
    ),
    ("Odile Brun, who keeps the lock, said that the seven gates would hold.", "Brun said she had not seen the report."),
    ("“We have waited eleven winters for somebody to mend this crooked bridge,” Odile Brun told the council.",),
    ("Emil Rask confirmed that the money was raised.", "Emil Rask is due to visit the bridge next week."),
)


def article(paragraphs=PARAGRAPHS):
    return Article("bridge", "wire.txt", "wire", None, "en", paragraphs, ())


NAMES = ["Odile Brun", "Emil Rask"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("number", range(len(KINDS)))
def test_every_changed_wording_stands_at_its_place(form, number):
    version = version_of(article(), form, NAMES, number)
    assert len(version.changes) <= form.changes
    for change in version.changes:
        assert change.places
        for start, end in change.places:
            assert version.text[start:end].casefold() == change.after.casefold()


def test_a_copy_differs_from_its_upstream_in_its_changes_alone():
    version = version_of(article(), FORMS[0], NAMES, 0)
    text = version.text
    for start, end, before in sorted(
        ((start, end, change.before) for change in version.changes for start, end in change.places), reverse=True
    ):
        text = text[:start] + before + text[end:]
    assert {change.kind for change in version.changes} >= {"number", "date", "negation"}
    speakers = [change for change in version.changes if change.kind == "attribution"]
    if not speakers:
        assert text.casefold() == article().text.casefold()


def test_no_private_mark_is_left_in_a_text():
    texts = [version_of(article(), form, NAMES, number).text for form in FORMS for number in range(7)]
    assert not any(0xE000 <= ord(char) <= 0xF8FF for text in texts for char in text)


def test_the_same_arguments_make_the_same_version():
    assert version_of(article(), FORMS[3], NAMES, 2) == version_of(article(), FORMS[3], NAMES, 2)


def test_versions_of_a_rewrite_change_only_what_the_upstream_has():
    rewrite = article((("Of the 1,250 signatures some 37 were forged, the council of Overmeer said on Monday.",),))
    versions = [version_of(rewrite, FORMS[0], NAMES, number, upstream=article()) for number in range(30)]
    changed = {change.before for version in versions for change in version.changes if change.kind == "number"}
    assert changed == {"1,250"}


def test_a_changed_number_is_no_rounding_of_the_true_one():
    sentence = "Some 12,400 people and 38 goats were counted on 3.5 acres in 1968."
    for seed in range(200):
        for edit in changed_numbers(sentence, ENGLISH, Random(seed)):
            before = number_value(sentence[edit.start : edit.end], ENGLISH)
            assert before != 1968
            assert abs(number_value(edit.new, ENGLISH) - before) > 0.05 * before


def test_facts_in_quotations_are_left_to_the_changes_of_quotations():
    sentence = "“There were 38 goats on the bridge when Odile Brun came back on Monday,” he said."
    assert changed_numbers(sentence, ENGLISH, Random(1)) == []
    assert changed_names(sentence, NAMES, Random(1)) == []
    (first, *_) = changed_quotations(sentence, ["wagon", "carts", "tower"], Random(1))
    assert sentence[first.start : first.end] in {"goats", "bridge"}


def test_names_are_what_several_texts_write_alike():
    texts = ["Odile Brun saw the Old Bridge.", "Odile Brun sah die Brücke.", "Big Money came."]
    assert full_names(texts, []) == ["Odile Brun"]


def test_another_form_of_a_number_keeps_its_value():
    sentence = "Some 12,400 people came."
    values = {number_value(edit.new.replace("\u202f", ""), ENGLISH) for edit in reformatted(sentence, ENGLISH)}
    assert values == {12400.0}


def report(kind, start, end, to=""):
    return {"kind": kind, "downstream": {"start": start, "end": end}, "from": "", "to": to}


def test_a_report_is_right_at_the_place_and_of_the_kind_of_a_change():
    version = version_of(article(), FORMS[0], NAMES, 0)
    change = next(one for one in version.changes if one.kind == "number")
    start, end = change.places[0]
    assert judged(version, [report("number", start, end)]).hit == (change,)
    assert judged(version, [report("number", start, end)] * 2).wrong == ()
    assert len(judged(version, [report("date", start, end)]).wrong) == 1
    assert judged(version, []).missed == version.changes


def test_a_change_the_fixture_itself_has_is_not_wrong():
    version = version_of(article(), FORMS[4], NAMES, 0)
    known = {"kind": "name", "downstream": version.text[10:20]}
    assert judged(version, [report("name", 12, 18)], [known]).wrong == ()
    assert len(judged(version, [report("name", 30, 38)], [known]).wrong) == 1


def test_precision_and_recall_are_counted_by_kind():
    version = version_of(article(), FORMS[0], NAMES, 0)
    (start, end) = next(one for one in version.changes if one.kind == "number").places[0]
    tally = Tally.of([judged(version, [report("number", start, end), report("quote", 0, 1)])])
    assert tally.precision() == 0.5
    assert tally.precision("number") == tally.recall("number") == 1.0
    assert tally.precision("quote") == 0.0
    assert tally.recall() == 1 / len(version.changes)


def test_no_story_is_in_both_parts():
    assert not PARTS["tuning"] & PARTS["held-out"]
