"""The pages of the guide are true: every command on them is run, in order, and prints what they show."""

import os
import re
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from quorate.premises import clock
from tests.cli.terminal import quorate
from tests.repository.guide import GUIDE, Command, File, fits, read_page

PAGES = (
    "first-meeting.md",
    "keeping-the-record.md",
    "vote-in-writing.md",
    "secret-ballot.md",
    "letting-people-in.md",
    "the-floor.md",
)
"""In the order in which they are read; each but the last goes on where the one before ends."""
HEAD = re.compile(r"^[0-9a-f]{64}$", re.MULTILINE)
FAMILIES = ("refused: ", "unavailable: ", "malformed: ", "unverified: ")


def test_every_page_of_the_guide_is_played():
    assert {each.name for each in GUIDE.glob("*.md")} == set(PAGES)


def test_the_commands_of_the_guide_print_what_its_pages_show(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    announced = ""
    for page in PAGES:
        for step in read_page(page):
            if isinstance(step, datetime):
                monkeypatch.setattr(clock.SystemClock, "now", lambda _, at=step: at)
            elif isinstance(step, File):
                Path(step.name).write_text(step.text, encoding="utf-8")
            else:
                said = play(page, step, announced)
                announced = next(iter(HEAD.findall(said)), announced)


def play(page: str, command: Command, announced: str) -> str:
    """What a command printed. A word `…` in it stands for the head of a tally that was announced last."""
    said = " ".join(command.words)
    is_error = any(line.startswith(FAMILIES) for line in command.shown)
    match [announced if word == "…" else word for word in command.words]:
        case ["cd", folder]:
            os.chdir(folder)
            return ""
        case ["quorate", *rest]:
            done = quorate(*rest)
            code, printed = done.code, done.out + done.err
        case words:
            run = subprocess.run(words, check=False, capture_output=True, text=True)
            code, printed = run.returncode, run.stdout + run.stderr
    assert (code != 0) == is_error, f"{page}: {said}: {printed}"
    assert fits(command.shown, printed), f"{page}: {said} printed\n{printed}"
    return printed


@pytest.mark.parametrize(
    ("shown", "printed", "holds"),
    [
        (["a b"], "a   b \n", True),
        (["a b"], "a b\nc\n", False),
        (["a b", "…"], "a b\nc\n", True),
        (["…", "c"], "a b\nc\n", True),
        (["… b"], "a b\n", True),
        (["d-…"], "d-7\n", True),
        (["…", "d"], "a b\nc\n", False),
        ([], "", True),
        ([], "a\n", False),
    ],
)
def test_what_a_page_shows_is_compared_line_by_line(shown, printed, holds):
    assert fits(shown, printed) is holds


def test_every_file_shown_in_the_guide_has_a_name():
    for page in PAGES:
        for step in read_page(page):
            if isinstance(step, File):
                assert re.fullmatch(r"[a-z]+\.(yaml|csv|toml)", step.name), (page, step)


def test_no_page_has_a_copy_of_the_signing_key_while_the_original_lives():
    """The guide once had the clerk sign in a copy, which is a fork."""
    commands = [step for page in PAGES for step in read_page(page) if isinstance(step, Command)]
    assert any("log.vkey" in each.words for each in commands)
    assert not [each for each in commands if each.words[0] == "cp" and "log.key" in each.words]
