"""Findings made easy to look things up in: articles, outlets and links by id, and names a reader knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from provenance.model import (
    ArticleFacts,
    ArticleId,
    AuditFindings,
    Decision,
    Derivation,
    DerivationStatus,
    Direction,
    Drift,
    Erosion,
    Family,
    InferredSource,
    Outlet,
    OutletId,
    Verdict,
)
from provenance.report.plain import handle, name_line, one_line

__all__ = ["SHOWN_POSSIBLE", "FindingsIndex", "file_name", "rank"]

SHOWN_POSSIBLE: Final = 0.2
"""Strength from which a possible tie is shown to people: of labelled pairs below it fewer than one in six is
derived. Files list them all."""


def file_name(source: str) -> str:
    """Return the last part of where an article was read, with its record: ``records.jsonl#17``."""
    path, mark, record = source.partition("#")
    return one_line(path.replace("\\", "/").rstrip("/").rpartition("/")[2] + mark + record)


def rank(each: Derivation) -> tuple[bool, bool, float, str, str]:
    """Order the derivations of an article: those of the lineage first, asserted before possible, then by strength."""
    asserted = each.status is DerivationStatus.DERIVED
    return (not each.in_lineage, not asserted, -each.strength, each.upstream or "", each.upstream_outlet or "")


class FindingsIndex:
    """Looks things up in the findings of one audit; every lookup is constant time after the first."""

    def __init__(self, findings: AuditFindings) -> None:
        self.findings = findings
        self.articles: dict[ArticleId, ArticleFacts] = {each.id: each for each in findings.articles}
        self.verdicts: dict[ArticleId, Verdict] = {each.article: each for each in findings.verdicts}
        self.outlets: dict[OutletId, Outlet] = {each.id: each for each in findings.outlets}

    @cached_property
    def upstream_links(self) -> dict[ArticleId, list[Derivation]]:
        """The derivations in which each article is the downstream side, best first (:func:`rank`)."""
        found: defaultdict[ArticleId, list[Derivation]] = defaultdict(list)
        for each in self.findings.lineage.derivations:
            found[each.downstream].append(each)
        return {article: sorted(links, key=rank) for article, links in found.items()}

    def asserted(self, article: ArticleId) -> list[Derivation]:
        """Return the links an article's verdict may rest on, best first."""
        return [each for each in self.upstream_links.get(article, ()) if each.status is DerivationStatus.DERIVED]

    def order_known(self, downstream: ArticleId, upstream: ArticleId) -> bool:
        """Say whether a link tells which of two articles came first."""
        links = (each for each in self.upstream_links.get(downstream, ()) if each.upstream == upstream)
        return any(each.direction is not Direction.UNKNOWN for each in links)

    def only_undirected(self, article: ArticleId) -> bool:
        """Say whether an article is tied to others, but to none of them in a direction that is known."""
        directed = (each.direction is not Direction.UNKNOWN and each.upstream for each in self.asserted(article))
        return bool(self.undirected(article)) and not any(directed)

    def comes_after(self, downstream: ArticleId, upstream: ArticleId) -> bool:
        """Say whether one article is known, or likely, to derive from another."""
        links = (each for each in self.upstream_links.get(downstream, ()) if each.upstream == upstream)
        return any(
            each.status is DerivationStatus.DERIVED and each.direction is not Direction.UNKNOWN for each in links
        )

    def is_source(self, article: ArticleId) -> bool:
        """Say whether an article stands upstream of another one in the lineage, in a known direction."""
        return article in self._sources

    @cached_property
    def _sources(self) -> frozenset[ArticleId]:
        links = (each for each in self.findings.lineage.derivations if each.in_lineage)
        return frozenset(each.upstream for each in links if each.upstream and each.direction is not Direction.UNKNOWN)

    def undirected(self, article: ArticleId) -> list[Derivation]:
        """Return the asserted links of unknown direction that an article takes part in, on whichever side."""
        return self._undirected.get(article, [])

    @cached_property
    def _undirected(self) -> dict[ArticleId, list[Derivation]]:
        found: defaultdict[ArticleId, list[Derivation]] = defaultdict(list)
        for each in self.findings.lineage.derivations:
            asserted = each.status is DerivationStatus.DERIVED and each.upstream is not None
            if asserted and each.direction is Direction.UNKNOWN:
                found[each.downstream].append(each)
                found[each.upstream or each.downstream].append(each)
        return found

    @cached_property
    def families(self) -> dict[ArticleId, Family]:
        """The family of each article that has one."""
        return {article: family for family in self.findings.lineage.families for article in family.articles}

    @cached_property
    def inferred_sources(self) -> dict[ArticleId, list[InferredSource]]:
        """The texts nobody has at hand that each article must have drawn on, in the order of the findings."""
        found: defaultdict[ArticleId, list[InferredSource]] = defaultdict(list)
        for family in self.findings.lineage.families:
            for source in family.inferred_sources:
                for article in source.articles:
                    found[article].append(source)
        return found

    @cached_property
    def versions(self) -> dict[ArticleId, tuple[ArticleId, ...]]:
        """All versions of each article that has several, itself among them, in the order they appeared."""
        groups = (group for family in self.findings.lineage.families for group in family.versions)
        return {article: group for group in groups for article in group}

    def drift(self, downstream: ArticleId, upstream: ArticleId) -> Sequence[Drift]:
        """Return the facts that changed along one link, in the order of the findings."""
        return self._drift.get((downstream, upstream), ())

    @cached_property
    def _drift(self) -> dict[tuple[ArticleId, ArticleId], list[Drift]]:
        found: defaultdict[tuple[ArticleId, ArticleId], list[Drift]] = defaultdict(list)
        for each in self.findings.drift:
            found[each.downstream.article, each.upstream.article].append(each)
        return found

    def erosion(self, downstream: ArticleId, upstream: ArticleId) -> Sequence[Erosion]:
        """Return what one link lost, in the order of the findings."""
        return self._erosion.get((downstream, upstream), ())

    @cached_property
    def _erosion(self) -> dict[tuple[ArticleId, ArticleId], list[Erosion]]:
        found: defaultdict[tuple[ArticleId, ArticleId], list[Erosion]] = defaultdict(list)
        for each in self.findings.erosion:
            found[each.downstream, each.upstream].append(each)
        return found

    def outlet_name(self, outlet: OutletId | None) -> str:
        """Return the name of an outlet as readers know it; empty when there is none."""
        if outlet is None:
            return ""
        known = self.outlets.get(outlet)
        return name_line(known.name if known else outlet)

    def article_name(self, article: ArticleId) -> str:
        """Return the title and outlet of an article, with its file name where these do not tell it from another."""
        facts = self.articles.get(article)
        if facts is None:
            return name_line(article)
        name = self._plain_name(facts)
        if self._times_used[name] == 1:
            return name
        return f"{name}, {file_name(facts.source)}" if facts.title else self._plain_name(facts, one_line(facts.source))

    def shown_handle(self, article: ArticleId) -> str:
        """Return an article's id to stand after its name, set off by spaces; empty where the name tells it already."""
        short = handle(article)
        return "" if self.article_name(article).endswith(short) else f"  {short}"

    def _plain_name(self, facts: ArticleFacts, file: str = "") -> str:
        title = f"“{name_line(facts.title)}”" if facts.title else file or file_name(facts.source)
        outlet = self.outlet_name(facts.outlet)
        return f"{title} · {outlet}" if outlet else title

    @cached_property
    def _times_used(self) -> Counter[str]:
        return Counter(self._plain_name(facts) for facts in self.findings.articles)

    def credits(self, downstream: ArticleId, link: Derivation) -> bool:
        """Say whether an article itself names the outlet of one of its upstreams as the source of its text."""
        facts = self.articles.get(downstream)
        return facts is not None and self.upstream_outlet(link) in facts.upstreams

    def named_by(self, link: Derivation) -> str:
        """Say who names the outlet of a link that is known by name only: the article itself, or a reviewer alone."""
        by_review = link.decision is Decision.CONFIRMED and not self.credits(link.downstream, link)
        return "named by a reviewer" if by_review else "credited"

    def upstream_outlet(self, link: Derivation) -> OutletId | None:
        """Return the outlet of a link's upstream, from the link or from the upstream article."""
        upstream = self.articles.get(link.upstream) if link.upstream else None
        return link.upstream_outlet or (upstream.outlet if upstream else None)
