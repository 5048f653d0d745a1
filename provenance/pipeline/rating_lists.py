"""External ratings: a list read from a file and kept in the store, the lists that are kept, and one taken back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from provenance.errors import InputError, NotFoundError
from provenance.knowledge.rating_layouts import RatingLayout, load_layouts, read_layout_file
from provenance.model import Rating, RatingList, Unreadable
from provenance.read import STANDARD_INPUT, SourceFile
from provenance.read.ratings import RatingDefaults, read_ratings
from provenance.store import ProvenanceStore

__all__ = ["Imported", "import_list", "layouts_named", "remove_list", "stored_lists"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: the lists that are kept now, how many ratings they replace, and the rows not taken."""

    lists: tuple[RatingList, ...]
    replaced: int
    refused: tuple[Unreadable, ...]


def layouts_named(profile: str | None) -> tuple[RatingLayout, ...]:
    """Return the layouts a file may have: the shipped one of a name, a user's own from a file, or all for ``None``.

    Raises:
        NotFoundError: no shipped layout has the name, and there is no such file.
        KnowledgeError: the file is malformed.
    """
    shipped = load_layouts()
    if profile is None:
        return shipped
    named = [layout for layout in shipped if layout.id == profile]
    if named:
        return tuple(named)
    if not profile.endswith(".toml"):
        names = ", ".join(layout.id for layout in shipped)
        raise NotFoundError(f"no layout is called {profile}", hint=f"Name a TOML file, or one of: {names}.")
    return (read_layout_file(Path(profile)),)


def import_list(database: str, file: str, *, profile: str | None, defaults: RatingDefaults) -> Imported:
    """Read a file of ratings and keep them; a list of the same date is replaced, one of another date stands beside it.

    Where no row can be taken, nothing is kept and nothing replaced.

    Args:
        database: path or URL of the store, which is made when there is none.
        file: path, or ``-`` for standard input.
        profile: name of a layout or path of one; found by the columns for ``None``.
        defaults: what to take where rows say nothing.

    Raises:
        InputError: the file cannot be read at all, or holds no ratings.
        UsageError: it is not known what the columns mean, or which list it is.
    """
    source = SourceFile(Path(file), file, file) if file != STANDARD_INPUT else SourceFile(None, "standard input", file)
    ratings: list[Rating] = []
    refused: list[Unreadable] = []
    for found in read_ratings(source, layouts_named(profile), defaults):
        if isinstance(found, Unreadable):
            refused.append(found)
        else:
            ratings.append(found)
    if not ratings and not refused:
        raise InputError(
            f"{source.source} holds no ratings: nothing follows its column names",
            hint="Name a CSV file with a rating on each line after the first.",
        )
    if not ratings:
        return Imported((), 0, tuple(refused))
    with ProvenanceStore.open(database, create=True) as store:
        replaced = store.import_ratings(ratings)
    return Imported(_counted(ratings), replaced, tuple(refused))


def _counted(ratings: Iterable[Rating]) -> tuple[RatingList, ...]:
    domains, imputed = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    licences: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for rating in ratings:
        key = (rating.list_name, rating.list_date)
        domains[key] += 1
        imputed[key] += rating.imputed
        licences[key] |= {rating.licence} - {""}
    return tuple(
        RatingList(*key, domains[key], imputed[key], "; ".join(sorted(licences[key]))) for key in sorted(domains)
    )


def stored_lists(database: str) -> Sequence[RatingList]:
    """Give the lists a store keeps, by name and date.

    Raises:
        StoreMissingError: there is no store.
    """
    with ProvenanceStore.open(database) as store:
        return store.rating_lists()


def remove_list(database: str, name: str, date: str | None = None) -> int:
    """Forget a list of one date, or of every date for ``None``; return how many ratings that were.

    Raises:
        StoreMissingError: there is no store.
        NotFoundError: it keeps no such list.
    """
    with ProvenanceStore.open(database) as store:  # one that is missing is not to be made
        kept = [each for each in store.rating_lists() if each.name == name and date in (None, each.date)]
        listing = store.command("ratings list")
    if not kept:
        dated = "" if date is None else f" of the date {date or '(none)'}"
        raise NotFoundError(f"no list {name}{dated} was imported", hint=f"List them with {listing}.")
    with ProvenanceStore.open(database, create=True) as store:
        return store.remove_ratings(name, date)
