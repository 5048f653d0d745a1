"""Targets: pairs of texts side by side, and whole lineages of articles made up from bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations

from fuzzing import promises, seeds
from fuzzing.ruling import LANGUAGES, article_of
from fuzzing.targets import Target, promise, text_of
from provenance.clean import SiteFurniture
from provenance.model import (
    ArticleFacts,
    ArticleId,
    Attribution,
    AttributionKind,
    ContentHash,
    DateBasis,
    Decision,
    Match,
    Note,
    NoteKind,
    OutletId,
    Passage,
    PassageKind,
    Precision,
    Review,
    Span,
    Timeframe,
    WeighedMatch,
)
from provenance.pipeline.comparing import compare_articles
from provenance.pipeline.inspecting import inspect_article
from provenance.pipeline.toolbox import Toolbox
from provenance.score import StrengthModel, drift, load_strength_model, verdicts, with_share
from provenance.text.tokens import written_words
from provenance.trace import declared, measured, trace

__all__ = ["TARGETS"]

_PARTING = b"\n====\n"
"""What parts the two texts of a pair."""


@cache
def _model() -> StrengthModel:
    return load_strength_model()


def _pair_of(data: bytes) -> tuple[str, str, str | None, str | None]:
    """Give two texts and their languages; the first byte names these."""
    head, _, rest = data[:1], b"", data[1:]
    number = head[0] if head else 0
    below, _, above = rest.partition(_PARTING)
    languages = LANGUAGES[number % len(LANGUAGES)], LANGUAGES[number // len(LANGUAGES) % len(LANGUAGES)]
    return text_of(below), text_of(above), *languages


def _compare(data: bytes) -> None:
    below, above, one, other = _pair_of(data)
    toolbox, site = Toolbox.load(), SiteFurniture()
    sides = [
        inspect_article(article_of(text, language, name), toolbox, site, explain=False).labelled
        for text, language, name in ((below, one, "below"), (above, other, "above"))
    ]
    found = compare_articles(sides[0], sides[1], ("below", "above"), _model())
    promises.compared(found)
    back = compare_articles(sides[1], sides[0], ("above", "below"), _model())
    promises.compared(back)
    promise(found.match.left_containment == back.match.right_containment, "containment is that of the same side")


def _drift(data: bytes) -> None:
    """Take two texts as one passage, as if a matcher had found that they say the same."""
    below, above, one, other = _pair_of(data)
    if not below or not above:
        return
    kind = PassageKind.TRANSLATED if one != other else PassageKind.EDITED
    counts = len(written_words(below)), len(written_words(above))
    whole = Passage(kind, Span(0, len(below)), Span(0, len(above)), 0.8, *counts)
    match = Match(ArticleId("below"), ArticleId("above"), (whole,), *counts, 0.5, 0.5)
    changes = list(
        drift(match, downstream_text=below, upstream_text=above, downstream_language=one, upstream_language=other)
    )
    for change in changes:
        for place, text, wording in ((change.downstream, below, change.after), (change.upstream, above, change.before)):
            promise(0 <= place.span.start < place.span.end <= len(text), "a changed fact stands inside its text")
            promise(wording, "a changed fact has both wordings")


class _Bytes:
    """Numbers taken from bytes, one after the other; 0 when they have run out."""

    def __init__(self, data: bytes) -> None:
        self._left: Iterator[int] = iter(data)

    def below(self, bound: int) -> int:
        """Give the next number, in [0, bound)."""
        return next(self._left, 0) % bound


_NAMES = ("p", "q", "s")
_WORDS, _LENGTH = 20, 120
_KINDS = (AttributionKind.REPUBLICATION, AttributionKind.WIRE, AttributionKind.CITATION, AttributionKind.SELF)
_RULES = ("r", "dateline.agency", "slug.agency")


def _facts(name: str, told: Sequence[int], take: _Bytes) -> ArticleFacts:
    start = datetime(2025, 3, 1, tzinfo=UTC) + timedelta(days=take.below(20))
    written = Timeframe(start, start + timedelta(hours=1 + take.below(60)), Precision.DAY, DateBasis.RECORD, "then")
    credited = [
        Attribution(
            _KINDS[take.below(4)],
            "Source",
            _RULES[take.below(3)],
            span=Span(0, 9),
            credited=name,
            outlet=OutletId(name),
            hop=1 + take.below(2),
        )
        for name in _NAMES
        if take.below(3) == 0
    ]
    outlet = (None, OutletId(f"outlet-{name}"), *map(OutletId, _NAMES))[take.below(5)]
    return ArticleFacts(
        id=ArticleId(name),
        source=f"{name}.txt",
        content_hash=ContentHash(name),
        body_hash=ContentHash(" ".join(map(str, told))),
        words=len(told) * _WORDS,
        outlet=outlet,
        published=written if take.below(3) else None,
        attributions=tuple(credited),
        upstreams=tuple(sorted({each.outlet for each in credited if each.is_provenance and each.outlet} - {outlet})),
        notes=tuple(Note(NoteKind.UPDATE, Span(0, 5), "r", take.below(4) or None) for _ in range(take.below(2))),
    )


def _matched(left: str, right: str, told: dict[str, list[int]], strength: float) -> WeighedMatch | None:
    """Match what two articles tell alike; sentences are numbers, and a large one says another's in other words."""
    found = [
        _passage(place, there, same=one == other)
        for place, one in enumerate(told[left])
        for there, other in enumerate(told[right])
        if one % 8 == other % 8
    ]
    if not found:
        return None
    ours, theirs = len(told[left]), len(told[right])
    match = Match(
        left=ArticleId(left),
        right=ArticleId(right),
        passages=tuple(found),
        left_words=ours * _WORDS,
        right_words=theirs * _WORDS,
        left_containment=min(1.0, len(found) / ours),
        right_containment=min(1.0, len(found) / theirs),
    )
    return WeighedMatch(match, strength, ())


def _passage(place: int, other: int, *, same: bool) -> Passage:
    ours, theirs = (Span(at * _LENGTH, at * _LENGTH + _LENGTH - 1) for at in (place, other))
    kind = PassageKind.VERBATIM if same else PassageKind.REWRITTEN
    return Passage(kind, ours, theirs, 1.0 if same else 0.6, _WORDS, _WORDS)


def _trace(data: bytes) -> None:
    """Build a few articles, their ties and decisions from bytes; trace them, in two orders."""
    take = _Bytes(data)
    told = {f"a{number}": [take.below(16) for _ in range(1 + take.below(7))] for number in range(2 + take.below(5))}
    facts = {name: _facts(name, sentences, take) for name, sentences in told.items()}
    pairs = [
        made
        for left, right in combinations(sorted(told), 2)
        if (made := _matched(left, right, told, (0.99, 0.3, 0.85, 1.0)[take.below(4)]))
    ]
    names = sorted(told)
    decided = [
        Review(
            downstream=ArticleId(names[take.below(len(names))]),
            upstream=ArticleId(names[take.below(len(names))]),
            upstream_outlet=None,
            decision=(Decision.CONFIRMED, Decision.REJECTED, Decision.WITHDRAWN)[take.below(3)],
            reviewer="R",
            note="",
            decided_at=datetime(2026, 1, 1, tzinfo=UTC),
            downstream_hash=ContentHash("x"),
            upstream_hash=ContentHash("y"),
        )
        for _ in range(take.below(3))
    ]
    decided = [each for each in decided if each.downstream != each.upstream]
    lineage = _lineage(pairs, {ArticleId(name): each for name, each in facts.items()}, decided)
    again = _lineage(pairs[::-1], {ArticleId(name): facts[name] for name in sorted(facts, reverse=True)}, decided)
    promise(lineage == again, "a lineage does not hang on the order of what it is made from")


def _lineage(pairs: Sequence[WeighedMatch], facts: dict[ArticleId, ArticleFacts], decided: Sequence[Review]) -> object:
    links = measured(pairs, facts)
    found = trace([*links, *declared(facts.values(), links)], facts, decided)
    promises.traced(found)
    shared = [with_share(each, facts[each.downstream].words) for each in found.derivations]
    for verdict in verdicts(facts, shared):
        low, high = verdict.interval
        promise(0.0 <= low <= high <= 1.0, "an interval lies in [0, 1]")
        share = verdict.derived_share
        promise(share is None or 0.0 <= share <= 1.0, "a share is a share")
        promise(verdict.article in facts, "a verdict is about an article")
    return found


def _pairs() -> list[bytes]:
    changed = seeds.PROSE.replace("412", "512").replace("again on Monday", "again on Tuesday").replace("said", "denied")
    story = seeds.STORIES / "dam-inspection"
    ours = [(story / name).read_bytes()[:1500] for name in ("wire.txt", "rewrite.txt", "later.txt")]
    return [
        b"\0" + seeds.PROSE.encode() + _PARTING + changed.encode(),
        b"\0" + ours[0] + _PARTING + ours[1],
        b"\0" + ours[2] + _PARTING + ours[0],
        b"\x01"
        + "Der Hafen von Larchport öffnet am Montag, sagte Ines Caldew. 412 Gäste.".encode()
        + _PARTING
        + seeds.PROSE.encode(),
        b"\x00"
        b"At least 12 people have not been confirmed dead on Sunday, officials said."
        + _PARTING
        + b"At least 21 people have been confirmed dead on Monday, analyst Ada Finch said.",
    ]


TARGETS = (
    Target("comparison", _compare, _pairs, [*seeds.SIGNS, _PARTING]),
    Target(
        "drift",
        _drift,
        _pairs,
        [
            *seeds.SIGNS,
            _PARTING,
            b" not ",
            b" denied ",
            b"1,200",
            b"two million",
            b"on Sunday",
            b"last week",
            b"experts",
        ],
    ),
    Target("direction", _trace, lambda: [bytes(range(7, 200, 3)), bytes(range(90)), b"\1\2\3" * 60, b"\0" * 8]),
)
"""Pairs of texts through matching, scoring and drift; drift by itself; the order of articles and what hangs on it."""
