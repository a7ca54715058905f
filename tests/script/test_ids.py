"""Ids are minted for what an act opens, and for nothing that has to be there already."""

from quorate.assembly.act import OPENS
from quorate.assembly.affairs.charges import BringCharge
from quorate.assembly.affairs.correspondence import PutDemandAsMotion, ReceiveCommunication
from quorate.assembly.affairs.discipline import MoveDiscipline
from tests.cast import CHAIR, CLERK, MEMBER, committee


def test_motion_that_answers_a_charge_or_a_demand_is_one_that_there_is() -> None:
    world = committee()
    charge = BringCharge(charge="c-1", accused=MEMBER, body="committee", grounds=("absence",))
    world.act(charge, by=CHAIR)
    letter = ReceiveCommunication(
        communication="l-1", sender=MEMBER, to="committee", demands=("bread",)
    )
    world.act(letter)
    for act in (
        MoveDiscipline(charge="c-1", motion="m-1", measure="none"),
        PutDemandAsMotion(communication="l-1", n=1, motion="m-1"),
    ):
        world.refused(act, "unknown", by=CLERK)
    assert "move-discipline" not in OPENS
    assert "put-demand-as-motion" not in OPENS
