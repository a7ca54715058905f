"""Acts awaited on an event loop, so that a caller needs no thread to wait in: the loop is woken once a batch."""

import asyncio
from collections import deque

from quorate.assembly.act import Act
from quorate.desk.answer import Acknowledged, Caller, Queued
from quorate.desk.archives import Paper
from quorate.desk.desk import Desk


class Awaiting:
    """The acts that callers on one event loop wait for; made on that loop."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._loop = asyncio.get_running_loop()
        self._answered: deque[asyncio.Future[None]] = deque()
        self._woken = False

    async def act(self, act: Act, caller: Caller, paper: Paper | None = None) -> Acknowledged:
        """As `Desk.act`. A caller who is cancelled does not take back what was queued."""
        future: asyncio.Future[None] = self._loop.create_future()

        def told(_: Queued[Acknowledged]) -> None:
            self._answered.append(future)
            if not self._woken:  # else the loop is on its way, and takes this one too
                self._woken = True
                self._wake()

        waiting = self._desk.submit(act, caller, paper, told=told)
        await future
        return waiting.wait()

    def _wake(self) -> None:
        try:
            self._loop.call_soon_threadsafe(self._let_go_on)
        except RuntimeError:  # the loop was closed: nobody waits there any more
            self._answered.clear()

    def _let_go_on(self) -> None:
        self._woken = False
        while self._answered:
            future = self._answered.popleft()
            if not future.done():
                future.set_result(None)
