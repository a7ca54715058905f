"""Who reads the state, what they may see of it, and how people, bodies and days are called for them."""

import re
from collections.abc import Callable
from datetime import date, datetime

from msgspec import UNSET, UnsetType

from quorate.assembly.audience import audience_at, audience_of_body, may_read
from quorate.assembly.days import day_of_point
from quorate.assembly.heads import in_good_standing
from quorate.assembly.model.calendar import Point
from quorate.assembly.model.motion import Motion
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.canon.moment import Day, format_day, iso_day
from quorate.desk.local_time import day_there, format_instant

_braced = re.compile(r"\{(?:([a-z]+):)?([a-z0-9][a-z0-9.~/-]*)\}")
Who = str | frozenset[str]
"""Who reads: `desk`, `public`, the id of a person, or the audiences of all who see alike."""
Iso = str | None | UnsetType
"""An ISO date or instant beside one in the organisation's calendar; unset where that is the same."""


class Reader:
    """The clerk (`desk`), who keeps the record and sees it whole; a member, by id; or anybody (`public`).

    Or all who belong to the same audiences, such as `{"public", "members", "body:cc"}`: what many see alike is made once.
    A reader is for one look at the state: what they may see is asked once, and remembered.
    """

    def __init__(self, state: State, on: date, who: Who = "desk") -> None:
        self.state = state
        self.on = on
        """The day on which they look."""
        self.who = who
        house = state.organisation
        self._may_see: dict[str, bool] = {}
        """By audience that was asked about."""
        self._being_named: set[str] = set()
        """Things whose titles are being put into words, so that a title which names itself comes to an end."""
        self.calendar = house.calendar if house else "gregorian"
        self.zone = house.zone if house else "UTC"

    def may_see(self, audience: str) -> bool:
        """Whether they belong to an audience."""
        if self.who == "desk":
            return True
        if isinstance(self.who, frozenset):
            return audience in self.who
        if audience not in self._may_see:
            person = None if self.who == "public" else self.who
            self._may_see[audience] = may_read(self.state, person, audience, self.on)
        return self._may_see[audience]

    def sees(self, body: str, meeting: str = "") -> bool:
        """Whether they see what a body does, at a meeting of it or between meetings. About 0.5 µs."""
        if self.who == "desk":
            return True
        the_meeting = self.state.meetings.get(meeting)
        if the_meeting is not None and the_meeting.in_confidence:
            return self.may_see(f"body:{the_meeting.body}")
        the_body = self.state.bodies.get(body)
        if the_body is None or the_body.orders is None:
            return self.may_see("members")
        acts = the_body.orders.confidentiality.acts
        return self.may_see(f"body:{body}" if acts == "body" else acts)

    def reads(self, body: str, meeting: str = "", part: str = "text") -> bool:
        """Whether they may read the texts of what they see, or another part of it: standing orders may keep them to fewer."""
        if self.who == "desk":
            return True
        if meeting in self.state.meetings:
            return self.may_see(audience_at(self.state, meeting, part))
        the_body = self.state.bodies.get(body)
        return self.may_see(audience_of_body(the_body, part) if the_body else "members")

    def person(self, key: str) -> str:
        """The name of a person; the id in brackets if the name was erased, the bare id if this reader may not see names."""
        person = self.state.people.get(key)
        if person is None or not self._sees_names():
            return key
        return person.known.name if person.known else f"[erased {key}]"

    def people(self, keys: tuple[str, ...] | list[str]) -> list[str]:
        """The names of some people."""
        return [self.person(key) for key in keys]

    def body(self, key: str) -> str:
        """The name of a body, or its id if there is none."""
        body = self.state.bodies.get(key)
        return body.name if body else key

    def refer(self, reference: str) -> str:
        """The name behind a reference such as `body:cc`, `office:cc.chair` or `person:p-…`, or a bare id of a body."""
        kind, _, key = reference.rpartition(":")
        if kind == "person" or (not kind and key in self.state.people):
            return self.person(key)
        if kind == "office" and key in self.state.offices:
            office = self.state.offices[key]
            body = self.body(office.body)
            return office.name if body in office.name else f"{office.name} of {body}"
        return self.body(key)

    def words(self, title: str) -> str:
        """A title with a name in the place of each reference in braces, such as `{p-…}`, `{cc}`, `{decision:…}`."""
        return _braced.sub(self._in_braces, title)

    def motion(self, motion: Motion | None, key: str = "") -> str:
        """The name of a motion: its title, or its kind and mover."""
        if motion is None:
            return key
        if motion.title:
            return self.words(motion.title)
        return f"{motion.kind} moved by {self.person(motion.mover)}"

    def day(self, on: date | Day | None) -> str | None:
        """A day as YYYY-MM-DD in the organisation's calendar."""
        plain = on.on if isinstance(on, Day) else on
        return None if plain is None else iso_day(plain, self.calendar)

    def iso(self, on: date | Day | None) -> Iso:
        """The ISO date of a day where the organisation's calendar has another."""
        if self.calendar == "gregorian":
            return UNSET
        plain = on.on if isinstance(on, Day) else on
        return None if plain is None else plain.isoformat()

    def point(self, point: Point | None) -> date | None:
        """The day that a point means now."""
        return None if point is None else day_of_point(self.state, point)

    def instant(self, at: datetime | None) -> str | None:
        """An instant as YYYY-MM-DD HH:MM in the organisation's calendar and on its clocks."""
        return None if at is None else format_instant(at, self.calendar, self.zone)

    def instant_iso(self, at: datetime | None) -> str | None:
        """An instant in UTC, ISO 8601."""
        return None if at is None else at.isoformat().replace("+00:00", "Z")

    def _titled(self, key: str, title: str) -> str:
        """A title inside another; the id where a title comes back to itself."""
        if key in self._being_named:
            return key
        self._being_named.add(key)
        try:
            return self.words(title)
        finally:
            self._being_named.discard(key)

    def _sees_names(self) -> bool:
        if self.who == "desk":
            return True
        if isinstance(self.who, frozenset):
            return "members" in self.who
        return self.who != "public" and in_good_standing(self.state, self.who)

    def _in_braces(self, match: re.Match[str]) -> str:
        kind, key = match[1], match[2]
        if kind is None:
            if key in self.state.people:
                return self.person(key)
            return self.body(key) if key in self.state.bodies else match[0]
        name_of = _NAMED.get(kind)
        return name_of(self, key) if name_of else match[0]

    def _decision(self, key: str) -> str:
        decision = self.state.decisions.get(key)
        return f"“{self._titled(key, decision.title)}”" if decision and decision.title else key

    def _motion(self, key: str) -> str:
        motion = self.state.motions.get(key)
        return f"“{self._titled(key, motion.title)}”" if motion and motion.title else key

    def _event(self, key: str) -> str:
        event = self.state.calendar.get(key)
        return self._titled(key, event.title) if event else key

    def _publication(self, key: str) -> str:
        publication = self.state.publications.get(key)
        return f"what {publication.where} printed" if publication else key

    def _day(self, key: str) -> str:
        try:
            return format_day(date.fromisoformat(key), self.calendar)
        except (ValueError, Malformed):
            return f"{{day:{key}}}"  # as it was written: a title is anybody's words


_NAMED: dict[str, Callable[[Reader, str], str]] = {
    "body": Reader.body,
    "office": lambda reader, key: reader.refer(f"office:{key}"),
    "person": lambda reader, key: reader.person(
        key
    ),  # as whoever looks calls them: an alias may hide the name
    "decision": Reader._decision,  # noqa: SLF001  # of this very class
    "motion": Reader._motion,  # noqa: SLF001
    "event": Reader._event,  # noqa: SLF001
    "publication": Reader._publication,  # noqa: SLF001
    "day": Reader._day,  # noqa: SLF001
}
"""By kind of reference in braces: the function that names the id after it."""


def today(state: State, now: datetime) -> date:
    """The day in the organisation's zone: of the last entry where the clock is told, else of now."""
    house = state.organisation
    if house is None:
        return now.date()
    return day_there(state.last_at if house.clock == "told" else now, house.zone)
