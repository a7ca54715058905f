"""Text given its meaning by the type of the field that it is for.

Days and instants are of the organisation's calendar and clocks, handles stand for people, and `null` or an empty value is
None where a field may be None. What remains (numbers, words, shapes) is left to msgspec, which converts without strictness.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec import inspect

from quorate.assembly.model.calendar import Point
from quorate.assembly.model.organisation import PersonalName
from quorate.canon.fault import Malformed
from quorate.canon.moment import Calendar, Day, parse_day
from quorate.desk.local_time import parse_instant
from quorate.script.yaml_text import Plain

_integer = re.compile(r"-?(0|[1-9]\d{0,15})")
_SEQUENCES = (
    inspect.ListType,
    inspect.VarTupleType,
    inspect.SetType,
    inspect.FrozenSetType,
    inspect.CollectionType,
)


@dataclass(slots=True)
class Meaning:
    """The meaning of text: its calendar, its clocks, and the people who are meant in it."""

    calendar: Calendar
    zone: str
    people: Callable[[str], str]
    """A function that replaces the people in a text by their ids."""
    where: Callable[[str], str] = field(default=lambda path: path)
    """A function from a path to the place that an error names."""

    def give(self, value: Any, kind: inspect.Type, path: str) -> Any:
        """The value as msgspec converts it to a type without strictness.

        Raises:
            Malformed: a day, an instant or a person that is not one.
        """
        kind = _unwrapped(kind)
        if isinstance(kind, inspect.UnionType):
            return self._union(value, kind, path)
        if isinstance(value, dict):
            return self._mapping(value, kind, path)
        if isinstance(value, list):
            return self._sequence(value, kind, path)
        return self._scalar(value, kind, path)

    def _union(self, value: Any, kind: inspect.UnionType, path: str) -> Any:
        if kind.includes_none and isinstance(value, Plain) and value.is_null():
            return None
        kinds = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
        if len(kinds) > 1 and isinstance(value, dict):
            kinds = [each for each in kinds if _is_tagged(each, value)] or kinds
        return self.give(value, kinds[0], path)

    def _mapping(self, value: dict[str, Any], kind: inspect.Type, path: str) -> Any:
        if isinstance(kind, inspect.StructType):
            types = {each.encode_name: each.type for each in kind.fields}
            converted = {
                key: self.give(each, types.get(key, inspect.AnyType()), f"{path}.{key}")
                for key, each in value.items()
            }
            return self._written(converted, value, path) if kind.cls in {Day, Point} else converted
        inner = kind.value_type if isinstance(kind, inspect.DictType) else inspect.AnyType()
        return {
            self._people(key, path): self.give(each, inner, f"{path}.{key}")
            for key, each in value.items()
        }

    def _written(self, converted: dict[str, Any], value: dict[str, Any], path: str) -> Any:
        """A day given as a mapping keeps the way it was written, unless it says so itself."""
        if "on" in value and "written" not in value:
            return {**converted, **self._day(value["on"], f"{path}.on")}
        return converted

    def _sequence(self, value: list[Any], kind: inspect.Type, path: str) -> list[Any]:
        inner = kind.item_type if isinstance(kind, _SEQUENCES) else inspect.AnyType()
        return [self.give(each, inner, f"{path}[{i}]") for i, each in enumerate(value)]

    def _scalar(self, value: str, kind: inspect.Type, path: str) -> Any:
        converted: Any = None
        match kind:
            case inspect.DateType():
                converted = self._day(value, path)["on"]
            case inspect.DateTimeType():
                converted = self._instant(value, path)
            case inspect.StructType(cls=cls) if cls in {Day, Point}:
                converted = self._day(value, path)
            case inspect.StructType(cls=cls) if cls is PersonalName:
                converted = {"name": str(value)}
            case inspect.AnyType():
                converted = self._anything(value, path)
            case inspect.BoolType() if value in {"yes", "no"}:
                converted = "true" if value == "yes" else "false"
            case _:
                converted = self._people(value, path)
        return converted

    def _anything(self, value: str, path: str) -> Any:
        if not isinstance(value, Plain):
            return self._people(value, path)
        if value.is_null():
            return None
        if value in {"true", "false"}:
            return value == "true"
        return int(value) if _integer.fullmatch(value) else self._people(value, path)

    def _day(self, text: str, path: str) -> dict[str, str]:
        try:
            day = parse_day(text, self.calendar)
        except (Malformed, TypeError) as error:
            raise self._malformed(error, text, path) from None
        return {"on": day.on.isoformat(), **({"written": day.written} if day.written else {})}

    def _instant(self, text: str, path: str) -> datetime:
        try:
            return parse_instant(text, self.calendar, self.zone)
        except Malformed as error:
            raise self._malformed(error, text, path) from None

    def _people(self, text: str, path: str) -> str:
        try:
            return self.people(str(text))
        except Malformed as error:
            raise self._malformed(error, error.where, path) from None

    def _malformed(self, error: Exception, text: str, path: str) -> Malformed:
        expected = getattr(error, "expected", "") or "a date as YYYY-MM-DD"
        hint = getattr(error, "hint", "")
        return Malformed(self.where(path), f"{expected}, not {text!r}, at {path}", hint)


def _unwrapped(kind: inspect.Type) -> inspect.Type:
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    return kind


def _is_tagged(kind: inspect.Type, value: dict[str, Any]) -> bool:
    return (
        isinstance(kind, inspect.StructType)
        and kind.tag_field is not None
        and value.get(kind.tag_field) == kind.tag
    )
