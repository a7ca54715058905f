"""The writer's thread: it takes all that is queued at one moment, has it held, if it can be in one transaction, and lets the callers go on."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial

from quorate.canon.fault import Busy, Unavailable
from quorate.desk.answer import Asked
from quorate.desk.batch import HalfDone
from quorate.desk.inbox import Inbox
from quorate.desk.session import Session
from quorate.desk.turn import FairLock

MOST_AT_ONCE = 1024
"""Acts in one transaction at most, so that the first of many does not wait for all."""
TURN_SECONDS = 1.0
"""Seconds for which a transaction that was begun waits for those who read here; then it is begun again."""
PATIENCE = 60.0
"""Seconds for which acts are tried again while others hold the record."""


class Writer:
    """One thread, from now until it is ended."""

    def __init__(self, session: Session, lock: FairLock, make_anew: Callable[[], None]) -> None:
        """Begin. `lock` is held while the state changes, and by nobody who begins a transaction; `make_anew` makes the state anew, under the lock, from what was kept."""
        self.broken: Unavailable | None = None
        """Why it keeps nothing more; what is in memory was perhaps never kept."""
        self.told: Callable[[], None] | None = None
        """Called after each transaction, once those who waited for it go on."""
        self._session = session
        self._lock = lock
        self._make_anew = make_anew
        self._inbox = Inbox()
        self._pid = os.getpid()
        self._thread = threading.Thread(target=self._write, name="quorate-writer", daemon=True)
        self._thread.start()

    def put(self, asked: Asked) -> None:
        """Queue something; it is answered or has its error in the end, whatever happens.

        Raises:
            Unavailable: nothing more is kept.
        """
        if self.broken is not None:
            raise self.broken
        if self._pid != os.getpid():  # whose thread would not be here
            raise Unavailable("this desk was opened before a fork", "open it after forking")
        self._inbox.put(asked)

    def end(self) -> bool:
        """Answer what is queued and take nothing more; returns whether this was the first time."""
        if not self._inbox.end():
            return False
        self._thread.join()
        return True

    def _write(self) -> None:
        batch: list[Asked] = []
        going_on = True
        while going_on or batch:
            if going_on:
                # What one transaction had no time for goes with those who were just answered and ask again.
                batch, going_on = self._inbox.take(MOST_AT_ONCE, batch)
            if batch:
                held = self._hold(batch)
                for asked in held:
                    asked.release()
                if self.told is not None:
                    self.told()
                gone = set(held)
                batch = [asked for asked in batch if asked not in gone]

    def _hold(self, batch: Sequence[Asked]) -> Sequence[Asked]:
        """Have as many held as one transaction takes; returns those that have their answer or their error."""
        if self.broken is None:
            try:
                return self._hold_some(batch)
            except BaseException as error:  # noqa: BLE001  # the writer is a process edge: nobody may wait for ever
                self._break(error)
        for asked in batch:
            asked.answer = None
            asked.error = asked.error or self.broken
        return batch

    def _break(self, error: BaseException) -> None:
        """Keep nothing more; the first reason stands."""
        if self.broken is not None:
            return
        if isinstance(error, Unavailable):
            self.broken = error
            return
        self.broken = Unavailable(
            f"the writer stopped: {type(error).__name__}: {error}",
            "open the record again; nothing of this act was acknowledged",
        )
        self.broken.__cause__ = error

    def _hold_some(self, batch: Sequence[Asked]) -> Sequence[Asked]:
        """The same; of an act that breaks halfway only that has its error, and the state was made anew for the others.

        While others hold the record it is tried again, for as long as PATIENCE says.
        """
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                return batch[: self._hold_or_undo(batch)]
            except HalfDone as half:
                half.queued.error = half.error
                return [half.queued]
            except Busy as busy:
                if time.monotonic() > give_up:
                    for asked in batch:
                        asked.error = busy
                    return batch
                time.sleep(0.02)

    def _hold_or_undo(self, batch: Sequence[Asked]) -> int:
        """How many of a batch were held; or raises what it met, and nothing has come of it, for nobody who looks at the state."""
        with self._lock:
            pass  # a snapshot may hold it for long: it is waited for here, where nothing is kept from other processes
        with ExitStack() as turn:
            try:
                return self._hold_in_turn(batch, turn)
            except (HalfDone, Busy):
                raise
            except BaseException as error:
                self._break(error)  # before anybody looks at what was perhaps never kept
                raise

    def _hold_in_turn(self, batch: Sequence[Asked], turn: ExitStack) -> int:
        try:
            return self._session.hold(batch, partial(self._take_turn, turn))
        except (HalfDone, Busy):
            for asked in batch:
                asked.forget()
            if self._session.begun:
                self._make_anew()
            raise

    def _take_turn(self, turn: ExitStack) -> None:
        """Take the lock within a transaction, so never the other way round: who has it begins none."""
        if not self._lock.acquire(timeout=TURN_SECONDS):
            raise Busy("others read the record", "try again")
        turn.callback(self._lock.release)
