"""Acts put to the rules on trial: whether somebody could do something now, and if not, why. Nothing is carried out."""

from datetime import datetime
from typing import NamedTuple

from quorate.assembly.act import Act, Stamp, decide
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.desk.stamping import offset_of

NEW = "new"
"""The id of what an act on trial would open; it is never opened."""


class Offer(NamedTuple):
    """An act that would be in order, and for whom it would be done, if for another."""

    act: Act
    behalf: str = ""


class Asking:
    """What the rules say to acts of one person at one instant. Cost: a few microseconds an act."""

    def __init__(self, state: State, person: str, now: datetime) -> None:
        self._state = state
        at = max(now, state.last_at)
        self.person = person
        self.stamp = Stamp(at=at, offset=offset_of(state, at), by=person)
        """When and by whom they would act."""

    def of(self, *acts: Act, behalf: str = "") -> tuple[Offer, ...]:
        """Those of some acts that would be in order."""
        return tuple(Offer(act, behalf) for act in acts if self.refusal(act, behalf) is None)

    def refusal(self, act: Act, behalf: str = "") -> Refused | None:
        """What the rules would say against an act; None if it is in order."""
        stamp = self.stamp
        if behalf:
            stamp = Stamp(at=stamp.at, offset=stamp.offset, by=stamp.by, behalf=behalf)
        try:
            decide(self._state, act, stamp)
        except Refused as refused:
            return refused
        return None
