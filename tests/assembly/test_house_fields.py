"""The house at random is told of everything that there is to do in it."""

from typing import get_args

from msgspec import inspect

from quorate.assembly import house
from quorate.assembly.act import ACTS, PART_FIELDS
from quorate.assembly.model.item import ItemKind
from tests.assembly import house_fields
from tests.assembly.house_acts import _KNOWN, fields_of
from tests.assembly.house_threads import ANSWERS, SITTING, THREADS
from tests.assembly.house_watch import BUSINESS

assert house.SUBJECTS


def test_chance_knows_what_to_put_into_every_field_of_an_act() -> None:
    """Else it would put words where an id belongs, and nearly every act with that field would be refused."""
    unknown = {
        f"{name}.{field.name}"
        for name in ACTS
        for field in fields_of(name)
        if takes_text(field.type)
        and field.name not in PLACES
        and f"{name}.{field.name}" not in _KNOWN
    }
    assert not unknown


PLACES = {
    *house_fields.REGISTERS,
    *house_fields.PEOPLE,
    *house_fields.REFERENCES,
    *house_fields.WORDS,
    *PART_FIELDS,
    *_KNOWN,
}
"""All fields of which the random house knows what they take."""


def takes_text(kind: inspect.Type) -> bool:
    match kind:
        case inspect.StrType():
            return True
        case inspect.Metadata(type=inner) | inspect.VarTupleType(item_type=inner):
            return takes_text(inner)
        case inspect.UnionType(types=some):
            return any(map(takes_text, some))
        case _:
            return False


def test_chance_knows_how_every_open_item_is_answered() -> None:
    assert ANSWERS.keys() == set(get_args(ItemKind))


def test_chance_follows_no_thread_of_acts_that_are_not_there() -> None:
    """Else it would pass over them."""
    steps = {step.partition(":")[0] for thread in THREADS for step in thread.split()}
    named = {*steps, *SITTING, *BUSINESS, *(name for names in ANSWERS.values() for name in names)}
    assert named - ACTS.keys() == {"wait", "gather", "carry", "circular", "put", "vote", "move"}
