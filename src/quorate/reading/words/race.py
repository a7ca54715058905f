"""Who was first, told to who came second."""

from collections.abc import Iterable

from quorate.assembly.inscription import ACT_PART, read_inscription
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.desk.port import Row
from quorate.reading.words.subjects import Names
from quorate.reading.words.tell import tell
from quorate.record.entry import open_envelope

MOST = 3


def who_was_first(state: State, rows: Iterable[Row]) -> str:
    """What others recorded meanwhile, the newest last, told on the state that all of it has left; empty if nothing worth telling.

    Who acts at the desk sees it as the desk does.
    """
    told = [said for row in rows if (said := _told(state, row))]
    more = f"{len(told) - MOST} more; " if len(told) > MOST else ""
    return more + "; ".join(told[-MOST:])


def _told(state: State, row: Row) -> str:
    parts = {part.name: part.data for part in row.parts}
    kind = open_envelope(row.entry).kind
    if ACT_PART not in parts:
        return ""
    try:
        inscription = read_inscription(kind, parts)
    except Malformed:
        return ""
    said = tell(state, inscription.event, inscription).removesuffix(".")
    who = Names(state, inscription, inscription.event).person(inscription.by)
    return f"{who}, entry {row.seq} ({said})" if said else ""
