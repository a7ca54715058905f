"""A large record: how long it takes to fold and to verify, and how much memory it needs.

Each measurement runs in a process of its own, so that the memory of one is not that of another.

    fold|snapshot|verify FOLDER ...     are the arguments of such a process
"""

import json
import subprocess
import sys
import time
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from quorate.audit.verify import verify
from quorate.cli.bench.house import (
    ORIGIN,
    bench_desk,
    carry_out,
    circular_acts,
    closing_acts,
    house_acts,
    vote_acts,
)
from quorate.cli.progress import progress
from quorate.desk.desk import Desk
from quorate.desk.export import write_export
from quorate.desk.fold import Fold, open_fold
from quorate.desk.folder_reader import FolderReader
from quorate.desk.keys import new_key, read_key
from quorate.premises.entropy import OsEntropy
from quorate.record.checkpoint import Checkpoint, sign_checkpoint
from quorate.record.note import Signer, format_vkey, parse_vkey
from quorate.store import open_store

_APART = "from quorate.cli.bench.fold import main; main()"
STEPS = (100, 10, 1)
"""Exports are made of this part of the record each, so that the cost of an entry can be compared."""


class Scale(NamedTuple):
    """The size of the record that is measured."""

    entries: int
    members: int


def measure_fold(folder: Path, scale: Scale) -> list[dict[str, object]]:
    """The measurements of folding, of starting from a snapshot, and of verifying; one row each."""
    folder = folder / "fold"
    folder.mkdir()
    key = new_key(folder / "log.key", ORIGIN, OsEntropy())
    built = _build(folder, scale, key)
    rows = [built, *(_apart(mode, folder) for mode in ("fold", "snapshot"))]
    for part in STEPS:
        size = built["entries"] // part
        _export(folder, key, size)
        rows.append(_apart("verify", folder, str(size), format_vkey(key.verifier)))
    return rows


def _build(folder: Path, scale: Scale, key: Signer) -> dict[str, Any]:
    begun = time.perf_counter()
    store = open_store(f"sqlite:{folder}/record.sqlite")
    with bench_desk(store, folder, key) as desk, progress("building the record") as tell:
        deque(carry_out(desk, house_acts(scale.members)), maxlen=0)
        n = 0
        while (size := _size(desk)) < scale.entries:
            if tell:
                tell(size, scale.entries)
            voters = min(scale.members, scale.entries - size)
            deque(carry_out(desk, circular_acts(n)), maxlen=0)
            deque(carry_out(desk, vote_acts(n, voters)), maxlen=0)
            if voters == scale.members:
                deque(carry_out(desk, closing_acts(n)), maxlen=0)
            n += 1
        size = _size(desk)
        desk.snapshot()
    return _row("build through the desk", size, time.perf_counter() - begun, 0.0)


def _size(desk: Desk) -> int:
    return desk.read(lambda state: state.size)


def _export(folder: Path, key: Signer, size: int) -> None:
    """An export of the record as it was at a size."""
    store = open_store(f"sqlite:{folder}/record.sqlite")
    tree = open_fold(store).tree
    note = sign_checkpoint(Checkpoint(key.name, size, tree.root(size)), key)
    write_export(store, tree, note, key.verifier, folder / f"export-{size}", lambda _: True)
    store.close()


def _apart(mode: str, folder: Path, *rest: str) -> dict[str, Any]:
    command = [sys.executable, "-c", _APART, mode, str(folder), *rest]
    done = subprocess.run(  # noqa: S603  # this very module, with our own arguments
        command, check=True, stdout=subprocess.PIPE
    )
    row: dict[str, Any] = json.loads(done.stdout)
    return row


def _row(what: str, entries: int, seconds: float, mebibytes: float) -> dict[str, Any]:
    return {
        "measure": what,
        "entries": entries,
        "seconds": round(seconds, 2),
        "µs an entry": round(seconds / max(entries, 1) * 1e6, 2),
        "MiB": round(mebibytes),
    }


def _peak() -> float:
    """The most memory that this process had at once; MiB. Not by getrusage, which counts what it was forked from."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _measure(mode: str, folder: Path, rest: list[str]) -> dict[str, Any]:
    if mode == "verify":
        size, vkey = rest
        begun = time.perf_counter()
        with ProcessPoolExecutor(2) as executor, progress("verifying") as tell:
            verified, _ = verify(
                FolderReader(folder / f"export-{size}"),
                parse_vkey(vkey),
                executor=executor,
                progress=tell,
            )
        return _row("verify an export", verified.entries, time.perf_counter() - begun, _peak())
    store = open_store(f"sqlite:{folder}/record.sqlite")
    begun = time.perf_counter()
    if mode == "fold":
        fold = Fold()
        fold.read(store.rows(0))
        what = "fold from the store"
    else:
        key = read_key(folder / "log.key")
        fold = open_fold(store, seal=key.mac)
        what = "start from a snapshot"
    seconds = time.perf_counter() - begun
    return _row(what, fold.tree.size, seconds, _peak())


def main() -> None:
    """Measure one thing in this process, and write it as JSON."""
    sys.stdout.write(json.dumps(_measure(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])))
