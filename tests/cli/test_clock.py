"""What commands say where the clock of the machine had run ahead."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quorate.premises.clock import SystemClock
from tests.cli.terminal import quorate

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


class Turned:
    """The clock of the machine, as somebody sets it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = NOW
        monkeypatch.setattr(SystemClock, "now", lambda _: self.at)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Turned:
    return Turned(monkeypatch)


@pytest.fixture
def club(clock: Turned, tmp_path: Path) -> Path:
    folder = tmp_path / "club"
    said = quorate(
        *("init", "--dir", folder, "--origin", "example.org/club", "--name", "Club"),
        *("--clerk", "Ada", "--handle", "ada", "--zone", "Europe/Amsterdam"),
    )
    assert said.code == 0, said
    return folder


def establish(club: Path, body: str, *more: str) -> object:
    return quorate("act", "establish-body", "--set", f"name={body}", "--dir", club, *more)


def test_whoever_acts_or_looks_is_told_that_the_record_is_ahead_of_the_clock(
    club: Path, clock: Turned
) -> None:
    clock.at = NOW + timedelta(days=400)
    refused = establish(club, "One")
    assert refused.code == 3
    assert "400 days after the last entry" in refused.err
    assert "--confirm-time" in refused.err
    assert establish(club, "One", "--confirm-time").err == ""
    clock.at = NOW + timedelta(minutes=1)
    for said in (establish(club, "Two"), quorate("open", "--dir", club)):
        assert said.code == 0
        words = " ".join(said.err.split())
        assert "The last entry is dated 2028-01-01 10:00" in words
        assert "this clock shows 2026-11-27 10:01" in words
        assert "correct-clock" in words
    assert quorate("open", "--dir", club, "--as", "public").err == ""
    again = establish(club, "Two", "--set", "body=body")
    again = establish(club, "Two", "--set", "body=body")
    assert (again.code, "correct-clock" in again.err) == (3, True)
    correct = ("act", "correct-clock", "--dir", club)
    missing = quorate(*correct)
    assert (missing.code, "reason" in missing.err) == (3, True)
    assert quorate(*correct, "--set", "reason=the year was wrong").err == ""
    assert establish(club, "Three").err == ""
    assert quorate("export", club / "out", "--dir", club).code == 0
    assert quorate("verify", club / "out", "--key", club / "log.vkey").code == 0
    for reader in ("members", "public"):
        folder = club / reader
        assert quorate("export", folder, "--for", reader, "--dir", club).code == 0
        assert quorate("verify", folder, "--for", reader, "--key", club / "log.vkey").code == 0


def test_clock_a_little_behind_is_not_worth_a_word(club: Path, clock: Turned) -> None:
    establish(club, "One")
    clock.at = NOW - timedelta(seconds=50)
    assert establish(club, "Two").err == ""
