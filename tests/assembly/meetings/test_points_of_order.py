"""Points of order: raised, ruled on, appealed, decided."""

import pytest

from quorate.assembly.meetings.admission import AdmitToMeeting, RecordLeaving
from quorate.assembly.meetings.points_of_order import (
    AppealDecided,
    AppealRuling,
    DecideAppeal,
    RaisePointOfOrder,
    RuleOnPoint,
    WithdrawAppeal,
)
from quorate.assembly.meetings.sitting import Adjourn, CallToOrder, Recess
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.script.preset import apply_changes, load_preset
from tests.assembly.meetings.test_convening import meeting_in
from tests.cast import CHAIR, MEMBER, OBSERVER, OUTSIDER, SECRETARY, TELLER, VOTERS, World, sitting

MEETING = "meeting-1"
RAISE = RaisePointOfOrder(point="p", meeting=MEETING, text="We have no quorum.")
APPEAL = AppealRuling(meeting=MEETING, point="p", seconder=TELLER)
ITEM = f"appeal:{MEETING}/p"


def ruling(*, well_taken: bool) -> RuleOnPoint:
    return RuleOnPoint(meeting=MEETING, point="p", well_taken=well_taken)


def decide(votes_for: int, votes_against: int, at: str = "") -> DecideAppeal:
    return DecideAppeal(
        meeting=MEETING, point="p", votes_for=votes_for, votes_against=votes_against, at=at
    )


@pytest.fixture
def world() -> World:
    return sitting()


@pytest.fixture
def appealed(world: World) -> World:
    world.act(RAISE, by=MEMBER)
    world.act(ruling(well_taken=False), by=CHAIR)
    world.act(APPEAL, by=MEMBER)
    return world


def test_point_is_raised_and_ruled_on_once(world: World) -> None:
    world.refused(RAISE, "not-present", by=OUTSIDER)
    world.act(RAISE, by=MEMBER)
    world.refused(RAISE, "exists", by=TELLER)
    world.refused(ruling(well_taken=True), "not-in-chair", by=MEMBER)
    world.act(ruling(well_taken=True), by=CHAIR)
    assert world.state.meetings[MEETING].points["p"].ruling == "well-taken"
    world.refused(ruling(well_taken=False), "already-ruled", by=CHAIR)


def test_point_is_about_a_motion_that_exists(world: World) -> None:
    about = RaisePointOfOrder(point="p", meeting=MEETING, about="nowhere")
    world.refused(about, "unknown", by=MEMBER)


def test_guest_raises_no_point_where_guests_do_not_speak() -> None:
    changes = {"attendance": {"guests_speak": False}}
    world = sitting(apply_changes(load_preset("small-association"), changes))
    guest = AdmitToMeeting(meeting=MEETING, attendee=OBSERVER, capacity="guest")
    world.act(guest, by=SECRETARY)
    world.refused(RAISE, "guests-may-not-speak", by=OBSERVER)


def test_point_is_raised_without_a_quorum_and_not_in_recess(world: World) -> None:
    for person in VOTERS[1:4]:
        world.act(RecordLeaving(meeting=MEETING, attendee=person), by=SECRETARY)
    world.act(RAISE, by=MEMBER)
    world.act(ruling(well_taken=True), by=CHAIR)
    world.refused(APPEAL, "no-quorum", by=MEMBER)
    world.act(Recess(meeting=MEETING), by=CHAIR)
    again = RaisePointOfOrder(point="q", meeting=MEETING)
    world.refused(again, "not-open", by=MEMBER)


def test_appeal_needs_a_ruling_a_second_and_members_who_are_there(world: World) -> None:
    world.act(RAISE, by=MEMBER)
    world.refused(APPEAL, "not-ruled", by=MEMBER)
    world.act(ruling(well_taken=False), by=CHAIR)
    for seconder in ("", MEMBER):
        alone = AppealRuling(meeting=MEETING, point="p", seconder=seconder)
        world.refused(alone, "appeal-needs-second", by=MEMBER)
    absent = AppealRuling(meeting=MEETING, point="p", seconder=OBSERVER)
    world.refused(absent, "not-present", by=MEMBER)
    guest = AdmitToMeeting(meeting=MEETING, attendee=OBSERVER, capacity="guest")
    world.act(guest, by=SECRETARY)
    world.refused(absent, "not-a-member", by=MEMBER)
    world.act(APPEAL, by=MEMBER)
    assert ITEM in world.state.open_items
    world.refused(APPEAL, "appealed-from", by=MEMBER)


@pytest.mark.parametrize("votes_for", range(7))
def test_majority_or_tie_sustains_the_chair(votes_for: int) -> None:
    for votes_against in range(7 - votes_for):
        world = sitting()
        world.act(RAISE, by=MEMBER)
        world.act(ruling(well_taken=False), by=CHAIR)
        world.act(APPEAL, by=MEMBER)
        event = world.act(decide(votes_for, votes_against), by=CHAIR)[0]
        assert isinstance(event, AppealDecided)
        assert event.sustained is (votes_for >= votes_against)
        point = world.state.meetings[MEETING].points["p"]
        assert point.ruling == ("not-well-taken" if event.sustained else "well-taken")
        (item,) = world.state.disposed_items.values()
        assert item.disposal is not None
        assert item.disposal.how == ("sustained" if event.sustained else "reversed")


def test_figures_fit_who_is_there(appealed: World) -> None:
    appealed.refused(decide(4, 3), "more-than-present", by=CHAIR)
    appealed.refused(decide(-1, 3), "figure-negative", by=CHAIR)
    appealed.refused(decide(3, 3), "not-in-chair", by=MEMBER)
    appealed.act(decide(3, 3), by=CHAIR)
    appealed.refused(decide(3, 3), "not-appealed-from", by=CHAIR)


def test_appeal_needs_a_quorum_to_be_decided(appealed: World) -> None:
    for person in VOTERS[1:4]:
        appealed.act(RecordLeaving(meeting=MEETING, attendee=person), by=SECRETARY)
    appealed.refused(decide(1, 1), "no-quorum", by=CHAIR)


def test_appeal_is_withdrawn_by_who_made_it(appealed: World) -> None:
    withdraw = WithdrawAppeal(meeting=MEETING, point="p")
    appealed.refused(withdraw, "not-appellant", by=TELLER)
    appealed.act(withdraw, by=MEMBER)
    appealed.refused(withdraw, "not-appealed-from", by=MEMBER)
    assert ITEM not in appealed.state.open_items


def test_appeal_outlives_the_meeting_and_is_decided_at_the_next(appealed: World) -> None:
    appealed.act(Adjourn(meeting=MEETING), by=CHAIR)
    appealed.refused(decide(1, 4), "not-open", by=CHAIR)
    days = (appealed.now - meeting_in(0).starts_at).days + 14
    for meeting, body in (("meeting-2", "committee"), ("theirs", "other")):
        if body == "other":
            appealed.act(EstablishBody(body=body, name="Other"))
            orders = appealed.state.bodies["committee"].orders
            appealed.state.bodies[body].orders = orders
        appealed.act(meeting_in(days, meeting=meeting, body=body))
    appealed.now = appealed.state.meetings["meeting-2"].starts_at
    for person in VOTERS:
        admit = AdmitToMeeting(meeting="meeting-2", attendee=person)
        appealed.act(admit, by=SECRETARY)
    appealed.act(CallToOrder(meeting="meeting-2"), by=CHAIR)
    appealed.refused(decide(1, 4, at="theirs"), "another-body-sits", by=CHAIR)
    appealed.act(decide(1, 4, at="meeting-2"), by=CHAIR)
    assert ITEM not in appealed.state.open_items
