"""Who is behind a cookie, for the doors that are not Django's: Django is asked once and remembered, until it says otherwise.

A session that is deleted, by whichever page, and an account that changed are forgotten at once in this process; others find
out when they ask again.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from importlib import import_module
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from quorate.web.accounts.models import Account

LIVES = 60.0
"""Seconds for which is remembered whose a session is; other processes may have ended it."""
MOST = 50_000
_ENDED = 10_000
_AT_A_TIME = 500
_ASKED_ANEW = 50


class SignedIn(NamedTuple):
    """Somebody, and the session in which they are signed in."""

    person: str
    session: str


class Sessions:
    """The sessions that were asked for; made on the event loop, and used there."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._loop = asyncio.get_running_loop()
        self._known: OrderedDict[str, tuple[str, float]] = OrderedDict()
        """By session: whose it is, and when that was asked, in seconds of the monotonic clock."""
        self._ended: deque[str] = deque(maxlen=_ENDED)
        """Sessions that ended, perhaps while they were asked for."""
        self.is_held: Callable[[str], bool] = lambda _: False
        """Whether a session is remembered for longer, as it is in use and `check` is called for it now and then."""
        self.session_ended: Callable[[str], None] = lambda _: None
        self.person_changed: Callable[[str], None] = lambda _: None
        self._deleted = _on_delete(self)
        self._saved = _on_save(self)

    async def of(self, cookies: bytes) -> SignedIn | None:
        """Whoever is signed in by a cookie header; None if nobody is."""
        session = _session_in(cookies)
        return await self.owner(session) if session else None

    async def owner(self, session: str) -> SignedIn | None:
        """Whoever is signed in in a session."""
        known = self._known.get(session)
        if known and (self.is_held(session) or time.monotonic() - known[1] < LIVES):
            return SignedIn(known[0], session)
        return await self._ask(session)

    async def check(self, held: Sequence[str]) -> None:
        """End what other processes have ended of the sessions that are remembered for longer, and ask anew of some."""
        for first in range(0, len(held), _AT_A_TIME):
            some = held[first : first + _AT_A_TIME]
            for gone in await self._loop.run_in_executor(self._executor, _gone, some):
                self._end(gone)
        asked = sorted((self._known[each][1], each) for each in held if each in self._known)
        for _, session in asked[:_ASKED_ANEW]:
            if await self._ask(session) is None:
                self._end(session)

    async def _ask(self, session: str) -> SignedIn | None:
        person = await self._loop.run_in_executor(self._executor, _person_of, session)
        if not person or session in self._ended:
            self._known.pop(session, None)
            return None
        self._known[session] = (person, time.monotonic())
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return SignedIn(person, session)

    def end(self, session: str) -> None:
        """Forget a session that ended; from any thread."""
        self._loop.call_soon_threadsafe(self._end, session)

    def change(self, person: str) -> None:
        """Forget the sessions of somebody whose account changed; from any thread."""
        self._loop.call_soon_threadsafe(self._change, person)

    def close(self) -> None:
        """Listen no more."""
        post_delete.disconnect(self._deleted, sender=Session)
        post_save.disconnect(self._saved, sender=Account)

    def _end(self, session: str) -> None:
        self._ended.append(session)
        self._known.pop(session, None)
        self.session_ended(session)

    def _change(self, person: str) -> None:
        for session in [key for key, known in self._known.items() if known[0] == person]:
            del self._known[session]
        self.person_changed(person)


def _on_delete(sessions: Sessions) -> Callable[..., None]:
    def deleted(instance: Session, **_: Any) -> None:
        sessions.end(str(instance.session_key))

    post_delete.connect(deleted, sender=Session, weak=False)
    return deleted


def _on_save(sessions: Sessions) -> Callable[..., None]:
    def saved(instance: Account, update_fields: frozenset[str] | None = None, **_: Any) -> None:
        if set(update_fields or ()) != {"last_login"}:
            sessions.change(instance.member)

    post_save.connect(saved, sender=Account, weak=False)
    return saved


def _session_in(cookies: bytes) -> str:
    name = settings.SESSION_COOKIE_NAME.encode() + b"="
    for part in cookies.split(b";"):
        if part.strip().startswith(name):
            return part.strip()[len(name) :].strip(b'"').decode("latin-1")
    return ""


def _gone(sessions: Sequence[str]) -> set[str]:
    """Those of some sessions that are there no more."""
    there = Session.objects.filter(session_key__in=sessions, expire_date__gt=timezone.now())
    return {*sessions} - {*there.values_list("session_key", flat=True)}


def _person_of(session: str) -> str:
    """The person whose session it is, by all that Django checks: its end, the account, and the hash of its password."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(session)
    user = get_user(SimpleNamespace(session=store))  # type: ignore[arg-type]  # it looks at nothing else
    return str(getattr(user, "member", ""))
