"""The record read again from its first entry, each entry told on the state of its time."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from quorate.assembly.act import Event, evolve
from quorate.assembly.audience import body_of
from quorate.assembly.inscription import ACT_PART, Inscription, part_values, read_inscription
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.desk.port import Row
from quorate.reading.words.tell import tell
from quorate.record.entry import Part, open_envelope

WORDS = ("text", "reason", "notice")
"""The parts that hold what somebody said or wrote, as against who and where."""

MaySee = Callable[[Part], bool]


class Told(NamedTuple):
    """An entry, what it says, and the state that it has left; the state goes on changing with the next one."""

    seq: int
    kind: str
    sitting: str
    """The meeting it belongs to, or of the body whose business it is while that sits; empty if none."""
    said: Inscription
    sentence: str
    """The sentence of the event; empty for what is not worth telling."""
    words: str
    """What was said or written with it, empty if nothing, erased, or not this reader's to see."""
    state: State
    follows: bool
    """Whether it followed by itself from the entry before."""

    @property
    def event(self) -> Event:
        """The event of the entry."""
        event: Event = self.said.event
        return event


def chronicle(
    rows: Iterable[Row], may_see: MaySee | None = None, who: str = "desk"
) -> Iterator[Told]:
    """Every entry of a record that a reader may see, in order, told; `may_see` None sees everything.

    The fold needs every act, so entries that are not the reader's are folded and not told. Cost: the whole record.

    Raises:
        Malformed: an entry that this version cannot read, or one whose act was erased; says which.
    """
    state = State()
    sitting: dict[str, str] = {}
    for row in rows:
        envelope = open_envelope(row.entry)
        shown = {part.name for part in row.parts if may_see is None or may_see(part)}
        try:
            inscription = read_inscription(
                envelope.kind,
                {each.name: each.data for each in row.parts if each.name in shown | {ACT_PART}},
            )
        except Malformed as error:
            raise Malformed(f"entry {row.seq}", str(error)) from error
        evolve(state, inscription.event, inscription)
        meeting = state.covers.get(envelope.sitting or "", envelope.sitting)
        if envelope.kind == "meeting.opened" and meeting:
            sitting[state.meetings[meeting].body] = meeting
        where = meeting or _sitting(state, sitting, inscription.event)
        if ACT_PART in shown:
            yield _told(state, row.seq, envelope.kind, where, inscription, who)


def _sitting(state: State, sitting: dict[str, str], event: Event) -> str:
    """The meeting that now sits of the body whose business an event is, if one does; `sitting` is by body."""
    body = body_of(state, event)
    meeting = state.meetings.get(sitting.get(body.id, "")) if body is not None else None
    return meeting.id if meeting is not None and meeting.status in ("sitting", "recess") else ""


def _told(  # noqa: PLR0917  # what an entry is, and for whom
    state: State, seq: int, kind: str, sitting: str, inscription: Inscription, who: str
) -> Told:
    values = part_values(inscription.event)
    return Told(
        seq=seq,
        kind=kind,
        sitting=sitting,
        said=inscription,
        sentence=tell(state, inscription.event, inscription, who),
        words="\n\n".join(str(values[name]) for name in WORDS if name in values),
        state=state,
        follows=not hasattr(inscription.event, "act"),
    )
