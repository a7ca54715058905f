"""An operator who holds the signing key and lies: rewrites parts of a record and seals it anew, in perfect form.

Such a record has a good tree and a good signature. Only the rules, or an earlier receipt, can tell.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from quorate.canon import canonical
from quorate.desk.export import FolderReader, write_export
from quorate.desk.port import Head, Row
from quorate.record.checkpoint import Checkpoint, sign_checkpoint
from quorate.record.entry import Part, open_envelope, seal
from quorate.record.note import Signer
from quorate.record.tree import Tree, leaf_hash
from quorate.store.memory import MemoryStore

Change = Callable[[dict[str, object]], None]


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
        {part.name: part.data for part in parts},
        {part.name: part.salt for part in parts},
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


def publish(rows: Sequence[Row], signer: Signer, folder: Path) -> FolderReader:
    """An export of rows, well formed and signed."""
    store = MemoryStore()
    tree = Tree()
    tree.extend([leaf_hash(row.entry) for row in rows])
    with store.writing() as writing:
        writing.append(rows, Head(tree.size, tree.root()))
    note = sign_checkpoint(Checkpoint(signer.name, tree.size, tree.root()), signer)
    write_export(store, tree, note, signer.verifier, folder, lambda _: True)
    return FolderReader(folder)


def new_part(name: str, data: bytes) -> Part:
    """A part with a fresh salt."""
    return Part(name, os.urandom(32), data, "members")
