"""Secret divisions under the rules: the election is bound once, the box fits it, and the figures fit the box."""

from copy import deepcopy
from itertools import product

import pytest

from quorate.assembly.divisions.divisions import CloseDivision, DemandRecount, VoidDivision
from quorate.assembly.divisions.results import DeclareSecretResult
from quorate.assembly.divisions.secret import PrepareBallot
from quorate.assembly.meetings.sitting import Adjourn
from quorate.assembly.model.division import Box, Count
from tests.assembly.chamber import chamber, close, move, put, setup_of, the
from tests.cast import CHAIR, CLERK, MEMBER, SECRETARY, World

KEY = "d-m-1"
BOX = Box(counted=5, superseded=2, contents="ef" * 32)


def opened(method: str = "secret") -> World:
    world = chamber()
    move(world, "m-1")
    put(world, "m-1", method=method)
    return world


def prepared() -> World:
    world = opened()
    world.act(prepare(world), by=CHAIR)
    return world


def prepare(world: World, **changes: object) -> PrepareBallot:
    setup = setup_of(world.state.divisions[KEY], **changes)
    return PrepareBallot(division=KEY, setup=setup)


def declared(votes_for: int, against: int, abstain: int, not_voted: int, spoiled: int = 0):
    figures = Count(votes_for, against, abstain, not_voted, spoiled)
    return DeclareSecretResult(division=KEY, figures=figures, archive="ab" * 32)


@pytest.mark.parametrize("by", [CHAIR, SECRETARY, CLERK])
def test_election_is_bound_by_the_chair_or_those_who_keep_the_books(by: str) -> None:
    world = opened()
    world.refused(prepare(world), "not-entitled", by=MEMBER)
    assert world.kinds(world.act(prepare(world), by=by)) == ["ballot.prepared"]
    assert world.state.divisions[KEY].setup == setup_of(world.state.divisions[KEY])


def test_election_is_bound_once_and_while_the_division_is_open() -> None:
    world = prepared()
    world.refused(prepare(world, uuid="AnotherUuid111"), "ballot-prepared", by=CHAIR)
    world.act(VoidDivision(division=KEY), by=CHAIR)
    world.refused(prepare(world), "division-closed", by=CHAIR)
    world = opened("electronic")
    world.refused(prepare(world), "wrong-method", by=CHAIR)


@pytest.mark.parametrize(
    "changes", [{"issued": 5}, {"issued": 7}, {"weight": 7}, {"issued": 7, "weight": 7}]
)
def test_there_is_a_credential_for_each_who_can_vote_and_no_other(changes: dict[str, int]) -> None:
    world = opened()
    refusal = world.refused(prepare(world, **changes), "credentials-differ", by=CHAIR)
    assert (refusal.facts["voters"], refusal.facts["weight"]) == (6, 6)


@pytest.mark.parametrize(
    "changes",
    [
        {"uuid": "short"},
        {"uuid": "TWwH7czxHNwDh0"},
        {"fingerprint": "a" * 44},
        {"trustees": "AA" * 32},
        {"credentials": ""},
        {"credentials": "aa" * 32 + "\n"},
    ],
)
def test_what_is_bound_is_written_as_such_things_are(changes: dict[str, str]) -> None:
    world = opened()
    world.refused(prepare(world, **changes), "setup-unclear", by=CHAIR)


@pytest.mark.parametrize(
    "box",
    [
        None,
        Box(counted=7, superseded=0, contents="ef" * 32),
        Box(counted=-1, superseded=0, contents="ef" * 32),
        Box(counted=1, superseded=-1, contents="ef" * 32),
        Box(counted=0, superseded=1, contents="ef" * 32),
        Box(counted=1, superseded=0, contents="EF" * 32),
    ],
)
def test_box_that_cannot_be_does_not_close_a_division(box: Box | None) -> None:
    world = prepared()
    world.refused(CloseDivision(division=KEY, box=box), "box-unclear", by=CHAIR)


def test_division_without_a_box_is_closed_without_one() -> None:
    world = opened("electronic")
    world.refused(CloseDivision(division=KEY, box=BOX), "box-unclear", by=CHAIR)
    world = opened()
    world.refused(CloseDivision(division=KEY, box=BOX), "box-unclear", by=CHAIR)
    close(world, KEY)


def test_only_figures_that_account_for_every_ballot_and_everybody_entitled_are_declared() -> None:
    counted = prepared()
    counted.act(CloseDivision(division=KEY, box=BOX), by=CHAIR)
    fitting = 0
    for figures in product(range(7), range(7), range(2), range(7)):
        world = deepcopy(counted)
        if sum(figures[:3]) == 5 and figures[3] == 1:
            world.act(declared(*figures), by=CHAIR)
            assert world.state.divisions[KEY].unaccounted == 0
            fitting += 1
        else:
            world.refused(declared(*figures), "ballots-unaccounted", by=CHAIR)
    assert fitting == 6 + 5


def test_no_ballot_is_spoiled_and_the_archive_is_named_by_its_hash() -> None:
    world = prepared()
    world.act(CloseDivision(division=KEY, box=BOX), by=CHAIR)
    world.refused(declared(3, 1, 0, 1, spoiled=1), "ballots-unaccounted", by=CHAIR)
    act = DeclareSecretResult(division=KEY, figures=Count(3, 2, 0, 1), archive="board.bel")
    world.refused(act, "box-unclear", by=CHAIR)


def test_result_says_how_many_ballots_were_tallied() -> None:
    world = prepared()
    world.act(CloseDivision(division=KEY, box=BOX), by=CHAIR)
    event = world.act(declared(3, 2, 0, 1), by=CHAIR)[0]
    assert (event.tallied, event.unaccounted) == (5, 0)  # type: ignore[attr-defined]
    assert the(world, "m-1").status == "adopted"


def test_secret_ballot_outlives_its_meeting_and_is_closed_by_its_chair() -> None:
    world = prepared()
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    act = CloseDivision(division=KEY, box=BOX)
    world.refused(act, "not-in-chair", by=MEMBER)
    world.act(act, by=CHAIR)
    world.act(declared(3, 2, 0, 1), by=CHAIR)
    assert the(world, "m-1").status == "adopted"
    world = opened()  # of which no ballot was prepared
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    world.refused(CloseDivision(division=KEY), "not-open", by=CHAIR)


def test_secret_division_is_not_counted_again_but_from_its_archive() -> None:
    world = prepared()
    world.act(CloseDivision(division=KEY, box=BOX), by=CHAIR)
    world.refused(DemandRecount(division=KEY, again="d-2"), "wrong-method", by=MEMBER)
