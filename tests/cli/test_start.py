"""What a command imports before it does anything: a page of help needs no rules, and a table no more than it draws."""

import subprocess
import sys

import pytest

from tests.cli.terminal import AT

PROGRAM = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
from quorate.cli import main
main()
"""


def loaded_by(*arguments: object) -> set[str]:
    """The modules that a command has loaded when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        check=True,
        capture_output=True,
        text=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [("--help",), ("ballot", "--help")])
def test_list_of_commands_loads_none_of_them(arguments) -> None:
    loaded = loaded_by(*arguments)
    assert "quorate.cli.program" in loaded
    assert not {each for each in loaded if each.startswith(("quorate.assembly", "quorate.desk"))}
    assert not {"rich.console", "yaml", "gmpy2", "apsw"} & loaded


def test_act_loads_neither_the_words_of_refusals_nor_a_progress_bar(coop) -> None:
    act = ("act", "establish-body", "--set", "body=garden", "--set", "name=Garden", "--at", AT)
    loaded = loaded_by(*act, "--dir", coop)
    assert "quorate.script.rehearsal" in loaded
    assert not {"quorate.reading.refusals", "quorate.reading.words.race", "rich.console"} & loaded
