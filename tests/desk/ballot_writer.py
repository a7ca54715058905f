"""A process that casts ballots at a desk as fast as it can, and tells its parent of every tracker it is given: to be killed.

    python -m tests.desk.ballot_writer STORE MEMORY BALLOTS BALLOTS

BALLOTS is a file with a ballot a line; those that are not in the box yet are cast, by several threads.
"""

import sys
import threading
from pathlib import Path

from quorate.ballots.ballot import tracker
from quorate.canon.fault import Fault
from quorate.desk.desk import Desk
from tests.desk.torture_writer import opened

THREADS = 4
KEY = "d-m-1"


def work(desk: Desk, ballots: list[bytes], out: threading.Lock) -> None:
    """Cast them all."""
    for ballot in ballots:
        try:
            given = desk.cast_ballot(KEY, ballot)
        except Fault as fault:
            given = f"! {fault}"
        with out:
            sys.stdout.write(f"{given}\n")
            sys.stdout.flush()


def main() -> None:
    """Open, and cast what is not there yet."""
    store, memory, path = sys.argv[1:]
    desk = opened(store, memory)
    there = {each.tracker for each in desk.trackers(KEY)}
    left = [each for each in Path(path).read_bytes().splitlines() if tracker(each) not in there]
    out = threading.Lock()
    threads = [
        threading.Thread(target=work, args=(desk, left[n::THREADS], out), daemon=True)
        for n in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main()
