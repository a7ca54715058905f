"""A told clock: a replay in which every act says when, and none goes back."""

from datetime import timedelta

import pytest

from quorate.assembly.organisation.bodies import EstablishBody, FoundOrganisation
from quorate.assembly.refusal import Refused
from quorate.canon.fault import Malformed
from quorate.desk.answer import Caller
from quorate.store.memory import MemoryStore
from tests.cast import CLERK, NOON
from tests.desk.office import Office

FOUND = FoundOrganisation(organisation="o-1", name="Replay", clerk=CLERK, clock="told")


@pytest.fixture
def replay():
    with Office(MemoryStore).open() as desk:
        desk.act(FOUND, Caller(by=CLERK, at=NOON))
        yield desk


def refusal_of(desk, caller: Caller) -> Refused:
    with pytest.raises(Refused) as refused:
        desk.act(EstablishBody(body="b", name="B"), caller)
    return refused.value


def test_an_act_that_does_not_say_when_is_refused(replay):
    assert refusal_of(replay, Caller(by=CLERK)).code == "time-not-told"


def test_an_act_before_the_last_entry_is_refused(replay):
    refused = refusal_of(replay, Caller(by=CLERK, at=NOON - timedelta(seconds=1)))
    assert refused.code == "time-backwards"
    assert refused.facts["last_at"] == NOON


def test_an_act_at_the_instant_of_the_last_entry_is_not(replay):
    assert replay.act(EstablishBody(body="b", name="B"), Caller(by=CLERK, at=NOON)).first == 1


@pytest.mark.parametrize("year", [1, 999, 3000, 9999])
def test_an_act_of_a_year_that_is_not_reckoned_in_is_malformed(replay, year):
    with pytest.raises(Malformed, match="1000 to 2999"):
        replay.act(EstablishBody(body="b", name="B"), Caller(by=CLERK, at=NOON.replace(year=year)))
