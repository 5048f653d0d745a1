"""Outlets by their names; each index is made when the first question needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from provenance.knowledge.names import bare_words, name_key, stem_key
from provenance.model import Outlet

__all__ = ["Listed", "NameIndex"]

Listed = tuple[tuple[str, Outlet], ...]
"""Names as they are listed, each with its outlet, in the order of the files."""


@dataclass(frozen=True)
class NameIndex:
    """Names of outlets, to be found by what varies least: a text that credits nobody pays for no index."""

    names: Listed = field(repr=False)

    def called(self, key: str) -> Listed:
        """Return the names with this :func:`~provenance.knowledge.names.name_key`; empty when there is none."""
        return self._by_key.get(key, ())

    def called_barely(self, name: str) -> Listed:
        """Return the names that are ``name`` apart from an article or legal form; empty when there is none."""
        return self._by_bare_words.get(_bare_key(name), ())

    def inflected(self, name: str) -> Listed:
        """Return the names that ``name`` may be a case of, as far as its beginning tells; empty when there is none."""
        return self._by_stem.get(stem_key(name), ())

    @cached_property
    def _by_key(self) -> Mapping[str, Listed]:
        return _index(self.names, name_key)

    @cached_property
    def _by_bare_words(self) -> Mapping[str, Listed]:
        return _index(self.names, _bare_key)

    @cached_property
    def _by_stem(self) -> Mapping[str, Listed]:
        return _index(self.names, stem_key)


def _bare_key(name: str) -> str:
    return "".join(bare_words(name))


def _index(names: Iterable[tuple[str, Outlet]], key_of: Callable[[str], str]) -> dict[str, Listed]:
    found: dict[str, Listed] = {}
    for pair in names:
        key = key_of(pair[0])
        if key:
            found[key] = (*found.get(key, ()), pair)
    return found
