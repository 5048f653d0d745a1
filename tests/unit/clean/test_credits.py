from __future__ import annotations

from provenance.clean import mark_credits
from provenance.model import (
    Article,
    ArticleId,
    Attribution,
    AttributionKind,
    Block,
    ContentHash,
    LabelledArticle,
    Role,
    Span,
)

DATELINE = "HULL (Example Press) — The ferry sailed on Monday after a week in port."
CREDIT = "Source: Example Press."


def labelled(credit_role: Role = Role.BODY) -> LabelledArticle:
    text = f"{DATELINE}\n{CREDIT}"
    article = Article(ArticleId("a"), "a", ContentHash("0"), text, "text/plain", ())
    end = len(DATELINE) + 1
    return LabelledArticle(
        article, (Block(Span(0, end), Role.BODY, "page.prose"), Block(Span(end, len(text)), credit_role, "page.prose"))
    )


def credit(surface: str, kind: AttributionKind = AttributionKind.REPUBLICATION) -> Attribution:
    start = labelled().article.text.index(surface)
    return Attribution(kind, surface, "en.source", span=Span(start, start + len(surface)))


def test_a_line_that_is_all_credit_takes_role_and_rule_of_the_attribution() -> None:
    block = mark_credits(labelled(), [credit("Source: Example Press")]).blocks[1]

    assert (block.role, block.rule) == (Role.ATTRIBUTION, "en.source")


def test_a_paragraph_that_only_opens_with_a_credit_stays_body() -> None:
    block = mark_credits(labelled(), [credit("HULL (Example Press) —", AttributionKind.WIRE)]).blocks[0]

    assert block.role is Role.BODY


def test_a_citation_is_no_credit() -> None:
    before = labelled()

    assert mark_credits(before, [credit("Source: Example Press", AttributionKind.CITATION)]) == before


def test_a_byline_stays_a_byline() -> None:
    before = labelled(Role.BYLINE)

    assert mark_credits(before, [credit("Source: Example Press")]) == before


def test_a_claim_of_the_markup_marks_no_line() -> None:
    claim = Attribution(AttributionKind.REPUBLICATION, "x", "meta.source", element="<meta>")

    assert mark_credits(labelled(), [claim]) == labelled()
