"""Standing orders in a script: written whole, or as the name of a preset and the `changes` to it."""

from typing import Any

import msgspec

from quorate.canon.fault import Malformed
from quorate.script.preset import apply_changes, load_preset
from quorate.script.yaml_text import YamlText


def read_orders(text: YamlText, path: str, given: Any) -> Any:
    """The standing orders as plain values; those that are written whole are returned as they are.

    Raises:
        Malformed: no such preset, or a change that its rules have no place for; with the line of the change.
    """
    if not isinstance(given, dict) or not given.keys() <= {"preset", "changes"}:
        return given
    try:
        orders = load_preset(str(given.get("preset", "")))
    except Malformed as error:
        raise Malformed(text.where(f"{path}.preset"), f"{error}, at {path}", error.hint) from None
    try:
        return msgspec.to_builtins(apply_changes(orders, given.get("changes") or {}))
    except Malformed as error:
        place = text.where(f"{path}.changes.{error.where}")
        raise Malformed(place, f"{error.expected}, at orders.{error.where}", error.hint) from None
