import dataclasses
import io
import itertools
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from provenance.model import (
    Attribution,
    AttributionKind,
    Clue,
    Credit,
    Degree,
    Derivation,
    DerivationStatus,
    Direction,
    Evidence,
    Extent,
    Family,
    FamilyId,
    Origins,
    PassageKind,
    Role,
    Rule,
    Unreadable,
)
from provenance.report import contract
from provenance.report.terminal.article import article_view, list_view
from provenance.report.terminal.audit import audit_view
from provenance.report.terminal.bar import BAR_WIDTH, bar
from provenance.report.terminal.comparison import comparison_view, pair_view
from provenance.report.terminal.evidence import best_evidence, every_evidence
from provenance.report.terminal.inspection import inspection_view
from provenance.report.terminal.rules import rules_view
from provenance.report.terminal.trees import MAX_DEPTH
from tests.unit.report import factories as made

CITED = (("the Post", made.ISLAND_POST), ("the Meridian", made.MERIDIAN), ("the Post", made.ISLAND_POST))
WIDTHS = (80, 120, 200)
PIPE = 20_000


def shown(view, width=PIPE):
    buffer = io.StringIO()
    Console(file=buffer, width=width, color_system=None, markup=False, emoji=False, highlight=False).print(view)
    return buffer.getvalue()


def words(text):
    """The words of a view, whatever the folding."""
    return re.sub(r"[\s│├└─]+", " ", text)


def views():
    findings = made.audit_findings()
    return {
        "audit": audit_view(findings),
        "inspection": inspection_view(made.page(), made.outlet_lookup, why=True),
        "comparison": comparison_view(made.pair()),
        "article": article_view(findings, made.REWRITE.id),
        "list": list_view(findings),
    }


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", sorted(views()))
def test_no_line_is_wider_than_the_screen(name, width):
    lines = shown(views()[name], width).splitlines()
    assert max(cell_len(line) for line in lines) <= width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["audit", "inspection", "article", "list"])
def test_nothing_is_lost_on_a_narrow_screen(name, width):
    assert words(shown(views()[name], width)) == words(shown(views()[name]))


def test_an_audit_begins_with_how_many_origins_there_are():
    assert shown(audit_view(made.audit_findings())).startswith("5 articles, 4 to 5 independent origins\n")


def test_equal_bounds_are_one_number():
    text = shown(audit_view(made.audit_findings(origins=Origins(1, 1))))
    assert text.startswith("5 articles, 1 independent origin\n")


def test_an_audit_of_nothing_says_so():
    findings = made.audit_findings(
        articles=(), verdicts=(), drift=(), derivations=(), families=(), origins=Origins(0, 0)
    )
    text = shown(audit_view(findings))
    assert text.startswith("No article could be read\n")
    assert "news/scan.pdf: not a text" in text


def test_a_measured_upstream_stands_above_what_derives_from_it_with_its_evidence():
    text = shown(audit_view(made.audit_findings()))
    assert "└── “Dock strike halts all crossings” · Harbour Gazette" in text
    assert "measured, not credited: 62% of its words · evidence strength 0.97 · direction likely" in text
    assert "6 rare names and figures are shared, in the same order" in text


def test_an_admitted_repost_is_told_apart_and_never_called_non_derived():
    text = shown(audit_view(made.audit_findings()))
    section = text[text.index("Admitted reposts") : text.index("What changed on the way")]
    assert section.count("It admits a source; amount not measurable here") == 2
    assert "“Original Source: www.islandpost.example” (republication" in section
    assert "on-derived" not in section


def test_an_upstream_known_by_name_only_is_the_root_of_its_family():
    other = dataclasses.replace(made.BY_NAME, downstream=made.INDEPENDENT.id)
    family = Family(FamilyId("family:0002"), (made.ADMITTED.id, made.INDEPENDENT.id), Origins(1, 2))
    text = shown(audit_view(made.audit_findings(derivations=(made.BY_NAME, other), families=(family,))))
    assert "Island Post: credited as the source; its own page is not at hand\n├── “Island council" in text


def test_an_unknown_direction_has_no_upstream_and_says_so():
    link = dataclasses.replace(made.STRIKE, direction=Direction.UNKNOWN)
    family = dataclasses.replace(made.FAMILY, root=None)
    text = shown(audit_view(made.audit_findings(derivations=(link,), families=(family,))))
    assert "Upstream unknown: these share text, and nothing given here shows which of them came first\n├── " in text
    assert "direction unknown" in text
    assert "either may be the one derived" in text
    assert "which came first is unknown: 1" in text


def test_articles_that_share_text_stand_together_below_the_source_some_of_them_credit():
    link = dataclasses.replace(made.STRIKE, downstream=made.ADMITTED.id, direction=Direction.UNKNOWN)
    family = Family(FamilyId("family:0003"), (made.WIRE.id, made.ADMITTED.id), Origins(1, 2))
    text = shown(audit_view(made.audit_findings(derivations=(link, made.BY_NAME), families=(family,))))
    root = "Island Post: credited as the source by some of these; its own page is not at hand, and nothing given here"
    assert f"{root} shows which of them came first\n├── " in text


def test_an_admitted_repost_that_shares_text_with_another_article_stays_an_admitted_repost():
    judged = made.verdict(made.ADMITTED.id, 1.0, degree=Degree.UNMEASURED, credit=Credit.NOT_AT_HAND)
    text = shown(audit_view(made.audit_findings(verdicts=(judged,))))
    assert "Articles by derived share" not in text
    assert "It admits a source; amount not measurable here; 100% of its words found in another article here" in text


def test_a_change_between_texts_of_unknown_order_says_so():
    link = dataclasses.replace(made.STRIKE, direction=Direction.UNKNOWN)
    text = shown(audit_view(made.audit_findings(derivations=(link,))))
    assert "wire.txt; which of the two came first is unknown" in text


def test_a_long_chain_goes_on_in_a_new_tree_and_names_every_article_once():
    count = MAX_DEPTH * 3
    chain = [made.facts("a", f"n{i}.txt", title=f"Story number {i:02}") for i in range(count)]
    chain = [dataclasses.replace(each, id=f"id-{i:02}") for i, each in enumerate(chain)]
    links = tuple(
        dataclasses.replace(made.STRIKE, downstream=after.id, upstream=before.id)
        for before, after in itertools.pairwise(chain)
    )
    family = Family(FamilyId("family:c"), tuple(each.id for each in chain), Origins(1, 1), chain[0].id)
    findings = made.audit_findings(articles=tuple(chain), verdicts=(), derivations=links, families=(family,), drift=())
    text = shown(audit_view(findings), 80)
    assert all(text.count(f"”  id-{i:02}") == 1 for i in range(count))
    assert max(cell_len(line) for line in text.splitlines()) <= 80


def test_a_ring_of_derivations_still_shows_all_its_articles():
    back = dataclasses.replace(made.STRIKE, downstream=made.WIRE.id, upstream=made.REWRITE.id)
    family = dataclasses.replace(made.FAMILY, root=None)
    text = shown(audit_view(made.audit_findings(derivations=(made.STRIKE, back), families=(family,))))
    tree = text[text.index("Family 1") : text.index("Articles by derived share")]
    assert "sha256:aaaaaaaaaaaa" in tree
    assert "sha256:bbbbbbbbbbbb" in tree


def test_a_second_upstream_is_told_beside_the_first():
    second = dataclasses.replace(made.STRIKE, upstream=made.INDEPENDENT.id, share=0.1, strength=0.8)
    family = Family(FamilyId("family:3"), (made.WIRE.id, made.REWRITE.id, made.INDEPENDENT.id), Origins(1, 3))
    text = shown(audit_view(made.audit_findings(derivations=(made.STRIKE, second), families=(family,))))
    assert "From: “On the quay with those who wait” · The Meridian, measured, not credited: 10% of its words" in text


def test_articles_of_one_name_are_told_apart_by_their_files():
    twin = dataclasses.replace(made.WIRE, id=made.article_id("f"), source="news/copy.txt")
    findings = made.audit_findings()
    text = shown(list_view(dataclasses.replace(findings, articles=(*findings.articles, twin))))
    assert "“Ferry crews walk out at Port Alder” · North Wire, wire.txt" in text
    assert "“Ferry crews walk out at Port Alder” · North Wire, copy.txt" in text


def test_a_tie_that_is_hardly_possible_is_left_to_the_files():
    link = dataclasses.replace(made.STRIKE, status=DerivationStatus.POSSIBLE, in_lineage=False, strength=0.1)
    findings = made.audit_findings(derivations=(link,), families=())
    assert "Possible, not counted" not in shown(audit_view(findings))
    assert [each["strength"] for each in contract.audit(findings)["derivations"]] == [0.1]


def test_a_candidate_that_is_only_possible_is_not_called_a_source():
    link = dataclasses.replace(made.STRIKE, status=DerivationStatus.POSSIBLE, in_lineage=False)
    text = shown(audit_view(made.audit_findings(derivations=(link,), families=())))
    assert "Possible, not counted: a tie to “Ferry crews walk out" in text
    assert "Families" not in text


def test_a_changed_fact_is_shown_with_both_wordings_and_both_files():
    text = shown(audit_view(made.audit_findings()))
    section = text[text.index("What changed on the way") :]
    assert "number: “14 vessels” → “nearly 20 vessels”" in section
    assert "gazette.html" in section
    assert "wire.txt" in section


def test_the_report_says_what_was_unchanged_and_what_it_does_not_show():
    text = shown(audit_view(made.audit_findings()))
    assert "What this does not show" in text
    assert "3 articles read; 2 unchanged since an earlier audit and not read again." in text


def test_no_text_of_any_finding_steers_the_terminal():
    findings = made.poisoned(made.audit_findings())
    unreadable = made.poisoned(Unreadable("a", "b"))
    rule = made.poisoned(Rule("r", "attribute", "wire", "w", "p", "s", ("x",), ("y",), "en", {"o": "1"}))
    shares = dataclasses.replace(made.STRIKE, direction=Direction.UNKNOWN)
    views = [
        audit_view(findings),
        audit_view(made.poisoned(made.audit_findings(derivations=(shares, made.BY_NAME)))),
        list_view(findings),
        inspection_view(made.poisoned(made.page()), made.outlet_lookup, why=True),
        inspection_view(made.poisoned(made.page(attributions=(), outlet=None)), made.outlet_lookup, why=True),
        inspection_view(unreadable, made.outlet_lookup),
        comparison_view(made.poisoned(made.pair())),
        comparison_view(unreadable),
        pair_view(made.poisoned(made.pair())),
        rules_view([rule]),
        *(article_view(findings, each.id, {each.id: made.HOSTILE * 200}) for each in findings.articles),
    ]
    for view in views:
        assert not set(shown(view)) & set("\x1b\u202e\r\x07")


@pytest.mark.parametrize("hostile", ["\x1b[31mred", "[bold]x[/bold]", ":smile:", "\u202egnp.exe", "a\rb", "\x07"])
def test_a_hostile_title_stays_text(hostile):
    articles = tuple(dataclasses.replace(each, title=hostile) for each in made.audit_findings().articles)
    text = shown(audit_view(made.audit_findings(articles=articles)))
    assert not set(text) & set("\x1b\u202e\r\x07")
    assert ("[bold]x[/bold]" in text) == (hostile == "[bold]x[/bold]")
    assert (":smile:" in text) == (hostile == ":smile:")


def test_a_bar_shows_each_kind_in_its_own_character_and_always_fills():
    drawn = bar(made.COMPOSITION).plain
    assert len(drawn) == BAR_WIDTH
    assert [drawn.count(sign) for sign in '█▓▒░"·'] == [5, 6, 20, 0, 3, 16]


def test_a_trace_of_a_kind_is_still_seen_in_a_bar():
    drawn = bar(((PassageKind.VERBATIM, 0.999), (PassageKind.QUOTE, 0.001))).plain
    assert drawn == "█" * (BAR_WIDTH - 1) + '"'


def test_an_empty_composition_is_all_new():
    assert bar(()).plain == "·" * BAR_WIDTH


def test_a_bar_never_grows_past_its_width():
    drawn = bar(tuple((kind, 0.0001) for kind in PassageKind)).plain
    assert len(drawn) == BAR_WIDTH
    assert drawn.count("·") == BAR_WIDTH - len(PassageKind)


def test_a_reason_against_a_finding_is_marked():
    assert "against it: both quote the same sentence" in best_evidence(made.STRIKE.evidence, at_most=4).plain


def test_a_reason_against_a_direction_is_marked_whatever_the_sign_convention():
    ordered = (Evidence("date", "earlier", weight=-2.5), Evidence("containment-gap", "contained", weight=0.6))
    told = [line.plain for line in every_evidence(ordered)]
    assert told == [
        "for the direction (2.50): earlier (date)",
        "against this direction (0.60): contained (containment-gap)",
    ]


def test_reasons_left_out_are_counted():
    reasons = tuple(Evidence("rare", f"reason {n}", weight=float(9 - n)) for n in range(5))
    assert best_evidence(reasons, more=": see x").plain == "reason 0; reason 1; reason 2; and 2 more: see x"


def test_a_finding_without_reasons_says_so():
    assert best_evidence(()).plain == "none recorded"


def test_an_inspection_shows_every_line_with_its_role_and_leaves_out_blanks():
    text = shown(inspection_view(made.page(), made.outlet_lookup))
    assert "Its text comes, by its own account, from: Island Post" in text
    assert "attribution │ Original Source: www.islandpost.example" in text
    assert "navigation │ Show More" in text
    assert "5 lines; 1 blank line left out" in text
    assert "furniture.show-more" not in text


def test_why_shows_rules_clues_and_what_was_dropped():
    text = shown(inspection_view(made.page(), made.outlet_lookup, why=True))
    assert (
        "rule furniture.show-more; its look speaks for article text by +0.80; short line +0.80 (9 characters)" in text
    )
    assert "“told Island Post” at characters 150 to 166: a quotation's source (rule en.told)" in text


def test_a_credited_outlet_nobody_lists_is_called_what_the_credit_calls_it():
    text = shown(inspection_view(made.page(), lambda _: None))
    assert "Its text comes, by its own account, from: Island Post" in text


def test_a_page_that_credits_nobody_says_so():
    text = shown(inspection_view(made.page(attributions=(), rejections=(), outlet=None), made.outlet_lookup, why=True))
    assert "Nothing: no rule found a credit for its text" in text
    assert "outlet not known" in text


def test_a_credit_of_nobody_in_particular_is_still_told():
    said = Attribution(AttributionKind.WIRE, "From news agencies", "wire.agencies", element="<p>")
    text = shown(inspection_view(made.page(attributions=(said,)), made.outlet_lookup))
    assert "It says that its text comes from elsewhere, without naming an outlet we can tell" in text
    assert "nobody by name: “From news agencies” (wire copy; in the markup" in text


def test_a_credit_tells_extent_and_relays():
    said = Attribution(
        AttributionKind.WIRE,
        "AP via NW",
        "wire.via",
        element="<p>",
        credited="AP",
        extent=Extent.EXCERPT,
        hop=2,
        via=("northwire",),
    )
    text = shown(inspection_view(made.page(attributions=(said,)), made.outlet_lookup))
    assert "AP, an excerpt, relay 1 on the way, via northwire: “AP via NW”" in text


def test_every_role_fits_the_column_of_roles():
    lines = tuple((f"line of {role}\n", role, "r") for role in Role if role is not Role.BLANK)
    text = shown(inspection_view(made.page(lines, attributions=()), made.outlet_lookup))
    assert len({line.index("│") for line in text.splitlines() if "│" in line}) == 1


def test_a_comparison_shows_figures_passages_and_changes():
    text = shown(comparison_view(made.pair()))
    assert "Partially derived: 62% of its words found in the upstream text (95% interval: 55% to 70%)" in text
    assert "1. rewritten, similarity 0.74" in text
    assert "“Crews walked out on Tuesday, leaving 14 vessels idle.”" in text
    assert "number: “14 vessels” → “Nearly 20 vessels”" in text


def test_passages_stand_side_by_side_where_there_is_room():
    rows = shown(comparison_view(made.pair()), 120).splitlines()
    assert any("“Both deny that talks were held.”" in row and "“Neither side has" in row for row in rows)


def test_without_texts_a_comparison_shows_places_only():
    pair = dataclasses.replace(made.pair(), downstream_text="", upstream_text="")
    assert "downstream, characters 0 to 80; upstream, characters 18 to 71" in shown(comparison_view(pair))


def test_a_pair_is_one_line_in_a_pipe():
    text = shown(pair_view(made.pair()))
    assert text == "     62%  news/gazette.html against news/wire.txt: partially derived, evidence strength 0.97\n"


def test_what_could_not_be_read_is_told_with_its_reason():
    failure = Unreadable("a\x1b.bin", "binary")
    for view in (comparison_view(failure), pair_view(failure), inspection_view(failure, made.outlet_lookup)):
        assert shown(view) == "a␛.bin: could not be read: binary\n"


def test_an_article_is_shown_with_upstream_evidence_and_passages():
    texts = {made.REWRITE.id: made.DOWN_TEXT, made.WIRE.id: made.UP_TEXT}
    text = shown(article_view(made.audit_findings(), made.REWRITE.id, texts))
    assert "Upstream: what it may derive from" in text
    assert "for it (3.20): 6 rare names" in text
    assert f"“{made.DOWN_TEXT[0:80]}”" in text


def test_an_upstream_article_lists_what_derives_from_it():
    text = shown(article_view(made.audit_findings(), made.WIRE.id))
    assert "Downstream: what may derive from it" in text
    assert "“Dock strike halts all crossings” · Harbour Gazette  sha256:bbbbbbbbbbbb" in text


def test_an_article_without_verdict_says_so():
    text = shown(article_view(made.audit_findings(verdicts=()), made.WIRE.id))
    assert "none was reached" in text
    assert "no verdict" in shown(list_view(made.audit_findings(verdicts=())))


def test_rules_show_reasons_and_examples_and_one_rule_its_pattern():
    rule = Rule("en.x", "attribute", "wire", "because", "^x$", "newsroom", ("x",), ("y",), "en", {"kept": "1"})
    one, two = shown(rules_view([rule])), shown(rules_view([rule, rule]))
    assert "Decides: wire (attribute, language en)" in one
    assert "Pattern: ^x$" in one
    assert "kept: 1" in one
    assert "Pattern" not in two
    assert "2 rules." in two


def test_a_derivation_without_share_says_that_its_amount_is_unknown():
    link = Derivation(
        made.REWRITE.id, made.WIRE.id, None, DerivationStatus.DERIVED, Direction.ESTABLISHED, 1.0, in_lineage=True
    )
    text = shown(audit_view(made.audit_findings(derivations=(link,))))
    assert "amount unknown · evidence strength 1.00 · direction established" in text


def test_addresses_are_told_where_they_are_known():
    page = made.page()
    article = dataclasses.replace(page.labelled.article, url="https://dailyroundup.example/x")
    page = dataclasses.replace(page, labelled=dataclasses.replace(page.labelled, article=article))
    assert "Address: https://dailyroundup.example/x" in shown(inspection_view(page, made.outlet_lookup))
    wire = dataclasses.replace(made.WIRE, url="https://northwire.example/1")
    text = shown(article_view(made.audit_findings(articles=(wire, made.REWRITE)), wire.id))
    assert "Address: https://northwire.example/1" in text


def test_who_is_cited_for_facts_is_told_and_is_no_credit():
    said = [made.credit(f"told {name}", outlet, AttributionKind.CITATION) for name, outlet in CITED]
    wire = dataclasses.replace(made.WIRE, attributions=tuple(said))
    text = shown(audit_view(made.audit_findings(articles=(wire,), verdicts=(made.verdict(wire.id, 0.0),))))
    assert "Cites: Island Post and The Meridian, for facts: that is not a credit for its text" in text
    assert "Its words" not in text


def test_an_admitted_repost_of_which_a_part_was_measured_tells_the_least():
    judged = made.verdict(made.ADMITTED.id, None, interval=(0.25, 1.0))
    assert "Measured so far: at least 25% of its words" in shown(audit_view(made.audit_findings(verdicts=(judged,))))


def test_an_upstream_that_is_no_article_of_the_audit_is_called_by_its_id():
    link = dataclasses.replace(made.STRIKE, upstream="gone-17")
    text = shown(article_view(made.audit_findings(derivations=(link,)), made.REWRITE.id))
    assert "gone-17" in text
    assert "the other text, characters 10 to 95" in text


def test_why_shows_the_weightiest_considerations_of_a_line_and_adds_up_the_rest():
    page = made.page()
    first, *others = page.labelled.blocks
    clues = (Clue("far from prose", -2.0), *(Clue(f"sign {n}", 0.25) for n in range(7)), Clue("place", 0.0, "tail"))
    labelled = dataclasses.replace(page.labelled, blocks=(dataclasses.replace(first, clues=clues), *others))
    text = shown(inspection_view(dataclasses.replace(page, labelled=labelled), made.outlet_lookup, why=True))
    assert "against article text by -0.25; far from prose -2.00; sign 0 +0.25" in text
    assert "; 2 smaller +0.50; place: tail" in text
    assert "sign 6" not in text
