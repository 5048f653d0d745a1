import io
import logging
import sys

import pytest

from provenance.cli.progress import progress_shown
from provenance.pipeline.options import Progress, Step, silent


class Screen(io.StringIO):
    def isatty(self):
        return True


def test_a_pipe_gets_no_progress(capsys):
    with progress_shown(wanted=True) as progress:
        assert progress is silent
    assert capsys.readouterr().err == ""


def test_progress_can_be_refused(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Screen())
    with progress_shown(wanted=False) as progress:
        assert progress is silent


def test_a_terminal_sees_each_step_with_its_count(monkeypatch):
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with progress_shown(wanted=True) as progress:
        progress(Progress(Step.READ, 3))
        progress(Progress(Step.MATCH, 2, 9))
        progress(Progress(Step.MATCH, 9, 9))
    assert "Reading" in screen.getvalue()
    assert "Looking for shared text" in screen.getvalue()
    assert "9/9" in screen.getvalue()


@pytest.mark.parametrize("step", list(Step))
def test_every_step_has_words(step, monkeypatch):
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    with progress_shown(wanted=True) as progress:
        progress(Progress(step, 1, 1))
    assert "1/1" in screen.getvalue()


def test_every_step_is_logged_once_with_how_far_it_came(caplog, capsys):
    caplog.set_level(logging.INFO, logger="provenance")
    with progress_shown(wanted=False) as progress:
        progress(Progress(Step.READ, 3))
        progress(Progress(Step.MATCH, 2, 9))
        progress(Progress(Step.MATCH, 9, 9))
        progress(Progress(Step.TRACE, 0))
    assert caplog.messages == ["Reading: 3", "Looking for shared text: 9 of 9", "Tracing derivations"]
