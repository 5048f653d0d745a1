"""Erosion: what a link of the lineage lost of what it took, be it left out or put in other words.

Only aligned statements are held side by side, so that a sentence left out is no loss: nobody takes everything. Of what
was taken, the names, hedges and numbers of the upstream must be gone from the whole downstream text; agencies are held
against credits (:mod:`provenance.score.erosion.agencies`). What changed in place of being lost is fact drift: an audit
tells it there, and only there.

Precision goes before recall, as for drift: whoever reads of a loss must find it in both texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from provenance.model import Drift, Erosion, ErosionKind, Match, PassageKind
from provenance.score.drift import aligned, changes
from provenance.score.drift.statements import Pair
from provenance.score.erosion.agencies import agency_erosion
from provenance.score.erosion.hedges import lost_hedges
from provenance.score.erosion.names import lost_names
from provenance.score.erosion.numbers import lost_numbers
from provenance.score.erosion.turned import turned

__all__ = ["EROSION_VERSION", "agency_erosion", "compared", "erosion", "in_order"]

EROSION_VERSION = "2"
"""Raised whenever the same match may give other erosion."""


def erosion(
    match: Match, texts: tuple[str, str], languages: tuple[str | None, str | None] = (None, None)
) -> Sequence[Erosion]:
    """Find what a downstream text no longer says of the passages it took, in order of the upstream text.

    Facts that changed in place of being left out are among it.

    Args:
        match: its left side is the downstream article.
        texts: the stored texts the spans point into, downstream first.
        languages: ISO 639-1 codes; ``None`` when undecided, which leaves digits and names to compare.
    """
    pairs = aligned(match, texts, languages)
    return _all_losses(turned(changes(pairs), pairs), pairs)


def compared(
    match: Match, texts: tuple[str, str], languages: tuple[str | None, str | None]
) -> tuple[Sequence[Drift], Sequence[Erosion]]:
    """Find the facts that changed and what was lost besides, the texts taken apart once; see :func:`erosion`.

    Nothing is told twice: a loss that is a changed fact stands among the changed facts only.
    """
    pairs = aligned(match, texts, languages)
    changed = changes(pairs)
    told = tuple(turned(changed, pairs))
    return changed, tuple(loss for loss in _all_losses(told, pairs) if loss not in told)


def _all_losses(told: Iterable[Erosion], pairs: Sequence[Pair]) -> Sequence[Erosion]:
    return _distinct([*told, *(loss for pair in pairs for loss in _losses(pair))])


def _losses(pair: Pair) -> Iterable[Erosion]:
    """Find what one statement lost; a pair tied by its place alone, or as a second reading, tells of no loss."""
    if pair.between or pair.second or pair.kind is PassageKind.TRANSLATED:
        return ()
    return (*lost_names(pair), *lost_numbers(pair), *lost_hedges(pair))


def _distinct(found: Iterable[Erosion]) -> Sequence[Erosion]:
    """Keep one report of a wording and of a place, the first: what changed goes before what is gone.

    A surname alone is told of only where the full name is not.
    """
    kept: list[Erosion] = []
    seen: set[tuple[ErosionKind, str]] = set()
    for loss in found:
        wording = (loss.kind, loss.wording.casefold())
        if wording in seen or any(_overlap(loss, other) for other in kept):
            continue
        seen.add(wording)
        kept.append(loss)
    full = {words[-1] for words in map(_words, kept) if len(words) > 1}
    return in_order(one for one in kept if len(_words(one)) != 1 or _words(one)[0] not in full)


def _words(loss: Erosion) -> list[str]:
    return loss.wording.casefold().split() if loss.kind is ErosionKind.NAME else []


def _overlap(one: Erosion, other: Erosion) -> bool:
    return one.place is not None and other.place is not None and one.place.overlap(other.place) > 0


def in_order(losses: Iterable[Erosion]) -> Sequence[Erosion]:
    """Sort the losses of one link by their place in the upstream text; credits in the markup come first."""
    return tuple(sorted(losses, key=lambda one: (_place(one), one.kind, one.wording)))


def _place(loss: Erosion) -> tuple[int, int]:
    return (-1, -1) if loss.place is None else (loss.place.start, loss.place.end)
