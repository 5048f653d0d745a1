"""A role for every line of one article."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.clean.candidates import candidates
from provenance.clean.dates import date_line, stated_date
from provenance.clean.features import features
from provenance.clean.markup import markup_features, markup_role
from provenance.clean.metadata import with_metadata
from provenance.clean.outlines import key_of
from provenance.clean.phrases import FurniturePhrases, Phrase
from provenance.clean.roles import Decision, Setting, name_lines
from provenance.clean.sequence import State, Weights, best_path, shipped_weights
from provenance.clean.shapes import photo_credit
from provenance.clean.site import SiteFurniture
from provenance.clean.surface import LONG_SIZE, Surface, bare, surfaces
from provenance.model import Article, Block, Clue, LabelledArticle, Role

__all__ = ["describe", "label", "settle_lines"]

_MIN_ENTRIES = 3
_MAX_ENTRY_WORDS = 3  # of a menu entry

_BLANK = Decision(Role.BLANK, "page.blank-line")


def label(
    article: Article,
    *,
    phrases: FurniturePhrases,
    site: SiteFurniture,
    outlet_key: str | None = None,
    explain: bool = True,
) -> LabelledArticle:
    """Give every line of an article its role, with the rule that decided and what weighed for it.

    Nothing is deleted, and the blocks cover the text without gap or overlap: one a line, line break included.
    ``outlet_key`` names the outlet whose learnt furniture applies; ``None`` applies none. Without ``explain`` the
    blocks have no clues. Where the reader found no title, byline or date, the article of the result has those of its
    labelled lines.
    """
    lines = surfaces(article.text, article.lines)
    settings = settle_lines(lines, article, phrases, site.at(outlet_key))
    clues = _set_states(settings, article.title, explain=explain)
    names = name_lines(settings, article.title)
    blocks = tuple(
        Block(line.span, name.role, name.rule, clues.get(index, ()))
        for index, (line, name) in enumerate(zip(lines, names, strict=True))
    )
    return with_metadata(LabelledArticle(article, blocks))


def _set_states(settings: list[Setting], title: str | None, *, explain: bool) -> dict[int, tuple[Clue, ...]]:
    """Place the lines that nothing settled in the course of the page; give their clues, if asked for."""
    clues: dict[int, tuple[Clue, ...]] = {}
    open_lines = [index for index, setting in enumerate(settings) if setting.settled is None]
    weights = shipped_weights()
    found = [
        names + markup_features(settings[index].surface.layout)
        for index, names in zip(open_lines, describe(settings, title), strict=True)
    ]
    scores = [weights.of(names) for names in found]
    for index, names, state in zip(open_lines, found, best_path(scores, weights.steps_of(len(scores))), strict=True):
        settings[index] = settings[index]._replace(state=state)
        if explain:
            clues[index] = _clues(names, weights, state)
    return clues


def describe(settings: Sequence[Setting], title: str | None) -> list[list[str]]:
    """Name the features of a page's unsettled lines, markup aside, in order."""
    opening = next((setting.surface.text for setting in settings if not setting.surface.blank), "")
    return features(candidates(settings), title, opening)


def _clues(names: Sequence[str], weights: Weights, state: State) -> tuple[Clue, ...]:
    weighed = [Clue(name, weights.article[name]) for name in names if weights.article.get(name)]
    weighed.sort(key=lambda clue: (-abs(clue.weight), clue.name))
    return (*weighed, Clue("place in the page", 0.0, state.name.lower()))


def settle_lines(
    lines: Sequence[Surface], article: Article, phrases: FurniturePhrases, recurring: frozenset[int]
) -> list[Setting]:
    """Settle, line by line, what wording, markup or recurrence at the outlet decides alone; the rest stays open."""
    settings: list[Setting] = []
    under: Role | None = None
    for line in lines:
        if line.blank:
            settings.append(Setting(line, _BLANK))
            continue
        phrase = phrases.find(line.label, language=article.language)
        recurs = bool(recurring) and key_of(line) in recurring
        settled = (
            _settle(line, phrase, recurs=recurs) or _menu(line, phrases, article.language) or _agreed(phrase, under)
        )
        hint = _hint(line, phrase) if settled is None else None
        under = _section(under, phrase, line)
        settings.append(Setting(line, settled, None, hint, None if phrase is not None else under, recurs))
    return settings


def _agreed(phrase: Phrase | None, under: Role | None) -> Decision | None:
    """Settle a hint that the heading above it confirms: a sentence about a writer below "About the author"."""
    return Decision(phrase.role, phrase.rule) if phrase is not None and phrase.role is under else None


def _hint(line: Surface, phrase: Phrase | None) -> Decision | None:
    if phrase is not None:
        return Decision(phrase.role, phrase.rule)
    return Decision(Role.CAPTION, "page.photo-credit") if photo_credit(line.text) else None


def _menu(line: Surface, phrases: FurniturePhrases, language: str | None) -> Decision | None:
    """Settle a menu laid flat: labels parted by bars, one of which is a menu entry by its wording."""
    if "|" not in line.text or line.size >= LONG_SIZE or line.ends_sentence:
        return None
    entries = [entry.strip() for entry in line.text.split("|")]
    if len(entries) < _MIN_ENTRIES or any(len(entry.split()) > _MAX_ENTRY_WORDS for entry in entries):
        return None
    found = [phrases.find(bare(entry), language=language) for entry in entries]
    named = any(phrase is not None and phrase.certain and phrase.role is Role.NAVIGATION for phrase in found)
    return Decision(Role.NAVIGATION, "page.menu-in-a-line") if named else None


def _section(under: Role | None, phrase: Phrase | None, line: Surface) -> Role | None:
    """Follow the sections furniture headings open: the next phrase or a full paragraph closes them."""
    if phrase is not None:
        return phrase.opens
    return None if line.prose and line.inner_stop else under


def _settle(line: Surface, phrase: Phrase | None, *, recurs: bool) -> Decision | None:
    marked = markup_role(line.layout)
    if phrase is not None and phrase.certain and marked is not Role.COMMENTS:
        return Decision(phrase.role, phrase.rule)
    if marked is not None:
        return Decision(marked, f"markup.{marked.value}")
    if recurs:
        if line.digits and date_line(line.text):
            return Decision(Role.DATELINE, "page.date-line")
        return Decision(phrase.role, phrase.rule) if phrase is not None else Decision(Role.NAVIGATION, "site.recurs")
    if line.digits and stated_date(line.text):
        return Decision(Role.DATELINE, "page.date-line")
    return None
