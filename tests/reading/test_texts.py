"""Texts that the standing orders keep to fewer people than what was done: nobody else reads them in a view."""

import pytest

from quorate.assembly.meetings.reports import GiveReport
from quorate.reading.floor.amendments import amendments
from quorate.reading.reader import Reader, Who
from quorate.reading.view.meetings import meeting_view
from quorate.reading.view.motions import motion_view
from tests.assembly.chamber import chamber, move
from tests.cast import MEMBER, OBSERVER, World

SECRET = "the words that stay in the room"


@pytest.fixture(scope="module")
def world() -> World:
    world = chamber(confidentiality={"acts": "public", "texts": "body"})
    move(world, "m-1", text=SECRET)
    move(world, "m-2", "amend", target="m-1", text=f"{SECRET}, and more")
    report = GiveReport(
        report="r-1",
        source="committee",
        level="good",
        meeting="meeting-1",
        text=SECRET,
    )
    world.act(report, by=MEMBER)
    return world


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("desk", True),
        (MEMBER, True),
        (OBSERVER, False),
        ("public", False),
        (frozenset({"public", "members"}), False),
        (frozenset({"public", "members", "body:committee"}), True),
    ],
)
def test_texts_are_for_those_whom_the_orders_name(world: World, who: Who, reads: bool) -> None:
    reader = Reader(world.state, world.now.date(), who)
    motion, meeting = world.state.motions["m-1"], world.state.meetings["meeting-1"]
    assert reader.sees("committee", "meeting-1")
    for shown in (motion_view(reader, motion), meeting_view(reader, meeting)):
        assert (SECRET in repr(shown)) is reads
    assert ("words that stay" in repr(amendments(reader, motion))) is reads
