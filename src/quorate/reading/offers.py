"""What somebody can do at a meeting at this moment: the rules are asked of each act that comes into question, none is guessed.

Cost: some twenty acts decided, each in a few microseconds; nothing is carried out.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from quorate.assembly.divisions.figures import CHOICES
from quorate.assembly.divisions.votes import CastVote, ChangeVote
from quorate.assembly.heads import proxies_held
from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.floor import RequestFloor, YieldFloor
from quorate.assembly.meetings.points_of_order import RaisePointOfOrder
from quorate.assembly.model.division import Division
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.motions.motions import MoveMotion, SecondMotion
from quorate.assembly.state import State
from quorate.reading.asking import NEW, Asking, Offer


class Offers(NamedTuple):
    """What somebody can do at a meeting; empty where there is nothing."""

    votes: tuple[Offer, ...]
    """A vote or another vote in each division that is open: one offer for each choice and each voter."""
    come: tuple[Offer, ...]
    second: tuple[Offer, ...]
    speak: tuple[Offer, ...]
    give_back: tuple[Offer, ...]
    """The floor, or the wish for it."""
    point_of_order: tuple[Offer, ...]
    move: tuple[Offer, ...]
    leave: tuple[Offer, ...]


def offers(state: State, person: str, meeting: Meeting, now: datetime) -> Offers:
    """What somebody can do at a meeting at an instant; nothing where the clock is told, as the record is a replay."""
    if state.house().clock == "told":
        return Offers((), (), (), (), (), (), (), ())
    asking = Asking(state, person, now)
    key = meeting.id
    pending = meeting.pending[-1] if meeting.pending else ""
    moved = [
        each.id for each in state.motions.values() if each.meeting == key and each.status == "moved"
    ]
    return Offers(
        votes=vote_offers(state, person, meeting, now),
        come=asking.of(AdmitToMeeting(meeting=key, attendee=person)),
        second=asking.of(*(SecondMotion(motion=each) for each in moved)),
        speak=asking.of(
            *(
                RequestFloor(turn=NEW, meeting=key, side=side, motion=pending)
                for side in (("for", "against") if pending else ("neutral",))
            )
        ),
        give_back=asking.of(
            *(
                YieldFloor(meeting=key, turn=turn.id)
                for turn in meeting.turns.values()
                if turn.person == person and turn.yielded_at is None
            )
        ),
        point_of_order=asking.of(RaisePointOfOrder(point=NEW, meeting=key, text="-")),
        move=asking.of(MoveMotion(motion=NEW, kind="main", meeting=key, title="-")),
        leave=asking.of(RecordLeaving(meeting=key, attendee=person)),
    )


def vote_offers(state: State, person: str, meeting: Meeting, now: datetime) -> tuple[Offer, ...]:
    """The votes among what somebody can do at a meeting; none where the clock is told."""
    if state.house().clock == "told":
        return ()
    asking = Asking(state, person, now)
    return tuple(
        vote
        for each in state.divisions.values()
        if each.meeting == meeting.id and each.status == "open"
        for vote in _votes(state, asking, each, meeting)
    )


def _votes(state: State, asking: Asking, division: Division, meeting: Meeting) -> Iterator[Offer]:
    for voter in _represented(state, asking.person, meeting):
        kind = ChangeVote if voter in division.votes else CastVote
        behalf = "" if voter == asking.person else voter
        for choice in CHOICES:
            yield from asking.of(kind(division=division.id, choice=choice), behalf=behalf)


def _represented(state: State, person: str, meeting: Meeting) -> Iterable[str]:
    """The person and all for whom they may vote, each once."""
    givers = (proxy.giver for proxy in proxies_held(state, person))
    seats = (seat for seat, filling in meeting.filled.items() if filling == person)
    return dict.fromkeys((person, *givers, *seats))
