"""What is known before any page is read: outlets, attribution rules, furniture rules. Values, never globals."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.knowledge.outlets import OutletGraph
    from provenance.model import Rule

__all__ = ["Knowledge", "load"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All reference data of one run."""

    outlets: OutletGraph
    attribution_rules: tuple[Rule, ...]
    furniture_rules: tuple[Rule, ...]
    note_rules: tuple[Rule, ...]
    digest: str
    """Hexadecimal SHA-256 over every data file and the user's outlet file: the key of what was cached with it."""


def load(outlets_file: Path | None = None) -> Knowledge:
    """Read the shipped data, and the user's own outlets, which add to it and override it.

    Raises:
        KnowledgeError: a file is malformed or cannot be read.
    """
    from provenance.knowledge.homonyms import Homonyms  # noqa: PLC0415  see below
    from provenance.knowledge.outlet_files import (  # noqa: PLC0415  see below
        parse_outlets,
        read_outlets_file,
        require_known_owners,
    )
    from provenance.knowledge.outlets import OutletGraph  # noqa: PLC0415  see below
    from provenance.knowledge.rules import load_rules  # noqa: PLC0415  keeps `import provenance.knowledge` light

    own = [] if outlets_file is None else read_outlets_file(outlets_file)
    files = _files(resources.files("provenance.knowledge") / "data" / "outlets")
    shipped = [outlet for file in files for outlet in parse_outlets(file.read_text("utf-8"), name=file.name)]
    if outlets_file is not None:
        require_known_owners(own, shipped, name=outlets_file.name)
    return Knowledge(
        outlets=OutletGraph.of(
            [*shipped, *own], common_names=_common_names(), homonyms=Homonyms.parse(_text("homonyms.toml"))
        ),
        attribution_rules=load_rules("attribution"),
        furniture_rules=load_rules("furniture"),
        note_rules=load_rules("notes"),
        digest=_digest(outlets_file),
    )


def _common_names() -> frozenset[str]:
    import rtoml  # noqa: PLC0415  keeps `import provenance.knowledge` light

    return frozenset(name for names in rtoml.loads(_text("common_names.toml")).values() for name in names)


def _text(name: str) -> str:
    return (resources.files("provenance.knowledge") / "data" / name).read_text("utf-8")


def _files(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    return sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)


def _digest(outlets_file: Path | None) -> str:
    found = hashlib.sha256()
    data = resources.files("provenance.knowledge") / "data"
    for family in ("outlets", "attribution", "furniture", "notes"):
        for file in _files(data / family):
            found.update(f"{family}/{file.name}\0".encode() + file.read_bytes() + b"\0")
    for name in ("common_names.toml", "homonyms.toml"):
        found.update((data / name).read_bytes())
    if outlets_file is not None:
        found.update(outlets_file.read_bytes())
    return found.hexdigest()
