"""The words findings are told in: for people who never saw the tool, and never stronger than the finding."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from provenance.model import (
    AttributionKind,
    Basis,
    Credit,
    CreditFinding,
    DateBasis,
    Decision,
    Degree,
    Derivation,
    Direction,
    DriftKind,
    ErosionKind,
    Extent,
    Origins,
    PassageKind,
    Trick,
    TrickKind,
    Verdict,
)

__all__ = [
    "ADMITTED",
    "ATTRIBUTION_WORDS",
    "CREDIT_FINDING_WORDS",
    "CREDIT_UNDECIDED",
    "CREDIT_WORDS",
    "DATE_BASIS_WORDS",
    "DEGREE_WORDS",
    "DIRECTION_WORDS",
    "DRIFT_WORDS",
    "EROSION_WORDS",
    "EXTENT_WORDS",
    "PASSAGE_WORDS",
    "SHOWN_NAMES",
    "SOURCE_HERE",
    "counted",
    "few",
    "is_admitted",
    "listed",
    "origins_phrase",
    "percent",
    "review_phrase",
    "share_phrase",
    "strength_phrase",
    "tricks_phrase",
    "undirected_phrase",
]

ADMITTED: Final = "admits a source; amount not measurable here"

SOURCE_HERE: Final = "Non-derived: other articles here derive from it, and nothing given stands upstream of it"
"""Said of the article others come from."""

CREDIT_WORDS: Final = {
    Credit.CREDITED: "credited: it names the source it derives from",
    Credit.UNCREDITED: "uncredited: it derives from another text and names no source",
    Credit.NOT_AT_HAND: "credited, but no article of the source it names was found here to be where it comes from",
    Credit.CONTRADICTED: "credit contradicted: its text points to another source than the one it names",
    Credit.NOT_APPLICABLE: "no credit called for",
}

CREDIT_UNDECIDED: Final = "cannot be judged while it is unknown which of the two came first"
"""Said of an article that shares text with another and names no source, when either may be the one derived."""

CREDIT_FINDING_WORDS: Final = {
    CreditFinding.SUPPORTED: "supported by the texts given",
    CreditFinding.NOT_AT_HAND: "not at hand",
    CreditFinding.CONTRADICTED: "contradicted by the texts given",
}
"""What a credited outlet turned out to be, to stand after its name."""

DATE_BASIS_WORDS: Final = {
    DateBasis.RECORD: "as its record says",
    DateBasis.MARKUP: "as its markup says",
    DateBasis.URL: "as its address says",
    DateBasis.TEXT: "as its text says",
}

DEGREE_WORDS: Final = {
    Degree.WHOLLY: "wholly derived",
    Degree.PARTIALLY: "partially derived",
    Degree.NON: "non-derived",
    Degree.UNMEASURED: "amount not measurable here",
}

DIRECTION_WORDS: Final = {
    Direction.ESTABLISHED: "direction established",
    Direction.LIKELY: "direction likely",
    Direction.UNKNOWN: "direction unknown",
}

PASSAGE_WORDS: Final = {
    PassageKind.VERBATIM: "verbatim",
    PassageKind.EDITED: "edited",
    PassageKind.REWRITTEN: "rewritten",
    PassageKind.TRANSLATED: "translated",
    PassageKind.QUOTE: "quote",
}

DRIFT_WORDS: Final = {
    DriftKind.NUMBER: "number",
    DriftKind.DATE: "date",
    DriftKind.NAME: "name",
    DriftKind.QUOTE: "quotation",
    DriftKind.NEGATION: "negation",
    DriftKind.CERTAINTY: "certainty",
    DriftKind.ATTRIBUTION: "who said it",
}

EROSION_WORDS: Final = {
    ErosionKind.NAME: "name",
    ErosionKind.AGENCY: "credit",
    ErosionKind.HEDGE: "hedge",
    ErosionKind.NUMBER: "number",
}
"""What was lost, each with a plural in ``s``."""

ATTRIBUTION_WORDS: Final = {
    AttributionKind.REPUBLICATION: "republication",
    AttributionKind.WIRE: "wire copy",
    AttributionKind.PRESS_RELEASE: "press release",
    AttributionKind.CITATION: "citation (the source of a fact, not of the text)",
    AttributionKind.IMAGE: "image credit (not of the text)",
    AttributionKind.RELATED: "link to another article (not of the text)",
    AttributionKind.SELF: "the outlet itself",
}

EXTENT_WORDS: Final = {
    Extent.FULL: "the whole text",
    Extent.ADAPTED: "adapted",
    Extent.EXCERPT: "an excerpt",
    Extent.TRANSLATED: "translated",
    Extent.PARTIAL: "part of the text",
    Extent.UNKNOWN: "",
}
"""How much of the text a credit covers; empty where it does not say."""

_TRICK_WORDS: Final = {
    TrickKind.ZERO_WIDTH: ("character without width inside a word", "characters without width inside words"),
    TrickKind.BIDI_CONTROL: ("control that turns text round", "controls that turn text round"),
    TrickKind.HOMOGLYPH: ("word with look-alike letters of another script",
                          "words with look-alike letters of another script"),
    TrickKind.STYLED_LETTERS: ("word in mathematical letters", "words in mathematical letters"),
    TrickKind.FULL_WIDTH: ("word in full-width letters", "words in full-width letters"),
}  # fmt: skip

_ALMOST_NONE: Final = 0.005
_ALMOST_ALL: Final = 0.995
"""Shares that would round to 0 or 100 percent without being it."""


def percent(share: float) -> str:
    """Return a share as whole percent; what is not quite nothing or everything is never shown as such."""
    if 0 < share < _ALMOST_NONE:
        return "under 1%"
    if _ALMOST_ALL <= share < 1:
        return "over 99%"
    return f"{share * 100:.0f}%"


def is_admitted(verdict: Verdict) -> bool:
    """Say whether an article admits a source that is not at hand, whatever was measured against others."""
    return verdict.basis is not Basis.NONE and (verdict.derived_share is None or verdict.degree is Degree.UNMEASURED)


def share_phrase(verdict: Verdict, found_in: str = "another article here") -> str:
    """Return the degree of an article, how much of it was found elsewhere, and the range that may be."""
    if verdict.derived_share is None:
        return f"It {ADMITTED}" if verdict.basis is not Basis.NONE else "Amount not measurable here"
    if verdict.basis is Basis.NONE:
        return "Non-derived: nothing found that ties it firmly to another article here"
    low, high = (percent(bound) for bound in verdict.interval)
    share = percent(verdict.derived_share) if verdict.derived_share else "none"
    measured = f"{share} of its words found in {found_in} (95% interval: {low} to {high})"
    if verdict.degree is Degree.UNMEASURED:
        return f"It {ADMITTED}; {measured}"
    degree = DEGREE_WORDS[verdict.degree]
    return f"{degree[0].upper()}{degree[1:]}: {measured}"


def undirected_phrase(verdict: Verdict) -> str:
    """Return how much an article shares with one it may be the source of: a share, not yet a derivation."""
    low, high = (percent(bound) for bound in verdict.interval)
    share = percent(verdict.derived_share or 0.0)
    degree = DEGREE_WORDS[verdict.degree]
    return (
        f"Shares {share} of its words with another article here; {degree} if it is the later of the two "
        f"(95% interval: {low} to {high})"
    )


def strength_phrase(strength: float) -> str:
    """Return the strength of evidence as a probability; one that is not certain is never shown as 1."""
    if _ALMOST_ALL <= strength < 1:
        return "over 0.99"
    if 0 < strength < _ALMOST_NONE:
        return "under 0.01"
    return f"{strength:.2f}"


_DECISION_WORDS: Final = {Decision.CONFIRMED: "confirmed by a reviewer", Decision.REJECTED: "rejected by a reviewer"}


def review_phrase(link: Derivation) -> str:
    """Return what a reviewer said of a link before the audit that found it; empty where nobody did."""
    return _DECISION_WORDS.get(link.decision, "") if link.decision is not None else ""


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun, in the plural where it needs one."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def origins_phrase(origins: Origins) -> str:
    """Return a count of origins: ``2 to 4 independent origins``, or one number where both bounds agree."""
    if origins.at_least == origins.at_most:
        return counted(origins.at_least, "independent origin")
    return f"{origins.at_least:,} to {counted(origins.at_most, 'independent origin')}"


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence: ``a, b and c``."""
    every = list(words)
    return " and ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)


SHOWN_NAMES: Final = 5
"""Names listed in one sentence; of more the rest is counted."""


def few(names: Iterable[str], count: int, noun: str) -> str:
    """Return the first names as a list in a sentence and count the rest: ``a, b and 7 more articles``.

    Args:
        names: all names; no more are taken than are shown.
        count: how many there are.
        noun: what the rest is called.
    """
    if count <= SHOWN_NAMES:
        return listed(names)
    return listed([*islice(names, SHOWN_NAMES), counted(count - SHOWN_NAMES, f"more {noun}")])


def tricks_phrase(tricks: Iterable[Trick]) -> str:
    """Return what is hidden or disguised in a text, with its count; empty when nothing is."""
    found = listed(counted(each.count, *_TRICK_WORDS[each.kind]) for each in tricks)
    return f"{found}; this hides a copy from a plain comparison, not from this one" if found else ""
