"""Snapshots taken while others act: nobody is refused for them, and each is a fold of the record."""

import threading
from contextlib import closing
from pathlib import Path

from quorate.assembly.divisions.votes import CastVote
from quorate.canon.fault import Fault
from quorate.cli.bench import house
from quorate.desk.answer import Caller
from quorate.desk.fold import open_fold
from quorate.store import open_store
from tests.desk.office import Office, SystemClock

MEMBERS = 60


def test_snapshots_beside_acts_stop_nobody(store: str, tmp_path: Path) -> None:
    office = Office(lambda: open_store(store))
    office.clock = SystemClock()
    wrong: list[Exception] = []
    voting = threading.Event()
    with office.open() as desk:
        for acts in (
            house.house_acts(MEMBERS),
            house.meeting_acts(MEMBERS),
            house.question_acts(1),
        ):
            list(house.carry_out(desk, acts))

        def vote(first: int) -> None:
            try:
                for n in range(first, MEMBERS, 4):
                    desk.act(
                        CastVote(division="division-1", choice="for"), Caller(by=house.member(n))
                    )
            except Fault as fault:
                wrong.append(fault)

        def keep_snapshots() -> None:
            try:
                while voting.is_set():
                    desk.snapshot()
            except Exception as error:  # noqa: BLE001  # shown by the test
                wrong.append(error)

        voting.set()
        keeper = threading.Thread(target=keep_snapshots)
        voters = [threading.Thread(target=vote, args=(n,)) for n in range(4)]
        for thread in (keeper, *voters):
            thread.start()
        for thread in voters:
            thread.join()
        voting.clear()
        keeper.join()
        assert wrong == []
        assert desk.read(lambda state: len(state.divisions["division-1"].votes)) == MEMBERS
    with closing(open_store(store)) as kept:
        snapshot = kept.snapshot()
        assert snapshot is not None
        assert open_fold(kept).head() == kept.head()
    with office.open() as again:
        assert again.read(lambda state: len(state.divisions["division-1"].votes)) == MEMBERS
