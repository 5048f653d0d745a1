"""Articles one by one: how much of each is derived and how, from whom, and whether it says so."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from provenance.model import (
    ArticleFacts,
    ArticleId,
    AttributionKind,
    Basis,
    Credit,
    Derivation,
    DerivationStatus,
    Direction,
    Verdict,
)
from provenance.report.findings import SHOWN_POSSIBLE, FindingsIndex
from provenance.report.plain import handle, one_line
from provenance.report.terminal.bar import bar, legend
from provenance.report.terminal.evidence import best_evidence, credit_line, passages_phrase
from provenance.report.terminal.layout import Paragraph, entry, heading, plain
from provenance.report.words import (
    CREDIT_FINDING_WORDS,
    CREDIT_UNDECIDED,
    CREDIT_WORDS,
    SOURCE_HERE,
    is_admitted,
    listed,
    percent,
    review_phrase,
    share_phrase,
    strength_phrase,
    tricks_phrase,
    undirected_phrase,
)

__all__ = [
    "admitted_section",
    "amount_phrase",
    "articles_section",
    "check_lines",
    "credit_lines",
    "upstream_lines",
    "verdict_lines",
]


def articles_section(index: FindingsIndex) -> Iterator[RenderableType]:
    """Yield the articles whose derived share is measured, the most derived first; the legend stands once above."""
    found = [(verdict, facts) for verdict, facts in _judged(index) if not is_admitted(verdict)]
    if not found:
        return
    yield heading("Articles by derived share", "Each bar is one article, cut up by what happened to its words:")
    yield Paragraph(legend())
    found.sort(key=lambda each: (-(each[0].derived_share or 0.0), -each[0].interval[0], each[1].id))
    brief = [each for each in found if len(found) > IN_FULL and not _has_ties(index, each[1].id)]
    for verdict, facts in found:
        if (verdict, facts) not in brief:
            yield ""
            yield _bar_line(verdict)
            yield Paragraph(_name(index, facts), indent=2)
            yield from verdict_lines(index, facts, verdict, indent=4)
    if brief:
        yield heading("Nothing found", "No tie to another article here, none worth a look, and no credit:")
        for _, facts in brief:
            yield Paragraph(_name(index, facts), indent=2)


def _has_ties(index: FindingsIndex, article: ArticleId) -> bool:
    return bool(_links(index, article)) or index.is_source(article)


IN_FULL = 12
"""Articles listed in full whatever was found; in a larger audit those with nothing to tell get one line each."""


def admitted_section(index: FindingsIndex) -> Iterator[RenderableType]:
    """Yield the articles that admit a source which is not at hand: nothing here can measure how much they took."""
    found = [(verdict, facts) for verdict, facts in _judged(index) if is_admitted(verdict)]
    if not found:
        return
    yield heading(
        "Admitted reposts",
        "They say that their text comes from elsewhere; that source is not among the articles given.",
    )
    for verdict, facts in sorted(found, key=lambda each: each[1].id):
        yield ""
        if verdict.derived_share is not None:
            yield _bar_line(verdict)
        yield Paragraph(_name(index, facts), indent=2)
        yield from verdict_lines(index, facts, verdict, indent=4)


def _bar_line(verdict: Verdict) -> RenderableType:
    return Text.assemble((f"{percent(verdict.derived_share or 0.0):>8}  ", "bold"), bar(verdict.composition))


def _judged(index: FindingsIndex) -> Iterator[tuple[Verdict, ArticleFacts]]:
    for facts in index.findings.articles:
        if verdict := index.verdicts.get(facts.id):
            yield verdict, facts


def _name(index: FindingsIndex, facts: ArticleFacts) -> Text:
    return Text.assemble((index.article_name(facts.id), "bold"), (index.shown_handle(facts.id), "dim"))


def verdict_lines(
    index: FindingsIndex, facts: ArticleFacts, verdict: Verdict, *, indent: int
) -> Iterator[RenderableType]:
    """Yield the verdict on one article: how much, from whom, the credit, each with its evidence."""
    style = "cyan" if is_admitted(verdict) else ""
    yield Paragraph(plain(amount_phrase(index, verdict), style), indent=indent)
    if verdict.derived_share is None and verdict.interval[0] > 0:
        yield entry("Measured so far", f"at least {percent(verdict.interval[0])} of its words", indent=indent)
    yield from upstream_lines(index, facts, indent=indent)
    yield from credit_lines(index, facts, verdict, indent=indent)
    if facts.tricks:
        yield entry("Hidden or disguised", tricks_phrase(facts.tricks), indent=indent)
    yield entry("File", one_line(facts.source), indent=indent)


def amount_phrase(index: FindingsIndex, verdict: Verdict) -> str:
    """Say how much of an article is derived, or shared where the direction is unknown, or that it admits a source."""
    if not is_admitted(verdict) and index.only_undirected(verdict.article):
        return undirected_phrase(verdict)
    if verdict.basis is Basis.NONE and index.is_source(verdict.article):
        return SOURCE_HERE
    return share_phrase(verdict)


def upstream_lines(index: FindingsIndex, facts: ArticleFacts, *, indent: int) -> Iterator[RenderableType]:
    """Yield from whom an article has its text, best evidenced first; what is only possible is said to be that."""
    links = [each for each in _links(index, facts.id) if each.upstream]
    directed = [each for each in links if each.direction is not Direction.UNKNOWN]
    derived = [each for each in directed if each.status is DerivationStatus.DERIVED]
    for link in (derived or index.undirected(facts.id) or links)[:1]:
        yield _upstream_line(index, facts.id, link, indent=indent)
        passages = passages_phrase(link.passages)
        evidence = best_evidence(link.evidence, at_most=1, more=f": provenance show {handle(facts.id)}")
        yield entry("Evidence", Text.assemble(f"{passages}; " if passages else "", evidence), indent=indent)


def _links(index: FindingsIndex, article: ArticleId) -> list[Derivation]:
    """Give where an article may come from, without ties so weak that they would only draw attention from others."""
    links = index.upstream_links.get(article, ())
    return [each for each in links if each.status is DerivationStatus.DERIVED or each.strength >= SHOWN_POSSIBLE]


def _upstream_line(index: FindingsIndex, article: ArticleId, link: Derivation, *, indent: int) -> RenderableType:
    other = link.downstream if link.upstream == article else link.upstream
    name = index.article_name(other) if other else index.outlet_name(link.upstream_outlet)
    strength = f"evidence strength {strength_phrase(link.strength)}"
    if link.status is DerivationStatus.POSSIBLE:
        decided = review_phrase(link)
        return entry(
            "Possible, not counted", " · ".join(filter(None, (f"a tie to {name}", strength, decided))), indent=indent
        )
    if link.direction is Direction.UNKNOWN:
        return entry("Shares text with", f"{name} · {strength} · either may be the one derived", indent=indent)
    return entry("From", f"{name} · {strength}", indent=indent)


def credit_lines(
    index: FindingsIndex, facts: ArticleFacts, verdict: Verdict, *, indent: int
) -> Iterator[RenderableType]:
    """Yield the credit status in words and the wording it rests on."""
    admitted = [each for each in facts.attributions if each.is_provenance]
    named = listed(dict.fromkeys(index.outlet_name(each) for each in facts.upstreams))
    undecided = verdict.credit is Credit.NOT_APPLICABLE and index.only_undirected(facts.id)
    words = CREDIT_UNDECIDED if undecided else CREDIT_WORDS[verdict.credit]
    yield entry(
        "Credit", f"{words} ({named})" if named and verdict.credit is not Credit.UNCREDITED else words, indent=indent
    )
    for each in admitted:
        yield entry("Its words", credit_line(each), indent=indent)
    yield from check_lines(index, verdict, indent=indent)
    if verdict.credit is Credit.UNCREDITED and not admitted:
        yield entry("Evidence", "no rule found a credit for its text, in the text or in the markup", indent=indent)
    citations = (each for each in facts.attributions if each.kind is AttributionKind.CITATION)
    cited = (index.outlet_name(each.outlet) or one_line(each.credited or each.domain or "") for each in citations)
    if names := listed(dict.fromkeys(name for name in cited if name)):
        yield entry("Cites", f"{names}, for facts: that is not a credit for its text", indent=indent)


def check_lines(index: FindingsIndex, verdict: Verdict, *, indent: int) -> Iterator[RenderableType]:
    """Yield what each credited outlet turned out to be when it was held against the texts."""
    for each in verdict.credits:
        finding = CREDIT_FINDING_WORDS[each.finding]
        detail = f": {one_line(each.detail)}" if each.detail else ""
        yield entry("Checked", f"{index.outlet_name(each.outlet)}, {finding}{detail}", indent=indent)
