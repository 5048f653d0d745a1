"""The strength of evidence: from the measurements of a pair to a probability, with the reasons spelled out.

A logistic model over a few of the signals of :mod:`provenance.match.signals`. Its coefficients are data, fitted by
``scripts/fit_strength`` on labelled pairs of rewrites and of independent reports of one event; no text or vocabulary
of those ships. All weights are positive: no evidence of sharing ever makes derivation less likely.

Two texts in different languages are measured otherwise (:mod:`provenance.match.translation.signals`) and weighed by a
second model of the same form, fitted by ``scripts/fit_translation`` on translated news.
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
    translation: StrengthModel | None = None
    """What pairs in two languages are weighed by besides."""

    def strength(self, signals: Mapping[str, float]) -> float:
        """Give the probability of derivation in [0, 1] for the signals of one pair; a missing signal counts as 0."""
        return 1.0 / (1.0 + math.exp(-self.deciding(signals).log_odds(signals)))

    def deciding(self, signals: Mapping[str, float]) -> StrengthModel:
        """Give the model a pair is weighed by: of two that apply, the one that finds more."""
        other = self.translation
        if other is None or signals.keys().isdisjoint(other.weights):
            return self
        return max((self, other), key=lambda model: model.log_odds(signals))

    def log_odds(self, signals: Mapping[str, float]) -> float:
        """Give the log-odds of derivation by this model alone; a missing signal counts as 0."""
        return self.intercept + sum(weight * signals.get(name, 0.0) for name, weight in self.weights.items())

    def contribution(self, name: str, signals: Mapping[str, float]) -> float:
        """Give what one signal adds to the log-odds."""
        return self.weights.get(name, 0.0) * signals.get(name, 0.0)


def load_strength_model() -> StrengthModel:
    """Read the shipped coefficients."""
    return dataclasses.replace(_read("strength.toml"), translation=_read("translated.toml"))


def _read(file: str) -> StrengthModel:
    document = rtoml.loads((resources.files("provenance.score") / "data" / file).read_text("utf-8"))
    return StrengthModel(float(document["intercept"]), {k: float(v) for k, v in document["weights"].items()})


def weigh(match: Match, model: StrengthModel) -> WeighedMatch:
    """Give a match its strength and the evidence behind it.

    Rewritten and translated passages are kept only from :data:`MIN_STRENGTH` on; words that are the same are facts
    and always stay.
    """
    strength = 1.0 if _identical(match) else model.strength(match.signals)
    deciding = model.deciding(match.signals)
    said = PassageKind.REWRITTEN if deciding is model else PassageKind.TRANSLATED
    kept = _WORDED if strength < MIN_STRENGTH else _WORDED | {said}
    match = dataclasses.replace(match, passages=tuple(p for p in match.passages if p.kind in kept))
    return WeighedMatch(match, strength, tuple(_evidence(match, deciding)))


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
    "copied-words": "identical words in a row",
    "close-sentences": "sentences close to one another in wording",
    "unbroken-order": "sentences that answer to one another in the same order",
    "common-order": "words that recur in the same order",
    "shared-order": "distinctive words in common that stand in the same order",
    "enough-text": "words of the shorter text: in a short one little is proof",
    "rare-terms": "distinctive words in common",
    "translated-order": "names and numbers in common in the same order",
    "translated-coverage": "sentences that answer to one another in two languages",
    "translated-anchors": "names and numbers in common",
    "translated-figures": "numbers of sentences that answer to one another",
    "translated-pairing": "sentences that answer one to one",
}
"""What a measurement is called that weighs something although no passage of the match shows it."""


_IN_ORDER = {"common-order": "words", "shared-order": "names, numbers and rare words both have"}


def _reasons(match: Match) -> Iterator[tuple[str, str, frozenset[PassageKind] | set[PassageKind]]]:
    signals = match.signals
    worded = {PassageKind.VERBATIM, PassageKind.EDITED}
    said = {PassageKind.REWRITTEN, PassageKind.TRANSLATED}
    copied = sum(p.left_words for p in match.passages if p.kind in worded)
    if copied:
        longest = max(p.left_words for p in match.passages if p.kind in worded)
        yield "copied-words", f"{copied} words copied or lightly edited; longest run {longest} words", worded
    rewritten = len({p.left for p in match.passages if p.kind in said})
    if rewritten:
        say = "1 sentence says" if rewritten == 1 else f"{rewritten} sentences say"
        yield "close-sentences", f"{say} the same in other words", said
    if signals.get("chain-coverage", 0.0) > 0:
        covered = f"{signals['chain-coverage']:.0%} of one text, by its distinctive words"
        whole = f"{signals.get('unbroken-order', 0.0):.0%} of what the two have in common"
        yield "unbroken-order", f"{covered}, is told by the other in the same order: {whole}", said | worded
    for kind, words in _IN_ORDER.items():
        if signals.get(kind, 0.0) > 0:
            yield (
                kind,
                f"{words} recur in the same order beyond chance, {signals[kind]:.0%} of what counts in full",
                set(),
            )
    if match.shared_terms:
        for kind in ("rare-terms", "translated-anchors"):
            yield kind, f"both name {', '.join(match.shared_terms)}", set()
    yield from _translated(match)


def _translated(match: Match) -> Iterator[tuple[str, str, frozenset[PassageKind] | set[PassageKind]]]:
    """Spell out what speaks for a translation."""
    places = {PassageKind.TRANSLATED}
    passages = sum(passage.kind is PassageKind.TRANSLATED for passage in match.passages)
    if not passages:
        return
    answer = "1 passage answers to another" if passages == 1 else f"{passages} passages answer to one another in order"
    yield "translated-order", f"{answer}, with names, numbers and lengths that fit in two languages", places
    covered = match.signals.get("translated-coverage", 0.0)
    yield "translated-coverage", f"{covered:.0%} of one text is told by the other sentence by sentence", set()
    agreement = match.signals.get("translated-figures", 0.0)
    if agreement:
        yield (
            "translated-figures",
            f"numbers in these passages mostly {'agree' if agreement > 0.0 else 'differ'}",
            set(),
        )
    pairing = match.signals.get("translated-pairing", 0.0)
    yield "translated-pairing", f"{pairing:.0%} of these passages are one sentence on either side", set()


def _places(match: Match, kinds: frozenset[PassageKind] | set[PassageKind]) -> tuple[EvidencePlace, ...]:
    chosen: list[Passage] = sorted((p for p in match.passages if p.kind in kinds), key=lambda p: -p.similarity)
    return tuple(
        place
        for passage in chosen[:SHOWN_PLACES]
        for place in (EvidencePlace(match.left, passage.left), EvidencePlace(match.right, passage.right))
    )
