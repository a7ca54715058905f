"""Archives taken apart into events and put together again, with every hash right: for lies that only one check can find."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from quorate.ballots.archive import (
    format_data,
    format_event,
    format_opening,
    read_opening,
    read_records,
)
from quorate.ballots.chain import ArchiveEvent
from quorate.ballots.digest import hexadecimal
from quorate.ballots.wire import write

VECTORS = Path(__file__).parents[2] / "vectors" / "belenios"
NAMES = tuple(sorted(each.parent.name for each in VECTORS.glob("*/*.bel")))


class Happening(NamedTuple):
    """An event's type and the data before it."""

    kind: str
    data: tuple[bytes, ...]


def vector(name: str) -> bytes:
    """The archive of a run of the tool."""
    (path,) = (VECTORS / name).glob("*.bel")
    return path.read_bytes()


def timestamp_of(archive: bytes) -> int:
    return read_opening(io.BytesIO(archive))[0]


def unpack(archive: bytes) -> list[Happening]:
    """The events of an archive; whether they are a chain is not looked at."""
    found: list[Happening] = []
    data: list[bytes] = []
    for record in list(read_records(io.BytesIO(archive)))[1:]:
        if record.is_event:
            kind = record.body.split(b'"type":"')[1].split(b'"')[0].decode()
            found.append(Happening(kind, tuple(data)))
            data = []
        else:
            data.append(record.body)
    return found


def forge(
    events: Sequence[Happening], timestamp: int = 0, said: Mapping[int, bytes] | None = None
) -> bytes:
    """The archive of any events in any order, chained as they should be; but those of `said`, by height, say that."""
    parts, parent = [format_opening(timestamp)], {}
    for height, (kind, data) in enumerate(events):
        payload = {"payload": hexadecimal(data[-1])} if data else {}
        event = write(ArchiveEvent(height=height, type=kind, **parent, **payload))  # type: ignore[arg-type]
        event = (said or {}).get(height, event)
        parts += [format_data(each, timestamp) for each in data]
        parts.append(format_event(event, timestamp))
        parent = {"parent": hexadecimal(event)}
    return b"".join(parts)


def changed(events: Sequence[Happening], at: int, which: int, new: bytes) -> list[Happening]:
    """The events with other data in one place, and what names it by hash in that event changed with it."""
    found = list(events)
    kind, data = found[at]
    old_hash, new_hash = hexadecimal(data[which]).encode(), hexadecimal(new).encode()
    later = (each.replace(old_hash, new_hash) for each in data[which + 1 :])
    found[at] = Happening(kind, (*data[:which], new, *later))
    return found


def index_of(events: Sequence[Happening], kind: str) -> int:
    """Where the first event of a kind is."""
    return next(i for i, each in enumerate(events) if each.kind == kind)
