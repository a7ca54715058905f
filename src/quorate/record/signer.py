"""The signer of checkpoints, who never goes back: it signs a head only if that extends those it signed.

That turns a restored backup, which would otherwise fork the record in silence, into a loud stop.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from quorate.canon.fault import Unavailable
from quorate.record.checkpoint import Checkpoint, sign_checkpoint
from quorate.record.note import Signer, Verifier
from quorate.record.tree import Tree

_RESTORE = "If an old copy was put back, bring it up with `quorate restore EXPORT`, from the newest export. Otherwise: "
RECONCILE = (
    "Append nothing. Fetch the newest checkpoint from the witnesses and the mirrors, bring back the missing entries from "
    "a mirror, an export or the members' receipts, and compare the root; then signing goes on. If they cannot be had, "
    "begin a new record under a new origin whose first entry quotes the last checkpoint and states the loss."
)


Extends = Callable[[int, bytes], None]
"""Returns if a head is one of the record at hand, else raises Unavailable."""


class Behind(Unavailable):
    """A larger head was signed than the tree at hand has: the record was cut, or another process has gone on with it."""


class Memory(Protocol):
    """The heads that were signed, kept apart from the database so that no backup restores them; processes share it."""

    def last(self) -> tuple[int, bytes] | None:
        """Size and root of the largest head that is known here, or None before the first."""

    def check(self, extends: Extends) -> None:
        """Ask it of the largest head, and of each that was not asked of yet, those of other processes too."""

    def remember(self, size: int, root: bytes, extends: Extends) -> None:
        """Keep this head, after a `check` with which no other process interferes. It must be durable before this returns."""


class CheckpointSigner:
    """Signs the heads of one log; its origin is the key's name."""

    def __init__(self, signer: Signer, memory: Memory) -> None:
        self._signer = signer
        self._memory = memory

    @property
    def origin(self) -> str:
        """The name of the log and of its key."""
        return self._signer.name

    @property
    def verifier(self) -> Verifier:
        """The public key of what it signs."""
        return self._signer.verifier

    def mac(self, purpose: str, pieces: Iterable[bytes | memoryview]) -> bytes:
        """A keyed digest of the pieces joined, which only the holder of the signing key can make; see `Signer.mac`."""
        return self._signer.mac(purpose, pieces)

    @property
    def remembers(self) -> bool:
        """Whether it signed anything that it remembers."""
        return self._memory.last() is not None

    def check(self, tree: Tree) -> None:
        """Return if the tree extends the heads that were signed, by whichever process; nothing is signed or remembered.

        Raises:
            Behind: a larger one was signed.
            Unavailable: it does not; the hint says how to reconcile.
        """
        self._memory.check(partial(check_extends, tree))

    def sign(self, tree: Tree) -> str:
        """The checkpoint note of the tree as it is now. The same head may be signed again; the note is the same.

        Raises:
            Behind: a larger one was signed, perhaps by another process.
            Unavailable: the tree does not extend the heads that were signed; the hint says how to reconcile.
        """
        self.check(tree)
        size, root = tree.size, tree.root()
        if self._memory.last() != (size, root):
            # Before the signature leaves this process: once it is out, a signer that forgot it could sign a fork.
            self._memory.remember(size, root, partial(check_extends, tree))
        return sign_checkpoint(Checkpoint(self.origin, size, root), self._signer)


def check_extends(tree: Tree, size: int, root: bytes) -> None:
    """Return if the tree extends a head that was signed.

    Raises:
        Behind: it is smaller.
        Unavailable: it does not; the hint says how to reconcile.
    """
    if tree.size < size:
        raise Behind(
            f"the record was cut: size {size} with root {root.hex()} was signed, but only size {tree.size} is here, "
            f"with root {tree.root().hex()}; entries missing: {size - tree.size}",
            _RESTORE + RECONCILE[0].lower() + RECONCILE[1:],
        )
    if tree.root(size) != root:
        raise Unavailable(
            f"the record was rewritten: size {size} was signed with root {root.hex()}, but the first {size} of the "
            f"{tree.size} entries here have root {tree.root(size).hex()}",
            RECONCILE,
        )
