"""How often words occur: the lists that wordfreq brings along, read without what the library imports to find them.

The library matches language tags and mends text, for which it loads a tenth of a second of packages; a list by its code
needs neither.
"""

from __future__ import annotations

import gzip
from importlib.util import find_spec
from pathlib import Path
from typing import Any

__all__ = ["word_frequencies"]


def word_frequencies(language: str) -> dict[str, float] | None:
    """Give each word of a language with its share of all words, in (0, 1]; ``None`` for a language without a list.

    Args:
        language: the code wordfreq lists it by, mostly of ISO 639-1.
    """
    folder = _folder()
    if folder is None:
        return _by_library(language)
    file = folder / f"small_{language}.msgpack.gz"
    if not language.isalpha() or not file.is_file():
        return None
    found = _buckets(file)
    return _by_library(language) if found is None else found


def _folder() -> Path | None:
    package = find_spec("wordfreq")  # finds it without importing it
    folders = [Path(place) / "data" for place in (package.submodule_search_locations or () if package else ())]
    return next((folder for folder in folders if folder.is_dir()), None)


def _buckets(file: Path) -> dict[str, float] | None:
    """Read a list of lists, in the nth the words that occur once in 10 ** (n / 100); ``None`` if it is none."""
    import msgpack  # noqa: PLC0415  with the first list

    header, *buckets = msgpack.loads(gzip.decompress(file.read_bytes()), raw=False)
    if header != {"format": "cB", "version": 1}:
        return None
    found: dict[str, float] = {}
    for rank, words in enumerate(buckets):
        found.update(dict.fromkeys(words, 10 ** (-rank / 100)))
    return found


def _by_library(language: str) -> dict[str, float] | None:
    import wordfreq  # noqa: PLC0415

    if language not in wordfreq.available_languages("small"):
        return None
    found: Any = wordfreq.get_frequency_dict(language, wordlist="small")
    return dict(found)
