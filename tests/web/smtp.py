"""A mail server on loopback that keeps what it gets: enough of SMTP for Python's client."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Self

ANSWERS = {
    b"nobody": b"550 no such user nobody@example.org",
    b"busy": b"451 try later, busy@example.org",
}


class _Talk(socketserver.StreamRequestHandler):
    server: "Sink"

    def handle(self) -> None:
        self.server.connections += 1
        self._say(b"220 sink")
        while line := self.rfile.readline():
            verb = line.strip().upper()
            if verb.startswith(b"EHLO"):
                self._say(b"250 sink")
            elif verb.startswith(b"RCPT"):
                refused = [answer for who, answer in ANSWERS.items() if who + b"@" in line]
                self._say(refused[0] if refused else b"250 ok")
            elif verb == b"DATA":
                self._take()
            elif verb == b"QUIT":
                self._say(b"221 bye")
                return
            else:
                self._say(b"250 ok")

    def _take(self) -> None:
        self._say(b"354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n" and line:
            lines.append(line)
        with self.server.lock:
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        self.server.letters.append(message_from_bytes(b"".join(lines)))
        self.server.got.release()
        self.server.gate.wait()
        with self.server.lock:
            self.server.at_once -= 1
        self._say(b"250 taken")

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


class Sink(socketserver.ThreadingTCPServer):
    """The server, until its `with` block ends."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[Message] = []
        self.connections = self.at_once = self.most_at_once = 0
        self.lock, self.got, self.gate = threading.Lock(), threading.Semaphore(0), threading.Event()
        self.gate.set()
        """While it is not set, letters are read and not acknowledged."""

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def config(self) -> str:
        """A `floor.toml` that names this server."""
        return f'[mail]\nhost = "127.0.0.1"\nport = {self.port}\nfrom = "floor@example.org"\nsecurity = "none"\n'

    @contextmanager
    def settings(self) -> Iterator[None]:
        """Django's settings with this server as its mail server."""
        from django.test import override_settings

        with override_settings(
            EMAIL_HOST="127.0.0.1", EMAIL_PORT=self.port, EMAIL_TIMEOUT=5, EMAIL_USE_TLS=False
        ):
            yield

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.gate.set()
        self.shutdown()
        self.server_close()
