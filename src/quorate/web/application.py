"""The ASGI application: which door a request goes through, and what the process does when it begins and ends."""

import asyncio
import gc
import json

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

from quorate.canon.fault import Fault
from quorate.web.house import House
from quorate.web.live.running import Running
from quorate.web.mail.carrying import begin_mail, end_mail
from quorate.web.plain import Receive, Scope, Send, header

THREADS = 16
"""Threads on which Django answers; each keeps its connection to the accounts."""


class Application:
    """Health, streams and acts by themselves; everything else through Django, on lasting threads."""

    def __init__(self, house: House, hosts: tuple[str, ...]) -> None:
        self._house, self._hosts = house, hosts
        self._running: Running | None = None
        self._django = WSGIMiddleware(get_wsgi_application(), workers=THREADS)  # type: ignore[arg-type]  # an HttpResponse is iterable

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or begin and end."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and scope["path"] == "/healthz":
            await self._tell_health(send)
        elif scope["type"] == "http" and self._running and scope["path"].startswith("/live/"):
            await self._running.streams(scope, receive, send)
        elif scope["type"] == "http" and self._running and _is_quick_act(scope):
            await self._running.acts(scope, receive, send)
        elif scope["type"] == "http":
            await self._django(scope, receive, send)  # type: ignore[arg-type]

    async def end_streams(self) -> None:
        """Say bye to all streams, so that the server need not wait for them."""
        if self._running is not None:
            running, self._running = self._running, None
            await running.stop()

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
                self._running = Running(self._house, self._hosts)
                self._running.start()
                gc.freeze()  # else each full collection walks the whole record again, and every page waits
                await send({"type": "lifespan.startup.complete"})
            else:
                await asyncio.to_thread(end_mail)
                await self.end_streams()
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


def _is_quick_act(scope: Scope) -> bool:
    """Whether it is an act in JSON; one from a form is Django's."""
    if scope["method"] != "POST" or not scope["path"].startswith("/acts/"):
        return False
    return header(scope, b"content-type").partition(b";")[0].strip() == b"application/json"
