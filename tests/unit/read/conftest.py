from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.read import SourceFile


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., SourceFile]:
    """Write a file and describe it as discovery would."""

    def make(name: str, content: bytes, *, folder: str = "pages") -> SourceFile:
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return SourceFile(path, f"{folder}/{name}", name, len(content), path.stat().st_mtime_ns)

    return make
