"""Telling running text from labels, settings and lists, in any language."""

from __future__ import annotations

__all__ = ["is_prose"]

_MIN_WORDS = 8
"""Words in a row from which a line is running text; labels and settings have fewer."""
_MIN_UNSPACED = 25  # letters in a row in a script without spaces that stand for as many words
_FIRST_UNSPACED = "\u0e00"


def is_prose(text: str) -> bool:
    """Say whether a line of a text is running text."""
    for line in text.splitlines():
        spoken = [word for word in line.split() if any(map(str.isalpha, word)) and "/" not in word and "=" not in word]
        unspaced = sum(sign.isalpha() and sign >= _FIRST_UNSPACED for sign in line)
        if len(spoken) >= _MIN_WORDS or unspaced >= _MIN_UNSPACED:
            return True
    return False
