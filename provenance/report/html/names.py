"""Names of outlets, addresses and files found in running text, to be replaced.

A name is found by its whole words, never inside another one: in any case, with other spaces, after an elided article
(``l’AFP``), with the endings and prefixes of many languages (``Reutersin``, ``연합뉴스가``), dotted (``A.P.``) and
run together (``HarbourGazette``). Where a name is also a plain word, it is taken for the name where it is written
like one: rather a word too many is hidden than a name too few.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

import re2

from provenance.knowledge.hosts import has_public_suffix, host_of, registrable_label
from provenance.report.html.forms import TO_THE, is_form_of, with_article
from provenance.text.words import Word, fold, words

__all__ = ["SOME_OUTLET", "Names"]

SOME_OUTLET: Final = "an outlet"
"""In place of a name that nothing ties to one outlet, or that several have."""

_ADDRESS: Final = re2.compile(
    r"(?i)(?:https?://|//|www\.)[^\s\"'<>“”«»]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # mail
    r"|@\w{2,}"  # handle
    r"|\b(?:[\pL\pN_-]+\.)+[\pL]{2,}(?:/[^\s\"'<>“”«»]*)?"  # a bare host, with its path
)

_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_APOSTROPHE: Final = re.compile("['’ʼ]")

_SHORTEST_LABEL: Final = 5
"""Letters from which a name written in one word (``straitstimes``) is looked for."""

_ROOM: Final = 4
"""Characters a name may be longer in a text than in the list: other spaces, a typographic apostrophe, an ending."""

_WORDS_OF_LABEL: Final = 5
"""Words a name that is written in one may be told in."""

_LONGEST_ACRONYM: Final = 6

_ARTICLES: Final = frozenset(
    ("the", "il", "lo", "la", "le", "les", "el", "los", "las", "l", "o", "al", "der", "die", "das")
)
"""Words a name may begin with and be told without: "the Guardian", "a Guardian reporter"."""

_KEPT_ARTICLES: Final = frozenset(("der", "die", "das"))
"""Those that a name of one more word is not told without, for in their language every noun is written like a name."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name by its words."""

    key: tuple[str, ...]
    label: str
    length: int
    small: bool
    """Whether its bearer writes it with a small letter."""
    core: int = 0
    """Where it begins without its article."""
    dotted: bool = False
    """Whether its letters are to be parted by dots."""
    part: bool = False
    """Whether it is told without its article: it yields to a name that is called so in full."""


class _Parting(Enum):
    """How a name that is looked for in one word may be parted in a text."""

    ANY = auto()
    """It has several words; in one it is a name even in small letters."""
    WELD = auto()
    """It has one word; in several it is a name as well."""
    NEVER = auto()
    """It has an article and one word, which are two words of any text: only in one it is a name."""


class Names:
    """What is to be replaced by what."""

    def __init__(self) -> None:
        self._hosts: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._joined: dict[str, tuple[str, _Parting]] = {}
        self._by_key: dict[tuple[tuple[str, ...], bool], _Name] = {}
        self._by_beginning: defaultdict[str, list[tuple[tuple[str, ...], bool]]] = defaultdict(list)

    def add_name(self, name: str, label: str, *, small: bool | None = None) -> None:
        """Replace a name wherever its words stand in a row; a single word only where it is written as a name.

        Args:
            name: the name.
            label: what stands in its place. Where a name is given twice with two labels, no outlet is told for it.
            small: whether its bearer writes it with a small letter (``dpa``); by default, if it is given so.
        """
        parts = _parts(name)
        key = tuple(word.norm for word in parts)
        if not any(sign.isalpha() for word in key for sign in word) or len("".join(key)) == 1:
            return
        core = int(len(key) > 1 and key[0] in _ARTICLES)
        small = name[parts[core].start].islower() if small is None else small
        self._hold(_Name(key, label, len(name), small, core))
        if core and len("".join(key[core:])) > 1 and (len(key) > core + 1 or key[0] not in _KEPT_ARTICLES):
            self._hold(_Name(key[core:], label, len(name), small=False, part=True))
        if len(key) == 1 and name.isupper() and name.isalpha() and 1 < len(name) <= _LONGEST_ACRONYM:
            self._hold(_Name(tuple(key[0]), label, 2 * len(name), small=False, dotted=True))
        for words_of_it in {key, key[core:]}:
            joined = "".join(words_of_it)
            if len(joined) >= _SHORTEST_LABEL:
                held = self._joined.get(joined)
                parting = (
                    _Parting.WELD if len(words_of_it) == 1 else _Parting.NEVER if len(key) == core + 1 else _Parting.ANY
                )
                self._joined[joined] = (_settled(held and held[0], label), parting)

    def _hold(self, name: _Name) -> None:
        place = (name.key, name.dotted)
        held = self._by_key.get(place)
        if held is None:
            self._by_beginning[_beginning(name.key[0])].append(place)
        if held is None or (held.part and not name.part):
            self._by_key[place] = name
        elif held.part or not name.part:
            self._by_key[place] = replace(held, label=_settled(held.label, name.label))

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
        """Replace the name of a file, but for one that is a plain word."""
        if name:
            self._files.setdefault(name, label)
            if not name.isalpha():
                self.add_name(name, label, small=False)

    def runs(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield the places to replace, in order and disjoint: begin, end, replacement."""
        sound = _LONE_SURROGATE.sub("\ufffd", text)
        end = 0
        for start, after, label in sorted((*self._addresses(sound), *self._named(sound)), key=_first_and_longest):
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
        found = _parts(text)
        for place in range(len(found)):
            rest = found[place : place + _MOST_WORDS]
            for beginning in _beginnings(rest[0].norm):
                for held in self._by_beginning.get(beginning, ()):
                    name = self._by_key[held]
                    if _stands(text, rest[: len(name.key)], name):
                        yield rest[0].start, rest[len(name.key) - 1].end, name.label
            yield from self._run_together(text, rest[:_WORDS_OF_LABEL])

    def _run_together(self, text: str, found: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
        """Yield a name that a host has in one word (``straitstimes``) and a text in several, or the other way round."""
        joined, start = "", found[0].start
        for count, word in enumerate(found, 1):
            joined += word.norm
            if joined not in self._joined or word.end - start > len(joined) + _WORDS_OF_LABEL:
                continue
            label, parting = self._joined[joined]
            small = text[start].islower()
            if (
                (not small or parting is not _Parting.WELD)
                if count == 1
                else not small and parting is not _Parting.NEVER
            ):
                yield start, word.end, label


_MOST_WORDS: Final = 12
"""Words of the longest name looked for; what is longer is a sentence."""


def _settled(held: str | None, label: str) -> str:
    """Give the label of a name that is given again: no outlet's where two have it."""
    if held is None or label in {held, SOME_OUTLET}:
        return held or label
    return SOME_OUTLET


def _parts(text: str) -> list[Word]:
    """List the words of a text, those around an apostrophe apart: "NPR’s" is written of NPR, "l’AFP" of AFP."""
    found: list[Word] = []
    for word in words(text):
        written = text[word.start : word.end]
        if not _APOSTROPHE.search(written):
            found.append(word)
            continue
        start = word.start
        for piece in _APOSTROPHE.split(written):
            found.append(Word(fold(piece), start, start + len(piece)))
            start += len(piece) + 1
    return found


def _beginning(norm: str) -> str:
    return norm[:2]


_LONGEST_PREFIX: Final = 3


def _beginnings(norm: str) -> Iterator[str]:
    """Yield the beginnings of names a word may be a form of; in some scripts prefixes are written onto them."""
    yield _beginning(norm)
    if not norm[:1].isascii() and not norm[:1].isupper():
        yield from (_beginning(norm[cut:]) for cut in range(1, min(_LONGEST_PREFIX, len(norm) - 1) + 1))
        if norm.startswith(TO_THE):
            yield _beginning(with_article(norm))


def _stands(text: str, found: Sequence[Word], name: _Name) -> bool:
    """Say whether some words of a text are a name's."""
    if len(found) < len(name.key):
        return False
    sole = len(name.key) - name.core == 1
    exact = True
    for own, word in zip(name.key, found, strict=True):
        if own != word.norm:
            if name.dotted or not is_form_of(own, word.norm, text[word.start : word.end], sole=sole):
                return False
            exact = False
    start, end = found[0].start, found[-1].end
    if name.dotted:
        return text[start:end].count(".") == len(name.key) - 1 and end - start == 2 * len(name.key) - 1
    if end - start > name.length + _ROOM:
        return False
    written_small = text[found[name.core].start].islower()
    return name.small or not written_small or not (sole or not exact)


def _first_and_longest(run: tuple[int, int, str]) -> tuple[int, int]:
    return run[0], -run[1]
