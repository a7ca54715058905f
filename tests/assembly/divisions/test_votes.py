"""Votes by name: who may cast whose, once, and what is taken down."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.assembly.divisions.divisions import CloseDivision
from quorate.assembly.divisions.figures import not_voted, tally_of, unaccounted
from quorate.assembly.divisions.votes import (
    CastVote,
    ChangeVote,
    CorrectVote,
    EnterRollCall,
    RecordObjection,
    StandAside,
    plain_vote,
)
from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.sitting import Recess, Resume
from quorate.assembly.model.division import Vote
from quorate.assembly.model.meeting import Presence, Proxy
from quorate.assembly.organisation.membership import SeatMember
from tests.assembly.chamber import call, chamber, close, declare, move, put, vote
from tests.cast import (
    CHAIR,
    CLERK,
    HOLDER,
    MEMBER,
    OBSERVER,
    OUTSIDER,
    SECRETARY,
    TELLER,
    TELLER2,
    VOTERS,
    World,
)

AYE = CastVote(division="d-m-1", choice="for")
NO = CastVote(division="d-m-1", choice="against")


@pytest.fixture
def world() -> World:
    world = chamber()
    move(world, "m-1")
    put(world, "m-1")
    return world


@pytest.fixture
def represented() -> World:
    """A division in which the member is represented by the holder, and the teller by a substitute."""
    world = chamber(proxies={"allowed": True}, voting={"change_until_close": True})
    move(world, "m-1")
    for person in (MEMBER, TELLER):
        world.act(RecordLeaving(meeting="meeting-1", attendee=person), by=person)
    world.state.proxies["x"] = Proxy("x", MEMBER, HOLDER, "committee")
    sub = Presence(person=OBSERVER, capacity="substitute", seat=TELLER)
    world.state.meetings["meeting-1"].presences[OBSERVER] = sub
    put(world, "m-1")
    return world


def votes(world: World) -> dict[str, Vote]:
    return world.state.divisions["d-m-1"].votes


def test_everyone_entitled_votes_once(world: World) -> None:
    assert world.kinds(world.act(AYE, by=MEMBER)) == ["vote.cast"]
    world.refused(AYE, "already-voted", by=MEMBER)
    world.refused(NO, "already-voted", by=MEMBER)
    assert votes(world) == {MEMBER: Vote("for")}


def test_stranger_does_not_vote(world: World) -> None:
    refusal = world.refused(AYE, "not-entitled-to-vote", by=OUTSIDER)
    assert refusal.facts["why"] == "not-on-register"
    world.refused(CastVote(division="d-9", choice="for"), "unknown", by=MEMBER)


def test_guest_is_told_why_they_have_no_vote() -> None:
    world = chamber()
    move(world, "m-1")
    world.act(AdmitToMeeting(meeting="meeting-1", attendee=OBSERVER, capacity="guest"), by=CHAIR)
    put(world, "m-1")
    refusal = world.refused(AYE, "not-entitled-to-vote", by=OBSERVER)
    assert refusal.facts["why"] == "guest"


def test_nobody_votes_for_a_member_who_votes_in_person(world: World) -> None:
    refusal = world.refused(AYE, "not-entitled-to-vote", by=HOLDER, behalf=MEMBER)
    assert refusal.facts["why"] == "in-person"


def test_late_arrival_and_new_member_find_the_register_frozen(world: World) -> None:
    absent = chamber()
    move(absent, "m-1")
    absent.act(RecordLeaving(meeting="meeting-1", attendee=MEMBER), by=MEMBER)
    put(absent, "m-1")
    refusal = absent.refused(AYE, "not-entitled-to-vote", by=MEMBER)
    assert refusal.facts["why"] == "absent"
    absent.act(AdmitToMeeting(meeting="meeting-1", attendee=MEMBER), by=SECRETARY)
    absent.refused(AYE, "register-frozen", by=MEMBER)
    world.act(SeatMember(body="committee", member=OBSERVER))
    world.act(AdmitToMeeting(meeting="meeting-1", attendee=OBSERVER), by=SECRETARY)
    world.refused(AYE, "register-frozen", by=OBSERVER)


def test_representatives_vote_and_those_represented_do_not(represented: World) -> None:
    world = represented
    assert world.refused(AYE, "represented", by=MEMBER).facts["holder"] == HOLDER
    refusal = world.refused(AYE, "not-entitled-to-vote", by=CHAIR, behalf=MEMBER)
    assert (refusal.facts["why"], refusal.facts["other"]) == ("cast-by", HOLDER)
    world.act(AYE, by=HOLDER, behalf=MEMBER)
    world.act(NO, by=HOLDER)
    world.act(NO, by=OBSERVER, behalf=TELLER)
    world.refused(AYE, "not-entitled-to-vote", by=OBSERVER)
    assert votes(world) == {
        MEMBER: Vote("for", HOLDER),
        HOLDER: Vote("against"),
        TELLER: Vote("against", OBSERVER),
    }
    world.act(AdmitToMeeting(meeting="meeting-1", attendee=MEMBER), by=SECRETARY)
    world.refused(NO, "represented", by=MEMBER)  # there now, but their vote is cast already


def test_representative_changes_the_vote_they_cast(represented: World) -> None:
    world = represented
    world.act(AYE, by=HOLDER, behalf=MEMBER)
    world.act(ChangeVote(division="d-m-1", choice="abstain"), by=HOLDER, behalf=MEMBER)
    assert votes(world) == {MEMBER: Vote("abstain", HOLDER)}


def test_instructed_proxy_votes_as_instructed() -> None:
    world = chamber(proxies={"allowed": True}, voting={"change_until_close": True})
    move(world, "m-1")
    world.act(RecordLeaving(meeting="meeting-1", attendee=MEMBER), by=MEMBER)
    world.state.proxies["x"] = Proxy("x", MEMBER, HOLDER, "committee", instruction="against")
    put(world, "m-1")
    world.refused(AYE, "instructed", by=HOLDER, behalf=MEMBER)
    roll = EnterRollCall(division="d-m-1", votes={MEMBER: "for"})
    world.refused(roll, "instructed", by=SECRETARY)
    world.act(NO, by=HOLDER, behalf=MEMBER)
    change = ChangeVote(division="d-m-1", choice="for")
    world.refused(change, "instructed", by=HOLDER, behalf=MEMBER)


def test_vote_stands_unless_the_orders_let_it_be_changed(world: World) -> None:
    world.act(AYE, by=MEMBER)
    change = ChangeVote(division="d-m-1", choice="against")
    assert world.refused(change, "vote-stands", by=MEMBER).clause.clause == "4.1"


def test_vote_is_changed_until_the_close() -> None:
    world = chamber(voting={"change_until_close": True})
    move(world, "m-1")
    put(world, "m-1")
    change = ChangeVote(division="d-m-1", choice="against")
    world.refused(change, "not-voted-yet", by=MEMBER)
    world.act(AYE, by=MEMBER)
    assert world.kinds(world.act(change, by=MEMBER)) == ["vote.changed"]
    assert votes(world) == {MEMBER: Vote("against")}
    close(world, "d-m-1")
    world.refused(change, "division-closed", by=MEMBER)


def test_no_vote_comes_in_after_the_close(world: World) -> None:
    close(world, "d-m-1")
    world.refused(AYE, "division-closed", by=MEMBER)
    roll = EnterRollCall(division="d-m-1", votes={MEMBER: "for"})
    world.refused(roll, "division-closed", by=SECRETARY)


def test_no_vote_comes_in_during_a_recess_or_without_quorum(world: World) -> None:
    world.act(Recess(meeting="meeting-1"), by=CHAIR)
    world.refused(AYE, "not-open", by=MEMBER)
    world.act(Resume(meeting="meeting-1"), by=CHAIR)
    world.act(AYE, by=MEMBER)
    for person in (TELLER, TELLER2, SECRETARY):
        world.act(RecordLeaving(meeting="meeting-1", attendee=person), by=person)
    assert world.refused(AYE, "no-quorum", by=HOLDER).clause.clause == "2.1"
    world.refused(CloseDivision(division="d-m-1"), "no-quorum", by=CHAIR)
    world.act(AdmitToMeeting(meeting="meeting-1", attendee=SECRETARY), by=SECRETARY)
    world.act(AYE, by=HOLDER)


def test_who_has_left_casts_no_vote_though_the_register_names_them(world: World) -> None:
    world.act(AYE, by=TELLER)
    for person in (MEMBER, TELLER):
        world.act(RecordLeaving(meeting="meeting-1", attendee=person), by=person)
    world.refused(AYE, "not-present", by=MEMBER)
    assert votes(world) == {TELLER: Vote("for")}  # what was cast stands
    world.act(AdmitToMeeting(meeting="meeting-1", attendee=MEMBER), by=SECRETARY)
    world.act(AYE, by=MEMBER)


def test_roll_call_is_entered_whole_or_not_at_all(world: World) -> None:
    good = EnterRollCall(division="d-m-1", votes={MEMBER: "for", HOLDER: "against"})
    world.refused(good, "not-entitled", by=MEMBER)
    stranger = EnterRollCall(division="d-m-1", votes={MEMBER: "for", OUTSIDER: "for"})
    world.refused(stranger, "not-entitled-to-vote", by=SECRETARY)
    world.act(AYE, by=TELLER)
    twice = EnterRollCall(division="d-m-1", votes={MEMBER: "for", TELLER: "for"})
    world.refused(twice, "already-voted", by=SECRETARY)
    assert world.kinds(world.act(good, by=CLERK)) == ["roll-call.entered"]
    assert votes(world)[MEMBER] == Vote("for", "", "desk")
    paper = EnterRollCall(division="d-m-1", votes={CHAIR: "abstain"}, provenance="paper")
    world.act(paper, by=CHAIR)
    assert votes(world)[CHAIR].provenance == "paper"


def test_roll_call_takes_the_vote_of_a_proxy_down_as_cast_by_the_holder(represented: World) -> None:
    world = represented
    world.act(EnterRollCall(division="d-m-1", votes={MEMBER: "for"}), by=SECRETARY)
    assert votes(world) == {MEMBER: Vote("for", HOLDER, "desk")}


def test_vote_entered_by_another_says_that_it_came_through_the_desk(world: World) -> None:
    world.act(AYE, by=MEMBER, entered_by=CLERK)
    assert votes(world) == {MEMBER: Vote("for", "", "desk")}


def test_vote_is_corrected_until_the_result_is_declared(world: World) -> None:
    world.act(AYE, by=MEMBER)
    fix = CorrectVote(division="d-m-1", voter=MEMBER, choice="against", reason="misheard")
    world.refused(fix, "not-entitled", by=MEMBER)
    [event] = world.act(fix, by=SECRETARY)
    assert event.before == "for"  # type: ignore[attr-defined]
    close(world, "d-m-1")
    strike = CorrectVote(division="d-m-1", voter=MEMBER, choice="none")
    world.act(strike, by=SECRETARY)
    assert votes(world) == {}
    [event] = world.act(fix, by=CHAIR)
    assert event.before == "none"  # type: ignore[attr-defined]
    stranger = CorrectVote(division="d-m-1", voter=OUTSIDER, choice="for")
    world.refused(stranger, "not-entitled-to-vote", by=CHAIR)
    declare(world, "d-m-1")
    world.refused(fix, "result-declared", by=SECRETARY)


@pytest.mark.parametrize("method", ["counted", "secret"])
def test_no_name_is_taken_down_where_figures_are(method: str) -> None:
    world = chamber()
    move(world, "m-1")
    put(world, "m-1", method=method, tellers=(TELLER, TELLER2))
    world.refused(AYE, "wrong-method", by=MEMBER)
    fix = CorrectVote(division="d-m-1", voter=MEMBER, choice="for")
    world.refused(fix, "wrong-method", by=SECRETARY)


def test_consent_is_given_by_silence_and_refused_by_objecting() -> None:
    consent = {"rule": "consent", "stand_asides_at_most": 1}
    world = chamber(majorities={"usual": consent})
    move(world, "m-1")
    division = put(world, "m-1")
    world.refused(AYE, "by-consent", by=MEMBER)
    world.refused(RecordObjection(division="d-m-1"), "not-entitled-to-vote", by=OUTSIDER)
    world.act(StandAside(division="d-m-1"), by=HOLDER)
    world.refused(StandAside(division="d-m-1"), "already-voted", by=HOLDER)
    world.refused(RecordObjection(division="d-m-1"), "already-voted", by=HOLDER)
    assert HOLDER not in not_voted(division)
    kinds = world.kinds(world.act(RecordObjection(division="d-m-1"), by=MEMBER))
    assert kinds == ["objection.recorded"]
    close(world, "d-m-1")
    world.refused(RecordObjection(division="d-m-1"), "division-closed", by=CHAIR)
    declare(world, "d-m-1")
    assert division.outcome is not None
    assert division.outcome.result == "rejected"


def test_consent_with_one_aside_is_adopted() -> None:
    world = chamber(majorities={"usual": {"rule": "consent", "stand_asides_at_most": 1}})
    move(world, "m-1")
    division = put(world, "m-1")
    world.act(StandAside(division="d-m-1"), by=HOLDER)
    close(world, "d-m-1")
    declare(world, "d-m-1")
    assert division.outcome is not None
    assert division.outcome.result == "adopted"


def test_objection_has_no_place_in_a_vote(world: World) -> None:
    world.refused(RecordObjection(division="d-m-1"), "takes-votes", by=MEMBER)
    world.refused(StandAside(division="d-m-1"), "takes-votes", by=MEMBER)


def test_votes_in_person_are_the_same_few_objects() -> None:
    assert plain_vote("for") is plain_vote("for")
    assert plain_vote("for", HOLDER) == Vote("for", HOLDER)


@settings(max_examples=60)
@given(
    choices=st.dictionaries(
        st.sampled_from(VOTERS), st.sampled_from(["for", "against", "abstain"])
    ),
    weights=st.lists(st.integers(1, 9), min_size=6, max_size=6),
)
def test_sums_reconcile_in_heads_and_in_weight_whoever_votes_how(
    choices: dict[str, str], weights: list[int]
) -> None:
    world = chamber()
    for person, weight in zip(VOTERS, weights, strict=True):
        world.state.bodies["committee"].seated[person].weight = weight
    move(world, "m-1")
    division = put(world, "m-1", method="electronic")
    for person, choice in choices.items():
        vote(world, "d-m-1", choice, person)
    by_person = dict(zip(VOTERS, weights, strict=True))
    heads, weight = tally_of(division, "heads"), tally_of(division)
    for choice, in_heads, in_weight in (
        ("for", heads.for_, weight.for_),
        ("against", heads.against, weight.against),
        ("abstain", heads.abstain, weight.abstain),
    ):
        voters = [person for person, chosen in choices.items() if chosen == choice]
        assert in_heads == len(voters)
        assert in_weight == sum(by_person[person] for person in voters)
    assert heads.entitled == 6
    assert weight.entitled == sum(weights)
    assert unaccounted(division) == 0
    assert weight.entitled == weight.cast + weight.not_voted
    assert set(not_voted(division)) == set(VOTERS) - choices.keys()


def test_roll_call_names_who_did_not_vote(world: World) -> None:
    call(world, "d-m-1", VOTERS[:5])
    [event] = close(world, "d-m-1")
    assert event.not_voted == (HOLDER,)  # type: ignore[attr-defined]
    assert event.unaccounted == 0  # type: ignore[attr-defined]
