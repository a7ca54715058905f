"""A process that keeps a record without rest: it exports, erases, takes snapshots, restores; to be killed.

    python -m tests.desk.keeper_writer STORE MEMORY FOLDER ROUND

Each line that it writes is a word that was erased, for good.
"""

import sys
import threading
import time
from contextlib import closing
from pathlib import Path

from quorate.assembly.audience import EVERYTHING
from quorate.assembly.keeping.erasures import ErasePart
from quorate.assembly.meetings.reports import GiveReport
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.desk.answer import Caller
from quorate.desk.desk import Desk
from quorate.desk.export import restore
from quorate.store import open_store
from tests.cast import CHAIR, CLERK, committee
from tests.desk.office import play
from tests.desk.torture_writer import key, opened


def main() -> None:
    """Open, found if need be, and keep the record until killed."""
    store, memory, folder, tag = sys.argv[1:]
    desk = opened(store, memory)
    if desk.read(lambda state: state.organisation) is None:
        play(committee(), desk)
    threading.Thread(target=act, args=(desk, tag), daemon=True).start()
    count = 0
    while True:
        count += 1
        word = f"forget-{tag}-{count}"
        said = GiveReport(
            report=word, source="body:committee", level="x", body="committee", text=f"<{word}>"
        )
        given = desk.act(said, Caller(by=CHAIR))
        export(desk, Path(folder))
        erasure = ErasePart(seq=given.first, parts=("text",), ground="personal-data")
        desk.act(erasure, Caller(by=CLERK))
        desk.finish_erasures()
        desk.snapshot()
        export(desk, Path(folder))
        sys.stdout.write(f"{word}\n")
        sys.stdout.flush()
        with closing(open_store(f"sqlite:{folder}-restored-{tag}-{count}.sqlite")) as other:
            restore(other, Path(folder), key().verifier)


def act(desk: Desk, tag: str) -> None:
    """Act meanwhile, a few hundred times a second."""
    count = 0
    while True:
        count += 1
        body = f"beside-{tag}-{count}"
        desk.act(EstablishBody(body=body, name=body), Caller(by=CLERK))
        time.sleep(0.003)


def export(desk: Desk, folder: Path) -> None:
    """Export the whole record into the folder."""
    desk.export(folder, key().verifier, lambda _: EVERYTHING)


if __name__ == "__main__":
    main()
