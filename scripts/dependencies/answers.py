"""What pip-audit answers, read from its JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["Answers", "Hole", "read_answers"]


@dataclass(frozen=True, slots=True, order=True)
class Hole:
    """A known vulnerability of an installed package."""

    package: str
    version: str
    name: str
    mended_in: tuple[str, ...] = ()
    """Versions without it; empty when there is none yet."""

    def __str__(self) -> str:
        cure = f"mended in {', '.join(self.mended_in)}" if self.mended_in else "not mended in any version"
        return f"{self.package} {self.version}: {self.name}, {cure}"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was found out about the installed packages."""

    known: int
    """Packages the service knows."""
    unknown: int
    """Packages it could not tell anything about."""
    holes: tuple[Hole, ...]


def read_answers(written: str) -> Answers | None:
    """Read what pip-audit printed; ``None`` when that is no answer, as without a connection."""
    try:
        packages = json.loads(written)["dependencies"]
        known = [each for each in packages if "skip_reason" not in each]
        return Answers(len(known), len(packages) - len(known), tuple(sorted(_holes(known))))
    except (ValueError, KeyError, TypeError):
        return None


def _holes(packages: Iterable[dict[str, Any]]) -> Iterable[Hole]:
    for package in packages:
        for found in package["vulns"]:
            yield Hole(package["name"], package["version"], found["id"], tuple(found["fix_versions"]))
