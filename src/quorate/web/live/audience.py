"""Who sees a meeting alike: the key under which its regions are made once, whoever looks."""

from datetime import date
from typing import NamedTuple

from quorate.assembly.audience import may_read
from quorate.assembly.state import State
from quorate.reading.reader import Reader


class Key(NamedTuple):
    """All who see the same of a meeting: they share its regions, and whoever has another key cannot get at them."""

    meeting: str
    audiences: frozenset[str]
    """Of those that count at the meeting: `public`, `members` and that of its body. Who is among the members sees names."""
    language: str = "en"


def is_inside(state: State, person: str) -> bool:
    """Whether somebody may come in at all: known and in good standing, or admitted as a guest."""
    member = state.people.get(person)
    return member is not None and member.status in ("good-standing", "guest")


def key_of(state: State, person: str, meeting: str, on: date) -> Key | None:
    """The key of somebody at a meeting; None if there is none, or it is not for them. About 5 µs."""
    found = state.meetings.get(meeting)
    if found is None or not is_inside(state, person):
        return None
    asked = ("public", "members", f"body:{found.body}")
    audiences = frozenset(each for each in asked if may_read(state, person, each, on))
    sees = Reader(state, on, audiences).sees(found.body, meeting)
    return Key(meeting, audiences) if sees else None
