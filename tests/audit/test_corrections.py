"""Corrections of the clock, which is the one entry that may step back: behind a gap, and where they are withheld."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.assembly.keeping.clock import CorrectClock
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.canon.fault import Unverified
from quorate.record.entry import Part
from tests.assembly.chamber import call, close, declare, put, under
from tests.audit.club import (
    CONFIDENTIAL,
    Rows,
    failure,
    rewritten,
    sight,
    verified,
    with_row,
    written,
)
from tests.audit.forgery import (
    Change,
    act_of,
    changed,
    everything,
    for_members,
    reseal,
    where,
)
from tests.audit.zoo import Written
from tests.cast import CLERK, MEMBER, SECRETARY, VOTERS

OPEN = {"acts": "public", "texts": "members"}
KIND = "clock.corrected"
NAMES = ("public", "members", CLERK)


def step_back(world: Written, seconds: int) -> None:
    """The clerk corrects the clock by so many seconds; the next act is a second later."""
    world.now -= timedelta(seconds=seconds + 1)
    world.act(CorrectClock(reason="it had run ahead"), by=CLERK)


def set_right(*steps: int) -> Written:
    """A division before whose every step the clock is corrected: the acts are public, the corrections for members."""
    world = written("To paint.", confidentiality=OPEN)
    again = iter(steps)

    def correct() -> None:
        if seconds := next(again, 0):
            step_back(world, seconds)

    correct()
    put(world, "m-1")
    correct()
    call(world, "d-m-1", VOTERS)
    correct()
    close(world, "d-m-1")
    declare(world, "d-m-1")
    return world


@given(st.lists(st.sampled_from((1, 2, 40, 60, 61, 3600, 7200)), min_size=1, max_size=3))
def test_honest_export_holds_wherever_the_clock_was_corrected(steps: list[int]) -> None:
    world = set_right(*steps)
    for name in NAMES:
        verified(world.rows, sight(world.state, name), name)


def test_time_goes_forward_from_a_correction_that_is_withheld() -> None:
    world = set_right(400)
    seq = where(world.rows, KIND) + 1
    early = reseal(world.rows[seq], seq, minute="2026-03-01T00:00Z")
    rows = with_row(world.rows, early)
    assert failure(rows, sight(world.state, "public"), "public") == ("7 order", seq)


def behind(*, hidden: bool) -> Written:
    """A correction at the end, an hour back; it stands behind a gap, and the entry before it is for editors if `hidden`."""
    world = written("To paint.")
    world.act(EstablishBody(body="editors", name="Editors"))
    world.act(AdoptStandingOrders(body="editors", orders=under(confidentiality=CONFIDENTIAL)))
    if not hidden:
        world.act(EstablishBody(body="readers", name="Readers"))
    step_back(world, 3600)
    return world


@pytest.fixture(scope="module", params=[False, True])
def world(request: pytest.FixtureRequest) -> Written:
    return behind(hidden=request.param)


def ahead(**by: float) -> Change:
    """The instant from which the clock steps back is another."""

    def change(said: Any) -> None:
        event = said["event"]
        event["ahead"] = _written(datetime.fromisoformat(event["ahead"]) + timedelta(**by))

    return change


def by(person: str) -> Change:
    return lambda said: said.update(by=person)


@pytest.mark.parametrize("person", [MEMBER, SECRETARY, "p-nobody"])
def test_correction_behind_a_gap_is_the_clerks(world: Written, person: str) -> None:
    assert lie(world, by(person)) == ("8 acts", "refused, not-entitled")


@pytest.mark.parametrize("change", [ahead(days=365_000), ahead(minutes=1), ahead(minutes=-1)])
def test_correction_behind_a_gap_steps_back_from_the_entry_before(
    world: Written, change: Change
) -> None:
    assert lie(world, change) == ("8 acts", "the instant from which")


def test_instant_of_a_hidden_entry_is_known_to_the_minute() -> None:
    assert lie(behind(hidden=False), ahead(seconds=1))[0] == "8 acts"
    hidden = behind(hidden=True)
    verified(changed(hidden.rows, len(hidden.rows) - 1, ahead(seconds=1)), for_members, "members")


@pytest.mark.parametrize("later", [timedelta(), timedelta(seconds=30), timedelta(days=1)])
def test_correction_behind_a_gap_does_not_step_forward(world: Written, later: timedelta) -> None:
    seq = len(world.rows) - 1
    at = datetime.fromisoformat(str(act_of(world.rows[seq])["event"]["ahead"])) + later  # type: ignore[index]
    forged = changed(world.rows, seq, lambda said: said.update(at=_written(at)))
    row = reseal(forged[seq], seq, minute=at.strftime("%Y-%m-%dT%H:%MZ"))
    assert reason_of(with_row(forged, row)) == ("8 acts", "refused, clock-right")


def test_correction_commits_to_its_reason_wherever_it_stands(world: Written) -> None:
    last = world.rows[-1]
    bare = with_row(world.rows, rewritten(last, parts=last.parts[:1]))
    assert [part.name for part in last.parts] == ["act", "reason"]
    for may_see, name in ((everything, ""), (for_members, "members"), (nothing, "public")):
        assert failure(bare, may_see, name)[0] == "6 parts"


def lie(world: Written, change: Change) -> tuple[str, str]:
    """How the correction fails when its act is changed."""
    return reason_of(changed(world.rows, len(world.rows) - 1, change))


def reason_of(rows: Rows) -> tuple[str, str]:
    """The check at which the last entry fails for members, and the beginning of the reason."""
    with pytest.raises(Unverified) as failed:
        verified(rows, for_members, "members")
    assert failed.value.entry == len(rows) - 1
    return failed.value.check, failed.value.reason[:22].partition("(")[0].strip()


def nothing(_: Part) -> bool:
    return False


def _written(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
