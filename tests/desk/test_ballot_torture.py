"""`kill -9` of a process that takes ballots: each that was acknowledged is in the box, and the box closes as it is."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quorate.assembly.divisions.divisions import CloseDivision
from quorate.assembly.divisions.secret import PrepareBallot
from quorate.audit.ballots import box_of
from quorate.desk.answer import Caller
from quorate.desk.archives import read_paper
from quorate.desk.keys import new_memory
from quorate.store import open_store
from tests.assembly.chamber import chamber, move, put
from tests.cast import CHAIR
from tests.conftest import Tried
from tests.desk.at_desk import at_desk
from tests.desk.office import Office
from tests.desk.torture_writer import opened
from tests.polling import Poll

KEY = "d-m-1"
EACH = 25
"""Ballots of each voter."""


def prepared(store: str, folder: Path) -> Poll:
    """A division open to ballots in that store."""
    office = Office(lambda: open_store(store))
    with office.open() as desk, at_desk(office, desk):
        world = chamber()
        move(world, "m-1")
        poll = Poll(put(world, "m-1", method="secret"))
        paper = read_paper(poll.setup(folder))
        act = PrepareBallot(division=KEY, setup=paper.seen.setup)
        desk.act(act, Caller(by=CHAIR), paper)
    signed = office.memory.last()
    assert signed is not None
    new_memory(folder / "memory").remember(*signed)
    return poll


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_killed_desk_loses_no_ballot_that_it_acknowledged(
    store: str, tmp_path: Path, tried: Tried
) -> None:
    poll = prepared(store, tmp_path)
    ballots = tmp_path / "ballots"
    lines = [poll.ballot(n % 6, ("for", "against")[n % 2]) for n in range(6 * EACH)]
    ballots.write_bytes(b"\n".join(lines))
    command = [
        sys.executable, "-m", "tests.desk.ballot_writer", store, str(tmp_path / "memory"), str(ballots),
    ]  # fmt: skip
    acknowledged: set[str] = set()
    chance = random.Random(7)
    kills = 0
    while True:
        kills += 1
        said = run_and_kill(command, chance.uniform(0.0, 0.05))
        assert not any(each.startswith("!") for each in said)
        acknowledged |= {*said} - {"done"}
        with opened(store, str(tmp_path / "memory")) as desk:
            held = [each.tracker for each in desk.trackers(KEY)]
            assert acknowledged <= {*held}
            assert len(held) == len({*held})
        if "done" in said:
            break
    assert kills > 2
    tried("kills", kills)
    assert len(held) == len(lines)
    with opened(store, str(tmp_path / "memory")) as desk:
        desk.act(CloseDivision(division=KEY), Caller(by=CHAIR))
        box = desk.read(lambda state: state.divisions[KEY].box)
        assert box == box_of(desk.ballots(KEY))
        assert (box.counted, box.superseded) == (6, 6 * (EACH - 1))


def run_and_kill(command: list[str], after: float) -> list[str]:
    """Start a writer, kill it some time after its first acknowledgement; the whole lines that it wrote."""
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(after)
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.stdout.read()
        writer.wait(8)
    whole = (first + rest).splitlines(keepends=True)
    return [line.decode().rstrip("\n") for line in whole if line.endswith(b"\n")]
