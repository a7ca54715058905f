"""One thread that follows the record, finds which regions of whose meetings changed, and has them sent.

It is told when this process recorded something, and looks for what others did. What changed is found by comparing what is
shown before and after, so no table of events can forget one. A key has its regions made once, however many look at it.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from quorate.assembly.act import kind_of
from quorate.assembly.divisions.votes import VoteCast, VoteChanged
from quorate.assembly.state import State
from quorate.canon.fault import Fault
from quorate.desk.desk import Desk
from quorate.reading.reader import Reader, today
from quorate.web.house import House
from quorate.web.live import frame, region
from quorate.web.live.audience import Key, key_of
from quorate.web.live.hub import Hub, News, Stream
from quorate.web.live.mine import Mine, Votes, mine_of, votes_of, with_votes
from quorate.web.live.pace import GAP, Pace
from quorate.web.live.region import Shared

POLL = 0.35
"""Seconds after which is looked for what other processes recorded."""
AT_A_TIME = 25
"""People of whom is asked at a stretch what they can do now; others wait for the state meanwhile."""
BUDGET = 0.2
"""Seconds of a round in which people are sent what is their own; then it is looked again."""
BUDGET_WOKEN = 0.15
"""The same where something was recorded meanwhile."""
VOTES = frozenset(kind_of(each) for each in (VoteCast, VoteChanged))
"""Kinds of entries that change nothing but figures, and what is their voters' own."""

_log = logging.getLogger(__name__)
Owns = list[tuple[Stream, Mine, Votes]]


class _Seen(NamedTuple):
    """What a look at the state found."""

    size: int
    on: date
    shared: dict[Key, Shared]
    keys: dict[Stream, Key | None] | None


@dataclass
class _Last:
    """What was sent last."""

    size: int = -1
    on: date = date.min
    shared: dict[Key, Shared] = field(default_factory=dict)
    owing: dict[Stream, bool] = field(default_factory=dict)
    """By stream to which what is its person's own is still to be sent: whether anything but votes was recorded since."""


class Follower:
    """Follows the record of a house for a hub, whose event loop runs; from `start` until `stop`."""

    def __init__(self, house: House, hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
        self._house, self._hub, self._loop = house, hub, loop
        self._last = _Last()
        self._pace = Pace()
        self._woken = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="quorate-follower", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._house.grew = self._hub.wake = self._woken.set
        self._thread.start()

    def stop(self) -> None:
        """End, once the round is over; the event loop has to run meanwhile."""
        self._ended = True
        self._woken.set()
        self._thread.join()

    def _run(self) -> None:
        wait = 0.0
        while not self._ended:
            told = self._woken.wait(wait or POLL)
            self._woken.clear()
            begun = time.monotonic()
            try:
                wait = self._round(told=told)
            except Fault:  # the desk is opened anew by whoever asks for it next
                wait = 1.0
            except Exception:  # noqa: BLE001  # the edge of a thread: the next look may do
                _log.exception("what happened could not be shown")
                wait = 1.0
            now = time.monotonic()
            self._pace.looked(begun, now)
            if not self._ended:
                time.sleep(self._pace.wait_to_look(now))

    def _round(self, *, told: bool) -> float:
        """Look, and send what changed; returns the seconds after which to look again, 0 for as many as usual."""
        if not self._house.founded:
            return 0.0
        desk = self._house.desk()
        if not told:
            desk.catch_up()
        if not (self._hub.streams or self._hub.followed):
            self._last = _Last()
            return 0.0
        last = self._last
        seen = self._look(desk)
        if seen is None:
            self._pay(desk)
            return GAP if last.owing else 0.0
        if not self._publish(last, seen):
            return self._pace.wait_to_send(time.monotonic(), figures=seen.keys is None)
        owing = _owing(desk, last.owing, seen, [*self._hub.streams])
        self._last = _Last(seen.size, seen.on, seen.shared, owing)
        self._pay(desk)
        return 0.0

    def _publish(self, last: _Last, seen: _Seen) -> bool:
        """Have sent what changed; False if it is too early for that, and what was seen has to be seen again."""
        wanted = {*self._hub.wanted}
        news = _news(last, seen, wanted)
        if not news.regions and news.keys is None:
            return True
        figures = news.keys is None
        if self._pace.wait_to_send(time.monotonic(), figures=figures) and not wanted:
            return False
        self._pace.sent(time.monotonic())
        self._on_loop(self._hub.publish(news))
        return True

    def _look(self, desk: Desk) -> _Seen | None:
        """What all see now, and whose key is which if that is to be asked; None if nothing was recorded."""
        last, hub = self._last, self._hub
        doubt = hub.doubtful
        seen = desk.read(lambda state: self._see(state, keys=doubt))
        if seen is None or doubt:
            return seen
        if not _only_votes(desk, last, seen):
            seen = desk.read(lambda state: self._see(state, keys=True))
        return seen

    def _see(self, state: State, *, keys: bool) -> _Seen | None:
        last, streams = self._last, [*self._hub.streams]
        on = today(state, self._house.now())
        wanted = {each.key for each in streams} | self._hub.followed
        same = (state.size, on) == (last.size, last.on) and not self._hub.wanted
        if not keys and same and wanted <= last.shared.keys():
            return None
        theirs = _keys(state, streams, on) if keys else None
        if theirs is not None:
            wanted = {key for key in theirs.values() if key is not None} | self._hub.followed
        shared = {
            key: region.shared(Reader(state, on, key.audiences), state.meetings[key.meeting])
            for key in wanted
            if key.meeting in state.meetings
        }
        return _Seen(state.size, on, shared, theirs)

    def _pay(self, desk: Desk) -> None:
        """Send people what is their own, as many as there is time for; the others have their turn in the next round."""
        owing, begun = self._last.owing, time.monotonic()
        while owing and not self._ended:
            if time.monotonic() - begun > (BUDGET_WOKEN if self._woken.is_set() else BUDGET):
                return
            some = {each: owing.pop(each) for each in [*islice(owing, AT_A_TIME)]}
            owns = desk.read(partial(self._owns, some))
            self._on_loop(self._hub.send_owns(owns))

    def _owns(self, some: Mapping[Stream, bool], state: State) -> Owns:
        now = self._house.instant(state)
        on = today(state, self._house.now())
        return [
            (stream, *own_of(Reader(state, on, stream.person), stream, now, whole=whole))
            for stream, whole in some.items()
            if stream.key.meeting in state.meetings
        ]

    def _on_loop(self, coroutine: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()


def own_of(
    reader: Reader, stream: Stream, now: datetime, *, whole: bool = True
) -> tuple[Mine, Votes]:
    """What is somebody's own now, and the votes of those for whom they vote; unless `whole`, only votes changed since."""
    state, person = reader.state, stream.person
    meeting = state.meetings[stream.key.meeting]
    if whole or stream.own is None:
        own = mine_of(reader, meeting, person, now)
    else:
        own = with_votes(reader, meeting, stream.own, person, now)
    return own, votes_of(state, own, person)


def _keys(state: State, streams: Iterable[Stream], on: date) -> dict[Stream, Key | None]:
    return {each: key_of(state, each.person, each.key.meeting, on) for each in streams}


def _only_votes(desk: Desk, last: _Last, seen: _Seen) -> bool:
    if last.on != seen.on or not 0 <= last.size <= seen.size:
        return False
    return desk.kinds(last.size, seen.size) <= VOTES


def _owing(
    desk: Desk, owing: dict[Stream, bool], seen: _Seen, streams: list[Stream]
) -> dict[Stream, bool]:
    """To whom what is their own is to be sent: to all if anything but votes was recorded, else to those whose votes changed."""
    if seen.keys is not None:
        return dict.fromkeys(streams, True)
    voted = desk.read(lambda state: [each for each in streams if _voted(state, each)])
    return dict.fromkeys(voted, False) | owing


def _voted(state: State, stream: Stream) -> bool:
    own = stream.own
    return own is not None and stream.votes != votes_of(state, own, stream.person)


def _news(last: _Last, seen: _Seen, wanted: set[Key]) -> News:
    regions: dict[Key, dict[str, bytes]] = {}
    tallies: dict[Key, bytes] = {}
    for key, now in seen.shared.items():
        before = last.shared.get(key) if key not in wanted else None
        changed = {
            name: frame.frame(name, region.html_of(name, view))
            for name, view in now._asdict().items()
            if before is None or view != getattr(before, name)
        }
        if changed:
            regions[key] = changed
        if before is not None and "panel" in changed and before.panel.still() == now.panel.still():
            tallies[key] = frame.frame("tally", frame.tally(now.panel))
    return News(seen.size, regions, tallies, seen.keys)
