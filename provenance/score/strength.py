"""The strength of evidence: from the measurements of a pair to a probability, with the reasons spelled out.

A logistic model over a few of the signals of :mod:`provenance.match.signals`. Its coefficients are data, fitted by
``scripts/fit_strength`` on labelled pairs of rewrites and of independent reports of one event; no text or vocabulary
of those ships. All weights are positive: no evidence of sharing ever makes derivation less likely.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

import rtoml

from provenance.model import Evidence, EvidencePlace, Match, Passage, PassageKind, WeighedMatch

__all__ = ["MIN_STRENGTH", "StrengthModel", "load_strength_model", "weigh"]

MIN_STRENGTH = 0.5
"""Below this a pair is more likely independent than derived: sentences that merely say alike are then taken for common
subject matter and are not shown as rewritten passages."""

SHOWN_PLACES = 5
"""Places listed with one piece of evidence; the passages list them all."""


@dataclass(frozen=True, slots=True)
class StrengthModel:
    """A logistic model: ``1 / (1 + exp(-(intercept + sum of weight * signal)))``."""

    intercept: float
    weights: Mapping[str, float]

    def strength(self, signals: Mapping[str, float]) -> float:
        """Give the probability of derivation in [0, 1] for the signals of one pair; a missing signal counts as 0."""
        score = self.intercept + sum(weight * signals.get(name, 0.0) for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-score))

    def contribution(self, name: str, signals: Mapping[str, float]) -> float:
        """Give what one signal adds to the log-odds."""
        return self.weights.get(name, 0.0) * signals.get(name, 0.0)


def load_strength_model() -> StrengthModel:
    """Read the shipped coefficients."""
    text = (resources.files("provenance.score") / "data" / "strength.toml").read_text("utf-8")
    document = rtoml.loads(text)
    return StrengthModel(float(document["intercept"]), {k: float(v) for k, v in document["weights"].items()})


def weigh(match: Match, model: StrengthModel) -> WeighedMatch:
    """Give a match its strength and the evidence behind it.

    Rewritten and translated passages are kept only from :data:`MIN_STRENGTH` on; words that are the same are facts
    and always stay.
    """
    strength = 1.0 if _identical(match) else model.strength(match.signals)
    if strength < MIN_STRENGTH:
        match = dataclasses.replace(match, passages=tuple(p for p in match.passages if p.kind in _WORDED))
    return WeighedMatch(match, strength, tuple(_evidence(match, model)))


_WORDED = frozenset({PassageKind.VERBATIM, PassageKind.EDITED, PassageKind.QUOTE})


def _identical(match: Match) -> bool:
    """Say whether the two bodies are word for word the same."""
    return (
        match.left_words == match.right_words > 0
        and len(match.passages) == 1
        and match.passages[0].similarity == 1.0
        and match.passages[0].left_words == match.left_words
    )


def _evidence(match: Match, model: StrengthModel) -> Iterator[Evidence]:
    """Spell out every measurement, the weightiest first; with the starting point the weights add up to the log-odds."""
    told = {kind: (detail, kinds) for kind, detail, kinds in _reasons(match)}
    silent: tuple[str, set[PassageKind]] = ("", set())
    reasons = [
        Evidence(
            kind, detail or _MEASURED[kind], _places(match, kinds), round(model.contribution(kind, match.signals), 3)
        )
        for kind in sorted(model.weights)
        for detail, kinds in (told.get(kind, silent),)
        if detail or round(model.contribution(kind, match.signals), 3)
    ]
    yield from sorted(reasons, key=lambda evidence: (-evidence.weight, evidence.kind))
    start = "before any evidence a pair about one event is taken to be independent"
    yield Evidence("starting-point", start, (), round(model.intercept, 3))
    quotes = [passage for passage in match.passages if passage.kind is PassageKind.QUOTE]
    if quotes:
        count = "1 shared quotation" if len(quotes) == 1 else f"{len(quotes)} shared quotations"
        detail = f"{count}, not counted: reporters at one event share them"
        yield Evidence("shared-quotations", detail, _places(match, {PassageKind.QUOTE}))


_MEASURED = {
    "longest-run": "identical words in a row",
    "close-sentences": "sentences close to one another in wording",
    "chain-coverage": "sentences that answer to one another in the same order",
    "common-order": "words that recur in the same order",
    "rare-terms": "distinctive words in common",
}
"""What a measurement is called that weighs something although no passage of the match shows it."""


def _reasons(match: Match) -> Iterator[tuple[str, str, frozenset[PassageKind] | set[PassageKind]]]:
    signals = match.signals
    worded = {PassageKind.VERBATIM, PassageKind.EDITED}
    said = {PassageKind.REWRITTEN, PassageKind.TRANSLATED}
    copied = sum(p.left_words for p in match.passages if p.kind in worded)
    if copied:
        longest = max(p.left_words for p in match.passages if p.kind in worded)
        yield "longest-run", f"{copied} words copied or lightly edited; longest run {longest} words", worded
    rewritten = sum(p.kind in said for p in match.passages)
    if rewritten:
        say = "1 sentence says" if rewritten == 1 else f"{rewritten} sentences say"
        yield "close-sentences", f"{say} the same in other words", said
    if signals.get("chain-coverage", 0.0) > 0:
        covered = f"{signals['chain-coverage']:.0%} of one text, by its distinctive words"
        detail = f"{covered}, is told by the other in the same order"
        yield "chain-coverage", detail, said | worded
    if signals.get("common-order", 0.0) > 0:
        detail = f"{signals['common-order']:.0%} of the shorter text's words recur in the other in the same order"
        yield "common-order", detail, set()
    if match.shared_terms:
        yield "rare-terms", f"both name {', '.join(match.shared_terms)}", set()


def _places(match: Match, kinds: frozenset[PassageKind] | set[PassageKind]) -> tuple[EvidencePlace, ...]:
    chosen: list[Passage] = sorted((p for p in match.passages if p.kind in kinds), key=lambda p: -p.similarity)
    return tuple(
        place
        for passage in chosen[:SHOWN_PLACES]
        for place in (EvidencePlace(match.left, passage.left), EvidencePlace(match.right, passage.right))
    )
