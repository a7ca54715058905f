"""Every act with every odd value in every field: it is refused or carried out, and nobody else notices.

The value comes as a caller of the desk can give it, of the right type and otherwise whatever it likes. What may not happen:
that the program breaks on it, that the rehearsal and the writer disagree, or that the next act is not kept.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from msgspec import inspect

from quorate.assembly.act import ACTS, Act
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.state import State
from quorate.audit.replay import Replay
from quorate.canon.fault import Fault, Malformed, Unavailable
from quorate.desk.answer import Caller
from quorate.desk.desk import Desk
from quorate.desk.fold import open_fold
from quorate.script.acts import Step
from quorate.script.rehearsal import rehearse, try_act
from quorate.store.memory import MemoryStore
from tests.assembly import house_fields
from tests.assembly.chamber import chamber, move, put
from tests.audit.forgery import leaf_of
from tests.cast import CHAIR, CLERK, MEMBER, SECRETARY
from tests.conftest import Tried
from tests.desk.at_desk import at_desk
from tests.desk.office import Office

TEXTS = (
    "", " ", "x" * 70_000, "\0", "a\nb", "\ud800", "e\u0301", "люди", "{day:xx}", "{motion:m-1}", "\u202edaor", "../x",
    "person:p-nobody", "body:", "office:chair:chair", "=1+1", "\x1b[2J",
)  # fmt: skip
NUMBERS = (-1, 0, 1, 2**31, 2**53 - 1, 2**53, 2**63, 2**70, -(2**70))
DAYS = (date.min, date.max, date(1000, 1, 1), date(2999, 12, 31))
INSTANTS = (
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 3, 2),  # noqa: DTZ001  # says no offset
    datetime(2026, 4, 11, 14, tzinfo=timezone(timedelta(hours=2))),
    datetime(2026, 4, 11, 14, tzinfo=ZoneInfo("Asia/Kathmandu")),
    datetime(2026, 4, 11, 14, tzinfo=ZoneInfo("Etc/UTC")),
)
SIMPLE: dict[type[inspect.Type], tuple[Any, ...]] = {
    inspect.StrType: TEXTS,
    inspect.LiteralType: TEXTS,
    inspect.IntType: NUMBERS,
    inspect.BoolType: (True, False),
    inspect.NoneType: (None,),
    inspect.DateType: DAYS,
    inspect.DateTimeType: INSTANTS,
}
PLAIN: dict[type[inspect.Type], Any] = {
    inspect.StrType: "plain",
    inspect.IntType: 1,
    inspect.BoolType: False,
    inspect.DateType: date(2026, 4, 1),
    inspect.DateTimeType: datetime(2026, 4, 1, 19, tzinfo=UTC),
    inspect.VarTupleType: (),
    inspect.DictType: {},
}
DEPTH = 3


def odd_values(kind: inspect.Type, depth: int = 0) -> Iterator[Any]:
    """Odd values of a type, those of its pieces among them."""
    if (simple := SIMPLE.get(type(kind))) is not None:
        yield from simple
        return
    match kind:
        case inspect.Metadata(type=inner):
            yield from odd_values(inner, depth)
        case inspect.UnionType(types=several):
            for each in several:
                yield from odd_values(each, depth)
        case inspect.VarTupleType(item_type=inner):
            yield ()
            for each in odd_values(inner, depth):
                yield (each,)
                yield (each, each)
        case inspect.DictType(key_type=keys, value_type=values):
            yield {}
            key, value = next(plain_values(keys), ""), next(plain_values(values), None)
            yield from ({each: value} for each in odd_values(keys, depth))
            yield from ({key: each} for each in odd_values(values, depth))
        case inspect.StructType() if depth < DEPTH:
            yield from odd_structs(kind, depth)


def odd_structs(kind: inspect.StructType, depth: int) -> Iterator[Any]:
    """Values of a Struct with one odd field."""
    plain = plain_fields(kind, depth)
    for field in kind.fields:
        for odd in odd_values(field.type, depth + 1):
            try:
                yield kind.cls(**plain | {field.name: odd})
            except (
                ValueError,
                TypeError,
                Malformed,
            ):  # what its __post_init__ does not let come to be
                continue


def plain_values(kind: inspect.Type, depth: int = 0) -> Iterator[Any]:
    """Values of a type that are nothing out of the ordinary."""
    if (simple := PLAIN.get(type(kind))) is not None:
        yield simple
        return
    match kind:
        case inspect.Metadata(type=inner):
            yield from plain_values(inner, depth)
        case inspect.UnionType(types=several):
            for each in several:
                yield from plain_values(each, depth)
        case inspect.LiteralType(values=values):
            yield from values
        case inspect.StructType() if depth < DEPTH:
            yield kind.cls(**plain_fields(kind, depth))


def plain_fields(kind: inspect.StructType, depth: int) -> dict[str, Any]:
    """The fields that a Struct must have."""
    return {
        each.name: next(plain_values(each.type, depth + 1), None)
        for each in kind.fields
        if each.required
    }


def plain_act(name: str, state: State) -> Act:
    """An act of that name whose fields name what is there."""
    read = inspect.type_info(ACTS[name])
    assert isinstance(read, inspect.StructType)
    fields: dict[str, Any] = {}
    for field in read.fields:
        if field.required:
            value = next(plain_values(field.type), None)
            register = house_fields.REGISTERS.get(field.name)
            if register is not None and isinstance(value, str):
                value = next(iter(getattr(state, register)), "none")
            elif field.name in house_fields.PEOPLE and isinstance(value, str):
                value = MEMBER
            fields[field.name] = value
    act: Act = ACTS[name](**fields)
    return act


def odd_acts(name: str, state: State) -> Iterator[Act]:
    """The act with one odd value, for each field and each value."""
    plain = plain_act(name, state)
    read = inspect.type_info(ACTS[name])
    assert isinstance(read, inspect.StructType)
    yield plain
    for field in read.fields:
        for odd in islice(odd_values(field.type), 400):
            yield msgspec.structs.replace(plain, **{field.name: odd})


def sitting_desk() -> Desk:
    """The committee at a desk, with a division open."""
    office = Office(MemoryStore)
    desk = office.open()
    with at_desk(office, desk):
        world = chamber()
        move(world, "m-1")
        put(world, "m-1")
    return desk


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", sorted(ACTS))
def test_act_with_an_odd_value_stops_nobody(name: str, tried: Tried) -> None:
    desk, n = sitting_desk(), 0
    for n, act in enumerate(odd_acts(name, desk.read(lambda state: state))):
        caller = Caller(by=(CHAIR, CLERK, SECRETARY, MEMBER)[n % 4])
        if carried_out(desk, act, caller):
            folded = open_fold(desk._store).state
            assert folded == desk.read(lambda state: state), act
            check_audited(desk, act)
            desk.close()
            desk = sitting_desk()
        desk.act(EstablishBody(body=f"next-{n}", name="The next"), Caller(by=CLERK))
    desk.close()
    tried("acts with an odd value", n + 1)


def check_audited(desk: Desk, act: Act) -> None:
    """The auditor makes of the record what the desk made of it, entry by entry."""
    replay = Replay()
    for row in desk._store.rows():
        replay.step(leaf_of(row))
    replay.finish()
    assert replay.state.divisions == desk.read(lambda state: state.divisions), act


def carried_out(desk: Desk, act: Act, caller: Caller) -> bool:
    """Whether the act was carried out; its rule and its rehearsal said the same, and the program did not break."""
    step = Step("odd", act, caller, "")
    copy, now = desk.read(State.copy), desk.read(lambda state: state.last_at)
    expected = (
        outcome(lambda: desk.read(lambda state: try_act(state, step, now, desk.ballots))),
        outcome(lambda: rehearse(copy, [step], now, ballots=desk.ballots)),
    )
    met = outcome(lambda: desk.act(act, caller))
    assert type(met) is type(expected[0]) is type(expected[1]), (act, expected, met)
    assert not isinstance(met, Unavailable), (act, met)
    return met is None


def outcome(do: Any) -> Fault | None:
    """What an act met; None if it was carried out."""
    try:
        do()
    except Fault as fault:
        return fault
    return None


@pytest.mark.parametrize("field", ["by", "behalf", "known_by", "entered_by", "token", "at"])
def test_odd_caller_stops_nobody(field: str) -> None:
    desk = sitting_desk()
    for n, odd in enumerate(INSTANTS if field == "at" else TEXTS):
        act = EstablishBody(body=f"odd-{n}", name="By whom?")
        carried_out(desk, act, Caller(**{"by": CLERK} | {field: odd}))
        folded = open_fold(desk._store).state
        assert folded == desk.read(lambda state: state), odd
        desk.act(EstablishBody(body=f"next-{n}", name="The next"), Caller(by=CLERK))
    desk.close()
