"""The id of a meeting in confidence says what people called it: no entry says it where more than its body read it."""

from random import Random

import pytest

from quorate.assembly.act import ACTS, Act
from quorate.assembly.audience import audience_of
from quorate.assembly.calendar.events import AnchorTo, AnnounceEvent, CancelEvent, MoveEvent
from quorate.assembly.keeping.minutes import DraftMinutes
from quorate.assembly.meetings.hosting import AcceptHosting, ChargeHost, EndHosting
from quorate.assembly.meetings.sitting import Adjourn
from quorate.assembly.model.calendar import Point
from quorate.assembly.model.motion import Clause
from quorate.assembly.motions.motions import MotionMoved, MoveMotion
from quorate.canon.moment import Day
from tests.assembly.chamber import carry, move, under
from tests.assembly.house_organisation import House
from tests.assembly.meetings.test_convening import meeting_in
from tests.cast import CHAIR, CLERK, COVER, OBSERVER, World, committee, sitting

OPEN = {"acts": "public", "texts": "public"}
LATER = Day(sitting().now.date().replace(month=6))
DUTY = Clause(
    n=1, modality="must", bearer="body:committee", action="hall/paint", due=Point(on=LATER.on)
)


def met(*, in_confidence: bool) -> World:
    """A meeting of the committee, whose orders are open, from which a duty, minutes and an event come."""
    world = sitting(under(confidentiality=OPEN), in_confidence=in_confidence)
    move(world, "q-1", clauses=(DUTY,))
    carry(world, "q-1")
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    world.act(DraftMinutes(minutes="min-1", meeting="meeting-1"))
    world.act(AnnounceEvent(event="e-1", title="Fair", day=LATER, bodies=("committee",)))
    return world


def after(world: World, *acts: Act, by: str = CLERK) -> str:
    """The audience of what the last of some acts came to."""
    events = [world.act(act, by)[0] for act in acts]
    return audience_of(world.state, events[-1], "act")


def at(event: str) -> Point:
    return Point(event=event)


REFERRING = {
    "an item": (AnchorTo(item="duty:q-1.1", point=at("e-1")),),
    "an item and a point": (AnchorTo(item="minutes:meeting-1", point=at("e-1")),),
    "a point": (
        AnnounceEvent(event="e-2", title="B", anchor=at("meeting-1"), bodies=("committee",)),
    ),
    "an effect": (
        AnchorTo(item="minutes:meeting-1", point=at("e-1")),
        MoveEvent(event="e-1", day=Day(LATER.on.replace(day=9)), confirm=True),
    ),
    "an effect of cancelling": (
        AnchorTo(item="minutes:meeting-1", point=at("e-1")),
        CancelEvent(event="e-1", confirm=True),
    ),
}


@pytest.mark.parametrize("acts", REFERRING.values(), ids=REFERRING)
@pytest.mark.parametrize("in_confidence", [False, True])
def test_what_refers_to_what_comes_from_confidence_is_for_the_body(
    acts: tuple[Act, ...], *, in_confidence: bool
) -> None:
    said = after(met(in_confidence=in_confidence), *acts)
    assert said == ("body:committee" if in_confidence else "public")


def test_what_refers_to_nothing_from_there_is_as_open_as_before() -> None:
    world = met(in_confidence=True)
    assert after(world, MoveEvent(event="e-1", day=Day(LATER.on.replace(day=9)))) == "public"


def test_motion_of_another_body_that_refers_to_it_is_for_the_body_that_met() -> None:
    world = met(in_confidence=True)
    for clause in (
        Clause(n=1, modality="must", action="hall/paint", due=at("meeting-1")),
        Clause(n=1, modality="must", action="hall/paint", supersedes=("q-1/1",)),
    ):
        act = MoveMotion(motion="q-2", kind="main", meeting="meeting-2", clauses=(clause,))
        assert (
            audience_of(world.state, MotionMoved(act=act, body="other", clauses=(clause,)), "act")
            == "body:committee"
        )


HOSTED = ChargeHost(meeting="meeting-1", body="committee", host=OBSERVER)
SECRET = meeting_in(21, in_confidence=True, cover=COVER)


@pytest.mark.parametrize("then", [(), (EndHosting(meeting="meeting-1"),)])
@pytest.mark.parametrize("acts", ["members", "public"])
def test_id_that_others_have_read_is_none_for_a_meeting_in_confidence(
    acts: str, then: tuple[Act, ...]
) -> None:
    world = committee(under(confidentiality={"acts": acts, "texts": "members"}))
    world.act(HOSTED, by=CHAIR)
    for act in then:
        world.act(act, by=OBSERVER)
    world.refused(SECRET, "id-told", by=CHAIR)
    world.act(meeting_in(21), by=CHAIR)


def test_id_that_only_the_body_has_read_may_be_that_of_a_meeting_in_confidence() -> None:
    kept = {"acts": "body", "texts": "body"}
    world = committee(under(confidentiality=kept))
    world.act(HOSTED, by=CHAIR)
    world.act(SECRET, by=CHAIR)
    opened = committee(under(confidentiality=kept))
    opened.act(HOSTED, by=CHAIR)
    opened.state.bodies["committee"].orders = under(confidentiality=OPEN)
    opened.act(AcceptHosting(meeting="meeting-1"), by=OBSERVER)
    opened.refused(SECRET, "id-told", by=CHAIR)


@pytest.mark.parametrize("seed", range(17, 25))
def test_no_entry_of_a_house_says_it(seed: int) -> None:
    """Longer lives than those of the house machine; without the rule, each of these says one in the open."""
    house = live(seed)
    assert any(meeting.in_confidence for meeting in house.state.meetings.values())
    house.record.check_confidence()


def live(seed: int) -> House:
    chance = Random(seed)
    house = House(chance)
    house.gather()
    names = sorted(ACTS.keys() - {"found-organisation"})
    ways = (house.gather, house.carry, house.go_on, house.follow_thread)
    for _ in range(chance.choice((40, 120))):
        house.use(chance.randrange(2**32))
        if chance.random() < 0.45:
            house.try_any(chance.choice(names))
        else:
            chance.choice(ways)()
    return house
