"""Furniture phrases: the lines a site writes itself, told by their wording.

A rule's pattern is matched **against the whole label of a line** (see :func:`provenance.clean.surface.bare`) without
regard to case; it begins with ``(?-i)`` where case matters. A line break in a pattern only breaks the rule file's
line: it is not part of the pattern. The patterns of all languages in Latin letters form a few automata, those of the
others another, so that a line is read a few times however many rules there are. (In one automaton the states of
patterns that count names, of those that may begin with anything and of those that begin with a word multiply: its cache
of states runs over, and a line of a real page takes ten times as long.) Options a rule may carry:

``evidence``
    ``certain`` (the default): the wording alone settles the line. ``hint``: it speaks for the role, but a line inside
    the article keeps its place there.
``opens``
    a role the lines after it have until the article goes on: headlines below "Related articles", names below "Tags".
``place``
    ``whole`` (the default): the pattern is the whole label. ``anywhere``: it stands somewhere in a line of some length;
    such rules are asked only where no other speaks, by an automaton of their own (in one with the rest, the states
    multiply and a line takes three times as long).
``longest``
    length in code points beyond which a line is not what the wording says. (A limit is cheaper than bounded
    repetitions in the pattern, which RE2 unrolls.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from provenance.errors import KnowledgeError
from provenance.model import Role, Rule

if TYPE_CHECKING:
    import re2

__all__ = ["FurniturePhrases", "Phrase"]

MAX_LABEL = 700  # code points; the longest legal or cookie line a phrase decides. Longer lines are read up to here.
_ANY_LENGTH = 1 << 30
_MIN_SENTENCE = 25  # code points of a label from which a phrase may stand somewhere in it
_REMEMBERED = 1 << 14
"""Labels whose answer is kept: a site's menu stands on all its pages. Some three megabytes."""
_MAX_REMEMBERED = 60  # code points; longer lines hardly recur
_OTHER_SCRIPTS = frozenset({"ar", "bn", "el", "fa", "he", "hi", "ja", "ko", "ru", "th", "uk", "ur", "zh"})
"""Languages of the rule files that are not written in Latin letters."""

_BEYOND_LATIN = re.compile("[\u0250-\U0010ffff]+")  # Latin Extended-B ends before it
_BEGINS_WITH_ANYTHING = re.compile(r"(?:^|[|(:])(?:\.[*+{]|\[\^)")
"""Where a pattern, or a branch of it, has no first word. A pattern taken for one wrongly is only read more slowly."""

_AUTOMATON_MEMORY = 64 << 20  # bytes RE2 may use for its state cache: several hundred patterns in many scripts


@dataclass(frozen=True, slots=True)
class Phrase:
    """One compiled rule: the role it gives, whether it settles it, and the role of the lines it opens."""

    rule: str
    role: Role
    language: str
    certain: bool
    opens: Role | None
    longest: int


class FurniturePhrases:
    """The furniture phrases of all languages, ready to be held against lines. Immutable; safe to share."""

    __slots__ = ("_anywhere", "_foreign", "_found", "_whole", "digest")

    def __init__(self, whole: Sequence[_Automaton], foreign: _Automaton, anywhere: _Automaton, digest: str) -> None:
        self._whole = whole
        self._foreign = foreign
        self._anywhere = anywhere
        self._found = lru_cache(maxsize=_REMEMBERED)(self._find)
        self.digest = digest
        """SHA-256 over all rules in use: results made with other rules are not to be reused."""

    @classmethod
    def compile(cls, rules: Iterable[Rule]) -> FurniturePhrases:
        """Compile rules of the family ``furniture``, whatever their order.

        Raises:
            KnowledgeError: a pattern is not an RE2 pattern, or a kind or option is not one of those above.
        """
        ordered = sorted((rule for rule in rules if rule.pattern), key=lambda rule: rule.id)
        whole = [rule for rule in ordered if _place(rule) == "whole"]
        anywhere = [rule for rule in ordered if _place(rule) == "anywhere"]
        written = "\n".join(f"{r.id}\t{r.kind}\t{r.pattern}\t{sorted(r.options.items())}" for r in ordered)
        return cls(
            _grouped([rule for rule in whole if rule.language not in _OTHER_SCRIPTS]),
            _Automaton.of([rule for rule in whole if rule.language in _OTHER_SCRIPTS], anywhere=False),
            _Automaton.of(anywhere, anywhere=True),
            sha256(written.encode("utf-8")).hexdigest(),
        )

    def find(self, label: str, *, language: str | None = None) -> Phrase | None:
        """Find the phrase a line's label is, or ``None``.

        A rule of a language with a script of its own says nothing of a line in Latin letters, unless the page is in
        that language. Of several, a certain one goes before a hint, one of the page's ``language`` before another's,
        then rule ids decide.
        """
        if len(label) > _MAX_REMEMBERED:
            return self._find(label, language)
        return self._found(label, language) if label else None

    def _find(self, label: str, language: str | None) -> Phrase | None:
        script = _latin_only(label)
        encoded = label[:MAX_LABEL].encode("utf-8", "surrogatepass")
        hits = [phrase for automaton in self._whole for phrase in automaton.hits(encoded)]
        if not script or language in _OTHER_SCRIPTS:
            hits += self._foreign.hits(encoded)
        if not hits and len(label) >= _MIN_SENTENCE:
            hits = list(self._anywhere.hits(encoded))
        if not hits:
            return None
        found = [
            phrase
            for phrase in hits
            if len(label) <= phrase.longest
            and not (script and phrase.language in _OTHER_SCRIPTS and phrase.language != language)
        ]
        if not found:
            return None
        return min(found, key=lambda phrase: (not phrase.certain, phrase.language != language, phrase.rule))


@dataclass(frozen=True)
class _Automaton:
    """Rules compiled into one automaton when the first label is held against it; none of no rules."""

    phrases: tuple[Phrase, ...]
    patterns: re2.Set | None

    @classmethod
    def of(cls, rules: Sequence[Rule], *, anywhere: bool) -> _Automaton:
        if not rules:
            return cls((), None)
        import re2  # noqa: PLC0415  a compiled library: callers that never clean do not load it

        options = re2.Options()
        options.case_sensitive = False
        options.max_mem = _AUTOMATON_MEMORY
        options.log_errors = False
        patterns = re2.Set.SearchSet(options) if anywhere else re2.Set.FullMatchSet(options)
        for rule in rules:
            _add(patterns, rule)
        return cls(tuple(map(_phrase, rules)), patterns)

    @cached_property
    def _compiled(self) -> re2.Set | None:
        if self.patterns is not None:
            self.patterns.Compile()  # a fifth of a second for the scripts that most calls never meet
        return self.patterns

    def hits(self, label: bytes) -> Sequence[Phrase]:
        if self._compiled is None:
            return ()
        found: list[int] | None = self._compiled.Match(label)
        return [self.phrases[index] for index in found] if found else ()


def _place(rule: Rule) -> str:
    place = str(rule.options.get("place", "whole"))
    if place not in {"whole", "anywhere"}:
        raise KnowledgeError(f"rule {rule.id}: place is {place!r}", hint="Make it whole or anywhere.")
    return place


def _latin_only(label: str) -> bool:
    return label.isascii() or not any(sign.isalpha() for run in _BEYOND_LATIN.findall(label) for sign in run)


def _grouped(rules: Sequence[Rule]) -> tuple[_Automaton, ...]:
    """Compile rules into automata of patterns that go well together."""
    groups: dict[tuple[bool, bool], list[Rule]] = {}
    for rule in rules:
        cased = rule.pattern.startswith("(?-i)")
        groups.setdefault((cased, not cased and _BEGINS_WITH_ANYTHING.search(rule.pattern) is not None), []).append(
            rule
        )
    return tuple(_Automaton.of(group, anywhere=False) for _, group in sorted(groups.items()))


def _add(automaton: re2.Set, rule: Rule) -> None:
    import re2  # noqa: PLC0415

    try:
        automaton.Add(rule.pattern.replace("\n", ""))
    except re2.error as error:
        raise KnowledgeError(f"rule {rule.id}: {error}", hint="Write its pattern in RE2 syntax.") from error


def _phrase(rule: Rule) -> Phrase:
    evidence = rule.options.get("evidence", "certain")
    opens = rule.options.get("opens")
    if evidence not in {"certain", "hint"}:
        raise KnowledgeError(f"rule {rule.id}: evidence is {evidence!r}", hint="Make it certain or hint.")
    try:
        return Phrase(
            rule=rule.id,
            role=Role(rule.kind),
            language=rule.language,
            certain=evidence == "certain",
            opens=Role(opens) if opens else None,
            longest=int(rule.options.get("longest", _ANY_LENGTH)),
        )
    except ValueError as error:
        raise KnowledgeError(f"rule {rule.id}: {error}", hint="Use one of the roles of a line.") from error
