"""The texts of a page as data for its script: lines with their roles, passages, changed and lost wordings.

The data stands in the page as JSON that no browser takes for markup. Places are half-open UTF-16 offsets into the text
as shown.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from markupsafe import Markup

from provenance.model import BODY_ROLES, ArticleId, Derivation, Drift, Erosion, Passage, PassageKind, Role, Span
from provenance.report.encode import json_line
from provenance.report.findings import FindingsIndex
from provenance.report.html.contents import PageText, ReportContents
from provenance.report.html.rewriting import BrowserText, Rewritten
from provenance.report.words import DRIFT_WORDS, EROSION_WORDS, PASSAGE_WORDS
from provenance.text.words import words

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
    shown = {article: _Shown(text, contents, _credits(index, article)) for article, text in texts.items()}
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

    def __init__(self, page_text: PageText, contents: ReportContents, credits_: Sequence[Span]) -> None:
        text = page_text.text
        self._page_text = page_text
        self._length = len(text)
        lines = [
            block.span
            for block in page_text.blocks
            if block.role in contents.left_out and not any(each.overlap(block.span) for each in credits_)
        ]
        self._told = Rewritten(text, _without(text, lines, contents.hidden(text)))
        self._browser = BrowserText(self._told.text)
        self.text = self._browser.text

    def place(self, span: Span) -> list[int]:
        inside = Span(min(span.start, self._length), min(span.end, self._length))
        return list(self._browser.place(self._told.span(inside)))

    def counted(self, passages: Sequence[Passage]) -> dict[str, dict[str, int]]:
        """Count the words of the text as the audit read it, in the article and beside it, by kind of passage.

        What the page writes in place of a control or a name is no word of the text.
        """
        kinds = _kinds(self._words, passages)
        tallies = {True: Counter[str](), False: Counter[str]()}
        place = 0
        for block in self._page_text.blocks:
            tally = tallies[block.role in BODY_ROLES]
            while place < len(self._words) and self._words[place] < block.span.end:
                if self._words[place] >= block.span.start:
                    tally[kinds[place]] += 1
                place += 1
        return {"body": dict(tallies[True]), "site": dict(tallies[False])}

    @cached_property
    def _words(self) -> list[int]:
        return [word.start for word in words(self._page_text.text)]


_LEFT_OUT: Final = "[left out]"


def _without(text: str, lines: Sequence[Span], runs: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Give the runs to replace with some lines among them; of a run that reaches into a line the rest is replaced."""
    told = [Span(line.start, line.start + len(line.of(text).rstrip())) for line in lines if line.of(text).strip()]
    begins, ends = [line.start for line in told], [line.end for line in told]
    found = [(line.start, line.end, _LEFT_OUT) for line in told]
    for begin, end, replacement in runs:
        first, last = bisect_right(ends, begin), bisect_left(begins, end) - 1
        if first > last:
            found.append((begin, end, replacement))
            continue
        if begin < begins[first]:
            found.append((begin, begins[first], replacement))
        if end > ends[last]:
            found.append((ends[last], end, replacement))
    return sorted(found)


_NEW: Final = "new"


def _kinds(places: Sequence[int], passages: Sequence[Passage]) -> list[str]:
    """Give each word the kind of the plainest passage over it, as the audit counts them, or else ``new``.

    Args:
        places: where each word begins, rising.
        passages: their left side is the text's own.
    """
    kinds = [_NEW] * len(places)
    plainest_last = sorted(passages, key=lambda each: list(PassageKind).index(each.kind), reverse=True)
    for each in plainest_last:  # what comes later stands
        begin, end = (bisect_left(places, offset) for offset in (each.left.start, each.left.end))
        kinds[begin:end] = [each.kind.value] * (end - begin)
    return kinds


def _credits(index: FindingsIndex, article: ArticleId) -> list[Span]:
    facts = index.articles[article]
    return [each.span for each in facts.attributions if each.is_provenance and each.span is not None]


def _text(index: FindingsIndex, article: ArticleId, text: PageText, shown: _Shown) -> dict[str, object]:
    facts = index.articles[article]
    return {
        "name": index.article_name(article),
        "lang": facts.language or "",
        "text": shown.text,
        "lines": [[*shown.place(block.span), _ROLES.index(block.role)] for block in text.blocks],
        "credits": [shown.place(span) for span in _credits(index, article)],
    }


def _pair(
    index: FindingsIndex,
    link: Derivation,
    upstream: ArticleId,
    shown: Mapping[ArticleId, _Shown],
    keys: Mapping[ArticleId, str],
) -> dict[str, object]:
    down, up = shown[link.downstream], shown[upstream]
    passages = sorted(link.passages, key=lambda each: each.left)
    return {
        "down": keys[link.downstream],
        "up": keys[upstream],
        "passages": [_passage(each, down, up) for each in passages],
        "words": down.counted(passages),
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
