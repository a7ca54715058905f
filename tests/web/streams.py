"""A stream as a browser reads it, and acts as its script sends them."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.web.conftest import Answer, Browser

REGIONS = ("stage", "hall", "panel", "text", "speakers", "agenda")


@dataclass
class Frame:
    """One event of a stream."""

    event: str = ""
    data: str = ""
    id: int | None = None


@dataclass
class Screen:
    """What a page shows that reads a stream: each region as it was last sent."""

    connection: socket.socket
    regions: dict[str, str] = field(default_factory=dict)
    last: int = -1
    head: bytes = b""
    raw: bytes = b""
    ended: bool = False
    seen: list[Frame] = field(default_factory=list)
    _left: bytes = b""
    _data: bytes = b""

    @property
    def status(self) -> int:
        return int(self.head.split(b" ")[1])

    def frames(self) -> Iterator[Frame]:
        """The events that come, until the stream ends."""
        while True:
            while b"\n\n" in self._data:
                text, _, self._data = self._data.partition(b"\n\n")
                found = self._take(text.decode())
                if found.event:
                    yield found
            if self.ended:
                return
            self._read()

    def until(self, *words: str, event: str = "") -> Frame:
        """The first event that has all the words in it; those before it are taken in as well."""
        for each in self.frames():
            if event in ("", each.event) and all(word in each.data for word in words):
                return each
        raise AssertionError(f"the stream ended without {event} {words}: {self.seen}")

    def until_end(self) -> list[Frame]:
        """All events that come before the stream ends."""
        return list(self.frames())

    def close(self) -> None:
        self.connection.close()

    def __del__(self) -> None:
        self.close()

    def read_head(self) -> None:
        got = b""
        while b"\r\n\r\n" not in got:
            more = self.connection.recv(65536)
            assert more, got
            got += more
        self.head, _, self._left = got.partition(b"\r\n\r\n")
        self.raw = self._left
        self.ended = self.status != 200
        if not self.ended:
            self._unframe()

    def _take(self, text: str) -> Frame:
        found, data = Frame(), []
        for line in text.split("\n"):
            name, _, value = line.partition(": ")
            if name == "event":
                found.event = value
            elif name == "data":
                data.append(value)
            elif name == "id":
                found.id = self.last = int(value)
        found.data = "\n".join(data)
        if found.event:
            self.regions[found.event] = found.data
            self.seen.append(found)
        return found

    def _read(self) -> None:
        got = self.connection.recv(65536)
        self.raw += got
        self._left += got
        self.ended = self.ended or not got
        self._unframe()

    def _unframe(self) -> None:
        while b"\r\n" in self._left:
            size, _, rest = self._left.partition(b"\r\n")
            length = int(size, 16)
            if len(rest) < length + 2:
                return
            self._data += rest[:length]
            self._left = rest[length + 2 :]
            if length == 0:
                self.ended = True


def open_stream(browser: Browser, meeting: str = "agm", last: int = -1, **headers: str) -> Screen:
    """The stream of a meeting, its head read."""
    connection = socket.create_connection((browser.host, browser.port), timeout=30)
    sent = {
        "Host": f"{browser.host}:{browser.port}",
        "Cookie": "; ".join(f"{key}={value}" for key, value in browser.cookies.items()),
        "Accept": "text/event-stream",
        **({"Last-Event-ID": str(last)} if last >= 0 else {}),
        **{key.replace("_", "-"): value for key, value in headers.items()},
    }
    lines = "".join(f"{key}: {value}\r\n" for key, value in sent.items())
    connection.sendall(f"GET /live/{meeting} HTTP/1.1\r\n{lines}\r\n".encode())
    screen = Screen(connection)
    screen.read_head()
    return screen


def act(browser: Browser, name: str, /, **fields: Any) -> Answer:
    """The answer to an act sent as the page's script sends it."""
    return post_json(browser, f"/acts/{name}", json.dumps(fields))


def post_json(browser: Browser, path: str, body: str, **headers: str) -> Answer:
    """The answer to JSON sent from our own page, unless the headers say otherwise."""
    sent = {
        "Content-Type": "application/json",
        "Origin": f"http://{browser.host}:{browser.port}",
        **{key.replace("_", "-"): value for key, value in headers.items()},
    }
    return browser._ask("POST", path, body, sent)
