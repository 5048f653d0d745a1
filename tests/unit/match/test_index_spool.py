from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.match.join import spool as join_spool
from provenance.match.join.spool import Partitioned, Spool


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_arrays_within_the_budget_stay_in_memory() -> None:
    with Spool(memory=80) as spool:
        kept = spool.put(np.arange(10))
        assert spool.spilled == 0
        assert spool.get(kept, 2, 5).tolist() == [2, 3, 4]


def test_arrays_beyond_the_budget_go_to_a_file_and_come_back_whole_and_in_part() -> None:
    with Spool(memory=80) as spool:
        first, second = spool.put(np.arange(10)), spool.put(np.arange(100, 107, dtype=np.uint32))
        third = spool.put(np.array([True, False]))
        assert spool.spilled == 7 * 4 + 2
        assert spool.get(first).tolist() == list(range(10))
        assert spool.get(second).tolist() == list(range(100, 107))
        assert spool.get(second, 3, 5).tolist() == [103, 104]
        assert spool.get(second, 3).tolist() == [103, 104, 105, 106]
        assert spool.get(second, 3, 3).tolist() == []
        assert spool.get(third).tolist() == [True, False]


def test_an_empty_array_comes_back_empty() -> None:
    with Spool(memory=-1) as spool:
        assert spool.get(spool.put(np.empty(0, dtype=np.uint64))).tolist() == []


def test_nothing_is_left_of_the_file_after_an_error(directory: Path) -> None:
    def fail() -> None:
        with Spool(memory=0) as spool:
            spool.put(np.arange(1000))
            assert spool.spilled == 8000
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        fail()
    assert list(directory.iterdir()) == []


def test_a_spool_that_is_forgotten_closes_its_file(directory: Path) -> None:
    spool = Spool(memory=0)
    spool.put(np.arange(1000))
    del spool  # a file left open would be a warning, and warnings are errors here
    assert list(directory.iterdir()) == []


def test_a_closed_spool_gives_nothing_back() -> None:
    spool = Spool(memory=0)
    kept = spool.put(np.arange(3))
    spool.close()
    spool.close()
    with pytest.raises(ValueError, match="closed"):
        spool.get(kept)


@given(
    numbers=st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=40), max_size=12),
    memory=st.sampled_from([0, 200, 1 << 20]),
)
def test_partitions_hold_every_number_once_in_the_order_of_their_ranges(numbers: list[list[int]], memory: int) -> None:
    with pytest.MonkeyPatch.context() as patch, Spool(memory) as spool:
        patch.setattr(join_spool, "BLOCK", 16)
        patch.setattr(join_spool, "PARTITION", 8)
        laid_out = Partitioned(spool)
        for some in numbers:
            laid_out.append(np.array(some, dtype=np.uint64))
        parts = [sorted(laid_out.read(cells).tolist()) for cells in laid_out.partitions()]
    flat = [number for part in parts for number in part]
    assert flat == sorted(number for some in numbers for number in some)
    assert len(laid_out) == len(flat)


def test_numbers_that_agree_in_the_leading_bits_are_read_together() -> None:
    with pytest.MonkeyPatch.context() as patch, Spool(1 << 20) as spool:
        patch.setattr(join_spool, "PARTITION", 2)
        laid_out = Partitioned(spool, bits=8, leading=2)
        laid_out.append(np.array([0b01_000000 + i for i in range(9)] + [0b11_000000], dtype=np.uint64))
        parts = [laid_out.read(cells).tolist() for cells in laid_out.partitions()]
    assert [part for part in parts if part] == [[0b01_000000 + i for i in range(9)], [0b11_000000]]
