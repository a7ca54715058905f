"""What a sitting costs, by how many people are in it: the writer's work on an act, and what a page takes from the state.

An act is decided, takes effect and is sealed, as the writer does it within its transaction; nothing is stored or signed.
The figures are processor time of one thread: of each kind of act the median, as the meeting is held several times over.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from quorate.assembly import house
from quorate.assembly.act import Act, Stamp, act_name, decide, take_effect
from quorate.assembly.affairs.resignations import TenderResignation
from quorate.assembly.divisions.circular import OpenCircularVote
from quorate.assembly.divisions.divisions import CloseDivision, DemandRecount, OpenDivision
from quorate.assembly.divisions.results import DeclareResult
from quorate.assembly.divisions.votes import CastVote, ChangeVote, CorrectVote, EnterRollCall
from quorate.assembly.inscription import inscribe
from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.convening import ConveneMeeting
from quorate.assembly.meetings.credentials import ChallengeCredentials, RuleOnCredentials
from quorate.assembly.meetings.floor import GrantFloor, RequestFloor, YieldFloor
from quorate.assembly.meetings.proxies import GiveProxy, RevokeProxy
from quorate.assembly.meetings.sitting import Adjourn, CallToOrder, Recess, Resume, TakeChair
from quorate.assembly.model.orders import StandingOrders
from quorate.assembly.motions.motions import MoveMotion, SecondMotion, WithdrawMotion
from quorate.assembly.organisation.bodies import FoundOrganisation
from quorate.assembly.organisation.membership import (
    AdmitMember,
    NameSubstitute,
    RecordDeparture,
    ReinstateMember,
    SeatMember,
    SuspendMember,
    UnseatMember,
)
from quorate.assembly.state import State
from quorate.canon.moment import Day
from quorate.cli.bench.house import BODY, CHAIR, CHOICES, house_acts, member
from quorate.desk.answer import Caller
from quorate.desk.sealing import seal_events
from quorate.premises.entropy import OsEntropy
from quorate.reading.page import Span
from quorate.reading.reader import Reader
from quorate.reading.view.divisions import division_view
from quorate.reading.view.meetings import meeting_view
from quorate.reading.view.people import body_view, members

MEETINGS = 3
MEMBERS = frozenset({"public", "members", f"body:{BODY}"})
"""For whom the views are made: all of them see alike."""
SHOWN = Span(0, 50)
"""What a page shows of a list."""
BALLOTS = 3
"""Questions put in each meeting, so that there are several times of each act."""


class Sitting:
    """An organisation in memory, on which acts are timed."""

    def __init__(self) -> None:
        self.state = State()
        self.now = datetime.now(UTC)
        self.taken: dict[str, list[float]] = defaultdict(list)
        """By name: milliseconds of processor."""
        self._entropy = OsEntropy()

    def act(self, act: Act, caller: Caller = CHAIR, name: str = "") -> None:
        """Carry an act out as the writer does, and keep its time under a name."""
        self.now += timedelta(milliseconds=1)
        stamp = Stamp(at=self.now, by=caller.by, behalf=caller.behalf, known_by=caller.known_by)
        begun = time.thread_time_ns()
        primary = decide(self.state, act, stamp)
        inscribed = inscribe(primary, stamp)
        events = take_effect(self.state, primary, stamp)
        seal_events(self.state, events, stamp, self.state.size, self._entropy, inscribed)
        self._keep(name or act_name(type(act)), begun)

    def look(self, name: str, view: Callable[[Reader], object]) -> None:
        """Make a view, and keep its time."""
        for _ in range(MEETINGS):
            reader = Reader(self.state, self.now.date(), MEMBERS)
            begun = time.thread_time_ns()
            view(reader)
            self._keep(name, begun)

    def forget(self) -> None:
        """Keep nothing of what was timed until now."""
        self.taken.clear()

    def _keep(self, name: str, begun: int) -> None:
        self.taken[name].append((time.thread_time_ns() - begun) / 1e6)


def measure_sittings(sizes: tuple[int, ...]) -> list[dict[str, object]]:
    """One row for each kind of act and view, slowest first: milliseconds of processor by how many are present."""
    assert house.SUBJECTS  # importing it registers every rule
    columns = {size: _measure_sitting(size) for size in sizes}
    names = sorted(columns[sizes[-1]], key=lambda name: -columns[sizes[-1]][name])
    return [
        {
            "what": name,
            **{f"{size:,}": round(column[name], 3) for size, column in columns.items()},
        }
        for name in names
    ]


def _measure_sitting(people: int) -> dict[str, float]:
    """By act and view: the median in milliseconds, with so many people in the body and at its meetings."""
    sitting = Sitting()
    for act, caller in house_acts(people):
        sitting.act(act, caller)
        if isinstance(act, FoundOrganisation):
            sitting.forget()
    _loosen(sitting.state)
    for number in range(MEETINGS):
        _hold_meeting(sitting, f"meeting-{number}", people)
    _change_members(sitting, people)
    _vote_in_writing(sitting)
    return {name: statistics.median(times) for name, times in sitting.taken.items()}


def _loosen(state: State) -> None:
    """Let the standing orders allow what is to be timed."""
    body = state.bodies[BODY]
    assert body.orders is not None
    orders: StandingOrders = msgspec.structs.replace(
        body.orders,
        proxies=msgspec.structs.replace(body.orders.proxies, allowed=True),
        voting=msgspec.structs.replace(body.orders.voting, change_until_close=True),
        quorum=msgspec.structs.replace(
            body.orders.quorum, proxies_count=True, numerator=1, denominator=3
        ),
    )
    body.orders = orders


def _hold_meeting(sitting: Sitting, meeting: str, people: int) -> None:
    on = Day(sitting.now.date())
    sitting.act(
        ConveneMeeting(
            meeting=meeting, body=BODY, title="General meeting", starts_at=sitting.now, day=on
        )
    )
    for n in range(people - 1):
        sitting.act(AdmitToMeeting(meeting=meeting, attendee=member(n)))
    sitting.act(CallToOrder(meeting=meeting))
    for number in range(BALLOTS):
        _put_question(sitting, meeting, f"{meeting}-{number}", people)
    _come_and_go(sitting, meeting, people)
    sitting.look(
        "view of the meeting",
        lambda reader: meeting_view(reader, reader.state.meetings[meeting], SHOWN),
    )
    sitting.act(Recess(meeting=meeting))
    sitting.act(Resume(meeting=meeting))
    sitting.act(Adjourn(meeting=meeting))


def _put_question(sitting: Sitting, meeting: str, key: str, people: int) -> None:
    sitting.act(MoveMotion(motion=f"w-{key}", kind="main", meeting=meeting, title="Another"))
    sitting.act(WithdrawMotion(motion=f"w-{key}"))
    sitting.act(MoveMotion(motion=key, kind="main", meeting=meeting, title="A question"))
    sitting.act(SecondMotion(motion=key), Caller(by=member(1)))
    for n, side in enumerate(("for", "against"), 2):
        turn = f"turn-{key}-{n}"
        asked = RequestFloor(turn=turn, meeting=meeting, side=side, motion=key)  # type: ignore[arg-type]
        sitting.act(asked, Caller(by=member(n)))
        sitting.act(GrantFloor(meeting=meeting, turn=turn))
        sitting.act(YieldFloor(meeting=meeting, turn=turn), Caller(by=member(n)))
    division = f"d-{key}"
    sitting.act(OpenDivision(division=division, motion=key, method="roll-call"))
    for n in range(people - 12):
        vote = CastVote(division=division, choice=CHOICES[n % len(CHOICES)])
        sitting.act(vote, Caller(by=member(n)))
    last = member(people - 10)
    sitting.act(EnterRollCall(division=division, votes={last: "for"}))
    sitting.act(ChangeVote(division=division, choice="against"), Caller(by=member(0)))
    sitting.look(
        "view of the open division",
        lambda reader: division_view(reader, reader.state.divisions[division], SHOWN),
    )
    sitting.act(CloseDivision(division=division))
    sitting.act(CorrectVote(division=division, voter=last, choice="against"))
    sitting.act(DemandRecount(division=division, again=f"again-{division}"), Caller(by=member(1)))
    for n in range(9):
        vote = CastVote(division=f"again-{division}", choice=CHOICES[n % len(CHOICES)])
        sitting.act(vote, Caller(by=member(n)))
    sitting.act(CloseDivision(division=f"again-{division}"), name="close-division, few voted")
    sitting.act(DeclareResult(division=f"again-{division}"))
    sitting.look(
        "view of the closed division",
        lambda reader: division_view(reader, reader.state.divisions[division], SHOWN),
    )


def _come_and_go(sitting: Sitting, meeting: str, people: int) -> None:
    other, late = member(people - 2), member(people - 1)
    sitting.act(ChallengeCredentials(meeting=meeting, attendee=other))
    sitting.act(RuleOnCredentials(meeting=meeting, attendee=other, sustained=False))
    sitting.act(AdmitToMeeting(meeting=meeting, attendee=late), name="admit-to-meeting, the last")
    sitting.act(RecordLeaving(meeting=meeting, attendee=late))
    for at, where in enumerate(("", meeting)):
        proxy = f"proxy-{meeting}-{at}"
        given = GiveProxy(proxy=proxy, giver=late, holder=other, body=BODY, meeting=where)
        sitting.act(given, Caller(by=late))
        sitting.act(RevokeProxy(proxy=proxy), Caller(by=late))
    sitting.act(TakeChair(meeting=meeting, chair=other))
    sitting.act(TakeChair(meeting=meeting, chair=member(0)))
    for each in _newcomers(meeting, 3):
        sitting.act(AdmitMember(member=each), name="admit-member, in a sitting")
        sitting.act(SeatMember(body=BODY, member=each), name="seat-member, in a sitting")
        sitting.act(SuspendMember(member=each, body=BODY))
        sitting.act(ReinstateMember(member=each))
        sitting.act(NameSubstitute(body=BODY, member=each))
        sitting.act(UnseatMember(body=BODY, member=each))
        sitting.act(RecordDeparture(member=each))


def _newcomers(meeting: str, count: int) -> Iterator[str]:
    return (f"p-new-{meeting}-{n}" for n in range(count))


def _change_members(sitting: Sitting, people: int) -> None:
    sitting.look(
        "view of the body", lambda reader: body_view(reader, reader.state.bodies[BODY], SHOWN)
    )
    sitting.look("view of the members", lambda reader: members(reader, SHOWN))
    for n in range(1, 4):
        resigned = TenderResignation(resignation=f"r-{n}", body=BODY)
        sitting.act(resigned, Caller(by=member(people - n)))


def _vote_in_writing(sitting: Sitting) -> None:
    for n in range(MEETINGS):
        motion, division = f"in-writing-{n}", f"by-letter-{n}"
        sitting.act(MoveMotion(motion=motion, kind="main", body=BODY, title="A question"))
        sitting.act(SecondMotion(motion=motion), Caller(by=member(1)))
        sitting.act(OpenCircularVote(division=division, motion=motion))
        vote = CastVote(division=division, choice="for")
        sitting.act(vote, Caller(by=member(2)), name="cast-vote, in writing")
