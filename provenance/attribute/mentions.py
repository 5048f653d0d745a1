"""Names of outlets and addresses within one line, and the private characters that stand for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import re2

from provenance.attribute.placeholders import ADDRESS_MASK, MASKS
from provenance.knowledge.hosts import has_public_suffix, host_of
from provenance.knowledge.outlets import OutletGraph
from provenance.model import Claim, Outlet, OutletKind, Span
from provenance.text.view import View

__all__ = ["Name", "linked_names", "masked", "names_of"]

MAX_NAMES = 300
"""Names looked at in one line; the richest real paragraphs have some dozens."""
LINKED_LINE = 120
"""Code points. Where the links of a longer line lead says what it cites, not where it is from."""
# Unbounded repeats on purpose: counted ones over Unicode classes make an automaton of half a million states.
_ADDRESS = re2.compile(
    r"(?i)(?:https?://)?[\p{L}\p{Nd}][\p{L}\p{Nd}-]*(?:\.[\p{L}\p{Nd}-]+)*\.\p{L}[\p{L}\p{Nd}-]+"
    r"(?::\d+)?(?:[/?#][^\s<>\"'»”)\]]*)?"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A listed outlet or an address in a line; offsets are into the folded line."""

    start: int
    end: int
    outlet: Outlet
    domain: str | None = None
    """The host as written, when an address stands there."""


def linked_names(
    links: Mapping[int, Claim], view: View, start: int, plain: str, outlets: OutletGraph
) -> Sequence[Name]:
    """Read where the links of a short line lead: an outlet nobody lists is known by its address."""
    if len(plain) > LINKED_LINE:
        return ()
    line = view.place(start, start + len(plain))
    found = (links[at] for at in range(line.start, line.end) if at in links)
    names = [
        Name(words.start - start, words.end - start, outlet, domain=host)
        for claim in found
        if (words := view.within(Span(int(claim.extra["start"]), int(claim.extra["end"])))).end <= start + len(plain)
        and (host := host_of(claim.value)) is not None
        and (outlet := outlets.identify(domain=claim.value)).kind is not OutletKind.PLATFORM
    ]
    # Of several links to one site the last with a capital bears its name: "Materials provided by Larch University".
    naming = {name.domain: name for name in names if not plain[name.start : name.end][:1].islower()}
    return [name for name in names if naming.get(name.domain, name) is name]


def names_of(
    plain: str, outlets: OutletGraph, mistaken: frozenset[str], linked: Sequence[Name] = ()
) -> tuple[Name, ...]:
    """Return the listed outlets and addresses of a folded line, in order; ``linked`` are those its links lead to.

    ``mistaken`` are abbreviations that are not the listed outlet's in this article.
    """
    return tuple(islice(_apart(plain, outlets, mistaken, linked), MAX_NAMES))


def _apart(plain: str, outlets: OutletGraph, mistaken: frozenset[str], linked: Sequence[Name]) -> Iterator[Name]:
    addresses = list(_addresses(plain, outlets)) if "." in plain else []
    found = outlets.mentions(_unglued(plain))
    listed = [Name(m.start, m.end, m.outlet) for m in found if plain[m.start : m.end] not in mistaken]
    end = 0
    stated = [*addresses, *listed]
    stated += [link for link in linked if not any(link.start < one.end and one.start < link.end for one in stated)]
    for name in sorted(stated, key=lambda name: (name.start, name.start - name.end)):
        if name.start >= end:
            yield name
            end = name.end


_GLUED = re2.compile(
    r"(\p{Ll})((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\p{Ll}*\.? \p{Nd}{1,2}, \p{Nd}{4})"
    r"|(\p{Lu}{2}|\p{Ll}{3})((?:le |il |el |am |on |em |den )?\p{Nd}{1,2}"
    r"(?:[./-]\p{Nd}{1,2}[./-]|\.? \p{L}{3,9}\.?,? )20\p{Nd}{2})"
)
"""A date right behind a word, where a page set them apart by its looks alone."""


def _unglued(plain: str) -> str:
    """Cover the first letter of dates that are run together with a word, so that the word is read; same length."""
    if "20" not in plain or (found := _GLUED.search(plain)) is None:
        return plain
    at = max(found.start(2), found.start(4))
    return plain[:at] + " " + plain[at + 1 :]


def _addresses(plain: str, outlets: OutletGraph) -> Iterator[Name]:
    for found in _ADDRESS.finditer(plain):
        start, end = found.span()
        if start and plain[start - 1] in "@.":
            continue
        address = plain[start:end].rstrip(".,;:")
        host = host_of(address)
        if host is None or not (outlets.by_domain(host) or _looks_like_address(address, host)):
            continue
        yield Name(start, start + len(address), outlets.identify(domain=address), domain=host)


def _looks_like_address(address: str, host: str) -> bool:
    # "week.On" at a lost space is no address: real ones are lower case after the last dot, and their suffix is listed.
    if "://" in address or address.lower().startswith("www."):
        return True
    label = address.partition("/")[0].rpartition(".")[2]
    return label.islower() and label.isascii() and len(host) > 4 and has_public_suffix(host)  # noqa: PLR2004  "a.m", "i.e"


def masked(plain: str, names: tuple[Name, ...]) -> str:
    """Put one private character in the place of each name."""
    if not names:
        return plain
    parts: list[str] = []
    at = 0
    for name in names:
        unlisted = name.domain is not None and not name.outlet.source
        parts += [plain[at : name.start], ADDRESS_MASK if unlisted else MASKS[name.outlet.kind]]
        at = name.end
    return "".join(parts) + plain[at:]
