"""What must hold whatever is done: watched from before an act to after what follows from it, and of every state.

The numbers are those of the properties that `test_house_machine` lists.
"""

from datetime import date

import msgspec

from quorate.assembly.act import Act, Event, Stamp, act_name
from quorate.assembly.audience import audiences_of, may_read
from quorate.assembly.days import day_of_point
from quorate.assembly.divisions.divisions import DivisionClosed
from quorate.assembly.divisions.figures import outcome_of
from quorate.assembly.divisions.results import ResultDeclared
from quorate.assembly.divisions.votes import CorrectVote, EnterRollCall, VoteCast, VoteChanged
from quorate.assembly.items import is_open
from quorate.assembly.model.decision import Decision
from quorate.assembly.model.division import Division
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.motions.pending import ENDED
from quorate.assembly.motions.precedence import is_applied
from quorate.assembly.state import State
from quorate.counting.tally import Tally
from tests.assembly.full_count import check_kept, filled, seats

BUSINESS = (
    "move-motion", "second-motion", "accept-amendment", "take-up-motion", "open-division", "close-division",
    "demand-recount", "demand-division", "cast-vote", "change-vote", "enter-roll-call", "record-objection",
    "stand-aside", "enter-count", "take-by-consent", "open-item", "close-item", "request-floor", "grant-floor",
    "take-note", "accept-resignation", "decline-resignation", "approve-minutes", "rule-out-of-order",
    "rule-in-order",
)  # fmt: skip
"""The acts by which a meeting does business."""
WIDTH = {"public": 3, "members": 2}
"""How many an audience reaches, more the higher; what is not named here is narrower."""


class Watch:
    """A state before an act, to be compared with what it is after."""

    def __init__(self, state: State, act: Act, stamp: Stamp) -> None:
        self._state = state
        self._act = act
        self._stamp = stamp
        self._size = state.size
        self._open = {key: item.opened_seq for key, item in state.open_items.items()}
        self._disposed = {key: item.disposal for key, item in state.disposed_items.items()}
        self._decisions = {key: _settled(each) for key, each in state.decisions.items()}
        self._registers = {key: dict(each.register) for key, each in state.divisions.items()}
        self._votes = {key: dict(each.votes) for key, each in state.divisions.items()}
        self._standing = {key: person.status for key, person in state.people.items()}
        self._lacked_quorum = _lacks_quorum(state, act, stamp)

    def check(self, events: list[Event]) -> None:
        """What must hold of an act that was carried out."""
        assert self._state.size == self._size + len(events)
        assert not self._lacked_quorum, f"{self._act} was carried out without a quorum"  # 3
        self._check_items()
        self._check_registers()
        self._check_votes(events)
        self._check_decisions()
        self._check_departures()
        check_state(self._state, self._stamp.on)

    def _check_items(self) -> None:
        """2: what has left the list was disposed of by this act, once; what was disposed of stays as it is."""
        state, new = self._state, range(self._size, self._state.size)
        disposed = {key: item.disposal for key, item in state.disposed_items.items()}
        for key, disposal in self._disposed.items():
            assert disposed[key] is disposal, key
        for key, opened_seq in self._open.items():
            item = state.open_items.get(key)
            if item is None or item.opened_seq != opened_seq:
                left = disposed[f"{key}@{opened_seq}"]
                assert left is not None
                assert left.seq in new, key
        for key in disposed.keys() - self._disposed.keys():
            gone = disposed[key]
            assert gone is not None
            assert gone.seq in new, key
            assert self._open.get(state.disposed_items[key].id) in (
                state.disposed_items[key].opened_seq,
                None,
            )
        for key in state.open_items.keys() - self._open.keys():
            assert state.open_items[key].opened_seq in new, key

    def _check_departures(self) -> None:
        """2: what somebody had to do who has now left waits on its body."""
        for person in self._state.people.values():
            if person.status == "left" and self._standing.get(person.id) != "left":
                owned = [
                    key
                    for key, item in self._state.open_items.items()
                    if item.owner == f"person:{person.id}"
                ]
                assert not owned, f"{owned} wait on {person.id}, who has left"

    def _check_registers(self) -> None:
        """1: a register is frozen, and a vote is in a line of it."""
        for key, division in self._state.divisions.items():
            assert division.register == self._registers.get(key, division.register), key
            assert division.votes.keys() <= division.register.keys(), key
            for person, vote in division.votes.items():
                line = division.register[person]
                assert line.why != "absent", person
                assert vote.by == line.by, person

    def _check_votes(self, events: list[Event]) -> None:
        """4: nobody votes twice, and nobody's vote changes unless it is changed or corrected."""
        may_change = isinstance(self._act, CorrectVote) or isinstance(events[0], VoteChanged)
        for key, before in self._votes.items():
            now = self._state.divisions[key].votes
            changed = [each for each in before if now.get(each) != before[each]]
            assert not changed or (may_change and len(changed) == 1), changed
        if isinstance(events[0], VoteCast):
            assert events[0].voter not in self._votes[events[0].act.division]
        if isinstance(self._act, EnterRollCall):
            assert not self._act.votes.keys() & self._votes[self._act.division].keys()
        for event in events:
            if isinstance(event, DivisionClosed | ResultDeclared):
                division = self._state.divisions[event.act.division]
                if division.method != "secret" or division.counts:  # its figures come later
                    check_sums(division, event.heads, event.weight)

    def _check_decisions(self) -> None:
        """9: no decision goes, and what it says stays; only what took its place is added."""
        for key, before in self._decisions.items():
            for was, now in zip(before, _settled(self._state.decisions[key]), strict=True):
                if isinstance(was, dict) and isinstance(now, dict):
                    assert was.items() <= now.items(), key
                else:
                    assert was in (now, ""), key


def check_sums(division: Division, heads: Tally, weight: Tally) -> None:
    """1: those entitled are those who voted, those who did not, and those unaccounted for, in heads and in weight."""
    lines = division.register.values()
    assert heads.entitled == len(lines)
    assert weight.entitled == sum(line.weight for line in lines)
    for tally, missing in ((heads, division.unaccounted), (weight, None)):
        left = tally.entitled - tally.cast - tally.not_voted
        assert left == (division.unaccounted if missing is None else missing), division.id
    if division.method not in ("counted", "secret"):
        assert division.unaccounted == 0


def check_state(state: State, on: date) -> None:
    """What must hold of every state."""
    for meeting in state.meetings.values():
        _check_pending(state, meeting)
    for motion in state.motions.values():
        assert is_open(state, "motion", motion.id) is (motion.status not in ENDED), motion.id
        before = state.meetings.get(motion.meeting)
        if before is not None:
            assert (motion.id in before.pending) is (motion.status in ("pending", "put")), motion.id
    for division in state.divisions.values():
        owed = division.unaccounted != 0 and not division.explained
        assert is_open(state, "difference", division.id) is owed, division.id
        if division.status == "declared" and not (division.casting_vote or division.lot):
            assert division.outcome == outcome_of(division), division.id
    check_kept(state, on)
    for item in state.open_items.values():
        if item.body:
            assert state.bodies[item.body].dissolved_on is None, f"{item.id} is of a dissolved body"


def check_audience(state: State, event: Event, part: str, audience: str, on: date) -> None:
    """7: no part is for more than the orders of the body say, or than those who were there in confidence."""
    if part == "contact":
        assert audience == f"person:{state.house().clerk}"
        return
    said = getattr(event, "act", event)
    meeting = state.meetings.get(str(getattr(said, "meeting", "")))
    if meeting is not None and meeting.in_confidence:
        assert audience == f"body:{meeting.body}"
    key = getattr(said, "body", "") or (meeting.body if meeting else "")
    body = state.bodies.get(key)
    if body is not None and body.orders is not None:
        rule = body.orders.confidentiality
        widest = rule.acts if part == "act" else rule.texts
        assert WIDTH.get(audience, 1) <= WIDTH.get(widest, 1), (event, part, audience)
    if part in ("person", "venue"):
        assert audience != "public"
    assert may_read(state, state.house().clerk, audience, on)
    assert may_read(state, None, audience, on) is (audience == "public")
    for person in state.people:
        assert (audience in audiences_of(state, person, on)) is may_read(
            state, person, audience, on
        )


def days_held(state: State) -> dict[str, object]:
    """6: every day that hangs on an event, as it is now: of events, open items and provisions."""
    days: dict[str, object] = {
        f"event:{e.id}": (e.day, e.at, e.anchor) for e in state.calendar.values()
    }
    for item in state.open_items.values():
        if item.due is not None:
            days[item.id] = day_of_point(state, item.due)
    for register in (state.decisions, state.motions):
        for each in register.values():
            for clause in each.clauses:
                ends = (clause.window.start, clause.window.end) if clause.window else ()
                points = [point for point in (*ends, clause.due) if point is not None]
                days[f"{each.id}/{clause.n}"] = [day_of_point(state, point) for point in points]
    return days


def _settled(decision: Decision) -> tuple[object, ...]:
    values = list(msgspec.structs.astuple(decision))
    return tuple(dict(each) if isinstance(each, dict) else each for each in values)


def _check_pending(state: State, meeting: Meeting) -> None:
    pending = meeting.pending
    assert len(set(pending)) == len(pending)
    for key in pending:
        motion = state.motions[key]
        if is_applied(motion.kind):
            assert motion.target in pending[: pending.index(key)], key
    assert sum(state.motions[key].status == "put" for key in pending) <= 1


def _lacks_quorum(state: State, act: Act, stamp: Stamp) -> bool:
    """3: whether an act is business of a meeting that needs a quorum throughout and has none."""
    if act_name(type(act)) not in BUSINESS:
        return False
    meeting = _meeting_of(state, act)
    body = state.bodies[meeting.body] if meeting is not None else None
    if meeting is None or body is None or body.orders is None:
        return False
    rule = body.orders.quorum
    voting = set(seats(state, body, stamp.on))
    base = body.seats if rule.of == "seats" and body.seats is not None else len(voting)
    whole, rest = divmod(rule.numerator * base, rule.denominator)
    share = whole + (rest > 0 or (rule.more_than and rule.numerator > 0))
    there = len(set(filled(state, meeting, body)) & voting)
    return rule.held == "continuous" and there < max(rule.number, share)


def _meeting_of(state: State, act: Act) -> Meeting | None:
    key = str(getattr(act, "meeting", ""))
    division = state.divisions.get(str(getattr(act, "division", "")))
    motion = state.motions.get(str(getattr(act, "motion", getattr(act, "amendment", ""))))
    if not key and division is not None:
        key = division.meeting
    elif not key and motion is not None:
        key = motion.meeting
    return state.meetings.get(key)
