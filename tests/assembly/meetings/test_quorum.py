"""Quorum reached and lost follow by themselves, alternate, and agree with the count."""

from fractions import Fraction
from itertools import count, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.assembly.act import Act
from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.agenda import (
    CloseItem,
    OpenItem,
    PlaceItem,
    ReorderItem,
    TakeByConsent,
)
from quorate.assembly.meetings.credentials import ChallengeCredentials, RuleOnCredentials
from quorate.assembly.meetings.floor import GrantFloor, RequestFloor
from quorate.assembly.meetings.quorum import QuorumLost, QuorumReached
from quorate.assembly.meetings.reports import GiveReport, TakeNote
from quorate.assembly.meetings.sitting import Adjourn, CallToOrder, Recess, Resume
from quorate.assembly.model.orders import Quorum
from quorate.assembly.organisation.membership import (
    AdmitMember,
    ReinstateMember,
    SeatMember,
    SuspendMember,
    UnseatMember,
)
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.assembly.refusal import Refused
from quorate.assembly.roll import has_quorum, quorum_needed, quorum_present
from quorate.script.preset import apply_changes, load_preset
from tests.assembly.meetings.test_convening import meeting_in
from tests.cast import (
    CHAIR,
    MEMBER,
    OBSERVER,
    SECRETARY,
    VOTERS,
    World,
    committee,
    convened,
    founded,
    sitting,
)

MEETING = "meeting-1"


def admit(person: str) -> AdmitToMeeting:
    return AdmitToMeeting(meeting=MEETING, attendee=person)


def leaving(person: str) -> RecordLeaving:
    return RecordLeaving(meeting=MEETING, attendee=person)


def under(**quorum: Any) -> World:
    plain = {"number": 0, "numerator": 0, "denominator": 1, "more_than": False}
    return convened(apply_changes(load_preset("small-association"), {"quorum": plain | quorum}))


def turns(world: World) -> list[type]:
    return [type(each) for each in world.events if isinstance(each, QuorumReached | QuorumLost)]


@pytest.mark.parametrize("more_than", [False, True])
def test_fraction_needs_the_least_number_of_people_that_meets_it(more_than: bool) -> None:
    world = committee()
    body, on = world.state.bodies["committee"], world.now.date()
    for seats, numerator, denominator in product(range(31), range(9), range(1, 31)):
        body.seats = seats
        rule = Quorum(
            clause="2.1",
            words="",
            numerator=numerator,
            denominator=denominator,
            of="seats",
            more_than=more_than,
        )
        share = Fraction(numerator, denominator) * seats
        above = more_than and numerator > 0
        least = next(n for n in count() if n > share or (n == share and not above))
        assert quorum_needed(world.state, body, rule, on) == least


@pytest.mark.parametrize("needed", range(8))
def test_quorum_is_reached_by_the_one_who_makes_it(needed: int) -> None:
    world = under(number=needed)
    assert turns(world) == ([QuorumReached] if needed == 0 else [])
    for n, person in enumerate(VOTERS, start=1):
        events = world.act(admit(person), by=SECRETARY)
        reached = [each for each in events if isinstance(each, QuorumReached)]
        expected = [QuorumReached(meeting=MEETING, present=n, needed=needed)] if n == needed else []
        assert reached == expected


def test_meeting_is_not_called_to_order_without_a_quorum_where_it_is_continuous() -> None:
    world = under(number=2)
    world.act(admit(CHAIR), by=SECRETARY)
    refusal = world.refused(CallToOrder(meeting=MEETING), "no-quorum", by=CHAIR)
    assert (refusal.facts["present"], refusal.facts["needed"]) == (1, 2)
    assert refusal.clause.clause == "2.1"
    world = under(number=2, held="at-vote")
    world.act(admit(CHAIR), by=SECRETARY)
    world.act(CallToOrder(meeting=MEETING), by=CHAIR)


def test_business_stops_when_the_quorum_is_lost_and_goes_on_when_it_is_back() -> None:
    world = sitting()
    came = [world.kinds(world.act(leaving(person), by=SECRETARY)) for person in VOTERS[3:]]
    assert came == [["leaving.recorded"]] * 2 + [["leaving.recorded", "quorum.lost"]]
    business: list[tuple[Act, str]] = [
        (RequestFloor(turn="t", meeting=MEETING), CHAIR),
        (PlaceItem(meeting=MEETING, item="i", title="I"), CHAIR),
        (GiveReport(report="r", meeting=MEETING, source="Okhta", level="bad"), CHAIR),
    ]
    for act, by in business:
        world.refused(act, "no-quorum", by=by)
    world.act(admit(VOTERS[5]), by=SECRETARY)
    assert turns(world)[-1] is QuorumReached
    for act, by in business:
        world.act(act, by=by)
    world.act(leaving(VOTERS[5]), by=SECRETARY)
    for act in (
        GrantFloor(meeting=MEETING, turn="t"),
        ReorderItem(meeting=MEETING, item="i"),
        OpenItem(meeting=MEETING, item="i"),
        CloseItem(meeting=MEETING, item="i"),
        TakeByConsent(meeting=MEETING, motions=("m",)),
        TakeNote(meeting=MEETING, report="r"),
    ):
        world.refused(act, "no-quorum", by=CHAIR)
    world.act(Adjourn(meeting=MEETING), by=CHAIR)


def test_suspension_and_rejected_credentials_lose_the_quorum() -> None:
    world = sitting(apply_changes(load_preset("small-association"), {"quorum": FIVE}))
    world.act(SuspendMember(body="committee", member=VOTERS[5]))
    assert turns(world) == [QuorumReached]
    world.act(ChallengeCredentials(meeting=MEETING, attendee=VOTERS[4]), by=CHAIR)
    world.act(RuleOnCredentials(meeting=MEETING, attendee=VOTERS[4], sustained=True), by=CHAIR)
    world.act(ReinstateMember(member=VOTERS[5]))
    assert turns(world) == [QuorumReached, QuorumLost, QuorumReached]


FIVE = {"number": 5, "numerator": 0, "denominator": 1, "more_than": False}


@pytest.mark.parametrize("paused", [False, True])
def test_term_that_ended_overnight_is_seen_when_the_meeting_opens_or_resumes(paused: bool) -> None:
    world = under(number=6, held="at-vote")
    world.act(UnseatMember(body="committee", member=MEMBER))
    world.act(SeatMember(body="committee", member=MEMBER, until=world.now.date()))
    for person in VOTERS:
        world.act(admit(person), by=SECRETARY)
    if paused:
        world.act(CallToOrder(meeting=MEETING), by=CHAIR)
        world.act(Recess(meeting=MEETING), by=CHAIR)
    assert turns(world) == [QuorumReached]
    world.wait(days=1)
    world.act(Resume(meeting=MEETING) if paused else CallToOrder(meeting=MEETING), by=CHAIR)
    assert turns(world) == [QuorumReached, QuorumLost]


def test_member_whose_term_ended_overnight_counts_no_longer_when_another_comes() -> None:
    world = under(number=6)
    world.act(UnseatMember(body="committee", member=MEMBER))
    world.act(SeatMember(body="committee", member=MEMBER, until=world.now.date()))
    *first, last = VOTERS
    for person in first:
        world.act(admit(person), by=SECRETARY)
    world.wait(days=1)
    world.act(admit(last), by=SECRETARY)
    assert turns(world) == []


def test_quorum_of_seats_counts_members_where_the_body_has_no_number_of_seats() -> None:
    world = committee()
    body, on = world.state.bodies["committee"], world.now.date()
    rule = Quorum(clause="2.1", words="", numerator=1, denominator=2, of="seats")
    assert quorum_needed(world.state, body, rule, on) == 4
    body.seats = None
    assert quorum_needed(world.state, body, rule, on) == 3


def test_quorum_that_needs_nobody_is_lost_once_somebody_is_seated() -> None:
    world = founded()
    half = {"number": 0, "numerator": 1, "denominator": 2, "more_than": False}
    orders = apply_changes(load_preset("small-association"), {"quorum": half})
    world.act(AdoptStandingOrders(body="committee", orders=orders))
    world.act(meeting_in(21))
    assert turns(world) == [QuorumReached]
    world.act(AdmitMember(member=MEMBER))
    world.act(SeatMember(body="committee", member=MEMBER))
    assert turns(world) == [QuorumReached, QuorumLost]


def test_guest_never_makes_a_quorum() -> None:
    world = under(number=1)
    world.act(AdmitToMeeting(meeting=MEETING, attendee=OBSERVER, capacity="guest"), by=SECRETARY)
    assert turns(world) == []


def test_nothing_is_counted_after_the_meeting() -> None:
    world = sitting()
    world.act(Adjourn(meeting=MEETING), by=CHAIR)
    for person in VOTERS[2:]:
        world.act(SuspendMember(body="committee", member=person))
    assert turns(world) == [QuorumReached]


steps = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "admit", "admit", "admit", "guest", "leave", "leave", "suspend", "reinstate",
                "unseat", "seat", "call", "recess", "resume", "challenge", "rule",
            ]
        ),
        st.sampled_from(VOTERS),
    ),
    max_size=40,
)  # fmt: skip


def act_of(what: str, person: str) -> tuple[Act, str]:
    acts: dict[str, tuple[Act, str]] = {
        "admit": (admit(person), SECRETARY),
        "guest": (
            AdmitToMeeting(meeting=MEETING, attendee=person, capacity="guest"),
            SECRETARY,
        ),
        "leave": (leaving(person), SECRETARY),
        "suspend": (SuspendMember(body="committee", member=person), "p-clerk"),
        "reinstate": (ReinstateMember(member=person), "p-clerk"),
        "unseat": (UnseatMember(body="committee", member=person), "p-clerk"),
        "seat": (SeatMember(body="committee", member=person), "p-clerk"),
        "call": (CallToOrder(meeting=MEETING, chair=person), SECRETARY),
        "recess": (Recess(meeting=MEETING), person),
        "resume": (Resume(meeting=MEETING), person),
        "challenge": (ChallengeCredentials(meeting=MEETING, attendee=person), VOTERS[0]),
        "rule": (RuleOnCredentials(meeting=MEETING, attendee=person, sustained=True), "p-clerk"),
    }
    return acts[what]


@settings(max_examples=120)
@given(
    quorum=st.sampled_from(
        [
            {"number": 3},
            {"number": 0},
            {"numerator": 1, "denominator": 2, "more_than": True},
            {"numerator": 2, "denominator": 3, "of": "seats"},
        ]
    ),
    asked=steps,
)
def test_quorum_events_alternate_and_agree_with_the_count(
    quorum: dict[str, Any], asked: list[tuple[str, str]]
) -> None:
    world = under(**quorum)
    for what, person in asked:
        act, by = act_of(what, person)
        try:
            world.act(act, by=by)
        except Refused:
            continue
        meeting, on = world.state.meetings[MEETING], world.now.date()
        body = world.state.bodies["committee"]
        assert body.orders is not None
        has = quorum_present(world.state, meeting, on) >= quorum_needed(
            world.state, body, body.orders.quorum, on
        )
        assert has == has_quorum(world.state, meeting, on)
        # A meeting that nobody has come to is not counted when seats change; the next admission counts it.
        if meeting.presences or meeting.had_quorum:
            assert meeting.had_quorum == has
    came = turns(world)
    assert came == [QuorumReached, QuorumLost] * (len(came) // 2) + [QuorumReached] * (
        len(came) % 2
    )
    assert world.state.meetings[MEETING].had_quorum == (len(came) % 2 == 1)
