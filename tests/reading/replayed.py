"""Examples played at a desk in memory, for what reads a record afterwards."""

import re
from collections.abc import Iterator
from pathlib import Path

from quorate.assembly.state import State
from quorate.desk.desk import Desk
from quorate.desk.port import Row
from quorate.script.acts import read_script, script_files
from quorate.script.rehearsal import carry_out, rehearse
from quorate.store.memory import MemoryStore
from tests.desk.office import Office, SystemEntropy

EXAMPLES = Path(__file__).parents[2] / "examples"
OCTOBER = EXAMPLES / "october-1917"
ID = re.compile(r"\bp-[a-z0-9-]+|\b(?:body|office|person|item|event|clause):(?=\S)|[{}]")
"""What an id looks like that a reader should not meet."""


def play_script(desk: Desk, files: list[tuple[str, bytes]]) -> None:
    """Carry the acts of a script out."""
    steps = desk.read(lambda state: read_script(files, state, SystemEntropy()))
    rehearse(State(), steps, Office(MemoryStore).clock.now())
    carry_out(desk, steps)


def rows_of(desk: Desk) -> Iterator[Row]:
    """The record, row by row."""
    for seq in range(desk.read(lambda state: state.size)):
        yield Row(seq, *desk.parts(seq))


def october() -> list[Row]:
    """The record of October 1917."""
    with Office(MemoryStore).open() as desk:
        play_script(desk, script_files(OCTOBER))
        return list(rows_of(desk))


def examples() -> list[State]:
    """The state that each example leaves behind."""
    states = []
    for folder in sorted(EXAMPLES.iterdir()):
        if folder.is_dir():
            with Office(MemoryStore).open() as desk:
                play_script(desk, script_files(folder))
                states.append(desk.read(lambda state: state))
    return states
