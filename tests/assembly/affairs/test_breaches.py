"""Publications that touch a confidential decision."""

import pytest

from quorate.assembly.affairs.breaches import AnswerBreach, LinkToDecision
from quorate.assembly.affairs.charges import BringCharge
from quorate.assembly.affairs.publications import RecordPublication
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.canon.moment import Day
from tests.assembly.on_record import orders_with, taken
from tests.cast import CHAIR, MEMBER, OBSERVER, SECRETARY, World, committee

LINK = LinkToDecision(publication="x-1", decision="m-1")
ITEM = "breach:x-1/m-1"


def published(*, confidential: bool) -> World:
    """A decision of the committee, and a publication of the same day."""
    world = committee()
    taken(world, "m-1", p_chair="for").confidential = confidential
    act = RecordPublication(publication="x-1", where="a paper", on=Day(world.now.date()))
    world.act(act, by=MEMBER)
    return world


@pytest.fixture
def world() -> World:
    world = published(confidential=True)
    world.act(LINK, by=CHAIR)
    return world


def disposal(world: World, item: str) -> str:
    (ended,) = [each for each in world.state.disposed_items.values() if each.id == item]
    assert ended.disposal is not None
    return ended.disposal.how


def test_linking_to_a_confidential_decision_raises_the_question_of_a_breach() -> None:
    world = published(confidential=True)
    assert world.kinds(world.act(LINK, by=MEMBER)) == [
        "publication.linked",
        "breach-question.raised",
    ]
    item = world.state.open_items[ITEM]
    assert (item.owner, item.body) == ("body:committee", "committee")


def test_linking_to_an_open_decision_raises_nothing() -> None:
    world = published(confidential=False)
    assert world.kinds(world.act(LINK, by=MEMBER)) == ["publication.linked"]
    assert world.state.publications["x-1"].decisions == ("m-1",)
    assert not world.state.open_items


def test_what_appeared_before_the_decision_cannot_have_given_it_away() -> None:
    world = published(confidential=True)
    world.wait(days=1)
    taken(world, "m-2", p_chair="for").confidential = True
    act = LinkToDecision(publication="x-1", decision="m-2")
    assert world.kinds(world.act(act, by=CHAIR)) == ["publication.linked"]


def test_only_those_of_the_body_link_to_its_decision() -> None:
    world = published(confidential=True)
    world.refused(LINK, "not-entitled", by=OBSERVER)
    world.refused(LinkToDecision(publication="x-9", decision="m-1"), "unknown", by=CHAIR)
    world.refused(LinkToDecision(publication="x-1", decision="m-9"), "unknown", by=CHAIR)
    world.act(LINK, by=MEMBER)
    world.refused(LINK, "already-linked", by=CHAIR)


def test_body_answers_once_whether_its_confidence_was_broken(world: World) -> None:
    answer = AnswerBreach(publication="x-1", decision="m-1", how="no-breach")
    world.refused(answer, "not-entitled", by=MEMBER)
    assert world.kinds(world.act(answer, by=SECRETARY)) == ["breach.answered"]
    assert (list(world.state.open_items), disposal(world, ITEM)) == ([], "no-breach")
    world.refused(answer, "answered-already", by=SECRETARY)


def test_only_a_question_that_was_raised_is_answered() -> None:
    world = published(confidential=False)
    answer = AnswerBreach(publication="x-1", decision="m-1", how="no-breach")
    world.refused(answer, "no-breach-question", by=CHAIR)
    world.act(LINK, by=CHAIR)
    world.refused(answer, "no-breach-question", by=CHAIR)


def test_answer_rests_on_a_decision_of_the_body_itself(world: World) -> None:
    world.act(EstablishBody(body="other", name="Another body"))
    taken(world, "m-2")
    taken(world, "m-3", body="other")
    answer = AnswerBreach(publication="x-1", decision="m-1", how="breach-noted", rests_on="m-3")
    world.refused(answer, "of-another-body", by=CHAIR)
    world.act(
        AnswerBreach(publication="x-1", decision="m-1", how="breach-noted", rests_on="m-2"),
        by=CHAIR,
    )


def test_charge_that_answers_is_named(world: World) -> None:
    def answer(how: str, charge: str) -> AnswerBreach:
        return AnswerBreach(publication="x-1", decision="m-1", how=how, charge=charge)  # type: ignore[arg-type]

    grounds = ("breach of confidence",)
    world.act(EstablishBody(body="other", name="Another body"))
    world.act(AdoptStandingOrders(body="other", orders=orders_with()))
    for body in ("committee", "other"):
        act = BringCharge(charge=f"c-{body}", accused=MEMBER, body=body, grounds=grounds)
        world.act(act, by=CHAIR)
    assert ITEM in world.state.open_items  # neither charge names the publication
    world.refused(answer("charge-brought", ""), "charge-unnamed", by=CHAIR)
    world.refused(answer("no-breach", "c-committee"), "charge-unnamed", by=CHAIR)
    world.refused(answer("charge-brought", "c-9"), "unknown", by=CHAIR)
    world.refused(answer("charge-brought", "c-other"), "of-another-body", by=CHAIR)
    world.act(answer("charge-brought", "c-committee"), by=CHAIR)
    assert disposal(world, ITEM) == "charge-brought"


def test_charge_on_the_publication_answers_the_question_by_itself(world: World) -> None:
    charge = BringCharge(
        charge="c-1", accused=MEMBER, body="committee", grounds=("breach",), publication="x-1"
    )
    world.act(charge, by=CHAIR)
    assert list(world.state.open_items) == ["charge:c-1"]
    assert disposal(world, ITEM) == "charge-brought"
    assert world.state.publications["x-1"].breaches == {"m-1": "charge-brought"}
