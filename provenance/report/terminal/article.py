"""What the store holds of one article, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.text import Text

from provenance.model import ArticleFacts, ArticleId, AuditFindings, Derivation, DerivationStatus, Verdict
from provenance.report.contract import strongest_derivations
from provenance.report.findings import FindingsIndex, file_name
from provenance.report.plain import one_line
from provenance.report.terminal.articles import amount_phrase, credit_lines
from provenance.report.terminal.bar import bar, legend
from provenance.report.terminal.comparison import passage_lines
from provenance.report.terminal.drift import drift_section, erosion_section
from provenance.report.terminal.evidence import WEIGHTS_NOTE, every_evidence, passages_phrase
from provenance.report.terminal.families import content_phrase, inferred_name, link_words, versions_line
from provenance.report.terminal.layout import Paragraph, entry, heading, plain, stacked
from provenance.report.words import counted, few, is_admitted, origins_phrase, percent, tricks_phrase

__all__ = ["article_view", "list_view"]


def article_view(
    findings: AuditFindings, article: ArticleId, texts: Mapping[ArticleId, str] | None = None
) -> RenderableType:
    """Return one article with its verdict, upstreams, evidence, passages and changed facts.

    Args:
        findings: an audit the article is part of.
        article: which article.
        texts: texts of articles, for showing passages; where one is missing, only places are shown.

    Raises:
        KeyError: ``findings`` hold no such article.
    """
    index = FindingsIndex(findings)
    facts = index.articles[article]
    links = [each for each in findings.lineage.derivations if article in (each.downstream, each.upstream)]
    drift = [each for each in findings.drift if article in (each.downstream.article, each.upstream.article)]
    erosion = [each for each in findings.erosion if article in (each.downstream, each.upstream)]
    return stacked(
        [
            *_title_lines(index, facts),
            *_verdict_lines(index, facts, index.verdicts.get(article)),
            *_inferred_lines(index, article),
            *_links(
                index, "Upstream: what it may derive from", [e for e in links if e.downstream == article], texts or {}
            ),
            *_links(
                index, "Downstream: what may derive from it", [e for e in links if e.upstream == article], texts or {}
            ),
            *drift_section(index, drift),
            *erosion_section(index, erosion),
        ]
    )


def _title_lines(index: FindingsIndex, facts: ArticleFacts) -> Iterator[RenderableType]:
    yield Paragraph(plain(index.article_name(facts.id), "bold"))
    published = one_line(facts.published.written) if facts.published else "date not known"
    yield Paragraph(plain(f"{published} · {counted(facts.words, 'word')} of body"))
    yield entry("File", one_line(facts.source))
    if facts.url:
        yield entry("Address", one_line(facts.url))
    yield entry("Id", one_line(facts.id))
    yield from versions_line(index, facts.id, indent=0)
    if facts.tricks:
        yield entry("Hidden or disguised", tricks_phrase(facts.tricks))


def _verdict_lines(index: FindingsIndex, facts: ArticleFacts, verdict: Verdict | None) -> Iterator[RenderableType]:
    yield heading("Verdict")
    if verdict is None:
        yield Paragraph(plain("none was reached"), indent=2)
        return
    yield Paragraph(plain(amount_phrase(index, verdict), "bold"), indent=2)
    if verdict.derived_share is not None:
        yield Paragraph(bar(verdict.composition), indent=2)
        yield Paragraph(legend(), indent=2)
    yield from credit_lines(index, facts, verdict, indent=2)


def _inferred_lines(index: FindingsIndex, article: ArticleId) -> Iterator[RenderableType]:
    """Yield the texts nobody has at hand that an article must have drawn on, with the others that did."""
    sources = index.inferred_sources.get(article, ())
    if not sources:
        return
    yield heading("Inferred upstream", "No text given here is it: that there was one follows from what these share.")
    for source in sources:
        yield Paragraph(plain(inferred_name(index, source)), indent=2, mark="• ")
        others = (
            f"{index.article_name(each)}{index.shown_handle(each)}" for each in source.articles if each != article
        )
        yield entry("Drawn on, besides it, by", few(others, len(source.articles) - 1, "article"), indent=4)
        yield from (entry("Why", one_line(reason), indent=4) for reason in source.why)
        yield entry("It must have contained", content_phrase(source), indent=4)


def _links(
    index: FindingsIndex, title: str, links: list[Derivation], texts: Mapping[ArticleId, str]
) -> Iterator[RenderableType]:
    if not links:
        return
    yield heading(title, WEIGHTS_NOTE)
    for link in strongest_derivations(links):
        here = link.downstream if title.startswith("Down") else link.upstream
        name = (
            index.article_name(here) if here else index.outlet_name(link.upstream_outlet) or "a source it does not name"
        )
        yield ""
        yield Paragraph(Text.assemble((name, "bold"), (index.shown_handle(here) if here else "", "dim")), indent=2)
        possible = "" if link.status is DerivationStatus.DERIVED else "only possible, not counted: "
        words = link_words(link, credited=index.credits(link.downstream, link))
        yield Paragraph(Text.assemble((possible, "bold"), words), indent=4)
        yield from (Paragraph(line, indent=4, mark="• ") for line in every_evidence(link.evidence))
        if link.passages:
            yield entry("Shared", passages_phrase(link.passages), indent=4)
            upstream = texts.get(link.upstream, "") if link.upstream else ""
            left = (_file(index, link.downstream), texts.get(link.downstream, ""))
            yield from passage_lines(link.passages, left, (_file(index, link.upstream), upstream), indent=4)


def _file(index: FindingsIndex, article: ArticleId | None) -> str:
    facts = index.articles.get(article) if article else None
    return file_name(facts.source) if facts else "the other text"


def list_view(findings: AuditFindings) -> RenderableType:
    """Return the articles of an audit, one a line by falling derived share, admitted reposts after them."""
    index = FindingsIndex(findings)
    ordered = sorted(findings.articles, key=lambda facts: (*_place(index.verdicts.get(facts.id)), facts.id))
    origins = origins_phrase(findings.lineage.origins)
    title = Paragraph(plain(f"{counted(len(findings.articles), 'article')}, {origins}", "bold"))
    return stacked([title, "", *(_listed(index, facts) for facts in ordered)])


def _place(verdict: Verdict | None) -> tuple[bool, float]:
    share = None if verdict is None or is_admitted(verdict) else verdict.derived_share
    return share is None, -(share or 0.0)


def _listed(index: FindingsIndex, facts: ArticleFacts) -> RenderableType:
    verdict = index.verdicts.get(facts.id)
    if verdict is None:
        share = "no verdict"
    elif is_admitted(verdict) or verdict.derived_share is None:
        share = "admitted"
    else:
        share = percent(verdict.derived_share)
    name, file = index.article_name(facts.id), file_name(facts.source)
    where = "" if file in name else f" · {file}"
    text = Text.assemble((name, "bold"), where, (index.shown_handle(facts.id), "dim"))
    return Paragraph(text, mark=f"{share:>10}  ")
