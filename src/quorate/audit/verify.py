"""The auditor: an exported record in, fourteen numbered checks, a report out or the first failure raised.

    1 checkpoint    2 tree    3 consistency    4 receipts    5 bytes    6 parts    7 order
    8 acts    9 registers    10 results    11 moves    12 following    13 dispositions    14 ballots

No database, no network, no clock. The log's key must come from outside: an export that brings its own key proves only
that it agrees with itself. So must the name of the reader for whom it was made: without one, an act that is missing fails.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor

import msgspec

from quorate.assembly.inscription import ACT_PART
from quorate.assembly.state import State
from quorate.audit.absences import HINT, ExportReader, lacks
from quorate.audit.archives import check_archives
from quorate.audit.bundle import Bundle, fetch
from quorate.audit.check import Check
from quorate.audit.parallel import bundles
from quorate.audit.replay import Replay
from quorate.ballots.weakness import Weakness
from quorate.canon.fault import Malformed, Unverified
from quorate.record.checkpoint import Checkpoint, open_checkpoint
from quorate.record.note import Verifier
from quorate.record.receipt import Receipt, check_receipt
from quorate.record.tiles import WIDTH, Read, read_entries, tile_path
from quorate.record.tree import Tree

LEVEL = WIDTH.bit_length() - 1
"""Levels of the tree to a level of tiles."""
Progress = Callable[[int, int], None]


class Verified(msgspec.Struct, frozen=True):
    """The report on a verified record. `undecided` entries stand in the tree but could not be decided again."""

    origin: str
    reader: str
    """For whom the export was said to be; empty if it has everything that was not erased."""
    entries: int
    root: bytes
    missing: int
    """Entries whose act is not disclosed to this reader."""
    undecided: int
    gap: int | None
    """The first entry from which on acts could not be decided again, as its act is missing; None if there is none."""
    parts_missing: int
    """Parts that entries commit to and that are not here: the sum of the next three."""
    parts_erased: int
    parts_kept: int
    """Those that this reader may not see."""
    parts_untold: int
    """Those of which it could not be told whether this reader may see them, as an act is missing."""
    erasures_undone: int
    """Parts that are here although the record says that they were erased."""
    audiences_unchecked: int
    """Disclosed parts whose audience could not be worked out again, because an act before them is missing."""
    offsets_unknown: int
    """Acts whose offset from UTC is none that the zone data here gives: their day may be wrong, or the data is of another age."""
    earlier: int
    """Earlier checkpoints found consistent."""
    receipts: int
    divisions: int
    """Results that were reckoned again from the votes or figures of their division."""
    divisions_unchecked: int
    """Results that could not be reckoned again, because an act of their division is missing."""
    archives: int
    """Secret divisions whose archive of ballots was verified to the last proof."""
    archive_weaknesses: tuple[tuple[str, Weakness], ...]
    """Of archives that hold, what promises less than it might, by the id of the division."""


def verify(
    read: Read,
    verifier: Verifier,
    *,
    reader: ExportReader | None = None,
    earlier: Iterable[str] = (),
    receipts: Sequence[Receipt] = (),
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> tuple[Verified, State]:
    """The report on an export that holds, and the state that its record comes to (with gaps if acts are missing).

    Without a `reader` the export must have every part that the record does not say was erased. With one it may lack what this
    reader may not see, and must have nothing of that; what is behind a missing act is then checked in part, and counted.

    `earlier` are signed checkpoints, `receipts` receipts that somebody kept. About 50 µs an entry on one core; what can
    be done in other processes is handed to `executor` (then `read` must be picklable), and leaves about 25 µs here. To that
    comes what the archives of secret ballots cost: see `quorate.ballots.verify`.

    Raises:
        Unverified: the first check that failed, with the entry and the reason.
        Malformed: there is no checkpoint, or it does not parse: this is not an export. Or the reader is nobody in it.
    """
    head = _check_checkpoint(read, verifier)  # 1
    replay = Replay()
    tree = Tree()
    for bundle in bundles(read, head.size, executor):  # 5, 6
        tree.extend(bundle.hashes)
        _replay(replay, bundle, is_whole=reader is None)  # 6 to 12
        if progress:
            progress(tree.size, head.size)
    _check_tree(read, tree, head)  # 2
    earlier_count = _check_earlier(tree, earlier, verifier)  # 3
    _check_receipts(read, tree, receipts, verifier)  # 4
    replay.finish()  # 12, 13
    accounts = replay.absences.finish(replay.state, replay.unseen, replay.last_on, reader)  # 6
    archives, weaknesses = check_archives(read, replay.secret_divisions(), executor)  # 14
    verified = Verified(
        origin=head.origin,
        reader=reader.name if reader else "",
        entries=head.size,
        root=head.root,
        missing=replay.missing,
        undecided=replay.undecided,
        gap=replay.gap,
        parts_missing=accounts.missing,
        parts_erased=accounts.erased,
        parts_kept=accounts.kept,
        parts_untold=accounts.untold,
        erasures_undone=accounts.undone,
        audiences_unchecked=replay.audiences_unchecked,
        offsets_unknown=replay.offsets_unknown,
        earlier=earlier_count,
        receipts=len(receipts),
        divisions=replay.divisions,
        divisions_unchecked=replay.divisions_unchecked,
        archives=archives,
        archive_weaknesses=weaknesses,
    )
    return verified, replay.state


def _replay(replay: Replay, bundle: Bundle, *, is_whole: bool) -> None:
    for leaf in bundle.leaves:
        if is_whole and ACT_PART not in leaf.parts:
            raise lacks(replay.seq, ACT_PART, "no act can be erased", HINT)
        replay.step(leaf)


def _check_checkpoint(read: Read, verifier: Verifier) -> Checkpoint:
    try:
        return open_checkpoint(read("checkpoint"), verifier)
    except Unverified as error:
        raise Unverified(Check.CHECKPOINT.value, error.reason) from None


def _check_tree(read: Read, tree: Tree, head: Checkpoint) -> None:
    if tree.root() != head.root:
        raise Unverified(
            Check.TREE.value,
            f"the entries have root {tree.root().hex()}, the checkpoint says {head.root.hex()}",
        )
    for level in range(LEVEL, head.size.bit_length(), LEVEL):  # the lowest was checked by bundle
        count = head.size >> level
        for start in range(0, count, WIDTH):
            stop = min(start + WIDTH, count)
            path = tile_path(level // LEVEL, start // WIDTH, stop - start)
            if fetch(read, path) != tree.hashes(level, start, stop):
                raise Unverified(Check.TREE.value, f"{path} is not that of the tree")


def _check_earlier(tree: Tree, earlier: Iterable[str], verifier: Verifier) -> int:
    count = 0
    for note in earlier:
        try:
            old = open_checkpoint(note, verifier)
        except (Malformed, Unverified) as error:
            raise Unverified(Check.CONSISTENCY.value, f"an earlier checkpoint: {error}") from None
        if old.size > tree.size:
            raise Unverified(
                Check.CONSISTENCY.value,
                f"a checkpoint of {old.size} entries was signed; this record has {tree.size}: it was cut",
            )
        if tree.root(old.size) != old.root:
            raise Unverified(
                Check.CONSISTENCY.value,
                f"the first {old.size} entries are not those that were signed: the record was rewritten",
            )
        count += 1
    return count


def _check_receipts(
    read: Read, tree: Tree, receipts: Sequence[Receipt], verifier: Verifier
) -> None:
    for receipt in receipts:
        if receipt.index >= tree.size:
            raise Unverified(
                Check.RECEIPTS.value, "the record was cut before it", entry=receipt.index
            )
        entry = next(read_entries(read, tree.size, receipt.index))
        try:
            check_receipt(receipt, entry, verifier)
            _check_earlier(tree, [receipt.checkpoint_note], verifier)
        except (Malformed, Unverified) as error:
            raise Unverified(Check.RECEIPTS.value, str(error), receipt.index) from None
