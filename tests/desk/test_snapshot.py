"""Snapshots: taken while others act, and trusted only under the seal of the signing key."""

import threading
from contextlib import closing
from pathlib import Path

import pytest

from quorate.assembly.audience import EVERYTHING
from quorate.assembly.divisions.votes import CastVote
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.canon.fault import Fault, Unverified
from quorate.cli.bench import house
from quorate.desk.answer import Caller
from quorate.desk.fold import Seal, open_fold, take_snapshot
from quorate.desk.port import Row, Snapshot
from quorate.record.entry import Part
from quorate.record.note import Signer
from quorate.store import open_store
from quorate.store.memory import MemoryStore
from tests.cast import CLERK, founded
from tests.desk.office import ORIGIN, Office, SystemClock, play

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
        assert open_fold(kept, seal=office.signer.mac).head() == kept.head()
    with office.open() as again:
        assert again.read(lambda state: len(state.divisions["division-1"].votes)) == MEMBERS


class Kept(MemoryStore):
    """A store that stays when its desk lets go of it."""

    def close(self) -> None:
        pass


def kept_office() -> tuple[Office, Kept]:
    """An office whose store has a snapshot and a tail."""
    store = Kept()
    office = Office(lambda: store)
    with office.open() as desk:
        play(founded(), desk)
        desk.snapshot()
        desk.act(EstablishBody(body="branch", name="Branch"), Caller(by=CLERK))
    return office, store


def fold_read(store: Kept, seal: Seal | None, monkeypatch: pytest.MonkeyPatch) -> int:
    """From which entry on a fold reads the store."""
    starts: list[int] = []
    rows = store.rows
    monkeypatch.setattr(store, "rows", lambda *at: starts.append(at[0]) or rows(*at))  # type: ignore[func-returns-value]
    assert open_fold(store, seal=seal).head() == store.head()
    monkeypatch.undo()
    assert len(starts) == 1
    return starts[0]


def test_snapshot_is_used_under_its_seal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    office, store = kept_office()
    kept, other = store._snapshot, Signer(ORIGIN, bytes(32))
    assert kept is not None
    seal = office.signer.mac
    assert fold_read(store, seal, monkeypatch) == kept.size == store.head().size - 1
    for wrong in (None, other.mac, lambda purpose, pieces: seal(purpose + "x", pieces)):
        assert fold_read(store, wrong, monkeypatch) == 0
    altered = [
        kept._replace(data=kept.data[:at] + bytes([kept.data[at] ^ 1]) + kept.data[at + 1 :])
        for at in range(0, len(kept.data), 37)
    ]
    cut = [kept._replace(data=kept.data[:n]) for n in (0, 31, 32, len(kept.data) - 1)]
    for lie in (*altered, *cut, kept._replace(size=kept.size - 1)):
        store._snapshot = lie
        assert fold_read(store, seal, monkeypatch) == 0
    other_rules = take_snapshot(open_fold(store), lambda _, pieces: seal("", pieces))
    store._snapshot = other_rules
    assert fold_read(store, seal, monkeypatch) == 0


def test_snapshot_of_other_rules_is_not_passed_off(monkeypatch: pytest.MonkeyPatch) -> None:
    office, store = kept_office()
    with monkeypatch.context() as patch:
        patch.setattr("quorate.desk.fold.rules_digest", lambda: "0" * 64)
        old = take_snapshot(open_fold(store), office.signer.mac)
    kept = store._snapshot
    assert kept is not None
    store._snapshot = Snapshot(old.size, kept.code, old.data)
    assert fold_read(store, office.signer.mac, monkeypatch) == 0


def test_edited_state_is_not_gone_on_with() -> None:
    """The tree of an edited snapshot is that of the record, so its root says nothing of the state."""
    office, store = kept_office()
    fold = open_fold(store)
    fold.state.bodies["branch"].name = "Another"
    store._snapshot = take_snapshot(fold, Signer(ORIGIN, bytes(32)).mac)
    with office.open() as desk:
        assert desk.read(lambda state: state.bodies["branch"].name) == "Branch"
        desk.rebuild()
        assert desk.read(lambda state: state.bodies["branch"].name) == "Branch"


def lies_about(row: Row, other: Row) -> list[Row]:
    first, *rest = row.parts
    parts = (
        Part(first.name, first.salt, first.data + b" ", first.audience),
        Part(first.name, first.salt, first.data, "public:x"),
        Part("more", first.salt, first.data, first.audience),
    )
    return [
        *(row._replace(parts=(lie, *rest)) for lie in parts),
        row._replace(entry=other.entry, parts=other.parts),
    ]


def test_export_opens_every_commitment_below_a_snapshot(tmp_path: Path) -> None:
    office, store = kept_office()
    with office.open() as desk:

        def export() -> None:
            desk.export(tmp_path / "export", office.key.verifier, lambda _: EVERYTHING)

        export()
        before = (tmp_path / "export" / "checkpoint").read_bytes()
        for seq in range(store.head().size):
            row = store._rows[seq]
            for lie in lies_about(row, store._rows[seq - 1]):
                store._rows[seq] = lie
                with pytest.raises(Unverified, match=f"entry {seq}"):
                    export()
                with pytest.raises(Unverified, match=f"entry {seq}"):
                    desk.parts(seq)
                assert (tmp_path / "export" / "checkpoint").read_bytes() == before
            store._rows[seq] = row
        export()
