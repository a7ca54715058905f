"""The state of an organisation in short: its divisions, open business, moves, clashes and dispositions."""

from msgspec import Struct

from quorate.reading.reader import Reader
from quorate.reading.view.business import DispositionView, ItemView, dispositions, open_items
from quorate.reading.view.calendar import ClashView, MovedView, clashes, moved
from quorate.reading.view.divisions import DivisionLine, divisions


class Summary(Struct, frozen=True, kw_only=True):
    """The summary of a state, by which replays can be compared."""

    divisions: list[DivisionLine]
    open_business: list[ItemView]
    moved: list[MovedView]
    clashes: list[ClashView]
    dispositions: list[DispositionView]


def summary(reader: Reader) -> Summary:
    """The summary, as far as a reader may see it."""
    return Summary(
        divisions=divisions(reader).items,
        open_business=open_items(reader).items,
        moved=moved(reader).items,
        clashes=clashes(reader).items,
        dispositions=dispositions(reader).items,
    )
