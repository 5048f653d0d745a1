"""Two texts side by side: the figures, the evidence, the passages, and what changed on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from provenance.model import Comparison, Passage, PassageKind, Unreadable
from provenance.report.plain import one_line
from provenance.report.terminal.bar import bar, legend
from provenance.report.terminal.drift import change_lines
from provenance.report.terminal.evidence import WEIGHTS_NOTE, every_evidence, passages_phrase
from provenance.report.terminal.layout import Paragraph, SideBySide, entry, heading, plain, stacked
from provenance.report.words import DEGREE_WORDS, PASSAGE_WORDS, percent, share_phrase, strength_phrase

__all__ = ["comparison_view", "pair_view", "passage_lines"]

_LIMITS = (
    "Evidence strength is the probability that one text derives from the other or both from a common text. It does "
    "not say how much was taken, nor which of the two came first; which is downstream is what you gave."
)


def comparison_view(found: Comparison | Unreadable) -> RenderableType:
    """Return everything a comparison found, with the passages where the texts are at hand."""
    if isinstance(found, Unreadable):
        return _unreadable(found)
    return stacked(
        [
            *_figures(found),
            *_evidence(found),
            *_passages(found),
            *_changes(found),
            heading("What this does not show"),
            Paragraph(plain(_LIMITS), indent=2),
        ]
    )


def pair_view(found: Comparison | Unreadable) -> RenderableType:
    """Return a comparison in one line, for many pairs in a row."""
    if isinstance(found, Unreadable):
        return _unreadable(found)
    verdict = found.verdict
    share = "not measurable" if verdict.derived_share is None else percent(verdict.derived_share)
    words = f"{DEGREE_WORDS[verdict.degree]}, evidence strength {strength_phrase(found.strength)}"
    names = f"{one_line(found.downstream)} against {one_line(found.upstream)}"
    return Paragraph(Text.assemble((f"{share:>8}", "bold"), f"  {names}: {words}"))


def _unreadable(failure: Unreadable) -> RenderableType:
    return entry(one_line(failure.source), f"could not be read: {one_line(failure.reason)}", style="bold")


def _figures(found: Comparison) -> Iterator[RenderableType]:
    verdict, match = found.verdict, found.match
    yield entry("Downstream", f"{one_line(found.downstream)} ({match.left_words:,} words)")
    yield entry("Upstream", f"{one_line(found.upstream)} ({match.right_words:,} words)")
    yield ""
    yield Paragraph(plain(share_phrase(verdict, "the upstream text"), "bold"))
    yield Paragraph(plain(f"Evidence strength {strength_phrase(found.strength)}", "bold"))
    yield Paragraph(bar(verdict.composition))
    yield Paragraph(legend())
    there, back = percent(match.left_containment), percent(match.right_containment)
    yield entry("Runs of words in common", f"{there} of the downstream's are in the upstream, {back} the other way")


def _evidence(found: Comparison) -> Iterator[RenderableType]:
    yield heading("Evidence", WEIGHTS_NOTE)
    lines = every_evidence(found.evidence) or [plain("none recorded")]
    yield from (Paragraph(line, indent=2, mark="• ") for line in lines)


def _passages(found: Comparison) -> Iterator[RenderableType]:
    passages = found.match.passages
    yield heading("Shared passages", passages_phrase(passages) or "none found")
    sides = ("downstream", found.downstream_text), ("upstream", found.upstream_text)
    yield from passage_lines(passages, *sides)


def passage_lines(
    passages: Sequence[Passage], downstream: tuple[str, str], upstream: tuple[str, str], *, indent: int = 2
) -> Iterator[RenderableType]:
    """Yield each passage with its places, and its wording on both sides.

    Args:
        passages: what is shared.
        downstream: what to call the downstream text, and the text itself; only places are shown if it is empty.
        upstream: the same for the upstream text.
        indent: columns the passages stand in.
    """
    for number, each in enumerate(passages, 1):
        counted = ", not counted as derived" if each.kind is PassageKind.QUOTE else ""
        title = f"{number}. {PASSAGE_WORDS[each.kind]}{counted}, similarity {each.similarity:.2f}"
        left = f"{downstream[0]}, characters {each.left.start} to {each.left.end}"
        right = f"{upstream[0]}, characters {each.right.start} to {each.right.end}"
        yield ""
        yield Paragraph(plain(title, "bold"), indent=indent)
        if downstream[1] and upstream[1]:
            down, up = one_line(each.left.of(downstream[1])), one_line(each.right.of(upstream[1]))
            yield SideBySide((left, plain(f"“{down}”")), (right, plain(f"“{up}”")), indent=indent + 3)
        else:
            yield Paragraph(plain(f"{left}; {right}"), indent=indent + 3)


def _changes(found: Comparison) -> Iterator[RenderableType]:
    if found.drift:
        yield heading(
            "What changed on the way", "Upstream wording → downstream wording. A change is not always an error."
        )
        yield from change_lines(found.drift, indent=2)
