import errno
import io
import os
import sys
from contextlib import suppress

import pytest
from rich.text import Text

from provenance.cli.options import When
from provenance.cli.output import opened, say, use_utf8
from provenance.errors import UsageError


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def screen(monkeypatch):
    """A terminal in place of standard output."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "40")
    return Screen()


RED = Text("word " * 12, style="red")


def test_a_pipe_gets_no_escapes_and_one_line_a_paragraph(capsys):
    with opened(None, When.AUTO) as sink:
        sink.show(RED)
        assert not sink.is_terminal
    assert capsys.readouterr().out == ("word " * 12).rstrip() + "\n"


def test_a_pipe_gets_colour_when_it_is_asked_for(capsys):
    with opened(None, When.ALWAYS) as sink:
        sink.show(RED)
    assert "\x1b[31m" in capsys.readouterr().out


def test_a_terminal_gets_colour_and_folded_lines(screen, monkeypatch):
    monkeypatch.setattr(sys, "stdout", screen)
    with opened(None, When.AUTO) as sink:
        sink.show(RED)
        assert sink.is_terminal
    assert "\x1b[31m" in screen.getvalue()
    assert len(screen.getvalue().splitlines()) == 2


def test_no_color_takes_the_colour_off_a_terminal(screen, monkeypatch):
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("NO_COLOR", "1")
    with opened(None, When.AUTO) as sink:
        sink.show(RED)
    assert "\x1b[31m" not in screen.getvalue()


def test_never_means_no_escapes_even_on_a_terminal(screen, monkeypatch):
    monkeypatch.setattr(sys, "stdout", screen)
    with opened(None, When.NEVER) as sink:
        sink.show(RED)
    assert "\x1b" not in screen.getvalue()


def test_an_output_file_appears_whole_and_without_escapes(tmp_path):
    file = tmp_path / "out.txt"
    with opened(file, When.AUTO) as sink:
        sink.show(RED)
        sink.line("Zoë \ud800")
        assert not file.exists()
    assert file.read_text("utf-8") == ("word " * 12).rstrip() + "\nZoë \\ud800\n"
    assert [each.name for each in tmp_path.iterdir()] == ["out.txt"]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    file = tmp_path / "out.txt"
    file.write_text("old")
    with suppress(RuntimeError), opened(file, When.AUTO) as sink:
        sink.line("new")
        raise RuntimeError
    assert file.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["out.txt"]


def test_a_replaced_file_keeps_its_permissions(tmp_path):
    file = tmp_path / "out.txt"
    file.write_text("old")
    file.chmod(0o640)
    with opened(file, When.AUTO) as sink:
        sink.line("new")
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_and_the_file_it_leads_to_is_replaced(tmp_path):
    (tmp_path / "there").mkdir()
    file = tmp_path / "there" / "out.txt"
    file.write_text("old")
    link = tmp_path / "link.txt"
    link.symlink_to("there/out.txt")
    with opened(link, When.AUTO) as sink:
        sink.line("new")
        assert [each.name for each in tmp_path.glob("*.part")] == []
    assert link.is_symlink()
    assert file.read_text() == "new\n"


def test_a_link_to_a_file_that_is_not_there_yet_makes_that_file(tmp_path):
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "out.txt")
    with opened(link, When.AUTO) as sink:
        sink.line("new")
    assert link.is_symlink()
    assert (tmp_path / "out.txt").read_text() == "new\n"


@pytest.fixture
def pipe(tmp_path):
    """A named pipe and what is written into it, read without waiting."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    yield path, lambda: os.read(reader, 1000)
    os.close(reader)


def test_a_named_pipe_is_written_into_and_stays_one(pipe):
    path, read = pipe
    with opened(path, When.AUTO) as sink:
        sink.line("new")
    assert read() == b"new\n"
    assert path.is_fifo()


def test_a_named_pipe_that_a_link_leads_to_is_written_into(pipe, tmp_path):
    path, read = pipe
    link = tmp_path / "link"
    link.symlink_to(path)
    with opened(link, When.AUTO) as sink:
        sink.line("new")
    assert read() == b"new\n"
    assert link.is_symlink()
    assert path.is_fifo()


def test_a_reader_of_a_named_pipe_that_had_enough_is_no_fault(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    writing = opened(path, When.AUTO)
    sink = writing.__enter__()
    os.close(reader)
    sink.line("new")
    with pytest.raises(BrokenPipeError):
        writing.__exit__(None, None, None)


def test_a_file_that_cannot_be_written_is_a_wrong_call(tmp_path):
    sink = opened(tmp_path / "no" / "folder.txt", When.AUTO)
    with pytest.raises(UsageError, match="cannot be written: No such file or directory"):
        sink.__enter__()


def test_a_full_disk_is_told_with_what_helps(tmp_path):
    with pytest.raises(UsageError, match="No space left") as caught, opened(tmp_path / "out.txt", When.AUTO):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert caught.value.hint == "Free some space, or name a file elsewhere."
    assert list(tmp_path.iterdir()) == []


def test_a_message_goes_to_standard_error_without_escapes(capsys):
    say("a\x1b[2J", style="31")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "a␛[2J\n")


def test_standard_streams_are_utf8_whatever_the_locale(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", stream)
    use_utf8()
    stream.write("本 \ud800")
    stream.flush()
    assert stream.buffer.getvalue() == "本 \\ud800".encode()
