"""A process that casts votes at a desk as fast as it can, and tells its parent of every acknowledgement: to be killed.

    python -m tests.desk.torture_writer STORE MEMORY ROUND

Each line it writes is an acknowledged entry: its number, the hash of its bytes, and the checkpoint that vouches for it.
"""

import base64
import hashlib
import sys
import threading
from contextlib import suppress
from pathlib import Path

from quorate.assembly.act import Act
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.canon.fault import Malformed
from quorate.desk.answer import Acknowledged, Caller
from quorate.desk.desk import Desk, open_desk
from quorate.desk.keys import FileMemory, new_memory
from quorate.record.note import Signer
from quorate.record.signer import CheckpointSigner
from quorate.store import open_store
from tests.cast import CLERK, founded
from tests.desk.office import ORIGIN, SystemClock, SystemEntropy, play

THREADS = 6
TOGETHER = 40
"""Acts in a script."""


def key() -> Signer:
    """The key of the tortured record."""
    return Signer(ORIGIN, bytes(range(32)))


def opened(store: str, memory: str) -> Desk:
    """The desk on a store of that address."""
    with suppress(Malformed):  # it is there
        new_memory(Path(memory))
    signer = CheckpointSigner(key(), FileMemory(Path(memory)))
    return open_desk(open_store(store), signer, SystemClock(), SystemEntropy())


def work(desk: Desk, tag: str, out: threading.Lock) -> None:
    """Act until killed."""
    count = 0
    while True:
        count += 1
        body = f"b-{tag}-{count}"
        tell(desk, body, desk.act(EstablishBody(body=body, name=body), Caller(by=CLERK)), out)


def tell(desk: Desk, body: str, given: Acknowledged, out: threading.Lock) -> None:
    """Write the line of an act that was acknowledged."""
    entry, _ = desk.parts(given.first)
    proof = base64.b64encode(given.checkpoint.encode()).decode()
    with out:
        sys.stdout.write(f"{given.first} {body} {hashlib.sha256(entry).hexdigest()} {proof}\n")
        sys.stdout.flush()


def work_together(desk: Desk, tag: str, out: threading.Lock) -> None:
    """Carry out scripts of a few acts until killed; tell of each by its last act."""
    count = 0
    while True:
        count += 1
        answers = desk.submit_together(script(f"s-{tag}-{count}")).wait()
        last = answers[-1]
        assert isinstance(last, Acknowledged)
        tell(desk, f"s-{tag}-{count}-{TOGETHER}", last, out)


def script(name: str) -> list[tuple[Act, Caller, None]]:
    """Acts that belong together, each with its token."""
    return [
        (
            EstablishBody(body=f"{name}-{n}", name=name),
            Caller(by=CLERK, token=f"token-of-{name}-{n:08}"[:64]),
            None,
        )
        for n in range(1, TOGETHER + 1)
    ]


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
    threads.append(threading.Thread(target=work_together, args=(desk, tag, out), daemon=True))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
