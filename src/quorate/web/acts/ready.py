"""Acts that are ready to be sent: a button, with the fields of its form already filled in."""

import json
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlencode

import msgspec

from quorate.assembly.act import OPENS, Act, act_name
from quorate.reading.asking import Asking
from quorate.reading.leading import Button


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


def those_in_order(asking: Asking, acts: Iterable[tuple[Act, str]]) -> list[Ready]:
    """The forms of those of some acts that somebody could do now; each act comes with its label."""
    return [ready(Button(act, label, "")) for act, label in acts if asking.refusal(act) is None]


def address_of(act: Act) -> str:
    """The address of the form of an act, with its fields filled in as far as they are known."""
    return f"/acts/{act_name(type(act))}/?{urlencode(typed_of(act))}"


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
