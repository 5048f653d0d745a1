"""The list of pages a collection (WACZ) brings: which of the addresses it holds were visited for themselves.

A crawl keeps the frames and advertisements of a page as pages too. Read as articles, they would count as origins.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

__all__ = ["PageList", "page_key"]


def page_key(address: str) -> str:
    """Give what is the same in two spellings of one address: scheme, fragment and the last stroke do not count."""
    return address.partition("#")[0].partition("://")[2].rstrip("/")


class PageList:
    """Addresses whose records are pages of their own."""

    def __init__(self, addresses: Iterable[str] = ()) -> None:
        self._keys = {page_key(address) for address in addresses}

    def __bool__(self) -> bool:
        return bool(self._keys)

    def add(self, address: str) -> None:
        """List another address."""
        self._keys.add(page_key(address))

    def add_line(self, line: bytes) -> None:
        """List the page of one line of ``pages.jsonl``; a line that names none says nothing."""
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            return
        if isinstance(entry, dict) and isinstance(address := entry.get("url"), str) and "://" in address:
            self.add(address)

    def holds(self, address: str) -> bool:
        """Say whether an address is listed."""
        return page_key(address) in self._keys
