"""How events become rows of the record: parts with salts and audiences, and the envelope that commits to them."""

from collections.abc import Sequence

from quorate.assembly.act import Event, Stamp, kind_of
from quorate.assembly.audience import audience_of, sitting_of
from quorate.assembly.inscription import inscribe
from quorate.assembly.state import State
from quorate.canon.moment import minute
from quorate.desk.port import Entropy, Row
from quorate.record.entry import SALT_BYTES, Part, seal


def seal_events(  # noqa: PLR0917  # what was inscribed comes last, as it is known before the state changes
    state: State,
    events: Sequence[Event],
    stamp: Stamp,
    first: int,
    entropy: Entropy,
    primary: dict[str, bytes] | None = None,
) -> list[Row]:
    """The rows of an act's events, numbered from `first`; asked of the state after they have changed it.

    `primary` is the inscription of the first event, where that was made before.
    """
    at = minute(stamp.at)
    rows = []
    for seq, event in enumerate(events, first):
        inscribed = primary if primary is not None and seq == first else inscribe(event, stamp)
        parts = tuple(
            Part(name, entropy.bytes(SALT_BYTES), data, audience_of(state, event, name))
            for name, data in sorted(inscribed.items())
        )
        sitting = sitting_of(state, event) or None
        rows.append(Row(seq, seal(seq, at, kind_of(type(event)), sitting, parts), parts))
    return rows
