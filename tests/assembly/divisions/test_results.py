"""Results and ties: every division of a small house, every way to break a tie, secret figures, figures anew."""

from itertools import product
from typing import Any

import pytest

from quorate.assembly.divisions.counts import ExplainDifference
from quorate.assembly.divisions.divisions import DemandRecount
from quorate.assembly.divisions.figures import outcome_of
from quorate.assembly.divisions.results import (
    DeclareResult,
    DeclareSecretResult,
    DrawLot,
    GiveCastingVote,
)
from quorate.assembly.divisions.votes import CorrectVote
from quorate.assembly.meetings.sitting import Adjourn
from quorate.assembly.model.division import Count
from quorate.counting.lot import draw_lot
from quorate.reading.words.outcomes import reason_of
from tests.assembly.chamber import (
    HALF,
    call,
    chamber,
    close,
    declare,
    move,
    pending,
    put,
    the,
)
from tests.cast import CHAIR, MEMBER, SECRETARY, VOTERS, World

SEED = "0123456789abcdef0123456789abcdef"
DECLARE = DeclareResult(division="d-m-1")


def closed(votes_for: int, votes_against: int, abstentions: int = 0, **changes: Any) -> World:
    world = chamber(**changes)
    move(world, "m-1")
    put(world, "m-1")
    a, b = votes_for, votes_for + votes_against
    call(world, "d-m-1", VOTERS[:a], VOTERS[a:b], VOTERS[b : b + abstentions])
    close(world, "d-m-1")
    return world


def tied(tie: str, **changes: Any) -> World:
    return closed(3, 3, majorities={"usual": HALF | {"tie": tie}}, **changes)


SMALL = [each for each in product(range(7), repeat=3) if sum(each) <= 6]


@pytest.mark.parametrize(("votes_for", "votes_against", "abstentions"), SMALL)
def test_more_than_half_decides_in_every_small_division(
    votes_for: int, votes_against: int, abstentions: int
) -> None:
    world = closed(votes_for, votes_against, abstentions)
    division = world.state.divisions["d-m-1"]
    events = declare(world, "d-m-1")
    assert division.outcome is not None
    result = "adopted" if votes_for > votes_against else "rejected"
    assert division.outcome.result == result == the(world, "m-1").status
    expected = ["result.declared", "motion.decided"]
    assert world.kinds(events) == expected + ["decision.taken"] * (result == "adopted")
    assert pending(world) == []
    assert "motion:m-1" not in world.state.open_items
    heads = events[0].heads  # type: ignore[attr-defined]
    assert heads.entitled == heads.cast + heads.not_voted == 6
    assert division.outcome == outcome_of(division)


def test_result_says_its_figures_and_its_reason() -> None:
    world = closed(4, 1, 1)
    [event, *_] = declare(world, "d-m-1")
    reason = reason_of(world.state.divisions[event.act.division], event.outcome)  # type: ignore[attr-defined]
    assert reason == (
        "adopted: 4 for and 1 against; more than half of 5 votes for and against needed (3); "
        "quorum met (6, 4 needed); 1 to spare; 1 abstained; 6 of 6 entitled voted"
    )


def test_chair_declares_what_the_rule_gives_and_nothing_else() -> None:
    world = closed(2, 3)
    world.refused(DECLARE, "not-in-chair", by=MEMBER)
    wrong = DeclareResult(division="d-m-1", result="adopted")
    refusal = world.refused(wrong, "rule-unmet", by=CHAIR)
    assert refusal.facts["outcome"].result == "rejected"
    world.act(DeclareResult(division="d-m-1", result="rejected"), by=CHAIR)
    world.refused(DECLARE, "not-open", by=CHAIR)


def test_result_waits_for_the_close_and_outlasts_the_meeting() -> None:
    world = chamber()
    move(world, "m-1")
    put(world, "m-1")
    world.refused(DECLARE, "not-open", by=CHAIR)
    call(world, "d-m-1", VOTERS)
    close(world, "d-m-1")
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    declare(world, "d-m-1")
    assert the(world, "m-1").status == "adopted"


@pytest.mark.parametrize("tie", ["fails", "casting-vote-status-quo"])
def test_tie_falls_by_rule(tie: str) -> None:
    world = tied(tie)
    refusal = world.refused(
        GiveCastingVote(division="d-m-1", choice="against"), "no-tie-to-break", by=CHAIR
    )
    assert refusal.facts["what"] == "casting-vote"
    declare(world, "d-m-1")
    assert the(world, "m-1").status == "rejected"


@pytest.mark.parametrize(("choice", "result"), [("for", "adopted"), ("against", "rejected")])
def test_casting_vote_breaks_a_tie(choice: Any, result: str) -> None:
    world = tied("fails", casting_vote={"kind": "free"})
    assert world.refused(DECLARE, "tie-unbroken", by=CHAIR).facts["needs"] == "casting-vote"
    cast = GiveCastingVote(division="d-m-1", choice=choice)
    world.refused(cast, "not-in-chair", by=MEMBER)
    assert world.kinds(world.act(cast, by=CHAIR)) == ["casting-vote.given"]
    world.refused(cast, "no-tie-to-break", by=CHAIR)
    declare(world, "d-m-1")
    division = world.state.divisions["d-m-1"]
    assert the(world, "m-1").status == result
    assert division.outcome is not None
    assert division.outcome.tie_used == "casting-vote"
    assert division.outcome.base == 6  # the casting vote is not one of the six


def test_lot_breaks_a_tie_and_can_be_drawn_again() -> None:
    world = tied("lot")
    assert world.refused(DECLARE, "tie-unbroken", by=CHAIR).facts["needs"] == "lot"
    world.refused(DrawLot(division="d-m-1", seed="six"), "seed-unclear", by=CHAIR)
    world.refused(DrawLot(division="d-m-1", seed=SEED), "not-in-chair", by=SECRETARY)
    world.refused(GiveCastingVote(division="d-m-1", choice="for"), "no-tie-to-break", by=CHAIR)
    [event] = world.act(DrawLot(division="d-m-1", seed=SEED, source="lottery"), by=CHAIR)
    assert event.side == draw_lot(SEED, "d-m-1", ("for", "against"))  # type: ignore[attr-defined]
    declare(world, "d-m-1")
    result = {"for": "adopted", "against": "rejected"}[event.side]  # type: ignore[attr-defined]
    assert the(world, "m-1").status == result


def test_tie_to_be_voted_on_again_leaves_the_motion_pending() -> None:
    world = tied("revote")
    assert world.kinds(declare(world, "d-m-1")) == ["result.declared"]
    assert the(world, "m-1").status == "pending"
    put(world, "m-1", "d-2")
    call(world, "d-2", VOTERS)
    close(world, "d-2")
    declare(world, "d-2")
    assert the(world, "m-1").status == "adopted"


def test_vote_corrected_after_a_casting_vote_leaves_no_tie_to_break() -> None:
    world = tied("casting-vote")
    world.act(GiveCastingVote(division="d-m-1", choice="for"), by=CHAIR)
    world.act(CorrectVote(division="d-m-1", voter=VOTERS[0], choice="against"), by=SECRETARY)
    declare(world, "d-m-1")
    assert the(world, "m-1").status == "rejected"


def test_tie_of_heads_is_no_tie_when_weight_decides() -> None:
    world = chamber(casting_vote={"kind": "free"})
    world.state.bodies["committee"].seated[MEMBER].weight = 2
    move(world, "m-1")
    put(world, "m-1")
    against = [person for person in VOTERS if person != MEMBER][:3]
    call(world, "d-m-1", [person for person in VOTERS if person not in against], against)
    close(world, "d-m-1")
    declare(world, "d-m-1")
    assert the(world, "m-1").status == "adopted"


def secret(figures: Count, **changes: Any) -> World:
    world = chamber(**changes)
    move(world, "m-1")
    put(world, "m-1", method="secret")
    act = DeclareSecretResult(division="d-m-1", figures=figures, archive="ab" * 32)
    world.refused(act, "not-open", by=CHAIR)
    close(world, "d-m-1")
    world.refused(DECLARE, "figures-to-come", by=CHAIR)
    world.refused(act, "not-in-chair", by=MEMBER)
    world.act(act, by=CHAIR)
    return world


def test_secret_result_is_declared_from_its_figures() -> None:
    world = secret(Count(4, 1, 1))
    division = world.state.divisions["d-m-1"]
    assert (the(world, "m-1").status, division.archive) == ("adopted", "ab" * 32)
    assert division.status == "declared"
    kinds = world.kinds(world.events[-3:])
    assert kinds == ["secret-result.declared", "motion.decided", "decision.taken"]


def test_secret_figures_that_do_not_account_for_everyone_are_open_business() -> None:
    world = secret(Count(4, 3))
    assert world.state.divisions["d-m-1"].unaccounted == -1
    assert "difference:d-m-1" in world.state.open_items
    world.act(ExplainDifference(division="d-m-1", text="A key was used twice."), by=SECRETARY)


def test_secret_tie_waits_for_the_casting_vote() -> None:
    world = secret(Count(3, 3), casting_vote={"kind": "free"})
    division = world.state.divisions["d-m-1"]
    assert division.status == "closed"
    again = DeclareSecretResult(division="d-m-1", figures=Count(4, 2), archive="cd" * 32)
    world.refused(again, "wrong-method", by=CHAIR)
    world.act(GiveCastingVote(division="d-m-1", choice="for"), by=CHAIR)
    declare(world, "d-m-1")
    assert the(world, "m-1").status == "adopted"


def test_secret_result_is_for_secret_divisions_and_true_figures() -> None:
    world = closed(6, 0)
    act = DeclareSecretResult(division="d-m-1", figures=Count(6, 0), archive="ab" * 32)
    world.refused(act, "wrong-method", by=CHAIR)
    world = chamber()
    move(world, "m-1")
    put(world, "m-1", method="secret")
    close(world, "d-m-1")
    below = DeclareSecretResult(division="d-m-1", figures=Count(6, -1), archive="ab" * 32)
    world.refused(below, "figures-unclear", by=CHAIR)


def test_casting_vote_is_not_given_in_a_division_that_is_taken_again() -> None:
    world = tied("casting-vote")
    world.act(DemandRecount(division="d-m-1", again="d-2"), by=MEMBER)
    world.refused(GiveCastingVote(division="d-m-1", choice="for"), "recounted", by=CHAIR)
