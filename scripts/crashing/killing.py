"""Audits killed at random moments of chosen steps, each followed by a look at what they left.

Only the audit itself is killed, as the kernel does when memory runs out; its workers must end by themselves.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from crashing.articles import write_articles
from crashing.audited import REPORT, START
from provenance.model import Decision, Rating, Review
from provenance.pipeline.auditing import audit
from provenance.pipeline.options import AuditOptions, Step
from provenance.store import ProvenanceStore, check_store

__all__ = ["STEPS", "Harness", "Kill", "LostError"]

STEPS = (START, *(step.value for step in Step), REPORT)
"""Steps one can aim at, in order."""

ROOT = Path(__file__).parents[2]
_ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "scripts"), str(ROOT)))}
FORMER = "dam-inspection"
"""Fixture story whose audit, review and rating the store holds before anything is killed."""

KEPT = ("article_versions", "outlines", "inspections", "matches", "content_drift", "content_erosion", "reviews")
"""Tables that only ever grow while the same articles are audited."""

LONGEST_DELAY = 10.0
"""Seconds into a step: a resumed audit has less to do in it than an undisturbed one, and is to be hit in it too."""

WORKERS_END = 8.0
"""Seconds workers may take to notice that nobody waits for them: two batches of work on a busy machine."""


class LostError(AssertionError):
    """Something is not as it must be after a kill; the message says what."""


@dataclass(frozen=True, slots=True)
class Kill:
    """One audit that was to be killed."""

    aimed: str
    delay: float
    """Seconds into the step that was aimed at."""
    hit: str
    """Step that was under way; empty when the audit was done before."""
    wall_s: float
    orphans: bool
    """Whether workers had to be killed too."""


@dataclass(slots=True)
class _Running:
    """An audit under way, and what it has told so far."""

    process: subprocess.Popen[str]
    told: list[tuple[float, str, int]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    ended: bool = False

    def listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            step, done = line.split()
            with self.changed:
                self.told.append((time.monotonic(), step, int(done)))
                self.changed.notify_all()
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def close(self) -> None:
        """Let go of its output, which ends when the last of its processes has ended."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        with self.changed:
            self.changed.wait_for(lambda: self.ended)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def reached(self, step: str) -> bool:
        """Wait until the step, or one after it, is under way; ``False`` if the audit ended first."""
        later = set(STEPS[STEPS.index(step) :])
        with self.changed:
            self.changed.wait_for(lambda: self.ended or any(each in later for _, each, _ in self.told))
            return not self.ended

    def most(self, step: Step) -> int:
        """Give how much of a step was told to be done, and so is stored."""
        return max((done for _, each, done in self.told if each == step.value), default=0)


class Harness:
    """One corpus, the result an undisturbed audit of it has, and a store that is killed again and again."""

    def __init__(self, folder: Path, articles: int, *, seed: int = 1, workers: int = 2) -> None:
        self._folder = folder
        self._workers = workers
        self._chance = random.Random(seed)
        self._store = folder / "store.db"
        self.finished = 0
        """Audits that came to their end after at least one kill, each with the result of the undisturbed one."""
        self.kills: list[Kill] = []
        self._since_finish = 0
        write_articles(folder / "articles", articles, seed)
        self._write_former()
        self._former = self._former_digest()
        self.renew()
        running = self._start()
        self._join(running)
        self.undisturbed_s = running.told[-1][0] - running.told[0][0]
        self.seconds = _durations(running.told)
        self._result, self._counts = self._digest(), self._count()
        if check_store(str(self._store)).flaws:
            raise LostError("even an undisturbed audit leaves a store that is not whole")
        self.renew()

    def kill(self, aimed: str) -> Kill:
        """Kill an audit at a random moment of a step, look at what it left, and return what happened.

        An audit that is done before it is killed is held to the undisturbed one; the next begins anew.

        Raises:
            LostError: the store is damaged, has lost anything, or led to another result.
        """
        before = self._count() if self._store.exists() else {}
        delay = self._chance.uniform(0, min(max(0.05, self.seconds.get(aimed, 0.0)), LONGEST_DELAY))
        started = time.monotonic()
        running = self._start()
        if running.reached(aimed):
            with running.changed:
                running.changed.wait_for(lambda: running.ended, timeout=delay)
        if running.process.poll() is None:
            running.process.send_signal(signal.SIGKILL)
        done = self._join(running, killed=True)
        orphans = _orphans_remain(running.process.pid)
        running.close()
        hit = "" if done else running.told[-1][1] if running.told else START
        killed = Kill(aimed, delay, hit, time.monotonic() - started, orphans)
        self.kills.append(killed)
        self.hold(before, running)
        if done:
            self._finish()
        else:
            self._since_finish += 1
        return killed

    @property
    def killed(self) -> int:
        """Audits that were killed before they were done."""
        return sum(bool(kill.hit) for kill in self.kills)

    def resume(self) -> None:
        """Let the audit that was killed last come to its end, and hold it to the undisturbed one."""
        if not self._since_finish:
            return
        self._join(self._start())
        self.hold()
        self._finish()

    def change(self, statement: str) -> None:
        """Change the store as no audit does, to see that it is noticed."""
        with closing(sqlite3.connect(self._store)) as connection, connection:
            connection.execute(statement)

    def _finish(self) -> None:
        if self._digest() != self._result:
            raise LostError("the resumed audit found something else than the undisturbed one")
        if self._count() != self._counts:
            raise LostError(f"the resumed audit left {self._count()} rows, the undisturbed one {self._counts}")
        self.finished += self._since_finish > 0
        self._since_finish = 0
        self.renew()

    def hold(self, before: Mapping[str, int] = MappingProxyType({}), running: _Running | None = None) -> None:
        """Hold that the store is whole and has all it had before and all it was told to have.

        Raises:
            LostError: something is damaged or lost.
        """
        flaws = check_store(str(self._store)).flaws
        if flaws:
            raise LostError(f"{len(flaws)} flaws, the first in {flaws[0].table}: {flaws[0].says}")
        after = self._count()
        fewer = [table for table in before if after[table] < before[table]]
        if fewer:
            raise LostError(f"rows were lost in {', '.join(fewer)}: {before} became {after}")
        if running is not None and after["run_articles"] < running.most(Step.READ):
            raise LostError(f"{running.most(Step.READ)} articles were told to be read, {after['run_articles']} are")
        if self._former_digest() != self._former:
            raise LostError("the findings of an earlier audit, or a review or rating, are not what they were")

    def renew(self) -> None:
        for name in ("", "-wal", "-shm"):
            self._store.with_name(self._store.name + name).unlink(missing_ok=True)
        shutil.copyfile(self._folder / "former.db", self._store)
        (self._folder / "report.json").unlink(missing_ok=True)

    def _write_former(self) -> None:
        """Make a store with an audit, a decision and a rating that no later audit may touch."""
        story = ROOT / "fixtures" / "stories" / FORMER
        audit([story], AuditOptions(database=str(self._folder / "former.db"), workers=1))
        with ProvenanceStore.open(str(self._folder / "former.db"), create=True) as store:
            one, two = store.findings().articles[:2]
            when = store.runs()[0].started_at
            hashes = (one.content_hash, two.content_hash)
            store.add_review(Review(one.id, two.id, None, Decision.CONFIRMED, "desk", "seen", when, *hashes))
            store.import_ratings([Rating("example.org", "high", "A list", "2024")])

    def _former_digest(self) -> str:
        place = self._store if self._store.exists() else self._folder / "former.db"
        with ProvenanceStore.open(str(place)) as store:
            held = (store.findings(1), store.reviews(), store.ratings())
        return hashlib.sha256(repr(held).encode()).hexdigest()

    def _start(self) -> _Running:
        command = [sys.executable, "-m", "crashing.audited", "articles", "store.db", "report.json", str(self._workers)]
        with (self._folder / "stderr.txt").open("w") as said:
            process = subprocess.Popen(
                command,
                cwd=self._folder,
                env=_ENVIRONMENT,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                start_new_session=True,
            )
        running = _Running(process)
        threading.Thread(target=running.listen, daemon=True).start()
        return running

    def _join(self, running: _Running, *, killed: bool = False) -> bool:
        """Wait for an audit; return whether it came to its end."""
        code = running.process.wait()
        if code and not (killed and code == -signal.SIGKILL):
            said = (self._folder / "stderr.txt").read_text()
            raise LostError(f"an audit that was not killed ended with {code}: {said}")
        if not killed:
            running.close()
        return code == 0

    def _digest(self) -> str:
        return hashlib.sha256((self._folder / "report.json").read_bytes()).hexdigest()

    def _count(self) -> dict[str, int]:
        with closing(sqlite3.connect(self._store)) as connection:
            counts = {table: _one(connection, f"SELECT count(*) FROM {table}") for table in KEPT}
            last = "SELECT count(*) FROM run_articles WHERE run_id = (SELECT max(id) FROM runs)"
            return counts | {"run_articles": _one(connection, last)}


def _one(connection: sqlite3.Connection, query: str) -> int:
    (value,) = connection.execute(query).fetchone()
    return int(value)


def _durations(told: Sequence[tuple[float, str, int]]) -> dict[str, float]:
    """Give how long each step took: progress is told when part of a step is done, and when the next begins."""
    seconds = dict.fromkeys(STEPS, 0.0)
    for (since, _, _), (until, step, _) in pairwise(told):
        seconds[step] += until - since
    return seconds


def _orphans_remain(group: int) -> bool:
    """Say whether workers outlive an audit by more than they may."""
    until = time.monotonic() + WORKERS_END
    with suppress(ProcessLookupError):
        while time.monotonic() < until:
            os.killpg(group, 0)
            time.sleep(0.02)
        return True
    return False
