"""uvicorn's protocol, lending its transport, so that one loop can write to thousands of streams without a task for each."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

TRANSPORT = "quorate.transport"
"""The extension in a request's scope. Whoever writes there has to frame its own chunks, once the answer has begun."""


class LendingProtocol(HttpToolsProtocol):
    """It touches what is internal to uvicorn: a test of the contract tells when that changes; without it, streams are slower."""

    def on_message_begin(self) -> None:
        """Put the transport into the scope of a new request."""
        super().on_message_begin()
        self.scope["extensions"] = {TRANSPORT: {"transport": self.transport}}
