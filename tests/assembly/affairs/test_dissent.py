"""Dissent from a decision."""

from datetime import timedelta

import msgspec
import pytest

from quorate.assembly.affairs.dissent import JoinDissent, RecordDissent, WithdrawDissent
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.membership import UnseatMember
from tests.assembly.on_record import orders_with, taken
from tests.cast import CHAIR, CLERK, HOLDER, MEMBER, OBSERVER, SECRETARY, TELLER, World, committee


def dissent(*signatories: str, key: str = "d-1", text: str | None = None) -> RecordDissent:
    return RecordDissent(dissent=key, decision="m-1", signatories=signatories, text=text)


def at_odds(**order: object) -> World:
    """The committee has decided m-1 against the member and the holder, the teller not voting."""
    world = committee(orders_with(dissents=order))
    taken(
        world,
        "m-1",
        p_chair="for",
        p_secretary="for",
        p_member="against",
        p_holder="abstain",
    )
    return world


@pytest.fixture
def world() -> World:
    return at_odds()


def test_dissent_is_recorded_with_its_text_and_touches_no_decision(world: World) -> None:
    before = msgspec.json.encode(world.state.decisions)
    assert world.kinds(world.act(dissent(MEMBER, text="No."), by=MEMBER)) == ["dissent.recorded"]
    kept = world.state.dissents["d-1"]
    assert (kept.signatories, kept.text, kept.published) == ((MEMBER,), "No.", False)
    assert msgspec.json.encode(world.state.decisions) == before
    assert not world.state.open_items
    world.refused(dissent(MEMBER), "exists", by=MEMBER)


def test_who_voted_for_it_may_not_dissent(world: World) -> None:
    world.refused(dissent(CHAIR), "voted-for", by=CHAIR)
    world.act(dissent(MEMBER), by=MEMBER)
    world.refused(JoinDissent(dissent="d-1"), "voted-for", by=SECRETARY)


def test_who_abstained_or_did_not_vote_may_dissent(world: World) -> None:
    world.act(dissent(HOLDER), by=HOLDER)
    world.act(JoinDissent(dissent="d-1"), by=TELLER)
    assert world.state.dissents["d-1"].signatories == (HOLDER, TELLER)


def test_dissent_needs_a_seat_when_the_body_decided(world: World) -> None:
    world.refused(dissent(OBSERVER), "not-in-the-decision", by=OBSERVER)
    world.act(UnseatMember(body="committee", member=MEMBER))
    world.act(UnseatMember(body="committee", member=TELLER))
    world.act(dissent(MEMBER), by=MEMBER)  # on the register of the division
    world.refused(JoinDissent(dissent="d-1"), "not-in-the-decision", by=TELLER)


def test_nobody_signs_for_others_but_who_keeps_the_books(world: World) -> None:
    world.refused(dissent(MEMBER, HOLDER), "signs-for-others", by=MEMBER)
    world.refused(dissent(), "no-signatory", by=MEMBER)
    world.refused(dissent(MEMBER, MEMBER), "signatory-twice", by=MEMBER)
    world.refused(dissent("p-nobody"), "unknown", by=CLERK)
    world.act(dissent(MEMBER, HOLDER), by=SECRETARY)


def test_one_joins_once_and_leaves_once(world: World) -> None:
    world.refused(JoinDissent(dissent="d-1"), "unknown", by=MEMBER)
    world.act(dissent(MEMBER), by=MEMBER)
    world.refused(JoinDissent(dissent="d-1"), "already-signed", by=MEMBER)
    world.refused(WithdrawDissent(dissent="d-1"), "not-signatory", by=HOLDER)
    world.act(WithdrawDissent(dissent="d-1"), by=MEMBER)
    world.refused(WithdrawDissent(dissent="d-1"), "not-signatory", by=MEMBER)
    world.refused(JoinDissent(dissent="d-1"), "not-open", by=HOLDER)


def test_orders_may_allow_no_dissent() -> None:
    refusal = at_odds(allowed=False).refused(dissent(MEMBER), "dissent-not-allowed", by=MEMBER)
    assert refusal.clause.clause == "6.2"


def test_last_day_for_dissent_is_counted_from_the_decision() -> None:
    world = at_odds(days=3)
    world.wait(days=3)
    world.act(dissent(MEMBER), by=MEMBER)
    world.wait(days=1)
    world.refused(dissent(HOLDER, key="d-2"), "time-limit", by=HOLDER)
    refusal = world.refused(JoinDissent(dissent="d-1"), "time-limit", by=HOLDER)
    assert refusal.facts["until"] == world.now.date() - timedelta(days=1)


def test_without_a_time_limit_dissent_is_never_too_late() -> None:
    world = at_odds(days=None)
    world.wait(days=4000)
    world.act(dissent(MEMBER), by=MEMBER)


def test_dissent_awaits_printing_where_the_orders_say() -> None:
    world = at_odds(organ="editors")
    world.act(EstablishBody(body="editors", name="The Editors"))
    world.act(dissent(MEMBER), by=MEMBER)
    world.act(JoinDissent(dissent="d-1"), by=HOLDER)
    item = world.state.open_items["dissent:d-1"]
    assert item.owner == "body:editors"
    assert item.next == "print-dissent"
    world.act(WithdrawDissent(dissent="d-1"), by=MEMBER)
    assert item.disposal is None
    world.act(WithdrawDissent(dissent="d-1"), by=HOLDER)
    assert not world.state.open_items
    assert item.disposal is not None
    assert item.disposal.how == "withdrawn"


def test_dissent_waits_on_the_body_itself_when_the_organ_is_none_of_ours() -> None:
    world = at_odds(organ="The Herald")
    world.act(dissent(MEMBER), by=MEMBER)
    assert world.state.open_items["dissent:d-1"].owner == "body:committee"
