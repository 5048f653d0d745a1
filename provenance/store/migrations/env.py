"""What Alembic runs for every migration: on the connection it was given, in one transaction."""

from __future__ import annotations

from alembic import context

from provenance.store._tables import Base

__all__: list[str] = []

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    transactional_ddl=True,  # SQLite can, though Alembic is careful by default: a killed upgrade leaves nothing behind
)
context.run_migrations()
