"""The ASGI application: which door a request goes through, and what the process does when it begins and ends."""

import asyncio
import gc
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

from quorate.canon.fault import Fault
from quorate.web.house import House
from quorate.web.mail.carrying import begin_mail, end_mail

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

THREADS = 16
"""Threads on which Django answers; each keeps its connection to the accounts."""


class Application:
    """Health by itself; everything else through Django, on lasting threads."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._django = WSGIMiddleware(get_wsgi_application(), workers=THREADS)  # type: ignore[arg-type]  # an HttpResponse is iterable

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or begin and end."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and scope["path"] == "/healthz":
            await self._tell_health(send)
        elif scope["type"] == "http":
            await self._django(scope, receive, send)  # type: ignore[arg-type]

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    if self._house.founded:
                        self._house.desk()
                except Fault as fault:
                    await send({"type": "lifespan.startup.failed", "message": str(fault)})
                    return
                begin_mail(self._house)
                gc.freeze()  # else each full collection walks the whole record again, and every page waits
                await send({"type": "lifespan.startup.complete"})
            else:
                await asyncio.to_thread(end_mail)
                self._house.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _tell_health(self, send: Send) -> None:
        body: dict[str, object] = {"founded": self._house.founded, "record": "open"}
        status = 200
        if self._house.founded:
            try:
                failed = self._house.desk().failed
            except Fault:
                failed = True
            if failed:
                status, body["record"] = 503, "closed"
        data = json.dumps(body).encode()
        headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": data})
