"""The sentence of any event, from the modules of all subjects."""

from quorate.assembly.act import Event, Stamp
from quorate.assembly.state import State
from quorate.reading.words import (
    calendar,
    conduct,
    divisions,
    duties,
    letters,
    meetings,
    motions,
    organisation,
    publications,
)
from quorate.reading.words.names import capitalised
from quorate.reading.words.sentence import sentence
from quorate.reading.words.subjects import Names

SUBJECTS = (
    organisation,
    meetings,
    motions,
    divisions,
    duties,
    publications,
    letters,
    conduct,
    calendar,
)
"""Every subject whose events are told."""


def tell(state: State, event: Event, stamp: Stamp, who: str = "desk") -> str:
    """The sentence of an event, told on the state that it has left; empty for what is not worth telling.

    People are called by name, by their alias while it covers them; days are of the organisation's calendar.
    """
    line = capitalised(sentence(event, Names(state, stamp, event, who)))
    return (
        line.removesuffix(".") if line.endswith("..") else line
    )  # `… 1917 O.S.` ends with a point of its own
