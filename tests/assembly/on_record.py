"""Motions and decisions that a test needs on the record without a meeting to bring them there."""

from typing import Any, Literal

import msgspec

from quorate.assembly.act import Event, Stamp, take_effect
from quorate.assembly.items import is_open
from quorate.assembly.model.decision import Decision
from quorate.assembly.model.division import Division, Entitled, Vote
from quorate.assembly.model.motion import Motion
from quorate.assembly.model.orders import StandingOrders
from quorate.assembly.motions.decided import DecisionTaken, MotionDecided
from quorate.assembly.motions.pending import open_motion
from quorate.counting.rule import Base, Comparator, Majority
from quorate.script.preset import load_preset
from tests.cast import CHAIR, World

HALF = Majority(Base.FOR_AND_AGAINST, 1, 2, Comparator.MORE_THAN)


def orders_with(**changes: dict[str, Any]) -> StandingOrders:
    """The orders of a small association with some fields of some orders changed: `dissents={"days": 3}`."""
    orders = load_preset("small-association")
    return msgspec.structs.replace(
        orders,
        **{
            name: msgspec.structs.replace(getattr(orders, name), **fields)
            for name, fields in changes.items()
        },
    )


def taken(world: World, key: str, body: str = "committee", **votes: str) -> Decision:
    """A decision of a body, taken now by a roll call with these votes (`p_member="for"`)."""
    by_person = {name.replace("_", "-"): Vote(choice) for name, choice in votes.items()}
    division = Division(
        id=f"{key}.division",
        motion=key,
        body=body,
        meeting="",
        method="roll-call",
        rule=HALF,
        opened_on=world.now.date(),
        opened_seq=0,
        register={person: Entitled(person) for person in by_person},
        votes=by_person,
        status="declared",
    )
    decision = Decision(
        id=key,
        motion=key,
        division=division.id,
        body=body,
        meeting="",
        on=world.now.date(),
        seq=0,
        title="a decision",
        clauses=(),
    )
    world.state.divisions[division.id] = division
    world.state.decisions[key] = decision
    return decision


def moved(world: World, key: str, kind: str = "main", target: str = "", **fields: Any) -> Motion:
    """A motion pending before the committee."""
    motion = Motion(
        id=key,
        kind=kind,
        mover=CHAIR,
        body="committee",
        meeting="",
        moved_on=world.now.date(),
        moved_seq=0,
        target=target,
        status="pending",
    )
    for name, value in fields.items():
        setattr(motion, name, value)
    world.state.motions[key] = motion
    return motion


def decided(
    world: World, key: str, result: Literal["adopted", "rejected", "no-decision"]
) -> list[Event]:
    """What follows from it that a motion is decided, beside the decision itself."""
    stamp = Stamp(at=world.now, by=CHAIR)
    if not is_open(world.state, "motion", key):
        open_motion(world.state, stamp, world.state.motions[key], "the question is put")
    came = take_effect(world.state, MotionDecided(motion=key, result=result), stamp)
    return [event for event in came[1:] if not isinstance(event, DecisionTaken)]
