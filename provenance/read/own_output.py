"""What this program wrote itself: reports, exports and lists that lie among the articles and are none.

Whoever audits the folder they work in, twice, would otherwise have the first report counted as an article that shares
its words with all the others. Only what can be known for certain from the beginning of a file is recognised: a schema
of the JSON contract, the mark of a page, the namespace of an export, the column names of a table, the headings of a
report in plain text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from provenance.read.stream import RefusedError, opened

__all__ = ["GENERATOR", "HEAD_BYTES", "OWN_OUTPUT", "is_own_file", "is_own_output", "may_be_own"]

OWN_OUTPUT: Final = "a report of this program, not an article"
"""Why such a file is listed and not read. It is no failure: nothing that was asked for is missing."""

GENERATOR: Final = "news-provenance"
"""What the pages of a report name as their generator."""

HEAD_BYTES: Final = 4096
"""Of a file, looked at."""

_MARK_BYTES: Final = 1024
"""Of a file, in which an export names its vocabulary."""

_BOM: Final = b"\xef\xbb\xbf"
_OBJECT: Final = re.compile(rb'(?:\[\s{0,100})?\{\s{0,100}"schema"\s{0,10}:\s{0,10}"provenance\.[a-z._-]{1,60}/[0-9]')
_CONTEXT: Final = re.compile(rb'\{\s{0,100}"(?:@context|prefix)"\s{0,10}:\s{0,10}\{')
_PAGE: Final = f'<meta name="generator" content="{GENERATOR}">'.encode()
_NAMESPACE: Final = b"urn:x-news-provenance:"
_TABLES: Final = (
    b"id,source,url,title,outlet,published,language,words,derived_share,",
    b"id,source,url,title,outlet,published,language,kind,credited,domain,",
    b"id,source,url,title,outlet,outlet_name,published,published_earliest,",
    b"downstream,upstream,derived_share,interval_low,interval_high,degree,",
    b"relation,order,downstream,downstream_title,downstream_outlet,",
    b"hop,depth,basis,downstream,upstream,upstream_outlet,inferred_source,",
    b"outlet,name,domain,articles,stories,entry,count,of,enough,",
    b"decided_at,reviewer,decision,in_force,downstream,upstream,",
    b"id,stage,kind,language,why,pattern,source,examples,",
)
"""How the tables begin that commands write with ``--format csv``, and exports; a test holds these to them."""

_BEGUN: Final = re.compile(
    rb"[0-9,]{1,12} articles?, [^\n]{1,60} independent origins?\n(?:  (?:\xe2\x80\xa2 |Why: )|\n  )"  # audit, show list
    rb"|Downstream: [^\n]{1,1000} words?\)\nUpstream: [^\n]{1,1000} words?\)\n"  # compare
)
"""How reports in plain text begin."""


def _headed(heading: str) -> bytes:
    return f"\n\n{heading}\n{'─' * len(heading)}\n".encode()


_HEADINGS: Final = (
    (_headed("What it says of its source"),),  # inspect
    (_headed("Verdict"), b"\nId: "),  # show
    ("\n└── Hop 1: ".encode(),),  # trace
)
"""What stands in others, all of a row."""

_EXPORTS: Final[Mapping[str, bytes]] = {".ttl": b"@prefix ", ".provn": b"document"}
"""Endings no reader knows, of files an export may have been written to, and what these begin with."""


def is_own_output(head: bytes) -> bool:
    """Say whether a file that begins so is for certain one this program wrote.

    Args:
        head: its first bytes, decompressed; more than :data:`HEAD_BYTES` are not looked at.
    """
    begun = head[:HEAD_BYTES].removeprefix(_BOM).lstrip()
    match begun[:1]:
        case b"{" | b"[":
            return _is_own_json(begun)
        case b"<":
            return _PAGE in begun or (begun.startswith(b"<?xml") and _NAMESPACE in begun[:_MARK_BYTES])
        case _:
            return begun.startswith(_TABLES) or _is_own_text(begun)


def _is_own_json(begun: bytes) -> bool:
    """Say so of JSON and JSON lines: of a feed that begins with one object of ours, other records may be articles."""
    if _CONTEXT.match(begun):
        return _NAMESPACE in begun[:_MARK_BYTES]
    first, *others = begun.split(b"\n")
    own = _OBJECT.match(begun) is not None
    if own and first.startswith(b"{") and first.endswith(b"}"):
        return all(_OBJECT.match(line) for line in others[:-1] if line.strip())
    return own


def _is_own_text(begun: bytes) -> bool:
    if begun.startswith(tuple(_EXPORTS.values())):
        return _NAMESPACE in begun[:_MARK_BYTES]
    return _BEGUN.match(begun) is not None or any(all(mark in begun for mark in marks) for marks in _HEADINGS)


def is_own_file(path: Path | str) -> bool:
    """Say the same of a file by its name; not of one that is not there or cannot be read."""
    try:
        with opened(Path(path)) as stream:
            return is_own_output(stream.read(HEAD_BYTES))
    except (OSError, RefusedError):
        return False


def may_be_own(suffix: str) -> bool:
    """Say whether a file no reader reads may be an export, by the ending of its name with the dot, in small letters."""
    return suffix in _EXPORTS
