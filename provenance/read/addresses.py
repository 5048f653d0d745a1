"""Which addresses count as the place an article stands at."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from provenance.knowledge.hosts import is_bare_host

__all__ = ["web_address"]

_LONGEST: Final = 4096  # code points; longer addresses are data, not places
_WWW = re.compile(r"www(?:\.[\w-]{1,63}){2,9}")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def web_address(written: str | None) -> str | None:
    """Give an address of the web, without the blanks around it; ``None`` for everything else.

    ``javascript:``, ``data:``, ``file:`` and ``mailto:`` name no place a reader could look the article up at, and
    ``www.harbour.example/1``, as tables have it, does: what begins with the name of a host stays as it is written.
    """
    address = (written or "").strip()
    if not address or len(address) > _LONGEST or _CONTROLS.search(address):
        return None
    try:
        parts = urlsplit(address)
        if parts.scheme in {"http", "https"} or address.startswith("//"):
            return address if parts.hostname else None
    except ValueError:
        return None
    host = re.split(r"[/?#]", address, maxsplit=1)[0].lower()
    return address if _WWW.fullmatch(host) or is_bare_host(host) else None
