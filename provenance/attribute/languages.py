"""Whose rules to read an article by: those of its own language, of languages taken for it, and of scripts in it.

Rules are compiled when the first article needs them; an English page never pays for those of eighty languages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final

__all__ = ["EVERYWHERE", "reading_languages"]

EVERYWHERE: Final = frozenset({"*", "en"})
"""Devices without language, and English: labels of plug-ins and agencies are English on pages of any language."""

_SCRIPTS: Final[Mapping[str, tuple[str, str]]] = {
    "European": ("\u0370-\u058f\u10a0-\u10ff\u1c80-\u1cbf\u1f00-\u1fff", "be bg el hy ka kk ky mk mn ru uk"),
    "Near Eastern": ("\u0590-\u08ff\u1200-\u137f\ufb1d-\ufdff\ufe70-\ufefc", "am ar fa he ur"),
    "Indian": ("\u0900-\u0df5", "as bn gu hi kn ml mr ne or pa si ta te"),
    "East Asian": ("\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ud7af\uf900-\ufaff", "ja km ko lo my th zh"),
}
"""Groups of scripts: their characters, and the languages written in nothing else. Languages of Latin letters, or of two
scripts, such as Serbian and Kurdish, are in none."""

_WRITTEN: Final = {group: re.compile(f"[{signs}]{{2}}") for group, (signs, _) in _SCRIPTS.items()}
"""Two signs in a row: a single one is a symbol of mathematics or a unit."""
_NOT_LATIN: Final = re.compile(f"[{''.join(signs for signs, _ in _SCRIPTS.values())}]")
_GROUPS: Final = {language: group for group, (_, languages) in _SCRIPTS.items() for language in languages.split()}

_ALIKE: Final = tuple(
    frozenset(languages.split())
    for languages in (
        "id ms",
        "bs hr sr sl mk bg",
        "no nb nn da sv",
        "cs sk",
        "be bg ru uk",
        "ca es gl pt",
        "as bn",
        "hi mr ne",
        "ar fa ku ur",
        "az kk ky tr uz",
        "et fi",
        "lt lv",
        "af nl",
    )
)
"""Languages that are declared or taken for one another, or whose agencies write in each other's."""


def reading_languages(text: str, language: str | None, known: Collection[str]) -> frozenset[str]:
    """Name the languages by whose rules a text is read.

    Args:
        text: the article.
        language: ISO 639-1 code of its language as declared or detected; ``None`` when undecided.
        known: the languages there are rules for.

    Returns:
        some of ``known``. Where the language is undecided, has no rules, or is not written in the script it should
        be in, all those the scripts of the text allow.
    """
    return _languages(_scripts_of(text), language, frozenset(known))


@lru_cache(maxsize=2)  # credits and notes of one article ask for the same
def _scripts_of(text: str) -> frozenset[str]:
    if _NOT_LATIN.search(text) is None:
        return frozenset()
    return frozenset(group for group, signs in _WRITTEN.items() if signs.search(text))


@lru_cache(maxsize=256)
def _languages(written: frozenset[str], language: str | None, known: frozenset[str]) -> frozenset[str]:
    foreign = {code for code in known if _GROUPS.get(code) in written}
    decided = language in known and _GROUPS.get(language or "") in {None, *written}
    if not decided or language is None:
        return frozenset(code for code in known if code not in _GROUPS) | foreign
    alike = frozenset().union(*(group for group in _ALIKE if language in group))
    own = {language, *alike} & known
    return frozenset(own | foreign | (EVERYWHERE & known))
