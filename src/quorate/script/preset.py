"""Presets: standing orders to start from, as files of data, and how to change one before it is adopted.

A preset is read once, when orders are drawn up; what a body adopts goes into the record whole, so no record needs one.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from quorate.assembly.model.orders import StandingOrders
from quorate.canon.fault import Malformed

_presets = files("quorate.script") / "presets"
_validation = re.compile(r"(?P<what>.*?)(?: - at `\$\.?(?P<where>.*)`)?", re.DOTALL)
_unknown = re.compile(r"Object contains unknown field `(.*)`")


def preset_names() -> list[str]:
    """The names of the presets, in order."""
    return sorted(
        each.name.removesuffix(".yaml")
        for each in _presets.iterdir()
        if each.name.endswith(".yaml")
    )


@cache
def load_preset(name: str) -> StandingOrders:
    """The standing orders of a preset.

    Raises:
        Malformed: there is no preset of that name.
    """
    if name not in preset_names():
        raise Malformed(repr(name), f"a preset: {', '.join(preset_names())}")
    return _converted(_read(f"{name}.yaml"))


def apply_changes(orders: StandingOrders, changes: Mapping[str, Any]) -> StandingOrders:
    """The standing orders with some rules changed, given as `{"notice": {"days": 3}}`; numbers may be text.

    What is named is changed and the rest stays, however deep; but a majority is replaced whole, and null takes out an
    entry such as the majority of one kind of motion.

    Raises:
        Malformed: a key that no rule has (named by its path), or a value that does not fit it.
    """
    plain = msgspec.to_builtins(orders)
    return _converted(_merged(plain, _named_ranks(changes)))


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((_presets / name).read_text(encoding="utf-8"))
    return dict(_named_ranks(data))


def _named_ranks(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The data with a table of precedence that is given by its name written out."""
    precedence = data.get("precedence")
    if not isinstance(precedence, Mapping) or not isinstance(precedence.get("ranks"), str):
        return data
    table = _presets / "ranks" / f"{precedence['ranks']}.yaml"
    if not re.fullmatch(r"[a-z-]+", precedence["ranks"]) or not table.is_file():
        raise Malformed("precedence.ranks", "a table of precedence, or the name of one")
    ranks = yaml.safe_load(table.read_text(encoding="utf-8"))
    return {**data, "precedence": {**precedence, "ranks": ranks}}


def _merged(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(before)
    for key, change in changes.items():
        present = merged.get(key)
        if change is None and isinstance(present, Mapping):
            del merged[key]
        elif isinstance(change, Mapping) and isinstance(present, Mapping) and "rule" not in change:
            merged[key] = _merged(present, change)
        else:
            merged[key] = change
    return merged


def _converted(data: Mapping[str, Any]) -> StandingOrders:
    try:
        return msgspec.convert(data, StandingOrders, strict=False)
    except msgspec.ValidationError as error:
        raise _malformed(str(error)) from None


def _malformed(message: str) -> Malformed:
    parts = _validation.fullmatch(message)
    assert parts is not None, message
    what, where = parts["what"], parts["where"] or ""
    if unknown := _unknown.fullmatch(what):
        return Malformed(
            ".".join(filter(None, (where, unknown[1]))), "a key that standing orders have"
        )
    return Malformed(where or "standing orders", what)
