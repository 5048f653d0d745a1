"""Findings as the objects of the JSON contract: names fixed, keys in a fixed order.

Every function takes a value of the model and returns a new plain object. Shares, similarities, containments and
weights are rounded to four decimals; the strength of evidence never is. Rounding keeps order, so an interval that
contains its share contains it still. Offsets are half-open code points into an article's text. Nothing that depends
on earlier runs is in an audit: equal inputs give equal bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from provenance.model import (
    ArticleId,
    AuditFindings,
    Comparison,
    Derivation,
    Inspection,
    Review,
    Rule,
    Unreadable,
)
from provenance.report.figures import (
    date_range,
    date_written,
    interval,
    rounded,
    rounded_or_none,
)
from provenance.report.findings import FindingsIndex, rank
from provenance.report.page_outlets import with_page_outlets
from provenance.report.page_parts import (
    attribution_entry,
    block_entry,
    note_entry,
    rejection_entry,
    trick_entry,
)
from provenance.report.parts import (
    OutletLookup,
    article_entry,
    derivation_entry,
    drift_entry,
    erosion_entry,
    evidence_entry,
    family_entry,
    origins_entry,
    outlet_entry,
    outlet_name,
    pair_drift_entry,
    passage_entry,
    review_entry,
    run_entry,
)

__all__ = [
    "MAX_DERIVATIONS",
    "OutletLookup",
    "audit",
    "audit_parts",
    "audit_records",
    "comparison",
    "inspection",
    "review",
    "rule",
    "stored_article",
    "strongest_derivations",
    "unreadable",
]

MAX_DERIVATIONS: Final = 10
"""Candidates listed for one article (the contract's figure): all it has in the lineage come first."""


def inspection(finding: Inspection, outlets: OutletLookup, *, why: bool = False) -> dict[str, object]:
    """Return a ``provenance.inspection/1`` object; ``why`` adds the clues of each line and what was dropped."""
    article = finding.labelled.article
    document: dict[str, object] = {
        "schema": "provenance.inspection/1",
        "id": article.id,
        "source": article.source,
        "url": article.url,
        "language": article.language,
        "title": article.title,
        "byline": article.byline,
        "published": date_written(article.published),
        "published_range": date_range(article.published),
        "outlet": outlet_name(finding.outlet, with_page_outlets(finding, outlets)),
        "media_type": article.media_type,
        "text": article.text,
        "blocks": [block_entry(block, why=why) for block in finding.blocks],
        "attributions": [attribution_entry(each) for each in finding.attributions],
        "upstreams": list(finding.upstreams),
        "tricks": [trick_entry(each) for each in finding.tricks],
        "notes": [note_entry(each, article.text, article.title) for each in finding.notes],
    }
    if why:
        document["rejections"] = [rejection_entry(each) for each in finding.rejections]
    return document


def comparison(finding: Comparison) -> dict[str, object]:
    """Return a ``provenance.comparison/1`` object; both names are echoed exactly as they were given."""
    match, verdict = finding.match, finding.verdict
    return {
        "schema": "provenance.comparison/1",
        "downstream": finding.downstream,
        "upstream": finding.upstream,
        "containment": {
            "downstream_in_upstream": rounded(match.left_containment),
            "upstream_in_downstream": rounded(match.right_containment),
        },
        "words": {"downstream": match.left_words, "upstream": match.right_words},
        "derived_share": rounded_or_none(verdict.derived_share),
        "interval": interval(verdict.interval),
        "degree": verdict.degree.value,
        "strength": finding.strength,
        "evidence": [evidence_entry(each) for each in finding.evidence],
        "passages": [passage_entry(each) for each in match.passages],
        "drift": [pair_drift_entry(each) for each in finding.drift],
    }


def audit(findings: AuditFindings) -> dict[str, object]:
    """Return a ``provenance.audit/1`` object. It leaves out which articles were read anew: that is history."""
    return {name: list(part) if isinstance(part, Iterator) else part for name, part in audit_parts(findings).items()}


def audit_parts(findings: AuditFindings) -> dict[str, object]:
    """Return the same with an iterator in place of every list: the entries of a large audit need not exist at once."""
    index = FindingsIndex(findings)
    return {
        "schema": "provenance.audit/1",
        "run": run_entry(findings.run),
        "origins": origins_entry(findings.lineage.origins),
        "articles": (article_entry(each, index.verdicts.get(each.id), index.outlets.get) for each in findings.articles),
        "derivations": _derivation_entries(index, findings.lineage.derivations),
        "families": (family_entry(each) for each in findings.lineage.families),
        "drift": (drift_entry(each) for each in findings.drift),
        "erosion": (erosion_entry(each) for each in findings.erosion),
        "outlets": (outlet_entry(each) for each in findings.outlets),
        "unreadable": ({"source": each.source, "reason": each.reason} for each in findings.unreadable),
    }


def _derivation_entries(index: FindingsIndex, links: Iterable[Derivation]) -> Iterator[dict[str, object]]:
    for each in strongest_derivations(links):
        yield derivation_entry(each, credited=index.credits(each.downstream, each))


def audit_records(findings: AuditFindings) -> Iterator[dict[str, object]]:
    """Yield the parts of an audit as objects of their own, one a line of JSONL, each with its schema.

    First the run with the origins, then articles, derivations, families, drift, erosion, outlets and unreadable
    sources.
    """
    parts = audit_parts(findings)
    yield {"schema": "provenance.run/1", "run": parts["run"], "origins": parts["origins"]}
    for name, schema in _SCHEMAS.items():
        entries = parts[name]
        assert isinstance(entries, Iterator)
        yield from ({"schema": f"provenance.{schema}/1", **entry} for entry in entries)


_SCHEMAS: Final = {
    "articles": "article",
    "derivations": "derivation",
    "families": "family",
    "drift": "drift",
    "erosion": "erosion",
    "outlets": "outlet",
    "unreadable": "unreadable",
}


def stored_article(findings: AuditFindings, article: ArticleId) -> dict[str, object]:
    """Return a ``provenance.article/1`` object with what one article takes part in: links, family, changes.

    Raises:
        KeyError: ``findings`` hold no such article.
    """
    index = FindingsIndex(findings)
    links = (each for each in findings.lineage.derivations if article in (each.downstream, each.upstream))
    drift = (each for each in findings.drift if article in (each.downstream.article, each.upstream.article))
    erosion = (each for each in findings.erosion if article in (each.downstream, each.upstream))
    return {
        "schema": "provenance.article/1",
        **article_entry(index.articles[article], index.verdicts.get(article), index.outlets.get),
        "derivations": list(_derivation_entries(index, links)),
        "families": [family_entry(each) for each in findings.lineage.families if article in each.articles],
        "drift": [drift_entry(each) for each in drift],
        "erosion": [erosion_entry(each) for each in erosion],
    }


def unreadable(failure: Unreadable) -> dict[str, object]:
    """Return a ``provenance.unreadable/1`` object: which source, and the reason in words."""
    return {"schema": "provenance.unreadable/1", "source": failure.source, "reason": failure.reason}


def review(decision: Review, *, in_force: bool) -> dict[str, object]:
    """Return a ``provenance.review/1`` object: what a person decided about a link, and whether it still counts."""
    return {"schema": "provenance.review/1", **review_entry(decision, in_force=in_force)}


def rule(entry: Rule) -> dict[str, object]:
    """Return a ``provenance.rule/1`` object: what a rule looks for, why, and the examples it is tested on."""
    return {
        "schema": "provenance.rule/1",
        "id": entry.id,
        "stage": entry.stage,
        "kind": entry.kind,
        "language": entry.language,
        "why": entry.why,
        "pattern": entry.pattern,
        "source": entry.source,
        "examples": list(entry.examples),
        "counterexamples": list(entry.counterexamples),
        "options": dict(sorted(entry.options.items())),
    }


def strongest_derivations(derivations: Iterable[Derivation]) -> list[Derivation]:
    """Return each article's candidates by falling strength, at most :data:`MAX_DERIVATIONS`, articles by id.

    A derivation of the lineage is never dropped for a stronger one outside it: the families would lose their links.
    """
    candidates: defaultdict[ArticleId, list[Derivation]] = defaultdict(list)
    for each in derivations:
        candidates[each.downstream].append(each)
    kept: list[Derivation] = []
    for article in sorted(candidates):
        ranked = sorted(candidates[article], key=rank)
        links = sum(each.in_lineage for each in ranked)  # they come first
        kept.extend(sorted(ranked[: max(links, MAX_DERIVATIONS)], key=_by_strength))
    return kept


def _by_strength(each: Derivation) -> tuple[float, str, str]:
    return (-each.strength, each.upstream or "", each.upstream_outlet or "")
