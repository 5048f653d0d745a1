"""Measure how many planted losses the program finds, in versions of the fixture articles made for the purpose.

    scripts/erosion [--show]

Losses are planted in copies of every article and in the rewrites of the wire stories. A report that is no plant, and
not there without the plant either, is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import provenance
from eroding.planting import KINDS, Version, versions
from provenance.match import Body, WordsThenSentences
from provenance.model import ArticleId, Erosion, ErosionKind, Inspection, Span
from provenance.score.erosion import erosion

__all__ = ["Tally", "main", "measure"]

STORIES = Path(__file__).parents[2] / "fixtures" / "stories"
FORMS = ("copy", "rewrite")


@dataclass
class Tally:
    """Planted, found and wrong reports of one form by kind."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="scripts/erosion", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true", help="print what was missed and what is wrong")
    tallies = measure(show=parser.parse_args(arguments).show)
    print("| form | kind | planted | found | recall | wrong | precision |")
    print("|---|---|--:|--:|--:|--:|--:|")
    for form, tally in tallies.items():
        for kind in KINDS:
            found, planted, wrong = tally.found[kind], tally.planted[kind], tally.wrong[kind]
            precision = f"{found / (found + wrong):.2f}" if found + wrong else "–"
            recall = f"{found / planted:.2f}" if planted else "–"
            print(f"| {form} | {kind} | {planted} | {found} | {recall} | {wrong} | {precision} |")
    return 0


def measure(*, show: bool = False) -> Mapping[str, Tally]:
    """Plant every loss that can be planted, and hold what is reported against it."""
    tallies = {form: Tally() for form in FORMS}
    for form, downstream, upstream, language in _pairs():
        before = {(one.kind, one.wording) for one in _lost(downstream, upstream, language)}
        for version in versions(downstream, upstream):
            _count(tallies[form], version, _lost(version.text, upstream, language), before, show=show)
    return tallies


def _count(
    tally: Tally, version: Version, lost: Sequence[Erosion], before: set[tuple[ErosionKind, str]], *, show: bool
) -> None:
    hits = [one for one in lost if one.kind == version.kind and _names(one.wording, version.wording)]
    wrong = [one for one in lost if one not in hits and (one.kind, one.wording) not in before]
    if version.kind:
        tally.planted[version.kind] += 1
        tally.found[version.kind] += bool(hits)
    tally.wrong.update(one.kind.value for one in wrong)
    if show and version.kind and not hits:
        print(f"missed {version.kind}: {version.wording}")
    for one in wrong if show else ():
        print(f"wrong {one.kind}: {one.wording!r} -> {one.became!r} (planted {version.kind}: {version.wording!r})")


def _names(reported: str, planted: str) -> bool:
    """Say whether a report and a plant are of the same words; either may be the longer."""
    one, other = reported.casefold(), planted.casefold()
    return one in other or other in one or bool(set(one.split()) & set(other.split()))


def _pairs() -> Iterator[tuple[str, str, str, str]]:
    """Give the form, both texts and the language of what losses are planted in."""
    for story in sorted(STORIES.iterdir()):
        articles = [found for found in provenance.inspect([story]) if isinstance(found, Inspection)]
        texts = {Path(found.labelled.article.source).name: _body(found) for found in articles}
        languages = {Path(one.labelled.article.source).name: one.labelled.article.language or "en" for one in articles}
        for name, text in texts.items():
            if languages[name] in ("en", "es"):
                yield "copy", text, text, languages[name]
        wire = next((name for name in texts if name.startswith("wire")), None)
        rewrite = next((name for name in texts if name.startswith("rewrite")), None)
        if wire and rewrite:
            yield "rewrite", texts[rewrite], texts[wire], "en"


def _body(found: Inspection) -> str:
    text = found.labelled.article.text
    return "\n".join(block.span.of(text).strip() for block in found.blocks if block.role == "body") + "\n"


def _lost(downstream: str, upstream: str, language: str) -> Sequence[Erosion]:
    match = WordsThenSentences().align(_lines("down", downstream, language), _lines("up", upstream, language))
    return erosion(match, (downstream, upstream), (language, language))


def _lines(name: str, text: str, language: str) -> Body:
    spans, at = [], 0
    for line in text.splitlines(keepends=True):
        spans.append(Span(at, at + len(line)))
        at += len(line)
    return Body(ArticleId(name), text, tuple(spans), language)


if __name__ == "__main__":
    sys.exit(main())
