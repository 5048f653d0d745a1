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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path} cannot be read: {error}", hint="Name a TOML file in UTF-8.") from error
    return parse_layout(text, name=path.name)


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


SHOWN_COLUMNS = 6
"""Columns named in a message about a file nobody knows."""


def parse_layout(text: str, *, name: str) -> RatingLayout:
    """Read one layout; ``name`` is for error messages only.

    Raises:
        KnowledgeError: the text is not TOML, or says something else than a layout does.
    """
    try:
        document = rtoml.loads(text)
        return _layout(document)
    except (rtoml.TomlParsingError, RecursionError) as error:
        raise KnowledgeError(f"{name} is not TOML: {error}", hint="Mend the file at the place named.") from error
    except KeyError as error:
        raise KnowledgeError(
            f"{name} lacks {error}", hint="Write it as the manual on importing ratings says."
        ) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise KnowledgeError(
            f"{name} is no layout of a rating list: {error}", hint="Write it as the manual on importing ratings says."
        ) from error


def _layout(document: Mapping[str, Any]) -> RatingLayout:
    _known(document, _LAYOUT_KEYS, "the layout")
    return RatingLayout(
        id=str(document["id"]),
        why=str(document.get("why", "")),
        source=str(document.get("source", "")),
        header=_columns(document["header"]),
        domain=bare(document["domain"]),
        ratings=tuple(_rating(entry) for entry in document["rating"]),
        list_column=_column(document, "list_column"),
        date=_column(document, "date"),
        licence=_column(document, "licence"),
        skip={bare(column): frozenset(map(str, values)) for column, values in document.get("skip", {}).items()},
    )


def _rating(entry: Mapping[str, Any]) -> RatingColumns:
    _known(entry, _RATING_KEYS, "a rating")
    scale = entry.get("scale")
    imputed = entry.get("imputed", False)
    return RatingColumns(
        value=_columns(entry["value"]),
        list_name=str(entry.get("list", "")),
        combined=bool(entry.get("all", False)),
        optional=bool(entry.get("optional", False)),
        scale=None if scale is None else _ends(scale),
        scale_min=_column(entry, "scale_min"),
        scale_max=_column(entry, "scale_max"),
        imputed=imputed if isinstance(imputed, bool) else _columns(imputed),
    )


_LAYOUT_KEYS = frozenset(
    {"id", "why", "source", "header", "domain", "rating", "list_column", "date", "licence", "skip"}
)
_RATING_KEYS = frozenset({"list", "value", "all", "optional", "scale", "scale_min", "scale_max", "imputed"})


def _known(entry: Mapping[str, Any], keys: frozenset[str], what: str) -> None:
    unknown = sorted(entry.keys() - keys)
    if unknown:
        raise ValueError(f"{what} has no key {unknown[0]}")


def _column(entry: Mapping[str, Any], key: str) -> str | None:
    return bare(entry[key]) if key in entry else None


def _columns(names: object) -> tuple[str, ...]:
    if isinstance(names, str):
        return (bare(names),)
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise ValueError(f"{names!r} names no columns")
    return tuple(map(bare, names))


def _ends(scale: object) -> tuple[float, float]:
    match scale:
        case [int() | float() as least, int() | float() as greatest] if isfinite(greatest - least) and least < greatest:
            return float(least), float(greatest)
        case _:
            raise ValueError(f"{scale!r} is not the two ends of a scale")
