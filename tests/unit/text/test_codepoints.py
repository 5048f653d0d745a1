"""What Unicode says of code points is the same for every thread that asks, however early it asks."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier
from time import sleep

from provenance.text import codepoints
from provenance.text.tokens import tokenise

TEXT = "Some plain words stand here, and it is not their fault. "


class Slow(codepoints.Tables):
    """Tables that take long to make, and the longer to fill the earlier they were asked for."""

    number = count()

    def __init__(self) -> None:
        self.pause = 0.02 * (5 - next(self.number) % 6)
        sleep(0.02)
        super().__init__()

    def _fill(self, first: int) -> None:
        sleep(self.pause)
        super()._fill(first)
        sleep(self.pause)


def test_threads_that_ask_first_at_once_number_words_alike(monkeypatch):
    expected = tokenise([TEXT]).hashes.tolist()
    monkeypatch.setattr(codepoints, "Tables", Slow)
    for _ in range(3):
        codepoints._tables.cache_clear()
        codepoints._powers_held.cache_clear()
        monkeypatch.setattr(Slow, "number", count())
        together = Barrier(6)

        def numbers(_: int, together: Barrier = together) -> list[int]:
            together.wait()
            return tokenise([TEXT]).hashes.tolist()

        with ThreadPoolExecutor(6) as pool:
            assert all(found == expected for found in pool.map(numbers, range(6)))
    codepoints._tables.cache_clear()
