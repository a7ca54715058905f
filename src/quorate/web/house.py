"""The organisation behind an address: its desk, opened anew when it has failed, and what is asked of it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from quorate.assembly.act import Act
from quorate.assembly.state import State
from quorate.desk.answer import Acknowledged, Caller
from quorate.desk.desk import Desk
from quorate.desk.reopening import Reopening
from quorate.premises.bootstrap import open_premises
from quorate.premises.clock import SystemClock
from quorate.premises.folder import PREMISES

T = TypeVar("T")


class House:
    """One organisation in a folder, for all who ask in this process; closed when its `with` block ends."""

    def __init__(self, folder: Path, *, reading: bool = False) -> None:
        self.folder = folder
        self.grew: Callable[[], None] = lambda: None
        """Called on the writer's thread after each transaction of this process; it must be quick, and not raise."""
        self._desk = Reopening(partial(self._open, reading=reading))
        self._clock = SystemClock()
        self._awaits = True

    @property
    def founded(self) -> bool:
        """Whether there is an organisation in the folder."""
        return (self.folder / PREMISES).exists()

    @property
    def awaits_founding(self) -> bool:
        """Whether there is no organisation on the record yet, or no record. Cost: nothing, once there is one.

        Raises:
            Unavailable: the desk cannot be opened.
        """
        if self._awaits:
            self._awaits = not (
                self.founded and self.read(lambda state: state.organisation is not None)
            )
        return self._awaits

    def desk(self) -> Desk:
        """The desk, to be asked for anew with every request.

        Raises:
            Unavailable: it cannot be opened.
        """
        return self._desk.desk()

    def read(self, look: Callable[[State], T]) -> T:
        """The result of a quick look at the state.

        Raises:
            Unavailable: the desk cannot be opened.
        """
        return self.desk().read(look)

    def act(self, act: Act, caller: Caller) -> Acknowledged:
        """Carry an act out, as `Desk.act`."""
        return self.desk().act(act, caller)

    def now(self) -> datetime:
        """The instant by the clock of this machine."""
        return self._clock.now()

    def instant(self, state: State) -> datetime:
        """The instant of an act that would be done now: that of the last one where the clock is told."""
        told = state.organisation is not None and state.organisation.clock == "told"
        return state.last_at if told else self.now()

    def _open(self, *, reading: bool) -> Desk:
        desk = open_premises(self.folder, reading=reading)
        desk.watch(self._tell)
        return desk

    def _tell(self) -> None:
        self.grew()

    def close(self) -> None:
        """Close the desk for good."""
        self._desk.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
