"""Names of outlets, addresses and files found in running text, to be replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import re2

from provenance.knowledge.hosts import has_public_suffix, host_of, registrable_label
from provenance.text.words import Word, words

__all__ = ["Names"]

_ADDRESS: Final = re2.compile(
    r"(?i)(?:https?://|//|www\.)[^\s\"'<>“”«»]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # mail
    r"|@\w{2,}"  # handle
    r"|\b(?:[\pL\pN_-]+\.)+[\pL]{2,}(?:/[^\s\"'<>“”«»]*)?"  # a bare host, with its path
)

_SHORTEST_LABEL: Final = 5
"""Letters from which the registered label of a host (``straitstimes``) is taken for a name on its own."""

_ROOM: Final = 4
"""Characters a name may be longer in a text than in the list: other spaces, a typographic apostrophe."""


_WORDS_OF_LABEL: Final = 5
"""Words a name that is written in one may be told in."""


class Names:
    """What is to be replaced by what."""

    def __init__(self) -> None:
        self._hosts: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._joined: dict[str, str] = {}
        self._by_first: defaultdict[str, dict[tuple[str, ...], tuple[str, int, bool]]] = defaultdict(dict)

    def add_name(self, name: str, label: str, *, small: bool | None = None) -> None:
        """Replace a name wherever its words stand in a row; a single word only where it is written as a name.

        Args:
            name: the name.
            label: what stands in its place.
            small: whether its bearer writes it with a small letter (``dpa``); by default, if it is given so.
        """
        small = name[:1].islower() if small is None else small
        key = tuple(word.norm for word in _bare(name, words(name)))
        if key and any(any(sign.isalpha() for sign in word) for word in key):
            self._by_first[key[0]].setdefault(key, (label, len(name), small))
            joined = "".join(word.norm for word in words(name))
            if len(joined) >= _SHORTEST_LABEL:
                self._joined.setdefault(joined, label)

    def add_host(self, address: str, label: str) -> None:
        """Replace a host with every host below it, and the name it was registered under."""
        host = host_of(address) if address else None
        if host is None:
            return
        self._hosts.setdefault(host, label)
        name, suffix = registrable_label(host)
        self._hosts.setdefault(f"{name}.{suffix}" if suffix else name, label)
        if len(name) >= _SHORTEST_LABEL:
            self.add_name(name, label, small=False)

    def add_file(self, name: str, label: str) -> None:
        """Replace the name of a file."""
        if name:
            self._files.setdefault(name, label)
            self.add_name(name, label, small=False)

    def runs(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield the places to replace, in order and disjoint: begin, end, replacement."""
        end = 0
        for start, after, label in sorted((*self._addresses(text), *self._named(text)), key=_first_and_longest):
            if start >= end:
                yield start, after, label
                end = after

    def _addresses(self, text: str) -> Iterator[tuple[int, int, str]]:
        for found in _ADDRESS.finditer(text):
            written = found.group()
            whole = written.rstrip(".,;:!?)]}")
            if (label := self._files.get(whole)) or (label := self._address(whole)):
                yield found.start(), found.start() + len(whole), label

    def _address(self, written: str) -> str | None:
        """Say what stands in place of an address: its outlet's letter if known; ``None`` if it is no address."""
        if written.startswith("@"):
            return "[handle]"
        host = host_of(written.rpartition("@")[2].lstrip("/"))
        while host and "." in host:
            if label := self._hosts.get(host):
                return f"[address of {label}]"
            host = host.partition(".")[2]
        bare = "/" not in written and "@" not in written and not written.casefold().startswith("www.")
        whole = host_of(written)
        if bare and (whole is None or not has_public_suffix(whole) or whole.rpartition(".")[2][:1].isupper()):
            return None
        return "[address]"

    def _named(self, text: str) -> Iterator[tuple[int, int, str]]:
        found = words(text)
        bare = _bare(text, found)
        norms = [word.norm for word in bare]
        for place, word in enumerate(found):
            for key, (label, length, small) in self._by_first.get(norms[place], {}).items():
                if tuple(norms[place : place + len(key)]) != key:
                    continue
                end = bare[place + len(key) - 1].end
                written = text[word.start : end]
                is_name = len(key) > 1 or small or not written[:1].islower() or "." in written
                if len(written) <= length + _ROOM and is_name:
                    yield word.start, end, label
            yield from self._run_together(text, found[place : place + _WORDS_OF_LABEL])

    def _run_together(self, text: str, found: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
        """Yield a name that a host has in one word (``straitstimes``) and a text in several, or the other way round."""
        joined = ""
        for word in found:
            joined += word.norm
            label = self._joined.get(joined)
            start = found[0].start
            if label is not None and not text[start].islower() and word.end - start <= len(joined) + _WORDS_OF_LABEL:
                yield start, word.end, label


_GENITIVE: Final = re2.compile(r"(?i).['’ʼ]s$")


def _bare(text: str, found: Sequence[Word]) -> list[Word]:
    """Take the English genitive off words: "NPR’s" is written of NPR."""
    return [
        Word(word.norm[:-1], word.start, word.end - 2) if _GENITIVE.search(text[word.start : word.end]) else word
        for word in found
    ]


def _first_and_longest(run: tuple[int, int, str]) -> tuple[int, int]:
    return run[0], -run[1]
