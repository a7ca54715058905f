"""The names of people, bodies, meetings and days in a sentence."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Self

from quorate.assembly.act import Event, Stamp
from quorate.assembly.audience import meeting_of
from quorate.assembly.days import day_of_point
from quorate.assembly.model.calendar import Point
from quorate.assembly.state import State
from quorate.canon.moment import Day, format_day
from quorate.desk.local_time import day_there, format_instant
from quorate.reading.reader import Reader, Who


class PeopleNames(Reader):
    """A reader of the state as an event has left it, with words for people, bodies, meetings and days.

    Whoever is at the event's meeting under an alias is called by it.
    """

    def __init__(
        self, state: State, stamp: Stamp, event: Event | None = None, who: Who = "desk"
    ) -> None:
        super().__init__(state, stamp.on, who)
        meeting = state.meetings.get(meeting_of(state, event)) if event is not None else None
        present = meeting.presences.values() if meeting else ()
        self._aliases = {each.person: each.alias for each in present if each.alias}
        self.by = self._who(stamp)
        """Who acted, and for whom if for another."""

    @classmethod
    def of(cls, reader: Reader) -> Self:
        """The names that a reader would call things by, outside of any event."""
        if isinstance(reader, cls):
            return reader
        named = cls(reader.state, Stamp(at=reader.state.last_at, by=""), who=reader.who)
        named.on = reader.on
        return named

    def person(self, key: str) -> str:
        """The name of a person in a sentence; an alias while that covers them."""
        return mid_sentence(self._aliases.get(key) or super().person(key))

    def bare(self, key: str) -> str:
        """The name of a person whom an alias no longer covers."""
        return mid_sentence(super().person(key))

    def both(self, keys: Iterable[str]) -> str:
        """Some people in a list: `Kamenev and Zinoviev`."""
        return listed(self.person(key) for key in keys)

    def the(self, key: str) -> str:
        """A body in a sentence, with its article where its name does not begin with one."""
        return the(self.body(key))

    def whom(self, reference: str) -> str:
        """The name behind a reference in a sentence; a bare id is of a person or a body."""
        kind, _, key = reference.rpartition(":")
        if kind == "person" or key in self.state.people:
            return self.person(key)
        if kind == "office" and key in self.state.offices:
            office = self.state.offices[key]
            return (
                the(office.name)
                if " of " in office.name
                else f"the {office.name} of {self.the(office.body)}"
            )
        return (
            the(self.body(key)) if key in self.state.bodies else mid_sentence(self.words(reference))
        )

    def on_day(self, on: date | Day | None) -> str:
        """A day in words, in the organisation's calendar."""
        if on is None:
            return "a day still to be fixed"
        if isinstance(on, Day):
            return on.written or format_day(on.on, self.calendar)
        return format_day(on, self.calendar)

    def at_hour(self, at: datetime) -> str:
        """The time of day there."""
        return format_instant(at, self.calendar, self.zone)[11:16]

    def moment(self, at: datetime) -> str:
        """Day and time in words: `16 October 1917 O.S., 20:00`."""
        return f"{self.on_day(day_there(at, self.zone))}, {self.at_hour(at)}"

    def when(self, point: Point | None, before: str = "by ") -> str:
        """A point as the end of a sentence: ` by 24 October 1917 O.S. (1 day before the Congress)`; empty for none."""
        if point is None:
            return ""
        day = day_of_point(self.state, point)
        if not point.event:
            return f" {before}{point.written or self.on_day(day)}"
        hangs = distance(point.days, f"“{self.event(point.event)}”")
        caveat = ", though that may move" if point.tie == "fixed" else ""
        return f" {before}{self.on_day(day)} ({hangs}{caveat})" if day else f" {before}{hangs}"

    def meeting(self, key: str) -> str:
        """The title of a meeting in quotation marks, or what is known of one that is not convened yet."""
        meeting = self.state.meetings.get(key)
        if meeting is not None:
            return f"“{self.words(meeting.title)}”"
        hosting = self.state.hostings.get(key)
        return f"a meeting of {self.the(hosting.body)}" if hosting else "a meeting"

    def heading(self, meeting: str, key: str) -> str:
        """A heading of an agenda in quotation marks."""
        item = self.state.meetings[meeting].agenda.get(key)
        return f"“{self.words(item.title)}”" if item else "a heading"

    def event(self, key: str) -> str:
        """The title of a calendar event."""
        event = self.state.calendar.get(key)
        return self.words(event.title) if event else "an event"

    def _who(self, stamp: Stamp) -> str:
        name = self.person(stamp.by)
        return f"{name}, for {self.whom(stamp.behalf)}," if stamp.behalf else name


def the(name: str) -> str:
    """A name with its article, where it does not begin with one."""
    return f"the {name}" if name[:4].lower() != "the " else f"the {name[4:]}"


def mid_sentence(name: str) -> str:
    """A name as it stands inside a sentence: with its article small."""
    return f"the {name[4:]}" if name.startswith("The ") else name


def capitalised(sentence: str) -> str:
    """A sentence with its first letter large."""
    return sentence[:1].upper() + sentence[1:]


def with_full_stop(sentence: str) -> str:
    """A sentence with one point at its end; `… 1917 O.S.` has one already."""
    return (
        sentence
        if not sentence or sentence.endswith((".", "?", "!", ".”", "?”", "!”"))
        else f"{sentence}."
    )


def listed(words: Iterable[str]) -> str:
    """Words in a list: `a`, `a and b`, `a, b and c`."""
    each = list(words)
    return " and ".join(([", ".join(each[:-1])] if each[1:] else []) + each[-1:])


def plural(number: int, one: str, many: str = "") -> str:
    """A number of things: `1 day`, `5 days`."""
    return f"{number} {one if abs(number) == 1 else many or one + 's'}"


def distance(days: int, event: str) -> str:
    """A day by its distance from an event."""
    if days == 0:
        return f"the day of {event}"
    return f"{plural(abs(days), 'day')} {'after' if days > 0 else 'before'} {event}"


def spoken(action: str) -> str:
    """An action such as `organise/rising` as words."""
    return action.replace("/", " ").replace("-", " ")
