"""What people are shown of divisions, motions and open business, and what each reader is not."""

from datetime import timedelta

import msgspec
import pytest

from quorate.assembly.act import ACTS
from quorate.reading.reader import Reader
from quorate.reading.view.business import dispositions, open_items
from quorate.reading.view.calendar import events
from quorate.reading.view.divisions import division_view, divisions
from quorate.reading.view.meetings import meeting_view
from quorate.reading.view.motions import decision_view, motion_view
from quorate.reading.view.people import body_view, member_view, members
from quorate.reading.view.summary import summary
from tests.cast import CHAIR, MEMBER, OBSERVER, SECRETARY, TELLER, TELLER2, VOTERS, World, committee


def act(world: World, name: str, by: str = CHAIR, **fields: object) -> None:
    """Carry an act out by its written name."""
    world.act(msgspec.convert(fields, ACTS[name]), by)


def sitting(*, in_confidence: bool = False, weight: int = 1, method: str = "roll-call") -> World:
    """The committee in a meeting, with a motion put to a division that is open."""
    world = committee()
    if weight != 1:
        act(world, "unseat-member", body="committee", member=MEMBER)
        world.wait(days=1)
        act(world, "seat-member", body="committee", member=MEMBER, weight=weight)
    starts = world.now.replace(hour=19) + timedelta(days=30)
    act(
        world,
        "convene-meeting",
        meeting="m",
        body="committee",
        title="Meeting",
        in_confidence=in_confidence,
        cover="m-k3xw9qp2tz" if in_confidence else "",
        starts_at=starts.isoformat(),
        day={"on": starts.date().isoformat()},
    )
    world.now = starts
    for person in VOTERS:
        act(world, "admit-to-meeting", meeting="m", attendee=person, capacity="member")
    act(world, "call-to-order", meeting="m")
    title = f"Elect {{{MEMBER}}}"
    act(world, "move-motion", TELLER, motion="mo", kind="main", meeting="m", title=title)
    act(world, "second-motion", TELLER2, motion="mo")
    tellers = [TELLER2, SECRETARY] if method == "counted" else []
    act(world, "open-division", division="d", motion="mo", method=method, tellers=tellers)
    return world


def reader(world: World, who: str = "desk") -> Reader:
    """Somebody's eyes on a world."""
    return Reader(world.state, world.now.date(), who)


def vote(world: World, choice: str, *people: str) -> None:
    """Votes of one choice."""
    for person in people:
        act(world, "cast-vote", person, division="d", choice=choice)


def close(world: World) -> None:
    """The division closed and declared."""
    act(world, "close-division", division="d")
    act(world, "declare-result", division="d")


def test_the_figures_reconcile_and_the_silent_are_named():
    world = sitting()
    vote(world, "for", CHAIR, SECRETARY, TELLER)
    vote(world, "against", TELLER2)
    vote(world, "abstain", MEMBER)
    close(world)
    shown = division_view(reader(world), world.state.divisions["d"])
    counted = shown.votes_for + shown.against + shown.abstain + shown.not_voted_count
    assert counted == shown.entitled == 6
    assert (shown.not_voted.items, shown.unaccounted) == (["P-Holder"], 0)
    assert shown.motion == "Elect P-Member"
    assert shown.outcome == "adopted"
    assert "3 for and 1 against" in shown.reason
    assert [each.vote for each in shown.votes.items] == ["for"] * 3 + ["against", "abstain", None]


def test_an_open_division_has_no_outcome_yet():
    world = sitting()
    (shown,) = divisions(reader(world)).items
    assert (shown.outcome, shown.reason, shown.status) == (None, None, "open")
    assert b'"votes"' not in msgspec.json.encode(shown)


def test_weights_are_shown_where_seats_do_not_weigh_the_same():
    world = sitting(weight=3)
    vote(world, "for", MEMBER)
    shown = division_view(reader(world), world.state.divisions["d"])
    assert (shown.votes_for, shown.entitled) == (1, 6)
    assert (shown.weight.votes_for, shown.weight.entitled) == (3, 8)
    plain = msgspec.to_builtins(shown)
    assert (plain["for"], plain["weight"]["for"]) == (1, 3)


def test_a_counted_division_has_numbers_and_no_names():
    world = sitting(method="counted")
    count = {"votes_for": 3, "votes_against": 1, "abstentions": 1}
    for teller in world.state.divisions["d"].tellers:
        act(world, "enter-count", teller, division="d", count=count)
    act(world, "close-division", division="d")
    shown = division_view(reader(world), world.state.divisions["d"])
    assert (shown.not_voted.total, shown.unaccounted) == (0, 1)
    assert shown.votes is msgspec.UNSET
    assert any(each.kind == "difference" for each in open_items(reader(world)).items)


def test_what_is_done_in_confidence_is_for_those_who_sit_in_the_body():
    world = sitting(in_confidence=True)
    for who, seen in ((MEMBER, 1), (OBSERVER, 0), ("public", 0), ("desk", 1)):
        looking = reader(world, who)
        assert divisions(looking).total == seen, who
        assert len(summary(looking).open_business) == seen, who
        assert sum(each.meeting_id == "m" for each in events(looking).items) == seen, who


def test_nobody_outside_learns_the_names_of_members():
    world = sitting()
    assert members(reader(world, "public")).total == 0
    assert reader(world, "public").person(MEMBER) == MEMBER
    assert reader(world, MEMBER).person(CHAIR) == "P-Chair"
    assert member_view(reader(world, "public"), world.state.people[CHAIR]).handle is None
    assert body_view(reader(world, "public"), world.state.bodies["committee"]).seated.total == 0


def test_somebody_erased_is_called_by_their_id_in_brackets():
    world = sitting()
    world.state.people[MEMBER].known = None
    assert (
        reader(world).words(f"on {{{MEMBER}}} and {{nobody}}")
        == f"on [erased {MEMBER}] and {{nobody}}"
    )


def test_a_meeting_a_motion_and_a_decision_are_shown_whole():
    world = sitting()
    vote(world, "for", *VOTERS[:4])
    assert meeting_view(reader(world), world.state.meetings["m"]).quorum_present == 6
    close(world)
    shown = motion_view(reader(world), world.state.motions["mo"])
    assert (shown.mover, shown.seconder, shown.division_ids) == ("P-Teller", "P-Teller2", ["d"])
    decision = decision_view(reader(world), world.state.decisions[shown.decision_id])
    assert (decision.title, decision.status) == ("Elect P-Member", "in-force")
    gone = dispositions(reader(world)).items
    assert [(each.kind, each.how) for each in gone if each.subject_id == "mo"][-1] == (
        "motion",
        "adopted",
    )


@pytest.mark.parametrize("calendar", ["gregorian", "julian"])
def test_days_are_of_the_organisations_calendar_with_the_iso_date_where_that_is_another(calendar):
    world = sitting()
    world.state.organisation.calendar = calendar
    shown = msgspec.to_builtins(summary(reader(world)))
    (division,) = shown["divisions"]
    if calendar == "gregorian":
        assert "on_iso" not in division
        assert division["on"] == world.now.date().isoformat()
    else:
        assert division["on_iso"] == world.now.date().isoformat()
        assert division["on"] < division["on_iso"]
