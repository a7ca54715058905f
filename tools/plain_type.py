"""Values in plain words for the reference, and links to what has fields itself."""

import re
from enum import Enum
from typing import Any, get_args, get_type_hints

import msgspec

from quorate.canon.moment import Day
from quorate.counting.rule import Rule
from quorate.reading.words.outcomes import words
from quorate.reading.words.types import SINGLE_RULES, NamedBy, spoken


def is_struct(kind: Any) -> bool:
    """Whether a type is a struct with fields worth a table; a day is not."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind is not Day


def anchor(heading: str) -> str:
    """The fragment by which a heading is linked to, as the usual renderers of Markdown make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def hints(struct: type) -> dict[str, Any]:
    """The types of a struct's fields."""
    return get_type_hints(struct)


def linked(pages: dict[Any, str]) -> NamedBy:
    """What a struct or enum is called, with a link; `pages` says on which page it has its section, by its class."""

    def named(kind: Any) -> str:
        if kind is Rule:
            return f"[rule]({pages[Rule]}#rules-of-majority)"
        name = spoken(kind.__name__)
        return f"[{name}]({pages[kind]}#{anchor(name)})"

    return named


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
