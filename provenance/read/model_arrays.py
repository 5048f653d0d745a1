"""The arrays of py3langid's model, unpacked once a machine instead of once a process.

The library keeps its model compressed, 5 MB that take half a second to become 68. They are kept unpacked in the user's
cache folder and mapped from there, so that a process reads only the pages its texts need, and processes share them. A
folder is named after the content of the library's own file: another model is another folder, and none is ever stale.
What is damaged, or cannot be written, is unpacked as before. The files are plain arrays; nothing in them can run.

Importing this module loads numpy.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

__all__ = ["ModelArrays", "cache_folder", "model_arrays"]

_LAYOUT = b"1"
"""Raised whenever the same model gives other files."""

_CODES = "codes.json"


@dataclass(frozen=True, slots=True)
class ModelArrays:
    """A model: an automaton over the bytes of a text, and what each of its features says of each language."""

    moves: NDArray[np.uint32]
    """Rows of 256 states, one for each byte that may follow."""
    rows: NDArray[np.int64]
    """Where the row of a state starts."""
    features: NDArray[np.int32]
    """The feature a state is; below zero for none."""
    weights: NDArray[np.float16]
    """A row a feature, a column a language."""
    priors: NDArray[np.float32]
    codes: tuple[str, ...]
    """The language of each column, as ISO 639 codes; one written in two scripts has two."""


_ARRAYS = tuple(each.name for each in fields(ModelArrays) if each.name != "codes")


def model_arrays() -> ModelArrays:
    """Give the model the library ships."""
    folder = _folder(MODEL_DIR / MODEL_FILE)
    kept = _kept(folder) if folder is not None else None
    if kept is not None:
        return kept
    unpacked = _unpacked()
    if folder is not None:
        with suppress(OSError):  # a full disk, or a folder that is not ours
            _keep(unpacked, folder)
    return unpacked


def cache_folder() -> Path | None:
    """Give the user's folder for what a program can make again; ``None`` for a user without a home."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    with suppress(RuntimeError):
        return Path(home) if home else Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    return None


def _folder(file: Path) -> Path | None:
    parent = cache_folder()
    if parent is None or not file.is_file():
        return None
    digest = blake2b(file.read_bytes() + _LAYOUT, digest_size=8).hexdigest()
    return parent / "news-provenance" / f"languages-{digest}"


def _kept(folder: Path) -> ModelArrays | None:
    try:
        arrays: dict[str, Any] = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS
        }
        found = ModelArrays(**arrays, codes=tuple(json.loads((folder / _CODES).read_text("utf-8"))))
    except (OSError, ValueError, EOFError):
        return None
    return found if _is_whole(found) else None


def _is_whole(found: ModelArrays) -> bool:
    return (
        len(found.rows) == len(found.features)
        and found.weights.shape[1:] == found.priors.shape == (len(found.codes),)
        and int(found.rows.max()) < len(found.moves)
        and int(found.features.max()) < len(found.weights)
    )


def _keep(arrays: ModelArrays, folder: Path) -> None:
    """Write the files beside their place and move them there at once, so that nobody finds half of them.

    Raises:
        OSError: they cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name in _ARRAYS:
            with (made / f"{name}.npy").open("wb") as file:
                np.save(file, getattr(arrays, name), allow_pickle=False)
                file.flush()
                os.fsync(file.fileno())
        (made / _CODES).write_text(json.dumps(arrays.codes), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)  # what stands there could not be read
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _unpacked() -> ModelArrays:
    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    return ModelArrays(
        moves=np.asarray(model.tk_nextmove),
        rows=np.asarray(model.tk_row, dtype=np.int64) << 8,  # a row is 256 moves
        features=np.asarray(model.tk_output, dtype=np.int32),
        weights=model.nb_ptc,
        priors=model.nb_pc,
        codes=tuple(model.nb_classes),
    )
