"""Runs: begun, ended, listed. Each audit is a row of its own, and none is ever overwritten by another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from provenance.errors import NotFoundError
from provenance.model import Run, RunId
from provenance.store._tables import RunArticleRow, RunEventRow, RunRow
from provenance.store.failures import whole_command
from provenance.store.records import RunStatus, RunSummary

__all__ = ["add_event", "begin", "end", "finished_run", "finished_runs", "latest_finished", "summaries"]


def begin(connection: Connection, run: Run, at: datetime) -> int:
    """Add a run and return its number."""
    added = connection.execute(
        insert(RunRow)
        .values(
            digest=run.id,
            status=RunStatus.RUNNING,
            started_at=at,
            paths=list(run.paths),
            options=dict(run.options),
            versions=dict(run.versions),
            articles_read=run.read,
            articles_unchanged=run.unchanged,
        )
        .returning(RunRow.id)
    )
    number = added.scalar_one()
    add_event(connection, number, at, "began", "")
    return number


def end(connection: Connection, run: int, at: datetime, status: RunStatus, failure: str | None = None) -> None:
    """Mark a run as finished or failed."""
    values = {"status": status, "finished_at": at, "failure": failure}
    connection.execute(update(RunRow).where(RunRow.id == run).values(**values))
    add_event(connection, run, at, status, failure or "")


def add_event(connection: Connection, run: int, at: datetime, event: str, detail: str) -> None:
    """Note what happened to a run, and when."""
    connection.execute(insert(RunEventRow).values(run_id=run, at=at, event=event, detail=detail))


def latest_finished(connection: Connection) -> int | None:
    """Return the number of the run that finished last; ``None`` when none did."""
    return connection.scalar(
        select(RunRow.id)
        .where(RunRow.status == RunStatus.FINISHED)
        .order_by(RunRow.finished_at.desc(), RunRow.id.desc())
        .limit(1)
    )


def finished_runs(connection: Connection) -> list[int]:
    """Return the numbers of all finished runs, oldest first."""
    return list(connection.scalars(select(RunRow.id).where(RunRow.status == RunStatus.FINISHED).order_by(RunRow.id)))


def finished_run(connection: Connection, run: int | None, name: str) -> int:
    """Return the number of a finished run of the store of a name: the one asked for, or the latest.

    Raises:
        NotFoundError: there is no such run, or it did not finish.
    """
    number = latest_finished(connection) if run is None else run
    if number is None:
        raise NotFoundError(
            "no audit in this store has finished", hint=f"Run {whole_command('audit PATH', name)} first."
        )
    status = connection.scalar(select(RunRow.status).where(RunRow.id == number))
    if status is None:
        raise NotFoundError(
            f"there is no run {number} in this store",
            hint="Call runs() for those there are, or leave the number out for the latest.",
        )
    if status != RunStatus.FINISHED:
        raise NotFoundError(f"run {number} did not finish", hint="Audit again; what was read is used.")
    return number


def summaries(connection: Connection) -> list[RunSummary]:
    """Return every run, oldest first."""
    articles = select(RunArticleRow.run_id, func.count().label("articles")).group_by(RunArticleRow.run_id).subquery()
    rows = connection.execute(
        select(*RunRow.__table__.columns, func.coalesce(articles.c.articles, 0).label("articles"))
        .outerjoin(articles, articles.c.run_id == RunRow.id)
        .order_by(RunRow.id)
    )
    return [_summary(row) for row in rows]


def _summary(row: Any) -> RunSummary:  # noqa: ANN401  a row of the query above
    return RunSummary(
        number=row.id,
        id=RunId(row.digest),
        status=RunStatus(row.status),
        started_at=row.started_at,
        finished_at=row.finished_at,
        paths=tuple(row.paths),
        articles=row.articles,
        read=row.articles_read,
        unchanged=row.articles_unchanged,
        failure=row.failure,
    )
