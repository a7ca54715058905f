"""The desk: acts go in, each comes back with its receipt once it is durable. One writer, group commit.

Callers on any thread queue their acts and wait. The writer thread takes all that are waiting, and in one transaction
of the store, under the lock that keeps other processes out, catches up with the head, decides each act, and appends
the events of those accepted. Then the head is signed and each caller gets an answer. So the cost of making an act
durable is shared by all who wait at that moment, and every rule sees all that was decided before it.

Secret ballots go the same way into their box, which is no part of the record: acknowledged with their tracker when they
are durable, and never together with the close of their division.
"""

import threading
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import suppress
from copy import copy
from pathlib import Path
from typing import BinaryIO, Self, TypeVar

from quorate.assembly.act import Act
from quorate.assembly.divisions.secret import open_to_ballots
from quorate.assembly.model.division import Division
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.canon.fault import Busy, Unavailable
from quorate.desk.answer import (
    Acknowledged,
    Asked,
    Caller,
    Casting,
    Look,
    Together,
    Waiting,
)
from quorate.desk.archives import Paper
from quorate.desk.erasure import WithoutErased, as_of, finish_erasures
from quorate.desk.export import unless_overtaken, write_export
from quorate.desk.fold import Fold, Progress, check_row, open_fold, take_snapshot
from quorate.desk.polls import Polls, Tracked, tracked
from quorate.desk.port import Clock, Entropy, Store
from quorate.desk.session import Session
from quorate.desk.signing import following, kept_checkpoint, require_memory
from quorate.desk.stamping import ended_by, is_due
from quorate.desk.turn import FairLock
from quorate.desk.underway import Underway
from quorate.desk.writer import Writer
from quorate.record.entry import Part, open_envelope
from quorate.record.note import Verifier
from quorate.record.receipt import Receipt
from quorate.record.signer import CheckpointSigner

T = TypeVar("T")

SNAPSHOT_EVERY = 20_000
"""Entries after which closing the desk leaves a new snapshot."""


class Desk:
    """The desk of one organisation; opened by `open_desk`, closed when its `with` block ends.

    One opened for `reading` takes neither acts nor ballots, and signs only what nobody has signed yet.
    """

    def __init__(  # the ports
        self,
        store: Store,
        fold: Fold,
        signer: CheckpointSigner,
        clock: Clock,
        entropy: Entropy,
        *,
        reading: bool = False,
    ) -> None:
        self._reading = reading
        self._store = store
        self._fold = fold
        self._clock = clock
        self._signer = signer
        self._session = Session(store, fold, signer, clock, entropy)
        self._polls = Polls(store)
        self._lock = FairLock()
        """Held while the state changes; readers hold it while they look. Whoever has it begins no transaction: the writer
        takes it within one, and each would wait for the other."""
        self._exports = Underway()
        self._rebuilding = threading.Lock()
        """Held while the record is folded anew: a fold that was begun before an erasure must not come last."""
        self._snapshot_size = fold.tree.size
        self._writer = Writer(self._session, self._lock, self._make_anew)

    def act(self, act: Act, caller: Caller, paper: Paper | None = None) -> Acknowledged:
        """Carry an act out; returns once its events are durable and signed, and the paper that comes with it is.

        Raises:
            Refused: a rule says no; nothing was recorded.
            Unverified: its paper is not that of its division.
            Busy: others hold the record, or too many are waiting; nothing was recorded, and it can be tried again.
            Unavailable: the record cannot be kept; nothing of this act was acknowledged.
        """
        return self.submit(act, caller, paper).wait()

    def submit(
        self,
        act: Act,
        caller: Caller,
        paper: Paper | None = None,
        *,
        told: Callable[[Waiting], None] | None = None,
    ) -> Waiting:
        """Queue an act and go on; `wait` on the result gives the answer. Acts of one thread keep their order.

        `told` is called on the writer's thread once there is an answer; it must be quick, and must not raise.
        """
        waiting = Waiting(act, caller, paper)
        waiting.told = told
        self._enqueue(waiting)
        return waiting

    def submit_together(
        self, acts: Sequence[tuple[Act, Caller, Paper | None]], expected: Sequence[str] = ()
    ) -> Together:
        """Queue acts that are recorded in this order and in one transaction, all or none.

        `expected` has for each the code of the refusal that it is to meet, or an empty text. `wait` on the result gives
        the answer to each, or raises what the first met that cannot be carried out; `failed` is then that act.
        """
        waiting = [Waiting(act, caller, paper) for act, caller, paper in acts]
        together = Together(waiting, expected or [""] * len(waiting))
        self._enqueue(together)
        return together

    def cast_ballot(self, division: str, ballot: bytes) -> str:
        """Put a ballot into the box of a division; returns its tracker, once durable. Of a credential the last counts.

        One that the box holds already gets its tracker again, and nothing is added. Nothing is kept of who cast it or when. Checking its proofs takes some milliseconds of the caller's thread.

        Raises:
            Malformed: it is no ballot.
            UnverifiedElection: a proof does not hold, it is of another election, or its credential is not on the list.
            Refused: the division is not open to ballots.
            Unavailable: it could not be kept, or the setup of its election is not here.
        """
        credential = self._polls.check(self._prepared(division), ballot)
        casting = Casting(division, credential, ballot)
        self._enqueue(casting)
        return casting.wait()

    def trackers(self, division: str) -> list[Tracked]:
        """The trackers of all ballots in a box, in their own order, and whether each ballot counts."""
        return tracked(self._store.ballots(division))

    def ballots(self, division: str) -> Iterator[bytes]:
        """The ballots in a box, streamed: by credential, those of one in the order in which they were cast."""
        return self._store.ballots(division)

    def write_archive(self, division: str, stream: BinaryIO) -> None:
        """Write the archive of a division's ballots: the one declared, else what its closed box holds.

        Raises:
            Refused: there is no such division, its ballot was not prepared, or it is not closed.
            Unavailable: the setup of its election is not here.
        """
        the_division = self.read(lambda state: state.division(division))
        self._polls.write_archive(the_division, stream)

    def _prepared(self, division: str) -> Division:
        """The division of that id if its ballot was prepared, open or not, else Refused."""

        def look(state: State) -> Division:
            found = state.divisions.get(division)
            return found if found and found.setup else open_to_ballots(state, division)

        try:
            return self.read(look)
        except Refused:
            self.catch_up()  # another process may have prepared its ballot
            return self.read(look)

    def keep_time(self) -> bool:
        """Record what has ended by now, as a running server does every few seconds; returns whether anything had.

        Whoever acts or reads here has it recorded before; this is for those who only wait. Where the clock is told, nothing
        ends but by the time of the next act.

        Raises:
            Unavailable: the record cannot be kept.
        """
        look = Look()
        self._enqueue(look)
        return look.wait()

    def _enqueue(self, queued: Asked) -> None:
        if self._reading:
            raise Unavailable("the desk was opened for reading only", "open it for acts")
        self._writer.put(queued)

    def read(self, look: Callable[[State], T]) -> T:
        """The result of `look` on the state, which does not change meanwhile. `look` must not keep or change the state.

        What has ended by time has ended there.

        Raises:
            Unavailable: the writer stopped in the middle of something; what is in memory was perhaps never kept.
        """
        with self._lock:  # once: in a crowd each turn is waited for
            state = self._looked_at()
            if not state.due or not is_due(state, now := self._clock.now()):
                return look(state)
            if self._reading:
                return look(ended_by(state, now))
        self.keep_time()
        with self._lock:
            return look(self._looked_at())

    def _looked_at(self) -> State:
        """The state, for whoever holds the lock."""
        if self._writer.broken is not None:
            raise self._writer.broken
        return self._fold.state

    def watch(self, told: Callable[[], None]) -> None:
        """Have `told` called on the writer's thread after each transaction of this process; it must be quick, and not raise."""
        self._writer.told = told

    def kinds(self, start: int, stop: int) -> set[str]:
        """The kinds of some entries, from `start` to before `stop`. About 20 µs an entry."""
        return {open_envelope(row.entry).kind for row in self._store.rows(start, stop)}

    def catch_up(self) -> None:
        """Read what other processes have appended since; who only reads, and so erases nothing, forgets what they erased."""
        with self._lock:
            erased = dict(self._fold.state.erased)
            self._fold.read(self._store.rows(self._fold.tree.size))
            forget = self._reading and self._fold.state.erased != erased
        if forget:
            self.rebuild()

    def receipt(self, seq: int, given: Acknowledged | None = None) -> Receipt:
        """The receipt of an entry under the checkpoint of an answer, or under a new one of the present head."""
        with self._lock:
            note = given.checkpoint if given else self._note()
            size = given.size if given else self._fold.tree.size
            if not 0 <= seq < size:
                raise Unavailable(f"entry {seq} is not among the {size} of that checkpoint")
            return Receipt(seq, tuple(self._fold.tree.inclusion_proof(seq, size)), note)

    def checkpoint(self) -> str:
        """The signed checkpoint of the present head, kept in the store."""
        with self._lock:
            note = self._note()
            size = self._fold.tree.size
        self._keep(size, note)
        return note

    def _keep(self, size: int, note: str) -> None:
        if not self._reading:
            self._store.save_checkpoint(size, note)

    def _note(self) -> str:
        """The checkpoint of the present head; whoever only reads takes the one that is kept, if there is one."""
        kept = None
        if self._reading:
            kept = kept_checkpoint(self._store, self._fold, self._signer.verifier)
        return kept or self._session.sign()

    def parts(self, seq: int) -> tuple[bytes, tuple[Part, ...]]:
        """The bytes of an entry and those of its parts that are still there.

        Raises:
            Unverified: the store has another entry there, or a part that was not committed to.
        """
        for row in self._store.rows(seq, seq + 1):
            check_row(self._fold.tree, row)
            return row.entry, row.parts
        raise Unavailable(f"there is no entry {seq}")

    def finish_erasures(self) -> None:
        """Carry out the erasures that are on the record: what they name leaves the store, the snapshot and the memory.

        Exports that have begun are waited for: up to their head the record may not say why a part is missing.

        Raises:
            Unavailable: the store cannot be written; this is done again when the record is opened.
        """
        with self._lock:
            erased = dict(self._fold.state.erased)
        self._exports.wait()
        if finish_erasures(self._store, erased):
            self.rebuild()

    def export(
        self,
        folder: Path,
        verifier: Verifier,
        audiences: Callable[[State], Container[str]],
        progress: Progress | None = None,
        *,
        for_all: bool = False,
    ) -> int:
        """Write the record up to its head into a folder with the parts that a reader may see; returns how many entries.

        `audiences` tells of the state those to which the reader belongs (`audiences_of`). Files are for their owner alone,
        unless they are `for_all`. Acts go on meanwhile; an erasure is recorded, and carried out when this is done.

        Raises:
            Malformed: the folder has something else in it.
            Unverified: the store has another entry, part or archive than the record.
            Unavailable: the disk is full, or the files could not be synced.
            Busy: other processes erase one thing after the other.
        """

        def once() -> int:
            with self._exports.one():
                with self._lock:
                    note, state, tree = self._note(), self._fold.state, self._fold.tree
                    size, mine, erased = tree.size, audiences(state), dict(state.erased)
                    secret = [copy(each) for each in state.divisions.values() if each.archive]
                self._keep(size, note)
                what = (as_of(self._store, erased), tree, note, verifier, folder)
                for_whom = (lambda part: part.audience in mine, progress, secret)
                return write_export(*what, *for_whom, erased=erased, for_all=for_all)

        return unless_overtaken(once, self.catch_up)

    def rebuild(self) -> None:
        """Fold the record anew, so that what was erased from it is gone from memory too; acts go on. Cost: the whole record."""
        with self._rebuilding:
            anew = open_fold(self._store, seal=self._signer.mac)
            with self._lock:
                anew.read(self._store.rows(anew.tree.size))
                self._fold.replace(anew)

    def _make_anew(self) -> None:
        self._fold.replace(open_fold(self._store, seal=self._signer.mac))

    def close(self) -> None:
        """Answer what is queued, keep a checkpoint and perhaps a snapshot, and let go of the store.

        Acts that come later are Unavailable. If others hold the record, neither is kept: its head was signed.
        """
        if not self._writer.end():
            return
        self._exports.wait()
        try:
            if self._writer.broken is None and self._fold.tree.size and not self._reading:
                with suppress(Busy):
                    self.checkpoint()
                    if self._fold.tree.size - self._snapshot_size >= SNAPSHOT_EVERY:
                        self.snapshot()
        finally:
            self._store.close()

    def snapshot(self) -> None:
        """Keep a snapshot of the fold, so that the next start need not read the record whole. Acts wait until it is taken."""
        with self._lock:
            taken = take_snapshot(self._fold, self._signer.mac)
        self._store.save_snapshot(taken)  # acts go on meanwhile
        self._snapshot_size = taken.size

    @property
    def failed(self) -> bool:
        """Whether the writer stopped, so that the desk has to be closed and another one opened."""
        return self._writer.broken is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_desk(
    store: Store,
    signer: CheckpointSigner,
    clock: Clock,
    entropy: Entropy,
    progress: Progress | None = None,
    *,
    reading: bool = False,
) -> Desk:
    """A desk on a store, its state folded and its head signed; for `reading` it is only compared with what was signed.

    Raises:
        Unavailable: the store does not add up, the signer has signed what the store no longer has, or remembers nothing
            beside a record that has checkpoints.
    """
    fold = open_fold(store, progress, seal=signer.mac)
    if reading:
        store = readable = WithoutErased(store, lambda: fold.state.erased)
        if readable.is_unfinished:
            fold.replace(open_fold(store, progress))
    elif finish_erasures(store, fold.state.erased):
        fold = open_fold(store, progress, seal=signer.mac)
    following(
        store, fold, signer.check
    )  # a restored backup is found out before anything is appended
    if fold.tree.size and not reading:
        require_memory(store, remembers=signer.remembers)
        following(store, fold, signer.sign)
    return Desk(store, fold, signer, clock, entropy, reading=reading)
