"""Durable roll-call votes of many callers at once, beside the same bytes written raw in the same run."""

import asyncio
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from quorate.assembly.act import Act
from quorate.cli.bench.house import (
    bench_desk,
    bench_key,
    carry_out,
    closing_acts,
    house_acts,
    meeting_acts,
    question_acts,
    vote_acts,
)
from quorate.desk.answer import Acknowledged, Caller
from quorate.desk.awaiting import Awaiting
from quorate.desk.desk import Desk
from quorate.desk.port import Head, Row, Store
from quorate.store import open_store


class Crowd(NamedTuple):
    """Who votes: how many at once, each in a thread of their own or all in coroutines on one event loop."""

    callers: str
    at_once: int


Votes = Sequence[tuple[Act, Caller]]
ROUNDS = 3
LOOK_EVERY = 0.003
SINGLES = 2000
"""How many votes are written with a commit each; more would only take longer."""


def measure_votes(url: str, folder: Path, voters: int, crowd: Crowd) -> dict[str, object]:
    """Votes a second that were acknowledged, the best of three rounds, what the store does without us, and how long a reader waits."""
    name = "postgresql" if "://" in url else "sqlite"
    folder = folder / f"{name}-{crowd.callers}"
    folder.mkdir()
    store = _store(url, folder, "votes")
    with bench_desk(store, folder, bench_key()) as desk:
        deque(carry_out(desk, house_acts(voters)), maxlen=0)
        deque(carry_out(desk, meeting_acts(voters)), maxlen=0)
        best = max(_round(desk, n, voters, crowd) for n in range(ROUNDS))
        rate, processor, first, batches = best
        rows = list(store.rows(first, first + voters))
        longest = _longest_wait(desk, ROUNDS, voters, crowd)
    raw = _write_raw(_store(url, folder, "raw"), rows, batches)
    single = _write_raw(_store(url, folder, "single"), rows[:SINGLES], [1] * SINGLES)
    return {
        "store": name,
        "votes": voters,
        "callers": f"{crowd.at_once} {crowd.callers}",
        "votes/s": round(rate),
        "processor, µs a vote": round(processor, 1),
        "votes/commit": round(voters / len(batches), 1),
        "longest wait of a reader, ms": round(longest * 1e3, 1),
        "raw, same batches/s": round(raw),
        "share of raw": rate / raw,
        "raw, one commit each/s": round(single),
        "times that": rate / single,
    }


def _round(
    desk: Desk, n: int, voters: int, crowd: Crowd
) -> tuple[float, float, int, tuple[int, ...]]:
    """The rate of one round, the processor time of a vote in µs, the first vote's entry, and the sizes of the batches."""
    deque(carry_out(desk, question_acts(n)), maxlen=0)
    votes = list(vote_acts(n, voters))
    seconds, processor, given = BY_CALLERS[crowd.callers](desk, votes, crowd.at_once)
    assert len(given) == voters
    deque(carry_out(desk, closing_acts(n)), maxlen=0)
    sizes = Counter(answer.size for answer in given)
    first = min(answer.first for answer in given)
    in_order = tuple(count for _, count in sorted(sizes.items()))
    return voters / seconds, processor / voters * 1e6, first, in_order


def _longest_wait(desk: Desk, n: int, voters: int, crowd: Crowd) -> float:
    """Seconds for which somebody who looks at the state every few milliseconds waits at most, in a round of its own."""
    over, longest = threading.Event(), 0.0

    def look() -> None:
        nonlocal longest
        while not over.wait(LOOK_EVERY):
            begun = time.perf_counter()
            desk.read(lambda state: state.size)
            longest = max(longest, time.perf_counter() - begun)

    reader = threading.Thread(target=look)
    reader.start()
    _round(desk, n, voters, crowd)
    over.set()
    reader.join()
    return longest


def _by_threads(desk: Desk, votes: Votes, at_once: int) -> tuple[float, float, list[Acknowledged]]:
    """Seconds, of processor too, and the answers, when each caller has a thread."""
    answers: list[list[Acknowledged]] = [[] for _ in range(at_once)]
    start_together = threading.Barrier(at_once + 1)

    def vote(each: int) -> None:
        start_together.wait()
        mine = answers[each]
        for act, caller in votes[each::at_once]:
            mine.append(desk.act(act, caller))

    crowd = [threading.Thread(target=vote, args=(each,)) for each in range(at_once)]
    for thread in crowd:
        thread.start()
    start_together.wait()
    begun, worked = time.perf_counter(), time.process_time()
    for thread in crowd:
        thread.join()
    seconds, processor = time.perf_counter() - begun, time.process_time() - worked
    return seconds, processor, [answer for mine in answers for answer in mine]


def _by_coroutines(
    desk: Desk, votes: Votes, at_once: int
) -> tuple[float, float, list[Acknowledged]]:
    """The same when all callers are on one event loop."""

    async def vote(awaiting: Awaiting, each: int) -> list[Acknowledged]:
        return [await awaiting.act(act, caller) for act, caller in votes[each::at_once]]

    async def all_vote() -> list[list[Acknowledged]]:
        awaiting = Awaiting(desk)
        return await asyncio.gather(*(vote(awaiting, each) for each in range(at_once)))

    begun, worked = time.perf_counter(), time.process_time()
    answers = asyncio.run(all_vote())
    seconds, processor = time.perf_counter() - begun, time.process_time() - worked
    return seconds, processor, [answer for mine in answers for answer in mine]


BY_CALLERS = {"threads": _by_threads, "coroutines": _by_coroutines}


def _write_raw(store: Store, rows: Sequence[Row], batches: Sequence[int]) -> float:
    """Rows a second when nothing is decided, hashed or signed: only the same bytes, in the same transactions."""
    numbered = iter([Row(seq, row.entry, row.parts) for seq, row in enumerate(rows)])
    begun = time.perf_counter()
    for head, batch in _batched(numbered, batches):
        with store.writing() as writing:
            writing.append(batch, head)
    rate = len(rows) / (time.perf_counter() - begun)
    store.close()
    return rate


def _batched(rows: Iterator[Row], batches: Sequence[int]) -> Iterator[tuple[Head, list[Row]]]:
    size = 0
    for count in batches:
        batch = list(islice(rows, count))
        size += len(batch)
        if batch:
            yield Head(size, bytes(32)), batch


def _store(url: str, folder: Path, name: str) -> Store:
    if "://" not in url:
        return open_store(f"sqlite:{folder / name}.sqlite")
    joint = "&" if "?" in url else "?"
    schema = f"{folder.parent.name}_{folder.name}_{name}".replace("-", "_")
    return open_store(f"{url}{joint}schema={schema}")
