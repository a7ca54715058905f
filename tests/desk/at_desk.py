"""Worlds whose acts are done at a desk: the cast and its meetings, with a record."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

import tests.cast
from quorate.assembly.act import Act, Event
from quorate.assembly.state import State
from quorate.desk.answer import Caller
from quorate.desk.archives import Paper
from quorate.desk.desk import Desk
from tests.cast import CLERK, World
from tests.desk.office import Office


class AtDesk(World):
    """The same as a world; what is asked of it is asked of the desk."""

    desk: Desk
    office: Office

    def __init__(self) -> None:
        self.events: list[Event] = []

    @property
    def state(self) -> State:  # type: ignore[override]
        return self.desk._fold.state

    @property
    def now(self) -> Any:  # type: ignore[override]
        return self.office.clock.at

    @now.setter
    def now(self, at: Any) -> None:
        self.office.clock.at = at

    def act(
        self, act: Act, by: str = CLERK, paper: Paper | None = None, **stamp: str
    ) -> list[Event]:
        came = self.desk.act(act, Caller(by=by, **stamp), paper).events
        self.events += came
        return list(came)


@contextmanager
def at_desk(office: Office, desk: Desk) -> Iterator[None]:
    """Within it every world of the cast is one at this desk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tests.cast, "World", AtDesk)
        patch.setattr(AtDesk, "desk", desk, raising=False)
        patch.setattr(AtDesk, "office", office, raising=False)
        yield
