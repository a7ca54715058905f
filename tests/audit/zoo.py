"""Records with a division of every kind, from its opening to its end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

import tests.cast
from quorate.assembly.act import Act, Event, Stamp
from quorate.assembly.divisions.circular import DemandMeeting, OpenCircularVote
from quorate.assembly.divisions.counts import EnterCount, ExplainDifference
from quorate.assembly.divisions.divisions import (
    CloseDivision,
    DemandDivision,
    DemandRecount,
    VoidDivision,
)
from quorate.assembly.divisions.results import (
    DeclareResult,
    DeclareSecretResult,
    DrawLot,
    GiveCastingVote,
)
from quorate.assembly.divisions.secret import PrepareBallot
from quorate.assembly.divisions.votes import (
    CastVote,
    ChangeVote,
    CorrectVote,
    RecordObjection,
    StandAside,
)
from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.proxies import GiveProxy
from quorate.assembly.model.division import Box, Count
from quorate.assembly.motions.motions import MoveMotion
from quorate.desk.port import Row
from quorate.desk.sealing import seal_events
from tests.assembly.chamber import (
    HALF,
    TELLERS,
    call,
    chamber,
    close,
    declare,
    move,
    put,
    setup_of,
    under,
    vote,
)
from tests.cast import CHAIR, HOLDER, MEMBER, SECRETARY, TELLER, TELLER2, VOTERS, World
from tests.desk.office import SystemEntropy

KEY = "d-m-1"
FREE = {"casting_vote": {"kind": "free"}}


class Written(World):
    """A world whose events are written down as they come."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def carry_out(self, act: Act, stamp: Stamp) -> list[Event]:
        """Carry an act out, and write down what came of it."""
        came = super().carry_out(act, stamp)
        self.rows += seal_events(self.state, came, stamp, len(self.rows), SystemEntropy())
        return came


def asked(**changes: Any) -> World:
    """The committee sitting, with a motion before it."""
    world = chamber(**changes)
    move(world, "m-1")
    return world


def tied(tie: str, **changes: Any) -> World:
    """Three for, three against."""
    world = asked(majorities={"usual": HALF | {"tie": tie}}, **changes)
    put(world, "m-1")
    call(world, KEY, VOTERS[:3], VOTERS[3:])
    close(world, KEY)
    return world


def by_name() -> World:
    """Votes cast, changed, entered and corrected; one is represented, one is silent."""
    world = asked(proxies={"allowed": True}, voting={"change_until_close": True})
    world.act(GiveProxy(proxy="x-1", giver=MEMBER, holder=HOLDER, body="committee"), by=MEMBER)
    world.act(RecordLeaving(meeting="meeting-1", attendee=MEMBER), by=MEMBER)
    put(world, "m-1")
    vote(world, KEY, "for", CHAIR, HOLDER)
    world.act(CastVote(division=KEY, choice="against"), by=HOLDER, behalf=MEMBER)
    world.act(ChangeVote(division=KEY, choice="abstain"), by=CHAIR)
    call(world, KEY, (), (TELLER2,))
    world.act(CorrectVote(division=KEY, voter=TELLER2, choice="none"), by=SECRETARY)
    world.act(CorrectVote(division=KEY, voter=TELLER2, choice="for"), by=SECRETARY)
    call(world, KEY, (SECRETARY,))
    close(world, KEY)
    declare(world, KEY)
    return world


def guests() -> World:
    """Two members are there as guests, barred and on the register; one of them is represented."""
    world = asked(proxies={"allowed": True})
    world.act(GiveProxy(proxy="x-1", giver=MEMBER, holder=HOLDER, body="committee"), by=MEMBER)
    for person in (MEMBER, SECRETARY):
        world.act(RecordLeaving(meeting="meeting-1", attendee=person), by=person)
        act = AdmitToMeeting(meeting="meeting-1", attendee=person, capacity="guest")
        world.act(act, by=CHAIR)
    put(world, "m-1")
    vote(world, KEY, "for", CHAIR, HOLDER, TELLER)
    world.act(CastVote(division=KEY, choice="against"), by=HOLDER, behalf=MEMBER)
    call(world, KEY, (), (TELLER2,))
    close(world, KEY)
    declare(world, KEY)
    return world


def taken_again() -> World:
    """A recount that is voided, so that the first division counts."""
    world = asked()
    put(world, "m-1")
    call(world, KEY, VOTERS[:5])
    close(world, KEY)
    world.act(DemandRecount(division=KEY, again="d-2"), by=MEMBER)
    call(world, "d-2", VOTERS[:3])
    world.act(VoidDivision(division="d-2", reason="noise"), by=CHAIR)
    declare(world, KEY)
    return world


def counted() -> World:
    """Taken again by tellers, who correct themselves and do not account for everyone."""
    world = asked()
    put(world, "m-1")
    call(world, KEY, VOTERS)
    close(world, KEY)
    again = DemandDivision(division=KEY, again="d-2", method="counted", tellers=TELLERS)
    world.act(again, by=MEMBER)
    for teller, figures in ((TELLER, Count(4, 2)), (TELLER2, Count(4, 1)), (TELLER, Count(4, 1))):
        world.act(EnterCount(division="d-2", count=figures), by=teller)
    close(world, "d-2")
    world.act(ExplainDifference(division="d-2", text="One was at the window."), by=TELLER)
    declare(world, "d-2")
    return world


def tied_casting_vote() -> World:
    """A tie broken by the chair."""
    world = tied("fails", **FREE)
    world.act(GiveCastingVote(division=KEY, choice="for"), by=CHAIR)
    declare(world, KEY)
    return world


def tied_lot() -> World:
    """A tie broken by lot."""
    world = tied("lot")
    world.act(DrawLot(division=KEY, seed="17" * 16, source="lottery"), by=CHAIR)
    declare(world, KEY)
    return world


def tied_revote() -> World:
    """A tie voted on again."""
    world = tied("revote")
    declare(world, KEY)
    put(world, "m-1", "d-2")
    call(world, "d-2", VOTERS)
    close(world, "d-2")
    declare(world, "d-2")
    return world


def consent() -> World:
    """One stands aside, one objects."""
    world = asked(majorities={"usual": {"rule": "consent", "stand_asides_at_most": 1}})
    put(world, "m-1")
    world.act(StandAside(division=KEY), by=HOLDER)
    world.act(RecordObjection(division=KEY, reason="too dear"), by=MEMBER)
    close(world, KEY)
    declare(world, KEY)
    return world


def secret() -> World:
    """Figures that do not account for everyone."""
    world = asked()
    put(world, "m-1", method="secret")
    close(world, KEY)
    world.act(DeclareSecretResult(division=KEY, figures=Count(4, 3), archive="ab" * 32), by=CHAIR)
    return world


def secret_tie() -> World:
    """Figures that tie, and the chair's casting vote."""
    world = asked(**FREE)
    put(world, "m-1", method="secret")
    close(world, KEY)
    world.act(DeclareSecretResult(division=KEY, figures=Count(3, 3), archive="ab" * 32), by=CHAIR)
    world.act(GiveCastingVote(division=KEY, choice="against"), by=CHAIR)
    declare(world, KEY)
    return world


def secret_prepared() -> World:
    """Ballots that were cast in an election bound on the record; one has left, one does not vote, one votes twice."""
    world = asked()
    world.act(RecordLeaving(meeting="meeting-1", attendee=MEMBER), by=MEMBER)
    division = put(world, "m-1", method="secret")
    world.act(PrepareBallot(division=KEY, setup=setup_of(division)), by=CHAIR)
    box = Box(counted=4, superseded=1, contents="ef" * 32)
    world.act(CloseDivision(division=KEY, box=box), by=CHAIR)
    act = DeclareSecretResult(division=KEY, figures=Count(2, 1, 1, 2), archive="ab" * 32)
    world.act(act, by=CHAIR)
    return world


def circular() -> World:
    """A vote in writing."""
    world = tests.cast.committee(under())
    motion = MoveMotion(motion="m-1", kind="main", body="committee", title="Paint the hall")
    world.act(motion, by=MEMBER)
    world.act(OpenCircularVote(division=KEY, motion="m-1"), by=SECRETARY)
    vote(world, KEY, "for", *VOTERS[:4])
    world.now += timedelta(days=8)
    world.act(DeclareResult(division=KEY), by=SECRETARY)
    return world


def circular_at_once() -> World:
    """A vote in writing under orders that give it no period, which is over as it begins."""
    world = tests.cast.committee(under(circular={"days": 0}))
    motion = MoveMotion(motion="m-1", kind="main", body="committee", title="Paint the hall")
    world.act(motion, by=MEMBER)
    world.act(OpenCircularVote(division=KEY, motion="m-1"), by=SECRETARY)
    world.act(DeclareResult(division=KEY), by=SECRETARY)
    return world


def circular_cancelled() -> World:
    """A vote in writing that members want to take at a meeting."""
    world = tests.cast.committee(under())
    motion = MoveMotion(motion="m-1", kind="main", body="committee", title="Paint the hall")
    world.act(motion, by=MEMBER)
    world.act(OpenCircularVote(division=KEY, motion="m-1"), by=SECRETARY)
    vote(world, KEY, "for", CHAIR)
    while world.state.divisions[KEY].status == "open":
        demanded = world.state.divisions[KEY].demanded_by
        person = next(each for each in VOTERS if each not in demanded)
        world.act(DemandMeeting(division=KEY), by=person)
    return world


ZOO: dict[str, Callable[[], World]] = {
    make.__name__: make
    for make in (
        by_name, guests, taken_again, counted, tied_casting_vote, tied_lot, tied_revote, consent, secret,
        secret_tie, secret_prepared, circular, circular_at_once, circular_cancelled,
    )
}  # fmt: skip


def record(name: str) -> list[Row]:
    """The record of one of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tests.cast, "World", Written)
        world = ZOO[name]()
    assert isinstance(world, Written)
    return world.rows
