"""Acts about the record itself: erasing parts of entries, holds against erasure, keys, and jumps of the clock.

An erasure is an entry like any other: it says which parts of which entry are gone and on what ground, never what they
said. The entry itself and its place in the record stay. Regulation (EU) 2016/679, art. 17 (erasure; 17(3)(e) for holds).
"""

import re
from typing import Literal

from quorate.assembly.act import PART_FIELDS, Act, Event, Stamp, decides, evolves
from quorate.assembly.items import dispose, open_item
from quorate.assembly.meetings.convening import Instant
from quorate.assembly.model.keeping import Hold
from quorate.assembly.model.organisation import Body
from quorate.assembly.organisation.membership import require_clerk
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import existing_body
from quorate.assembly.state import State, found, new

Ground = Literal["personal-data", "court-order", "kept-long-enough", "entered-by-mistake"]
OVERRIDING: tuple[Ground, ...] = ("personal-data", "court-order")
"""Grounds of law, which need no leave of the body whose words they are."""

refusals(
    part_unerasable="{part} is no part that can be erased: it takes one of {parts}",
    nothing_to_erase="name at least one part of entry {seq}",
    already_erased="{parts} of entry {seq} were erased already",
    audience_protected="entry {seq} is for {body} only: erasing it takes its decision, or a ground of law",
    legal_hold="entry {seq} is under the hold {hold}",
    hold_backwards="a hold from entry {first} cannot end at {last}",
    not_held="the hold {hold} was lifted on {on}",
    no_jump="the clock did not jump: {before} and {after} are the same",
    key_unfit="{key} is not a key as a signed note writes it",
    key_not_in_use="{key} is not the key in use, which is {used}",
    key_unchanged="{key} is in use already",
)


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
    require_clerk(state, stamp, "erase parts of the record")
    if not 0 <= act.seq < state.size:
        raise Refused("unknown", what="entry", id=act.seq)
    if not act.parts:
        raise Refused("nothing-to-erase", seq=act.seq)
    for part in act.parts:
        if part not in PART_FIELDS:  # without its act, an entry could no longer be folded
            raise Refused("part-unerasable", part=part, parts=", ".join(PART_FIELDS))
    if set(act.parts) <= set(state.erased.get(act.seq, ())):
        raise Refused("already-erased", parts=", ".join(act.parts), seq=act.seq)
    for hold in state.holds.values():
        if hold.covers(act.seq):
            raise Refused("legal-hold", seq=act.seq, hold=hold.id)
    _require_leave(state, act)
    return PartErased(act=act)


@evolves(PartErased)
def part_erased(state: State, event: PartErased, stamp: Stamp) -> None:
    """The parts are known to be erased; the words leave the state when it is folded anew without them."""
    act = event.act
    state.erased[act.seq] = tuple(sorted({*state.erased.get(act.seq, ()), *act.parts}))


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


@decides(PlaceHold)
def place_hold(state: State, act: PlaceHold, stamp: Stamp) -> HoldPlaced:
    """The clerk places holds."""
    new(state.holds, "hold", act.hold)
    existing_body(state, act.body)
    require_clerk(state, stamp, "place a hold")
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
        title=f"hold {act.hold} on the record",
        body=act.body,
        owner=f"person:{state.house().clerk}",
        next_step="the clerk lifts it when it is no longer needed",
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
    require_clerk(state, stamp, "lift a hold")
    if hold.lifted_on is not None:
        raise Refused("not-held", hold=hold.id, on=hold.lifted_on)
    return HoldLifted(act=act)


@evolves(HoldLifted)
def hold_lifted(state: State, event: HoldLifted, stamp: Stamp) -> None:
    """Erasing is allowed again, as far as this hold goes."""
    state.holds[event.act.hold].lifted_on = stamp.on
    dispose(state, stamp, "hold", event.act.hold, "lifted")


class NoteClockJump(Act, frozen=True):
    """Say that the clock by which entries are dated was set; entered by whatever keeps the record, for the clerk."""

    before: Instant
    after: Instant


class ClockJumpNoted(Event, frozen=True):
    """Entries before this one and after it are dated by clocks that disagree."""

    act: NoteClockJump


@decides(NoteClockJump)
def note_clock_jump(state: State, act: NoteClockJump, stamp: Stamp) -> ClockJumpNoted:
    """Noted in the clerk's name; refused when the clock did not jump."""
    require_clerk(state, stamp, "note a jump of the clock")
    if act.before == act.after:
        raise Refused("no-jump", before=act.before, after=act.after)
    return ClockJumpNoted(act=act)


@evolves(ClockJumpNoted)
def clock_jump_noted(state: State, event: ClockJumpNoted, stamp: Stamp) -> None:
    """Readers are told that the times of this record are not one sequence."""
    state.clock_jumps += 1


class RotateKey(Act, frozen=True):
    """Sign the record with another key from now on."""

    old_key_id: str
    """Eight hex digits, as in the verifier key of a signed note."""
    new_vkey: str
    """The verifier key: `name+id+base64` (C2SP signed-note)."""


class KeyRotated(Event, frozen=True):
    """The record is signed with another key; whoever trusted the old one learns of the new one here."""

    act: RotateKey


@decides(RotateKey)
def rotate_key(state: State, act: RotateKey, stamp: Stamp) -> KeyRotated:
    """The clerk names the next key; refused when the old one is not the one in use."""
    require_clerk(state, stamp, "change the key of the record")
    if not _vkey.fullmatch(act.new_vkey):
        raise Refused("key-unfit", key=act.new_vkey)
    if not _key_id.fullmatch(act.old_key_id):
        raise Refused("key-unfit", key=act.old_key_id)
    if state.keys and state.keys[-1] != act.old_key_id:
        raise Refused("key-not-in-use", key=act.old_key_id, used=state.keys[-1])
    if key_id(act.new_vkey) == act.old_key_id:
        raise Refused("key-unchanged", key=act.old_key_id)
    return KeyRotated(act=act)


@evolves(KeyRotated)
def key_rotated(state: State, event: KeyRotated, stamp: Stamp) -> None:
    """The new key is the one in use; the list keeps those before it."""
    state.keys = [*(state.keys or [event.act.old_key_id]), key_id(event.act.new_vkey)]


_vkey = re.compile(r"[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+={0,2}")
_key_id = re.compile(r"[0-9a-f]{8}")


def key_id(vkey: str) -> str:
    """The id in a verifier key; its name has no `+`, its base64 may."""
    return vkey.split("+", 2)[1]


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
            clause=body.orders.confidentiality.cite(),
        )
