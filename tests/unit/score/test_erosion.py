"""Erosion: what was lost of what was taken, and what only seems to be."""

from __future__ import annotations

import pytest

from provenance.match import Body, WordsThenSentences
from provenance.model import (
    ArticleFacts,
    ArticleId,
    Attribution,
    AttributionKind,
    ContentHash,
    Erosion,
    ErosionKind,
    Extent,
    Match,
    OutletId,
    Span,
)
from provenance.score.erosion import agency_erosion, compared, erosion

UP = """The ferry line of Larchport said on Monday that its new vessel would sail twice a day from April.
Ida Quill, 54, who has led the line since the spring, told reporters that 214 passengers had complained about the old timetable.
Quill said the fares would stay as they were until the harbour board had met again.
The old vessel may have lost oil in the outer harbour, according to a report by the coast guard.
Fishermen of the lower town asked for a hearing and for clean berths before the summer season begins.
"""


def aligned(downstream: str, upstream: str, language: str = "en") -> Match:
    def body(name: str, text: str) -> Body:
        spans, at = [], 0
        for line in text.splitlines(keepends=True):
            spans.append(Span(at, at + len(line)))
            at += len(line)
        return Body(ArticleId(name), text, tuple(spans), language)

    return WordsThenSentences().align(body("down", downstream), body("up", upstream))


def lost(downstream: str, upstream: str = UP, language: str = "en") -> list[Erosion]:
    match = aligned(downstream, upstream, language)
    return list(erosion(match, (downstream, upstream), (language, language)))


def told(found: list[Erosion]) -> list[tuple[str, str, str | None]]:
    return [(one.kind.value, one.wording, one.became) for one in found]


def test_a_copy_loses_nothing() -> None:
    assert lost(UP) == []


def test_a_name_that_stands_nowhere_downstream_is_lost_and_its_place_is_upstream() -> None:
    down = UP.replace("Ida Quill", "The manager").replace("Quill", "The manager")
    (one,) = [each for each in lost(down) if each.kind is ErosionKind.NAME]
    assert one.wording == "Ida Quill"
    assert one.place is not None
    assert one.place.of(UP) == "Ida Quill"


def test_a_name_that_is_still_told_by_the_surname_is_not_lost() -> None:
    assert lost(UP.replace("Ida Quill", "The manager")) == []


@pytest.mark.parametrize("written", ["Mrs Quill's", "Kuill", "QUILL"])
def test_another_form_of_a_name_counts_as_the_name(written: str) -> None:
    down = UP.replace("Ida Quill", "The manager").replace("Quill", f"{written} office")
    assert [one for one in lost(down) if one.kind is ErosionKind.NAME and one.became is None] == []


def test_a_number_left_out_where_what_it_counts_is_kept_is_lost() -> None:
    (one,) = lost(UP.replace("214 passengers", "passengers"))
    assert told([one]) == [("number", "214 passengers", None)]


def test_what_stands_in_place_of_a_number_is_what_it_became() -> None:
    (one,) = lost(UP.replace("214 passengers", "many passengers"))
    assert (one.kind, one.became) == (ErosionKind.NUMBER, "many")


def test_a_number_that_changed_is_told_by_what_it_became() -> None:
    (one,) = lost(UP.replace("214", "241"))
    assert told([one]) == [("number", "214 passengers", "241 passengers")]


def test_a_number_told_elsewhere_in_the_text_is_not_lost() -> None:
    down = UP.replace("214 passengers", "passengers").replace(
        "The old vessel", "The 214 letters lie with it. The vessel"
    )
    assert [one for one in lost(down) if one.kind is ErosionKind.NUMBER] == []


def test_a_hedge_left_out_of_a_kept_sentence_is_lost() -> None:
    upstream = UP.replace(
        "may have lost oil in the outer harbour, according to", "lost oil in the outer harbour, according to"
    )
    down = upstream.replace(", according to a report by the coast guard", "")
    # The neighbours name no source that might stand for it.
    upstream = upstream.replace("Quill said the fares would stay", "The fares will stay")
    down = down.replace("Quill said the fares would stay", "The fares will stay")
    assert ("hedge", "according to a report by the coast guard", None) in told(lost(down, upstream))


def test_a_hedge_put_in_other_words_is_not_lost() -> None:
    down = UP.replace("may have lost oil", "has possibly lost oil").replace(", according to", ", says")
    assert [one for one in lost(down) if one.kind is ErosionKind.HEDGE] == []


def test_a_sentence_that_was_left_out_is_no_loss() -> None:
    lines = UP.splitlines(keepends=True)
    for left_out in range(len(lines)):
        down = "".join(line for at, line in enumerate(lines) if at != left_out)
        assert [one for one in lost(down) if one.kind is not ErosionKind.NAME] == []


def test_texts_that_share_nothing_lose_nothing() -> None:
    assert lost("A baker of the hill town has opened a second shop, and 300 people came on the first day.\n") == []


def facts(name: str, outlet: str | None, *credits_: tuple[str, AttributionKind, Extent]) -> ArticleFacts:
    written = tuple(
        Attribution(kind, one, "test", Span(at, at + 1), credited=one, outlet=OutletId(one), extent=extent)
        for at, (one, kind, extent) in enumerate(credits_)
    )
    return ArticleFacts(
        id=ArticleId(name),
        source=name,
        content_hash=ContentHash(name),
        body_hash=ContentHash(name),
        words=100,
        outlet=None if outlet is None else OutletId(outlet),
        attributions=written,
    )


WIRE = ("agency", AttributionKind.WIRE, Extent.FULL)


def test_an_agency_the_downstream_names_nowhere_is_lost() -> None:
    (one,) = agency_erosion(facts("down", "herald"), facts("up", "post", WIRE))
    assert (one.kind, one.wording, one.place, one.became) == (ErosionKind.AGENCY, "agency", Span(0, 1), None)


def test_who_is_credited_instead_is_what_an_agency_became() -> None:
    down = facts("down", "herald", ("post", AttributionKind.REPUBLICATION, Extent.FULL))
    (one,) = agency_erosion(down, facts("up", "post", WIRE))
    assert (one.became, one.became_at) == ("post", Span(0, 1))


@pytest.mark.parametrize(
    ("down", "up"),
    [
        (facts("down", "herald", WIRE), facts("up", "post", WIRE)),
        (facts("down", "herald", ("agency", AttributionKind.CITATION, Extent.UNKNOWN)), facts("up", "post", WIRE)),
        (facts("down", "agency"), facts("up", "post", WIRE)),
        (facts("down", "herald"), facts("up", "agency", WIRE)),
        (facts("down", "herald"), facts("up", "post", ("agency", AttributionKind.WIRE, Extent.PARTIAL))),
        (facts("down", "herald"), facts("up", "post", ("agency", AttributionKind.IMAGE, Extent.UNKNOWN))),
    ],
    ids=["credited", "cited", "its own page", "the upstream's own", "for a part only", "for a picture"],
)
def test_an_agency_is_not_lost(down: ArticleFacts, up: ArticleFacts) -> None:
    assert list(agency_erosion(down, up)) == []


def test_a_changed_fact_is_told_among_the_changes_and_not_again_among_the_losses() -> None:
    down = UP.replace("54", "45").replace("214 passengers", "passengers")
    match = aligned(down, UP)
    changed, losses = compared(match, (down, UP), ("en", "en"))
    assert [(each.before, each.after) for each in changed] == [("54", "45")]
    assert told(list(losses)) == [("number", "214 passengers", None)]
    both = erosion(match, (down, UP), ("en", "en"))
    assert told(list(both)) == [("number", "54", "45"), ("number", "214 passengers", None)]
