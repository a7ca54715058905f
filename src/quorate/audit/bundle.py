"""One bundle of an export: its entries and parts, checked by themselves (checks 5 and 6).

Bundles are independent of each other, so this part of the work can be spread over processes.
"""

import msgspec

from quorate.audit.check import Check
from quorate.canon import canonical
from quorate.canon.fault import Malformed, Unverified
from quorate.record.disclosure import check_parts, parse_parts, parts_path
from quorate.record.entry import Part, open_envelope
from quorate.record.notation import HASH_BYTES
from quorate.record.tiles import WIDTH, Read, parse_bundle, tile_path
from quorate.record.tree import leaf_hash


class Leaf(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An entry that stands by itself: its envelope's fields, and what was disclosed of its parts."""

    kind: str
    at: str
    sitting: str
    committed: tuple[str, ...]
    """The names of the parts that it commits to."""
    parts: dict[str, bytes]
    audiences: dict[str, str] = {}
    """Of each part that was disclosed."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that it commits to and that are not here."""
        if len(self.committed) == len(self.parts):
            return ()
        return tuple(name for name in self.committed if name not in self.parts)


class Bundle(msgspec.Struct, frozen=True, array_like=True):
    """The entries of one bundle."""

    hashes: list[bytes]
    leaves: list[Leaf]


def check_bundle(read: Read, number: int, size: int) -> Bundle:
    """The bundle of that number in an export of `size` entries.

    Raises:
        Unverified: checks 2, 5, 6 or 7 (its number) failed for an entry of it.
    """
    first = number * WIDTH
    width = min(WIDTH, size - first)
    path = tile_path("entries", number, width)
    try:
        entries = parse_bundle(fetch(read, path))
    except Malformed as error:
        raise Unverified(Check.TREE.value, f"{path}: {error}") from None
    if len(entries) != width:
        raise Unverified(Check.TREE.value, f"{path} has {len(entries)} entries, not {width}")
    hashes = [leaf_hash(entry) for entry in entries]
    _check_tile(read, number, width, hashes)
    disclosed = _disclosed(read, number, first, first + width)
    return Bundle(
        hashes,
        [
            _check_entry(entry, seq, disclosed.get(seq, []))
            for seq, entry in enumerate(entries, first)
        ],
    )


def _check_tile(read: Read, number: int, width: int, hashes: list[bytes]) -> None:
    """Check 2 for the lowest level, where a difference still has a place: it names the entry."""
    tile = fetch(read, tile_path(0, number, width))
    if tile == b"".join(hashes):
        return
    for i, expected in enumerate(hashes):
        if tile[i * HASH_BYTES : (i + 1) * HASH_BYTES] != expected:
            raise Unverified(
                Check.TREE.value, "its hash is not the one in the tile", number * WIDTH + i
            )
    raise Unverified(Check.TREE.value, f"{tile_path(0, number, width)} has more than its hashes")


def fetch(read: Read, path: str) -> bytes:
    """The bytes of a file that a whole export has.

    Raises:
        Unverified: it is not there; check 2.
    """
    try:
        return read(path)
    except Malformed as error:
        raise Unverified(Check.TREE.value, f"{path} is missing ({error.expected})") from None


def _check_entry(entry: bytes, seq: int, parts: list[Part]) -> Leaf:
    try:
        envelope = open_envelope(entry)
    except Malformed as error:
        raise Unverified(Check.BYTES.value, str(error), seq) from None
    if envelope.seq != seq:
        raise Unverified(Check.ORDER.value, f"it is numbered {envelope.seq}", seq)
    try:
        check_parts(envelope, parts)
    except Unverified as error:
        raise Unverified(Check.PARTS.value, error.reason, seq) from None
    for part in parts:
        try:
            canonical.decode(part.data)
        except Malformed as error:
            raise Unverified(Check.BYTES.value, f"part {part.name}: {error}", seq) from None
    return Leaf(
        envelope.kind,
        envelope.at,
        envelope.sitting or "",
        tuple(envelope.parts),
        {part.name: part.data for part in parts},
        {part.name: part.audience for part in parts},
    )


def _disclosed(read: Read, number: int, first: int, stop: int) -> dict[int, list[Part]]:
    path = parts_path(number)
    try:
        pairs = parse_parts(fetch(read, path))
    except Malformed as error:
        raise Unverified(Check.BYTES.value, f"{path}: {error}") from None
    parts: dict[int, list[Part]] = {}
    for seq, part in pairs:
        if not first <= seq < stop:
            raise Unverified(Check.PARTS.value, f"{path} has a part of entry {seq}", seq)
        parts.setdefault(seq, []).append(part)
    return parts
