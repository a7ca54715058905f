"""How bytes get to one browser: straight to the transport, or by the server's own way if it lends none."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

from quorate.web.live.frame import Chunk
from quorate.web.protocol import TRANSPORT

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
MOST_WAITING = 64 * 1024
"""Bytes that wait for one reader; who reads more slowly than that is cut off, and comes back."""


class Pipe(Protocol):
    """One open answer."""

    def write(self, chunk: Chunk) -> None:
        """Send data; never waits. A reader who is too slow is cut off."""
        ...

    def end(self) -> None:
        """End the answer, once what was written is sent."""
        ...


class Direct:
    """Writes to the transport that the server has lent."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def write(self, chunk: Chunk) -> None:
        """As `Pipe.write`."""
        if self._transport.is_closing():
            return
        if self._transport.get_write_buffer_size() > MOST_WAITING:
            self._transport.abort()
            return
        self._transport.write(chunk.framed)

    def end(self) -> None:
        """As `Pipe.end`."""
        if not self._transport.is_closing():
            self._transport.write(b"0\r\n\r\n")
            self._transport.close()


class Asking:
    """Has the server send, one message after the other, by a task of its own."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: deque[bytes] = deque()
        self._bytes = 0
        self._ended = False
        self._more = asyncio.Event()
        self.task = asyncio.get_running_loop().create_task(self._pass_on())

    def write(self, chunk: Chunk) -> None:
        """As `Pipe.write`."""
        if self._ended:
            return
        if self._bytes > MOST_WAITING:
            self.task.cancel()
            self._ended = True
            return
        self._waiting.append(chunk.data)
        self._bytes += len(chunk.data)
        self._more.set()

    def end(self) -> None:
        """As `Pipe.end`."""
        self._ended = True
        self._more.set()

    async def _pass_on(self) -> None:
        while True:
            await self._more.wait()
            self._more.clear()
            while self._waiting:
                data = self._waiting.popleft()
                await self._send({"type": "http.response.body", "body": data, "more_body": True})
                self._bytes -= len(data)
            if self._ended:
                await self._send({"type": "http.response.body", "body": b"", "more_body": False})
                return


def pipe_of(scope: MutableMapping[str, Any], send: Send) -> Pipe:
    """The way to the browser of a request whose answer has begun."""
    lent = (scope.get("extensions") or {}).get(TRANSPORT)
    return Direct(lent["transport"]) if lent else Asking(send)


def write(pipe: Pipe, data: bytes) -> None:
    """Send data that are for this one alone."""
    pipe.write(Chunk.of(data))
