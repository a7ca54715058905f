"""A desk for tests: any store, a clock one can turn, keys made on the spot."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from quorate.desk.answer import Caller
from quorate.desk.desk import Desk, open_desk
from quorate.desk.port import Store
from quorate.record.note import Signer
from quorate.record.signer import CheckpointSigner, Extends
from tests.cast import CLERK, NOON, World

ORIGIN = "records.example.org/co-op"


class TurnedClock:
    """A clock that stands where the test put it, and goes on a millisecond at every look."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        """The time it shows."""
        self.at += timedelta(milliseconds=1)
        return self.at


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC)


class SystemEntropy:
    """The operating system's randomness."""

    bytes = staticmethod(os.urandom)


class HeldMemory:
    """A signer's memory that lives as long as the test."""

    def __init__(self) -> None:
        self.kept: list[tuple[int, bytes]] = []

    def last(self) -> tuple[int, bytes] | None:
        """The last head."""
        return self.kept[-1] if self.kept else None

    def check(self, extends: Extends) -> None:
        """Ask it of every head."""
        for head in reversed(self.kept):
            extends(*head)

    def remember(self, size: int, root: bytes, extends: Extends | None = None) -> None:
        """Keep a head."""
        if extends:
            self.check(extends)
        self.kept.append((size, root))


class Office:
    """Store, signer and clock, and a desk on them that can be closed and opened again."""

    def __init__(self, make_store: Callable[[], Store]) -> None:
        self._make_store = make_store
        self.memory = HeldMemory()
        self.key = Signer(ORIGIN, bytes(range(32)))
        self.signer = CheckpointSigner(self.key, self.memory)
        self.clock = TurnedClock()

    def open(self) -> Desk:
        """A desk."""
        return open_desk(self._make_store(), self.signer, self.clock, SystemEntropy())


def play(world: World, desk: Desk) -> None:
    """Do at the desk what was done in a world of bare rules."""
    for event in world.events:
        act = getattr(event, "act", None)
        if act is not None:
            desk.act(act, Caller(by=CLERK))
