"""Acts drawn by chance for an organisation in whatever state it is: mostly sensible, sometimes not.

An act is made from its own fields: an id comes from the register that the field's name points to, anything else from the
field's type. So every act of the house is drawn, those that are written later among them.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, get_args

import msgspec
from msgspec import inspect

from quorate.assembly.act import ACTS, OPENS, PART_FIELDS, Act
from quorate.assembly.model.calendar import Point, Window
from quorate.assembly.model.division import Box, Count, Setup
from quorate.assembly.model.motion import Clause, Modality
from quorate.assembly.model.orders import StandingOrders
from quorate.assembly.organisation.standing_orders import RULES
from quorate.assembly.state import State
from quorate.canon.moment import Day
from tests.assembly import house_ballots
from tests.assembly.house_fields import PEOPLE, REFERENCES, REGISTERS

ORGANS = ("committee", "members", "editors")
SLOTS = ((), (), (), ("date",), ("date", "form"), ("1", "1"))
WORDS = ("north", "gates", "paint/door", "bread", "ready")


@cache
def fields_of(name: str) -> tuple[inspect.Field, ...]:
    """The fields of an act, by its written name."""
    read = inspect.type_info(ACTS[name])
    assert isinstance(read, inspect.StructType)
    return read.fields


class Chooser:
    """What chance makes of a state; every id that it opens ends in the number `n`."""

    def __init__(self, chance: Random, state: State, now: datetime, n: int) -> None:
        self.chance = chance
        self.state = state
        self.now = now
        self.n = n
        self.act_name = ""
        self.focus: dict[str, str] = {}
        """By the name of a field: the id that it is likely to have."""

    def act(self, name: str) -> Act:
        """An act of that name."""
        self.act_name = name
        given = {}
        for field in fields_of(name):
            if (
                field.required
                or field.name in self.focus
                or self.chance.random() < self._likelihood(field.name)
            ):
                given[field.name] = self._value(field.name, field.type)
        return ACTS[name](**self._made_to_fit(name, given))

    def one(self, keys: Iterable[str]) -> str:
        """One of some ids, more often than not among the last; sometimes an id that nobody has."""
        known = list(keys)
        if not known or self.chance.random() < 0.02:
            return "nobody-knows"
        return self.chance.choice(known[-3:] if self.chance.random() < 0.6 else known)

    def person(self) -> str:
        """Somebody."""
        return self.one(self.state.people)

    def day(self) -> date:
        """A day not far off, more often ahead."""
        return (self.now + timedelta(days=self.chance.randint(-9, 40))).date()

    def point(self) -> Point:
        """A day, or a day that hangs on an event."""
        if self.chance.random() < 0.4:
            return Point(on=self.day())
        return Point(
            event=self.one(self.state.calendar),
            days=self.chance.randint(-5, 20),
            tie="fixed" if self.chance.random() < 0.3 else "moves",
        )

    def reference(self) -> str:
        """Somebody or something that can be charged, or nearly."""
        what = self.chance.choice(("body", "office", "person", "person", "thing"))
        known: dict[str, Iterable[str]] = {"body": self.state.bodies, "office": self.state.offices}
        return f"{what}:{self.one(known.get(what, self.state.people))}"

    def clause(self, n: int) -> Clause:
        """A provision with something to do, to leave open, or to assume."""
        return Clause(
            n=n,
            modality=self.chance.choice(get_args(Modality)),
            bearer=self.reference() if self.chance.random() < 0.6 else "",
            action=self.chance.choice(WORDS),
            mode=self.chance.choice(("once", "once", "throughout")),
            window=self._window() if self.chance.random() < 0.3 else None,
            conditions=tuple(f"event:{each}" for each in list(self.state.calendar)[-1:]),
            owner=self.reference() if self.chance.random() < 0.3 else "",
            due=self.point() if self.chance.random() < 0.4 else None,
            open_slots=self.chance.choice(SLOTS),
            supersedes=(self._clause_in_force(),) if self.chance.random() < 0.15 else (),
        )

    def _window(self) -> Window:
        return Window(self.point(), self.point() if self.chance.random() < 0.6 else None)

    def _clause_in_force(self) -> str:
        return f"{self.one(self.state.decisions)}/{self.chance.randint(1, 2)}"

    def _likelihood(self, field: str) -> float:
        """How often a field that may be left out is given."""
        if field in PART_FIELDS or field in ("rule", "recount_of"):
            return 0.2
        return 0.7 if field in ("confirm", "chair", "title", "clauses") else 0.4

    def _value(self, field: str, kind: inspect.Type) -> Any:
        if OPENS.get(self.act_name) == field and self.chance.random() < 0.95:
            return self._fresh(field)
        match kind:
            case inspect.UnionType(types=types):
                some = [each for each in types if not isinstance(each, inspect.NoneType)]
                made = self._value(field, self.chance.choice(some))
            case inspect.Metadata(type=inner):
                made = self._value(field, inner)
            case inspect.VarTupleType(item_type=inner):
                made = tuple(self._value(field, inner) for _ in range(self.chance.randint(0, 3)))
            case inspect.StructType(cls=cls):
                made = self._struct(cls)
            case inspect.DictType():
                made = self._mapping(field)
            case _:
                made = self._plain(field, kind)
        return made

    def _fresh(self, field: str) -> str:
        """An id that is free; now and then one that only nearly is, or is none."""
        if self.chance.random() < 0.94:
            return f"{field}-{self.n}"
        register = getattr(self.state, REGISTERS.get(field, "motions"))
        end = self.chance.choice((".1", ".1.date", ".1.1", "--2", "/1", "~x", " X"))
        return f"{self.one(register)}{end}"

    def _plain(self, field: str, kind: inspect.Type) -> Any:
        match kind:
            case inspect.LiteralType(values=values):
                return self.chance.choice(values)
            case inspect.BoolType():
                return self.chance.random() < 0.5
            case inspect.IntType():
                return self._number(field)
            case inspect.DateTimeType():
                return self.now + timedelta(hours=self.chance.randint(-3, 500))
            case inspect.DateType():
                return self.day()
            case inspect.StrType():
                return self._text(field)
            case _:
                raise AssertionError(f"{self.act_name}.{field}: {kind}")

    def _number(self, field: str) -> int:
        usual = {"weight": (-1, 4), "seq": (0, self.state.size), "seats": (1, 9), "n": (1, 3)}
        return self.chance.randint(*usual.get(field, (0, 6)))

    def _struct(self, kind: type) -> Any:
        makers: dict[str, Callable[[], Any]] = {
            "Day": lambda: Day(self.day()),
            "Point": self.point,
            "Clause": lambda: self.clause(self.chance.randint(1, 3)),
            "Count": lambda: Count(*(self.chance.randint(0, 4) for _ in range(3))),
            "Box": lambda: Box(3, 0, "0f" * self.chance.choice((31, 32))),
            "Setup": lambda: Setup("TWwH7czxHNwDhB", "+" * 43, "aa" * 32, "bb" * 32, 3, 3),
            "StandingOrders": lambda: self.chance.choice(self._orders()),
        }
        if kind.__name__ in makers:
            return makers[kind.__name__]()
        if kind.__name__ == "Heading":
            return kind(id=f"heading-{self.chance.randint(1, 9)}", title="A heading")
        if kind.__name__ == "PersonalName":
            return kind(name="Somebody")
        return self.chance.choice(self._orders()).majorities.usual

    def _mapping(self, field: str) -> dict[str, Any]:
        if field == "votes":
            people = self.chance.sample(list(self.state.people), 3)
            return {each: self.chance.choice(("for", "against", "abstain")) for each in people}
        if field == "value":
            rule = getattr(self.chance.choice(self._orders()), self.chance.choice(list(RULES)))
            return dict(msgspec.to_builtins(rule))
        return {"present": self.chance.randint(-1, 9)}

    def _orders(self) -> list[StandingOrders]:
        held = [body.orders for body in self.state.bodies.values() if body.orders is not None]
        assert held
        return held

    def _text(self, field: str) -> str:
        if field in self.focus and self.chance.random() < 0.85:
            return self.focus[field]
        if field in PART_FIELDS:
            return "Words."
        if field in PEOPLE:
            return self.person()
        known = self._known(field)
        if known is not None:
            return self.one(known)
        return self.reference() if field in REFERENCES else self.chance.choice(WORDS)

    def _known(self, field: str) -> Iterable[str] | None:
        """The ids that a field may have, if it takes an id."""
        find = _KNOWN.get(f"{self.act_name}.{field}") or _KNOWN.get(field)
        if find is not None:
            return find(self)
        return getattr(self.state, REGISTERS[field]) if field in REGISTERS else None

    def of_meetings(self, register: str) -> list[str]:
        """The ids in a register of the latest meetings."""
        meetings = list(self.state.meetings.values())[-3:]
        return [key for meeting in meetings for key in getattr(meeting, register)]

    def subjects(self, kind: str) -> list[str]:
        """The subjects of the open items of a kind."""
        return [each.subject for each in self.state.open_items.values() if each.kind == kind]

    def organs(self) -> Iterable[str]:
        """The bodies that a letter may go to."""
        return [self.focus["body"]] if "body" in self.focus else ORGANS

    def _made_to_fit(self, name: str, given: dict[str, Any]) -> dict[str, Any]:
        """The fields of an act that have to go together, made to do so most of the time."""
        fit = _FIT.get(name)
        if fit is not None and self.chance.random() < 0.95:
            given = fit(self, given)
        return given


def _motion(chooser: Chooser, given: dict[str, Any]) -> dict[str, Any]:
    chance, state = chooser.chance, chooser.state
    circular = chance.random() < 0.05 or "circular" in chooser.focus
    given |= {"body": chooser.focus.get("body") or chooser.one(ORGANS), "meeting": ""}
    if not circular:
        meeting = chooser.focus.get("meeting", "")
        there = [each.id for each in sitting(state)] or list(state.meetings)
        given |= {"body": "", "meeting": meeting if meeting in there else chooser.one(there)}
    held = chance.choice(list(state.bodies.values())).orders
    kinds = list(held.precedence.ranks) if held else ["main"]
    kind = chooser.focus.get("kind") or chance.choice([*kinds, "main", "main", "main", "amend"])
    given["kind"] = kind
    pools: dict[str, Iterable[str]] = {
        "ratify": state.decisions,
        "rescind": state.decisions,
        "amend-adopted": state.decisions,
        "reconsider": state.motions,
        "take-from-table": state.motions,
        "discipline": state.charges,
        "accept-resignation": state.resignations,
    }
    if kind in pools:
        given["target"] = chooser.focus.get("target") or chooser.one(pools[kind])
        if given["target"] not in pools[kind]:
            given["target"] = chooser.one(pools[kind])
    elif chance.random() < 0.9:
        given.pop("target", None)
    if chance.random() < 0.8:
        given.pop("group", None)
    if chance.random() < 0.85:
        given.pop("on_item", None)
    given["clauses"] = tuple(chooser.clause(n) for n in range(1, 1 + chance.randint(0, 2)))
    return {key: value for key, value in given.items() if key != "drops" or kind == "amend"}


def _convened(chooser: Chooser, given: dict[str, Any]) -> dict[str, Any]:
    ahead = chooser.chance.choice((0, 0, 0, 1, 8, 20))
    given["starts_at"] = chooser.now + timedelta(days=ahead, minutes=ahead and 5)
    return given | {"day": Day(given["starts_at"].date()), "place": "", "agenda": ()}


def _moved(chooser: Chooser, given: dict[str, Any]) -> dict[str, Any]:
    given["starts_at"] = chooser.now + timedelta(days=chooser.chance.randint(0, 30))
    return given | {"day": Day(given["starts_at"].date())}


def _event(chooser: Chooser, given: dict[str, Any]) -> dict[str, Any]:
    given["notice_days"] = chooser.chance.choice((0, 0, 3, 14))
    if "event" in chooser.focus and chooser.chance.random() < 0.7:
        given["anchor"] = Point(event=chooser.focus["event"], days=chooser.chance.randint(-5, 9))
    if given.get("anchor") is not None:
        given["day"] = None
    return given


def _amended(chooser: Chooser, given: dict[str, Any]) -> dict[str, Any]:
    rule = chooser.chance.choice(list(RULES))
    orders = chooser.chance.choice(chooser._orders())
    return given | {"rule": rule, "value": dict(msgspec.to_builtins(getattr(orders, rule)))}


def _roll_call(chooser: Chooser, given: dict[str, Any]) -> dict[str, Any]:
    division = chooser.state.divisions.get(given["division"])
    left = [key for key in division.register if key not in division.votes] if division else []
    people = chooser.chance.sample(left, chooser.chance.randint(0, len(left)))
    choices = ("for", "for", "against", "abstain")
    return given | {"votes": {each: chooser.chance.choice(choices) for each in people}}


def _count(chooser: Chooser, given: dict[str, Any]) -> dict[str, Any]:
    return given | {"count": Count(3, 2) if chooser.chance.random() < 0.8 else Count(4, 2)}


def _group(chooser: Chooser, given: dict[str, Any]) -> dict[str, Any]:
    meeting = next(reversed(sitting(chooser.state)), None)
    if meeting is None:
        return given
    waiting = [each.id for each in chooser.state.motions.values() if each.meeting == meeting.id]
    motions = tuple(meeting.pending[-2:] if chooser.chance.random() < 0.5 else waiting[-2:])
    return given | {"meeting": meeting.id, "motions": motions, "order": motions[::-1]}


def _letter(chooser: Chooser, given: dict[str, Any]) -> dict[str, Any]:
    return given | {"demands": WORDS[: chooser.chance.randint(0, 3)]}


def _key(chooser: Chooser, given: dict[str, Any]) -> dict[str, Any]:
    used = chooser.state.keys[-1] if chooser.state.keys else "0" * 8
    return {"old_key_id": used, "new_vkey": f"co-op+{chooser.n:08x}+QUJD"}


def _lot(chooser: Chooser, given: dict[str, Any]) -> dict[str, Any]:
    return given | {"seed": f"{chooser.n:032x}"}


_KNOWN: dict[str, Callable[[Chooser], Iterable[str]]] = {
    "anchor-to.item": lambda chooser: chooser.state.open_items,
    "establish-body.parent": lambda chooser: chooser.state.bodies,
    "tender-resignation.to": Chooser.organs,
    "receive-communication.to": Chooser.organs,
    "confirm-after-move.what": lambda chooser: chooser.subjects("confirmation"),
    "amend-standing-order.rule": lambda chooser: RULES,
    "rule-out-of-order.order": lambda chooser: ("2.1", "4.2", "99"),
    "item": lambda chooser: chooser.of_meetings("agenda"),
    "before": lambda chooser: chooser.of_meetings("agenda"),
    "parent": lambda chooser: chooser.of_meetings("agenda"),
    "on_item": lambda chooser: chooser.of_meetings("agenda"),
    "turn": lambda chooser: chooser.of_meetings("turns"),
    "point": lambda chooser: chooser.of_meetings("points"),
    "at": lambda chooser: chooser.state.meetings,
    "parts": lambda chooser: PART_FIELDS,
    "source": lambda chooser: (
        *WORDS,
        *(each.partition("/")[2] for each in chooser.subjects("report")),
    ),
    "target": lambda chooser: (
        *chooser.state.decisions,
        *chooser.state.charges,
        *chooser.state.resignations,
        *chooser.state.motions,
    ),
}
"""By the name of a field, or of an act and its field: where the ids that it may have are found."""

_FIT: dict[str, Callable[[Chooser, dict[str, Any]], dict[str, Any]]] = {
    "amend-standing-order": _amended,
    "announce-event": _event,
    "close-division": house_ballots.closed,
    "convene-meeting": _convened,
    "declare-secret-result": house_ballots.declared,
    "draw-lot": _lot,
    "enter-count": _count,
    "enter-roll-call": _roll_call,
    "group-motions": _group,
    "move-meeting": _moved,
    "move-motion": _motion,
    "prepare-ballot": house_ballots.prepared,
    "receive-communication": _letter,
    "rotate-key": _key,
}


def sitting(state: State) -> list[Any]:
    """The meetings that sit, the latest last."""
    return [meeting for meeting in state.meetings.values() if meeting.status == "sitting"]
