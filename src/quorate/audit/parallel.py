"""Bundles checked in this process, or several to a task in others, and always handed on in their order.

What comes back from another process is packed, as to write and read thousands of small objects one by one would cost
more than the checks that were spread.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from typing import NamedTuple

import msgspec

from quorate.audit.bundle import Bundle, check_bundle
from quorate.canon.fault import Unverified
from quorate.record.tiles import WIDTH, Read

TASK = 8
"""Bundles to a task: about 2,000 entries, a few hundredths of a second of work."""
AHEAD = 6
"""Tasks handed out before the first of them is waited for; bounds memory."""

_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(Bundle).decode


class Checked(NamedTuple):
    """The result of a task: its bundles, packed, up to the first that failed, and the failure of that."""

    bundles: list[bytes]
    failure: Unverified | None


def bundles(read: Read, size: int, executor: Executor | None) -> Iterator[Bundle]:
    """Every bundle of an export of `size` entries, checked by itself.

    Raises:
        Unverified: in its place, the first bundle that does not hold.
    """
    numbers = range(-(-size // WIDTH))
    if executor is None:
        for number in numbers:
            yield check_bundle(read, number, size)
        return
    waiting: deque[Future[Checked]] = deque()
    for first in numbers[::TASK]:
        waiting.append(executor.submit(check_task, read, numbers[first : first + TASK], size))
        if len(waiting) > AHEAD:
            yield from _hand_on(waiting.popleft())
    while waiting:
        yield from _hand_on(waiting.popleft())


def check_task(read: Read, numbers: range, size: int) -> Checked:
    """The bundles of those numbers; done in another process."""
    done: list[bytes] = []
    try:
        for number in numbers:
            done.append(_pack(check_bundle(read, number, size)))  # noqa: PERF401  # kept on failure
    except Unverified as failure:
        return Checked(done, failure)
    return Checked(done, None)


def _hand_on(future: Future[Checked]) -> Iterator[Bundle]:
    checked = future.result()
    yield from map(_unpack, checked.bundles)
    if checked.failure:
        raise checked.failure
