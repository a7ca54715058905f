"""The record as a story: what happened in order, with runs of like entries told in one line.

What is told shortly here, or not at all because the next line says it, is whole in the record.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from quorate.assembly.act import Event
from quorate.reading.words.chronicle import Told
from quorate.reading.words.names import capitalised, listed
from quorate.reading.words.subjects import Names

NAMED = 6
"""Names that are given of many."""
ARRIVING = ("attendee.admitted", "alias.lifted", "leaving.recorded", "proxy.given")
ENDING = ("meeting.adjourned", "business-left.open")
PASSING = ("room.overfilled", "quorum.reached", "quorum.lost")
"""Kinds of events that follow by themselves from a coming or going; of each the last in a run is told, after the run."""
QUIET = (
    "office.created",
    "division.closed",
    "floor.requested",
    "floor.granted",
    "item.closed",
    "roll-call.entered",
    "vote.cast",
    "count.entered",
    "detail.deferred",
    "duty.laid",
    "motions.grouped",
    "resignation.accepted",
    "resignation.declined",
)
"""Kinds of events that another line tells too: an office is told when it is filled, votes when the result is declared."""


class Line(NamedTuple):
    """A line of the story."""

    seq: int
    """The first entry that it tells."""
    kind: str
    sitting: str
    at: datetime
    on: date
    text: str
    words: str
    """What was said or written, empty if nothing."""
    follows: bool
    division: str
    """The division whose result it declares, empty for any other line."""


class _Run(NamedTuple):
    """The words in which entries of a kind, one after the other, are told together."""

    said: str
    """A template with `{who}` for the list of all and, where need be, `{apart}`."""
    who: Callable[[Names, Any], str]
    """What an entry adds to the list."""
    apart: Callable[[Names, Any], str] = lambda _, __: ""
    """What is the same for all entries of the run, and sets them apart from the next."""


_RUNS = {
    "body.established": _Run("set up: {who}.", lambda names, act: names.the(act.body)),
    "standing-orders.adopted": _Run(
        "{who} adopted standing orders.", lambda names, act: names.the(act.body)
    ),
    "office.filled": _Run(
        "in office: {who}.",
        lambda names, act: (
            f"{names.person(act.holder)} ({names.whom(f'office:{act.office}').removeprefix('the ')})"
        ),
    ),
    "member.admitted": _Run(
        "admitted as members: {who}.", lambda names, act: names.person(act.member)
    ),
    "member.seated": _Run(
        "seated in {apart}: {who}.",
        lambda names, act: names.person(act.member),
        lambda names, act: names.the(act.body),
    ),
    "attendee.admitted": _Run(
        "{who} came in{apart}.",
        lambda names, act: names.person(act.attendee),
        lambda _, act: " by invitation" if act.capacity == "guest" else "",
    ),
    "leaving.recorded": _Run("{who} left.", lambda names, act: names.person(act.attendee)),
    "report.called": _Run(
        "reports are called for: on {who}.", lambda names, act: names.whom(act.source)
    ),
}
_Key = tuple[str, ...]


def story(entries: Iterable[Told]) -> Iterator[Line]:
    """The lines of the story, in order."""
    for key, group in groupby(_keyed(entries), lambda each: each[0]):
        lines = [line for _, line in group]
        if len(key) < 3:
            yield from lines
            continue
        yield _together(key, [each for each in lines if each.kind not in PASSING])
        yield from {each.kind: each for each in lines if each.kind in PASSING}.values()


def _keyed(entries: Iterable[Told]) -> Iterator[tuple[_Key, Line]]:
    """The line of each entry that is told, with a key that it shares with those of its run."""
    key: _Key = ()
    for entry in entries:
        if not entry.sentence or (entry.kind in QUIET and not entry.words):
            continue
        text = entry.sentence
        if entry.kind not in PASSING:
            key, text = _run_of(entry)
        yield key, _line(entry, text)


def _run_of(entry: Told) -> tuple[_Key, str]:
    """The key of the run that an entry may be part of and what it adds to it; a short key for one told by itself."""
    run = _RUNS.get(entry.kind)
    act = getattr(entry.event, "act", None)
    if run is None or getattr(act, "alias", None):
        return (str(entry.seq),), entry.sentence
    names = Names(entry.state, entry.said, entry.event)
    return (entry.kind, entry.sitting, run.apart(names, act)), run.who(names, act)


def _is_at(entry: Told) -> bool:
    """Whether an entry happened at the meeting, not only about it before or after."""
    meeting = entry.state.meetings.get(entry.sitting)
    if meeting is None:
        return False
    apart = {"convened": (*ARRIVING, *PASSING), "adjourned": ENDING, "called-off": ()}
    return entry.kind in apart.get(meeting.status, (entry.kind,))


def _line(entry: Told, text: str) -> Line:
    return Line(
        seq=entry.seq,
        kind=entry.kind,
        sitting=entry.sitting if _is_at(entry) else "",
        at=entry.said.at,
        on=entry.said.on,
        text=text,
        words=entry.words,
        follows=entry.follows,
        division=_declared(entry.kind, entry.event),
    )


def _declared(kind: str, event: Event) -> str:
    if kind not in ("result.declared", "secret-result.declared"):
        return ""
    return str(event.act.division)  # type: ignore[attr-defined]


def _together(key: _Key, lines: list[Line]) -> Line:
    who = [line.text for line in lines]
    if len(who) > NAMED + 1:
        who = [*who[:NAMED], f"{len(who) - NAMED} more"]
    kind, _, apart = key
    sentence = _RUNS[kind].said.format(who=listed(who), apart=apart)
    return lines[0]._replace(text=capitalised(sentence))
