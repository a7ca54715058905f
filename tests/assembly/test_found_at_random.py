"""What the machine that runs a whole house found, each as small as it can be said."""

from datetime import timedelta

import pytest

from quorate.assembly.act import Act
from quorate.assembly.divisions.votes import CastVote
from quorate.assembly.heads import standing_changed
from quorate.assembly.items import is_open
from quorate.assembly.meetings.convening import CallOffMeeting
from quorate.assembly.meetings.hosting import ChargeHost
from quorate.assembly.meetings.sitting import Adjourn
from quorate.assembly.model.motion import Clause
from quorate.assembly.motions.competing import GroupMotions
from quorate.assembly.motions.motions import MoveMotion
from quorate.assembly.organisation.bodies import DissolveBody, EstablishBody, FoundOrganisation
from quorate.assembly.organisation.membership import AdmitMember
from tests.assembly.chamber import carry, chamber, move, put
from tests.cast import CHAIR, CLERK, MEMBER, VOTERS, World, convened, sitting


def test_body_is_not_dissolved_while_it_is_to_meet_or_meets() -> None:
    for world in (convened(), sitting()):
        said = world.refused(DissolveBody(body="committee"), "has-open-business")
        assert "meeting:meeting-1" in str(said)
    world.act(EstablishBody(body="other", name="Other"))
    world.act(DissolveBody(body="other"))
    world.act(Adjourn(meeting="meeting-1"), by=CHAIR)
    assert "minutes:meeting-1" in str(
        world.refused(DissolveBody(body="committee"), "has-open-business")
    )
    called_off = convened()
    called_off.act(CallOffMeeting(meeting="meeting-1"), by=CHAIR)
    called_off.act(DissolveBody(body="committee"))


def test_no_vote_is_cast_without_the_quorum_when_terms_have_ended_since_the_division_was_opened() -> (
    None
):
    world = chamber()
    for seat in world.state.bodies["committee"].seated.values():
        seat.until = world.now.date() + timedelta(days=1)
    standing_changed(world.state, *VOTERS)
    move(world, "m-1")
    put(world, "m-1")
    ayes = CastVote(division="d-m-1", choice="for")
    world.act(ayes, by=CHAIR)
    world.wait(hours=12)  # past midnight, and everybody still sits
    world.act(ayes, by=VOTERS[1])
    world.wait(days=1)
    world.refused(ayes, "no-quorum", by=MEMBER)


@pytest.mark.parametrize("key", ["AGM 2026", "a/b", "a~b", "", "-a", "a" * 65, "a\u0301"])
def test_id_that_no_entry_could_name_is_refused_before_it_is_recorded(key: str) -> None:
    acts: list[tuple[Act, str]] = [
        (AdmitMember(member=key), CLERK),
        (EstablishBody(body=key, name="B"), CLERK),
        (ChargeHost(meeting=key, body="committee", host=MEMBER), CLERK),
        (MoveMotion(motion=key, kind="main", meeting="meeting-1"), MEMBER),
        (MoveMotion(motion="m", kind="main", meeting="meeting-1", group=key or "A"), MEMBER),
        (GroupMotions(group=key, meeting="meeting-1", motions=()), CHAIR),
    ]
    world = chamber()
    for act, by in acts:
        world.refused(act, "id-unfit", by=by)
    world = World()
    world.refused(FoundOrganisation(organisation=key, name="O", clerk=CLERK), "id-unfit")
    world.refused(FoundOrganisation(organisation="o", name="O", clerk=key), "id-unfit")


def test_slot_that_a_clause_names_twice_is_one_detail() -> None:
    world = chamber()
    clauses = (
        Clause(n=1, modality="defer", owner="body:committee", open_slots=("day", "day")),
        Clause(n=2, modality="must", bearer="body:committee", open_slots=("form", "form")),
    )
    move(world, "m-1", clauses=clauses)
    carry(world, "m-1")
    assert is_open(world.state, "detail", "m-1.1.day")
    assert is_open(world.state, "detail", "m-1.2.form")
