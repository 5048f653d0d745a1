from __future__ import annotations

import importlib.util
from pathlib import Path

from provenance.clean.dates import date_line
from provenance.clean.page import settle_lines
from provenance.clean.surface import surfaces
from provenance.clean.threads import in_threads

_spec = importlib.util.spec_from_file_location("clean_pages", Path(__file__).with_name("pages.py"))
assert _spec is not None
assert _spec.loader is not None
pages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(pages)


COMMENTS = (
    "3 Comments",
    "Lena says:",
    "They should have done this ten years ago, when the first crack was reported to the council.",
    "Tom the Boatman says:",
    "Twenty minutes is nothing. Try rowing it in January with a cold and a full boat.",
)


def threaded(*lines: str) -> list[str]:
    article = pages.article("\n".join(lines) + "\n")
    settings = settle_lines(surfaces(article.text, article.lines), article, pages.phrases(), frozenset())
    inside = in_threads(settings, [date_line(setting.surface.text) for setting in settings])
    return [setting.surface.text for setting, holds in zip(settings, inside, strict=True) if holds]


def test_what_follows_the_head_of_a_comment_below_their_heading_stands_in_the_thread() -> None:
    assert threaded(*pages.PARAGRAPHS, *COMMENTS) == list(COMMENTS[1:])


def test_a_count_of_comments_above_the_article_opens_no_thread() -> None:
    assert threaded("3 Comments", "4 April 2025, 09:12", *pages.PARAGRAPHS) == []


def test_a_thread_ends_where_no_head_follows_for_long() -> None:
    later = tuple(f"The {word} gate of the lock was painted green in the spring." for word in "abcdefghijklmnopqrst")

    assert later[-1] not in threaded(*pages.PARAGRAPHS, *COMMENTS, *later)


def test_a_name_and_a_colon_within_the_article_open_no_thread() -> None:
    assert threaded(*pages.PARAGRAPHS, "Lena says:", pages.PARAGRAPHS[0], "Tom says:", pages.PARAGRAPHS[1]) == []
