"""Minutes drafted from the record: who was there, what happened under each heading, what was decided and by what figures.

The record is folded anew, and each sentence is told on the state of its time. What a reader may not see is not in their
minutes; what was erased is in nobody's. Nothing is typed in: whoever has the record drafts the same minutes.
"""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct, field

from quorate.assembly.model.meeting import Meeting
from quorate.assembly.roll import seated
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.desk.port import Row
from quorate.reading.view.divisions import DivisionView, division_view
from quorate.reading.words.chronicle import MaySee, Told, chronicle
from quorate.reading.words.clauses import clause_words
from quorate.reading.words.names import capitalised, with_full_stop
from quorate.reading.words.story import QUIET
from quorate.reading.words.subjects import Names
from quorate.record.tree import Tree, leaf_hash

ELSEWHERE = (
    *QUIET,
    "item.opened",
    "meeting.opened",
    "meeting.adjourned",
    "business-left.open",
    "quorum.reached",
    "clause.superseded",
    "minutes.drafted",
    "minutes.corrected",
)
"""Kinds of events that are not told under a heading: another part of the minutes has them, or the line before or after."""


class Attendee(Struct, frozen=True, kw_only=True):
    """A person who was at the meeting."""

    name: str
    capacity: str
    came_at: str
    left_at: str | None


class Passage(Struct, frozen=True, kw_only=True):
    """An event of the meeting: its sentence, the words that came with it, the clauses moved, the division held."""

    at: str
    text: str
    words: str = ""
    clauses: list[str] = []
    division: DivisionView | None = None


class Section(Struct, frozen=True, kw_only=True):
    """A heading of the agenda and what happened under it; no title for what came before the first."""

    title: str
    passages: list[Passage] = field(default_factory=list)


class Task(Struct, frozen=True, kw_only=True):
    """A task from a decision: a duty, or a detail to be fixed."""

    what: str
    owner: str
    due: str


class Taken(Struct, frozen=True, kw_only=True):
    """A decision that the meeting took."""

    id: str
    title: str
    confidential: bool
    clauses: list[str]
    tasks: list[Task]
    dissent: list[str] = []


class MinuteText(Struct, frozen=True, kw_only=True):
    """The minutes of a meeting."""

    organisation: str
    body: str
    title: str
    day: str
    place: str | None
    in_confidence: bool
    opened_at: str | None
    adjourned_at: str | None
    chair: str | None
    quorum: str | None
    present: list[Attendee]
    absent: list[str]
    sections: list[Section]
    decisions: list[Taken]
    left_open: list[str]
    corrections: list[str]
    approval: str | None
    signatures: list[str]
    entries: int
    """The size of the record from which they were drafted, and the root of its tree."""
    root: str


def take_minutes(
    rows: Iterable[Row], meeting: str, may_see: MaySee | None = None, who: str = "desk"
) -> MinuteText:
    """The minutes of a meeting as a reader may have them. Cost: the whole record is read.

    Raises:
        Malformed: there is no such meeting, or it is not this reader's to read.
    """
    tree = Tree()
    draft = _Draft(meeting, who)
    for entry in chronicle(_hashed(rows, tree), may_see, who):
        draft.hear(entry)
    return draft.finish(tree)


def _hashed(rows: Iterable[Row], tree: Tree) -> Iterator[Row]:
    for row in rows:
        tree.extend([leaf_hash(row.entry)])
        yield row


class _Draft:
    """The minutes of one meeting, as far as the record was heard."""

    def __init__(self, meeting: str, who: str) -> None:
        self._key = meeting
        self._who = who
        self._last: Told | None = None
        self._quorum: str | None = None
        self._attendance: tuple[list[Attendee], list[str]] | None = None
        self._sections = [Section(title="")]
        self._decisions: list[str] = []
        self._taken: list[Taken] | None = None
        self._left: list[str] = []
        self._seen = False

    def hear(self, entry: Told) -> None:
        """Take an entry down, if it is of this meeting."""
        self._last = entry
        if entry.sitting != self._key:
            return
        self._seen = True
        names = self._names(entry)
        match entry.kind:
            case "item.opened":
                title = names.heading(self._key, entry.event.act.item)  # type: ignore[attr-defined]
                self._sections.append(Section(title=title.strip("“”")))
            case "quorum.reached" if self._quorum is None:
                self._quorum = entry.sentence.partition(": ")[2]
            case "business-left.open":
                self._left = [capitalised(names.item(key)) for key in entry.event.items]  # type: ignore[attr-defined]
            case "decision.taken":
                self._decisions.append(entry.event.decision)  # type: ignore[attr-defined]
            case "meeting.adjourned":
                self._close(names)
            case _:
                pass
        if entry.sentence and self._is_business(entry):
            self._sections[-1].passages.append(_passage(names, entry))

    def finish(self, tree: Tree) -> MinuteText:
        """The minutes, once the record was heard to its end."""
        last = self._last
        meeting = last.state.meetings.get(self._key) if last else None
        if last is None or meeting is None or not self._seen:
            hint = "`quorate show meeting` lists those that they may see"
            raise Malformed(self._key, "a meeting that this reader may read of", hint)
        names = Names(last.state, last.said, None, self._who)
        if self._attendance is None:
            self._close(names)
        assert self._attendance is not None
        present, absent = self._attendance
        return MinuteText(
            organisation=last.state.house().name,
            body=names.body(meeting.body),
            title=names.words(meeting.title),
            day=names.on_day(meeting.day),
            place=meeting.venue,
            in_confidence=meeting.in_confidence,
            opened_at=names.at_hour(meeting.called_at) if meeting.called_at else None,
            adjourned_at=names.at_hour(meeting.adjourned_at) if meeting.adjourned_at else None,
            chair=_called(names, meeting, meeting.chair) if meeting.chair else None,
            quorum=self._quorum,
            present=present,
            absent=absent,
            sections=[each for each in self._sections if each.title or each.passages],
            decisions=[_with_dissent(names, each) for each in self._taken or ()],
            left_open=self._left,
            **_approval(names, meeting),  # type: ignore[arg-type]
            entries=tree.size,
            root=tree.root().hex(),
        )

    def _close(self, names: Names) -> None:
        """Note who was there and what was decided, as it stood when the meeting adjourned."""
        self._attendance = _attendance(names, names.state.meetings[self._key])
        self._taken = [_taken(names, key) for key in self._decisions]

    def _names(self, entry: Told) -> Names:
        return Names(entry.state, entry.said, entry.event, self._who)

    def _is_business(self, entry: Told) -> bool:
        sitting = entry.state.meetings[self._key].status in ("sitting", "recess")
        return sitting and (entry.kind not in ELSEWHERE or bool(entry.words))


def _passage(names: Names, entry: Told) -> Passage:
    clauses: list[str] = []
    view = None
    if entry.kind == "motion.moved":
        motion = names.state.motions[entry.event.act.motion]  # type: ignore[attr-defined]
        clauses = [clause_words(names, each) for each in motion.clauses]
    if entry.kind in ("result.declared", "secret-result.declared"):
        division = names.state.divisions[entry.event.act.division]  # type: ignore[attr-defined]
        view = division_view(names, division)
    return Passage(
        at=names.at_hour(entry.said.at),
        text=entry.sentence,
        words=entry.words,
        clauses=clauses,
        division=view,
    )


def _called(names: Names, meeting: Meeting, person: str) -> str:
    """The name of a person in the minutes; an alias that was never lifted covers them there too."""
    presence = meeting.presences.get(person)
    return presence.alias if presence is not None and presence.alias else names.person(person)


def _attendance(names: Names, meeting: Meeting) -> tuple[list[Attendee], list[str]]:
    """The attendees, in the order in which they came, and the names of the members who were absent."""
    present = [
        Attendee(
            name=_called(names, meeting, each.person),
            capacity=f"in place of {names.person(each.seat)}" if each.seat else each.capacity,
            came_at=names.at_hour(each.admitted_at) if each.admitted_at else "",
            left_at=_left_at(names, meeting, each.person),
        )
        for each in meeting.presences.values()
    ]
    return present, list(_absent(names, names.state, meeting))


def _left_at(names: Names, meeting: Meeting, person: str) -> str | None:
    """The time at which somebody left; None for those who stayed until the end."""
    left = meeting.presences[person].left_at
    return None if left is None or left == meeting.adjourned_at else names.at_hour(left)


def _absent(names: Names, state: State, meeting: Meeting) -> Iterator[str]:
    filled = {each.seat or each.person for each in meeting.presences.values()}
    proxies = {
        each.giver: each.holder
        for each in state.proxies.values()
        if each.body == meeting.body and not each.revoked and each.meeting in ("", meeting.id)
    }
    for seat in seated(state, state.bodies[meeting.body], meeting.day.on):
        if seat.person not in filled:
            by = proxies.get(seat.person)
            stands = f", represented by {names.person(by)}" if by else ""
            yield f"{names.person(seat.person)}{stands}"


def _taken(names: Names, key: str) -> Taken:
    decision = names.state.decisions[key]
    tasks = [
        Task(
            what=capitalised(names.matter(item) if item else names.duty(each.id)),
            owner=capitalised(names.whom(each.bearer)),
            due=names.when(each.due, "").strip(),
        )
        for each in names.state.duties.values()
        if each.decision == key
        for item in [names.state.open_items.get(f"{'detail' if each.slot else 'duty'}:{each.id}")]
    ]
    return Taken(
        id=key,
        title=names.words(decision.title) or capitalised(names.decision(key)),
        confidential=decision.confidential,
        clauses=[clause_words(names, each) for each in decision.clauses],
        tasks=tasks,
    )


def _with_dissent(names: Names, taken: Taken) -> Taken:
    """A decision with the dissent from it that was recorded then and since."""
    dissent = [
        with_full_stop(names.both(each.signatories) + (f": “{each.text}”" if each.text else ""))
        for each in names.state.dissents.values()
        if each.decision == taken.id and each.signatories
    ]
    return msgspec.structs.replace(taken, dissent=dissent)


def _approval(names: Names, meeting: Meeting) -> dict[str, object]:
    """Corrections, approval and signatures, as far as they have come."""
    book = names.state.minutes.get(meeting.minutes)
    if book is None:
        return {"corrections": [], "approval": None, "signatures": []}
    corrections = [
        with_full_stop(
            f"{names.person(each.by)}, {names.on_day(each.on)}"
            + (f": {each.text}" if each.text else "")
        )
        for each in book.corrections
    ]
    approval = None
    if book.approved_on is not None:
        at = f" at {names.meeting(book.approved_by)}" if book.approved_by else ""
        approval = with_full_stop(f"Approved{at} on {names.on_day(book.approved_on)}")
    signatures = [f"{names.person(who)}, {capacity}" for capacity, who in book.signed_by.items()]
    return {"corrections": corrections, "approval": approval, "signatures": signatures}
