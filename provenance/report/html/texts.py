"""The texts of a page as data for its script: lines with their roles, passages, changed and lost wordings.

The data stands in the page as JSON that no browser takes for markup. Places are half-open UTF-16 offsets into the text
as shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from provenance.model import ArticleId, Derivation, Drift, Erosion, Passage, Role, Span
from provenance.report.encode import json_line
from provenance.report.findings import FindingsIndex
from provenance.report.html.contents import PageText, ReportContents
from provenance.report.html.rewriting import BrowserText, Rewritten
from provenance.report.words import DRIFT_WORDS, EROSION_WORDS, PASSAGE_WORDS

__all__ = ["MOST_TEXT", "PairData", "compared_texts", "embedded"]

MOST_TEXT: Final = 24_000_000
"""Characters of text one page holds at most; what goes beyond is told without its text. A browser of 2025 opens a
page of so many in a few seconds."""

_ROLES: Final = list(Role)


@dataclass(frozen=True, slots=True)
class PairData:
    """A link that is shown side by side, with its name in the page."""

    anchor: str
    link: Derivation


def compared_texts(index: FindingsIndex, contents: ReportContents, pairs: Sequence[PairData]) -> dict[str, object]:
    """Return the data of all pairs whose two texts are at hand, for :func:`embedded`."""
    wanted = sorted({each for pair in pairs for each in (pair.link.downstream, pair.link.upstream) if each})
    texts = _within_limit(contents.texts(wanted))
    shown = {article: _Shown(text.text, contents) for article, text in texts.items()}
    keys = {article: f"t{number}" for number, article in enumerate(sorted(shown), 1)}
    told = {
        pair.anchor: _pair(index, pair.link, pair.link.upstream, shown, keys)
        for pair in pairs
        if pair.link.downstream in shown and pair.link.upstream is not None and pair.link.upstream in shown
    }
    return {
        "roles": [role.value for role in _ROLES],
        "kinds": {kind.value: word for kind, word in PASSAGE_WORDS.items()},
        "texts": {keys[article]: _text(index, article, texts[article], shown[article]) for article in sorted(shown)},
        "pairs": told,
    }


def _within_limit(texts: Mapping[ArticleId, PageText]) -> dict[ArticleId, PageText]:
    kept: dict[ArticleId, PageText] = {}
    room = MOST_TEXT
    for article, text in texts.items():
        room -= len(text.text)
        if room >= 0:
            kept[article] = text
    return kept


class _Shown:
    """A text as the page shows it: first without what is to be hidden, then printable."""

    def __init__(self, text: str, contents: ReportContents) -> None:
        self._length = len(text)
        self._told = Rewritten(text, contents.hidden(text))
        self._browser = BrowserText(self._told.text)
        self.text = self._browser.text

    def place(self, span: Span) -> list[int]:
        inside = Span(min(span.start, self._length), min(span.end, self._length))
        return list(self._browser.place(self._told.span(inside)))


def _text(index: FindingsIndex, article: ArticleId, text: PageText, shown: _Shown) -> dict[str, object]:
    facts = index.articles[article]
    credited = [each.span for each in facts.attributions if each.is_provenance and each.span is not None]
    return {
        "name": index.article_name(article),
        "lang": facts.language or "",
        "text": shown.text,
        "lines": [[*shown.place(block.span), _ROLES.index(block.role)] for block in text.blocks],
        "credits": [shown.place(span) for span in credited],
    }


def _pair(
    index: FindingsIndex,
    link: Derivation,
    upstream: ArticleId,
    shown: Mapping[ArticleId, _Shown],
    keys: Mapping[ArticleId, str],
) -> dict[str, object]:
    down, up = shown[link.downstream], shown[upstream]
    return {
        "down": keys[link.downstream],
        "up": keys[upstream],
        "passages": [_passage(each, down, up) for each in sorted(link.passages, key=lambda each: each.left)],
        "drift": [_drift(each, down, up) for each in index.drift(link.downstream, upstream)],
        "erosion": [_erosion(each, down, up) for each in index.erosion(link.downstream, upstream)],
    }


def _passage(each: Passage, down: _Shown, up: _Shown) -> list[object]:
    return [each.kind.value, *down.place(each.left), *up.place(each.right)]


def _drift(each: Drift, down: _Shown, up: _Shown) -> list[object]:
    return [DRIFT_WORDS[each.kind], *down.place(each.downstream.span), *up.place(each.upstream.span)]


def _erosion(each: Erosion, down: _Shown, up: _Shown) -> list[object]:
    became = down.place(each.became_at) if each.became_at else [-1, -1]
    return [EROSION_WORDS[each.kind], *became, *(up.place(each.place) if each.place else [-1, -1])]


def embedded(data: Mapping[str, object]) -> Markup:
    """Return data as JSON that may stand in a ``script`` element: it holds no ``<``, ``>`` or ``&``."""
    text = json_line(data)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704  escaped
