"""The state and the tree as the fold of the record: from the first entry, or from a snapshot plus the tail."""

import gc
import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import islice

from quorate.assembly import house
from quorate.assembly.act import evolve
from quorate.assembly.inscription import read_inscription
from quorate.assembly.state import State
from quorate.canon.fault import Malformed, Unavailable
from quorate.desk.packing import pack, unpack
from quorate.desk.port import Head, Row, Snapshot, Store
from quorate.record.disclosure import check_parts
from quorate.record.entry import open_envelope
from quorate.record.tree import Tree, leaf_hash

BATCH = 4096
Progress = Callable[[int, int], None]
"""Told how many entries are done, of how many."""

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

    def head(self) -> Head:
        """The head of what was folded."""
        return Head(self.tree.size, self.tree.root())


def open_fold(store: Store, progress: Progress | None = None) -> Fold:
    """The fold of a store's record up to its head, from the snapshot if there is a usable one.

    Raises:
        Unavailable: the entries do not add up to the head that the store keeps.
    """
    collecting = gc.isenabled()
    gc.disable()  # a million long-lived objects would be walked again and again
    try:
        fold = _from_snapshot(store.snapshot()) or Fold()
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


def take_snapshot(fold: Fold) -> Snapshot:
    """The fold as a snapshot for this version of the program."""
    return Snapshot(fold.tree.size, rules_digest(), pack(fold.state, fold.tree))


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


def _from_snapshot(snapshot: Snapshot | None) -> Fold | None:
    if snapshot is None or snapshot.code != rules_digest():
        return None
    fold = Fold()
    try:
        fold.state, fold.tree = unpack(snapshot.data)
    except Malformed:
        return None
    return fold if fold.tree.size == fold.state.size == snapshot.size else None
