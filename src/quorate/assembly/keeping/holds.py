"""Holds: entries from which nothing may be erased until the hold is lifted.

Regulation (EU) 2016/679, art. 17(3)(e).
"""

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.items import dispose, open_item
from quorate.assembly.model.keeping import Hold
from quorate.assembly.organisation.membership import require_clerk
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import existing_body
from quorate.assembly.state import State, found, new

refusals(
    hold_backwards="first last",
    not_held="hold on",
)


class PlaceHold(Act, frozen=True):
    """Forbid that anything be erased from some entries until the hold is lifted."""

    hold: str
    body: str
    """The body that answers for it."""
    first: int = 0
    last: int | None = None
    """The last entry, inclusive; not given: also all that are still to come."""
    reason: str | None = None


class HoldPlaced(Event, frozen=True):
    """Nothing can be erased from some entries; the hold is open business until it is lifted."""

    act: PlaceHold


@decides(PlaceHold, opens="hold")
def place_hold(state: State, act: PlaceHold, stamp: Stamp) -> HoldPlaced:
    """The clerk places holds."""
    new(state.holds, "hold", act.hold)
    existing_body(state, act.body)
    require_clerk(state, stamp)
    if act.first < 0 or (act.last is not None and act.last < act.first):
        raise Refused("hold-backwards", first=act.first, last=act.last)
    return HoldPlaced(act=act)


@evolves(HoldPlaced)
def hold_placed(state: State, event: HoldPlaced, stamp: Stamp) -> None:
    """The hold stands and is open business."""
    act = event.act
    state.holds[act.hold] = Hold(
        id=act.hold,
        body=act.body,
        first=act.first,
        last=act.last,
        placed_on=stamp.on,
        reason=act.reason,
    )
    open_item(
        state,
        stamp,
        "hold",
        act.hold,
        body=act.body,
        owner=f"person:{state.house().clerk}",
        next_step="lift-hold",
    )


class LiftHold(Act, frozen=True):
    """End a hold."""

    hold: str


class HoldLifted(Event, frozen=True):
    """A hold has ended."""

    act: LiftHold


@decides(LiftHold)
def lift_hold(state: State, act: LiftHold, stamp: Stamp) -> HoldLifted:
    """The clerk lifts a hold that stands."""
    hold = found(state.holds, "hold", act.hold)
    require_clerk(state, stamp)
    if hold.lifted_on is not None:
        raise Refused("not-held", hold=hold.id, on=hold.lifted_on)
    return HoldLifted(act=act)


@evolves(HoldLifted)
def hold_lifted(state: State, event: HoldLifted, stamp: Stamp) -> None:
    """Erasing is allowed again, as far as this hold goes."""
    state.holds[event.act.hold].lifted_on = stamp.on
    dispose(state, stamp, "hold", event.act.hold, "lifted")
