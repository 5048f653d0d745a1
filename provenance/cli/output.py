"""Where results go: standard output, or a file that appears whole or not at all."""

# ruff: noqa: PLC0415  imports wait until they are needed: help and completion must be instant

from __future__ import annotations

import errno
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Literal, Protocol

from provenance.cli.options import When
from provenance.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

__all__ = ["Sink", "discard_output", "opened", "say", "use_utf8"]

UNBOUNDED: Final = 20_000
"""Columns a pipe or file is taken to have: every paragraph stays on one line, so nothing is cut or torn apart."""


class Sink(Protocol):
    """Takes results as they come."""

    @property
    def is_terminal(self) -> bool:
        """Whether results appear on a screen, where a progress bar would run into them."""

    def line(self, text: str) -> None:
        """Write one line of a machine format."""

    def show(self, view: RenderableType) -> None:
        """Write a view for people, in colour and folded if this is a terminal."""


class _Stream:
    """A sink over an open text stream."""

    def __init__(self, stream: IO[str], color: When) -> None:
        self._stream = stream
        self._color = color
        self._console: Console | None = None

    @property
    def is_terminal(self) -> bool:
        return self._stream.isatty()

    def line(self, text: str) -> None:
        with self._written():
            self._stream.write(text + "\n")

    def show(self, view: RenderableType) -> None:
        with self._written():
            self._show(view)

    def flush(self) -> None:
        """Hand on what is still held back."""
        with self._written():
            self._stream.flush()

    @contextmanager
    def _written(self) -> Iterator[None]:
        """Say that standard output takes no more; of a file, whoever opened it says so."""
        try:
            yield
        except BrokenPipeError:
            raise  # its reader had enough, which is no fault
        except OSError as error:
            if self._stream is not sys.stdout:
                raise
            discard_output()
            raise UsageError(
                f"standard output cannot be written: {error.strerror}",
                hint="See that there is room where it goes, or name a file elsewhere with --output.",
            ) from error

    def _show(self, view: RenderableType) -> None:
        console = self._console = self._console or _console(self._stream, self._color)
        if self._stream.isatty():
            console.print(view)
            return
        with console.capture() as captured:
            console.print(view)
        self._stream.writelines(line.rstrip() + "\n" for line in captured.get().splitlines())


def _console(stream: IO[str], color: When) -> Console:
    from rich.console import Console

    terminal = stream.isatty()
    wanted = color is When.ALWAYS or (color is When.AUTO and terminal and not os.environ.get("NO_COLOR"))
    return Console(
        file=stream,
        width=None if terminal else UNBOUNDED,
        force_terminal=wanted or terminal,
        no_color=not wanted,
        color_system=_color_system(color, terminal=terminal),
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def _color_system(color: When, *, terminal: bool) -> Literal["auto", "standard"] | None:
    """Give what escapes may be used: none in a pipe or when colour is refused, bold and dim even under NO_COLOR."""
    if color is When.NEVER or (color is When.AUTO and not terminal):
        return None
    return "auto" if terminal else "standard"


@contextmanager
def opened(output: Path | None, color: When) -> Iterator[Sink]:
    """Open the sink results go to: standard output, or ``output``, which is replaced only if the block succeeds.

    A named pipe or a device is written into as it goes: it is no file to be put another in place of. Of a link, the
    file it leads to is replaced, and the link stays.

    Raises:
        UsageError: the file cannot be written.
    """
    if output is None:
        standard = _Stream(sys.stdout, color)
        yield standard
        standard.flush()
        return
    try:
        with _straight_into(output) if _is_special(output) else _replacing(output) as stream:
            yield _Stream(stream, color)
    except BrokenPipeError:
        raise  # the reader of a named pipe had enough
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise UsageError(
            f"{output} cannot be written: {error.strerror}",
            hint="Free some space, or name a file elsewhere." if full else "Name a file in a folder you may write to.",
        ) from error


def _is_special(path: Path) -> bool:
    """Say whether something stands there that is no regular file: a named pipe, a device, a terminal."""
    return path.exists() and not path.is_file()


@contextmanager
def _straight_into(path: Path) -> Iterator[IO[str]]:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        yield stream


@contextmanager
def _replacing(named: Path) -> Iterator[IO[str]]:
    path = Path(os.path.realpath(named))
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:  # noqa: PTH123  a descriptor, not a path
            yield stream
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _mode(path: Path) -> int:
    """Give the permissions of the file to be replaced, or those any new file gets here."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def discard_output() -> None:
    """Keep the interpreter from flushing, when it exits, into an output that takes no more."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str, *, style: str = "") -> None:
    """Write a message to standard error, made safe to print; in colour only on a terminal."""
    from provenance.report.plain import printable

    text = printable(message)
    colored = style and sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    sys.stderr.write(f"\x1b[{style}m{text}\x1b[0m\n" if colored else f"{text}\n")
    sys.stderr.flush()


def use_utf8() -> None:
    """Make both standard streams UTF-8, whatever the locale says; what has no UTF-8 form is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
