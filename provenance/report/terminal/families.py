"""Families as trees: what came first at the root, what derives from it below, and where the upstream is unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from provenance.model import ArticleId, Derivation, Direction, Family
from provenance.report.findings import FindingsIndex
from provenance.report.plain import handle, one_line
from provenance.report.terminal.evidence import best_evidence
from provenance.report.terminal.layout import Paragraph, entry, heading, plain
from provenance.report.words import (
    DIRECTION_WORDS,
    counted,
    listed,
    origins_phrase,
    percent,
    strength_phrase,
)

__all__ = ["families_section", "link_words"]

MAX_DEPTH: Final = 6
"""Levels of a tree before it goes on in a new one: deeper, 80 columns leave no room for words."""

_NOT_AT_HAND: Final = "its own page is not at hand"
_ORDER_UNKNOWN: Final = "nothing given here shows which of them came first"
_UNKNOWN_UPSTREAM: Final = f"Upstream unknown: these share text, and {_ORDER_UNKNOWN}"

_CREDITED: Final = "cyan"
_MEASURED: Final = "yellow"
_UNKNOWN: Final = "magenta"


def families_section(index: FindingsIndex) -> Iterator[RenderableType]:
    """Yield the families of two and more articles, largest first; nothing when there are none."""
    lineage = index.findings.lineage
    families = sorted(
        (each for each in lineage.families if len(each.articles) > 1), key=lambda each: (-len(each.articles), each.id)
    )
    if not families:
        return
    yield heading("Families: articles tied by derivation", "Upstream stands above, downstream below it.")
    for number, family in enumerate(families, 1):
        size, origins = counted(len(family.articles), "article"), origins_phrase(family.origins)
        yield ""
        yield Paragraph(plain(f"Family {number}: {size}, {origins}", "bold"))
        yield from (entry("Why", one_line(reason), indent=2) for reason in family.origins.why)
        yield from _FamilyTree(family, index).trees()


class _FamilyTree:
    """Lays one family out as trees. An article with several upstreams stands below the best evidenced of them."""

    def __init__(self, family: Family, index: FindingsIndex) -> None:
        self._index = index
        self._family = family
        self._members = frozenset(family.articles)
        self._above: dict[ArticleId, Derivation] = {}
        self._below: defaultdict[ArticleId, list[ArticleId]] = defaultdict(list)
        self._placed: set[ArticleId] = set()
        for article in family.articles:
            if link := self._best_upstream(article):
                self._above[article] = link
                self._below[link.upstream or article].append(article)

    def _best_upstream(self, article: ArticleId) -> Derivation | None:
        directed = (
            each
            for each in self._index.asserted(article)
            if each.upstream in self._members and each.direction is not Direction.UNKNOWN
        )
        return next(directed, None)

    def trees(self) -> Iterator[RenderableType]:
        """Yield the trees: below what is credited or unknown, then below the articles nothing stands above."""
        groups = self._sharing([article for article in self._family.articles if article not in self._above])
        below: defaultdict[str, list[ArticleId]] = defaultdict(list)
        for group in groups:
            below[self._upstream_of(group)] += group
        for upstream, articles in below.items():
            if upstream:
                style = _UNKNOWN if upstream == _UNKNOWN_UPSTREAM else _CREDITED
                yield from self._grown(plain(upstream, style), articles)
        for article in (*below[""], *self._family.articles):
            if article not in self._placed:
                yield from self._grown(None, [article])

    def _upstream_of(self, group: list[ArticleId]) -> str:
        """Say what stands above articles that no article at hand stands above; empty when nothing is known to."""
        named = {article: self._named_outlets(article) for article in group}
        outlets = listed(sorted({name for names in named.values() for name in names}))
        if not outlets:
            return _UNKNOWN_UPSTREAM if len(group) > 1 else ""
        if len(group) == 1:
            return f"{outlets}: credited as the source; {_NOT_AT_HAND}"
        who = "all" if all(named.values()) else "some"
        return f"{outlets}: credited as the source by {who} of these; {_NOT_AT_HAND}, and {_ORDER_UNKNOWN}"

    def _named_outlets(self, article: ArticleId) -> list[str]:
        links = (each for each in self._index.asserted(article) if each.upstream is None)
        return [self._index.outlet_name(each.upstream_outlet) or "A source it does not name" for each in links]

    def _sharing(self, tops: list[ArticleId]) -> Iterator[list[ArticleId]]:
        """Yield the articles in groups tied by links of unknown direction; most groups are one article."""
        waiting = dict.fromkeys(tops)
        while waiting:
            group, edge = [], [next(iter(waiting))]
            del waiting[edge[0]]
            while edge:
                group.append(article := edge.pop())
                for other in self._partners(article):
                    if other in waiting:
                        del waiting[other]
                        edge.append(other)
            yield sorted(group)

    def _partners(self, article: ArticleId) -> Iterator[ArticleId]:
        for link in self._index.undirected(article):
            other = link.downstream if link.upstream == article else link.upstream
            if other is not None:
                yield other

    def _grown(self, label: Text | None, articles: Iterable[ArticleId]) -> Iterator[RenderableType]:
        """Yield a tree over ``articles``, and one more for each branch that goes on below :data:`MAX_DEPTH`."""
        waiting: list[tuple[Text | None, list[ArticleId]]] = [(label, list(articles))]
        while waiting:
            root_label, tops = waiting.pop(0)
            root = Tree(root_label, guide_style="dim") if root_label is not None else None
            branches: list[tuple[Tree | None, ArticleId, int]] = [(root, each, 1) for each in reversed(tops)]
            while branches:
                parent, article, depth = branches.pop()
                self._placed.add(article)
                node = parent.add(self._label(article)) if parent else Tree(self._label(article), guide_style="dim")
                root = root or node
                below = [each for each in self._below[article] if each not in self._placed]
                if depth < MAX_DEPTH:
                    branches.extend((node, each, depth + 1) for each in reversed(below))
                elif below:
                    node.add(plain(f"{counted(len(below), 'article')} below it: see the next tree", "dim"))
                    name = self._index.article_name(article)
                    waiting.append((plain(f"Below {name}:", "dim"), below))
            if root is not None:
                yield root

    def _label(self, article: ArticleId) -> RenderableType:
        index = self._index
        name = Text.assemble((index.article_name(article), "bold"), (index.shown_handle(article), "dim"))
        lines: list[RenderableType] = [Paragraph(name)]
        if link := self._above.get(article):
            lines += self._link_lines(article, link)
        elif article == self._family.root:
            lines.append(Paragraph(plain("the others of this family come from it"), indent=2))
        lines += self._other_links(article)
        return Group(*lines)

    def _link_lines(self, article: ArticleId, link: Derivation) -> Iterator[RenderableType]:
        more = f": provenance show {handle(article)}"
        yield Paragraph(link_words(link, credited=self._index.credits(article, link)), indent=2)
        yield entry("Evidence", best_evidence(link.evidence, more=more), indent=2)

    def _other_links(self, article: ArticleId) -> Iterator[RenderableType]:
        """Yield what else ties an article: further upstreams, outlets known by name, and links without direction."""
        for link in self._index.asserted(article):
            if link is self._above.get(article) or not self._is_told_here(link):
                continue
            name = (
                self._index.article_name(link.upstream)
                if link.upstream
                else self._index.outlet_name(link.upstream_outlet)
            )
            words = link_words(link, credited=self._index.credits(article, link))
            relation = "Shares text with" if link.direction is Direction.UNKNOWN and link.upstream else "From"
            yield entry(relation, Text.assemble(f"{name or 'a source it does not name'}, ", words), indent=2)
            more = f": provenance show {handle(article)}"
            yield entry("Evidence", best_evidence(link.evidence, more=more), indent=2)

    def _is_told_here(self, link: Derivation) -> bool:
        return link.upstream is None or link.in_lineage


def link_words(link: Derivation, *, credited: bool) -> Text:
    """Say what a link rests on, how much it covers, how strong its evidence is, and how sure its direction."""
    if link.upstream is None:
        return plain("credited by name; amount not measurable here", _CREDITED)
    basis = ("measured and credited", _CREDITED) if credited else ("measured, not credited", _MEASURED)
    if link.direction is Direction.UNKNOWN and not credited:
        basis = ("measured", _UNKNOWN)
    amount = f"{percent(link.share)} of its words" if link.share is not None else "amount unknown"
    rest = f": {amount} · evidence strength {strength_phrase(link.strength)} · {DIRECTION_WORDS[link.direction]}"
    return Text.assemble(basis, rest)
