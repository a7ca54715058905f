"""The fields of a form for an act, made from its type: what each takes, and what there is to choose from."""

import re
from functools import cache
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import inspect

from quorate.assembly.act import ACTS, OPENS, SAYS
from quorate.assembly.inscription import OF_MANY_LINES
from quorate.assembly.model.calendar import Point
from quorate.assembly.model.organisation import PersonalName
from quorate.assembly.state import NAMED_OTHERWISE, REGISTERS
from quorate.canon.moment import Day
from quorate.reading.reader import Reader
from quorate.reading.words.subjects import Names

Kind = Literal[
    "line",
    "words",
    "choice",
    "flag",
    "number",
    "day",
    "instant",
    "thing",
    "list",
    "name",
    "written",
]
"""How a field is filled in; `written` is a value with fields of its own, as a script writes it."""
MOST_CHOICES = 300
"""Things to choose from at most; of more than these the id is typed."""


class Takes(NamedTuple):
    """What a field of an act takes."""

    name: str
    kind: Kind
    needed: bool
    words: tuple[str, ...] = ()
    """For a choice: the values, the empty one left out."""
    thing: str = ""
    """For a thing: which, such as `motion`."""


class Choice(NamedTuple):
    """One of the values from which a field is chosen."""

    value: str
    label: str


class Field(NamedTuple):
    """A field of a form."""

    takes: Takes
    label: str
    choices: tuple[Choice, ...] = ()
    value: str = ""
    """What was typed, or is given."""
    error: str = ""

    @property
    def id(self) -> str:
        """Its id in the page."""
        return f"field-{self.takes.name}"


@cache
def takes_of(act: str) -> tuple[Takes, ...]:
    """What the fields of an act take, in their order; the id of what it opens is made by the desk, and left out."""
    described = inspect.type_info(ACTS[act])
    assert isinstance(described, inspect.StructType)
    return tuple(
        _takes(each, act) for each in described.fields if each.encode_name != OPENS.get(act)
    )


def fields_of(
    act: str, reader: Reader, given: dict[str, str], errors: dict[str, str]
) -> list[Field]:
    """The fields of a form for an act, with what was typed and what is wrong with it."""
    return [
        Field(
            takes,
            label_of(takes.name),
            _choices(takes, reader),
            given.get(takes.name, ""),
            errors.get(takes.name, ""),
        )
        for takes in takes_of(act)
    ]


def label_of(name: str) -> str:
    """What a field is called on a page."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _takes(field: inspect.Field, act: str) -> Takes:
    name, kind = field.encode_name, _plain(field.type)
    needed = (field.required or name in SAYS.get(act, ())) and not isinstance(
        kind, inspect.BoolType
    )
    if isinstance(kind, inspect.LiteralType | inspect.EnumType):
        return Takes(name, "choice", needed, _words_of(kind))
    if isinstance(kind, inspect.StrType):
        return _takes_text(name, needed=needed)
    return Takes(name, _kind_of(kind), needed)


def _takes_text(name: str, *, needed: bool) -> Takes:
    thing = NAMED_OTHERWISE.get(name, name)
    if thing in REGISTERS and thing != "minutes":
        return Takes(name, "thing", needed, thing=thing)
    return Takes(name, "words" if name in OF_MANY_LINES else "line", needed)


def _kind_of(kind: inspect.Type) -> Kind:
    if isinstance(kind, inspect.StructType):
        return _STRUCTS.get(kind.cls, "written")
    if isinstance(kind, inspect.VarTupleType) and isinstance(
        _plain(kind.item_type), inspect.StrType
    ):
        return "list"
    return _KINDS.get(type(kind), "written")


_STRUCTS: dict[type, Kind] = {Day: "day", Point: "day", PersonalName: "name"}
_KINDS: dict[type[inspect.Type], Kind] = {
    inspect.BoolType: "flag",
    inspect.IntType: "number",
    inspect.DateType: "day",
    inspect.DateTimeType: "instant",
}


def _plain(kind: inspect.Type) -> inspect.Type:
    """A type without what bounds it, and without None; of several literals one with the words of all."""
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    if isinstance(kind, inspect.UnionType):
        kinds = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
        literals = [each for each in kinds if isinstance(each, inspect.LiteralType)]
        if len(literals) == len(kinds):
            words = dict.fromkeys(word for each in literals for word in each.values)
            return inspect.LiteralType(tuple(words))
        return _plain(kinds[0]) if len(kinds) == 1 else kind
    return kind


def _words_of(kind: inspect.LiteralType | inspect.EnumType) -> tuple[str, ...]:
    values: tuple[Any, ...] = (
        tuple(each.value for each in kind.cls)
        if isinstance(kind, inspect.EnumType)
        else kind.values
    )
    return tuple(str(each) for each in values if each)


def _choices(takes: Takes, reader: Reader) -> tuple[Choice, ...]:
    if takes.kind == "choice":
        return tuple(Choice(word, label_of(word.replace("-", " "))) for word in takes.words)
    return _things(takes.thing, reader) if takes.kind == "thing" else ()


def _things(thing: str, reader: Reader) -> tuple[Choice, ...]:
    """The things of that name that a reader may see, the newest first; none if there are too many to choose from."""
    register = getattr(reader.state, REGISTERS[thing])
    if len(register) > MOST_CHOICES:
        return ()
    names = Names.of(reader)
    seen = [key for key, each in register.items() if _sees(reader, thing, each)]
    choices = [Choice(key, _label(reader, names, thing, key)) for key in reversed(seen)]
    return tuple(sorted(choices, key=_by_label) if thing == "person" else choices)


def _by_label(choice: Choice) -> str:
    return choice.label.casefold()


def _label(reader: Reader, names: Names, thing: str, key: str) -> str:
    match thing:
        case "person":
            return reader.person(key)
        case "body":
            return reader.body(key)
        case "office":
            return reader.refer(f"office:{key}")
        case "division":
            return f"the vote on {names.question(key)}"
        case "event":
            return names.event(key)
        case _:
            return re.sub(r"^(the|a) ", "", names.thing(key))


def _sees(reader: Reader, thing: str, each: msgspec.Struct) -> bool:
    if thing in {"person", "body", "office"}:
        return thing != "person" or reader.may_see("members")
    meeting = each.id if thing == "meeting" else getattr(each, "meeting", "")  # type: ignore[attr-defined]
    return reader.sees(getattr(each, "body", ""), meeting)
