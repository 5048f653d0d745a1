"""Public suffixes: which part of a host its owner registered, by the list that tldextract brings along.

The library imports a stack for HTTP and builds a tree of all ten thousand rules, a tenth of a second for a call that
asks about two hosts. Here the rules of one top-level domain are picked from the list when a host under it is met. Hosts
written in other than small ASCII letters are left to the library, as is everything where its list is not found.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract

__all__ = ["registered"]

_LIST = ".tld_set_snapshot"
_RULE = re.compile(r"^[.*!]*\w\S*", re.MULTILINE)
_PLAIN = re.compile(r"(?!(?:[^.]*\.)*xn--)[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")


@lru_cache(maxsize=1 << 14)
def registered(host: str) -> tuple[str, str] | None:
    """Return the label registered under a public suffix and that suffix (``("bbc", "co.uk")``).

    Private registries count as suffixes (``("mill", "blogspot.com")``); ``None`` when no suffix is listed or the host
    is nothing but one.
    """
    rules = _rules_below(host.rpartition(".")[2]) if _PLAIN.fullmatch(host) and _list() else None
    if rules is None:
        found = _library()(host)
        return (found.domain, found.suffix) if found.domain and found.suffix else None
    labels = host.split(".")
    size = _suffix_size(labels, rules)
    return (labels[-size - 1], ".".join(labels[-size:])) if 0 < size < len(labels) else None


def _suffix_size(labels: list[str], rules: dict[str, bool]) -> int:
    """Count the labels of the longest suffix that a rule names; 0 where none does."""
    tail, size = "", 0
    for count, label in enumerate(reversed(labels), start=1):
        longer = f"{label}.{tail}" if tail else label
        if longer not in rules:
            if f"*.{tail}" in rules:
                return count - 1 if f"!{longer}" in rules else count
            break
        tail = longer
        size = count if rules[tail] else size
    return size


@cache
def _rules_below(top: str) -> dict[str, bool]:
    """Give the rules of a top-level domain and the ends of them, ``True`` for what is a rule itself."""
    found: dict[str, bool] = {}
    for rule in _list():
        if rule.endswith(f".{top}") or rule == top:
            ends = rule.split(".")
            found.update({end: False for at in range(1, len(ends)) if (end := ".".join(ends[at:])) not in found})
            found[rule] = True
    return found


@cache
def _list() -> tuple[str, ...]:
    package = find_spec("tldextract")  # finds it without importing it
    for folder in package.submodule_search_locations or () if package else ():
        file = Path(folder) / _LIST
        if file.is_file():
            return tuple(_RULE.findall(file.read_text("utf-8")))
    return ()


@cache
def _library() -> TLDExtract:
    # The bundled list, never fetched and never cached on disk.
    from tldextract import TLDExtract  # noqa: PLC0415  see above

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
