"""What the hall shows: the question and who speaks, the vote as it closes, the result with its reason."""

from datetime import datetime
from typing import Literal, NamedTuple

from quorate.assembly.model.division import Division
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.roll import quorum_needed, quorum_present
from quorate.reading.floor.sides import sides_of
from quorate.reading.reader import Reader
from quorate.reading.view.divisions import DivisionLine, division_line
from quorate.reading.words.subjects import Names
from quorate.web.picture.bar import Bar, bar_of
from quorate.web.picture.hemicycle import Hemicycle, hemicycle_of

Audience = Literal["public", "members", "body"]
"""For whom the hall is: it shows no more than whoever belongs to it may read."""


class Speaker(NamedTuple):
    """Who has the floor."""

    name: str
    """Empty if this audience sees no names."""
    side: str
    left: str
    """How long they still have, as `1:42`; empty without a limit."""
    over: bool


class Panel(NamedTuple):
    """A vote: open, closed, or with its result."""

    line: DivisionLine
    bar: Bar | None
    """None while it is open: whoever votes last must not be told how the others did."""
    hemicycle: Hemicycle | None
    cast: int
    """How many votes are in."""
    sum: str
    """The sum written out."""


class HallView(NamedTuple):
    """What the hall shows now."""

    organisation: str
    title: str
    hour: str
    state: str
    """What the meeting is at, if no question is before it."""
    item: str
    question: str
    text: str
    panel: Panel | None
    speaker: Speaker | None
    waiting: list[str]
    quorum: str
    coming: str


def audiences_of(audience: str, meeting: Meeting) -> frozenset[str]:
    """The audiences of the record that a hall for some audience belongs to."""
    wider = {"public": (), "members": ("members",), "body": ("members", f"body:{meeting.body}")}
    return frozenset(("public", *wider[audience]))


def safe_audience(reader: Reader, meeting: Meeting) -> Audience:
    """The widest hall that gives nothing away to whoever is there: without guests the members', unless all is public anyway."""
    orders = reader.state.bodies[meeting.body].orders
    if orders is None or orders.confidentiality.acts == "public":
        return "public"
    guests = any(
        each.capacity == "guest" and each.left_at is None for each in meeting.presences.values()
    )
    return "public" if guests or meeting.in_confidence else "members"


def hall_view(
    reader: Reader, meeting: Meeting, now: datetime, *, declared: bool = False
) -> HallView | None:
    """What the hall shows at an instant; None if its audience may not see the meeting at all.

    `declared`: whether a result was the last thing that happened, and is shown although another question is pending.
    """
    if not reader.sees(meeting.body, meeting.id):
        return None
    state, names = reader.state, Names.of(reader)
    over = meeting.status in ("adjourned", "called-off")  # its key may be forgotten in some browser
    division = None if over else _shown(reader, meeting, declared=declared)
    pending = state.motions[meeting.pending[-1]] if meeting.pending and not over else None
    asked = division.motion if division else (pending.id if pending else "")
    motion = state.motions.get(asked)
    headings = list(meeting.agenda.values())
    item = next((each.title for each in reversed(headings) if each.status == "open"), "")
    item = "" if over else item
    coming = next((each.title for each in headings if each.status == "planned"), "")
    return HallView(
        organisation=state.house().name,
        title=reader.words(meeting.title),
        hour=names.at_hour(now),
        state=_STATES[meeting.status],
        item=reader.words(item),
        question=names.titled(asked).strip("“”") if asked else "",
        text=(motion.text or "") if motion and pending is motion else "",
        panel=_panel(reader, division) if division else None,
        speaker=_speaker(reader, meeting, now),
        waiting=[
            _name(reader, meeting, each.person)
            for each in meeting.turns.values()
            if each.granted_at is None and each.yielded_at is None
        ][:3],
        quorum=_quorum(reader, meeting),
        coming=reader.words(coming),
    )


_STATES = {
    "convened": "The meeting has not begun",
    "sitting": "The meeting is sitting",
    "recess": "The meeting is in recess",
    "adjourned": "The meeting is over",
    "called-off": "The meeting was called off",
}


def _shown(reader: Reader, meeting: Meeting, *, declared: bool) -> Division | None:
    """The vote to show: one that is open or waits for its result, else the last, unless something else goes on."""
    held = [
        each
        for each in reader.state.divisions.values()
        if each.meeting == meeting.id and not each.recounted_by and each.status != "voided"
    ]
    for status in ("open", "closed"):
        for each in held:
            if each.status == status:
                return each
    goes_on = meeting.pending or meeting.speaking
    return held[-1] if held and (declared or not goes_on) else None


def _panel(reader: Reader, division: Division) -> Panel:
    line = division_line(reader, division)
    if line.status == "open":
        return Panel(line, None, None, line.cast, "")
    bar = bar_of(line)
    known = division.method != "secret" or division.counts
    picture = hemicycle_of(sides_of(division), bar.words) if known else None
    parts = [(line.votes_for, "for"), (line.against, "against"), (line.abstain, "abstaining")]
    parts += [(line.spoiled, "spoiled")] if line.spoiled else []
    parts += [(line.not_voted_count, "not voted")]
    found = sum(count for count, _ in parts)
    said = " + ".join(str(count) for count, _ in parts)
    return Panel(line, bar if known else None, picture, line.cast, f"{said} = {found}")


def _speaker(reader: Reader, meeting: Meeting, now: datetime) -> Speaker | None:
    turn = meeting.turns.get(meeting.speaking)
    if turn is None:
        return None
    left, over = "", False
    if turn.until is not None:
        seconds = int((turn.until - now).total_seconds())
        over = seconds < 0
        left = f"{abs(seconds) // 60}:{abs(seconds) % 60:02}"
    return Speaker(_name(reader, meeting, turn.person), turn.side, left, over)


def _name(reader: Reader, meeting: Meeting, person: str) -> str:
    presence = meeting.presences.get(person)
    if presence is not None and presence.alias:
        return presence.alias
    name = reader.person(person)
    return "" if name == person else name


def _quorum(reader: Reader, meeting: Meeting) -> str:
    body = reader.state.bodies[meeting.body]
    if body.orders is None or meeting.status not in ("convened", "sitting", "recess"):
        return ""
    needed = quorum_needed(reader.state, body, body.orders.quorum, reader.on)
    return f"Quorum {quorum_present(reader.state, meeting, reader.on)} of {needed}"
