"""Credentials: challenged by a member, ruled on by the chair, and open business in between."""

import pytest

from quorate.assembly.heads import is_present
from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.credentials import ChallengeCredentials, RuleOnCredentials
from quorate.assembly.meetings.sitting import Adjourn
from tests.cast import CHAIR, MEMBER, OBSERVER, OUTSIDER, SECRETARY, TELLER, World, sitting

ITEM = f"challenge:meeting-1/{MEMBER}"
CHALLENGE = ChallengeCredentials(meeting="meeting-1", attendee=MEMBER, reason="Unpaid dues")


def ruling(attendee: str = MEMBER, *, sustained: bool) -> RuleOnCredentials:
    return RuleOnCredentials(meeting="meeting-1", attendee=attendee, sustained=sustained)


@pytest.fixture
def world() -> World:
    return sitting()


def disposal(world: World) -> str:
    item = list(world.state.disposed_items.values())[-1]
    assert item.disposal is not None
    return item.disposal.how


def test_only_a_member_who_is_present_challenges(world: World) -> None:
    world.refused(CHALLENGE, "not-present", by=OUTSIDER)
    guest = AdmitToMeeting(meeting="meeting-1", attendee=OBSERVER, capacity="guest")
    world.act(guest, by=SECRETARY)
    world.refused(CHALLENGE, "not-a-member", by=OBSERVER)
    absent = ChallengeCredentials(meeting="meeting-1", attendee=OUTSIDER)
    world.refused(absent, "not-present", by=TELLER)
    world.act(CHALLENGE, by=TELLER)
    world.refused(CHALLENGE, "already-challenged", by=SECRETARY)


def test_challenged_member_counts_until_the_ruling(world: World) -> None:
    world.act(CHALLENGE, by=TELLER)
    assert is_present(world.state.meetings["meeting-1"], MEMBER)
    assert world.state.open_items[ITEM].owner == "body:committee"
    assert world.state.open_items[ITEM].next == "rule-on-credentials"


def test_dismissed_challenge_leaves_everything_as_it_was(world: World) -> None:
    world.act(CHALLENGE, by=TELLER)
    world.act(ruling(sustained=False), by=CHAIR)
    assert is_present(world.state.meetings["meeting-1"], MEMBER)
    assert disposal(world) == "dismissed"
    world.act(CHALLENGE, by=SECRETARY)


def test_rejected_credentials_let_in_only_as_a_guest(world: World) -> None:
    world.act(CHALLENGE, by=TELLER)
    world.act(ruling(sustained=True), by=CHAIR)
    assert not is_present(world.state.meetings["meeting-1"], MEMBER)
    assert disposal(world) == "sustained"
    back = AdmitToMeeting(meeting="meeting-1", attendee=MEMBER)
    world.refused(back, "credentials-rejected", by=SECRETARY)
    guest = AdmitToMeeting(meeting="meeting-1", attendee=MEMBER, capacity="guest")
    world.act(guest, by=SECRETARY)
    assert is_present(world.state.meetings["meeting-1"], MEMBER)
    world.act(RecordLeaving(meeting="meeting-1", attendee=MEMBER), by=MEMBER)
    world.refused(back, "credentials-rejected", by=SECRETARY)


def test_challenge_waits_for_the_ruling_though_the_member_leaves_and_comes_back(
    world: World,
) -> None:
    world.act(CHALLENGE, by=TELLER)
    world.act(RecordLeaving(meeting="meeting-1", attendee=MEMBER), by=MEMBER)
    world.act(AdmitToMeeting(meeting="meeting-1", attendee=MEMBER), by=SECRETARY)
    world.act(ruling(sustained=True), by=CHAIR)
    assert not is_present(world.state.meetings["meeting-1"], MEMBER)


def test_nobody_rules_on_themself_and_members_do_not_rule(world: World) -> None:
    world.refused(ruling(sustained=True), "not-challenged", by=CHAIR)
    world.act(ChallengeCredentials(meeting="meeting-1", attendee=CHAIR), by=TELLER)
    world.refused(ruling(CHAIR, sustained=False), "rules-on-oneself", by=CHAIR)
    world.refused(ruling(CHAIR, sustained=False), "not-entitled", by=TELLER)
    world.act(ruling(CHAIR, sustained=True), by=SECRETARY)
    assert world.state.meetings["meeting-1"].chair == ""


def test_challenge_outlives_the_meeting(world: World) -> None:
    world.act(CHALLENGE, by=TELLER)
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    assert ITEM in world.state.meetings["meeting-1"].left_open
    world.act(ruling(sustained=True), by=CHAIR)
    assert ITEM not in world.state.open_items
