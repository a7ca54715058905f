"""Durable roll-call votes from many threads, beside the same bytes written raw in the same run."""

import threading
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

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
from quorate.desk.answer import Acknowledged
from quorate.desk.desk import Desk
from quorate.desk.port import Head, Row, Store
from quorate.store import open_store

ROUNDS = 3
SINGLES = 2000
"""How many votes are written with a commit each; more would only take longer."""


def measure_votes(url: str, folder: Path, voters: int, threads: int) -> dict[str, object]:
    """Votes a second that were acknowledged, the best of three rounds, and what the store does without us."""
    name = "postgresql" if "://" in url else "sqlite"
    folder = folder / name
    folder.mkdir()
    store = _store(url, folder, "votes")
    with bench_desk(store, folder, bench_key()) as desk:
        deque(carry_out(desk, house_acts(voters)), maxlen=0)
        deque(carry_out(desk, meeting_acts(voters)), maxlen=0)
        best = max(_round(desk, n, voters, threads) for n in range(ROUNDS))
        rate, first, batches = best
        rows = list(store.rows(first, first + voters))
    raw = _write_raw(_store(url, folder, "raw"), rows, batches)
    single = _write_raw(_store(url, folder, "single"), rows[:SINGLES], [1] * SINGLES)
    return {
        "store": name,
        "votes": voters,
        "threads": threads,
        "votes/s": round(rate),
        "votes/commit": round(voters / len(batches), 1),
        "raw, same batches/s": round(raw),
        "share of raw": rate / raw,
        "raw, one commit each/s": round(single),
        "times that": rate / single,
    }


def _round(desk: Desk, n: int, voters: int, threads: int) -> tuple[float, int, tuple[int, ...]]:
    """The rate of one round, the number of its first vote's entry, and the sizes of its batches in order."""
    deque(carry_out(desk, question_acts(n)), maxlen=0)
    votes = list(vote_acts(n, voters))
    answers: list[list[Acknowledged]] = [[] for _ in range(threads)]
    start_together = threading.Barrier(threads + 1)

    def vote(each: int) -> None:
        start_together.wait()
        mine = answers[each]
        for act, caller in votes[each::threads]:
            mine.append(desk.act(act, caller))

    crowd = [threading.Thread(target=vote, args=(each,)) for each in range(threads)]
    for thread in crowd:
        thread.start()
    start_together.wait()
    begun = time.perf_counter()
    for thread in crowd:
        thread.join()
    rate = voters / (time.perf_counter() - begun)
    given = [answer for mine in answers for answer in mine]
    assert len(given) == voters
    deque(carry_out(desk, closing_acts(n)), maxlen=0)
    sizes = Counter(answer.size for answer in given)
    first = min(answer.first for answer in given)
    return rate, first, tuple(count for _, count in sorted(sizes.items()))


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
    return open_store(f"{url}{joint}schema=bench_{folder.parent.name.replace('-', '_')}_{name}")
