"""The organisation that is measured: one body, as many members as are asked for, and questions for them to vote on."""

import itertools
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from quorate.assembly.act import Act
from quorate.assembly.divisions.circular import OpenCircularVote
from quorate.assembly.divisions.divisions import CloseDivision, OpenDivision
from quorate.assembly.divisions.results import DeclareResult
from quorate.assembly.divisions.votes import CastVote
from quorate.assembly.meetings.admission import AdmitToMeeting
from quorate.assembly.meetings.convening import ConveneMeeting
from quorate.assembly.meetings.sitting import CallToOrder
from quorate.assembly.model.division import Choice
from quorate.assembly.motions.motions import MoveMotion, SecondMotion
from quorate.assembly.organisation.bodies import (
    CreateOffice,
    EstablishBody,
    FillOffice,
    FoundOrganisation,
)
from quorate.assembly.organisation.membership import AdmitMember, SeatMember
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.canon.moment import Day
from quorate.desk.answer import Acknowledged, Caller
from quorate.desk.desk import Desk, open_desk
from quorate.desk.keys import new_memory
from quorate.desk.port import Store
from quorate.premises.clock import SystemClock
from quorate.premises.entropy import OsEntropy
from quorate.record.note import Signer
from quorate.record.signer import CheckpointSigner
from quorate.script.preset import load_preset

ORIGIN = "bench.example.org/members"
BODY, MEETING = "members", "general-meeting"
CHOICES: tuple[Choice, ...] = ("for", "against", "abstain", "for", "for")
AT_ONCE = 4096
"""Acts that wait for the writer at most while a record is built: enough to fill its batches."""


def bench_key() -> Signer:
    """A key for a record that is thrown away."""
    return Signer(ORIGIN, OsEntropy().bytes(32))


def bench_desk(store: Store, folder: Path, key: Signer) -> Desk:
    """A desk as any user's: durable store, signed checkpoints, a signer with a synced memory."""
    signer = CheckpointSigner(key, new_memory(folder / "signer.log"))
    return open_desk(store, signer, SystemClock(), OsEntropy())


def member(n: int) -> str:
    """The id of the n-th member; the first keeps the record and is in the chair."""
    return f"p-{n}"


CHAIR = Caller(by=member(0))


def carry_out(desk: Desk, acts: Iterable[tuple[Act, Caller]]) -> Iterator[Acknowledged]:
    """The answers to acts, many of which wait at a time, as if from many callers."""
    waiting = []
    for act, caller in acts:
        waiting.append(desk.submit(act, caller))
        if len(waiting) == AT_ONCE:
            yield from (each.wait() for each in waiting)
            waiting = []
    yield from (each.wait() for each in waiting)


def house_acts(members: int) -> Iterator[tuple[Act, Caller]]:
    """Found the organisation and seat its members."""
    yield FoundOrganisation(organisation="bench", name="Bench", clerk=member(0)), CHAIR
    yield EstablishBody(body=BODY, name="Members"), CHAIR
    orders = load_preset("small-association")
    yield AdoptStandingOrders(body=BODY, orders=orders), CHAIR
    yield SeatMember(body=BODY, member=member(0)), CHAIR
    for n in range(1, members):
        yield AdmitMember(member=member(n)), CHAIR
        yield SeatMember(body=BODY, member=member(n)), CHAIR
    yield CreateOffice(office="chair", body=BODY, role="chair", name="Chair"), CHAIR
    yield FillOffice(office="chair", holder=member(0)), CHAIR


def meeting_acts(members: int) -> Iterator[tuple[Act, Caller]]:
    """Convene all members for now, let them in, and call them to order."""
    now = datetime.now(UTC)
    yield (
        ConveneMeeting(
            meeting=MEETING, body=BODY, title="General meeting", starts_at=now, day=Day(now.date())
        ),
        CHAIR,
    )
    for n in range(members):
        yield AdmitToMeeting(meeting=MEETING, attendee=member(n)), CHAIR
    yield CallToOrder(meeting=MEETING), CHAIR


def question_acts(n: int) -> Iterator[tuple[Act, Caller]]:
    """Move, second and put the n-th question to the meeting, by electronic open vote."""
    motion = f"motion-{n}"
    yield MoveMotion(motion=motion, kind="main", meeting=MEETING, title="A question"), CHAIR
    yield SecondMotion(motion=motion), Caller(by=member(1))
    yield OpenDivision(division=f"division-{n}", motion=motion, method="electronic"), CHAIR


def circular_acts(n: int) -> Iterator[tuple[Act, Caller]]:
    """Move, second and put the n-th question to all members in writing."""
    motion = f"motion-{n}"
    yield MoveMotion(motion=motion, kind="main", body=BODY, title="A question"), CHAIR
    yield SecondMotion(motion=motion), Caller(by=member(1))
    yield OpenCircularVote(division=f"division-{n}", motion=motion), CHAIR


def vote_acts(n: int, members: int) -> Iterator[tuple[Act, Caller]]:
    """Every member's vote on the n-th question."""
    choices = itertools.cycle(CHOICES)
    for each in range(members):
        vote = CastVote(division=f"division-{n}", choice=next(choices))
        yield vote, Caller(by=member(each), known_by="login")


def closing_acts(n: int) -> Iterator[tuple[Act, Caller]]:
    """Close the n-th question and declare its result."""
    yield CloseDivision(division=f"division-{n}"), CHAIR
    yield DeclareResult(division=f"division-{n}"), CHAIR
