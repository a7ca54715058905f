"""What ends by time: from that instant it has ended for every rule, and the record says so before anything else happens.

A thing that ends by time stands in `state.due` with its instant, and its subject registers the act which says that it has
ended. Whoever decides acts first ends all that has fallen due by then, each at its own instant and in the clerk's name. So
no rule has to ask what time it is, and an auditor sees from the record alone that nothing ended late, early or never.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from quorate.assembly.act import Act, Event, Stamp, carry_out
from quorate.assembly.state import State

_acts: dict[str, Callable[[str], Act]] = {}


class Ending(NamedTuple):
    """When something fell due, and the act which says that it has ended."""

    at: datetime
    act: Act


def ends_by(thing: str, act: Callable[[str], Act]) -> None:
    """Register the act which says that a thing of this kind has ended, as a function of its id."""
    assert thing not in _acts, thing
    _acts[thing] = act


def set_due(state: State, thing: str, key: str, at: datetime) -> None:
    """A thing will end at an instant; called while an event changes the state."""
    assert thing in _acts, thing
    state.due[f"{thing}:{key}"] = at


def not_due(state: State, thing: str, key: str) -> None:
    """A thing has ended, or will not end by time; called likewise."""
    state.due.pop(f"{thing}:{key}", None)


def next_ending(state: State, until: datetime) -> Ending | None:
    """What falls due first, if anything does by that instant; of several the first by its id."""
    if not state.due:
        return None
    at, reference = min((at, reference) for reference, at in state.due.items())
    if at > until:
        return None
    thing, _, key = reference.partition(":")
    return Ending(at, _acts[thing](key))


def end_what_is_due(
    state: State, until: datetime, offset: Callable[[datetime], int]
) -> Iterator[tuple[Stamp, list[Event]]]:
    """End in turn what falls due by an instant; yields the stamp and the events of each, when they have changed the state.

    `offset` gives how far the clocks of the organisation were ahead of UTC at an instant, in seconds.
    """
    while ending := next_ending(state, until):
        stamp = Stamp(at=ending.at, offset=offset(ending.at), by=state.house().clerk)
        yield stamp, carry_out(state, ending.act, stamp)
