"""The committee in session, with short words for what its meetings do all day: move, put, vote, close, declare."""

from collections.abc import Iterable
from typing import Any

import msgspec

from quorate.assembly.act import Event
from quorate.assembly.divisions.box import voters_of
from quorate.assembly.divisions.divisions import CloseDivision, OpenDivision
from quorate.assembly.divisions.results import DeclareResult
from quorate.assembly.divisions.votes import CastVote, EnterRollCall
from quorate.assembly.model.division import Division, Setup
from quorate.assembly.model.motion import Motion
from quorate.assembly.motions.motions import MoveMotion
from quorate.script.preset import apply_changes, load_preset
from tests.cast import CHAIR, MEMBER, SECRETARY, VOTERS, World, sitting

HALF = {
    "rule": "majority",
    "base": "for-and-against",
    "numerator": 1,
    "denominator": 2,
    "comparator": "more-than",
}
TELLERS = ("p-teller", "p-teller2")


def chamber(**changes: dict[str, Any]) -> World:
    """The committee sitting with all six voters; no motion needs a second unless the changes say otherwise."""
    return sitting(under(**changes))


def under(**changes: dict[str, Any]) -> Any:
    """Standing orders of a small association, without seconding, and changed further."""
    return apply_changes(load_preset("small-association"), {"seconding": {"kinds": []}} | changes)


def move(
    world: World, motion: str, kind: str = "main", by: str = MEMBER, **more: Any
) -> list[Event]:
    act = MoveMotion(motion=motion, kind=kind, meeting="meeting-1")
    return world.act(msgspec.structs.replace(act, **more), by=by)


def put(world: World, motion: str, division: str = "", **more: Any) -> Division:
    """Open a division on a motion; its id is `d-` and that of the motion if not given."""
    key = division or f"d-{motion}"
    world.act(OpenDivision(division=key, motion=motion, **more), by=CHAIR)
    return world.state.divisions[key]


def setup_of(division: Division, **changes: Any) -> Setup:
    """An election with a credential for each who can vote in a division."""
    issued, weight = voters_of(division)
    setup = Setup(
        uuid="TWwH7czxHNwDhB",
        fingerprint="//5xxznCMr3RJ5BDdqdiX+BR2hvEgNdmY8O1ikBAwRY",
        trustees="aa" * 32,
        credentials="bb" * 32,
        issued=issued,
        weight=weight,
    )
    return msgspec.structs.replace(setup, **changes)


def vote(world: World, division: str, choice: str, *people: str) -> None:
    for person in people:
        world.act(CastVote(division=division, choice=choice), by=person)  # type: ignore[arg-type]


def call(
    world: World,
    division: str,
    votes_for: Iterable[str] = (),
    votes_against: Iterable[str] = (),
    abstentions: Iterable[str] = (),
) -> None:
    """Enter a roll call at the desk."""
    votes = dict.fromkeys(votes_for, "for") | dict.fromkeys(votes_against, "against")
    votes |= dict.fromkeys(abstentions, "abstain")
    world.act(EnterRollCall(division=division, votes=votes), by=SECRETARY)  # type: ignore[arg-type]


def close(world: World, division: str) -> list[Event]:
    return world.act(CloseDivision(division=division), by=CHAIR)


def declare(world: World, division: str) -> list[Event]:
    return world.act(DeclareResult(division=division), by=CHAIR)


def carry(world: World, motion: str, *, against: bool = False) -> list[Event]:
    """Put a motion, let all vote the same way, close and declare; the events of declaring."""
    division = put(world, motion).id
    call(world, division, *(((), VOTERS) if against else (VOTERS,)))
    close(world, division)
    return declare(world, division)


def the(world: World, motion: str) -> Motion:
    return world.state.motions[motion]


def pending(world: World) -> list[str]:
    return world.state.meetings["meeting-1"].pending
