from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.clean import FurniturePhrases, SiteFurniture, SiteLearner, label
from provenance.knowledge.rules import load_rules
from provenance.model import BODY_ROLES, Article, ArticleId, ContentHash, LayoutLine, Span

PIECES = (
    "The council voted on Tuesday to close the old bridge to lorries.",
    "“Not yet.”",
    "What happens next",
    "Home",
    "By Ada Finch",
    "4 April 2025",
    "老桥下周一恢复通行。",
    "Мост откроют в понедельник, сообщили в мэрии города.",
    "Related Articles",
    "Photo: Ada Finch",
    "",
    "Engineers found cracks in two of the four bearings, and a third one is worn",
)
FURNITURE = ("Advertisement", "Back to top button", "Leave a Reply", "Share on Facebook", "© 2025 Example Courier")
LINES = st.lists(st.sampled_from(PIECES) | st.text(max_size=120), max_size=25)


@cache
def phrases() -> FurniturePhrases:
    return FurniturePhrases.compile(load_rules("furniture"))


def article(lines: list[str]) -> Article:
    text = "\n".join(line.replace("\n", " ") for line in lines)
    spans, at = [], 0
    for line in text.split("\n"):
        end = min(len(text), at + len(line) + 1)
        if end > at:
            spans.append(LayoutLine(Span(at, end)))
        at = end
    return Article(ArticleId("a"), "a", ContentHash("0"), text, "text/plain", tuple(spans))


def labels(lines: list[str]):
    return label(article(lines), phrases=phrases(), site=SiteFurniture())


@settings(deadline=None)
@given(LINES)
def test_blocks_cover_any_text_without_gap_or_overlap(lines: list[str]) -> None:
    result = labels(lines)

    assert "".join(block.span.of(result.article.text) for block in result.blocks) == result.article.text
    ends = [0, *(block.span.end for block in result.blocks)]
    assert [block.span.start for block in result.blocks] == ends[:-1]


@settings(deadline=None)
@given(LINES)
def test_labelling_twice_gives_the_same(lines: list[str]) -> None:
    assert labels(lines) == labels(lines)


@settings(deadline=None)
@given(LINES, st.lists(st.sampled_from(FURNITURE), min_size=1, max_size=4))
def test_furniture_added_below_changes_no_body_line(lines: list[str], furniture: list[str]) -> None:
    before = labels([*lines, ""])
    after = labels([*lines, *furniture])

    kept = [block.role for block in after.blocks[: len(before.blocks)]]
    assert [r for r in kept if r in BODY_ROLES] == [b.role for b in before.blocks if b.role in BODY_ROLES]


PARAGRAPHS = (
    "The council voted on Tuesday to close the old swing bridge to lorries until its bearings have been replaced.",
    "Engineers found cracks in two of the four bearings during an inspection in March, and a third is worn.",
    "Drivers will be sent over the new crossing upstream, which adds about twenty minutes to the trip.",
    "“We would rather be late than wet,” the harbour master told the meeting, to some laughter.",
    "The work is expected to last until the autumn and to cost a little under three million.",
)


@cache
def furniture_lines() -> tuple[str, ...]:
    """Give the examples of every rule that settles a line alone and stands for a line of any page, in all languages."""
    return tuple(
        sorted(
            example
            for rule in load_rules("furniture")
            if rule.pattern and rule.options.get("evidence", "certain") == "certain"
            for example in rule.examples
        )
    )


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_furniture_of_any_language_around_an_article_changes_no_body_line(data) -> None:
    some = st.lists(st.sampled_from(furniture_lines()), max_size=12)
    above, below = data.draw(some), data.draw(some)
    page = ["Swing bridge closes to lorries", *PARAGRAPHS]

    result = labels([*above, *page, *below])

    body = [b.span.of(result.article.text).strip() for b in result.blocks if b.role in BODY_ROLES]
    assert body == list(PARAGRAPHS)


@settings(deadline=None, max_examples=40)
@given(st.lists(LINES, max_size=6), st.randoms(use_true_random=False))
def test_what_a_site_teaches_does_not_hang_on_the_order(texts: list[list[str]], random) -> None:
    articles = [article(lines) for lines in texts]
    shuffled = random.sample(articles, len(articles))
    forward, backward = SiteLearner(), SiteLearner()
    for item in articles:
        forward.add("k", item)
    for item in shuffled:
        backward.add("k", item)

    assert forward.learn() == backward.learn()
