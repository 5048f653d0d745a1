import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from provenance.model import (
    CreditCheck,
    CreditFinding,
    Decision,
    DerivationStatus,
    Direction,
    Drift,
    DriftKind,
    DriftPlace,
    Erosion,
    ErosionKind,
    Evidence,
    EvidencePlace,
    InferredContent,
    OutletId,
    Span,
)
from provenance.report.findings import FindingsIndex
from provenance.report.path import path_back
from provenance.report.terminal.article import article_view
from provenance.report.terminal.audit import audit_view
from provenance.report.terminal.reviews import decided_view, decisions_view
from provenance.report.terminal.trace import trace_view
from provenance.report.terminal.trees import MAX_DEPTH
from tests.unit.report import factories as made
from tests.unit.report.paths import lineage, link, review, source, undirected

PIPE = 20_000


def shown(view, width=PIPE):
    buffer = io.StringIO()
    Console(file=buffer, width=width, color_system=None, markup=False, emoji=False, highlight=False).print(view)
    return buffer.getvalue()


def traced(index, article="a", reviews=(), texts=None, width=PIPE):
    return shown(trace_view(index, path_back(index, article, reviews), texts), width)


def drift(number):
    places = (DriftPlace("a", Span(number, number + 2)), DriftPlace("b", Span(number, number + 2)))
    return Drift(DriftKind.NUMBER if number else DriftKind.NAME, *places, f"before {number}", f"after {number}")


def full(**fields):
    """Two hops to an outlet known by name, with everything a hop may have, and a tie that is only possible."""
    evidence = (
        Evidence("rare-terms", "six rare names", weight=1.5),
        Evidence("date", "published before it", weight=3.2),
        Evidence("containment-gap", "hardly contained", weight=-0.6),
    )
    content = tuple(InferredContent((EvidencePlace("b", Span(n, n + 300)),)) for n in range(7))
    links = (
        link("a", "b", evidence=evidence, decision=Decision.CONFIRMED, share=0.62),
        link("b", None, "northwire"),
        link("a", "p", status=DerivationStatus.POSSIBLE, in_lineage=False, strength=0.4),
    )
    losses = (
        Erosion(ErosionKind.NAME, "a", "b", "Ida Crane", Span(4, 9), "an official", Span(1, 9)),
        Erosion(ErosionKind.AGENCY, "a", "b", "North Wire"),
    )
    check = CreditCheck(OutletId("meridian"), CreditFinding.CONTRADICTED, "its text stands in Story b")
    settings = {
        "sources": [source(1, "northwire", "b", "c", content=content, why=("both have what neither took",))],
        "versions": [("b", "v")],
        "alone": ("v",),
        "drift": tuple(drift(number) for number in range(5)),
        "erosion": losses,
        "facts": {"a": {"published": made.on(5)}, "b": {"outlet": made.GAZETTE.id, "upstreams": (made.NORTHWIRE.id,)}},
        "verdicts": (made.verdict("a", 0.62, credits=(check,)),),
        **fields,
    }
    return lineage(*links, **settings)


def test_a_trace_begins_with_how_far_back_it_leads():
    assert traced(full()).startswith(
        "2 hops back to North Wire (credited, not at hand); the text passed through “Story b” · Harbour Gazette\n"
    )


def test_a_hop_tells_who_when_how_much_and_on_what_evidence():
    text = traced(full())
    assert "“Story a”  a\n  published 2031-03-05T00:00:00+00:00, as its markup says\n" in text
    assert "└── Hop 1: “Story b” · Harbour Gazette  b\n      date not known\n" in text
    assert "measured, not credited: 62% of the words above · evidence strength 0.97 · direction likely" in text
    assert "Tie: six rare names\n" in text
    assert "Direction: published before it; against this direction: hardly contained\n" in text


def test_a_hop_tells_what_changed_and_what_was_lost_in_short_and_the_losses_follow_in_full():
    text = traced(full())
    changed = (
        "1 name and 4 × number: “before 0” → “after 0”; “before 1” → “after 1”; “before 2” → “after 2”; and 2 more"
    )
    assert f"Changed: {changed}\n" in text
    assert "Lost: 1 name and 1 credit: “Ida Crane” → “an official”; “North Wire”\n" in text
    section = text[text.index("Lost on the way") :]
    assert "Hop 1, from “Story b” · Harbour Gazette to “Story a”\n    name: “Ida Crane” → “an official”\n" in section
    assert "    credit: “North Wire” → (nothing)\n" in section


def test_losses_are_told_from_the_origin_on():
    losses = (
        Erosion(ErosionKind.NUMBER, "a", "b", "14", Span(0, 2)),
        Erosion(ErosionKind.HEDGE, "b", "c", "perhaps", Span(0, 2)),
    )
    text = traced(lineage(link("a", "b"), link("b", "c"), erosion=losses))
    section = text[text.index("Lost on the way") :]
    assert section.index("perhaps") < section.index("14")


def test_an_outlet_known_by_name_is_an_end_with_what_its_text_must_have_contained():
    text = traced(full(), texts={"b": "They sail. " * 40})
    assert "Hop 2: North Wire, known by name only\n" in text
    assert "Upstream not at hand: North Wire (credited)\n" in text
    assert "Inferred, not found: a text of North Wire that is not at hand, and that 2 articles seem to draw on" in text
    assert "Why: both have what neither took\n" in text
    assert "It must have contained: 7 passages, 2,100 characters in all\n" in text
    assert "• “They sail. They sail." in text
    assert "• 2 more passages: --format json" in text


def test_without_the_text_only_the_place_of_an_inferred_passage_is_told():
    assert "• characters 0 to 300 of b\n" in traced(full())


def test_a_source_nobody_credits_is_marked_as_an_inference():
    text = traced(lineage(sources=[source(1, None, "a", "b")]))
    assert "Hop 1: Inferred, not found: a text that is not at hand, and that 2 articles seem to draw on\n" in text
    assert "Inferred common source: an inference, not a finding\n" in text


def test_the_ends_of_branches_are_told_at_their_articles():
    assert "Origin: nothing given here stands upstream of it\n" in traced(lineage(link("a", "b")))
    text = traced(lineage(link("a", "b"), undirected("b", "c")))
    assert "Which came first is unknown: it shares text with “Story c”  c\n" in text
    assert "Upstream of" not in text
    beyond = lineage(
        undirected("a", "b"), link("b", "c"), link("b", None, "northwire"), sources=[source(1, None, "b", "x")]
    )
    assert (
        "Upstream of: “Story b”  b: North Wire (not at hand), “Story c”  c and a text nobody names (not at hand)\n"
        in traced(beyond)
    )
    many = lineage(*(undirected("a", f"n{number:03}") for number in range(300)))
    assert "“Story n004”  n004 and 295 more articles\n" in traced(many)


def test_versions_are_told_at_the_article_and_at_the_hop():
    assert "Other version of it, order unknown: “Story v”  v\n" in traced(full())
    index = lineage(link("a", "b", is_version=True), versions=[("b", "a")])
    text = traced(index)
    assert "two versions of one article: 50% of the words above" in text
    assert "an earlier version of the text above\n" in text
    assert "Earlier version of it: “Story b”  b\n" in text


def test_a_text_reached_twice_is_told_once():
    text = traced(lineage(link("a", "b", strength=0.99), link("b", "c"), link("a", "c", strength=0.5), link("c", "d")))
    assert "Hop 2: “Story c”  c" in text
    assert "Told in another branch\n" in text
    assert text.count("Origin: ") == 1


def test_ties_that_are_no_part_of_the_path_follow_it():
    text = traced(full())
    section = text[text.index("Other ties") :]
    assert (
        "only possible, not counted: measured, not credited: 50% of its own words · evidence strength 0.40" in section
    )
    other = traced(lineage(link("a", "b"), undirected("c", "a", in_lineage=False)))
    assert "measured: 50% of the other's words" in other


def test_every_credit_is_held_against_the_texts():
    assert "Checked: The Meridian, contradicted by the texts given: its text stands in Story b\n" in traced(full())


@pytest.mark.parametrize(
    ("link_says", "decision", "told"),
    [
        (Decision.CONFIRMED, review("a", "b"), "confirmed by A. Editor on 2031-03-09: “seen in print”\n"),
        (None, review("a", "b", note=""), "confirmed by A. Editor on 2031-03-09; decided since, the next audit honours it"),
        (Decision.CONFIRMED, review("b", "a", note=""), "confirmed the other way about by A. Editor on 2031-03-09; decided"),
        (None, review("b", "a", Decision.REJECTED, note=""), "rejected by A. Editor on 2031-03-09; decided since"),
        (Decision.CONFIRMED, None, "confirmed by a reviewer; that decision is no longer in force\n"),
    ],
)  # fmt: skip
def test_a_hop_tells_who_decided_what_and_whether_the_audit_knew(link_says, decision, told):
    text = traced(lineage(link("a", "b", decision=link_says)), reviews=[decision] if decision else [])
    assert f"Review: {told}" in text


def test_a_link_that_nothing_but_a_decision_makes_is_not_called_measured():
    text = traced(lineage(link("a", "b", share=None, strength=0.0, decision=Decision.CONFIRMED)))
    assert "tied by a reviewer alone: amount unknown · evidence strength 0.00" in text
    assert "measured" not in text


def test_an_outlet_only_a_reviewer_names_is_not_called_credited():
    index = lineage(link("a", None, "northwire", decision=Decision.CONFIRMED))
    text = traced(index) + shown(audit_view(index.findings))
    assert text.startswith("1 hop back to North Wire (named by a reviewer, not at hand)\n")
    assert "named by a reviewer; amount not measurable here · confirmed by a reviewer\n" in text
    assert "Upstream not at hand: North Wire (named by a reviewer)\n" in text
    assert "credited" not in text.split("What this does not show")[0]


def test_a_long_chain_goes_on_in_further_trees_and_names_every_hop_once():
    count = MAX_DEPTH * 40
    text = traced(lineage(*(link(f"n{n:03}", f"n{n + 1:03}") for n in range(count))), "n000", width=80)
    assert [int(number) for number in re.findall(r"Hop (\d+): ", text)] == list(range(1, count + 1))
    assert text.count("further back: see the next tree") == text.count("Further back, from hop ")
    assert max(cell_len(line) for line in text.splitlines()) <= 80


def words(text):
    """The words of a view, whatever the folding."""
    return re.sub(r"[\s│├└─]+", " ", text)


@pytest.mark.parametrize("width", [80, 200])
def test_nothing_is_lost_on_a_screen_and_no_line_is_wider_than_it(width):
    text = traced(full(), width=width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert words(text) == words(traced(full()))


def hostile_lineage():
    findings = made.poisoned(full().findings)
    return FindingsIndex(findings)


def test_a_hostile_headline_stays_text():
    index = hostile_lineage()
    article = next(each for each in index.articles if each.startswith("a"))
    text = traced(index, article, [made.poisoned(review("a", "b"))])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert "␛[2J⟨U+202E⟩" in text
    assert "[b]" in text


# Decisions


def test_a_decision_is_told_with_what_the_audit_found():
    index = full()
    (found, *_) = index.findings.lineage.derivations
    text = shown(decided_view(index, review("a", "b"), found, review("a", "b", Decision.REJECTED, reviewer="B. Desk")))
    assert text.startswith("Confirmed by A. Editor, 2031-03-09 15:04 UTC\n")
    assert "“Story a”  a derives from “Story b” · Harbour Gazette  b\n" in text
    assert "Note: “seen in print”\n" in text
    assert "Found by the audit: measured, not credited: 62% of the words of “Story a”" in text
    assert "In place of: rejected by B. Desk on 2031-03-09\n" in text
    assert "Against the evidence" not in text


def test_a_decision_against_an_established_direction_says_so():
    established = link("b", "a", direction=Direction.ESTABLISHED)
    text = shown(decided_view(lineage(established), review("a", "b"), established, None))
    assert "Against the evidence: the direction that audit established is the other one" in text
    rejected = shown(decided_view(lineage(established), review("a", "b", Decision.REJECTED), established, None))
    assert "Against the evidence" not in rejected


def test_a_decision_about_texts_without_a_tie_says_so():
    text = shown(decided_view(lineage(alone="ab"), review("a", "b"), None, None))
    assert "Found by the audit: no tie between the two\n" in text


def test_the_list_of_decisions_says_of_each_whether_it_counts_and_why_not():
    first, second = review("a", "b", Decision.REJECTED), review("b", "a", reviewer="B. Desk")
    lapsed = review("c", None, upstream_outlet="northwire")
    withdrawn, before = review("a", "x", Decision.WITHDRAWN), review("a", "x")
    text = shown(decisions_view(full(), [first, before, lapsed, second, withdrawn], {second}))
    assert text.startswith("5 decisions, 1 in force\n")
    stands = re.findall(r"Stands: (.*)", text)
    assert stands == [
        "no longer: confirmed by B. Desk on 2031-03-09",
        "no longer: withdrawn by A. Editor on 2031-03-09",
        "lapsed: one of the texts has changed since",
        "in force",
        "nothing is decided about the two any more",
    ]
    assert "“Story c”  c derives from North Wire, known by name only\n" in text
    assert "“Story a”  a is left to the evidence again, as to x\n" in text


def test_decisions_are_told_by_ids_where_no_audit_is_there_to_name_them():
    text = shown(decisions_view(None, [review("a", "b"), review("a", None, upstream_outlet="wire")], set()))
    assert "a derives from b\n" in text
    assert "a derives from wire, known by name only\n" in text
    assert shown(decisions_view(None, [], set())).startswith("No decision has been taken yet")


# The same in the reports of an audit and of an article


def test_an_inferred_source_is_a_root_of_its_family_marked_as_such():
    index = lineage(
        link("d", "c"), undirected("a", "b"), sources=[source(1, None, "a", "b", "d", why=("they share much",))]
    )
    text = shown(audit_view(index.findings))
    root = "Inferred, not found: a text that is not at hand, and that 3 articles seem to draw on\n"
    assert f"{root}  It must have contained: 0 passages, 0 characters in all\n  Why: they share much\n" in text
    assert "  Also drawn on by: “Story d”\n├── “Story a”" in text
    assert "Upstream unknown" not in text
    assert text.count("“Story c”  c\n") == 1


def test_an_audit_tells_versions_decisions_and_losses():
    text = shown(audit_view(full().findings))
    assert "Other version of it, order unknown: “Story v”  v\n" in text
    assert "direction likely · confirmed by a reviewer\n" in text
    assert "What was lost on the way" in text
    assert "credit: “North Wire” → (nothing)\n" in text
    assert "Checked: The Meridian, contradicted by the texts given" in text


def test_an_article_tells_versions_decisions_inferred_sources_and_losses():
    text = shown(article_view(full().findings, "b"))
    assert "Other version of it, order unknown: “Story v”  v\n" in text
    assert "Inferred upstream" in text
    assert "Drawn on, besides it, by: “Story c”  c\n" in text
    assert "direction likely · confirmed by a reviewer\n" in text
    assert "name: “Ida Crane” → “an official”\n" in text
    assert "Checked: The Meridian, contradicted by the texts given" in shown(article_view(full().findings, "a"))


@pytest.mark.parametrize("count", [3_000])
def test_a_source_and_an_article_of_thousands_of_versions_name_a_few_and_count_the_rest(count):
    names = tuple(f"n{number:05}" for number in range(count))
    index = lineage(link("n00000", "x"), sources=[source(1, None, *names)], versions=[names])
    text = traced(index, "n00000")
    assert "Drawn on by: “Story n00000”  n00000, “Story n00001”  n00001, " in text
    assert f"and {count - 5:,} more articles\n" in text
    assert f"and {count - 6:,} more versions\n" in text
    audited = shown(audit_view(index.findings))
    assert audited.count("“Story n01500”  n01500\n") == 1
