"""The state and the tree as the fold of the record: from the first entry, or from a snapshot plus the tail."""

import gc
import hashlib
import hmac
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import islice

from quorate.assembly import house
from quorate.assembly.act import evolve
from quorate.assembly.inscription import read_inscription
from quorate.assembly.state import State
from quorate.canon.fault import Malformed, Unavailable, Unverified
from quorate.desk.packing import pack, unpack
from quorate.desk.port import Head, Row, Snapshot, Store
from quorate.record.disclosure import check_parts
from quorate.record.entry import open_envelope
from quorate.record.tree import Tree, leaf_hash

BATCH = 4096
Progress = Callable[[int, int], None]
"""Told how many entries are done, of how many."""

Seal = Callable[[str, Iterable[bytes | memoryview]], bytes]
"""The keyed digest, for a purpose, of some pieces: whoever edits the store cannot make it (`CheckpointSigner.mac`)."""
_PURPOSE = "quorate snapshot of a fold"
_SEAL_BYTES = 32

assert house.SUBJECTS  # importing it registers every rule; without it no event could be folded


class Fold:
    """The state and the tree of the entries read so far."""

    def __init__(self) -> None:
        self.state = State()
        self.tree = Tree()

    def read(self, rows: Iterable[Row], progress: Progress | None = None, total: int = 0) -> None:
        """Fold further rows, each of whose parts must be the one that its entry commits to; about 20 µs each.

        Raises:
            Malformed: an entry that this version cannot read, or one whose act was erased; says which.
            Unverified: a part is not the one that was committed to; says which.
        """
        source = iter(rows)
        while batch := list(islice(source, BATCH)):
            for row in batch:
                self._read_row(row)
            self.tree.extend([leaf_hash(row.entry) for row in batch])
            if progress:
                progress(self.tree.size, total)

    def _read_row(self, row: Row) -> None:
        try:
            envelope = open_envelope(row.entry)
            check_parts(envelope, row.parts)
            parts = {part.name: part.data for part in row.parts}
            inscription = read_inscription(envelope.kind, parts)
        except Malformed as error:
            raise Malformed(f"entry {row.seq}", str(error)) from error
        evolve(self.state, inscription.event, inscription)

    def replace(self, other: "Fold") -> None:
        """Become another fold of the same record."""
        self.state, self.tree = other.state, other.tree

    def head(self) -> Head:
        """The head of what was folded."""
        return Head(self.tree.size, self.tree.root())


def open_fold(store: Store, progress: Progress | None = None, *, seal: Seal | None = None) -> Fold:
    """The fold of a store's record up to its head, from the snapshot if there is one under this seal.

    Without a seal every entry is read: a snapshot is trusted as far as whoever holds the signing key made it, since the root
    says of its tree whether it is that of the record, and of its state nothing.

    Raises:
        Unavailable: the entries do not add up to the head that the store keeps.
    """
    collecting = gc.isenabled()
    gc.disable()  # a million long-lived objects would be walked again and again
    try:
        fold = _from_snapshot(store, seal) or Fold()
        head = store.head()
        if fold.tree.size > head.size:
            fold = Fold()
        fold.read(store.rows(fold.tree.size, head.size), progress, head.size)
        if fold.head() != head:
            fold = Fold()  # a snapshot is never trusted against the entries
            fold.read(store.rows(0, head.size), progress, head.size)
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
    if fold.head() != head:
        raise Unavailable(
            f"the {head.size} entries of the store do not have the root that its head states",
            "the store was damaged or edited; restore it, and compare with an export or receipts",
        )
    return fold


def take_snapshot(fold: Fold, seal: Seal) -> Snapshot:
    """The fold as a snapshot for this version of the program, behind its seal."""
    size, code, packed = fold.tree.size, rules_digest(), pack(fold.state, fold.tree)
    return Snapshot(size, code, b"".join((_sealed(size, code, packed, seal), packed)))


def _sealed(size: int, code: str, packed: bytes | memoryview, seal: Seal) -> bytes:
    """The seal of a snapshot: also of the rules that made it, or one that other rules made could be passed off."""
    return seal(_PURPOSE, (code.encode(), size.to_bytes(8, "big"), packed))


def check_row(tree: Tree, row: Row) -> None:
    """Return if an entry is that of the tree, as far as the tree goes, and each of its parts is one that it commits to.

    For what is read again from a store that somebody may have edited since it was folded, or since a snapshot was taken.

    Raises:
        Unverified: it is not, or a part is not; names the entry.
    """
    check_entry(tree, row)
    check_parts(open_envelope(row.entry), row.parts)


def check_entry(tree: Tree, row: Row) -> None:
    """Return if an entry is that of the tree, as far as the tree goes.

    Raises:
        Unverified: it is not; names it.
    """
    if row.seq < tree.size and leaf_hash(row.entry) != tree.hashes(0, row.seq, row.seq + 1):
        raise Unverified("entries", "the store has another entry than the record", row.seq)


@cache
def rules_digest() -> str:
    """A digest of the source of the rules: a snapshot made by other rules is not used."""
    digest = hashlib.sha256()
    for package in ("quorate.assembly", "quorate.counting", "quorate.canon"):
        for path in sorted(_sources(files(package)), key=str):
            digest.update(path.read_bytes())
    for package, name in (("quorate.desk", "packing.py"),):
        digest.update(files(package).joinpath(name).read_bytes())
    return digest.hexdigest()


def _sources(folder: Traversable) -> Iterable[Traversable]:
    for path in folder.iterdir():
        if path.is_dir():
            yield from _sources(path)
        elif path.name.endswith(".py"):
            yield path


def _from_snapshot(store: Store, seal: Seal | None) -> Fold | None:
    snapshot = store.snapshot() if seal else None
    if seal is None or snapshot is None or snapshot.code != rules_digest():
        return None
    data = memoryview(snapshot.data)
    packed = data[_SEAL_BYTES:]
    sealed = _sealed(snapshot.size, snapshot.code, packed, seal)
    if not hmac.compare_digest(data[:_SEAL_BYTES], sealed):
        return None
    fold = Fold()
    try:
        fold.state, fold.tree = unpack(packed)
    except Malformed:
        return None
    return fold if fold.tree.size == fold.state.size == snapshot.size else None
