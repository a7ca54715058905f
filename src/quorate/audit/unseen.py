"""For whom a part can be whose act is not here, or stands behind a gap: what its kind, its meeting and the state tell.

Nothing here is a rule of its own; `assembly.audience` says for whom a part is, and this is what is left of that where the
act, or the state, is not known:

- What names nothing that is a body's is for every member, whatever happened; a `contact` is for the clerk, who never changes.
- What is said at a meeting, by an act that names nothing but its meeting, is for one audience until standing orders change.
  That was worked out before the gap, or is seen from any other such part.
  If a meeting may have been in confidence, this leaves out what can refer to something else, that may come from there.
- Of all else the state before it tells which audiences it can have; behind a gap, nothing does.
"""

from functools import cache
from typing import NamedTuple

from quorate.assembly.act import EVENTS, Event, kind_of
from quorate.assembly.audience import audience_at, audience_of_body, ways_of
from quorate.assembly.divisions.divisions import DivisionOpened
from quorate.assembly.inscription import ACT_PART
from quorate.assembly.meetings.convening import MeetingConvened
from quorate.assembly.motions.motions import MotionMoved
from quorate.assembly.organisation.standing_orders import (
    StandingOrderAmended,
    StandingOrdersAdopted,
)
from quorate.assembly.references import refers
from quorate.assembly.state import State
from quorate.audit.bundle import Leaf
from quorate.audit.check import Check
from quorate.canon.fault import Unverified

Place = tuple[str, int, str]
"""A meeting, how often standing orders had changed since the gap, and the sort of part."""


class Due(NamedTuple):
    """For whom a part can be."""

    possible: frozenset[str] | None = None
    """Every audience that it can have; None if nothing tells."""
    place: Place | None = None
    """All parts of this place have one audience, which may be seen later."""
    orders: int | None = None
    """If it may be for a body that it made confidential: how often standing orders had changed then, itself included."""


_MEMBERS = frozenset({"members"})
_SPOKEN_AT = ("meeting", "division", "motion", "amendment")
_ALL_OF_ITS_MEETING = (MeetingConvened, DivisionOpened, MotionMoved)
"""Events that name several things, which are all of the one meeting and of its body."""
_ORDERS = frozenset(map(kind_of, (StandingOrdersAdopted, StandingOrderAmended)))
_CONVENED = kind_of(MeetingConvened)
_UNSETTLING = _ORDERS | {_CONVENED}
"""Kinds of events that can make confidential what was not, and so their own entry."""


class Unseen:
    """What is known of audiences from a gap on."""

    def __init__(self, state: State) -> None:
        """Begin with the state before the gap, which is not changed any more."""
        self._state = state
        self._changes = 0
        self._seen: dict[Place, str] = {}
        self._sits = {each.cover or each.id: each.body for each in state.meetings.values()}
        """By meeting, as everybody reads it: the body that sits there."""
        self._confides = bool(state.covers)
        """Whether a meeting may have been in confidence."""

    def due(self, leaf: Leaf, name: str, *, first: bool) -> Due:
        """For whom a part of an entry can be; `first` if the state is that before this very entry."""
        event = EVENTS[leaf.kind]
        certain = self._certain(event, name)
        if certain is not None:
            return Due(certain)
        possible = _possible(self._state, leaf.kind, name) if first else None
        orders = self._changes if leaf.kind in _ORDERS else None
        return Due(possible, self._place(event, leaf.sitting, name), orders)

    def audiences(self, due: Due) -> frozenset[str] | None:
        """The audiences that a part can have, after all that was seen up to now; None if nothing tells."""
        if due.place is None:
            return due.possible and due.possible - self._open(due.orders)
        found = self._seen.get(due.place) or self._at(due.place)
        return frozenset({found}) if found else due.possible

    def _open(self, changes: int | None) -> set[str]:
        """The audiences of bodies that cannot have become confidential by a change of orders, by what is shown after it."""
        return {
            f"body:{self._sits[sitting]}"
            for (sitting, then, sort), audience in self._seen.items()
            if then == changes and sort == ACT_PART and sitting in self._sits
            if not audience.startswith("body:")
        }

    def step(self, seq: int, leaf: Leaf, event: Event | None) -> int:
        """Check the audiences of an entry behind the gap; the number of those that nothing before it tells.

        `event` is what the entry says, if its act is here.

        Raises:
            Unverified: no rule gives a part this audience, whatever is missing.
        """
        self._changes += leaf.kind in _ORDERS
        self._confides |= leaf.kind == _CONVENED and event is None
        if isinstance(event, MeetingConvened):
            self._confides |= event.act.in_confidence
            self._sits[event.act.cover or event.act.meeting] = event.act.body
        kind, untold = EVENTS[leaf.kind], 0
        for name, audience in leaf.audiences.items():
            place = self._place(kind, leaf.sitting, name)
            due = self._certain(kind, name) or self.audiences(Due(None, place))
            if due is None:
                untold += 1
                _check_shape(seq, name, audience)
            elif audience not in due:
                reason = f"part {name} is for {audience}, not for {min(due)}"
                raise Unverified(Check.PARTS.value, reason, seq)
            if place is not None:
                self._seen[place] = audience
        return untold

    def _certain(self, event: type[Event], name: str) -> frozenset[str] | None:
        if name == "contact":
            house = self._state.organisation
            return None if house is None else frozenset({f"person:{house.clerk}"})
        return None if ways_of(event) or refers(event) else _MEMBERS

    def _place(self, event: type[Event], sitting: str, name: str) -> Place | None:
        if name == "contact" or not sitting or not _is_of_its_meeting(event):
            return None
        if self._confides and refers(event):
            return None  # it may refer to what comes from there
        return sitting, self._changes, _sort(name)

    def _at(self, place: Place) -> str:
        sitting, changes, name = place
        meeting = self._state.covers.get(sitting, sitting)
        known = not changes and meeting in self._state.meetings
        return audience_at(self._state, meeting, name) if known else ""


@cache
def _is_of_its_meeting(event: type[Event]) -> bool:
    """Whether an event with a meeting is the business of this meeting's body and of nobody else."""
    ways = ways_of(event)
    return event in _ALL_OF_ITS_MEETING or (len(ways) == 1 and ways <= {*_SPOKEN_AT})


def _sort(name: str) -> str:
    """A name of a part that stands for all that have the same audience in one event."""
    if name == ACT_PART:
        return name
    return "person" if name in ("person", "venue") else "text"


def _possible(state: State, kind: str, name: str) -> frozenset[str]:
    """Every audience that a part of a kind can have, asked of the state before it."""
    by_orders = {audience_of_body(body, name) for body in state.bodies.values()}
    in_confidence = {f"body:{each.body}" for each in state.meetings.values() if each.in_confidence}
    own = {f"body:{key}" for key in state.bodies} if kind in _UNSETTLING else set()
    return _MEMBERS | by_orders | in_confidence | own


def _check_shape(seq: int, name: str, audience: str) -> None:
    fits = audience.startswith("person:") if name == "contact" else audience.startswith("body:")
    if name != "contact":
        fits = fits or audience == "members" or (audience == "public" and _sort(name) != "person")
    if not fits:
        reason = f"no rule gives part {name} to {audience}"
        raise Unverified(Check.PARTS.value, reason, seq)
