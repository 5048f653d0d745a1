"""Names for the lines that are not running text: which head line is the title, which tail line is related, and so on.

The course of the page is known by now (:mod:`provenance.clean.sequence`). What a line is *called* follows from where
it stands in that course, what stands around it, and its shape. Every answer names the rule that gave it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from provenance.clean.dates import date_line, dated_label
from provenance.clean.sequence import State
from provenance.clean.shapes import agency_mark, name_like
from provenance.clean.surface import HEADLINE_SIZE, LONG_SIZE, PROSE_SIZE, Surface, runs_on
from provenance.model import BODY_ROLES, Role

__all__ = ["Decision", "Setting", "name_lines"]

_TITLE_REACH = 14  # unsettled lines above the article among which its title is looked for
_MIN_TITLE_WORDS = 3
_MAX_HEADING_SIZE = 90  # letters; a subheading is at most a line of print
_MAX_LABEL_WORDS = 4  # of a section name


class Decision(NamedTuple):
    """A role and the rule that gave it."""

    role: Role
    rule: str


class Setting(NamedTuple):
    """A line with all that is known of it before it is named.

    ``settled`` is the decision already taken (furniture phrase, recurring line, markup, blank); ``state`` is ``None``
    exactly where there is one. ``hint`` is what an uncertain phrase suggests, ``under`` the section it stands in.
    """

    surface: Surface
    settled: Decision | None = None
    state: State | None = None
    hint: Decision | None = None
    under: Role | None = None
    recurs: bool = False


_PROSE = Decision(Role.BODY, "page.prose")


def name_lines(settings: Sequence[Setting], title: str | None = None) -> list[Decision]:
    """Give every line its role, in order; ``title`` is the headline the markup or record states, if any."""
    shown = [index for index, setting in enumerate(settings) if not setting.surface.blank]
    open_lines = [index for index, setting in enumerate(settings) if setting.settled is None]
    broken = runs_on([settings[index].surface for index in open_lines])
    wrapped = {index for index, runs in zip(open_lines, broken, strict=True) if runs}
    titles = {index: name for index, name in _titles(_Page.of(settings, shown), title).items() if index not in wrapped}
    names: list[Decision] = []
    for index, setting in enumerate(settings):
        if index in titles:
            names.append(titles[index])
        elif setting.settled is not None:
            names.append(setting.settled)
        elif setting.state is State.ARTICLE:
            names.append(_PROSE if index in wrapped else _article(setting.surface))
        else:
            names.append(_outside(setting))
    _name_categories(settings, shown, names)
    _name_bylines(settings, shown, names)
    return names if any(name.role in BODY_ROLES for name in names) else _with_only_text(settings, names)


_ONLY_TEXT = Decision(Role.BODY, "page.only-text")
_SPEAKING = frozenset({Role.TITLE, Role.CAPTION, Role.BIO})


def _with_only_text(settings: Sequence[Setting], names: Sequence[Decision]) -> list[Decision]:
    """Take for the article, on a page that has none, what is longer than a headline and could be nothing else.

    A claim of one sentence passes for a headline, and a text without line breaks for the caption it begins with.
    """
    return [
        _ONLY_TEXT if name.role in _SPEAKING and setting.surface.size > _MAX_HEADING_SIZE else name
        for setting, name in zip(settings, names, strict=True)
    ]


class _Page(NamedTuple):
    """What the search for a headline looks at. ``places`` gives for each wording the shown lines that have it."""

    settings: Sequence[Setting]
    shown: Sequence[int]
    forms: Mapping[int, str]
    places: Mapping[str, list[int]]
    prose_from: int
    """The first paragraph of the article; the number of lines where there is none."""

    @classmethod
    def of(cls, settings: Sequence[Setting], shown: Sequence[int]) -> _Page:
        forms = {index: settings[index].surface.text.casefold() for index in shown}
        places: dict[str, list[int]] = {}
        for index, form in forms.items():
            places.setdefault(form, []).append(index)
        begins = (i for i in shown if settings[i].state is State.ARTICLE and settings[i].surface.prose)
        return cls(settings, shown, forms, places, next(begins, len(settings)))

    def repetitions(self, chosen: int) -> list[int]:
        """Give the lines down to the article that say what the chosen line does, itself included."""
        last = max(self.prose_from, chosen)
        return [index for index in self.places[self.forms[chosen]] if index <= last]


def _titles(page: _Page, stated: str | None) -> dict[int, Decision]:
    """Find the headline and its repetitions above the article."""
    wanted = " ".join(stated.casefold().split()) if stated else ""
    if wanted in page.places:
        return dict.fromkeys(page.repetitions(page.places[wanted][0]), Decision(Role.TITLE, "page.stated-title"))
    chosen = _marked_title(page)
    if chosen is None:
        chosen = _choose_title(page)
    if chosen is None:
        return {}
    repeated = page.repetitions(chosen)
    rule = "page.repeated-title" if len(repeated) > 1 else "page.title"
    return dict.fromkeys(repeated, Decision(Role.TITLE, rule))


def _marked_title(page: _Page) -> int | None:
    """Find a first-level heading; of equal ones the last, at the place of the first of them all."""
    last: dict[str, int] = {}
    for index in page.shown:
        if _may_be_title(page.settings[index]):
            last[page.forms[index]] = index
    return next((i for i in last.values() if page.settings[i].surface.layout.element.endswith(("h1", ">h1"))), None)


def _may_be_title(setting: Setting) -> bool:
    line = setting.surface
    return (
        setting.settled is None
        and setting.hint is None
        and (line.words >= _MIN_TITLE_WORDS or line.size >= HEADLINE_SIZE)
        and line.size < LONG_SIZE
        and not (line.prose and line.inner_stop)
        and not line.text.endswith((".", "。", "।", ":"))
        and not (line.digits and date_line(line.text))
    )


def _choose_title(page: _Page) -> int | None:
    settings = page.settings
    head = [i for i in page.shown if settings[i].state is State.HEAD and _may_be_title(settings[i])][-_TITLE_REACH:]
    twice = [i for i in head if len(page.repetitions(i)) > 1 and settings[i].surface.size >= HEADLINE_SIZE]
    if twice:
        return max(twice, key=lambda i: (settings[i].surface.size, i))
    free = [i for i in head if settings[i].under is None]
    if free:
        return max(free, key=lambda i: (_title_length(settings[i].surface), i))
    if head:
        return head[-1]
    return _title_in_article(settings, page.shown)


def _title_length(line: Surface) -> int:
    """Compare headline candidates by length up to a point: beyond it a longer line is a standfirst, not a headline."""
    return min(line.size, 30)


def _title_in_article(settings: Sequence[Setting], shown: Sequence[int]) -> int | None:
    """Take the article's own first line where it has the shape of a headline and none stands above it."""
    first = next((i for i in shown if settings[i].state is State.ARTICLE), None)
    if first is None or settings[first].surface.ends_sentence or not _may_be_title(settings[first]):
        return None
    return first


def _article(line: Surface) -> Decision:
    tag = line.layout.element.rpartition(">")[2]
    if "blockquote" in line.layout.element:
        return Decision(Role.QUOTE, "markup.blockquote")
    if tag[:2] in {"h2", "h3", "h4", "h5", "h6"}:
        return Decision(Role.HEADING, "markup.heading")
    heading = (
        0 < line.size <= _MAX_HEADING_SIZE
        and not line.listed
        and not line.opens_speech
        and (not line.ends_sentence or (line.text.endswith(("?", "？", "؟")) and line.size < PROSE_SIZE))
        and not line.text.endswith((",", ":", ";"))
    )
    return Decision(Role.HEADING, "page.subheading") if heading else _PROSE


def _outside(setting: Setting) -> Decision:
    line = setting.surface
    if setting.hint is not None:
        return setting.hint
    if line.digits and date_line(line.text):
        return Decision(Role.DATELINE, "page.date-line")
    if setting.state in {State.HEAD, State.INSERT} and line.digits and dated_label(line.text):
        return Decision(Role.DATELINE, "page.date-beside-label")
    if setting.under is not None and not (line.prose and line.inner_stop):
        return Decision(setting.under, f"page.below-{setting.under.value}-heading")
    if agency_mark(line.text):
        role = Role.BYLINE if setting.state is State.HEAD else Role.ATTRIBUTION
        return Decision(role, "page.agency-mark")
    return _by_place(setting)


def _by_place(setting: Setting) -> Decision:
    line = setting.surface
    if setting.state is State.HEAD:
        return Decision(Role.NAVIGATION, "page.above-article")
    if setting.state is State.INSERT:
        return Decision(Role.OTHER, "page.between-paragraphs")
    if line.headline_sized and line.words > _MAX_LABEL_WORDS and not line.ends_sentence:
        return Decision(Role.RELATED, "page.headline-below-article")
    return Decision(Role.OTHER, "page.below-article")


_UNNAMED = frozenset({"page.above-article", "page.between-paragraphs", "page.below-article"})


def _name_categories(settings: Sequence[Setting], shown: Sequence[int], names: list[Decision]) -> None:
    """Name the section name that stands directly beside the title.

    Above the title, the last of several menu entries is a path to the page; it is the section only when it stands
    alone or says again what the menu said.
    """
    for place, index in enumerate(shown):
        if names[index].role is not Role.TITLE:
            continue
        if place and _names_section(settings, shown, names, place - 1):
            names[shown[place - 1]] = Decision(Role.CATEGORY, "page.above-title")
        if place + 1 < len(shown) and _labels(settings, names, shown[place + 1]):
            names[shown[place + 1]] = Decision(Role.CATEGORY, "page.below-title")


def _names_section(settings: Sequence[Setting], shown: Sequence[int], names: Sequence[Decision], place: int) -> bool:
    if names[shown[place]].role is Role.NAVIGATION and settings[shown[place]].settled is not None:
        return settings[shown[place]].surface.words <= _MAX_LABEL_WORDS and _said_above(settings, shown, place)
    return _labels(settings, names, shown[place]) and (_alone(settings, shown, place) or _apart(shown, place))


def _labels(settings: Sequence[Setting], names: Sequence[Decision], index: int) -> bool:
    line = settings[index].surface
    open_to_naming = names[index].rule in _UNNAMED or names[index].rule in {"site.recurs", "page.subheading"}
    return open_to_naming and 0 < line.words <= _MAX_LABEL_WORDS and not line.ends_sentence and line.digits == 0


def _alone(settings: Sequence[Setting], shown: Sequence[int], place: int) -> bool:
    if not place or settings[shown[place - 1]].surface.size >= HEADLINE_SIZE:
        return True
    return _said_above(settings, shown, place)


def _apart(shown: Sequence[int], place: int) -> bool:
    """Say whether a blank line parts the label from a menu whose own entries stand without one."""
    return place > 1 and shown[place] > shown[place - 1] + 1 and shown[place - 1] == shown[place - 2] + 1


def _said_above(settings: Sequence[Setting], shown: Sequence[int], place: int) -> bool:
    form = settings[shown[place]].surface.text.casefold()
    return form in {settings[i].surface.text.casefold() for i in shown[:place]}


def _name_bylines(settings: Sequence[Setting], shown: Sequence[int], names: list[Decision]) -> None:
    """Name a line that is a person's name, or an agency's, beside the date line of the head."""
    for place, index in enumerate(shown):
        if names[index].role is not Role.DATELINE or settings[index].state not in {State.HEAD, None}:
            continue
        for neighbour in shown[max(0, place - 1) : place + 2]:
            line = settings[neighbour].surface
            open_to_naming = names[neighbour].rule in _UNNAMED or names[neighbour].role is Role.CATEGORY
            if open_to_naming and settings[neighbour].state is State.HEAD and name_like(line.text):
                names[neighbour] = Decision(Role.BYLINE, "page.name-beside-date")
