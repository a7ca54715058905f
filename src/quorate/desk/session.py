"""The writer's transactions: catch up, hold what is queued, append, commit, sign, answer."""

import time
from collections.abc import Callable, Sequence

from quorate.desk.answer import Asked
from quorate.desk.batch import Batch
from quorate.desk.fold import Fold
from quorate.desk.port import Clock, Entropy, Store, Writing
from quorate.desk.signing import following, require_unforked
from quorate.record.signer import CheckpointSigner
from quorate.record.tree import leaf_hash

DECIDING_SECONDS = 0.008
"""Of the writer's processor, for deciding acts into one transaction: nobody who reads waits for the deciding of a thousand."""


class Session:
    """The writer's work on a batch of acts. Not thread-safe: whoever asks for a signature holds the desk's lock."""

    def __init__(
        self, store: Store, fold: Fold, signer: CheckpointSigner, clock: Clock, entropy: Entropy
    ) -> None:
        self._store = store
        self._fold = fold
        self._signer = signer
        self._clock = clock
        self._entropy = entropy
        self.begun = False
        """Whether the last transaction was begun: the fold may have changed since."""

    def hold(self, queued: Sequence[Asked], take_turn: Callable[[], None]) -> int:
        """Give acts and ballots their answer or their error: the first, and as many more as DECIDING_SECONDS allow. Returns how many.

        `take_turn` takes the desk's lock once the transaction is begun, since others may hold the store for long, and
        nobody who reads has to wait for them. It is let go of by the caller, once nothing more is to be undone.

        Raises:
            Busy: nothing was acknowledged or kept; unless it had not `begun`, the fold is to be made anew.
            Unavailable: nothing was acknowledged; the fold may be ahead of the store and must not be used again.
            HalfDone: likewise, for the sake of one act; without it, the others can be held again on a fold made anew.
        """
        self.begun = False
        with self._store.writing() as writing:
            take_turn()
            self.begun = True
            self._catch_up(writing)
            batch = Batch(self._store, self._fold, self._entropy, writing, self._clock.now())
            batch.note_jump()
            held = self._decide(batch, queued)
            if batch.rows:
                self._fold.tree.extend([leaf_hash(row.entry) for row in batch.rows])
                writing.append(batch.rows, self._fold.head())
        if batch.accepted:
            note = self.sign()  # perhaps of more entries, if another process has gone on
            batch.answer(self._fold.tree.size, note)
        return held

    @staticmethod
    def _decide(batch: Batch, queued: Sequence[Asked]) -> int:
        # Its own time, not the clock's: a thread that holds it up for a moment would cut a crowd in two, which then ask in
        # turns and need a commit each.
        until = time.thread_time() + DECIDING_SECONDS
        for number, each in enumerate(queued, 1):
            batch.hold(each)
            if time.thread_time() >= until:
                return number
        return len(queued)

    def sign(self) -> str:
        """The signed checkpoint of the present head, which is then the fold's; another process may have moved it."""
        return following(self._store, self._fold, self._signer.sign)

    def _catch_up(self, writing: Writing) -> None:
        if writing.head().size != self._fold.tree.size:
            self._fold.read(writing.rows(self._fold.tree.size))
        require_unforked(self._fold, writing.head(), self._signer)
