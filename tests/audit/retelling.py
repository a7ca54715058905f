"""A record told anew from its acts: what an operator can do who lies from some point on, and is consistent about it."""

from collections.abc import Sequence

from quorate.assembly.act import Act, Stamp, carry_out
from quorate.assembly.inscription import Inscription, read_inscription
from quorate.assembly.state import State
from quorate.desk.port import Row
from quorate.desk.sealing import seal_events
from tests.audit.forgery import kind_of
from tests.desk.office import SystemEntropy


def said_in(row: Row) -> Inscription:
    """The event of a row, and its stamp."""
    return read_inscription(kind_of(row), {part.name: part.data for part in row.parts})


def act_said(row: Row) -> Act | None:
    """The act that a row answers, or None if it follows by itself."""
    return getattr(said_in(row).event, "act", None)


def told(acts: Sequence[tuple[Act, Stamp]], kept: Sequence[Row] = ()) -> list[Row]:
    """The record of these acts; what it begins with is kept as it was sealed."""
    state, rows = State(), list[Row]()
    for act, stamp in acts:
        events = carry_out(state, act, stamp)
        state.last_at = stamp.at
        rows += seal_events(state, events, stamp, len(rows), SystemEntropy())
    return [*kept, *rows[len(kept) :]]


def acts_of(rows: Sequence[Row]) -> list[tuple[Act, Stamp]]:
    """The acts of a record with their stamps."""
    pairs = ((act_said(row), said_in(row)) for row in rows)
    return [(act, _plain(said)) for act, said in pairs if act is not None]


def _plain(said: Inscription) -> Stamp:
    return Stamp(
        at=said.at,
        offset=said.offset,
        by=said.by,
        behalf=said.behalf,
        known_by=said.known_by,
        entered_by=said.entered_by,
    )
