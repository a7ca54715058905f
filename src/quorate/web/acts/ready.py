"""Acts that are ready to be sent: a button, with the fields of its form already filled in."""

import json
from typing import NamedTuple

import msgspec

from quorate.assembly.act import OPENS, Act, act_name
from quorate.reading.next_step import Button


class Ready(NamedTuple):
    """A form that only wants its button pressed."""

    name: str
    """The written name of the act."""
    label: str
    fields: list[tuple[str, str]]
    key: str = ""
    entered_for: str = ""


def ready(button: Button) -> Ready:
    """The form of a button."""
    return Ready(
        button.name, button.label, typed_of(button.act), button.key.lower(), button.entered_for
    )


def typed_of(act: Act) -> list[tuple[str, str]]:
    """The fields of an act as they are typed into its form, those left out that are empty or made by the desk."""
    made = OPENS.get(act_name(type(act)))
    values = msgspec.to_builtins(act)
    return [(key, _typed(value)) for key, value in values.items() if key != made and value != ""]


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return "\n".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
