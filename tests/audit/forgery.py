"""An operator who holds the signing key and lies: rewrites parts of a record and seals it anew, in perfect form.

Such a record has a good tree and a good signature. Only the rules, or an earlier receipt, can tell.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from quorate.audit.bundle import Leaf
from quorate.canon import canonical
from quorate.canon.fault import Malformed
from quorate.desk.export import write_export
from quorate.desk.folder_reader import FolderReader
from quorate.desk.port import Head, Row
from quorate.record.checkpoint import Checkpoint, sign_checkpoint
from quorate.record.disclosure import part_files
from quorate.record.entry import Part, open_envelope, seal
from quorate.record.note import Signer
from quorate.record.tiles import Read, tile_files
from quorate.record.tree import Tree, leaf_hash
from quorate.store.memory import MemoryStore

Change = Callable[[Any], None]
MaySee = Callable[[Part], bool]


def everything(part: Part) -> bool:
    """What the clerk may see."""
    return True


def for_members(part: Part) -> bool:
    """What every member may see."""
    return part.audience in ("public", "members")


def reseal(row: Row, seq: int, act: bytes | None = None, minute: str | None = None) -> Row:
    """The row with another number, act or minute, and commitments to match."""
    envelope = open_envelope(row.entry)
    parts = tuple(
        msgspec.structs.replace(part, data=act) if act and part.name == "act" else part
        for part in row.parts
    )
    entry = seal(
        seq,
        minute or envelope.at,
        envelope.kind,
        envelope.sitting,
        parts,
    )
    return Row(seq, entry, parts)


def act_of(row: Row) -> dict[str, object]:
    """What the part `act` of a row says."""
    said: dict[str, object] = canonical.decode(
        next(part.data for part in row.parts if part.name == "act")
    )
    return said


def kind_of(row: Row) -> str:
    """The kind of event of a row."""
    return open_envelope(row.entry).kind


def with_act(row: Row, change: Change) -> Row:
    """The row with its act changed in place by `change`."""
    said = act_of(row)
    change(said)
    return reseal(row, row.seq, canonical.encode(said))


def without(rows: Sequence[Row], seq: int) -> list[Row]:
    """The rows without one, the later ones numbered anew."""
    return [reseal(row, i) for i, row in enumerate(row for row in rows if row.seq != seq)]


def where(rows: Sequence[Row], kind: str, nth: int = 0) -> int:
    """The number of the nth entry of a kind."""
    return [row.seq for row in rows if kind_of(row) == kind][nth]


def changed(rows: Sequence[Row], seq: int, change: Change) -> list[Row]:
    """The rows with the act of one changed."""
    return [with_act(row, change) if row.seq == seq else row for row in rows]


def inserted(rows: Sequence[Row], seq: int, row: Row) -> list[Row]:
    """The rows with another put in at a number, the later ones numbered anew."""
    return [reseal(each, i) for i, each in enumerate([*rows[:seq], row, *rows[seq:]])]


def published(rows: Sequence[Row], signer: Signer, may_see: MaySee = everything) -> Read:
    """The files of an export of rows, well formed and signed, by their path."""
    tree = Tree()
    tree.extend([leaf_hash(row.entry) for row in rows])
    shown = ((row.seq, part) for row in rows for part in row.parts if may_see(part))
    content = dict(tile_files(tree, [row.entry for row in rows]))
    content |= part_files(shown, tree.size)
    content["checkpoint"] = note_of(rows, signer).encode()

    def read(path: str) -> bytes:
        try:
            return content[path]
        except KeyError:
            raise Malformed(path, "a file of an export") from None

    return read


def note_of(rows: Sequence[Row], signer: Signer) -> str:
    """The signed checkpoint of rows."""
    tree = Tree()
    tree.extend([leaf_hash(row.entry) for row in rows])
    return sign_checkpoint(Checkpoint(signer.name, tree.size, tree.root()), signer)


def leaf_of(row: Row, may_see: MaySee = everything) -> Leaf:
    """What the auditor's replay is given of a row."""
    envelope = open_envelope(row.entry)
    shown = [part for part in row.parts if may_see(part)]
    return Leaf(
        envelope.kind,
        envelope.at,
        envelope.sitting or "",
        tuple(envelope.parts),
        {part.name: part.data for part in shown},
        {part.name: part.audience for part in shown},
    )


def publish(rows: Sequence[Row], signer: Signer, folder: Path) -> FolderReader:
    """An export of rows in a folder, well formed and signed."""
    store = MemoryStore()
    tree = Tree()
    tree.extend([leaf_hash(row.entry) for row in rows])
    with store.writing() as writing:
        writing.append(rows, Head(tree.size, tree.root()))
    write_export(store, tree, note_of(rows, signer), signer.verifier, folder, lambda _: True)
    return FolderReader(folder)
