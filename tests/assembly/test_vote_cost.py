"""A large division is cheap: votes by the hundred thousand, in memory and in time."""

import time
import tracemalloc

import pytest

from quorate.assembly.act import Stamp, carry_out
from quorate.assembly.divisions.divisions import CloseDivision
from quorate.assembly.divisions.figures import tally_of
from quorate.assembly.divisions.votes import CastVote
from quorate.assembly.model.division import Entitled, Sums
from quorate.assembly.model.meeting import Presence
from tests.assembly.chamber import chamber, move, put
from tests.cast import CHAIR

VOTERS = 100_000


@pytest.mark.slow
def test_hundred_thousand_votes_are_cast_in_seconds_and_share_their_objects() -> None:
    world = chamber()
    move(world, "m-1")
    division = put(world, "m-1", method="electronic")
    people = [f"p-{n:010}" for n in range(VOTERS)]
    presences = world.state.meetings["meeting-1"].presences
    presences.update({person: Presence(person=person, capacity="member") for person in people})
    division.register = {person: Entitled(person) for person in people}
    division.entitled, division.able = Sums(VOTERS, VOTERS), Sums(VOTERS, VOTERS)
    acts = [CastVote(division="d-m-1", choice=choice) for choice in ("for", "against", "abstain")]
    stamps = [Stamp(at=world.now, by=person) for person in people]
    tracemalloc.start()
    for n, stamp in enumerate(stamps[:10_000]):
        carry_out(world.state, acts[n % 3], stamp)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept / 10_000 < 100  # bytes a vote: a place in a dictionary, and nothing of its own
    begun = time.process_time()
    for n, stamp in enumerate(stamps[10_000:]):
        carry_out(world.state, acts[n % 3], stamp)
    each = (time.process_time() - begun) / (VOTERS - 10_000)
    assert each < 30e-6  # ten times what it takes, for a slow machine
    assert len({id(vote) for vote in division.votes.values()}) == 3
    world.act(CloseDivision(division="d-m-1"), by=CHAIR)
    assert tally_of(division).cast == VOTERS
    print(f"{each * 1e6:.2f} µs a vote, {kept / 10_000:.0f} bytes")  # noqa: T201
