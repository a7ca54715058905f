"""The clock at the desk: what a wrong one may do, how it is set right, and that the auditor follows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from quorate.assembly.act import Act, kind_of
from quorate.assembly.audience import EVERYTHING
from quorate.assembly.keeping.clock import CorrectClock
from quorate.assembly.organisation.bodies import EstablishBody, FoundOrganisation
from quorate.assembly.refusal import Refused
from quorate.audit.verify import Verified, verify
from quorate.desk.answer import Caller
from quorate.desk.desk import Desk
from quorate.desk.folder_reader import FolderReader
from quorate.store import open_store
from quorate.store.memory import MemoryStore
from tests.cast import CLERK, MEMBER, NOON
from tests.desk.office import Office

CORRECT = CorrectClock(reason="the year was wrong")
BY_CLERK = Caller(by=CLERK)
TEN_YEARS = timedelta(days=3653)


def found(clock: str) -> Act:
    return FoundOrganisation(organisation="o-1", name="House", clerk=CLERK, clock=clock)  # type: ignore[arg-type]


def body(n: int) -> EstablishBody:
    return EstablishBody(body=f"b-{n}", name=f"Body {n}")


def refusal(do: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        do()
    return refused.value.code


def last_at(desk: Desk) -> datetime:
    return desk.read(lambda state: state.last_at)


def verified(office: Office, desk: Desk, folder: Path) -> Verified:
    desk.export(folder, office.key.verifier, lambda _: EVERYTHING)
    return verify(FolderReader(folder), office.key.verifier)[0]


def kinds(desk: Desk) -> list[str]:
    size = desk.read(lambda state: state.size)
    entries = (desk.parts(seq)[0] for seq in range(size))
    return [entry.split(b'"kind":"')[1].split(b'"')[0].decode() for entry in entries]


@pytest.fixture
def office() -> Office:
    return Office(MemoryStore)


def test_act_under_a_clock_ten_years_ahead_is_refused_and_nothing_has_happened(
    office: Office,
) -> None:
    with office.open() as desk:
        desk.act(found("system"), BY_CLERK)
        right = office.clock.at
        office.clock.at += TEN_YEARS
        assert refusal(lambda: desk.act(body(1), BY_CLERK)) == "time-far-ahead"
        office.clock.at = right
        desk.act(body(1), BY_CLERK)
        assert last_at(desk) == office.clock.at
        assert kinds(desk) == ["organisation.founded", "body.established"]


def test_house_that_rested_long_goes_on_when_somebody_confirms_the_time(office: Office) -> None:
    with office.open() as desk:
        desk.act(found("system"), BY_CLERK)
        office.clock.at += TEN_YEARS
        desk.act(body(1), Caller(by=CLERK, time_confirmed=True))
        desk.act(body(2), BY_CLERK)


def test_clerk_sets_right_what_a_wrong_clock_has_dated(office: Office, tmp_path: Path) -> None:
    with office.open() as desk:
        desk.act(found("system"), BY_CLERK)
        right = office.clock.at
        office.clock.at += TEN_YEARS
        desk.act(body(1), Caller(by=CLERK, time_confirmed=True))
        office.clock.at = right
        desk.act(body(2), BY_CLERK)
        desk.act(body(3), BY_CLERK)
        assert last_at(desk) - right >= TEN_YEARS
        assert refusal(lambda: desk.act(CORRECT, Caller(by=MEMBER))) == "not-entitled"
        assert refusal(lambda: desk.act(CorrectClock(), BY_CLERK)) == "words-missing"
        [corrected] = desk.act(CORRECT, BY_CLERK).events
        assert corrected.ahead - right >= TEN_YEARS  # type: ignore[attr-defined]
        desk.act(body(4), BY_CLERK)
        assert last_at(desk) == office.clock.at
        assert refusal(lambda: desk.act(CORRECT, BY_CLERK)) == "clock-right"
        assert kinds(desk).count("clock-jump.noted") == 1
        assert verified(office, desk, tmp_path / "x").undecided == 0


def test_jump_is_noted_once_however_many_act_until_the_clock_has_caught_up(store: str) -> None:
    office = Office(lambda: open_store(store))
    with office.open() as desk:
        desk.act(found("system"), BY_CLERK)
        office.clock.at -= timedelta(hours=1)
        for n in range(5):
            desk.act(body(n), BY_CLERK)
        assert kinds(desk).count("clock-jump.noted") == 1
    with office.open() as desk:
        desk.act(body(5), BY_CLERK)
        assert kinds(desk).count("clock-jump.noted") == 1
        office.clock.at += timedelta(hours=2)
        desk.act(body(6), BY_CLERK)
        office.clock.at -= timedelta(hours=1)
        desk.act(body(7), BY_CLERK)
        assert kinds(desk).count("clock-jump.noted") == 2


def test_told_time_far_ahead_is_refused_unless_confirmed_and_corrected_like_any_other(
    office: Office, tmp_path: Path
) -> None:
    def told(at: datetime, *, confirmed: bool = False) -> Caller:
        return Caller(by=CLERK, at=at, time_confirmed=confirmed)

    with office.open() as desk:
        desk.act(found("told"), told(NOON))
        assert refusal(lambda: desk.act(body(1), told(NOON + TEN_YEARS))) == "time-far-ahead"
        desk.act(body(1), told(NOON + TEN_YEARS, confirmed=True))
        assert refusal(lambda: desk.act(body(2), told(NOON))) == "time-backwards"
        [event] = desk.act(CORRECT, told(NOON)).events
        assert kind_of(type(event)) == "clock.corrected"
        desk.act(body(2), told(NOON))
        assert verified(office, desk, tmp_path / "x").entries == 4
