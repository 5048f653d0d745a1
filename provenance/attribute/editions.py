"""Editions of one brand: "VICE Belgium" on vice.com, "Forbes" on forbesindia.com.

Only for names nobody lists: listed outlets say themselves who their sisters are, and Interfax is not Interfax-Ukraine.
"""

from __future__ import annotations

__all__ = ["is_edition"]

SHORTEST_BRAND = 4
"""Letters and digits. A shorter key begins too many other names."""
# fmt: off
_EDITIONS = frozenset({
    "africa", "afrique", "america", "arabia", "arabic", "argentina", "asia", "australia", "austria", "belgie",
    "belgique", "belgium", "bangla", "brasil", "brazil", "bulgaria", "canada", "china", "colombia", "deutsch",
    "deutschland", "edition", "english", "espana", "espanol", "europe", "france", "francais", "germany", "greece",
    "hellas", "hindi", "hongkong", "hrvatska", "hungary", "india", "indonesia", "international", "ireland",
    "italia", "italy", "japan", "kenya", "korea", "latam", "latinamerica", "magyarorszag", "malaysia", "mexico",
    "middleeast", "mundo", "nederland", "netherlands", "newzealand", "nigeria", "nz", "osterreich", "pakistan",
    "persian", "philippines", "polska", "poland", "portugal", "quebec", "romania", "russia", "schweiz", "serbia",
    "singapore", "slovenija", "southafrica", "spain", "suisse", "sverige", "switzerland", "tamil", "thailand",
    "turkce", "turkey", "turkiye", "uk", "ukraine", "urdu", "us", "usa", "vietnam",
})
"""Names of countries, regions and languages, as keys, by which brands tell their editions apart."""
# fmt: on


def is_edition(one: str, other: str) -> bool:
    """Say whether two name keys are a brand and the brand with a country or language after it.

    Args:
        one: the key of a name: small letters and digits only.
        other: another's; the order does not matter.
    """
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST_BRAND and long.startswith(short) and long[len(short) :] in _EDITIONS
