"""Types and values in plain words for the reference: `list of day`, `yes or no`, and links to what has fields itself."""

import re
import types
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from quorate.canon.moment import Day
from quorate.counting.rule import Rule
from quorate.reading.words.outcomes import words

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


def is_struct(kind: Any) -> bool:
    """Whether a type is a struct with fields worth a table; a day is not."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind is not Day


def spoken(name: str) -> str:
    """The name of a class in words: `standing orders` of StandingOrders."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def anchor(heading: str) -> str:
    """The fragment by which a heading is linked to, as the usual renderers of Markdown make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def hints(struct: type) -> dict[str, Any]:
    """The types of a struct's fields."""
    return get_type_hints(struct)


def in_words(hint: Any, pages: dict[Any, str]) -> str:
    """A type in words; `pages` says on which page a struct or enum has its section, by its class."""
    values = get_args(hint)
    if set(SINGLE_RULES) <= set(values):
        return f"[rule]({pages[Rule]}#rules-of-majority)"
    if values:
        return _of_several(get_origin(hint), values, pages)
    if hint in PLAIN:
        return PLAIN[hint]
    name = spoken(hint.__name__)
    return f"[{name}]({pages[hint]}#{anchor(name)})"


def parts_of(hint: Any) -> list[Any]:
    """The structs and enums in a type."""
    if isinstance(hint, type) and (is_struct(hint) or issubclass(hint, Enum)):
        return [hint]
    return [found for each in get_args(hint) for found in parts_of(each)]


def reached(structs: list[type]) -> list[type]:
    """All structs and enums in the fields of some, and in the fields of those, by name; not the first themselves."""
    seen: set[type] = set()
    waiting = list(structs)
    while waiting:
        for hint in hints(waiting.pop()).values():
            for each in parts_of(hint):
                if each not in seen:
                    seen.add(each)
                    waiting += [each] if is_struct(each) else []
    return sorted(seen - set(structs), key=lambda each: each.__name__)


def value_in_words(value: Any) -> str:
    """A value for a cell of a table; what says nothing is a dash."""
    if isinstance(value, SINGLE_RULES):
        return words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(f"`{each}`" for each in value) or "none"
    if isinstance(value, str) and value:
        return f"`{value}`"
    return "–" if value is None or not str(value) else str(value)


def _of_several(origin: Any, values: tuple[Any, ...], pages: dict[Any, str]) -> str:
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in values if each)
    said = [in_words(each, pages) for each in values if each not in (type(None), ...)]
    said = [
        each for each in said if each
    ]  # the empty word alone, beside others, is what is not given
    if origin in (types.UnionType, Union):
        return " or ".join(said)
    if origin is dict:
        return f"mapping of {said[0]} to {said[1]}"
    return said[0] if origin is Annotated else f"list of {said[0]}"
