"""Every register is in the register of registers, and what acts open and name is named for what it is in."""

from typing import get_args, get_origin, get_type_hints

from quorate.assembly import house
from quorate.assembly.act import OPENS
from quorate.assembly.state import NAMED_OTHERWISE, REGISTERS, State, fields_of, register_of

assert house.SUBJECTS

OF_ANOTHER_THING = {"hostings", "disposed_items"}
"""Registers by the id of a meeting, and by that of an item with the entry that opened it."""
OF_A_MEETING = {"point", "turn"}
"""What acts open that has its place in a meeting. A heading has too, which they call an item."""


def test_every_register_of_the_state_is_that_of_a_thing() -> None:
    registers = {
        name
        for name, hint in get_type_hints(State).items()
        if get_origin(hint) is dict and hasattr(get_args(hint)[1], "__struct_fields__")
    }
    assert registers == {*REGISTERS.values(), *OF_ANOTHER_THING}


def test_every_thing_is_found_in_its_register() -> None:
    state = State()
    for thing, register in REGISTERS.items():
        assert register_of(state, thing) is getattr(state, register)


def test_a_field_is_named_for_one_thing() -> None:
    assert set(NAMED_OTHERWISE.values()) <= REGISTERS.keys()
    fields = [field for thing in REGISTERS for field in fields_of(thing)]
    assert sorted(fields) == sorted({*REGISTERS, *NAMED_OTHERWISE})


def test_what_an_act_opens_has_a_register() -> None:
    opened = {NAMED_OTHERWISE.get(field, field) for field in OPENS.values()}
    assert opened - REGISTERS.keys() == {"organisation", *OF_A_MEETING}
