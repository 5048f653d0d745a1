"""Templates: ``[one|other]`` is a choice, ``{name}`` is filled in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["HERE", "expanded", "words", "written"]

HERE = Path(__file__).parent

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SLOT = re.compile(r"\{([\w.]+)\}")

_SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Read ``words.toml``."""
    return tomllib.loads((HERE / "words.toml").read_text("utf-8"))


def written(number: int) -> str:
    """Write a number as newspapers do: up to nine in words, thousands with a comma."""
    return _SMALL_NUMBERS[number] if number < len(_SMALL_NUMBERS) else f"{number:,}"


def expanded(template: str, slots: Mapping[str, str], random: Random) -> str:
    """Make every choice by chance, fill every slot, and begin with a capital.

    Raises:
        KeyError: a slot is unknown.
    """
    while "[" in template:
        chosen = _CHOICE.sub(lambda match: random.choice(match[1].split("|")), template)
        if chosen == template:
            break
        template = chosen
    text = _SLOT.sub(lambda match: slots[match[1]], template)
    return text[0].upper() + text[1:]
