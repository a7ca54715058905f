"""`kill -9` of the writer at random moments: no acknowledged act is lost, no half act is kept, the next start is clean."""

import base64
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from quorate.assembly.organisation.bodies import EstablishBody
from quorate.audit.verify import verify
from quorate.desk.answer import Caller
from quorate.desk.desk import Desk
from quorate.desk.export import write_export
from quorate.desk.folder_reader import FolderReader
from quorate.record.checkpoint import open_checkpoint
from quorate.store import open_store
from tests.cast import CLERK
from tests.conftest import Tried
from tests.desk.torture_writer import TOGETHER, key, opened, script

KILLS = int(os.environ.get("QUORATE_KILLS", "30"))
MOST_SECONDS = 8.0


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_writer_loses_nothing_that_it_acknowledged(
    store: str, tmp_path: Path, tried: Tried
) -> None:
    memory = str(tmp_path / "signer.log")
    acknowledged: dict[int, tuple[str, str]] = {}
    checkpoints: list[str] = []
    chance = random.Random(1917)
    for kill in range(KILLS):
        lines = run_and_kill(store, memory, kill, chance.uniform(0.0, 0.4))
        for line in lines:
            number, body, digest, note = line.split()
            acknowledged[int(number)] = (body, digest)
            checkpoints.append(base64.b64decode(note).decode())
        with opened(store, memory) as desk:  # a clean start: the fold adds up, the signer agrees
            check_nothing_lost(desk, acknowledged)
            check_whole_scripts(desk, str(kill))
    assert len(acknowledged) > KILLS
    tried("kills", KILLS)
    tried("acts acknowledged before a kill", len(acknowledged))
    check_export(store, memory, tmp_path / "export", checkpoints)


def run_and_kill(store: str, memory: str, kill: int, after: float) -> list[str]:
    """Start a writer, kill it some time after its first acknowledgement; the whole lines that it wrote."""
    command = [sys.executable, "-m", "tests.desk.torture_writer", store, memory, str(kill)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(after)
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.stdout.read()
        writer.wait(MOST_SECONDS)
    return [
        line.decode() for line in (first + rest).splitlines(keepends=True) if line.endswith(b"\n")
    ]


def check_nothing_lost(desk: Desk, acknowledged: dict[int, tuple[str, str]]) -> None:
    """Every acknowledged entry is there, byte for byte, and the state knows what it did."""
    bodies = desk.read(lambda state: set(state.bodies))
    for number, (body, digest) in acknowledged.items():
        assert body in bodies
        if number % 97 == 0:
            assert hashlib.sha256(desk.parts(number)[0]).hexdigest() == digest


def check_whole_scripts(desk: Desk, tag: str) -> None:
    """Of each script all acts are there or none; the one that was cut off can be run again, and is done once."""
    bodies = desk.read(lambda state: [each for each in state.bodies if each.startswith("s-")])
    acts_of = Counter(each.rpartition("-")[0] for each in bodies)
    assert set(acts_of.values()) <= {TOGETHER}
    done = sum(each.startswith(f"s-{tag}-") for each in acts_of)
    for n in (done, done + 1):
        before = desk.read(lambda state: state.size)
        if n:
            desk.submit_together(script(f"s-{tag}-{n}")).wait()
        recorded = desk.read(lambda state: state.size) - before
        assert recorded == (TOGETHER if n > done else 0)


def check_export(store: str, memory: str, folder: Path, checkpoints: list[str]) -> None:
    """The whole record verifies, against every checkpoint that anybody was ever given."""
    with opened(store, memory) as desk:
        note = desk.checkpoint()
        tree = desk._fold.tree
        with closing(open_store(store)) as kept:
            write_export(kept, tree, note, key().verifier, folder, lambda _: True)
    sizes = {open_checkpoint(each, key().verifier).size: each for each in checkpoints}
    said, state = verify(FolderReader(folder), key().verifier, earlier=sizes.values())
    assert said.earlier == len(sizes)
    assert said.entries == state.size


def test_writer_of_another_process_is_served_too(store: str, tmp_path: Path) -> None:
    memory = str(tmp_path / "signer.log")
    with opened(store, memory) as desk:
        other = subprocess.Popen(
            [sys.executable, "-m", "tests.desk.torture_writer", store, memory, "other"],
            stdout=subprocess.PIPE,
        )
        assert other.stdout is not None
        theirs = [int(other.stdout.readline().split()[0])]
        ours = [
            desk.act(EstablishBody(body=f"ours-{n}", name="Ours"), Caller(by=CLERK)).first
            for n in range(50)
        ]
        theirs += [int(other.stdout.readline().split()[0]) for _ in range(50)]
        os.kill(other.pid, signal.SIGKILL)
        other.stdout.close()
        other.wait(MOST_SECONDS)
        assert ours == sorted(ours)
        assert not set(ours) & set(theirs)
        assert max(ours) > min(theirs)
