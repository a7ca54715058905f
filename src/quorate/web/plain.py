"""Requests and answers in plain ASGI, for the doors that are not Django's: headers, origin, JSON."""

import json
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from functools import lru_cache
from typing import Any

from django.http.request import validate_host

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = Sequence[tuple[bytes, bytes]]

SAFE: Headers = (
    (b"cache-control", b"private, no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),
    (b"vary", b"Cookie"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
"""The headers of every answer."""


def header(scope: Scope, name: bytes) -> bytes:
    """A header of a request, empty if it has none."""
    return next((bytes(value) for key, value in scope["headers"] if key == name), b"")


def is_ours(scope: Scope, hosts: tuple[str, ...], *, needs_origin: bool) -> bool:
    """Whether a request was made by a page of ours, at a name that is ours.

    Browsers say from which site only where the connection is safe or the machine their own; an act needs its Origin always.
    """
    host = header(scope, b"host").decode("latin-1")
    if not _is_allowed(host, hosts):
        return False
    if header(scope, b"sec-fetch-site") not in (b"", b"same-origin"):
        return False
    origin = header(scope, b"origin").decode("latin-1")
    if not origin:
        return not needs_origin
    return origin.partition("://")[2] == host


@lru_cache(maxsize=64)
def _is_allowed(host: str, hosts: tuple[str, ...]) -> bool:
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return validate_host(name, hosts)


async def answer(send: Send, status: int, body: bytes, kind: bytes, more: Headers = ()) -> None:
    """Send a whole answer."""
    length = (b"content-length", b"%d" % len(body))
    headers = [(b"content-type", kind), length, *SAFE, *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def answer_json(send: Send, status: int, said: dict[str, Any], more: Headers = ()) -> None:
    """Send a whole answer as JSON."""
    body = json.dumps(said, ensure_ascii=False).encode()
    await answer(send, status, body, b"application/json", more)
