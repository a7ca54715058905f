"""All streams of this process, by who sees alike; everything here happens on the event loop."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quorate.web.live import frame, mine
from quorate.web.live.audience import Key
from quorate.web.live.frame import COMMENT, Chunk
from quorate.web.live.mine import Mine, Votes
from quorate.web.live.pipe import Pipe, write

SLICE = 200
"""Streams to which is written at a stretch; then others have their turn."""
KEPT = 20.0
"""Seconds for which regions are kept up to date after they were asked for, without a stream."""
SESSION_STREAMS = 6
"""Open at once with one session; of more the oldest ends, whose phone is perhaps long gone."""


@dataclass(eq=False, slots=True)
class Stream:
    """A page that somebody has open."""

    person: str
    session: str
    key: Key
    pipe: Pipe
    as_of: int
    """The size of the record as of which the key is theirs; they are sent nothing made since the rolls changed after that."""
    own: Mine | None = None
    """What they were last sent of their own."""
    votes: Votes = ()


class Shown(NamedTuple):
    """A region as it was last sent, and the size of the record at its last change."""

    size: int
    html: bytes


@dataclass(slots=True)
class Alike:
    """Those who see a meeting alike, and what they see."""

    shown: dict[str, Shown] = field(default_factory=dict)
    streams: set[Stream] = field(default_factory=set)
    made: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once they were made."""

    def since(self, size: int) -> bytes:
        """The regions that changed after a size, each whole; none if nothing did."""
        changed = [each for each in self.shown.values() if each.size > size]
        if not changed:
            return b""
        return frame.identified((each.html for each in changed), max(each.size for each in changed))


class News(NamedTuple):
    """What the follower found."""

    size: int
    regions: Mapping[Key, Mapping[str, bytes]]
    """By key: the frames of regions that changed."""
    tallies: Mapping[Key, bytes]
    """By key: the frame to send in the place of that of its panel, where nothing but figures changed there."""
    keys: Mapping[Stream, Key | None] | None
    """By stream: the key that is theirs now, None if the meeting is not for them any more. None if no roll was touched."""


class Hub:
    """The streams, and what each group of them sees."""

    def __init__(self) -> None:
        self.streams: dict[Stream, None] = {}
        self._open: dict[str, list[Stream]] = {}
        """By session: its streams, the oldest first."""
        self.alike: dict[Key, Alike] = {}
        self.wanted: set[Key] = set()
        """Keys for which somebody waits that nothing was made for yet."""
        self.asked: dict[Key, float] = {}
        """Keys whose regions were asked for: until when they are kept at least, by the clock of the loop."""
        self.rolls_at = 0
        """The size of the record when the keys of all streams were last asked for."""
        self.doubtful = False
        """Whether there is a stream whose key is older than that."""
        self.wake: Callable[[], None] = lambda: None
        """Wakes the follower."""

    @property
    def followed(self) -> set[Key]:
        """The keys whose regions are to be kept up to date, beside those of the streams; from any thread."""
        return {*self.wanted, *self.asked}

    async def ready(self, key: Key) -> Alike:
        """Those with a key, once its regions are made; they are kept up to date for some time, whoever comes or not."""
        self.asked[key] = asyncio.get_running_loop().time() + KEPT
        alike = self._want(key)
        await alike.made.wait()
        return alike

    def join(self, stream: Stream, last: int) -> None:
        """Take a stream in, whose browser has all up to a size, and send it what changed since."""
        same = self._open.setdefault(stream.session, [])
        same.append(stream)
        self.streams[stream] = None
        if len(same) > SESSION_STREAMS:
            self.cut(same[0])
        self._put(stream)
        write(stream.pipe, frame.retry(len(self.streams)) + COMMENT)
        self._bring_up(stream, last)
        self._doubt([stream])

    def leave(self, stream: Stream) -> None:
        """Let go of a stream that ended."""
        if stream not in self.streams:
            return
        del self.streams[stream]
        self._open[stream.session].remove(stream)
        if not self._open[stream.session]:
            del self._open[stream.session]
        self._take_out(stream)

    def cut(self, stream: Stream) -> None:
        """End a stream, and send it nothing more."""
        self.leave(stream)
        stream.pipe.end()

    def end_session(self, session: str) -> None:
        """Cut the streams of a session that ended."""
        for each in [*self._open.get(session, ())]:
            self.cut(each)

    def end_person(self, person: str) -> None:
        """Cut the streams of somebody whose account changed; if they still may, they come back."""
        for each in [each for each in self.streams if each.person == person]:
            self.cut(each)

    @property
    def sessions(self) -> list[str]:
        """The sessions that have a stream open."""
        return [*self._open]

    def has(self, session: str) -> bool:
        """Whether a session has a stream open."""
        return session in self._open

    def send_own(self, stream: Stream, own: Mine, votes: Votes) -> None:
        """Send somebody what is their own now, unless they have it."""
        stream.votes = votes
        if stream in self.streams and stream.own != own:
            stream.own = own
            write(stream.pipe, own_frame(own, stream.person))

    async def publish(self, news: News) -> None:
        """Send what changed to whom it is for; first those who may see it no more are cut off."""
        if news.keys is not None:
            self._move(news.keys, news.size)
        regions_of = {key: each for key, each in news.regions.items() if key in self.alike}
        for key, regions in regions_of.items():
            alike = self.alike[key]
            alike.shown |= {name: Shown(news.size, html) for name, html in regions.items()}
            alike.made.set()
            self.wanted.discard(key)
        for key, regions in regions_of.items():
            sent = dict(regions)
            if key in news.tallies:
                sent["panel"] = news.tallies[key]
            await self._write_all(key, frame.identified(sent.values(), news.size))
        self._doubt(self.streams)

    async def send_owns(self, owns: Sequence[tuple[Stream, Mine, Votes]]) -> None:
        """Send people what is their own."""
        for each in owns:
            self.send_own(*each)

    async def keep_alive(self) -> None:
        """Give every stream a sign of life, and let go of what nobody asks for any more."""
        sign = Chunk.of(COMMENT)
        for n, stream in enumerate([*self.streams], 1):
            if stream in self.streams:
                stream.pipe.write(sign)
            if n % SLICE == 0:
                await asyncio.sleep(0.02)

        now = asyncio.get_running_loop().time()
        for key in [key for key, until in self.asked.items() if until < now]:
            del self.asked[key]
            self._let_go(key)

    def say_bye(self) -> None:
        """End all streams, before a restart."""
        data = frame.bye(len(self.streams))
        for stream in [*self.streams]:
            write(stream.pipe, data)
            self.cut(stream)

    def _want(self, key: Key) -> Alike:
        """Those with a key, whose regions are being made if they were not yet."""
        alike = self.alike.setdefault(key, Alike())
        if not alike.made.is_set():
            self.wanted.add(key)
            self.wake()
        return alike

    def _put(self, stream: Stream) -> None:
        self._want(stream.key).streams.add(stream)

    def _take_out(self, stream: Stream) -> None:
        self.alike[stream.key].streams.discard(stream)
        self._let_go(stream.key)

    def _let_go(self, key: Key) -> None:
        """Forget the regions of a key that nobody looks at, as they are kept up to date no more."""
        alike = self.alike[key]
        if not alike.streams and alike.made.is_set() and key not in self.asked:
            del self.alike[key]

    def _move(self, keys: Mapping[Stream, Key | None], size: int) -> None:
        before, self.rolls_at, self.doubtful = self.rolls_at, size, False
        for stream, key in keys.items():
            if stream not in self.streams:
                continue
            if key is None:
                self.cut(stream)
                continue
            behind, stream.as_of = stream.as_of < before, size
            if key != stream.key or behind:
                self._take_out(stream)
                stream.key = key
                self._put(stream)
                self._bring_up(stream, -1)

    def _doubt(self, streams: Iterable[Stream]) -> None:
        if not self.doubtful and any(each.as_of < self.rolls_at for each in streams):
            self.doubtful = True
            self.wake()

    def _bring_up(self, stream: Stream, last: int) -> None:
        if stream.as_of >= self.rolls_at and (data := self.alike[stream.key].since(last)):
            write(stream.pipe, data)

    async def _write_all(self, key: Key, data: bytes) -> None:
        chunk = Chunk.of(data)
        streams = [*self.alike[key].streams] if key in self.alike else []
        for n, stream in enumerate(streams, 1):
            is_theirs = (
                stream in self.streams and stream.key == key
            )  # others had their turn meanwhile
            if is_theirs and stream.as_of >= self.rolls_at:
                stream.pipe.write(chunk)
            if n % SLICE == 0:
                await asyncio.sleep(0)


def own_frame(own: Mine, person: str) -> bytes:
    """The frame with what is one person's own."""
    return frame.frame("you", mine.html_of(own).replace(mine.MYSELF, person))
