"""How commands read the state: as the clerk, or as somebody else would."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from quorate.assembly.state import State
from quorate.cli.clock import warn_of_clock
from quorate.cli.progress import progress
from quorate.premises.bootstrap import open_premises
from quorate.premises.clock import SystemClock
from quorate.reading.reader import Reader, today
from quorate.script.handles import Handles

T = TypeVar("T")


def read_as(folder: Path, seen_by: str, look: Callable[[Reader], T]) -> T:
    """The result of `look` on the state of the organisation in a folder, seen by a reader: `desk`, `public` or a member.

    Raises:
        Malformed: no such folder or member.
    """

    def see(state: State) -> T:
        who = seen_by if seen_by in ("desk", "public") else Handles(state).resolve(seen_by)
        return look(Reader(state, today(state, SystemClock().now()), who))

    with progress("reading the record") as tell, open_premises(folder, tell, reading=True) as desk:
        if seen_by == "desk":
            warn_of_clock(desk)
        return desk.read(see)
