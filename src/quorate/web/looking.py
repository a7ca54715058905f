"""Looks at the state that callers on one event loop wait for: many are taken together, and none keeps the loop waiting."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, TypeVar, cast

from quorate.assembly.state import State
from quorate.web.house import House

T = TypeVar("T")
_Look = tuple[Callable[[State], Any], "asyncio.Future[Any]"]
AT_A_TIME = 25
"""Looks in one reading of the state: others wait for it meanwhile."""


class Looking:
    """Looks at the state of a house; made on the event loop."""

    def __init__(self, house: House, executor: Executor) -> None:
        self._house, self._executor = house, executor
        self._loop = asyncio.get_running_loop()
        self._asked: deque[_Look] = deque()
        self._busy = False

    async def look(self, look: Callable[[State], T]) -> T:
        """The result of a quick look, which must not keep or change the state.

        Raises:
            Unavailable: the desk cannot be opened, or has failed.
        """
        future: asyncio.Future[Any] = self._loop.create_future()
        self._asked.append((look, future))
        self._go_on()
        return cast("T", await future)

    def _go_on(self) -> None:
        if self._asked and not self._busy:
            self._busy = True
            some = [self._asked.popleft() for _ in range(min(AT_A_TIME, len(self._asked)))]
            self._executor.submit(self._take, some)

    def _take(self, some: list[_Look]) -> None:
        try:
            answers = self._house.read(lambda state: [_tried(look, state) for look, _ in some])
        except Exception as error:  # noqa: BLE001  # it is each caller's to deal with
            answers = [error] * len(some)
        self._loop.call_soon_threadsafe(self._answer, some, answers)

    def _answer(self, some: list[_Look], answers: list[Any]) -> None:
        for (_, future), answer in zip(some, answers, strict=True):
            if future.done():
                continue
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)
        self._busy = False
        self._go_on()


def _tried(look: Callable[[State], Any], state: State) -> Any:
    try:
        return look(state)
    except Exception as error:  # noqa: BLE001  # one caller's error is no other's
        return error
