"""The path back to an origin as a tree: the article at the root, what it derives from below it, origins at the tips.

Every hop tells who, when, how much, on what evidence, what changed and what was lost; every branch says why it ends.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import starmap
from typing import Final, TypeVar

from rich.console import Group, RenderableType
from rich.text import Text

from provenance.model import (
    ArticleId,
    Decision,
    Derivation,
    DerivationStatus,
    Drift,
    Erosion,
    InferredSource,
    OutletId,
    Review,
)
from provenance.report.findings import FindingsIndex
from provenance.report.path import EndKind, Hop, HopBasis, Path, next_upstream
from provenance.report.path_words import summary
from provenance.report.plain import handle, one_line, shortened
from provenance.report.terminal.articles import check_lines
from provenance.report.terminal.drift import loss_lines
from provenance.report.terminal.evidence import best_evidence, direction_evidence, tie_evidence
from provenance.report.terminal.families import content_phrase, inferred_name, link_words, versions_line
from provenance.report.terminal.layout import Paragraph, entry, heading, plain, stacked
from provenance.report.terminal.trees import Growth
from provenance.report.words import (
    DATE_BASIS_WORDS,
    DRIFT_WORDS,
    EROSION_WORDS,
    SHOWN_NAMES,
    counted,
    few,
    listed,
    review_phrase,
)

__all__ = ["trace_view"]

SHOWN_WORDINGS: Final = 3
"""Changed or lost wordings quoted at a hop; all of them stand in ``show``, and the lost ones below the tree."""

WORDING_LENGTH: Final = 60
"""Characters of a wording quoted at a hop."""

SHOWN_PASSAGES: Final = 5
"""Passages of an inferred source that are quoted."""

PASSAGE_LENGTH: Final = 200
"""Characters of such a passage: a sentence."""

_END_STYLE: Final = "bold green"
_OPEN_STYLE: Final = "bold magenta"


def trace_view(index: FindingsIndex, path: Path, texts: Mapping[ArticleId, str] | None = None) -> RenderableType:
    """Return the path of one article back to its origins.

    Args:
        index: the findings the path was made from.
        path: see :func:`provenance.report.path.path_back`.
        texts: texts of articles, for quoting what an inferred source must have contained; where one is missing, only
            its place is named.
    """
    return stacked(
        [
            Paragraph(plain(summary(index, path), "bold")),
            "",
            *_PathTree(index, path, texts or {}).trees(),
            *_lost_lines(index, path),
            *_credit_lines(index, path),
            *_tie_lines(index, path),
            "",
            Paragraph(plain(f"Passages and every reason: provenance show {handle(path.article)}", "dim")),
        ]
    )


class _PathTree:
    """Lays a path out as trees; the node ``None`` is the article itself, every other is a hop."""

    def __init__(self, index: FindingsIndex, path: Path, texts: Mapping[ArticleId, str]) -> None:
        self._index = index
        self._path = path
        self._texts = texts
        self._above = _grouped(path.hops, lambda hop: hop.downstream)
        self._ends = _grouped(path.ends, lambda end: end.article)

    def trees(self) -> Iterator[RenderableType]:
        """Yield the tree, and one more for every branch too deep for it."""
        growth: Growth[Hop | None] = Growth(
            label=self._label,
            below=self._below,
            waiting=lambda count: f"{counted(count, 'hop')} further back: see the next tree",
            resumed=lambda hop: f"Further back, from hop {hop.depth} ({self._name_of(hop)}):" if hop else "",
        )
        yield from growth.trees(None, [None])

    def _below(self, hop: Hop | None) -> Sequence[Hop]:
        if hop is None:
            return self._above.get(self._path.article, ())
        return self._above.get(hop.upstream, ()) if hop.goes_on and hop.upstream is not None else ()

    def _name_of(self, hop: Hop) -> str:
        return self._index.article_name(hop.upstream) if hop.upstream else "not at hand"

    def _label(self, hop: Hop | None) -> RenderableType:
        if hop is None:
            return Group(*self._article_lines(self._path.article, ""), *self._end_lines(self._path.article))
        mark = f"Hop {hop.depth}: "
        if hop.upstream is None:
            return Group(*self._blind_lines(hop, mark))
        rest = (
            self._end_lines(hop.upstream)
            if hop.goes_on
            else [Paragraph(plain("Told in another branch", "dim"), indent=2)]
        )
        return Group(*self._article_lines(hop.upstream, mark), *self._hop_lines(hop), *rest)

    def _article_lines(self, article: ArticleId, mark: str) -> Iterator[RenderableType]:
        index = self._index
        name = (index.article_name(article), "bold")
        yield Paragraph(Text.assemble((mark, "dim"), name, (index.shown_handle(article), "dim")))
        facts = index.articles.get(article)
        if facts is not None and facts.published is not None:
            date = facts.published
            yield Paragraph(plain(f"published {one_line(date.written)}, {DATE_BASIS_WORDS[date.basis]}"), indent=2)
        else:
            yield Paragraph(plain("date not known"), indent=2)
        yield from versions_line(index, article, indent=2)

    def _hop_lines(self, hop: Hop) -> Iterator[RenderableType]:
        assert hop.link is not None
        credited = hop.basis is HopBasis.BOTH
        yield Paragraph(link_words(hop.link, credited=credited, words_of="the words above"), indent=2)
        if hop.link.is_version:
            yield Paragraph(plain("an earlier version of the text above"), indent=2)
        yield entry("Tie", tie_evidence(hop.link.evidence), indent=2)
        yield entry("Direction", direction_evidence(hop.link.evidence), indent=2)
        yield from _review_lines(hop.link, hop.review)
        if hop.drift:
            yield entry("Changed", _changed(hop.drift), indent=2)
        if hop.erosion:
            yield entry("Lost", _lost(hop.erosion), indent=2)

    def _blind_lines(self, hop: Hop, mark: str) -> Iterator[RenderableType]:
        """Yield what is known of a text that is not at hand."""
        name = self._index.outlet_name(hop.outlet) or "a source it does not name"
        if hop.link is not None:
            yield Paragraph(Text.assemble((mark, "dim"), (name, "bold"), ", known by name only"))
            yield Paragraph(link_words(hop.link, credited=self._index.credits(hop.downstream, hop.link)), indent=2)
            yield entry("Evidence", best_evidence(hop.link.evidence), indent=2)
            yield from _review_lines(hop.link, hop.review)
        if hop.inferred is not None:
            yield from self._inferred_lines(hop.inferred, "" if hop.link else mark, indent=2 if hop.link else 0)
        if hop.link is not None:
            named_by = self._index.named_by(hop.link)
            yield Paragraph(plain(f"Upstream not at hand: {name} ({named_by})", _OPEN_STYLE), indent=2)
        else:
            yield Paragraph(plain("Inferred common source: an inference, not a finding", _OPEN_STYLE), indent=2)

    def _inferred_lines(self, source: InferredSource, mark: str, *, indent: int) -> Iterator[RenderableType]:
        name = (inferred_name(self._index, source), "italic magenta")
        yield Paragraph(Text.assemble((mark, "dim"), name), indent=indent)
        drew = few(self._named(source.articles), len(source.articles), "article")
        yield entry("Drawn on by", drew, indent=indent + 2)
        yield from (entry("Why", one_line(reason), indent=indent + 2) for reason in source.why)
        yield entry("It must have contained", content_phrase(source), indent=indent + 2)
        for content in source.content[:SHOWN_PASSAGES]:
            shown = next((each for each in content.places if each.article in self._texts), None)
            if shown is not None:
                words = one_line(shown.span.of(self._texts[shown.article]))
                yield Paragraph(plain(f"“{shortened(words, PASSAGE_LENGTH)}”"), indent=indent + 2, mark="• ")
            elif content.places:
                place = content.places[0]
                where = f"characters {place.span.start} to {place.span.end} of {handle(place.article)}"
                yield Paragraph(plain(where), indent=indent + 2, mark="• ")
        if len(source.content) > SHOWN_PASSAGES:
            rest = counted(len(source.content) - SHOWN_PASSAGES, "more passage")
            yield Paragraph(plain(f"{rest}: --format json"), indent=indent + 2, mark="• ")

    def _end_lines(self, article: ArticleId) -> Iterator[RenderableType]:
        for end in self._ends.get(article, ()):
            if end.kind is EndKind.ORIGIN:
                yield Paragraph(plain("Origin: nothing given here stands upstream of it", _END_STYLE), indent=2)
            elif end.kind is EndKind.UNKNOWN:
                names = few(self._named(end.shares_with), len(end.shares_with), "article")
                words = f"Which came first is unknown: it shares text with {names}"
                yield Paragraph(plain(words, _OPEN_STYLE), indent=2)
                yield from self._beyond_lines(end.shares_with)

    def _beyond_lines(self, partners: Sequence[ArticleId]) -> Iterator[RenderableType]:
        """Yield where texts tied in unknown order come from: the way back may lead through them."""
        for partner in partners[:SHOWN_NAMES]:
            ways = next_upstream(self._index, partner)
            if ways:
                upstream = few(starmap(self._upstream_name, ways), len(ways), "text")
                yield entry("Upstream of", f"{next(self._named([partner]))}: {upstream}", indent=4)

    def _upstream_name(self, article: ArticleId | None, outlet: OutletId | None) -> str:
        if article is not None:
            return f"{self._index.article_name(article)}{self._index.shown_handle(article)}"
        return f"{self._index.outlet_name(outlet) or 'a text nobody names'} (not at hand)"

    def _named(self, articles: Iterable[ArticleId]) -> Iterator[str]:
        """Name articles with what commands take for them."""
        return (f"{self._index.article_name(each)}{self._index.shown_handle(each)}" for each in articles)


def _review_lines(link: Derivation, review: Review | None, *, indent: int = 2) -> Iterator[RenderableType]:
    """Yield who decided what of a link, also when the audit is older than the decision."""
    if review is None:
        if link.decision is not None:
            yield entry("Review", f"{review_phrase(link)}; that decision is no longer in force", indent=indent)
        return
    note = f": “{one_line(review.note)}”" if review.note else ""
    day = review.decided_at.date().isoformat()
    turned = review.upstream is not None and review.downstream == link.upstream
    which = "confirmed the other way about" if turned and review.decision is Decision.CONFIRMED else review.decision
    honoured = link.decision is review.decision and which == review.decision
    later = "" if honoured else "; decided since, the next audit honours it"
    words = f"{which} by {one_line(review.reviewer)} on {day}{note}{later}"
    yield entry("Review", plain(words, "bold"), indent=indent)


def _changed(drift: Sequence[Drift]) -> str:
    kinds = Counter(DRIFT_WORDS[each.kind] for each in drift)
    told = listed(counted(count, f"{kind}") if count == 1 else f"{count:,} × {kind}" for kind, count in kinds.items())
    shown = "; ".join(f"{_quoted(each.before)} → {_quoted(each.after)}" for each in drift[:SHOWN_WORDINGS])
    return f"{told}: {shown}{_and_more(len(drift))}"


def _lost(erosion: Sequence[Erosion]) -> str:
    kinds = Counter(EROSION_WORDS[each.kind] for each in erosion)
    told = listed(counted(count, kind) for kind, count in kinds.items())
    shown = "; ".join(
        _quoted(each.wording) + (f" → {_quoted(each.became)}" if each.became else "")
        for each in erosion[:SHOWN_WORDINGS]
    )
    return f"{told}: {shown}{_and_more(len(erosion))}"


def _quoted(wording: str) -> str:
    return f"“{shortened(one_line(wording), WORDING_LENGTH)}”" if wording else "(nothing)"


def _and_more(count: int) -> str:
    return f"; and {count - SHOWN_WORDINGS:,} more" if count > SHOWN_WORDINGS else ""


def _lost_lines(index: FindingsIndex, path: Path) -> Iterator[RenderableType]:
    """Yield what the chain lost, hop by hop from the origin to the article."""
    lossy = sorted((hop for hop in path.hops if hop.erosion), key=lambda hop: (-hop.depth, hop.number))
    if not lossy:
        return
    yield heading(
        "Lost on the way", "From the origin on: said upstream in what the next text took, and there said no longer."
    )
    for hop in lossy:
        yield ""
        upstream = index.article_name(hop.upstream) if hop.upstream else ""
        yield Paragraph(
            Text.assemble((f"Hop {hop.depth}", "bold"), f", from {upstream} to ", index.article_name(hop.downstream)),
            indent=2,
        )
        yield from loss_lines(hop.erosion, indent=4)


def _credit_lines(index: FindingsIndex, path: Path) -> Iterator[RenderableType]:
    verdict = index.verdicts.get(path.article)
    if verdict is None or not verdict.credits:
        return
    yield heading("Its credits, held against the texts")
    yield from check_lines(index, verdict, indent=2)


def _tie_lines(index: FindingsIndex, path: Path) -> Iterator[RenderableType]:
    if not path.ties:
        return
    yield heading(
        "Other ties",
        "No hops: which came first is unknown, they are only possible, or the path does without them. Its own words "
        "are those of the article traced.",
    )
    for tie in path.ties:
        link = tie.link
        other = link.downstream if link.upstream == path.article else link.upstream
        name = index.article_name(other) if other else index.outlet_name(link.upstream_outlet)
        shown = index.shown_handle(other) if other else ""
        yield ""
        yield Paragraph(Text.assemble((name or "a source it does not name", "bold"), (shown, "dim")), indent=2)
        yield Paragraph(_tie_words(index, link, path.article), indent=4)
        yield entry("Evidence", best_evidence(link.evidence), indent=4)
        yield from _review_lines(link, tie.review, indent=4)


def _tie_words(index: FindingsIndex, link: Derivation, article: ArticleId) -> Text:
    possible = ("only possible, not counted: ", "bold") if link.status is DerivationStatus.POSSIBLE else ""
    words_of = "its own words" if link.downstream == article else "the other's words"
    return Text.assemble(possible, link_words(link, credited=index.credits(link.downstream, link), words_of=words_of))


Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def _grouped(values: Iterable[Value], key: Callable[[Value], Key]) -> dict[Key, list[Value]]:
    found: defaultdict[Key, list[Value]] = defaultdict(list)
    for value in values:
        found[key(value)].append(value)
    return found
