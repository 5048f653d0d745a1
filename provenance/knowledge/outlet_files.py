"""Files of outlets, shipped and of users: what cannot be meant as it stands is refused with the entry named."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import rtoml

from provenance.errors import KnowledgeError
from provenance.knowledge.hosts import host_of
from provenance.model import Outlet, OutletId, OutletKind

__all__ = ["parse_outlets", "read_outlets_file", "require_known_owners"]

_TEXTS = ("id", "name", "kind", "owner", "source")
_LISTS = ("domains", "aliases")
_KEYS = (*_TEXTS, *_LISTS)
_REQUIRED = ("id", "name", "source")
_MANUAL = "Write entries as the manual has them under “Add outlets of your own”."


def parse_outlets(text: str, *, name: str) -> list[Outlet]:
    """Read the outlets of one TOML or JSON file; ``name`` decides the format and is named in errors.

    Raises:
        KnowledgeError: the text is malformed, an entry lacks ``id``, ``name`` or ``source``, or says what cannot be
            meant: an unknown key or kind, a value of another type, a domain that is none, an id a second time.
    """
    try:
        document = json.loads(text) if name.endswith(".json") else rtoml.loads(text)
    except (rtoml.TomlParsingError, json.JSONDecodeError, RecursionError) as error:
        raise KnowledgeError(f"{name} is malformed: {error}", hint="Mend the file at the place named.") from error
    found: dict[OutletId, str] = {}
    outlets = []
    for number, entry in enumerate(_entries(document, name), start=1):
        called = _called(number, entry)
        try:
            outlet = _outlet(entry)
        except ValueError as error:
            raise KnowledgeError(f"{name}: {called}: {error}", hint=_MANUAL) from error
        if outlet.id in found:
            raise KnowledgeError(
                f"{name}: {called}: the id {outlet.id} is that of {found[outlet.id]} already",
                hint="Make one entry of the two, or give one another id.",
            )
        found[outlet.id] = called
        outlets.append(outlet)
    return outlets


def _entries(document: object, name: str) -> list[Any]:
    """Find the entries of a document: under ``outlet``, or in JSON also a bare list."""
    if isinstance(document, dict):
        other = next((key for key in document if key != "outlet"), None)
        if other is not None:
            raise KnowledgeError(f"{name}: unknown key {other}{_meant(other, ['outlet'])}", hint=_MANUAL)
        document = document.get("outlet")
    if not isinstance(document, list):
        raise KnowledgeError(f"{name} holds no list of outlets", hint="Begin every entry with [[outlet]].")
    return document


def _called(number: int, entry: object) -> str:
    name = entry.get("name") or entry.get("id") if isinstance(entry, dict) else None
    return f"outlet {number} (“{name}”)" if isinstance(name, str) else f"outlet {number}"


def _outlet(entry: object) -> Outlet:
    """Make an outlet of an entry; a ``ValueError`` says what is wrong with it."""
    if not isinstance(entry, dict):
        raise ValueError("it is no table of keys and values")  # noqa: TRY004  told to a user as every flaw of an entry
    for key in entry:
        if key not in _KEYS:
            raise ValueError(f"unknown key {key}{_meant(key, _KEYS)}")
    texts = {key: _text(entry, key) for key in _TEXTS}
    lists = {key: _list(entry, key) for key in _LISTS}
    bad = next((domain for domain in lists["domains"] if host_of(domain) is None), None)
    if bad is not None:
        raise ValueError(f"“{bad}” is not a domain")
    return Outlet(
        id=OutletId(texts["id"]),
        name=texts["name"],
        kind=_kind(texts["kind"] or OutletKind.UNKNOWN),
        domains=lists["domains"],
        aliases=lists["aliases"],
        owner=OutletId(texts["owner"]) if texts["owner"] else None,
        source=texts["source"],
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if value is None and key in _REQUIRED:
        raise ValueError(f"it lacks {key}")
    if not isinstance(value, str | None):
        raise ValueError(f"{key} must be a text")  # noqa: TRY004  as above
    if key in {"id", "name"} and not (value or "").strip():
        raise ValueError(f"{key} is empty")
    return value or ""


def _list(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Read a list of texts; one text alone is a list of one."""
    value = entry.get(key, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise ValueError(f"{key} must be a list of texts")
    return tuple(values)


def _kind(value: str) -> OutletKind:
    try:
        return OutletKind(value)
    except ValueError:
        raise ValueError(f"unknown kind {value}; it is one of {', '.join(OutletKind)}") from None


def _meant(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def read_outlets_file(path: Path) -> list[Outlet]:
    """Read a user's own outlet file (``.toml`` or ``.json``); an empty ``source`` becomes the file's name.

    Raises:
        KnowledgeError: the file cannot be read or is malformed; see :func:`parse_outlets`.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe nobody writes into would be waited for
            what = "a folder" if path.is_dir() else "not a regular file"
            raise KnowledgeError(f"{path} is {what}", hint="Name a TOML or JSON file of outlets.")
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise KnowledgeError(f"{path} does not exist", hint="Name a TOML or JSON file of outlets.") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path} is not UTF-8", hint="Save it as UTF-8.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise KnowledgeError(f"{path} cannot be read: {reason}", hint="Name a TOML or JSON file of outlets.") from error
    return [replace(outlet, source=outlet.source or path.name) for outlet in parse_outlets(text, name=path.name)]


def require_known_owners(own: Iterable[Outlet], shipped: Iterable[Outlet], *, name: str) -> None:
    """Refuse entries of a user's file whose owner neither that file nor the shipped ones list.

    Raises:
        KnowledgeError: there is such an entry.
    """
    entries = list(own)
    known = {outlet.id for outlet in (*shipped, *entries)}
    for number, outlet in enumerate(entries, start=1):
        if outlet.owner is not None and outlet.owner not in known:
            raise KnowledgeError(
                f"{name}: outlet {number} (“{outlet.name}”): unknown owner {outlet.owner}{_meant(outlet.owner, known)}",
                hint="Give the id of another entry, or add one of kind owner.",
            )
