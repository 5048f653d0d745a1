r"""Attribution rules compiled: filters find the candidates of a line, then each rule's own pattern decides and places.

Patterns run on *masked* lines (see :mod:`provenance.attribute.lines`), in which every listed outlet and address is one
private character; a rule names those by placeholder (:mod:`provenance.attribute.placeholders`).

Named groups: ``name`` (who is credited), ``via`` (who relayed), ``other`` (a second source with a clause of its own),
``issuer`` (on whose behalf who is credited sent the text),
``span`` (the credit itself, where the pattern needs more around it).

Options of a rule:

- ``scope``: ``line`` (the whole line), ``start``, ``end`` (of a line), ``inline`` (anywhere in it);
- ``position``: ``head``, ``tail``, ``edge`` (either), ``above`` (not the tail), ``beside`` (at an edge and next to a
  paragraph, a date, a byline or the headline), ``below`` (the tail, right below a paragraph that is no picture's
  caption), ``beneath`` (right below a person's byline),
  ``titled`` (no more than two lines below the headline), ``signed`` (the head, or the page's byline right below the
  last paragraph), ``any``;
- ``needs``: ``agency`` (a listed agency), ``known`` (a listed outlet or an address), ``named`` (any name), ``none``;
- ``roles``: ``any`` where its words are those of a link, so that a line cleaning took for one may still be a credit;
- ``page``: ``known`` where the rule holds only if the page's own outlet is known, ``portal`` if it is an aggregator,
  ``other`` if it is another than the credited one;
- ``credits``: the outlet a device belongs to, where its text does not say; empty for one that many agencies use and
  that is the page's own on any of theirs;
- ``adapts``: ``outlet`` (the kind follows what the credited outlet is), ``agency`` (only an agency makes it wire copy);
- ``extent``, ``rank`` (lower is decided first), ``chars`` and ``longest`` (what a line must hold and how long it may be
  before the pattern is tried).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

import re2

from provenance.attribute.filters import PatternFilter
from provenance.attribute.languages import EVERYWHERE, reading_languages
from provenance.attribute.markup import MarkupRule
from provenance.attribute.placeholders import expanded
from provenance.errors import KnowledgeError
from provenance.model import AttributionKind, Extent, Rule

__all__ = ["IMAGE_RANK", "LINE_LENGTH", "AttributionRules", "CompiledRule", "Needs", "Position", "Scope"]

LINE_LENGTH = 420
"""Code points. A longer line is a paragraph, never a credit line of its own."""


_NO_LIMIT = 1 << 40


class Scope(StrEnum):
    """Which part of a line a rule reads."""

    LINE = "line"
    START = "start"
    END = "end"
    INLINE = "inline"


class Position(StrEnum):
    """Where in the article a rule may hold."""

    HEAD = "head"
    TAIL = "tail"
    EDGE = "edge"
    ABOVE = "above"
    BESIDE = "beside"
    BELOW = "below"
    BENEATH = "beneath"
    TITLED = "titled"
    SIGNED = "signed"
    ANY = "any"


class Needs(StrEnum):
    """What a credit must name for the rule to hold."""

    AGENCY = "agency"
    KNOWN = "known"
    NAMED = "named"
    NONE = "none"


@dataclass(frozen=True)
class CompiledRule:
    """One rule ready to run. ``kind`` is ``None`` for a veto, which only stops others."""

    id: str
    kind: AttributionKind | None
    source: str = field(repr=False)
    """Its pattern, with placeholders replaced."""
    scope: Scope
    position: Position
    extent: Extent
    needs: Needs
    adapts: str
    credits: str
    rank: int
    """Vetoes, images and related links are decided before provenance, citations last; lower goes first."""
    why: str
    language: str
    """ISO 639-1 code of its wording; ``*`` for devices of every language."""
    page: str
    """``known`` for a rule that holds only where the page's own outlet is known, so that it can be told from it;
    ``portal`` for one that holds on the pages of aggregators only; ``other`` for one that does not hold where the
    credited outlet is the page's own."""
    roles: str
    """``any`` for a rule that also holds in lines cleaning took for links."""
    chars: frozenset[str]
    """Characters of which the line must hold one, empty for none: a test far cheaper than the pattern."""
    longest: int
    """Code points of the longest line the rule reads."""

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

    @cached_property
    def amid(self) -> bool:
        """Whether it may hold for lines amid the text."""
        return self.position in AMID

    def may_hold(self, text: str) -> bool:
        """Say whether the pattern is worth trying on a masked line or a part of it."""
        return len(text) <= self.longest and (not self.chars or any(sign in text for sign in self.chars))


IMAGE_RANK = 30
"""The rank of picture credits; what goes lower is told from them by its own words."""
_RANKS = {
    None: 0,
    AttributionKind.RELATED: 10,
    AttributionKind.SELF: 20,
    AttributionKind.IMAGE: IMAGE_RANK,
    AttributionKind.PRESS_RELEASE: 40,
    AttributionKind.REPUBLICATION: 50,
    AttributionKind.WIRE: 60,
    AttributionKind.CITATION: 90,
}


AMID: Final = frozenset({Position.ANY, Position.ABOVE})
"""Positions that lines amid the text have too; the rest, those of most rules, are for head and tail."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one language, with the filter that finds which of them may match."""

    rules: tuple[CompiledRule, ...]
    """In the order in which their matches are weighed."""
    filter: PatternFilter = field(repr=False)
    always: tuple[int, ...]
    """Numbers of the rules whose pattern needs no letters, so that any line may match them."""

    def may_match(self, lines: str) -> bool:
        """Say whether one of several lines holds the letters some rule needs; where none does, only ``always`` may."""
        return any(number not in self.always for number in self.filter.candidates(lines))

    def candidates(self, line: bytes, *, needed: bool) -> list[CompiledRule]:
        """Give the rules that may match an encoded line; ``needed`` is what :meth:`may_match` said of its text."""
        return [self.rules[number] for number in (self.filter.candidates(line) if needed else self.always)]


@dataclass(frozen=True, slots=True)
class AttributionRules:
    """All rules; those of a language are compiled when the first article is read by them."""

    markup: tuple[MarkupRule, ...]
    """Rules that read claims of the markup instead of text."""
    conventions: frozenset[str] = frozenset()
    """Ids of rules for devices that name nobody and are known as one outlet's."""
    languages: frozenset[str] = frozenset()
    """ISO 639-1 codes of the languages there are rules for."""
    _rules: Mapping[str, Mapping[tuple[Scope, bool], Sequence[Rule]]] = field(default_factory=dict, repr=False)
    _compiled: dict[str, RuleSet] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def compile(cls, rules: Iterable[Rule]) -> AttributionRules:
        """Take in rule files once for all articles.

        Raises:
            KnowledgeError: an option of a rule has a value nobody knows.
        """
        rules = tuple(rules)
        groups: defaultdict[str, defaultdict[tuple[Scope, bool], list[Rule]]]
        groups = defaultdict(lambda: defaultdict(list))
        for rule in rules:
            if "carrier" not in rule.options:
                groups[_group(rule.language)][_scope(rule), _position(rule) in AMID].append(rule)
        markup = tuple(MarkupRule(rule) for rule in rules if "carrier" in rule.options)
        conventions = frozenset(rule.id for rule in rules if "credits" in rule.options)
        return cls(markup, conventions, frozenset(rule.language for rule in rules) - {"*"}, groups)

    def read_by(self, text: str, language: str | None) -> tuple[RuleSet, ...]:
        """Give the rules an article is read by: see :func:`provenance.attribute.languages.reading_languages`.

        Raises:
            KnowledgeError: the pattern of one of them is no RE2 pattern.
        """
        codes = {_group(code) for code in reading_languages(text, language, self.languages)} | {_group("*")}
        return tuple(map(self._of, sorted(codes)))

    def _of(self, code: str) -> RuleSet:
        if code not in self._compiled:
            self._compiled[code] = _rule_set([rule for rules in self._rules.get(code, {}).values() for rule in rules])
        return self._compiled[code]


def _group(language: str) -> str:
    return "" if language in EVERYWHERE else language


def _rule_set(rules: Sequence[Rule]) -> RuleSet:
    compiled = tuple(_compiled(rule) for rule in rules)
    try:
        patterns = PatternFilter.compile([rule.source for rule in compiled], _options)
    except re2.error:
        for rule in compiled:
            _ = rule.pattern  # tells which
        raise
    return RuleSet(compiled, patterns, tuple(patterns.candidates("")))


def _malformed(rule: str, error: Exception) -> KnowledgeError:
    return KnowledgeError(f"rule {rule}: {error}", hint="Mend the rule's pattern or options.")


def _scope(rule: Rule) -> Scope:
    try:
        return Scope(rule.options.get("scope", "line"))
    except ValueError as error:
        raise _malformed(rule.id, error) from error


def _position(rule: Rule) -> Position:
    try:
        return Position(rule.options.get("position", "any"))
    except ValueError as error:
        raise _malformed(rule.id, error) from error


def _compiled(rule: Rule) -> CompiledRule:
    options, scope = rule.options, _scope(rule)
    try:
        kind = None if rule.kind == "veto" else AttributionKind(rule.kind)
        return CompiledRule(
            id=rule.id,
            kind=kind,
            source=_anchored(expanded(rule.pattern), scope),
            scope=scope,
            position=_position(rule),
            extent=Extent(options.get("extent", "unknown")),
            needs=Needs(options.get("needs", "named")),
            adapts=options.get("adapts", ""),
            credits=options.get("credits", ""),
            rank=int(options.get("rank", _RANKS[kind])),
            why=rule.why,
            language=rule.language,
            page=options.get("page", ""),
            roles=options.get("roles", ""),
            chars=frozenset(options.get("chars", "")),
            longest=int(options.get("longest", LINE_LENGTH if scope is Scope.LINE else _NO_LIMIT)),
        )
    except ValueError as error:
        raise _malformed(rule.id, error) from error


def _options() -> Any:  # noqa: ANN401  re2 ships no types
    options = re2.Options()
    options.log_errors = False  # an automaton that outgrows its memory falls back to a slower one with the same answer
    return options


def _anchored(pattern: str, scope: Scope) -> str:
    start = "^" if scope in (Scope.LINE, Scope.START) else ""
    end = "$" if scope in (Scope.LINE, Scope.END) else ""
    return f"{start}(?:{pattern}){end}"
