"""The progress bar: for who waits at a terminal, and for nobody else."""

import io
import sys

from quorate.cli import progress as module
from quorate.cli.progress import progress


class Terminal(io.StringIO):
    """A terminal that keeps what is written to it."""

    def isatty(self) -> bool:
        """That it is one."""
        return True


def test_nothing_is_drawn_where_there_is_no_terminal(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress("reading") as tell:
        assert tell is None


def test_what_takes_long_has_a_bar(monkeypatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(module, "SOON", -1)
    with progress("reading") as tell:
        assert tell is not None
        tell(3, 12)
    assert "reading" in terminal.getvalue()
    assert "3/12" in terminal.getvalue()


def test_what_is_done_at_once_has_none(monkeypatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(module, "SOON", 3600)
    with progress("reading") as tell:
        assert tell is not None
        tell(3, 12)
    assert not terminal.getvalue()
