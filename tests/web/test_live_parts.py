"""The parts of the streams each by itself: frames, pace, the hub with pipes that only note, and the server's transport."""

import asyncio
import random
import socket
import threading
from dataclasses import dataclass, field

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st

from quorate.web.live import frame
from quorate.web.live.audience import Key
from quorate.web.live.frame import Chunk
from quorate.web.live.hub import Hub, News, Stream
from quorate.web.live.pace import A_SECOND, TICK, Pace
from quorate.web.live.pipe import MOST_WAITING, Asking, Direct, pipe_of
from quorate.web.protocol import LendingProtocol

HERE = Key("m", frozenset({"public", "members"}))
THERE = Key("m", frozenset({"public", "members", "body:b"}))


def parsed(data: bytes) -> list[tuple[str, str, int | None]]:
    """Events as the HTML standard has them read (9.2.6): only these three end a line."""
    events = []
    text = data.decode().replace("\r\n", "\n").replace("\r", "\n")
    for block in text.split("\n\n")[:-1]:
        event, lines, size = "message", [], None
        for line in block.split("\n"):
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "event":
                event = value
            elif name == "data":
                lines.append(value)
            elif name == "id":
                size = int(value)
        if lines:
            events.append((event, "\n".join(lines), size))
    return events


@given(st.text(), st.integers(0, 10**12))
def test_frame_is_read_as_one_event_whatever_is_in_it(text: str, size: int) -> None:
    data = frame.identified([frame.frame("stage", text), frame.frame("hall", text)], size)
    once = "\n".join(text.splitlines())
    assert parsed(data) == [("stage", once, None), ("hall", once, size)]


@given(st.binary())
def test_chunk_is_its_length_and_itself(data: bytes) -> None:
    size, _, rest = Chunk.of(data).framed.partition(b"\r\n")
    assert (int(size, 16), rest) == (len(data), data + b"\r\n")


def test_streams_are_told_to_come_back_at_different_times() -> None:
    drawn = {frame.retry(2000) for _ in range(50)}
    assert len(drawn) > 25


@given(st.lists(st.tuples(st.floats(0, 0.4), st.booleans()), min_size=1, max_size=200))
def test_pace_lets_three_through_in_any_second_and_figures_every_tick(
    steps: list[tuple[float, bool]],
) -> None:
    pace, now, sent = Pace(), 100.0, []
    for step, figures in steps:
        now += step
        wait = pace.wait_to_send(now, figures=figures)
        assert wait <= 1.0 + 1e-6
        if wait == 0:
            if figures and sent:
                assert now - sent[-1] >= TICK - 1e-6
            pace.sent(now)
            sent.append(now)
    for first, fourth in zip(sent, sent[A_SECOND:], strict=False):
        assert fourth - first >= 1.0 - 1e-6


@given(st.floats(0, 1e5), st.floats(0, 10))
def test_pace_rests_as_long_as_it_worked(begun: float, took: float) -> None:
    pace = Pace()
    pace.looked(begun, begun + took)
    assert pace.wait_to_look(begun + took) >= took - 1e-6


@dataclass
class Noted:
    """A pipe that notes what it is given."""

    given: list[bytes] = field(default_factory=list)
    ended: bool = False

    def write(self, chunk: Chunk) -> None:
        assert not self.ended
        self.given.append(chunk.data)

    def end(self) -> None:
        self.ended = True

    @property
    def events(self) -> list[tuple[str, str, int | None]]:
        return parsed(b"".join(self.given))


def stream(key: Key = HERE, size: int = 0, session: str = "s", person: str = "p") -> Stream:
    return Stream(person, session, key, Noted(), size)


def news(size: int, keys=None, tallies=None, **regions: dict[Key, str]) -> News:
    of_key: dict[Key, dict[str, bytes]] = {}
    for name, by_key in regions.items():
        for key, text in by_key.items():
            of_key.setdefault(key, {})[name] = frame.frame(name, text)
    return News(size, of_key, tallies or {}, keys)


async def made(hub: Hub, *keys: Key) -> None:
    """Have the regions of some keys made, as the follower does for whoever waits."""
    waiting = [asyncio.ensure_future(hub.ready(key)) for key in keys]
    await asyncio.sleep(0)
    assert hub.wanted >= {*keys}
    await hub.publish(news(1, stage=dict.fromkeys(keys, "first"), hall=dict.fromkeys(keys, "h")))
    await asyncio.gather(*waiting)
    assert not hub.wanted


def test_stream_gets_what_changed_after_its_size_and_what_comes() -> None:
    async def run() -> None:
        hub = Hub()
        await made(hub, HERE)
        new, knows = stream(session="a"), stream(session="b")
        hub.join(new, -1)
        hub.join(knows, 1)
        assert [each[0] for each in new.pipe.events] == ["stage", "hall"]
        assert knows.pipe.events == []
        await hub.publish(news(2, stage={HERE: "second"}))
        late = stream(session="c")
        hub.join(late, 1)
        assert late.pipe.events == knows.pipe.events == [("stage", "second", 2)]

    asyncio.run(run())


def test_regions_are_let_go_of_when_nobody_looks_at_them(monkeypatch) -> None:
    async def run() -> None:
        hub = Hub()
        await made(hub, HERE, THERE)
        there = stream(THERE, session="a")
        hub.join(there, 1)
        await hub.keep_alive()
        assert {*hub.alike} == {HERE, THERE}  # they were asked for a moment ago
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: 1e12)
        await hub.keep_alive()
        assert {*hub.alike} == {THERE}
        hub.leave(there)
        assert not hub.alike
        assert not hub.followed

    asyncio.run(run())


def test_figures_are_sent_small_and_kept_whole() -> None:
    async def run() -> None:
        hub = Hub()
        await made(hub, HERE)
        there = stream(session="a")
        hub.join(there, 1)
        await hub.publish(
            news(2, tallies={HERE: frame.frame("tally", "{}")}, panel={HERE: "whole"})
        )
        late = stream(session="b")
        hub.join(late, 1)
        assert there.pipe.events == [("tally", "{}", 2)]
        assert late.pipe.events == [("panel", "whole", 2)]

    asyncio.run(run())


def test_who_may_see_it_no_more_is_cut_before_anything_is_sent() -> None:
    async def run() -> None:
        hub = Hub()
        await made(hub, HERE)
        goes, stays = stream(session="a"), stream(session="b")
        hub.join(goes, 1)
        hub.join(stays, 1)
        await hub.publish(news(2, keys={goes: None, stays: HERE}, stage={HERE: "for those inside"}))
        assert goes.pipe.ended
        assert goes.pipe.events == []
        assert stays.pipe.events == [("stage", "for those inside", 2)]
        assert [*hub.streams] == [stays]

    asyncio.run(run())


def test_who_comes_to_see_more_or_less_gets_all_regions_anew_and_nothing_of_the_others() -> None:
    async def run() -> None:
        hub = Hub()
        await made(hub, HERE, THERE)
        one, other = stream(THERE, session="a"), stream(HERE, session="b")
        hub.join(one, 1)
        hub.join(other, 1)
        await hub.publish(news(2, keys={one: HERE, other: HERE}, stage={THERE: "inside only"}))
        assert one.pipe.events == [("stage", "first", None), ("hall", "h", 1)]
        assert other.pipe.events == []

    asyncio.run(run())


def test_stream_that_came_before_the_rolls_changed_gets_nothing_until_it_was_asked_anew() -> None:
    async def run() -> None:
        hub = Hub()
        woken = []
        hub.wake = lambda: woken.append(True)
        await made(hub, HERE)
        known = stream(session="a", size=1)
        hub.join(known, 1)
        early = stream(session="b", size=1)  # its key was asked for, then somebody was expelled
        hub.join(early, 1)
        await hub.publish(news(2, keys={known: HERE}, stage={HERE: "after the expulsion"}))
        assert known.pipe.events == [("stage", "after the expulsion", 2)]
        assert early.pipe.events == []
        assert hub.doubtful
        assert woken
        await hub.publish(news(2, keys={known: HERE, early: HERE}))
        assert [each[1] for each in early.pipe.events] == ["after the expulsion", "h"]
        assert not hub.doubtful

    asyncio.run(run())


def test_slices_reach_everybody_and_whoever_leaves_meanwhile_gets_nothing() -> None:
    async def run() -> None:
        hub = Hub()
        await made(hub, HERE)
        streams = [stream(session=f"s{n}") for n in range(450)]
        for each in streams:
            hub.join(each, 1)
        publishing = asyncio.ensure_future(hub.publish(news(2, stage={HERE: "x"})))
        await asyncio.sleep(0)
        left = random.Random(1).sample(streams[200:], 3)  # those before had theirs
        for each in left:
            hub.cut(each)
        await publishing
        assert all(bool(each.pipe.events) or each in left for each in streams)

    asyncio.run(run())


class Served:
    """uvicorn in a thread, with the protocol that lends its transport, and an application that tells what came of it."""

    def __init__(self) -> None:
        self.cut = threading.Event()
        self.gone = threading.Event()
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(
            self._answer,
            http=LendingProtocol,
            ws="none",
            log_level="error",
            lifespan="off",
            interface="asgi3",
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, args=([listening],))
        self.thread.start()

    async def _answer(self, scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        pipe = pipe_of(scope, send)
        assert isinstance(pipe, Direct)
        pipe.write(Chunk.of(b"first"))
        if scope["path"] == "/ends":
            pipe.end()
        for _ in range(10_000):
            if pipe._transport.is_closing():
                self.cut.set()
            pipe.write(Chunk.of(b"x" * MOST_WAITING))
            await asyncio.sleep(0)
        while (await receive())["type"] != "http.disconnect":
            pass
        self.gone.set()

    def ask(self, path: str) -> socket.socket:
        asking = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        asking.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        return asking


@pytest.fixture
def served():
    served = Served()
    yield served
    served.server.should_exit = True
    served.thread.join()


def test_server_lends_its_transport_and_what_is_written_there_arrives_as_chunks(served) -> None:
    """The contract with uvicorn, whose inside this touches."""
    with served.ask("/ends") as asking, asking.makefile("rb") as answer:
        head, _, body = answer.read().partition(b"\r\n\r\n")
    assert b"transfer-encoding: chunked" in head.lower()
    assert body == b"5\r\nfirst\r\n0\r\n\r\n"
    assert served.gone.wait(60)


def test_who_reads_nothing_is_cut_off(served) -> None:
    with served.ask("/slow"):
        assert served.cut.wait(60)
        assert served.gone.wait(60)


def test_server_that_lends_nothing_is_asked_to_send_and_slow_readers_are_cut() -> None:
    async def run() -> None:
        sent, gate = [], asyncio.Event()

        async def send(message) -> None:
            await gate.wait()
            sent.append(message)

        pipe = pipe_of({"type": "http"}, send)
        assert isinstance(pipe, Asking)
        pipe.write(Chunk.of(b"one"))
        pipe.write(Chunk.of(b"two"))
        gate.set()
        pipe.end()
        await pipe.task
        assert [each["body"] for each in sent] == [b"one", b"two", b""]
        assert [each["more_body"] for each in sent] == [True, True, False]
        gate.clear()
        slow = Asking(send)
        for _ in range(4):
            slow.write(Chunk.of(b"x" * MOST_WAITING))
            await asyncio.sleep(0)
        with pytest.raises(asyncio.CancelledError):
            await slow.task

    asyncio.run(run())
