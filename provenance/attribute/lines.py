"""Lines as the rules see them: as a reader does, known names and addresses masked, with their place in the article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import re2

from provenance.attribute.mentions import Name, linked_names, masked, names_of
from provenance.knowledge.outlets import OutletGraph
from provenance.model import Article, Block, LabelledArticle, Role, Span
from provenance.text.view import View, view_of

__all__ = ["Line", "lines_of"]

PROSE_LENGTH = 80
"""Code points. A line at least this long is taken for a paragraph of the article when placing head and tail; credit
lines of the gold set are shorter nine times in ten."""
PROSE_LENGTH_DENSE = 30
"""The same for scripts that write a word in one or two characters."""
HEAD_LINES = 6
TAIL_LINES = 8
"""Lines counted as head or tail whatever their length: title, byline, date; credit, legal line, share, comments."""
HEAD_GAP = 4
TAIL_GAP = 20
"""Lines between two paragraphs of one article: where it begins pictures interrupt it less than further down, and what
stands between its paragraphs must not be taken for what stands below it."""
SHORT_ARTICLE = 14
"""Lines. In a text of no more, the paragraphs alone tell head from tail."""
_WRITTEN = frozenset({Role.BODY, Role.QUOTE})
_TERMINATORS = (".", "!", "?", "。", "！", "？", "।", "॥", "۔", "؟", "…", '."', ".”", ".»", "。」", "다", "။", "។")

_FOLD = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width punctuation: brackets, colons, slashes
    | dict.fromkeys([0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x0009], 0x20)
    | dict.fromkeys([0x2018, 0x2019, 0x02BC, 0x00B4, 0x0060], ord("'"))
    | dict.fromkeys([0x2010, 0x2011], ord("-"))
    | dict.fromkeys(range(0xE000, 0xE010), 0x20)  # nobody else's text may pose as a mask
)


def _folded(text: str) -> str:
    # ASCII has two of these signs, and most lines are in it.
    return text.replace("\t", " ").replace("`", "'") if text.isascii() else text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line, stripped.

    ``plain`` is the line as a reader sees it, with spaces, quotes and brackets folded one to one; :meth:`place` leads
    back to the article.
    """

    view: View = field(repr=False)
    """The whole article as a reader sees it."""
    start: int
    """Where ``plain`` begins in the view."""
    article: str = field(repr=False)
    """The article's text."""
    plain: str
    masked: str
    names: tuple[Name, ...]
    role: Role
    decided: str
    """The rule by which cleaning gave the role."""
    element: str
    is_head: bool
    is_tail: bool
    is_below_middle: bool
    """Whether half of the article's words stand above."""
    is_beside_prose: bool
    """Whether the next or previous line is a paragraph, a date or a byline, so that this one is no item of a list."""
    is_below_prose: bool = False
    """Whether the line above is a paragraph of the text that speaks of no picture, and no caption."""
    is_beneath_byline: bool = False
    """Whether the line above is a byline that names a person and nothing else."""
    is_beneath_title: bool = False
    """Whether the headline stands one or two lines above."""
    is_signature: bool = False
    """Whether it is the page's byline, right below the last paragraph and in the same element as that."""
    is_beneath_quotation: bool = False
    """Whether the line above is a quotation and nothing else, so that a name behind a dash is its speaker."""
    mistaken: frozenset[str] = frozenset()
    """Abbreviations that are not the listed outlet's in this article."""

    def place(self, start: int, end: int) -> Span:
        """Return the place in the article of a run of the folded line."""
        return self.view.place(self.start + start, self.start + end)

    def following(self, place: Span) -> str:
        """Return the rest of the folded line behind a place in the article."""
        return self.plain[self.view.within(place).end - self.start :]

    def original(self, masked_offset: int, *, closing: bool = False) -> int:
        """Turn an offset into the masked line into one into the folded line."""
        grown = 0
        for name in self.names:
            at = name.start - grown
            if masked_offset < at or (masked_offset == at and not closing):
                break
            if masked_offset == at:
                break
            grown += name.end - name.start - 1
        return masked_offset + grown

    def span(self, masked_start: int, masked_end: int) -> Span:
        """Return the place in the article of a run of the masked line."""
        return self.place(self.original(masked_start), self.original(masked_end))

    def quoted(self, masked_start: int, masked_end: int) -> str:
        """Return a run of the masked line exactly as the article has it."""
        span = self.span(masked_start, masked_end)
        return self.article[span.start : span.end]

    def names_within(self, masked_start: int, masked_end: int) -> list[Name]:
        """Return the names whose masks stand in a run of the masked line, in order."""
        start, end = self.original(masked_start), self.original(masked_end)
        return [name for name in self.names if start <= name.start and name.end <= end]


def lines_of(labelled: LabelledArticle, outlets: OutletGraph) -> Iterator[Line]:
    """Yield the non-blank lines of an article, in order, with their names found and masked."""
    article = labelled.article
    # In Korea and Japan a letter in a circle stands for the sign of copyright; a view would make a plain letter of it.
    view = view_of(article.text.replace("ⓒ", "©").replace("Ⓒ", "©"))
    seen = _with_latin_names(view)
    runs = [view.within(line.span) for line in article.lines]
    texts = [seen[run.start : run.end] for run in runs]
    solid = [index for index, text in enumerate(texts) if text.strip()]
    blocks = _roles(labelled)
    places = [line.span.start for line in article.lines]
    roles = [_role_at(blocks, start) for start in places]
    written = [i for i in solid if roles[i] in _WRITTEN]
    prose = _prose(article, texts, solid, written)
    long = len(solid) > SHORT_ARTICLE
    mistaken = outlets.mistaken(seen, article.url)
    links = {int(claim.extra["start"]): claim for claim in article.claims if claim.extra.get("start", "").isdecimal()}
    is_text = [_is_text(texts[index]) for index in solid]
    for rank, index in enumerate(solid):
        folded = _folded(texts[index])
        plain = folded.strip()
        if not plain:
            continue
        start = runs[index].start + len(folded) - len(folded.lstrip())
        linked = linked_names(links, view, start, plain, outlets) if links else ()
        names = names_of(plain, outlets, mistaken, linked)
        yield Line(
            view=view,
            start=start,
            article=article.text,
            plain=plain,
            masked=masked(plain, names),
            names=names,
            role=roles[index],
            decided=blocks[places[index]].rule if places[index] in blocks else "",
            element=article.lines[index].element,
            is_head=index <= prose.head or (long and rank < HEAD_LINES),
            is_tail=index >= prose.last or (long and rank >= len(solid) - TAIL_LINES),
            is_below_middle=index > prose.middle,
            is_beside_prose=any(is_text[near] for near in _near(rank, long=long) if near < len(solid)),
            is_below_prose=index > prose.last
            and is_text[rank - 1]
            and roles[solid[rank - 1]] in _WRITTEN
            and _PICTURED.search(texts[solid[rank - 1]]) is None,
            is_beneath_byline=rank > 0 and _is_person(texts[solid[rank - 1]].strip()),
            is_beneath_title=roles[index] is not Role.TITLE
            and any(roles[i] is Role.TITLE for i in solid[max(0, rank - 2) : rank]),
            is_signature=roles[index] is Role.BYLINE
            and rank > 0
            and solid[rank - 1] == prose.last
            and _is_below(article.lines[prose.last].element, article.lines[index].element),
            is_beneath_quotation=rank > 0 and _is_quotation(texts[solid[rank - 1]].strip()),
            mistaken=mistaken,
        )


def _is_below(paragraph: str, element: str) -> bool:
    """Say whether an element stands in what holds a paragraph; never without markup."""
    holder = paragraph.rpartition(">")[0]
    return bool(holder) and (element == holder or element.rpartition(">")[0] == holder)


def _near(rank: int, *, long: bool) -> tuple[int, ...]:
    # What opens a short text stands above its headline: "dpa", "Harbour open again", paragraph.
    return ((1,) if long else (1, 2)) if rank == 0 else (rank - 1, rank + 1)


def _with_latin_names(view: View) -> str:
    """Give the view's text with Latin words kept that could be words of the text's own script: AP, BBC."""
    parts, done = [], 0
    for word in view.lookalikes:
        written = view.composed.text[word.start : word.end]
        if not word.mixed and written.isascii():
            parts += [view.text[done : word.start], written]
            done = word.end
    return "".join(parts) + view.text[done:]


def _roles(labelled: LabelledArticle) -> dict[int, Block]:
    return {block.span.start: block for block in labelled.blocks}


def _role_at(roles: Mapping[int, Block], start: int) -> Role:
    return roles[start].role if start in roles else Role.BODY


@dataclass(frozen=True, slots=True)
class _Prose:
    """Where the article's paragraphs stand among the lines of its page; indices of lines."""

    head: int
    """The line up to which the head may reach: the second paragraph."""
    last: int
    """The last paragraph."""
    middle: int
    """The paragraph by which half of the article's words are said; -1 where there are too few to tell."""


def _prose(article: Article, texts: list[str], solid: list[int], written: list[int]) -> _Prose:
    """Find the article's paragraphs; ``written`` are the lines cleaning took for the article's own words."""
    extracted = {i for i, line in enumerate(article.lines) if line.extracted}
    pool = [i for i in solid if i in extracted] or written or solid
    prose = [i for i in pool if _is_long(texts[i])] or [i for i in pool if texts[i].strip().endswith(_TERMINATORS)]
    if not prose:
        prose = sorted(pool, key=lambda i: -len(texts[i]))[:1]
    if not prose:
        return _Prose(0, 0, 0)
    rank = {index: at for at, index in enumerate(solid)}
    dense = _longest_run(prose, texts, rank, HEAD_GAP)
    loose = _longest_run(prose, texts, rank, TAIL_GAP)
    return _Prose(dense[min(1, len(dense) - 1)], loose[-1], _middle(loose, texts))


def _longest_run(prose: list[int], texts: list[str], rank: Mapping[int, int], gap: int) -> list[int]:
    """Return the run of paragraphs that says most, none of its members more than ``gap`` lines from the next.

    Menus, galleries and teasers have long lines too, far above or below the article.
    """
    runs = [prose[:1]]
    for one, other in pairwise(prose):
        if rank[other] - rank[one] > gap:
            runs.append([])
        runs[-1].append(other)
    return max(runs, key=lambda run: sum(len(texts[i]) for i in run))


def _middle(prose: list[int], texts: list[str]) -> int:
    if sum(_is_long(texts[i]) for i in prose) <= 1:
        return -1
    left = sum(len(texts[i]) for i in prose) / 2
    for index in prose:
        left -= len(texts[index])
        if left <= 0:
            return index
    return prose[-1]


_BYLINE = re2.compile(
    r"(?i)^\s*(?:(?:story |text |words )?by|von|par|por|di|door|av|af|text|autor|author) "
    r"|\p{Nd}{4}|\p{Nd}:\p{Nd}{2}|[年月日]"
)

_QUOTING = frozenset("\"“„«‘'「『")
_PICTURED = re2.compile(
    r"(?i)\b(?:photos?|photograph\w*|pictur\w*|images?|screenshot|illustration|foto\w*|bild|imagen|graphic)\b|"
    r"^[(\[].*[)\]]$|写真|图片|사진"
)
"""Words by which a line speaks of a picture, or shows one's place in a text."""

_QUOTATION = re2.compile(r"^[\"“„«‘'「『][^\n]*[\"”“»’'」』][.!?…]?$")

_BY = frozenset({"af", "av", "by", "da", "di", "do", "pa", "po", "st", "te", "vo", "wo"})
"""The first letters of what such a line begins with."""
_PERSON = re2.compile(
    r"^(?i:(?:story |text |words )?(?:by|von|par|por|di|door|av|af)):? "
    r"(?:\p{Lu}[\p{L}\p{M}.'’-]*,? ?|and |und |et |y |e |& ){2,9}$"
)


def _is_person(text: str) -> bool:
    return text[:2].casefold() in _BY and _PERSON.match(text) is not None


def _is_quotation(text: str) -> bool:
    return text[:1] in _QUOTING and _QUOTATION.match(text) is not None


def _is_text(text: str) -> bool:
    return _is_long(text) or text.strip().endswith(_TERMINATORS) or _BYLINE.search(text[:80]) is not None


def _is_long(text: str) -> bool:
    stripped = text.strip()
    return len(stripped) >= (PROSE_LENGTH_DENSE if "\u3040" <= stripped[0] <= "\u9fff" else PROSE_LENGTH)
