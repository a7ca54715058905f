"""Types in plain words, for the commands and the reference: `list of day`, `yes or no`, `for, against, abstain`."""

import re
import types
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from quorate.assembly.act import OPENS
from quorate.canon.moment import Day
from quorate.counting.rule import Rule

NamedBy = Callable[[Any], str]
"""What a struct or enum is called, by its class, and the rules of majority, by `Rule`."""
PLAIN = {
    str: "text",
    int: "number",
    bool: "yes or no",
    date: "day",
    Day: "day",
    datetime: "time",
    Any: "anything",
    type(None): "nothing",
}
SINGLE_RULES = get_args(Rule)


def spoken(name: str) -> str:
    """The name of a class in words: `standing orders` of StandingOrders."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def type_in_words(hint: Any, named: NamedBy) -> str:
    """A type in words; literal values stand between backticks."""
    values = get_args(hint)
    if set(SINGLE_RULES) <= set(values):
        return named(Rule)
    if values:
        return _of_several(get_origin(hint), values, named)
    return PLAIN.get(hint) or named(hint)


def takes_in_words(field: msgspec.structs.FieldInfo, hint: Any, named: NamedBy) -> str:
    """What a field of a struct takes, in words: an id where it is named for a thing that has one."""
    takes = type_in_words(hint, named)
    if takes == "text" and field.name in OPENS.values():
        takes = "id"
    return f"{takes} or nothing" if field.required and type(None) in get_args(hint) else takes


def _of_several(origin: Any, values: tuple[Any, ...], named: NamedBy) -> str:
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in values if each)
    said = [type_in_words(each, named) for each in values if each not in (type(None), ...)]
    # The empty word alone, beside others, is what is not given.
    said = [each for each in said if each]
    if origin in (types.UnionType, Union):
        return " or ".join(said)
    if origin is dict:
        return f"mapping of {said[0]} to {said[1]}"
    return said[0] if origin is Annotated else f"list of {said[0]}"
