"""What was signed of a record: by the checkpoints that its store keeps, and by what its signer remembers."""

from collections.abc import Iterable

from quorate.canon.fault import Malformed, Unavailable, Unverified
from quorate.desk.fold import Fold
from quorate.desk.port import Store
from quorate.record.checkpoint import open_checkpoint
from quorate.record.note import Verifier
from quorate.record.signer import check_extends


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
