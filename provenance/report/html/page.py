"""The pages of a report put together: one file for an audit of usual size, a page a family with an index beyond it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from provenance.model import ArticleId, AuditFindings, Derivation, Family, FamilyId
from provenance.report.findings import FindingsIndex
from provenance.report.html.anchors import Anchors, PairKey
from provenance.report.html.cards import card_views
from provenance.report.html.contents import ReportContents
from provenance.report.html.families import FamilyView, TellingLinks, family_entry, family_view, ranked
from provenance.report.html.front import Front, Place, front, review_lines
from provenance.report.html.links import LinkView, family_links, link_view, possible_links, reviews_by_pair
from provenance.report.html.rendering import render
from provenance.report.html.rows import article_row
from provenance.report.html.texts import PairData, compared_texts, embedded

__all__ = ["MOST_ON_ONE_PAGE", "is_one_page", "report_pages"]

MOST_ON_ONE_PAGE: Final = 800
"""Articles told on one page. 500 open in well under 3 s in Chromium; more would still, but are not read on one page."""

LONE_ON_ONE_PAGE: Final = 400
"""Articles without a family on one page of a report of several."""


def is_one_page(findings: AuditFindings) -> bool:
    """Say whether one page holds all that is told of an audit."""
    return len(findings.articles) <= MOST_ON_ONE_PAGE


def report_pages(contents: ReportContents, name: str, folder: str) -> Iterator[tuple[str, str]]:
    """Yield each page of a report with its path, the main one first.

    Args:
        contents: what to tell.
        name: file name of the main page.
        folder: path of the folder further pages stand in, from the folder of the main one; not used for one page.
    """
    whole = _Report(contents, name, folder)
    for plan in whole.plans:
        yield plan.path, whole.page(plan)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one page tells, by id."""

    path: str
    title: str
    families: tuple[Family, ...] = ()
    articles: tuple[ArticleId, ...] = ()
    is_main: bool = False


class _Report:
    """Everything the pages have in common."""

    def __init__(self, contents: ReportContents, name: str, folder: str) -> None:
        self._contents = contents
        self._index = FindingsIndex(contents.findings)
        self._families = ranked(self._index)
        self._numbers: dict[str, int] = {each.id: number for number, each in enumerate(self._families, 1)}
        self._links = {each.id: family_links(self._index, each) for each in self._families}
        self._main = name
        self.plans = tuple(self._planned(name, folder))
        self._possible = {plan.path: possible_links(self._index, plan.articles) for plan in self.plans}
        self._anchors = self._named()

    def _planned(self, name: str, folder: str) -> Iterator[_Plan]:
        every = tuple(facts.id for facts in self._contents.findings.articles)
        if is_one_page(self._contents.findings):
            yield _Plan(name, "", tuple(self._families), every, is_main=True)
            return
        yield _Plan(name, "", is_main=True)
        for number, family in enumerate(self._families, 1):
            yield _Plan(f"{folder}/family-{number}.html", f"Family {number}", (family,), family.articles)
        told = {article for family in self._families for article in family.articles}
        lone = [article for article in every if article not in told]
        for number, begin in enumerate(range(0, len(lone), LONE_ON_ONE_PAGE), 1):
            part = tuple(lone[begin : begin + LONE_ON_ONE_PAGE])
            title = f"Articles without a family, {begin + 1} to {begin + len(part)}"
            yield _Plan(f"{folder}/articles-{number}.html", title, (), part)

    def _named(self) -> Anchors:
        articles: dict[ArticleId, tuple[str, str]] = {}
        families: dict[FamilyId, tuple[str, str]] = {}
        pairs: dict[PairKey, tuple[str, str]] = {}
        for plan in self.plans:
            for article in plan.articles:
                articles[article] = (plan.path, f"article-{len(articles) + 1}")
            for family in plan.families:
                families[family.id] = (plan.path, f"family-{self._numbers[family.id]}")
            for link in self._told(plan):
                pairs.setdefault((link.downstream, link.upstream), (plan.path, f"link-{len(pairs) + 1}"))
        return Anchors(articles, families, pairs, self._main)

    def _told(self, plan: _Plan) -> Iterator[Derivation]:
        for family in plan.families:
            links = self._links[family.id]
            yield from (*links.lineage, *links.further)
        yield from self._possible[plan.path]

    def page(self, plan: _Plan) -> str:
        """Write one page."""
        index, contents = self._index, self._contents
        anchors = Anchors(self._anchors.articles, self._anchors.families, self._anchors.pairs, plan.path)
        reviews = reviews_by_pair(contents.reviews)
        views = {
            (link.downstream, link.upstream): link_view(
                index, link, anchors, reviews, anchors.pairs[link.downstream, link.upstream][1]
            )
            for link in self._told(plan)
        }
        pairs = [PairData(views[link.downstream, link.upstream].anchor, link) for link in self._told(plan)]
        return render(
            front=self._front(plan, anchors),
            families=tuple(self._family(each, anchors, views) for each in plan.families),
            rows=[article_row(index, index.articles[each], anchors, self._numbers) for each in plan.articles],
            possible=[views[link.downstream, link.upstream] for link in self._possible[plan.path]],
            cards=card_views(index, contents.cards, anchors) if plan.is_main else [],
            reviews=review_lines(index, contents.reviews, anchors) if plan.is_main else [],
            unreadable=contents.findings.unreadable if plan.is_main else (),
            data=embedded(compared_texts(index, contents, pairs)),
        )

    def _front(self, plan: _Plan, anchors: Anchors) -> Front:
        index = self._index
        if not plan.is_main:
            return front(self._contents, index, Place(plan.title, anchors.address(self._main)))
        entries = (family_entry(index, each, self._numbers[each.id], anchors) for each in self._families)
        lone = ((each.title, anchors.address(each.path)) for each in self.plans if not (each.is_main or each.families))
        return front(self._contents, index, Place(families=tuple(entries), pages=tuple(lone)))

    def _family(self, family: Family, anchors: Anchors, views: Mapping[PairKey, LinkView]) -> FamilyView:
        entry = family_entry(self._index, family, self._numbers[family.id], anchors)
        links = self._links[family.id]
        lineage, further = (
            tuple(views[link.downstream, link.upstream] for link in part) for part in (links.lineage, links.further)
        )
        return family_view(self._index, entry, family, TellingLinks(lineage, further, links.left_out), anchors)
