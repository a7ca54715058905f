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
from quorate.web.acts.helps import EXAMPLES, FIRST, help_of

Kind = Literal[
    "line",
    "words",
    "choice",
    "flag",
    "yes-no",
    "number",
    "day",
    "instant",
    "thing",
    "list",
    "name",
    "written",
]
"""How a field is filled in; `yes-no` is a flag that nobody may leave to chance; `written` is a value with fields of its own, as
a script writes it."""
FEW = 4
"""Fields of an act up to which none is folded away."""
LABELS = {
    "starts_at": "Begins at",
    "on_item": "Under the item of the agenda",
    "to": "To whom",
    "text": "Text, word for word",
    "notice_given": "Previous notice was given",
    "drops": "Clauses that it strikes out",
    "target": "What it is about",
    "until": "Until",
    "well_taken": "The point is well taken",
    "sustained": "The challenge is right",
    "attendee": "Who",
    "in_confidence": "In confidence",
    "requested_by": "Who asked for it",
    "own": "It is our own event",
    "behalf": "For whom",
}
"""By name of a field: its label, where its name is not one."""
MOVES = "move-motion"
FILLED_IN = {"convene-meeting": ("day",)}
"""By act: fields that follow from the others where they are left out."""
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
    help: str = ""
    """What is said of it, and how it is written."""
    example: str = ""
    handle: str = ""
    """Of a name: the short name typed with it."""

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
            _kinds(reader, given)
            if takes.name == "kind" and act == MOVES
            else _choices(takes, reader),
            given.get(f"{takes.name}.name" if takes.kind == "name" else takes.name, ""),
            errors.get(takes.name, ""),
            help_of(act, takes.name, takes.kind, reader),
            EXAMPLES.get(takes.name, "") if takes.kind == "written" else "",
            given.get(f"{takes.name}.handle", ""),
        )
        for takes in takes_of(act)
    ]


def laid_out(act: str, fields: list[Field]) -> tuple[list[Field], list[Field]]:
    """The fields that come first, and the rare ones, which are folded away; one that has an error is never folded."""
    order = FIRST.get(act)
    if order is None and len(fields) <= FEW:
        return sorted(fields, key=lambda each: not each.takes.needed), []

    def is_first(each: Field) -> bool:
        name = each.takes.name
        return bool(each.takes.needed or each.error or each.value or (order and name in order))

    first = [each for each in fields if is_first(each)]
    if order:
        first.sort(
            key=lambda each: order.index(each.takes.name) if each.takes.name in order else 99
        )
    return first, [each for each in fields if each not in first]


def label_of(name: str) -> str:
    """What a field is called on a page."""
    words = name.replace("_", " ")
    return LABELS.get(name) or words[:1].upper() + words[1:]


def _takes(field: inspect.Field, act: str) -> Takes:
    name, kind = field.encode_name, _plain(field.type)
    must = (field.required and name not in FILLED_IN.get(act, ())) or name in SAYS.get(act, ())
    needed = must and not isinstance(kind, inspect.BoolType)
    if isinstance(kind, inspect.BoolType) and (field.required or field.default is True):
        return Takes(name, "yes-no", needed=field.required)
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
    return things(takes.thing, reader) if takes.kind == "thing" else ()


def _kinds(reader: Reader, given: dict[str, str]) -> tuple[Choice, ...]:
    """The kinds of motions that the standing orders know: of the body that is named, by itself or its meeting, else of all."""
    state = reader.state
    meeting = state.meetings.get(given.get("meeting", ""))
    body = meeting.body if meeting else given.get("body", "")
    bodies = [state.bodies[body]] if body in state.bodies else list(state.bodies.values())
    kinds = (kind for each in bodies if each.orders for kind in each.orders.precedence.ranks)
    return tuple(Choice(kind, label_of(kind.replace("-", " "))) for kind in dict.fromkeys(kinds))


def things(thing: str, reader: Reader) -> tuple[Choice, ...]:
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
