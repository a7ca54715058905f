"""The signer of checkpoints, who never goes back: it signs a head only if that extends the last one it signed.

That turns a restored backup, which would otherwise fork the record in silence, into a loud stop.
"""

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


class Memory(Protocol):
    """The last head that was signed, kept apart from the database so that no backup restores it."""

    def last(self) -> tuple[int, bytes] | None:
        """Size and root of the last head, or None before the first."""

    def remember(self, size: int, root: bytes) -> None:
        """Keep this head. It must be durable before this returns."""


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

    @property
    def remembers(self) -> bool:
        """Whether it signed anything that it remembers."""
        return self._memory.last() is not None

    def check(self, tree: Tree) -> None:
        """Return if the tree extends the last head that was signed; nothing is signed or remembered.

        Raises:
            Unavailable: it does not; the hint says how to reconcile.
        """
        last = self._memory.last()
        if last is not None:
            check_extends(tree, *last)

    def sign(self, tree: Tree) -> str:
        """The checkpoint note of the tree as it is now. The same head may be signed again; the note is the same.

        Raises:
            Unavailable: the tree does not extend the last head that was signed; the hint says how to reconcile.
        """
        self.check(tree)
        size, root = tree.size, tree.root()
        if self._memory.last() != (size, root):
            # Before the signature leaves this process: once it is out, a signer that forgot it could sign a fork.
            self._memory.remember(size, root)
        return sign_checkpoint(Checkpoint(self.origin, size, root), self._signer)


def check_extends(tree: Tree, size: int, root: bytes) -> None:
    """Return if the tree extends a head that was signed.

    Raises:
        Unavailable: it does not; the hint says how to reconcile.
    """
    if tree.size < size:
        raise Unavailable(
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
