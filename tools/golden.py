"""Writes the golden record anew: October 1917 as an export, from a fixed key, fixed ids and fixed salts.

Only when the format of the record changes: a golden record that was released stays as it is, beside the new one.
See vectors/golden/README.md.
"""

import hashlib
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from quorate.assembly.audience import EVERYTHING
from quorate.assembly.items import open_business
from quorate.assembly.state import State
from quorate.canon import canonical
from quorate.desk.desk import open_desk
from quorate.record.note import Signer
from quorate.record.signer import CheckpointSigner, Extends
from quorate.script.acts import read_script, script_files
from quorate.script.rehearsal import carry_out
from quorate.store.memory import MemoryStore

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "vectors/golden/october-1917"
WORDS = ("next",)
ORIGIN = "records.example.org/golden/october-1917"
SEED = hashlib.sha256(ORIGIN.encode()).digest()
"""Of a key that everybody knows, so it proves nothing but that the format has not changed."""


class Told:
    """A clock that is not asked: the example says when each act was done."""

    def now(self) -> datetime:
        """An instant after the example."""
        return datetime(1918, 1, 1, tzinfo=UTC)


class Counted:
    """SHA-256 of a counter, in the place of chance."""

    def __init__(self) -> None:
        self._count = 0

    def bytes(self, count: int) -> bytes:
        """So many bytes, the same in every run."""
        drawn = b""
        while len(drawn) < count:
            self._count += 1
            drawn += hashlib.sha256(SEED + self._count.to_bytes(8, "big")).digest()
        return drawn[:count]


class Forgetful:
    """A signer's memory for one run."""

    def __init__(self) -> None:
        self._last: tuple[int, bytes] | None = None

    def last(self) -> tuple[int, bytes] | None:
        """The last head."""
        return self._last

    def check(self, extends: Extends) -> None:
        """Ask it of the last head."""
        if self._last:
            extends(*self._last)

    def remember(self, size: int, root: bytes, extends: Extends) -> None:
        """Keep a head."""
        self.check(extends)
        self._last = (size, root)


def write_golden(script: Path, golden: Path) -> None:
    """Play a script, and write its export, its root and its open business into a folder."""
    key, entropy = Signer(ORIGIN, SEED), Counted()
    desk = open_desk(MemoryStore(), CheckpointSigner(key, Forgetful()), Told(), entropy)
    with desk:
        steps = desk.read(lambda state: read_script(script_files(script), state, entropy))
        half = len(steps) // 2
        carry_out(desk, steps[:half])
        desk.checkpoint()
        carry_out(desk, steps[half:])
        shutil.rmtree(golden, ignore_errors=True)
        desk.export(golden / "export", key.verifier, lambda _: EVERYTHING)
        (golden / "open-business.json").write_bytes(desk.read(left_open) + b"\n")
    root = (golden / "export/checkpoint").read_text(encoding="utf-8").splitlines()[2]
    (golden / "root.txt").write_text(root + "\n", encoding="utf-8")


def left_open(state: State) -> bytes:
    """The open business on the day of the last entry, in canonical JSON; its words left out, which may get better."""
    items = [msgspec.to_builtins(item) for item in open_business(state, state.last_at.date())]
    return canonical.encode([{k: v for k, v in each.items() if k not in WORDS} for each in items])


if __name__ == "__main__":
    write_golden(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "examples/october-1917", GOLDEN)
