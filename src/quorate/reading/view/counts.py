"""How many: of whom a page says the number without showing each."""

from datetime import date

from quorate.assembly.model.meeting import Meeting
from quorate.assembly.model.organisation import Body
from quorate.assembly.roll import sits
from quorate.assembly.state import State


def present_now(meeting: Meeting) -> int:
    """How many are at a meeting now. Cost: a look at each who came."""
    return sum(1 for each in meeting.presences.values() if each.left_at is None)


def members_on(state: State, body: Body, on: date) -> int:  # noqa: ARG001  # as a count that is kept will be asked
    """How many hold a seat in a body on a day, with a vote or without. Cost: a look at each seat ever held."""
    return sum(1 for seat in body.seated.values() if sits(seat, on))
