r"""Layouts of rating lists as data: which column of a published CSV file means what. No rating ships with the program.

A layout is a TOML file, here in ``data/ratings`` or the user's own::

    id = "some-list"
    why = "What the list rates, and what a reader should know before quoting it."
    source = "Where the columns were seen."
    header = ["domain", "score", "guessed"]
    domain = "domain"

    [[rating]]
    list = "Some list"
    value = ["score"]
    scale = [0, 100]
    imputed = "guessed"

``header`` names columns by which a file is recognised; it may have more. A file with several kinds of rating has
several ``[[rating]]`` tables, each of which becomes a list of its own. Column names are compared without regard to
capitals and to spaces around them.

Keys of the layout:
    domain: column of the rated domain or address.
    skip: a table ``{column = [values]}`` of rows that repeat others and are passed over.
    list_column, date, licence: columns of the list's name, its date and its licence, where rows state them.

Keys of a rating:
    list: name of the list, where no column states it. ``--list`` goes before it.
    value: columns of the rating. The first that is not empty counts, or all of them with ``all = true``.
    optional: whether files of this layout may lack the columns (an older edition).
    scale: the least and the greatest value the list gives; only where it says so.
    scale_min, scale_max: columns that state them instead.
    imputed: ``true`` where the list itself guessed every value, ``false`` (the default) where it observed them, or the
        columns that say which, of which the first that is there counts. They hold the words ``observed`` or
        ``imputed``, or else yes or no to what they are called.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib import resources
from math import isfinite
from pathlib import Path
from typing import Any

import rtoml

from provenance.errors import KnowledgeError, NotFoundError, UsageError

__all__ = [
    "RatingColumns",
    "RatingLayout",
    "bare",
    "fitting_layout",
    "load_layouts",
    "parse_layout",
    "read_layout_file",
]


@dataclass(frozen=True, slots=True)
class RatingColumns:
    """One kind of rating in a file. Names of columns are small and bare."""

    value: tuple[str, ...]
    list_name: str = ""
    combined: bool = False
    """Whether all value columns together are the rating rather than the first that is filled in."""
    optional: bool = False
    scale: tuple[float, float] | None = None
    scale_min: str | None = None
    scale_max: str | None = None
    imputed: bool | tuple[str, ...] = False


@dataclass(frozen=True, slots=True)
class RatingLayout:
    """The columns of one published file; ``None`` where it has no such column. A column may have an empty name."""

    id: str
    why: str
    source: str
    header: tuple[str, ...]
    domain: str
    ratings: tuple[RatingColumns, ...]
    list_column: str | None = None
    date: str | None = None
    licence: str | None = None
    skip: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def fits(self, columns: Iterable[str]) -> bool:
        """Say whether a file with these columns, in any order, has this layout."""
        return {bare(column) for column in columns} >= set(self.header)


def bare(column: str) -> str:
    """Return the name of a column as names are compared: small, without spaces around it."""
    return " ".join(column.split()).casefold()


def load_layouts() -> tuple[RatingLayout, ...]:
    """Read the shipped layouts, by id."""
    folder = resources.files("provenance.knowledge") / "data" / "ratings"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(
        sorted((parse_layout(file.read_text("utf-8"), name=file.name) for file in files), key=lambda each: each.id)
    )


def read_layout_file(path: Path) -> RatingLayout:
    """Read a user's own layout.

    Raises:
        KnowledgeError: the file cannot be read or is malformed.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe nobody writes into would be waited for
            what = "a folder" if path.is_dir() else "not a regular file"
            raise KnowledgeError(f"{path} is {what}", hint=_NAME_A_FILE)
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise KnowledgeError(f"{path} does not exist", hint=_NAME_A_FILE) from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path} is not UTF-8", hint="Save it as UTF-8.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise KnowledgeError(f"{path} cannot be read: {reason}", hint=_NAME_A_FILE) from error
    return parse_layout(text, name=path.name)


_NAME_A_FILE = "Name a layout with --profile: a TOML file of your own, or one the program knows."
_MANUAL = "Write it as the manual has it under “A layout of your own”."


def fitting_layout(layouts: Sequence[RatingLayout], columns: Sequence[str]) -> RatingLayout:
    """Return the layout of a file by its columns: the one that recognises most of them.

    Raises:
        NotFoundError: none does.
        UsageError: two do, and neither recognises more than the other.
    """
    fitting = sorted((each for each in layouts if each.fits(columns)), key=lambda each: (-len(each.header), each.id))
    if not fitting and len(layouts) == 1:
        lacking = sorted(set(layouts[0].header) - set(map(bare, columns)))
        raise NotFoundError(
            f"the file has no column “{lacking[0]}”, so it is not of the layout {layouts[0].id}",
            hint="Leave --profile out to have the layout found by the columns.",
        )
    if len(layouts) == 1:
        _require_values(layouts[0], columns)
    if not fitting:
        names = ", ".join(f"“{column}”" for column in columns[:SHOWN_COLUMNS])
        raise NotFoundError(
            f"no known layout has the columns of this file, which begin {names}",
            hint="Name a layout of your own with --profile FILE.toml, or rename the columns to domain and value.",
        )
    if len(fitting) > 1 and len(fitting[0].header) == len(fitting[1].header):
        raise UsageError(
            f"the columns of this file fit {fitting[0].id} and {fitting[1].id} alike",
            hint="Name one of them with --profile.",
        )
    return fitting[0]


def _require_values(layout: RatingLayout, columns: Iterable[str]) -> None:
    """See that a file of a layout that was asked for has the columns of its ratings.

    Raises:
        NotFoundError: it has none of those of one.
    """
    present = set(map(bare, columns))
    for kind in layout.ratings:
        if not kind.optional and not present.intersection(kind.value):
            raise NotFoundError(
                f"the file has no column “{kind.value[0]}”, from which the layout {layout.id} takes a rating",
                hint="Name its columns in the layout under value, or mark the rating with optional = true.",
            )


SHOWN_COLUMNS = 6
"""Columns named in a message about a file nobody knows."""


def parse_layout(text: str, *, name: str) -> RatingLayout:
    """Read one layout; ``name`` is for error messages only.

    Raises:
        KnowledgeError: the text is not TOML, or says something else than a layout does.
    """
    try:
        document = rtoml.loads(text)
    except (rtoml.TomlParsingError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else error
        raise KnowledgeError(f"{name} is not TOML: {reason}", hint="Mend the file at the place named.") from error
    try:
        return _layout(document)
    except ValueError as error:
        raise KnowledgeError(f"{name}: {error}", hint=_MANUAL) from error


def _layout(document: Mapping[str, Any]) -> RatingLayout:
    """Make a layout of a document; a ``ValueError`` says what is wrong with it."""
    _check_keys(document, _LAYOUT_KEYS, ("id", "header", "domain", "rating"))
    entries = document["rating"]
    if not isinstance(entries, list) or not entries:
        raise ValueError("it has no rating; begin each with a line [[rating]]")
    ratings = []
    for number, entry in enumerate(entries, start=1):
        try:
            ratings.append(_rating(entry))
        except ValueError as error:
            raise ValueError(f"rating {number}: {error}") from error
    return RatingLayout(
        id=_text(document, "id"),
        why=_text(document, "why"),
        source=_text(document, "source"),
        header=_columns(document, "header"),
        domain=bare(_text(document, "domain")),
        ratings=tuple(ratings),
        list_column=_column(document, "list_column"),
        date=_column(document, "date"),
        licence=_column(document, "licence"),
        skip=_skipped(document.get("skip", {})),
    )


def _rating(entry: object) -> RatingColumns:
    if not isinstance(entry, dict):
        raise ValueError("it is no table of keys and values")  # noqa: TRY004  told to a user as every flaw of a layout
    _check_keys(entry, _RATING_KEYS, ("value",))
    imputed = entry.get("imputed", False)
    return RatingColumns(
        value=_columns(entry, "value"),
        list_name=_text(entry, "list"),
        combined=_flag(entry, "all"),
        optional=_flag(entry, "optional"),
        scale=_ends(entry["scale"]) if "scale" in entry else None,
        scale_min=_column(entry, "scale_min"),
        scale_max=_column(entry, "scale_max"),
        imputed=imputed if isinstance(imputed, bool) else _columns(entry, "imputed"),
    )


_LAYOUT_KEYS = frozenset(
    {"id", "why", "source", "header", "domain", "rating", "list_column", "date", "licence", "skip"}
)
_RATING_KEYS = frozenset({"list", "value", "all", "optional", "scale", "scale_min", "scale_max", "imputed"})


def _check_keys(entry: Mapping[str, Any], known: frozenset[str], needed: Iterable[str]) -> None:
    for key in entry:
        if key not in known:
            raise ValueError(f"unknown key {key}{_meant(key, known)}")
    for key in needed:
        if key not in entry:
            raise ValueError(f"it lacks {key}")


def _meant(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key} must be a text")  # noqa: TRY004  as above
    if key == "id" and not value.strip():
        raise ValueError("id is empty")
    return value


def _flag(entry: Mapping[str, Any], key: str) -> bool:
    value = entry.get(key, False)
    if not isinstance(value, bool):
        raise ValueError(f"{key} must be true or false")  # noqa: TRY004  as above
    return value


def _column(entry: Mapping[str, Any], key: str) -> str | None:
    return bare(_text(entry, key)) if key in entry else None


def _columns(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    names = entry[key]
    listed = [names] if isinstance(names, str) else names
    if not isinstance(listed, list) or not listed or not all(isinstance(name, str) for name in listed):
        what = "true, false or the names of columns" if key == "imputed" else "the name of a column, or a list of them"
        raise ValueError(f"{key} must be {what}")
    return tuple(map(bare, listed))


def _skipped(rows: object) -> dict[str, frozenset[str]]:
    if not isinstance(rows, dict) or not all(isinstance(values, list) for values in rows.values()):
        raise ValueError('skip must be a table of columns and lists, such as {Country = ["ALL"]}')
    return {bare(column): frozenset(map(str, values)) for column, values in rows.items()}


def _ends(scale: object) -> tuple[float, float]:
    match scale:
        case [int() | float() as least, int() | float() as greatest] if isfinite(greatest - least) and least < greatest:
            return float(least), float(greatest)
        case _:
            raise ValueError("scale must be the two ends of a scale, such as [0, 100]")
