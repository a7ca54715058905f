"""Admission: who is let in, as what, under what name; and who has left."""

from typing import Any

import pytest

from quorate.assembly.meetings.admission import (
    AdmitToMeeting,
    InviteGuest,
    LiftAlias,
    RecordLeaving,
    RoomOverfilled,
)
from quorate.assembly.meetings.floor import GrantFloor, RequestFloor
from quorate.assembly.meetings.hosting import ChargeHost
from quorate.assembly.meetings.sitting import Adjourn, CallToOrder
from quorate.assembly.organisation.membership import NameSubstitute, SuspendMember
from quorate.assembly.roll import quorum_present
from quorate.script.preset import apply_changes, load_preset
from tests.cast import (
    CHAIR,
    CLERK,
    MEMBER,
    OBSERVER,
    OUTSIDER,
    SECRETARY,
    TELLER,
    VOTERS,
    World,
    convened,
    sitting,
)


def under(**changes: Any) -> World:
    return convened(apply_changes(load_preset("small-association"), changes))


def admit(attendee: str, **given: Any) -> AdmitToMeeting:
    return AdmitToMeeting(meeting="meeting-1", attendee=attendee, **given)


def leaving(attendee: str) -> RecordLeaving:
    return RecordLeaving(meeting="meeting-1", attendee=attendee)


@pytest.fixture
def world() -> World:
    return convened()


def present(world: World) -> set[str]:
    presences = world.state.meetings["meeting-1"].presences
    return {person for person, each in presences.items() if each.left_at is None}


def test_members_come_as_members_and_others_do_not(world: World) -> None:
    world.act(admit(MEMBER), by=SECRETARY)
    world.refused(admit(OBSERVER), "not-a-member", by=SECRETARY)
    world.refused(admit(OUTSIDER), "unknown", by=SECRETARY)
    assert present(world) == {MEMBER}


def test_nobody_is_present_twice(world: World) -> None:
    world.act(admit(MEMBER), by=SECRETARY)
    world.refused(admit(MEMBER), "already-present", by=SECRETARY)
    world.refused(admit(MEMBER, capacity="guest"), "already-present", by=SECRETARY)


def test_member_who_comes_back_is_one_presence(world: World) -> None:
    world.act(admit(MEMBER), by=SECRETARY)
    world.act(leaving(MEMBER), by=MEMBER)
    assert present(world) == set()
    world.refused(leaving(MEMBER), "not-present", by=SECRETARY)
    world.act(admit(MEMBER), by=SECRETARY)
    assert list(world.state.meetings["meeting-1"].presences) == [MEMBER]


def test_suspended_member_is_not_admitted_as_a_member(world: World) -> None:
    world.act(SuspendMember(body="committee", member=MEMBER))
    world.refused(admit(MEMBER), "not-a-member", by=SECRETARY)


def test_door_is_kept_by_chair_secretary_clerk_and_host(world: World) -> None:
    world.act(ChargeHost(meeting="meeting-1", body="committee", host=OBSERVER), by=CHAIR)
    for person, by in zip(VOTERS, (CHAIR, SECRETARY, CLERK, OBSERVER), strict=False):
        world.act(admit(person), by=by)
    world.refused(admit(VOTERS[4]), "not-entitled", by=VOTERS[5])
    world.refused(leaving(VOTERS[0]), "not-entitled", by=VOTERS[1 + 4])


def test_members_may_sign_in_themselves_unless_the_meeting_is_in_confidence() -> None:
    world = convened()
    world.act(admit(MEMBER), by=MEMBER)
    world = convened(in_confidence=True)
    world.refused(admit(MEMBER), "not-entitled", by=MEMBER)


def test_guests_come_to_an_open_meeting_where_the_orders_let_them() -> None:
    world = under(attendance={"guests": True})
    world.act(admit(OBSERVER, capacity="guest"), by=SECRETARY)
    world = under(attendance={"guests": False})
    assert (
        world.refused(admit(OBSERVER, capacity="guest"), "not-invited", by=CHAIR).clause.clause
        == "2.2"
    )


def test_guests_come_to_a_meeting_in_confidence_only_when_invited() -> None:
    world = convened(in_confidence=True)
    guest = admit(OBSERVER, capacity="guest")
    world.refused(guest, "not-invited", by=CHAIR)
    invite = InviteGuest(meeting="meeting-1", guest=OBSERVER)
    world.refused(invite, "not-entitled", by=MEMBER)
    world.refused(InviteGuest(meeting="meeting-1", guest=OUTSIDER), "unknown", by=CHAIR)
    world.act(invite, by=CHAIR)
    world.refused(invite, "already-invited", by=CHAIR)
    world.act(guest, by=CHAIR)
    assert present(world) == {OBSERVER}


def test_substitute_fills_the_seat_of_an_absent_member(world: World) -> None:
    world.act(NameSubstitute(body="committee", member=MEMBER, substitute=OBSERVER))
    substitute = admit(OBSERVER, capacity="substitute", seat=MEMBER)
    wrong = admit(OBSERVER, capacity="substitute", seat=TELLER)
    world.refused(wrong, "not-the-substitute", by=SECRETARY)
    world.act(substitute, by=SECRETARY)
    meeting = world.state.meetings["meeting-1"]
    assert quorum_present(world.state, meeting, world.now.date()) == 1
    refusal = world.refused(admit(MEMBER), "seat-filled", by=SECRETARY)
    assert refusal.facts["person"] == OBSERVER
    world.act(leaving(OBSERVER), by=SECRETARY)
    world.act(admit(MEMBER), by=SECRETARY)
    world.refused(substitute, "seat-filled", by=SECRETARY)
    assert quorum_present(world.state, meeting, world.now.date()) == 1


def test_member_who_has_a_vote_fills_no_other_seat(world: World) -> None:
    world.state.bodies["committee"].seated[MEMBER].substitute = TELLER
    substitute = admit(TELLER, capacity="substitute", seat=MEMBER)
    world.refused(substitute, "has-own-seat", by=SECRETARY)
    world.state.bodies["committee"].seated[TELLER].weight = 0
    world.act(substitute, by=SECRETARY)


def test_no_substitute_comes_where_the_orders_take_none() -> None:
    world = under(substitutes={"allowed": False})
    substitute = admit(OBSERVER, capacity="substitute", seat=MEMBER)
    world.refused(substitute, "substitutes-not-allowed", by=SECRETARY)


def test_alias_is_admitted_where_allowed_and_lifted_inside() -> None:
    convened().refused(admit(MEMBER, alias="Ivanov"), "alias-not-allowed", by=CHAIR)
    world = under(attendance={"aliases": True})
    world.act(admit(MEMBER, alias="Ivanov"), by=CHAIR)
    world.refused(admit(TELLER, alias="Ivanov"), "alias-taken", by=CHAIR)
    world.act(admit(CHAIR), by=CHAIR)
    lift = LiftAlias(meeting="meeting-1", attendee=MEMBER)
    world.refused(lift, "not-entitled", by=TELLER)
    world.act(lift, by=MEMBER)
    assert world.state.meetings["meeting-1"].presences[MEMBER].alias == ""
    world.refused(lift, "no-alias", by=MEMBER)
    world.refused(LiftAlias(meeting="meeting-1", attendee=OUTSIDER), "no-alias", by=CHAIR)


def test_chair_may_lift_an_alias() -> None:
    world = under(attendance={"aliases": True})
    for person in VOTERS:
        world.act(admit(person, alias=f"alias of {person}"), by=SECRETARY)
    world.refused(LiftAlias(meeting="meeting-1", attendee=MEMBER), "not-entitled", by=CHAIR)
    world.act(CallToOrder(meeting="meeting-1"), by=CHAIR)
    world.act(LiftAlias(meeting="meeting-1", attendee=MEMBER), by=CHAIR)


def test_room_overfilled_is_recorded_and_not_refused() -> None:
    world = convened(capacity=2)
    for n, person in enumerate(VOTERS, start=1):
        events = world.act(admit(person), by=SECRETARY)
        overfilled = [each for each in events if isinstance(each, RoomOverfilled)]
        expected = [RoomOverfilled(meeting="meeting-1", present=n, capacity=2)] if n > 2 else []
        assert overfilled == expected
    assert world.state.meetings["meeting-1"].overfilled_by == len(VOTERS) - 2


def test_who_leaves_leaves_the_floor_and_the_chair() -> None:
    world = sitting()
    world.act(RequestFloor(turn="t", meeting="meeting-1"), by=CHAIR)
    world.act(GrantFloor(meeting="meeting-1", turn="t"), by=CHAIR)
    world.act(leaving(CHAIR), by=CHAIR)
    meeting = world.state.meetings["meeting-1"]
    assert (meeting.speaking, meeting.chair) == ("", "")
    assert meeting.turns["t"].yielded_at == world.now


def test_nobody_comes_or_goes_after_the_meeting() -> None:
    world = sitting()
    world.act(leaving(TELLER), by=SECRETARY)
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    world.refused(admit(TELLER), "not-open", by=SECRETARY)
    world.refused(leaving(MEMBER), "not-open", by=SECRETARY)
    world.refused(InviteGuest(meeting="meeting-1", guest=OBSERVER), "not-open", by=CHAIR)
