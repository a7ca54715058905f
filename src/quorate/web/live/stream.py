"""The door of the streams: `GET /live/<meeting>`, and `GET /live/<meeting>/since/<n>` for whom streams do not reach."""

import asyncio
import re
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote

from quorate.assembly.state import State
from quorate.canon.fault import Unavailable
from quorate.reading.reader import Reader, today
from quorate.web.house import House
from quorate.web.live.audience import Key, key_of
from quorate.web.live.hub import Alike, Hub, Stream, own_frame
from quorate.web.live.mine import Mine, Votes, mine_of, votes_of
from quorate.web.live.pipe import Pipe, pipe_of
from quorate.web.looking import Looking
from quorate.web.plain import SAFE, Receive, Scope, Send, answer, header, is_ours
from quorate.web.sessions import Sessions, SignedIn

_path = re.compile(r"/live/(?P<meeting>[^/]+)(?:/since/(?P<since>\d{1,15}))?")
_TEXT = b"text/plain; charset=utf-8"
_AGAIN = ((b"retry-after", b"5"),)
PATIENCE = 10.0
"""Seconds in which the first regions of a meeting have to be made."""


_HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"x-accel-buffering", b"no"),
    (b"connection", b"close"),
    *SAFE,
)


class _Wish(NamedTuple):
    who: SignedIn
    meeting: str
    last: int
    """The size of the record up to which the browser has all; below 0 if it has nothing."""
    polled: bool


class _Arrival(NamedTuple):
    key: Key
    own: Mine
    votes: Votes
    size: int
    alike: Alike


class StreamDoor:
    """Streams for whoever is signed in and may see the meeting."""

    def __init__(
        self,
        house: House,
        hub: Hub,
        sessions: Sessions,
        looking: Looking,
        *,
        hosts: tuple[str, ...],
        most: int,
    ) -> None:
        self._house, self._hub = house, hub
        self._sessions, self._looking = sessions, looking
        self._hosts, self._most = hosts, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        asked = _path.fullmatch(scope["path"])
        if asked is None:
            await answer(send, 404, b"There is no such stream.", _TEXT)
        elif scope["method"] != "GET":
            await answer(send, 405, b"A stream is read.", _TEXT, ((b"allow", b"GET"),))
        elif not is_ours(scope, self._hosts, needs_origin=False):
            await answer(send, 403, b"Streams are for our own pages.", _TEXT)
        elif (who := await self._sessions.of(header(scope, b"cookie"))) is None:
            await answer(send, 401, b"Sign in again.", _TEXT)
        elif len(self._hub.streams) >= self._most:
            await answer(send, 503, b"There are too many streams here.", _TEXT, _AGAIN)
        else:
            last = asked["since"] or header(scope, b"last-event-id").decode("latin-1")
            size = int(last) if last.isdecimal() and last.isascii() and len(last) < 16 else -1
            polled = asked["since"] is not None
            wish = _Wish(who, unquote(asked["meeting"]), size, polled=polled)
            await self._serve(wish, scope, receive, send)

    async def _serve(self, wish: _Wish, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            arrival = await self._arrive(wish)
        except (Unavailable, TimeoutError):
            await answer(send, 503, b"The record cannot be read at this moment.", _TEXT, _AGAIN)
            return
        if arrival is None:
            await answer(send, 404, b"There is no such meeting for you.", _TEXT)
        elif wish.polled:
            body = arrival.alike.since(_known(wish.last, arrival))
            await answer(send, 200, body + own_frame(arrival.own, wish.who.person), _TEXT)
        else:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await self._stream(wish, arrival, pipe_of(scope, send), receive)

    async def _arrive(self, wish: _Wish) -> _Arrival | None:
        """Whom somebody sees alike with and what is their own, as of now; None if the meeting is not for them."""
        may_be_behind = True
        while True:
            arrival = await self._looking.look(partial(self._seen_by, wish))
            if arrival is None:
                return None
            if wish.last > arrival.size and may_be_behind:
                may_be_behind = False  # the page came from another process, which was ahead
                await asyncio.get_running_loop().run_in_executor(None, self._catch_up)
                continue
            async with asyncio.timeout(PATIENCE):
                alike = await self._hub.ready(arrival.key)
            if arrival.size >= self._hub.rolls_at:  # else their seat may have gone meanwhile
                return arrival._replace(alike=alike)

    def _seen_by(self, wish: _Wish, state: State) -> _Arrival | None:
        person, meeting = wish.who.person, wish.meeting
        on = today(state, self._house.now())
        key = key_of(state, person, meeting, on)
        if key is None:
            return None
        reader = Reader(state, on, person)
        own = mine_of(reader, state.meetings[meeting], person, self._house.instant(state))
        return _Arrival(key, own, votes_of(state, own, person), state.size, Alike())

    def _catch_up(self) -> None:
        self._house.desk().catch_up()

    async def _stream(self, wish: _Wish, arrival: _Arrival, pipe: Pipe, receive: Receive) -> None:
        who = wish.who
        stream = Stream(who.person, who.session, arrival.key, pipe, arrival.size)
        self._hub.join(stream, _known(wish.last, arrival))
        self._hub.send_own(stream, arrival.own, arrival.votes)
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            self._hub.leave(stream)


def _known(last: int, arrival: _Arrival) -> int:
    """Up to where a browser has all; a size that this record never had is none."""
    return last if last <= arrival.size else -1
