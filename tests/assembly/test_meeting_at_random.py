"""A meeting in which anybody does anything: whatever is accepted keeps the invariants, and can be folded and decided anew."""

import random
from collections.abc import Callable
from copy import deepcopy

import msgspec
import pytest

from quorate.assembly.act import Act, Event, Stamp, carry_out, decide, evolve, kind_of
from quorate.assembly.divisions.counts import EnterCount, ExplainDifference
from quorate.assembly.divisions.divisions import (
    CloseDivision,
    DemandDivision,
    DemandRecount,
    OpenDivision,
    VoidDivision,
)
from quorate.assembly.divisions.figures import outcome_of, tally_of
from quorate.assembly.divisions.results import DeclareResult, GiveCastingVote
from quorate.assembly.divisions.votes import CastVote, CorrectVote, EnterRollCall
from quorate.assembly.inscription import inscribe, read_inscription
from quorate.assembly.model.division import Count
from quorate.assembly.model.motion import Clause
from quorate.assembly.motions.competing import GroupMotions
from quorate.assembly.motions.motions import (
    AcceptAmendment,
    MoveMotion,
    SecondMotion,
    TakeUpMotion,
    WithdrawMotion,
)
from quorate.assembly.motions.pending import ENDED
from quorate.assembly.motions.precedence import binds, is_applied
from quorate.assembly.motions.rulings import RuleInOrder, RuleOutOfOrder
from quorate.assembly.refusal import Refused
from quorate.assembly.roll import orders_of
from quorate.assembly.state import State
from tests.assembly.chamber import TELLERS, chamber
from tests.cast import CHAIR, VOTERS, World

encode = msgspec.msgpack.Encoder(order="deterministic").encode
Maker = Callable[[random.Random, State, str], Act]


def pick(chance: random.Random, register: dict[str, object]) -> str:
    """One of a register, more often than not the latest."""
    keys = list(register) or ["none"]
    return keys[-1] if chance.random() < 0.7 else chance.choice(keys)


def a_move(chance: random.Random, state: State, new: str) -> Act:
    kinds = list(orders_of(state.bodies["committee"]).precedence.ranks)
    usual = ["amend", "postpone-indefinitely", "table", "reconsider", "take-from-table"]
    if not state.meetings["meeting-1"].pending:
        usual = ["main", "main", "main", "ratify", "rescind", "reconsider", "take-from-table"]
    kind = chance.choice(kinds if chance.random() < 0.3 else usual)
    if kind in ("ratify", "rescind", "amend-adopted"):
        target = pick(chance, state.decisions)
    elif kind in ("reconsider", "take-from-table"):
        target = pick(chance, state.motions)
    else:
        target = pick(chance, state.motions) if chance.random() < 0.1 else ""
    return MoveMotion(
        motion=new,
        kind=kind,
        meeting="meeting-1",
        target=target,
        group=chance.choice(["", "", "", "g-1", "g-2"]),
        clauses=(Clause(n=chance.randint(1, 3), modality="must"),),
    )


def a_division(chance: random.Random, state: State, new: str) -> Act:
    method = chance.choice(["", "", "roll-call", "electronic", "counted"])
    pending = state.meetings["meeting-1"].pending
    motion = pending[-1] if pending and chance.random() < 0.7 else pick(chance, state.motions)
    return OpenDivision(division=new, motion=motion, method=method, tellers=TELLERS)  # type: ignore[arg-type]


def a_roll(chance: random.Random, state: State, new: str) -> Act:
    people = chance.sample(VOTERS, chance.randint(1, 6))
    votes = {
        person: chance.choice(["for", "for", "for", "against", "abstain"]) for person in people
    }
    return EnterRollCall(division=pick(chance, state.divisions), votes=votes)  # type: ignore[arg-type]


def a_count(chance: random.Random, state: State, new: str) -> Act:
    count = Count(4, 2) if chance.random() < 0.8 else Count(3, 2)
    return EnterCount(division=pick(chance, state.divisions), count=count)


def a_close(chance: random.Random, state: State, new: str) -> Act:
    return CloseDivision(division=pick(chance, state.divisions))


def a_result(chance: random.Random, state: State, new: str) -> Act:
    return DeclareResult(division=pick(chance, state.divisions))


def a_casting_vote(chance: random.Random, state: State, new: str) -> Act:
    return GiveCastingVote(division=pick(chance, state.divisions), choice="for")


def a_second(chance: random.Random, state: State, new: str) -> Act:
    return SecondMotion(motion=pick(chance, state.motions))


MAKERS: list[Maker] = [
    a_move,
    a_move,
    a_second,
    a_division,
    a_roll,
    a_count,
    a_close,
    a_result,
    a_casting_vote,
    lambda c, s, n: WithdrawMotion(motion=pick(c, s.motions)),
    lambda c, s, n: AcceptAmendment(amendment=pick(c, s.motions)),
    lambda c, s, n: TakeUpMotion(motion=pick(c, s.motions), meeting="meeting-1"),
    lambda c, s, n: RuleOutOfOrder(motion=pick(c, s.motions), order="4.2"),
    lambda c, s, n: RuleInOrder(motion=pick(c, s.motions)),
    lambda c, s, n: GroupMotions(
        group="g-3", meeting="meeting-1", motions=(pick(c, s.motions), pick(c, s.motions))
    ),
    lambda c, s, n: CastVote(division=pick(c, s.divisions), choice="for"),
    lambda c, s, n: CorrectVote(
        division=pick(c, s.divisions), voter=c.choice(VOTERS), choice="none"
    ),
    lambda c, s, n: VoidDivision(division=pick(c, s.divisions)),
    lambda c, s, n: DemandRecount(division=pick(c, s.divisions), again=n),
    lambda c, s, n: DemandDivision(division=pick(c, s.divisions), again=n, tellers=TELLERS),
    lambda c, s, n: ExplainDifference(division=pick(c, s.divisions)),
]


def likely(state: State) -> list[Maker]:
    """What a meeting would do next."""
    latest = list(state.divisions.values())[-1:]
    if latest and latest[0].status == "open":
        return [a_roll, a_count, a_count, a_close]
    if latest and latest[0].status == "closed":
        return [a_result, a_casting_vote]
    return [a_move, a_second, a_division]


def check(state: State) -> None:
    """The invariants."""
    pending = state.meetings["meeting-1"].pending
    assert len(set(pending)) == len(pending)
    for motion in state.motions.values():
        assert (f"motion:{motion.id}" in state.open_items) is (motion.status not in ENDED)
        assert (motion.id in pending) is (motion.status in ("pending", "put"))
        if motion.id in pending and is_applied(motion.kind):
            assert motion.target in pending[: pending.index(motion.id)]
        if motion.status == "adopted" and binds(orders_of(state.bodies["committee"]), motion.kind):
            assert state.decisions[motion.decision].motion == motion.id
    put = [key for key in pending if state.motions[key].status == "put"]
    assert len(put) <= 1
    for division in state.divisions.values():
        assert division.votes.keys() <= division.register.keys()
        tally = tally_of(division, "heads")
        if division.method != "counted":
            assert tally.entitled == tally.cast + tally.not_voted
        if division.status == "declared" and not division.casting_vote:
            assert division.outcome == outcome_of(division)
        if division.status in ("open", "closed") and not division.recounted_by:
            assert put == [division.motion]
        owed = division.unaccounted != 0 and not division.explained
        assert (f"difference:{division.id}" in state.open_items) is owed


def step(world: World, chance: random.Random, n: int) -> tuple[list[Event], Stamp]:
    """Somebody does something; what came of it, nothing if it was refused."""
    makers = likely(world.state) if chance.random() < 0.75 else MAKERS
    act = chance.choice(makers)(chance, world.state, f"x-{n}")
    by = chance.choice(TELLERS if isinstance(act, EnterCount) else [CHAIR] * 9 + [*VOTERS])
    world.wait(seconds=1)
    stamp = Stamp(at=world.now, by=by)
    before = encode(world.state)
    try:
        return carry_out(world.state, act, stamp), stamp
    except Refused as refusal:
        said = str(refusal)
    assert said
    assert encode(world.state) == before
    return [], stamp


@pytest.mark.parametrize("seed", range(24))
def test_whatever_is_done_the_invariants_hold(seed: int) -> None:
    chance = random.Random(seed)
    world = chamber(
        casting_vote={"kind": "free"},
        seconding={"kinds": None if seed % 2 else []},
        voting={"all_competing": seed % 3 == 0, "competing": ["as-moved", "reverse"][seed % 2]},
    )
    accepted = 0
    for n in range(400):
        events, _ = step(world, chance, n)
        if events:
            accepted += 1
            check(world.state)
    assert accepted > 30


def test_record_of_a_meeting_is_folded_and_decided_anew_from_its_written_entries() -> None:
    chance = random.Random(1917)
    world = chamber(casting_vote={"kind": "free"}, seconding={"kinds": []})
    again = deepcopy(world.state)
    kinds = set()
    for n in range(1000):
        events, stamp = step(world, chance, n)
        for event in events:
            written = inscribe(event, stamp)
            said = read_inscription(kind_of(type(event)), written)
            if hasattr(said.event, "act"):
                assert inscribe(decide(again, said.event.act, said), said) == written
            evolve(again, said.event, said)
            kinds.add(kind_of(type(event)))
    assert again == world.state
    assert kinds >= {"motion.moved", "division.opened", "result.declared", "decision.taken"}
