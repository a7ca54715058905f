"""What was typed into a form as an act, or what is wrong with it, field by field."""

import json
from collections.abc import Mapping
from typing import Any

from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.desk.port import Entropy
from quorate.script.acts import Step, read_values
from quorate.script.yaml_text import read_yaml_text
from quorate.web.acts.fields import Takes, takes_of

MOST_DIGITS = 12
NAME_FIELDS = ("name", "handle")
"""The inputs of a field that takes somebody's name."""


class Mistyped(Exception):  # a page with errors at its fields, not an error of the program
    """Fields that cannot be taken as they are: by name of the field, what was expected."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {error}" for name, error in errors.items()))
        self.errors = errors


def act_of(
    name: str, typed: Mapping[str, str], stamp: Mapping[str, str], state: State, entropy: Entropy
) -> Step:
    """The act that was typed into a form; `stamp` says who acts, for whom, and the token of this form.

    Raises:
        Mistyped: a field is missing or cannot be read.
    """
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for takes in takes_of(name):
        try:
            value = _value(takes, typed)
        except Malformed as error:
            errors[takes.name] = f"expected {error.expected}"
            continue
        if value is not None:
            values[takes.name] = value
        elif takes.needed:
            errors[takes.name] = "Fill this in."
    if errors:
        raise Mistyped(errors)
    try:
        return read_values(name, values, stamp, state, entropy, files=False)
    except Malformed as error:
        raise Mistyped({error.where: f"expected {error.expected}"}) from None


def folded(name: str, typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, with the parts of a value that has inputs of its own, such as `count.spoiled`, written as one value."""
    written = {takes.name for takes in takes_of(name) if takes.kind == "written"}
    plain = {key: text for key, text in typed.items() if key.partition(".")[0] not in written}
    for field in written:
        start = f"{field}."
        parts = {
            key.removeprefix(start): _plain(text)
            for key, text in typed.items()
            if key.startswith(start) and text.strip()
        }
        if text := json.dumps(parts, ensure_ascii=False) if parts else typed.get(field, ""):
            plain[field] = text
    return plain


def _plain(text: str) -> str | int:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS else text


def _value(takes: Takes, typed: Mapping[str, str]) -> Any:
    text = typed.get(takes.name, "").replace("\r\n", "\n").strip()
    match takes.kind:
        case "flag":
            return "yes" if text else None
        case "yes-no" if text and text not in ("yes", "no"):
            raise Malformed(takes.name, "yes or no")
        case "name":
            parts = {key: typed.get(f"{takes.name}.{key}", "").strip() for key in NAME_FIELDS}
            return {key: part for key, part in parts.items() if part} if parts["name"] else None
        case "list":
            return [line for line in map(str.strip, text.split("\n")) if line] or None
        case "written":
            return read_yaml_text(takes.name, text.encode()).value if text else None
        case "instant":
            return text.replace("T", " ") or None
        case _:
            return text or None
