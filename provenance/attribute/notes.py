"""What an article says of its own versions: notes of corrections and of updates.

A note stands apart from the report: it opens a line of its own, is the number of a version before a headline, an aside
in brackets at its edge, or a sentence by which the text opens or ends and in which the article speaks of itself. A
sentence about somebody else's correction does none of that. The date line of a content system ("Updated: 3 May 2024
14:05") stands below every second headline, changed text or not, and is no note: a label must say what was done.

Options of a rule: ``place`` (see :class:`NotePlace`), ``scripts`` (``dense`` where a few signs make a statement), and
``chars``, one of which a slug must begin with: a test far cheaper than the pattern.
Named group: ``number`` (of the version). Patterns run on lines as attribution
rules see them (:mod:`provenance.attribute.lines`).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Any

import re2

from provenance.attribute.filters import PatternFilter
from provenance.attribute.languages import EVERYWHERE, reading_languages
from provenance.attribute.lines import Line
from provenance.attribute.rules import LINE_LENGTH
from provenance.errors import KnowledgeError
from provenance.model import Article, Note, NoteKind, Role, Rule, Span

__all__ = ["NoteRules", "find_notes"]

OPENING_LENGTH = 240
ENDING_LENGTH = 600
"""Code points of a line's start and end in which a note is looked for; half of the longest notes seen in the wild."""

STATED_WORDS = 5
"""Words of STATED_LETTERS from which what follows a label says something, whatever figures are among them: a date with
weekday, month, "o'clock" and zone has four."""
STATED_LETTERS = 3
STATED_WORDS_WITHOUT_FIGURES = 3
"""Words of any length that do where there are no figures, and so no date."""
STATED_SIGNS = 10
"""Letters that do the same in scripts that write a word in one or two."""

MAX_NOTES = 50
"""Notes kept of one article: the busiest live pages are corrected some dozens of times."""

_ELSEWHERE = frozenset({Role.COMMENTS, Role.RELATED, Role.NAVIGATION, Role.ADVERT})
"""Roles whose lines speak of other texts."""


class NotePlace(StrEnum):
    """Where the words of a rule may stand."""

    LABEL = "label"
    """They open a line above or below the text, and what was done follows."""
    SENTENCE = "sentence"
    """They open a line anywhere, or a sentence of the first or last paragraphs."""
    SLUG = "slug"
    """They open a line above the text or its first paragraph."""
    ASIDE = "aside"
    """They are a whole line above or below the text, or open or end one above it."""


_BEHIND = r"(?:^|[.!?…][\"'”’»)\]]{0,2}\s+|[。！？।۔؟።]\s*)"
"""The start of a line, or of a sentence within it."""
_SIGNS = r"[*(\[_—–•†‡-]*\s*"
_FORMS = {
    NotePlace.LABEL: r"^(" + _SIGNS + r"(?:PATTERN))",
    NotePlace.SENTENCE: _BEHIND + r"(" + _SIGNS + r"(?:\p{Lu}[^\n.:!?]{2,40}[:：.]\s)?(?:PATTERN))",
    NotePlace.SLUG: r"^(PATTERN)",
    NotePlace.ASIDE: r"(PATTERN)",
}
_MARKS = frozenset({NotePlace.SLUG, NotePlace.ASIDE})
"""Places of what stands at the edges of a text only, without a sentence of its own."""

_OPENING = frozenset("([=（［【")
_CLOSING = frozenset(")]=）］】")
"""What opens and closes an aside."""

_NOTE = 1
"""The group that is the note, the first of every pattern."""


@dataclass(frozen=True)
class _NoteRule:
    id: str
    kind: NoteKind
    place: NotePlace
    source: str = field(repr=False)
    """Its pattern with what must stand around it."""
    is_dense: bool = False
    chars: frozenset[str] = frozenset()

    @cached_property
    def pattern(self) -> Any:  # noqa: ANN401  re2 ships no types
        """The pattern, compiled when the first line may match it.

        Raises:
            KnowledgeError: it is no RE2 pattern.
        """
        try:
            return re2.compile(self.source, _options())
        except re2.error as error:
            raise _malformed(self.id, error) from error

    def may_hold(self, line: str) -> bool:
        """Say whether the pattern is worth trying on a line."""
        if self.place is NotePlace.ASIDE:
            return line[:1] in _OPENING or line[-1:] in _CLOSING
        return not self.chars or line[:1] in self.chars


@dataclass(frozen=True, slots=True)
class _RuleSet:
    """The rules of one language, with the filter that finds which of them may match."""

    rules: tuple[_NoteRule, ...]
    filter: PatternFilter

    @classmethod
    def of(cls, rules: Iterable[_NoteRule]) -> _RuleSet:
        kept = tuple(rules)
        return cls(kept, PatternFilter.compile([rule.source for rule in kept], _options))

    def candidates(self, text: str) -> Iterator[_NoteRule]:
        return (self.rules[number] for number in self.filter.candidates(text))


@dataclass(frozen=True, slots=True)
class NoteRules:
    """All rules for notes; those of a language are compiled when the first article is read by them."""

    languages: frozenset[str] = frozenset()
    """ISO 639-1 codes of the languages there are rules for."""
    _rules: Mapping[str, Sequence[_NoteRule]] = field(default_factory=dict, repr=False)
    _compiled: dict[str, tuple[_RuleSet, _RuleSet]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def compile(cls, rules: Iterable[Rule]) -> NoteRules:
        """Take in rule files once for all articles.

        Raises:
            KnowledgeError: an option of a rule has a value nobody knows.
        """
        groups: defaultdict[str, list[_NoteRule]] = defaultdict(list)
        for rule in rules:
            groups[rule.language].append(_compiled(rule))
        return cls(frozenset(groups) - {"*"}, dict(groups))

    def candidates(self, article: Article, text: str, edges: str) -> tuple[list[_NoteRule], list[_NoteRule]]:
        """Give the rules that may match an article: marks, which are looked for at its edges, and words.

        They are those of its language and of languages taken for it, and those of every language.
        """
        codes = {*reading_languages(article.text, article.language, self.languages), *EVERYWHERE}
        held = [self._of(code) for code in sorted(codes) if code in self._rules]
        marks = [rule for each, _ in held for rule in each.candidates(edges)]
        return marks, [rule for _, each in held for rule in each.candidates(text)]

    def _of(self, code: str) -> tuple[_RuleSet, _RuleSet]:
        if code not in self._compiled:
            rules = self._rules[code]
            marks = _RuleSet.of(rule for rule in rules if rule.place in _MARKS)
            self._compiled[code] = marks, _RuleSet.of(rule for rule in rules if rule.place not in _MARKS)
        return self._compiled[code]


def _compiled(rule: Rule) -> _NoteRule:
    try:
        kind, place = NoteKind(rule.kind), NotePlace(rule.options.get("place", ""))
    except ValueError as error:
        raise _malformed(rule.id, error) from error
    source = _FORMS[place].replace("PATTERN", rule.pattern)
    return _NoteRule(
        id=rule.id,
        kind=kind,
        place=place,
        source=source,
        is_dense=rule.options.get("scripts") == "dense",
        chars=frozenset(rule.options.get("chars", "")),
    )


def _options() -> Any:  # noqa: ANN401  re2 ships no types
    options = re2.Options()
    options.log_errors = False
    return options


def _malformed(rule: str, error: Exception) -> KnowledgeError:
    return KnowledgeError(f"rule {rule}: {error}", hint="Mend the rule's pattern or options.")


def find_notes(lines: Sequence[Line], rules: NoteRules, article: Article, *, text: str) -> tuple[Note, ...]:
    """Find the notes of one article, in the order of its text.

    A headline that its record states and that stands nowhere in the text is read too; a note there gets an empty span
    at the beginning of the text. ``text`` is the masked lines as one, by which is found what is worth looking for.
    """
    opened = [line for line in lines if line.is_head or (line.is_tail and len(line.masked) <= LINE_LENGTH)]
    title = (article.title or "").strip()
    edges = [title, *(line.masked for line in opened)]
    marks, said = rules.candidates(article, text, "\n".join(edge[:OPENING_LENGTH] for edge in edges))
    found = [note for rule in marks for line in opened if rule.may_hold(line.masked) for note in _of_line(rule, line)]
    found += [note for rule in said for line in lines for note in _of_line(rule, line)]
    if marks and title and not any(line.plain == title for line in opened):
        found.extend(_of_title(title, marks))
    return tuple(_distinct(found))[:MAX_NOTES] if found else ()


def _of_line(rule: _NoteRule, line: Line) -> Iterator[Note]:
    place = _place(rule, line, at_edge=line.is_head or line.is_tail)
    if place is not None and line.role not in _ELSEWHERE:
        start, end, number = place
        yield Note(rule.kind, line.span(start, end), rule.id, number)


Found = tuple[int, int, int | None]
"""Where a note begins and ends in a masked line, and its number."""


def _place(rule: _NoteRule, line: Line, *, at_edge: bool) -> Found | None:
    """Find a rule's note in a line; ``None`` where it has none that counts."""
    masked = line.masked
    if rule.place is NotePlace.SENTENCE:
        return _sentence(rule, masked, at_edge=at_edge)
    if not at_edge or (rule.place is NotePlace.SLUG and not line.is_head):
        return None
    if rule.place is NotePlace.LABEL and line.role is Role.TITLE:
        return None  # "Correction: markets down a tenth" is a headline
    if rule.place is NotePlace.ASIDE:
        return _aside(rule, masked, is_head=line.is_head)
    found = rule.pattern.search(masked[:OPENING_LENGTH])
    if found is None or not _says_more(rule, found, masked):
        return None
    start, end = found.span(_NOTE)
    return start, len(masked) if rule.place is NotePlace.LABEL else end, _number(found)


def _aside(rule: _NoteRule, text: str, *, is_head: bool) -> Found | None:
    """Find brackets that are the whole line, or open or end it; below the text they must be the whole of it."""
    for found in islice(rule.pattern.finditer(text), MAX_NOTES):
        start, end = found.span(_NOTE)
        opens, ends = start == 0, end == len(text)
        if (opens and ends) or (is_head and (opens or ends)):
            return start, end, _number(found)
    return None


def _sentence(rule: _NoteRule, masked: str, *, at_edge: bool) -> Found | None:
    found = rule.pattern.search(masked[:OPENING_LENGTH])
    if found is None and at_edge and len(masked) > OPENING_LENGTH:
        # An overlap as long as an opening: a note that begins in one part and ends in the next is in neither alone.
        found = rule.pattern.search(masked, max(0, len(masked) - ENDING_LENGTH))
    if found is None or not (at_edge or found.start(_NOTE) == 0):
        return None
    return found.start(_NOTE), len(masked), None


def _of_title(title: str, marks: Iterable[_NoteRule]) -> Iterator[Note]:
    for rule in marks:
        if rule.place is NotePlace.ASIDE and (aside := _aside(rule, title, is_head=True)) is not None:
            yield Note(rule.kind, Span(0, 0), rule.id, aside[2])
        slug = rule.pattern.search(title) if rule.place is NotePlace.SLUG else None
        if slug is not None and _says_more(rule, slug, title):
            yield Note(rule.kind, Span(0, 0), rule.id, _number(slug))


def _number(found: Any) -> int | None:  # noqa: ANN401  re2 ships no types
    """Read the number of a version, in whatever digits it is written."""
    written = found.groupdict().get("number")
    return int("".join(str(unicodedata.digit(sign)) for sign in written)) if written else None


def _says_more(rule: _NoteRule, found: Any, masked: str) -> bool:  # noqa: ANN401  re2 ships no types
    """Say whether a mark is a note by itself, being numbered or the whole line, or has more than a date behind it."""
    alone = rule.place is NotePlace.SLUG and (
        rule.kind is NoteKind.CORRECTION or _number(found) is not None or found.end(_NOTE) == len(masked)
    )
    return alone or _states(found, masked, dense=rule.is_dense)


_WORD = re2.compile(r"[\p{L}\p{M}]+")


def _states(found: Any, masked: str, *, dense: bool) -> bool:  # noqa: ANN401  re2 ships no types
    """Say whether what follows a label tells what was done, and is more than a date."""
    rest = masked[found.end(_NOTE) :]
    words = _WORD.findall(rest)
    if dense:
        return sum(map(len, words)) >= STATED_SIGNS
    if any(sign.isdecimal() for sign in rest):
        return sum(len(word) >= STATED_LETTERS for word in words) >= STATED_WORDS
    return len(words) >= STATED_WORDS_WITHOUT_FIGURES


def _distinct(found: Iterable[Note]) -> list[Note]:
    """Keep one note for the same words: the numbered one of a kind, else the longest; a correction before an update.

    A numbered version that is also corrected is both.
    """
    kept: list[Note] = []
    for note in sorted(found, key=lambda one: (one.number is None, one.kind, one.span.start, -one.span.end, one.rule)):
        if not any(_same(note, other) for other in kept):
            kept.append(note)
    return sorted(kept, key=lambda one: (one.span, one.kind, one.rule))


def _same(note: Note, kept: Note) -> bool:
    if note.kind is not kept.kind and kept.number is not None:
        return False
    return note.span == kept.span or note.span.overlap(kept.span) > 0
