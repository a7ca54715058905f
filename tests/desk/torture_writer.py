"""A process that casts votes at a desk as fast as it can, and tells its parent of every acknowledgement: to be killed.

    python -m tests.desk.torture_writer STORE MEMORY ROUND

Each line it writes is an acknowledged entry: its number, the hash of its bytes, and the checkpoint that vouches for it.
"""

import base64
import hashlib
import sys
import threading
from pathlib import Path

from quorate.assembly.organisation.bodies import EstablishBody
from quorate.desk.answer import Caller
from quorate.desk.desk import Desk, open_desk
from quorate.desk.keys import FileMemory
from quorate.record.note import Signer
from quorate.record.signer import CheckpointSigner
from quorate.store import open_store
from tests.cast import CLERK, founded
from tests.desk.office import ORIGIN, SystemClock, SystemEntropy, play

THREADS = 6


def key() -> Signer:
    """The key of the tortured record."""
    return Signer(ORIGIN, bytes(range(32)))


def opened(store: str, memory: str) -> Desk:
    """The desk on a store of that address."""
    signer = CheckpointSigner(key(), FileMemory(Path(memory)))
    return open_desk(open_store(store), signer, SystemClock(), SystemEntropy())


def work(desk: Desk, tag: str, out: threading.Lock) -> None:
    """Act until killed."""
    count = 0
    while True:
        count += 1
        body = f"b-{tag}-{count}"
        given = desk.act(EstablishBody(body=body, name=body), Caller(by=CLERK))
        entry, _ = desk.parts(given.first)
        proof = base64.b64encode(given.checkpoint.encode()).decode()
        with out:
            sys.stdout.write(f"{given.first} {body} {hashlib.sha256(entry).hexdigest()} {proof}\n")
            sys.stdout.flush()


def main() -> None:
    """Open, found if need be, and act."""
    store, memory, tag = sys.argv[1:]
    desk = opened(store, memory)
    if desk.read(lambda state: state.organisation) is None:
        play(founded(), desk)
    out = threading.Lock()
    threads = [
        threading.Thread(target=work, args=(desk, f"{tag}-{n}", out), daemon=True)
        for n in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
