"""The unpacked language model: kept whole, found again, and never trusted when damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from provenance.read import model_arrays as unit
from provenance.read.model_arrays import ModelArrays, cache_folder, model_arrays

FIELDS = ("moves", "rows", "features", "weights", "priors")


def small() -> ModelArrays:
    return ModelArrays(
        moves=np.arange(512, dtype=np.uint32),
        rows=np.array([0, 256], dtype=np.int64),
        features=np.array([-1, 0], dtype=np.int32),
        weights=np.ones((1, 3), dtype=np.float16),
        priors=np.zeros(3, dtype=np.float32),
        codes=("sr", "sr", "en"),
    )


@pytest.fixture
def unpackings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[int]:
    """Give a list that grows with every unpacking; the library's file is a small one, the cache folder empty."""
    done: list[int] = []

    def unpacked() -> ModelArrays:
        done.append(1)
        return small()

    (tmp_path / "model").write_bytes(b"packed")
    monkeypatch.setattr(unit, "_unpacked", unpacked)
    monkeypatch.setattr(unit, "MODEL_DIR", tmp_path)
    monkeypatch.setattr(unit, "MODEL_FILE", "model")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return done


def kept(tmp_path: Path) -> Path:
    (folder,) = (tmp_path / "cache" / "news-provenance").iterdir()
    return folder


def assert_same(found: ModelArrays) -> None:
    for name in FIELDS:
        assert np.array_equal(getattr(found, name), getattr(small(), name))
        assert getattr(found, name).dtype == getattr(small(), name).dtype
    assert found.codes == small().codes


def test_it_is_unpacked_once_and_mapped_from_then_on(unpackings: list[int]) -> None:
    assert_same(model_arrays())
    found = model_arrays()
    assert_same(found)
    assert isinstance(found.weights, np.memmap)
    assert len(unpackings) == 1


def test_another_model_is_unpacked_anew(unpackings: list[int], tmp_path: Path) -> None:
    model_arrays()
    (tmp_path / "model").write_bytes(b"packed otherwise")
    model_arrays()
    assert len(unpackings) == 2


@pytest.mark.parametrize("name", [*(f"{field}.npy" for field in FIELDS), "codes.json"])
@pytest.mark.parametrize("content", [b"", b"\x93NUMPY\x01\x00", b"[]", None])
def test_what_is_damaged_is_made_again(unpackings: list[int], tmp_path: Path, name: str, content: bytes | None) -> None:
    model_arrays()
    if content is None:
        (kept(tmp_path) / name).unlink()
    else:
        (kept(tmp_path) / name).write_bytes(content)
    assert_same(model_arrays())
    assert_same(model_arrays())
    assert len(unpackings) == 2


def test_arrays_that_do_not_fit_together_are_not_used(unpackings: list[int], tmp_path: Path) -> None:
    model_arrays()
    np.save(kept(tmp_path) / "rows.npy", np.array([0, 99_999], dtype=np.int64))
    assert_same(model_arrays())
    assert len(unpackings) == 2


def test_a_pickle_is_not_opened(unpackings: list[int], tmp_path: Path) -> None:
    model_arrays()
    np.save(kept(tmp_path) / "priors.npy", np.array([object()]), allow_pickle=True)
    assert_same(model_arrays())


def test_where_nothing_can_be_kept_it_is_unpacked_every_time(
    unpackings: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert_same(model_arrays())
    assert_same(model_arrays())
    assert len(unpackings) == 2


def test_nothing_half_written_stays(unpackings: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(unit.os, "fsync", full)
    assert_same(model_arrays())
    assert list((tmp_path / "cache" / "news-provenance").iterdir()) == []


def test_a_user_without_a_home_has_no_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert cache_folder() is None
