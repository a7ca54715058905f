"""A terminal for tests: commands run in this process, what they print and with what code they leave."""

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from quorate.cli import main

BOARD = Path(__file__).parent / "board.yaml"
AT = "2026-11-24 12:00"


class Said(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The one JSON object it printed."""
        return json.loads(self.out)


def quorate(*args: object, stdin: str = "", **env: str) -> Said:
    """Run a command in 80 columns; a fault of the program itself fails the test."""
    done = CliRunner().invoke(
        main, [str(each) for each in args], input=stdin, env={"COLUMNS": "80", **env}
    )
    assert done.exit_code != 70, done.stderr
    return Said(done.exit_code, done.stdout, done.stderr)


def found(folder: Path, *more: object) -> Said:
    """Found the co-operative whose clerk is Ada; its clock is told."""
    return quorate(
        *("init", "--dir", folder, "--origin", "example.org/coop", "--name", "Co-op"),
        *("--clerk", "Ada", "--handle", "ada", "--clock", "told", "--at", "2026-11-24 08:00"),
        *more,
    )


def board(folder: Path, made: list[Path]) -> Path:
    """A folder of its own with the co-operative after the first meeting of its board; made once, then copied."""
    if not made:
        first = folder.with_name("first")
        assert found(first).code == 0
        assert quorate("act", BOARD, "--dir", first).code == 0
        made.append(first)
    shutil.copytree(made[0], folder)
    return folder
