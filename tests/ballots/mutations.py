"""Everything that can be changed in one place of JSON, one change at a time: keys, texts, numbers, lists, and spacing."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from quorate.ballots.archive import BLOCK

HEADER = {
    "name": 0,
    "end of name": 99,
    "mode": 106,
    "owner": 114,
    "group": 122,
    "size": 134,
    "time": 146,
    "end of time": 147,
    "sum": 153,
    "end of sum": 155,
    "kind": 156,
    "link": 157,
    "magic": 257,
    "end": BLOCK - 1,
}
"""A byte of each field of a header, by its offset."""


class Mutant(NamedTuple):
    """Bytes that are another's but for one change, and what was changed."""

    what: str
    data: bytes


def mutants(data: bytes) -> Iterator[Mutant]:
    """Every change of JSON in one place."""
    yield Mutant("space", data[:1] + b" " + data[1:])
    yield Mutant("newline", data + b"\n")
    yield Mutant("byte order mark", b"\xef\xbb\xbf" + data)
    yield Mutant("not UTF-8", data[:-2] + b"\xff" + data[-2:])
    yield Mutant("cut", data[:-1])
    yield Mutant("twice", data + data)
    yield Mutant("nothing", b"")
    value = json.loads(data)
    for path in _paths(value):
        for what, changed in _changes(_at(value, path)):
            mutant = _compact(_put(value, path, changed))
            if mutant != data:
                yield Mutant(f"{'/'.join(map(str, path))}: {what}", mutant)


def _changes(value: Any) -> Iterator[tuple[str, Any]]:
    yield "null", None
    if isinstance(value, dict):
        yield from _changes_of_object(value)
    elif isinstance(value, list):
        yield from _changes_of_list(value)
    elif isinstance(value, str):
        yield from _changes_of_text(value)
    else:
        yield from (("more", value + 1), ("less", value - 1), ("text", str(value)))
        yield from (("huge", 10**30), ("fraction", value + 0.5), ("true", True))


def _changes_of_object(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, own in value.items():
        rest = {k: v for k, v in value.items() if k != key}
        yield f"{key} renamed", {("_" + k if k == key else k): v for k, v in value.items()}
        yield f"{key} dropped", rest
        yield f"{key} moved", rest | {key: own}
    yield "another key", value | {"another": 1}


def _changes_of_list(value: list[Any]) -> Iterator[tuple[str, Any]]:
    if value:
        yield "emptied", []
        yield "last dropped", value[:-1]
        yield "last twice", [*value, value[-1]]
    for i in range(len(value) - 1):
        if value[i] != value[i + 1]:
            yield f"{i} after next", [*value[:i], value[i + 1], value[i], *value[i + 2 :]]


def _changes_of_text(value: str) -> Iterator[tuple[str, Any]]:
    yield "emptied", ""
    yield "0 before", "0" + value
    yield "something after", value + "é"
    yield "huge", "9" * 5000
    if value:
        last = "1" if value[-1] != "1" else "2"
        yield "last", value[:-1] + last
        yield "first", ("1" if value[0] != "1" else "2") + value[1:]
        yield "upper", value.upper() if value != value.upper() else "-" + value


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, each in items:
        yield from _paths(each, (*path, key))


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def _put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = deepcopy(value)
    _at(copy, path[:-1])[path[-1]] = new
    return copy


def _compact(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
