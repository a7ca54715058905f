"""How an act becomes events and events become state: the machinery that every subject of the house plugs into.

    act ──decide──▶ event ──evolve──▶ state ──follow──▶ further events ──evolve──▶ state

An act is what someone asks. `decide` answers it with exactly one event, its *primary* event, which carries the act whole,
or raises Refused; it never touches the state. `evolve` changes the state by an event and never refuses. `follow` names
the events that follow by themselves (a quorum lost, a decision taken). So the primary event is enough to decide the act
again, and whoever holds the record can check that each entry follows from those before it.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec

from quorate.assembly.refusal import Refused

if TYPE_CHECKING:
    from quorate.assembly.state import State

PART_FIELDS = ("text", "person", "contact", "venue", "notice", "reason")
"""Fields of an act that are recorded as parts of their own, each with its audience, each erasable alone.

They hold free words and personal data; no rule may depend on them, so that the fold is whole after erasure. Each is
declared `str | None = None` (or a Struct) at the top level of the act, and is None when erased or not disclosed.
"""


@lru_cache(maxsize=64)  # the acts of a batch have one instant, and each rule asks for the day again
def _day_of(at: datetime, offset: int) -> date:
    return (at + timedelta(seconds=offset)).date()


FURTHEST_OFFSET = 16 * 60 * 60
"""Seconds. Clocks were never further from UTC than those of Manila until 1844, 15:56:08 behind (the tz database)."""


class Stamp(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """When, by whom, for whom, and how they were known; goes with every act."""

    at: datetime
    """UTC, to the microsecond."""
    offset: Annotated[int, msgspec.Meta(ge=-FURTHEST_OFFSET, le=FURTHEST_OFFSET)] = 0
    """How far the clocks of the organisation were ahead of UTC at that instant, in seconds; so `at` has one day only."""
    by: str
    """The person who acts."""
    behalf: str = ""
    """The person for whom they act, if another."""
    known_by: str = ""
    """How the one who acts was known: `login`, `sight`, `password-chain`, `letter` ..."""
    entered_by: str = ""
    """The person at the desk who entered the act, if another entered it."""
    token: str = ""
    """Drawn at random by the caller for this one act, so that a second try is known as one."""

    @property
    def on(self) -> date:
        """The day of `at` where the organisation is."""
        return _day_of(self.at, self.offset)


class Act(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What someone asks. Named in the imperative: `MoveMotion`, written `move-motion`."""


class Event(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What the record keeps. Named in the past tense: `MotionMoved`, written `motion.moved`.

    A primary event has a field `act` with the act that it answers; any other event follows by itself.
    """


A = TypeVar("A", bound=Act)
E = TypeVar("E", bound=Event)
Decide = Callable[["State", A, Stamp], Event]
Evolve = Callable[["State", E, Stamp], None]
Follow = Callable[["State", E, Stamp], Iterator[Event]]

ACTS: dict[str, type[Act]] = {}
EVENTS: dict[str, type[Event]] = {}
OPENS: dict[str, str] = {}
"""By act: the field with the id of the thing that it opens."""
INTRODUCES: dict[str, str] = {}
"""By act: the field with the id of the person whom its part `person` names."""
SAYS: dict[str, tuple[str, ...]] = {}
"""By act: the parts without which nobody may do it. They may be erased later, so no rule asks for them again."""
_decide: dict[type[Act], Decide[Any]] = {}
_evolve: dict[type[Event], Evolve[Any]] = {}
_follow: dict[type[Event], list[Follow[Any]]] = {}


@cache
def act_name(act: type[Act]) -> str:
    """The written name of a class of acts: `move-motion` of MoveMotion."""
    return "-".join(_words(act.__name__))


@cache
def kind_of(event: type[Event]) -> str:
    """The written name of a class of events: `standing-orders.adopted` of StandingOrdersAdopted."""
    *subject, verb = _words(event.__name__)
    return f"{'-'.join(subject)}.{verb}"


def decides(
    act: type[A], *, opens: str = "", introduces: str = "", says: tuple[str, ...] = ()
) -> Callable[[Decide[A]], Decide[A]]:
    """Register the rule that answers a class of acts.

    `opens`: the field with the id of the thing that it opens, which the desk can make. `introduces`: the field with the
    id of the person whom its part `person` names. `says`: the parts without which nobody may do it.
    """

    def register(rule: Decide[A]) -> Decide[A]:
        assert act not in _decide, act
        assert {opens, introduces, *says} <= {"", *act.__struct_fields__}, act
        name = act_name(act)
        _decide[act] = rule
        ACTS[name] = act
        if opens:
            OPENS[name] = opens
        if introduces:
            INTRODUCES[name] = introduces
        if says:
            SAYS[name] = says
        return rule

    return register


def evolves(event: type[E]) -> Callable[[Evolve[E]], Evolve[E]]:
    """Register what a class of events does to the state."""

    def register(change: Evolve[E]) -> Evolve[E]:
        assert event not in _evolve, event
        _evolve[event] = change
        EVENTS[kind_of(event)] = event
        return change

    return register


def follows(event: type[E]) -> Callable[[Follow[E]], Follow[E]]:
    """Register what follows by itself from a class of events, asked of the state that the event has already changed."""

    def register(rule: Follow[E]) -> Follow[E]:
        _follow.setdefault(event, []).append(rule)
        return rule

    return register


def decide(state: "State", act: Act, stamp: Stamp) -> Event:
    """The primary event that answers an act; the state is not changed.

    Raises:
        Refused: a rule of the house says no; it says of which act.
    """
    try:
        return _decide[type(act)](state, act, stamp)
    except Refused as refusal:
        refusal.act = act_name(type(act))
        raise


def evolve(state: "State", event: Event, stamp: Stamp) -> None:
    """Change the state by an event and count its entry; never refuses."""
    _evolve[type(event)](state, event, stamp)
    state.last_at = stamp.at
    if stamp.token:
        state.remember_token(stamp.token, stamp.at)
    state.size += 1  # afterwards: while an event is folded, this is the number of its entry


def follow(state: "State", event: Event, stamp: Stamp) -> Iterator[Event]:
    """The events that follow by themselves from an event that has just changed the state."""
    for rule in _follow.get(type(event), ()):
        yield from rule(state, event, stamp)


def require_words(act: Act) -> None:
    """Return if an act that is about to be done says what it must, else raise Refused `words-missing`.

    No part of `decide`: an act that is decided again may have lost its words to an erasure.
    """
    for field in SAYS.get(act_name(type(act)), ()):
        if not str(getattr(act, field) or "").strip():
            refusal = Refused("words-missing", field=field)
            refusal.act = act_name(type(act))
            raise refusal


def carry_out(state: "State", act: Act, stamp: Stamp) -> list[Event]:
    """The events of an act, in the order of the record; the state has been changed by them.

    What follows from an event is asked as soon as the event has changed the state, breadth first.

    Raises:
        Refused: a rule of the house says no; the state is as it was.
    """
    return take_effect(state, decide(state, act, stamp), stamp)


def take_effect(state: "State", primary: Event, stamp: Stamp) -> list[Event]:
    """A primary event and all that follows from it, in the order of the record; the state has been changed by them."""
    evolve(state, primary, stamp)
    if type(primary) not in _follow:
        return [primary]
    events = [primary]
    queue = deque([primary])
    while queue:
        # Breadth first, as the audit works the order of the record out again; and all that follows from one event is
        # asked before any of it takes effect, so that no rule sees what another has just yielded.
        for event in list(follow(state, queue.popleft(), stamp)):
            evolve(state, event, stamp)
            events.append(event)
            queue.append(event)
    return events


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z][a-z0-9]*", name)]
