"""Downstream versions of an article: cut, reordered, edited without harm, and with facts changed on purpose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from drifting.articles import Article
from drifting.facts import changed_dates, changed_names, changed_numbers, changed_quotations
from drifting.formats import reformatted
from drifting.wording import Edit, Wording, quoted_places, wording_of

__all__ = ["FORMS", "KINDS", "REWRITTEN", "Change", "Form", "Version", "version_of"]

KINDS = ("number", "date", "name", "quote", "negation", "certainty", "attribution")

_MARK = re.compile("\ue000(\\d+)\ue001(.*?)\ue002", re.DOTALL)

_STANCE = re.compile(r"confirm|den(?:y|ie)|alleg|negad|memastikan|membantah|证实|否认|bestätig|démen")


@dataclass(frozen=True, slots=True)
class Form:
    """How far a version goes from its upstream, as shares in [0, 1] and numbers of changes."""

    name: str
    dropped: float
    """Share of sentences left out."""
    moved: float
    """Share of paragraphs moved to another place."""
    edited: float
    """Share of sentences edited without harm."""
    changes: int
    """Facts changed."""


FORMS = (
    Form("copy", 0.0, 0.0, 0.0, 6),
    Form("light edit", 0.1, 0.0, 0.5, 6),
    Form("reordered", 0.2, 0.4, 0.3, 6),
    Form("heavy edit", 0.3, 0.2, 1.0, 6),
    Form("unchanged facts", 0.2, 0.2, 1.0, 0),
)

REWRITTEN = Form("rewritten by hand", 0.0, 0.0, 0.0, 3)
"""A fixture's own rewrite of the upstream: only facts that both have are changed."""

SHARED_KINDS = ("number", "date", "name")
"""Kinds whose facts two wordings of one story have in common as they are written."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact changed on purpose: its kind, the other kinds it may be called by, and its places downstream."""

    kind: str
    also: frozenset[str]
    places: tuple[tuple[int, int], ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """A downstream text made from an article, with every fact changed in it."""

    upstream: Article
    article: Article
    """What it was made from: the upstream itself, or a rewrite of it."""
    form: str
    number: int
    text: str
    changes: tuple[Change, ...]


@dataclass(slots=True)
class _Draft:
    """A version in the making: changed wordings stand between marks with the number of the change."""

    article: Article
    wording: Wording
    names: Sequence[str]
    random: Random
    paragraphs: list[list[str]]
    kept: str | None
    """The text a changed wording must stand in besides; ``None`` when the version is made from the upstream itself."""
    made: list[tuple[str, frozenset[str], str, str]] = field(default_factory=list)
    touched: set[tuple[int, int]] = field(default_factory=set)

    def places(self) -> list[tuple[int, int]]:
        """List the sentences in which nothing was changed yet, in an order of chance."""
        free = [
            (at, one)
            for at, paragraph in enumerate(self.paragraphs)
            for one in range(len(paragraph))
            if (at, one) not in self.touched
        ]
        self.random.shuffle(free)
        return free

    def allows(self, sentence: str, edit: Edit) -> bool:
        """Say whether the upstream has what an edit alters, and not what it puts."""
        before = sentence[edit.start : edit.end]
        return self.kept is None or (before in self.kept and edit.new not in self.kept)

    def mark(self, kind: str, also: Sequence[str], before: str, after: str) -> int:
        """Note a change and give its number."""
        self.made.append((kind, frozenset(also), before, after))
        return len(self.made) - 1

    @property
    def text(self) -> str:
        """The marked text."""
        return "\n\n".join(" ".join(paragraph) for paragraph in self.paragraphs if paragraph)


def version_of(
    article: Article, form: Form, names: Sequence[str], number: int, *, upstream: Article | None = None
) -> Version:
    """Make one version; the same arguments make the same one.

    Args:
        article: what is altered.
        form: how.
        names: names of the story.
        number: tells versions of one article and form apart.
        upstream: the text the article is itself a version of; ``None`` when it is the upstream.
    """
    random = Random(f"{article.story}/{article.file}/{form.name}/{number}")
    paragraphs = [[one for one in paragraph if random.random() >= form.dropped] for paragraph in article.paragraphs]
    kept = upstream.text if upstream else None
    draft = _Draft(article, wording_of(article.language), names, random, [each for each in paragraphs if each], kept)
    _move(draft, form.moved)
    possible = SHARED_KINDS if upstream else KINDS
    kinds = [possible[(number + step) % len(possible)] for step in range(len(possible))]
    for kind in kinds[: form.changes]:
        _PLANTERS[kind](draft)
    _edit(draft, form.edited)
    text, places = _unmarked(draft.text)
    changes = tuple(
        Change(kind, also, tuple(places.get(at, ())), before, after)
        for at, (kind, also, before, after) in enumerate(draft.made)
    )
    return Version(upstream or article, article, form.name, number, text, changes)


def _move(draft: _Draft, share: float) -> None:
    for _ in range(round(share * len(draft.paragraphs))):
        paragraph = draft.paragraphs.pop(draft.random.randrange(len(draft.paragraphs)))
        draft.paragraphs.insert(draft.random.randrange(len(draft.paragraphs) + 1), paragraph)


def _unmarked(marked: str) -> tuple[str, dict[int, list[tuple[int, int]]]]:
    places: dict[int, list[tuple[int, int]]] = {}
    text, at = "", 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        places.setdefault(int(match[1]), []).append((len(text), len(text) + len(match[2])))
        text += match[2]
        at = match.end()
    return text + marked[at:], places


def _marked(number: int, wording: str) -> str:
    return f"\ue000{number}\ue001{wording}\ue002"


def _plant(kind: str, found: Callable[[_Draft, str], list[Edit]]) -> Callable[[_Draft], None]:
    def plant(draft: _Draft) -> None:
        for at, one in draft.places():
            sentence = draft.paragraphs[at][one]
            edits = [] if "\ue000" in sentence else [e for e in found(draft, sentence) if draft.allows(sentence, e)]
            if edits:
                edit = draft.random.choice(edits)
                number = draft.mark(kind, _also(kind, sentence, edit), sentence[edit.start : edit.end], edit.new)
                marked = Edit(edit.start, edit.end, _marked(number, edit.new)).of(sentence)
                draft.paragraphs[at][one] = marked[0].upper() + marked[1:]
                draft.touched.add((at, one))
                return

    return plant


def _also(kind: str, sentence: str, edit: Edit) -> tuple[str, ...]:
    """Say what else a change may rightly be called: a negator at a verb of confirming alters the stance as well."""
    near = sentence[max(0, edit.start - 20) : edit.end + 30]
    if kind == "quote":
        return ("negation", "certainty")  # by the word that was replaced
    if kind == "negation" and (_STANCE.search(near) or _STANCE.search(edit.new)):
        return ("certainty",)
    if kind == "certainty":
        return ("negation",) if " not " in near or "no " in near else ()
    return ()


def _names(draft: _Draft) -> None:
    """Change a name wherever it stands when it is misspelt, and in one place when it is another's."""
    for at, one in draft.places():
        sentence = draft.paragraphs[at][one]
        edits = [] if "\ue000" in sentence else changed_names(sentence, draft.names, draft.random)
        edits = [one for one in edits if draft.allows(sentence, one)]
        if not edits:
            continue
        edit = draft.random.choice(edits)
        before = sentence[edit.start : edit.end]
        number = draft.mark("name", (), before, edit.new)
        draft.paragraphs[at][one] = Edit(edit.start, edit.end, _marked(number, edit.new)).of(sentence)
        draft.touched.add((at, one))
        if " " not in before:
            _everywhere(draft, re.compile(rf"(?<![\w\ue001]){re.escape(before)}(?!\w)"), _marked(number, edit.new))
        return


def _everywhere(draft: _Draft, find: re.Pattern[str], put: str) -> None:
    for paragraph in draft.paragraphs:
        for one, sentence in enumerate(paragraph):
            if find.search(sentence) and "\ue000" not in sentence:
                paragraph[one] = find.sub(put, sentence)


def _attribution(draft: _Draft) -> None:
    """Make a speaker generic throughout: every mention of the name gives way."""
    for at, one in draft.places():
        sentence = draft.paragraphs[at][one]
        name = "" if "\ue000" in sentence else _speaker(draft, sentence)
        if not name or any(name.split()[-1] in _MARK.sub("", one) and "\ue000" in one for one in _sentences(draft)):
            continue
        generic = draft.random.choice(draft.wording.speakers)
        number = draft.mark("attribution", (), name, generic)
        surname = name.split()[-1]
        apposition = re.compile(
            rf"(?:\b[A-Z]\w+ )?{re.escape(name)}(?:, [^,“”]{{4,90}},)?|\b{re.escape(surname)}\b(?:, [^,“”]{{4,90}},)?"
        )
        _everywhere(draft, apposition, _marked(number, generic))
        for paragraph in draft.paragraphs:
            paragraph[:] = [_capital(sentence) for sentence in paragraph]
        draft.touched.add((at, one))
        return


def _capital(sentence: str) -> str:
    if not sentence.startswith("\ue000"):
        return sentence
    at = sentence.index("\ue001") + 1
    return sentence[:at] + sentence[at].upper() + sentence[at + 1 :]


def _sentences(draft: _Draft) -> Iterator[str]:
    for paragraph in draft.paragraphs:
        yield from paragraph


def _speaker(draft: _Draft, sentence: str) -> str:
    """Give the full name of the person who speaks in a sentence; empty when none of the story's does."""
    said, according = draft.wording.said, draft.wording.according
    quoted = quoted_places(sentence)
    for name in draft.names:
        at = sentence.find(name)
        if at < 0 or any(start <= at < end for start, end in quoted):
            continue
        before, after = sentence[:at], sentence[at + len(name) :]
        behind = re.match(rf"(?:, [^,“”]*,)? (?:{said})\b", after)
        if behind or re.search(rf"(?:{said}|{according}) $", before, re.IGNORECASE):
            return name
    return ""


def _edit(draft: _Draft, share: float) -> None:
    """Edit sentences without harm, changed ones included, but never what was changed on purpose."""
    for paragraph in draft.paragraphs:
        for one, sentence in enumerate(paragraph):
            if draft.random.random() < share:
                for _ in range(draft.random.randint(1, 3)):
                    sentence = _edited(draft, sentence)  # noqa: PLW2901  edited again and again
                paragraph[one] = sentence


def _edited(draft: _Draft, sentence: str) -> str:
    edits = [*draft.wording.reworded("harmless", sentence, draft.random), *reformatted(sentence, draft.wording)]
    free = [one for one in edits if not any(_near(one, match.span()) for match in _MARK.finditer(sentence))]
    return draft.random.choice(free).of(sentence) if free else sentence


def _near(edit: Edit, place: tuple[int, int]) -> bool:
    return edit.start < place[1] + 2 and place[0] - 2 < edit.end


def _words_of(article: Article) -> list[str]:
    return sorted({word for word in re.findall(r"[^\W\d_]{5,}", article.text) if word.islower()})


_PLANTERS: dict[str, Callable[[_Draft], None]] = {
    "number": _plant("number", lambda draft, one: changed_numbers(one, draft.wording, draft.random)),
    "date": _plant("date", lambda draft, one: changed_dates(one, draft.wording, draft.random)),
    "name": _names,
    "quote": _plant("quote", lambda draft, one: changed_quotations(one, _words_of(draft.article), draft.random)),
    "negation": _plant("negation", lambda draft, one: draft.wording.reworded("negation", one, draft.random)),
    "certainty": _plant("certainty", lambda draft, one: draft.wording.reworded("certainty", one, draft.random)),
    "attribution": _attribution,
}
