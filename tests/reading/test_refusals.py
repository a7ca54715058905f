"""Refusals in words: by name where a name is known, whole whatever people have written, and never a fault."""

import pytest

from quorate.assembly.calendar.events import AnnounceEvent
from quorate.assembly.meetings.convening import CallOffMeeting
from quorate.assembly.model.organisation import PersonalName
from quorate.assembly.organisation.bodies import DissolveBody, FillOffice
from quorate.assembly.refusal import CODES, Refused
from quorate.canon.moment import Day
from quorate.reading.reader import Reader
from quorate.reading.refusals import in_words
from quorate.reading.view.calendar import events
from quorate.reading.view.motions import motion_view, motions
from quorate.reading.words.items import item_title
from quorate.reading.words.subjects import Names
from tests.assembly.chamber import chamber, move
from tests.cast import CHAIR, CLERK, HOLDER, MEMBER, NOON, World, committee, convened

TODAY = NOON.date()


def said(world: World, refusal: Refused) -> str:
    return in_words(refusal, Reader(world.state, TODAY))


@pytest.mark.parametrize(
    "title", ["T {day:xx}", "On {day:2026-13-45}", "See {motion:m-1}", "{decision:m-1} {event:x}"]
)
def test_title_that_names_itself_or_no_day_is_read_all_the_same(title: str) -> None:
    """One motion of a member once stopped every page on which it stood, for good."""
    world = chamber()
    move(world, "m-1", title=title)
    reader = Reader(world.state, TODAY)
    (line,) = motions(reader).items
    assert motion_view(reader, world.state.motions["m-1"]).title == line.title
    assert line.title.split(" ")[0] == title.split(" ", maxsplit=1)[0] or "m-1" in line.title
    assert item_title(Names.of(reader), "motion:m-1")
    refusal = world.refused(DissolveBody(body="committee"), "has-open-business", by=CLERK)
    assert "{items}" not in said(world, refusal)


def test_titles_that_name_each_other_come_to_an_end() -> None:
    world = committee()
    for event, other in (("a", "b"), ("b", "a")):
        title = f"After {{event:{other}}}"
        world.act(AnnounceEvent(event=event, title=title, day=Day(TODAY)), by=CLERK)
    titles = [view.title for view in events(Reader(world.state, TODAY)).items if view.id in "ab"]
    assert titles == ["After After After b", "After After After a"]


def test_offices_are_called_by_name() -> None:
    world = committee()
    refusal = world.refused(
        FillOffice(office="committee.chair", holder=HOLDER), "office-filled", by=CLERK
    )
    office = world.state.offices["committee.chair"].name
    assert said(world, refusal).startswith(f"{office} of The Committee is held by P-Chair")


def test_members_together_are_said_to_be_and_each_role_once() -> None:
    world = convened()
    refusal = Refused(
        "not-entitled", person=MEMBER, needs=("chair", "members:10", "clerk", "chair")
    )
    assert said(world, refusal).endswith("it takes chair or 10 members together or clerk")


def test_act_is_named_in_its_refusal() -> None:
    world = convened()
    refusal = world.refused(CallOffMeeting(meeting="meeting-1"), "not-entitled", by=MEMBER)
    assert refusal.act == "call-off-meeting"
    assert " may not call the meeting off: it takes " in said(world, refusal)


def test_reference_that_is_none_is_shown_as_it_was_written() -> None:
    refusal = Refused("not-a-reference", ref="bdy:committee")
    assert said(committee(), refusal) == "bdy:committee names no body, office or person"


def test_meeting_among_open_business_is_called_by_its_title() -> None:
    world = convened()
    refusal = world.refused(DissolveBody(body="committee"), "has-open-business", by=CLERK)
    assert f"“{world.state.meetings['meeting-1'].title}”" in said(world, refusal)


@pytest.mark.parametrize("empty", ["", None, ()])
def test_no_sentence_breaks_on_facts_that_are_empty(empty: object) -> None:
    world = committee()
    for code in sorted(set(CODES) - {"rule-unmet", "no-tie-to-break", "would-break"}):
        refusal = Refused(code, **dict.fromkeys(CODES[code], empty))
        assert in_words(refusal)
        assert said(world, refusal)
        assert "None" not in said(world, refusal)


def test_names_with_braces_stay_as_they_are() -> None:
    world = committee()
    world.state.people[CHAIR].known = PersonalName(name="The {person} 100%s")
    refusal = Refused("not-entitled", person=CHAIR, needs=("clerk",))
    assert said(world, refusal).startswith("The {person} 100%s may not")
