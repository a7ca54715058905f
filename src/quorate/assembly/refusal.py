"""Refused: a rule of the house says no. Every code has its message here; the codes are listed in the reference."""

from typing import Any

from quorate.canon.fault import Fault


class Refused(Fault):
    """An act against the rules: its code, the facts, and the clause of the standing orders that it rests on."""

    def __init__(self, code: str, *, clause: str = "", **facts: Any) -> None:
        self.code = code
        self.facts = facts
        self.clause = clause
        super().__init__(code)

    def __str__(self) -> str:
        """The refusal in words, with the clause cited."""
        said = message(self.code, self.facts)
        return f"{said} ({self.clause})" if self.clause else said


MESSAGES: dict[str, str] = {}
"""The message of every code, with its facts in braces; each subject adds its own with `refusals`."""


def refusals(**messages: str) -> None:
    """Add the codes of a subject; a code is written with hyphens, so `not_in_order` declares `not-in-order`."""
    for name, text in messages.items():
        code = name.replace("_", "-")
        assert MESSAGES.get(code, text) == text, f"two messages for {code}"
        MESSAGES[code] = text


def message(code: str, facts: dict[str, Any]) -> str:
    """The message of a code with the facts filled in."""
    return MESSAGES[code].format(**facts)


refusals(
    unknown="there is no {what} {id}",
    exists="{what} {id} exists already",
    id_unfit="no {what} can have the id {id!r}: it takes 1 to 64 of a-z, 0-9, dot and hyphen",
    not_entitled="{person} may not {do}: it takes {needs}",
    not_a_member="{person} is not a member in good standing of {body}",
    no_standing_orders="{body} has adopted no standing orders",
    not_open="{what} {id} is {status}, not {needed}",
)
refusals(
    no_quorum="{present} present of {needed} needed for a quorum",
    point_unclear="a time is either a day or an event with an offset, and a rule sets the day held",
    event_undated="{event} has no day yet, so nothing can be fixed to it",
)
