"""The ids that an event says anywhere, beside those in fields that are named for a thing: what it refers to.

Items and effects (`item:minutes:min-1`, `clause:q-1/2`), the points of a window, what a clause replaces, what is taken
together. Which fields can hold such a reference is worked out once for each class.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

import msgspec

from quorate.assembly.act import Act, Event
from quorate.assembly.model.calendar import Effect, Point, Window
from quorate.assembly.model.motion import Clause

_FIELDS = frozenset(
    [
        "about",
        "at",
        "because",
        "beside",
        "by",
        "conditions",
        "event",
        "exception_to",
        "first",
        "item",
        "items",
        "left",
        "motions",
        "order",
        "rests_on",
        "second",
        "source",
        "supersedes",
        "target",
        "what",
    ]
)
"""Fields that can hold references."""
_WITHIN = (Act, Clause, Effect, Point, Window)
"""What is looked into for more of them."""


def references_of(event: Event) -> Iterator[str]:
    """Every id to which an event refers, as far as it can be told without the state; the nearest first."""
    return _ids_in(event)


@cache
def refers(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a class of events, or of what is in them, that hold references or something that does."""
    return tuple(
        name
        for name, hint in get_type_hints(kind).items()
        if name in kind.__struct_fields__
        if (name in _FIELDS and hint is not int) or any(refers(each) for each in _structs(hint))
    )


def _structs(hint: Any) -> Iterator[type[msgspec.Struct]]:
    if isinstance(hint, type) and issubclass(hint, _WITHIN):
        yield hint
    for inner in get_args(hint):
        yield from _structs(inner)


def _ids_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        key = value.rpartition(":")[2]
        yield key
        if "/" in key:
            yield key.partition("/")[0]  # a clause, of the decision or motion before the stroke
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _ids_in(each)
    elif isinstance(value, msgspec.Struct):
        for name in refers(type(value)):
            yield from _ids_in(getattr(value, name))
