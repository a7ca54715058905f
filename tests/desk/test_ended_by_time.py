"""What ends by time, at the desk: it has ended for whoever acts, reads or only waits, and the auditor finds any other end."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from quorate.assembly.audience import EVERYTHING
from quorate.assembly.divisions.circular import EndCircularVote, OpenCircularVote
from quorate.assembly.divisions.results import DeclareResult
from quorate.assembly.divisions.votes import CastVote, EnterRollCall
from quorate.assembly.motions.motions import MoveMotion
from quorate.assembly.refusal import Refused
from quorate.audit.verify import verify
from quorate.canon.fault import Unavailable, Unverified
from quorate.desk.answer import Caller
from quorate.desk.desk import Desk, open_desk
from quorate.desk.folder_reader import FolderReader
from quorate.desk.port import Row
from quorate.store import open_store
from quorate.store.memory import MemoryStore
from tests.assembly.chamber import under
from tests.audit.forgery import changed, published, where, without
from tests.audit.zoo import KEY, record
from tests.cast import CHAIR, CLERK, MEMBER, NOON, SECRETARY, committee
from tests.desk.office import Office, SystemEntropy

WEEK = timedelta(days=7)
WRITTEN = MoveMotion(motion="m-1", kind="main", body="committee", title="Paint the hall")
OPEN = OpenCircularVote(division=KEY, motion="m-1")
AYE = CastVote(division=KEY, choice="for")
ENDED = "circular-vote.ended"


def put_in_writing(office: Office, desk: Desk) -> None:
    """The committee is asked in writing, and one member answers."""
    for event in committee(under()).events:
        if (act := getattr(event, "act", None)) is not None:
            desk.act(act, Caller(by=CLERK))
    desk.act(WRITTEN, Caller(by=MEMBER))
    desk.act(OPEN, Caller(by=SECRETARY))
    desk.act(AYE, Caller(by=MEMBER))


def refusal(do: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        do()
    return refused.value.code


def status(desk: Desk) -> str:
    return desk.read(lambda state: state.divisions[KEY].status)


def last(desk: Desk) -> bytes:
    return desk.parts(desk.read(lambda state: state.size) - 1)[0]


@pytest.fixture
def office(store: str) -> Office:
    return Office(lambda: open_store(store))


@pytest.fixture
def desk(office: Office) -> Any:
    with office.open() as desk:
        put_in_writing(office, desk)
        yield desk


def closes_at(desk: Desk) -> Any:
    return desk._fold.state.divisions[KEY].closes_at


def test_vote_has_ended_before_whoever_acts_next(office: Office, desk: Desk) -> None:
    office.clock.at = due = closes_at(desk) - timedelta(milliseconds=2)
    desk.act(AYE, Caller(by=CHAIR))
    assert refusal(lambda: desk.act(AYE, Caller(by=SECRETARY))) == "division-closed"
    assert b'"kind":"circular-vote.ended"' in last(desk)
    assert desk.read(lambda state: state.last_at) == due + timedelta(milliseconds=2)
    desk.act(DeclareResult(division=KEY), Caller(by=SECRETARY))


def test_vote_has_ended_for_whoever_reads(office: Office, desk: Desk) -> None:
    assert status(desk) == "open"
    office.clock.at += WEEK
    assert status(desk) == "closed"
    assert b'"kind":"circular-vote.ended"' in last(desk)


def test_vote_has_ended_for_whoever_can_only_read(store: str, office: Office) -> None:
    """No entry says so yet, and none is written for a reader."""
    with office.open() as desk:
        put_in_writing(office, desk)
        size = desk.read(lambda state: state.size)
    office.clock.at += WEEK
    for _ in range(2):
        with open_desk(
            open_store(store), office.signer, office.clock, SystemEntropy(), reading=True
        ) as reader:
            assert status(reader) == "closed"
            assert reader.read(lambda state: state.size) == size
            assert reader._fold.state.divisions[KEY].status == "open"
            with pytest.raises(Unavailable, match="reading"):
                reader.act(DeclareResult(division=KEY), Caller(by=SECRETARY))


def test_server_that_looks_at_the_clock_records_the_end_once(office: Office, desk: Desk) -> None:
    assert not desk.keep_time()
    office.clock.at += WEEK
    assert desk.keep_time()
    assert not desk.keep_time()


def test_end_is_recorded_after_a_restart(store: str, office: Office) -> None:
    with office.open() as desk:
        put_in_writing(office, desk)
    office.clock.at += WEEK
    with office.open() as desk:
        assert status(desk) == "closed"


def test_nothing_ends_by_a_clock_that_is_not_plausible(office: Office, desk: Desk) -> None:
    right = office.clock.at
    office.clock.at += timedelta(days=400)
    assert refusal(lambda: desk.act(AYE, Caller(by=CHAIR))) == "time-far-ahead"
    assert not desk.keep_time()
    assert status(desk) == "open"
    office.clock.at = right
    desk.act(AYE, Caller(by=CHAIR))


def test_nobody_ends_a_vote_but_the_clock(office: Office, desk: Desk) -> None:
    end = EndCircularVote(division=KEY)
    assert refusal(lambda: desk.act(end, Caller(by=CHAIR))) == "not-entitled"
    assert refusal(lambda: desk.act(end, Caller(by=CLERK))) == "period-runs"
    office.clock.at += WEEK
    assert refusal(lambda: desk.act(end, Caller(by=CLERK))) == "division-closed"


def test_told_time_of_an_act_that_is_refused_has_ended_nothing(store: str) -> None:
    def told(by: str, **later: float) -> Caller:
        return Caller(by=by, at=NOON + timedelta(**later))

    office = Office(lambda: open_store(store))
    world = committee(under())
    with office.open() as desk:
        for n, event in enumerate(world.events):
            if (act := getattr(event, "act", None)) is not None:
                told_clock = {} if n else {"clock": "told"}
                act = type(act)(**{f: getattr(act, f) for f in act.__struct_fields__} | told_clock)
                desk.act(act, told(CLERK))
        desk.act(WRITTEN, told(MEMBER))
        desk.act(OPEN, told(SECRETARY))
        roll_call = EnterRollCall(division=KEY, votes={CHAIR: "for"})
        for act in (AYE, roll_call):
            assert (
                refusal(lambda act=act: desk.act(act, told(SECRETARY, days=7))) == "division-closed"
            )
        assert not desk.keep_time()
        assert status(desk) == "open"
        desk.act(AYE, told(CHAIR, days=6))
        desk.act(DeclareResult(division=KEY), told(SECRETARY, days=8))
        assert desk.read(lambda state: state.divisions[KEY].status) == "declared"


def test_record_with_its_end_verifies(office: Office, desk: Desk, tmp_path: Path) -> None:
    office.clock.at += WEEK
    desk.act(DeclareResult(division=KEY), Caller(by=SECRETARY))
    desk.export(tmp_path / "x", office.key.verifier, lambda _: EVERYTHING)
    assert verify(FolderReader(tmp_path / "x"), office.key.verifier)[0].divisions == 1


# An operator who holds the key and has the vote end when it suits them


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return record("circular")


def shifted(**by: float) -> Callable[[Any], None]:
    def shift(said: Any) -> None:
        at = datetime.fromisoformat(said["at"]) + timedelta(**by)
        said["at"] = at.isoformat().replace("+00:00", "Z")

    return shift


def failed(rows: Sequence[Row]) -> str:
    key = Office(MemoryStore).key
    with pytest.raises(Unverified) as error:
        verify(published(rows, key), key.verifier)
    return error.value.check


def test_end_at_another_instant_is_found(rows: list[Row]) -> None:
    seq = where(rows, ENDED)
    assert failed(changed(rows, seq, shifted(seconds=1))) == "12 following"
    assert failed(changed(rows, seq, shifted(seconds=-1))) == "8 acts"


def test_end_that_is_left_out_is_found(rows: list[Row]) -> None:
    assert failed(without(rows, where(rows, ENDED))) == "12 following"
