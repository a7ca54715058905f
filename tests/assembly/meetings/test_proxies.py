"""Proxies: given within the limits of the standing orders, and revoked."""

from typing import Any

import msgspec
import pytest

from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.convening import CallOffMeeting
from quorate.assembly.meetings.proxies import GiveProxy, RevokeProxy
from quorate.assembly.model.motion import Motion
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.membership import SeatMember
from quorate.assembly.roll import has_quorum, quorum_present
from quorate.script.preset import apply_changes, load_preset
from tests.assembly.meetings.test_convening import meeting_in
from tests.cast import (
    CHAIR,
    HOLDER,
    MEMBER,
    OBSERVER,
    OUTSIDER,
    SECRETARY,
    TELLER,
    TELLER2,
    World,
    convened,
)


def under(**proxies: Any) -> World:
    changes = {"proxies": {"allowed": True, "per_holder": 1, "holders": "members"} | proxies}
    return convened(apply_changes(load_preset("small-association"), changes))


def proxy(giver: str = MEMBER, holder: str = HOLDER, **given: Any) -> GiveProxy:
    act = GiveProxy(proxy=f"x-{giver}", giver=giver, holder=holder, body="committee")
    return msgspec.structs.replace(act, **given)


def motion(key: str, body: str = "committee") -> Motion:
    return Motion(
        id=key,
        kind="main",
        mover=CHAIR,
        body=body,
        meeting="meeting-1",
        moved_on=convened().now.date(),
        moved_seq=0,
    )


@pytest.fixture
def world() -> World:
    return under()


def test_no_proxy_is_given_where_the_orders_allow_none() -> None:
    assert convened().refused(proxy(), "proxies-not-allowed", by=MEMBER).clause.clause == "4.3"


def test_giver_gives_it_or_the_secretary_enters_it(world: World) -> None:
    world.refused(proxy(), "not-entitled", by=TELLER)
    world.act(proxy(), by=MEMBER)
    world.refused(proxy(), "exists", by=MEMBER)
    world.act(proxy(TELLER, TELLER2), by=SECRETARY)


def test_giver_and_holder_are_members(world: World) -> None:
    world.refused(proxy(OBSERVER), "not-a-member", by=OBSERVER)
    world.refused(proxy(holder=OUTSIDER), "unknown", by=MEMBER)
    world.refused(proxy(holder=OBSERVER), "holder-not-a-member", by=MEMBER)
    world.refused(proxy(holder=MEMBER), "proxy-to-oneself", by=MEMBER)
    under(holders="anyone").act(proxy(holder=OBSERVER), by=MEMBER)


def test_holder_has_no_more_proxies_than_allowed() -> None:
    for limit in (1, 2, 3):
        world = under(per_holder=limit)
        givers = (MEMBER, TELLER, TELLER2, SECRETARY)
        for giver in givers[:limit]:
            world.act(proxy(giver), by=giver)
        refusal = world.refused(proxy(givers[limit]), "proxy-limit", by=givers[limit])
        assert refusal.facts["held"] == limit


def test_limit_is_counted_for_each_meeting() -> None:
    world = under(per_holder=2)
    world.act(meeting_in(40, meeting="meeting-2"), by=CHAIR)
    world.act(proxy(MEMBER, meeting="meeting-1"), by=MEMBER)
    world.act(proxy(TELLER, meeting="meeting-2"), by=TELLER)
    world.act(proxy(TELLER2), by=TELLER2)
    world.refused(proxy(SECRETARY), "proxy-limit", by=SECRETARY)
    world.refused(proxy(SECRETARY, meeting="meeting-2"), "proxy-limit", by=SECRETARY)
    world.act(RevokeProxy(proxy=f"x-{TELLER}"), by=TELLER)
    world.act(proxy(SECRETARY, meeting="meeting-2"), by=SECRETARY)


@pytest.mark.parametrize("limit", [1, 2])
def test_giver_counts_once_however_many_motions_have_a_proxy_of_their_own(limit: int) -> None:
    world = under(per_holder=limit)
    for key in ("a", "b", "c"):
        world.state.motions[key] = motion(key)
        world.act(proxy(proxy=key, motions=(key,)), by=MEMBER)
    for giver in (TELLER, TELLER2)[: limit - 1]:
        world.act(proxy(giver), by=giver)
    refusal = world.refused(proxy(SECRETARY), "proxy-limit", by=SECRETARY)
    assert refusal.facts["held"] == limit


def test_proxy_for_a_meeting_that_is_over_counts_no_longer(world: World) -> None:
    world.act(meeting_in(40, meeting="meeting-2"), by=CHAIR)
    world.act(proxy(MEMBER, meeting="meeting-2"), by=MEMBER)
    world.refused(proxy(TELLER), "proxy-limit", by=TELLER)
    world.act(CallOffMeeting(meeting="meeting-2"), by=CHAIR)
    world.act(proxy(TELLER), by=TELLER)


def test_nobody_is_represented_twice_for_the_same_vote() -> None:
    world = under(per_holder=5)
    world.act(meeting_in(40, meeting="meeting-2"), by=CHAIR)
    for key in ("a", "b"):
        world.state.motions[key] = motion(key)
    world.act(proxy(proxy="1", meeting="meeting-1", motions=("a",)), by=MEMBER)
    for taken in (
        proxy(proxy="2", holder=TELLER),
        proxy(proxy="2", holder=TELLER, meeting="meeting-1"),
        proxy(proxy="2", holder=TELLER, motions=("b", "a")),
    ):
        world.refused(taken, "already-represented", by=MEMBER)
    world.act(proxy(proxy="2", holder=TELLER, motions=("b",)), by=MEMBER)
    world.refused(
        proxy(proxy="3", holder=TELLER, meeting="meeting-2"), "already-represented", by=MEMBER
    )
    world.act(RevokeProxy(proxy="2"), by=MEMBER)
    world.act(proxy(proxy="3", holder=TELLER, meeting="meeting-2"), by=MEMBER)


def test_proxy_names_meetings_and_motions_of_its_body(world: World) -> None:
    world.act(EstablishBody(body="other", name="Other"))
    world.act(SeatMember(body="other", member=CHAIR))
    world.state.bodies["other"].orders = world.state.bodies["committee"].orders
    world.act(meeting_in(40, meeting="theirs", body="other"))
    world.state.motions["theirs"] = motion("theirs", "other")
    world.refused(proxy(meeting="nowhere"), "unknown", by=MEMBER)
    world.refused(proxy(meeting="theirs"), "matter-of-another-body", by=MEMBER)
    world.refused(proxy(motions=("theirs",)), "matter-of-another-body", by=MEMBER)


def test_instruction_names_its_motions(world: World) -> None:
    world.refused(proxy(instruction="for"), "instruction-unlimited", by=MEMBER)
    world.state.motions["a"] = motion("a")
    world.act(proxy(motions=("a",), instruction="for"), by=MEMBER)
    assert world.state.proxies[f"x-{MEMBER}"].instruction == "for"


def test_proxy_is_revoked_once_by_its_giver_or_the_secretary(world: World) -> None:
    world.act(proxy(), by=MEMBER)
    revoke = RevokeProxy(proxy=f"x-{MEMBER}")
    world.refused(revoke, "not-entitled", by=HOLDER)
    world.act(revoke, by=SECRETARY)
    world.refused(revoke, "proxy-revoked", by=MEMBER)
    world.refused(RevokeProxy(proxy="nowhere"), "unknown", by=MEMBER)


def test_holder_alone_makes_a_quorum_of_two() -> None:
    orders = apply_changes(
        load_preset("small-association"),
        {
            "proxies": {"allowed": True, "per_holder": 1},
            "quorum": {"proxies_count": True, "number": 2, "numerator": 0},
        },
    )
    world = convened(orders)
    world.act(meeting_in(40, meeting="meeting-2"), by=CHAIR)
    world.act(AdmitToMeeting(meeting="meeting-1", attendee=HOLDER), by=SECRETARY)
    world.act(proxy(meeting="meeting-2"), by=MEMBER)
    assert not world.state.meetings["meeting-1"].had_quorum
    world.act(RevokeProxy(proxy=f"x-{MEMBER}"), by=MEMBER)
    world.act(proxy(proxy="here", meeting="meeting-1"), by=MEMBER)
    assert world.state.meetings["meeting-1"].had_quorum


def test_giver_who_comes_counts_once() -> None:
    orders = apply_changes(
        load_preset("small-association"),
        {"proxies": {"allowed": True, "per_holder": 1}, "quorum": {"proxies_count": True}},
    )
    world = convened(orders)
    meeting = world.state.meetings["meeting-1"]
    counts = []

    def count() -> None:
        counts.append(quorum_present(world.state, meeting, world.now.date()))
        assert meeting.had_quorum == has_quorum(world.state, meeting, world.now.date())

    world.act(proxy(), by=MEMBER)
    count()
    for person in (HOLDER, MEMBER):
        world.act(AdmitToMeeting(meeting="meeting-1", attendee=person), by=SECRETARY)
        count()
    for person in (MEMBER, HOLDER):
        world.act(RecordLeaving(meeting="meeting-1", attendee=person), by=SECRETARY)
        count()
    assert counts == [0, 2, 2, 2, 0]
