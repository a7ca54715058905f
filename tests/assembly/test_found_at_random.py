"""What the machine that runs a whole house found, each as small as it can be said."""

from datetime import timedelta

from quorate.assembly.bodies import DissolveBody, EstablishBody
from quorate.assembly.convening import CallOffMeeting
from quorate.assembly.sitting import Adjourn
from quorate.assembly.votes import CastVote
from tests.assembly.chamber import chamber, move, put
from tests.cast import CHAIR, MEMBER, VOTERS, convened, sitting


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
    move(world, "m-1")
    put(world, "m-1")
    ayes = CastVote(division="d-m-1", choice="for")
    world.act(ayes, by=CHAIR)
    world.wait(hours=12)  # past midnight, and everybody still sits
    world.act(ayes, by=VOTERS[1])
    world.wait(days=1)
    world.refused(ayes, "no-quorum", by=MEMBER)
