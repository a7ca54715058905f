"""What was signed of a record: by the checkpoints that its store keeps, and by what its signer remembers."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from quorate.canon.fault import Malformed, Unavailable, Unverified
from quorate.desk.fold import Fold
from quorate.desk.port import Head, Store
from quorate.record.checkpoint import open_checkpoint
from quorate.record.note import Verifier
from quorate.record.signer import RECONCILE, Behind, CheckpointSigner, check_extends
from quorate.record.tree import Tree

T = TypeVar("T")


def following(store: Store, fold: Fold, ask: Callable[[Tree], T]) -> T:
    """What the signer answers of a fold, which first catches up if another process has signed a larger head meanwhile.

    Raises:
        Unavailable: the record does not extend what was signed; the hint says how to reconcile.
    """
    while True:
        try:
            return ask(fold.tree)
        except Behind:
            size = fold.tree.size
            fold.read(store.rows(size))
            if fold.tree.size == size:
                raise


def require_unforked(fold: Fold, head: Head, signer: CheckpointSigner) -> None:
    """Return if a fold, up to the store's head under the writer's lock, is what the store has and extends what was signed.

    Raises:
        Unavailable: a backup was put back meanwhile, or the store edited; nothing may be appended to it.
    """
    if fold.head() != head:
        raise Unavailable(
            f"the record was exchanged while it was open: the store has size {head.size} with root {head.root.hex()}, "
            f"and here are {fold.tree.size} entries, with root {fold.tree.root().hex()}",
            RECONCILE,
        )
    signer.check(fold.tree)


def require_memory(store: Store, *, remembers: bool) -> None:
    """Return if the signer remembers what it signed, or the store has nothing that it signed.

    Raises:
        Unavailable: the record has checkpoints, of which the signer remembers none: it would not see that one is cut.
    """
    if not remembers and store.checkpoints():
        raise Unavailable(
            "checkpoints of this record were signed, but the signer remembers none",
            "look for its memory first; if it is lost, see `quorate memory --help`",
        )


def kept_checkpoint(store: Store, fold: Fold, verifier: Verifier) -> str | None:
    """The checkpoint of the head of a fold that the store keeps, if it has one with this key's signature."""
    note = store.checkpoints().get(fold.tree.size)
    try:
        kept = None if note is None else open_checkpoint(note, verifier)
    except (Malformed, Unverified):
        return None
    head = (fold.tree.size, fold.tree.root())
    return note if kept is not None and (kept.size, kept.root) == head else None


def check_signed(fold: Fold, notes: Iterable[str], verifier: Verifier) -> int:
    """The number of checkpoints given, each of which this key signed and the record extends.

    Raises:
        Malformed: one is none.
        Unverified: one is signed by another key.
        Unavailable: the record does not extend one; the hint says how to reconcile.
    """
    count = 0
    for note in notes:
        signed = open_checkpoint(note, verifier)
        check_extends(fold.tree, signed.size, signed.root)
        count += 1
    return count
