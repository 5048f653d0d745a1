"""The parts that contract objects are made of: articles, verdicts, links with evidence, families, changes, reviews.

:mod:`provenance.report.contract` assembles them; the order of keys is decided here, once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from provenance.model import (
    ArticleFacts,
    CreditCheck,
    Decision,
    Derivation,
    Drift,
    Erosion,
    Evidence,
    EvidencePlace,
    Family,
    InferredSource,
    Origins,
    Outlet,
    OutletId,
    Passage,
    Review,
    Run,
    Verdict,
)
from provenance.report.figures import (
    date_range,
    date_written,
    interval,
    rounded,
    rounded_or_none,
    span_entry,
    span_or_none,
)
from provenance.report.page_parts import attribution_entry, trick_entry

__all__ = [
    "OutletLookup",
    "article_entry",
    "credit_check_entry",
    "derivation_entry",
    "drift_entry",
    "erosion_entry",
    "evidence_entry",
    "family_entry",
    "inferred_source_entry",
    "origins_entry",
    "outlet_entry",
    "outlet_name",
    "pair_drift_entry",
    "passage_entry",
    "review_entry",
    "run_entry",
]

OutletLookup = Callable[[OutletId], Outlet | None]
"""Finds an outlet by its id; ``None`` when nothing is known of it."""


def article_entry(facts: ArticleFacts, verdict: Verdict | None, outlets: OutletLookup) -> dict[str, object]:
    """Describe an audited article and its verdict, ``None`` where none was reached."""
    return {
        "id": facts.id,
        "source": facts.source,
        "url": facts.url,
        "title": facts.title,
        "published": date_written(facts.published),
        "published_range": date_range(facts.published),
        "language": facts.language,
        "outlet": outlet_name(facts.outlet, outlets),
        "words": facts.words,
        "attributions": [attribution_entry(each) for each in facts.attributions],
        "tricks": [trick_entry(each) for each in facts.tricks],
        "verdict": _verdict(verdict) if verdict is not None else None,
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    return {
        "derived_share": rounded_or_none(verdict.derived_share),
        "interval": interval(verdict.interval),
        "degree": verdict.degree.value,
        "basis": verdict.basis.value,
        "credit": verdict.credit.value,
        "upstreams": list(verdict.upstreams),
        "composition": {kind.value: rounded(share) for kind, share in verdict.composition},
        "credits": [credit_check_entry(each) for each in verdict.credits],
    }


def credit_check_entry(each: CreditCheck) -> dict[str, object]:
    """Describe what one credited outlet turned out to be; ``spans`` lie in the text that gives the credit."""
    return {
        "outlet": each.outlet,
        "finding": each.finding.value,
        "detail": each.detail,
        "spans": [span_entry(span) for span in each.spans],
        "articles": list(each.articles),
    }


def derivation_entry(each: Derivation, *, credited: bool) -> dict[str, object]:
    """Describe one candidate link; ``upstream`` is ``None`` when only the outlet is known.

    Args:
        each: the link.
        credited: whether the downstream article names the upstream's outlet as the source of its text.
    """
    return {
        "downstream": each.downstream,
        "upstream": each.upstream,
        "upstream_outlet": each.upstream_outlet,
        "status": each.status.value,
        "in_lineage": each.in_lineage,
        "version": each.is_version,
        "credited": credited,
        "review": each.decision.value if each.decision in _DECIDED else None,
        "direction": each.direction.value,
        "share": rounded_or_none(each.share),
        "interval": interval(each.interval),
        "strength": each.strength,
        "evidence": [evidence_entry(item) for item in each.evidence],
        "passages": [passage_entry(item) for item in each.passages],
    }


_DECIDED: Final = frozenset({Decision.CONFIRMED, Decision.REJECTED})


def evidence_entry(each: Evidence) -> dict[str, object]:
    """Describe one reason with the places it points at."""
    spans = [_place(place) for place in each.places]
    return {"kind": each.kind, "detail": each.detail, "weight": rounded(each.weight), "spans": spans}


def _place(each: EvidencePlace) -> dict[str, object]:
    return {"article": each.article, **span_entry(each.span)}


def passage_entry(each: Passage) -> dict[str, object]:
    """Describe one shared run, downstream side first."""
    return {
        "kind": each.kind.value,
        "downstream": span_entry(each.left),
        "upstream": span_entry(each.right),
        "similarity": rounded(each.similarity),
        "confidence": rounded(each.confidence),
    }


def family_entry(each: Family) -> dict[str, object]:
    """Describe the articles one derivation ties; ``root`` is ``None`` when it is not known."""
    return {
        "id": each.id,
        "articles": list(each.articles),
        "origins": origins_entry(each.origins),
        "root": each.root,
        "versions": [list(group) for group in each.versions],
        "inferred_sources": [inferred_source_entry(source) for source in each.inferred_sources],
    }


def inferred_source_entry(each: InferredSource) -> dict[str, object]:
    """Describe a text nobody has at hand, with what it must have contained by where that stands in what drew on it."""
    return {
        "id": each.id,
        "outlet": each.outlet,
        "articles": list(each.articles),
        "content": [{"spans": [_place(place) for place in content.places]} for content in each.content],
        "why": list(each.why),
    }


def origins_entry(each: Origins) -> dict[str, object]:
    """Give the bounds of a count of origins, with the reasoning."""
    return {"at_least": each.at_least, "at_most": each.at_most, "why": list(each.why)}


def run_entry(run: Run) -> dict[str, object]:
    """Describe what was asked and with which versions; never what was read anew."""
    return {
        "id": run.id,
        "paths": list(run.paths),
        "options": dict(sorted(run.options.items())),
        "versions": dict(sorted(run.versions.items())),
    }


def drift_entry(each: Drift) -> dict[str, object]:
    """Describe a changed fact with both articles."""
    return {
        "kind": each.kind.value,
        "downstream": {"article": each.downstream.article, **span_entry(each.downstream.span)},
        "upstream": {"article": each.upstream.article, **span_entry(each.upstream.span)},
        "from": each.before,
        "to": each.after,
    }


def erosion_entry(each: Erosion) -> dict[str, object]:
    """Describe what a link lost, in the shape of a changed fact.

    Offsets are ``None`` where there is no place: for a credit in markup, and where the downstream says nothing instead
    (``to`` is then ``None`` too).
    """
    return {
        "kind": each.kind.value,
        "downstream": {"article": each.downstream, **span_or_none(each.became_at)},
        "upstream": {"article": each.upstream, **span_or_none(each.place)},
        "from": each.wording,
        "to": each.became,
    }


def pair_drift_entry(each: Drift) -> dict[str, object]:
    """Describe a changed fact between two texts whose names are given elsewhere."""
    return {
        "kind": each.kind.value,
        "downstream": span_entry(each.downstream.span),
        "upstream": span_entry(each.upstream.span),
        "from": each.before,
        "to": each.after,
    }


def review_entry(each: Review, *, in_force: bool) -> dict[str, object]:
    """Describe what a person decided about a link, and whether that still counts."""
    return {
        "downstream": each.downstream,
        "upstream": each.upstream,
        "upstream_outlet": each.upstream_outlet,
        "decision": each.decision.value,
        "in_force": in_force,
        "reviewer": each.reviewer,
        "note": each.note,
        "decided_at": each.decided_at.isoformat(),
        "downstream_hash": each.downstream_hash,
        "upstream_hash": each.upstream_hash,
    }


def outlet_name(identifier: OutletId | None, outlets: OutletLookup) -> dict[str, object] | None:
    """Name an outlet; one that nothing is known of is named by its id."""
    if identifier is None:
        return None
    known = outlets(identifier)
    if known is None:
        return {"id": identifier, "name": identifier, "domain": None}
    return {"id": known.id, "name": known.name, "domain": known.domains[0] if known.domains else None}


def outlet_entry(each: Outlet) -> dict[str, object]:
    """Describe an outlet with its kind, owner and where the entry comes from."""
    return {
        "id": each.id,
        "name": each.name,
        "domain": each.domains[0] if each.domains else None,
        "kind": each.kind.value,
        "owner": each.owner,
        "source": each.source,
    }
