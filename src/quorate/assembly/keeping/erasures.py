"""Erasing parts of entries.

An erasure is an entry like any other: it says which parts of which entry are gone and on what ground, never what they
said. The entry itself and its place in the record stay. Regulation (EU) 2016/679, art. 17 (erasure).
"""

from collections.abc import Mapping
from typing import Literal

from quorate.assembly.act import PART_FIELDS, Act, Event, Stamp, decides, evolves
from quorate.assembly.model.organisation import Body
from quorate.assembly.organisation.membership import require_clerk
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.state import State

refusals(
    part_unerasable="part parts",
    nothing_to_erase="seq",
    already_erased="parts seq",
    audience_protected="seq body",
    legal_hold="seq hold",
)

Ground = Literal["personal-data", "court-order", "kept-long-enough", "entered-by-mistake"]
OVERRIDING: tuple[Ground, ...] = ("personal-data", "court-order")
"""Grounds of law, which need no leave of the body whose words they are."""


class ErasePart(Act, frozen=True):
    """Erase parts of an entry."""

    seq: int
    parts: tuple[str, ...]
    ground: Ground
    decision: str = ""
    """The decision that it rests on, where it takes one."""


class PartErased(Event, frozen=True):
    """Parts of an entry are gone, with the salts that opened their commitments."""

    act: ErasePart


@decides(ErasePart)
def erase_part(state: State, act: ErasePart, stamp: Stamp) -> PartErased:
    """The clerk erases parts of an entry that no hold covers, and whose body agrees if they are its own."""
    require_clerk(state, stamp)
    event = erasing(state.erased, state.size, act)
    for hold in state.holds.values():
        if hold.covers(act.seq):
            raise Refused("legal-hold", seq=act.seq, hold=hold.id)
    _require_leave(state, act)
    return event


def erasing(erased: Mapping[int, tuple[str, ...]], size: int, act: ErasePart) -> PartErased:
    """The event that the erasures before it, by entry, and the number of entries make of the act; or raise Refused."""
    if not 0 <= act.seq < size:
        raise Refused("unknown", what="entry", id=act.seq)
    if not act.parts:
        raise Refused("nothing-to-erase", seq=act.seq)
    for part in act.parts:
        if part not in PART_FIELDS:  # without its act, an entry could no longer be folded
            raise Refused("part-unerasable", part=part, parts=PART_FIELDS)
    if set(act.parts) <= set(erased.get(act.seq, ())):
        raise Refused("already-erased", parts=tuple(act.parts), seq=act.seq)
    return PartErased(act=act)


@evolves(PartErased)
def part_erased(state: State, event: PartErased, stamp: Stamp) -> None:
    """The parts are known to be erased; the words leave the state when it is folded anew without them."""
    act = event.act
    state.erased[act.seq] = tuple(sorted({*state.erased.get(act.seq, ()), *act.parts}))


def keeper_of(state: State, seq: int) -> Body | None:
    """The body to whose business an entry belongs, as far as the open and closed items tell.

    An entry that opened or disposed of nothing, such as a speech, is not found. Cost: a look at every item.
    """
    for motion in state.motions.values():
        if motion.moved_seq == seq:
            return state.bodies[motion.body]
    for item in (*state.open_items.values(), *state.disposed_items.values()):
        if seq == item.opened_seq or (item.disposal is not None and seq == item.disposal.seq):
            return state.bodies.get(item.body)
    return None


def _require_leave(state: State, act: ErasePart) -> None:
    """Return if the body whose words they are has decided it, or need not be asked, else raise Refused."""
    body = keeper_of(state, act.seq)
    if act.decision:
        decision = state.decision(act.decision)
        if not decision.rescinded_by and (body is None or decision.body == body.id):
            return
    if body is None or body.orders is None or act.ground in OVERRIDING:
        return
    if body.orders.confidentiality.texts == "body":
        raise Refused(
            "audience-protected",
            seq=act.seq,
            body=body.id,
            clause=body.orders.confidentiality,
        )
