"""The fields of acts as people are told of them: what each takes in plain words, and what its docstring says of it."""

import inspect as source
import re
from enum import Enum
from functools import cache
from typing import Any, get_type_hints

import msgspec

from quorate.assembly import house
from quorate.assembly.act import ACTS, OPENS, PART_FIELDS, SAYS, Act
from quorate.counting.rule import Rule
from quorate.reading.words.types import spoken, takes_in_words

assert house.SUBJECTS
_documented = re.compile(r'^    (\w+): .*\n(?:    """((?:.|\n)*?)""")?', re.MULTILINE)


class FieldView(msgspec.Struct, frozen=True):
    """A field of an act."""

    name: str
    needed: bool
    type: str
    """What it takes, in words."""
    about: str
    """What is said of it; empty if nothing."""
    part: bool
    """Whether it is recorded as a part of its own, which can be erased alone."""


@cache
def fields_of(name: str) -> tuple[FieldView, ...]:
    """The fields of an act, in their order. Cost: its source is read once."""
    kind = ACTS[name]
    types = get_type_hints(kind)
    docstrings = {match[1]: match[2] for match in _documented.finditer(source.getsource(kind))}
    return tuple(
        FieldView(
            name=each.encode_name,
            needed=(each.required and OPENS.get(name) != each.encode_name)
            or each.name in SAYS.get(name, ()),
            type=takes_in_words(each, types[each.name], _named).replace("`", ""),
            about=_sentence(docstrings.get(each.name) or ""),
            part=each.encode_name in PART_FIELDS,
        )
        for each in msgspec.structs.fields(kind)
    )


def about(kind: type[Act]) -> str:
    """What an act does, in a sentence."""
    return _sentence(kind.__doc__ or "")


def _named(kind: Any) -> str:
    """What a struct is called; of an enum the words that it takes."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(each.value for each in kind)
    return "rule of majority" if kind is Rule else spoken(kind.__name__)


def _sentence(doc: str) -> str:
    return " ".join(doc.split())
