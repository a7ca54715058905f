"""The Merkle tree over the entries, held in memory, and the proofs that it gives (RFC 6962 and RFC 9162, section 2.1).

Every complete subtree's hash is kept: level L is one bytearray whose i-th 32 bytes are the hash of entries
[i * 2**L, (i + 1) * 2**L). That is 64 bytes an entry; any root or proof of any size up to the present one then reads
and hashes O(log n) nodes. Checking the proofs is in `proof.py`.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice

from quorate.canon.fault import Malformed
from quorate.record.notation import HASH_BYTES

_sha256 = hashlib.sha256

EMPTY_ROOT = _sha256(b"").digest()  # MTH({}) = SHA-256(), RFC 6962 section 2.1

_SNAPSHOT = b"quorate/tree/1\n"
_BATCH = 4096


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 || data): the hash of one entry (RFC 6962 section 2.1)."""
    return _sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right): the hash of an inner node (RFC 6962 section 2.1)."""
    return _sha256(b"\x01" + left + right).digest()


class Tree:
    """An append-only Merkle tree of leaf hashes. It cannot shrink and is never copied: earlier sizes stay readable."""

    __slots__ = ("_levels", "_size")

    def __init__(self) -> None:
        self._levels = [bytearray()]
        self._size = 0

    @property
    def size(self) -> int:
        """The number of leaves."""
        return self._size

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash at the end; about 1 + trailing_ones(size) hashes, so two at most on average."""
        assert len(leaf) == HASH_BYTES
        levels = self._levels
        row = levels[0]
        row += leaf
        self._size = width = self._size + 1
        level = 0
        while (
            not width & 1
        ):  # the leaf completes a pair at this level, whose parent is now complete
            parent = _sha256(b"\x01" + row[-64:]).digest()
            level += 1
            if level == len(levels):
                levels.append(bytearray())
            row = levels[level]
            row += parent
            width >>= 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add many leaf hashes at the end, level by level; twice as fast as appending each."""
        for batch in _batches(leaves):
            assert all(len(leaf) == HASH_BYTES for leaf in batch)
            self._levels[0] += b"".join(batch)
            self._size += len(batch)
            self._complete()

    def _complete(self) -> None:
        """Hash every pair that has no parent yet."""
        level = 0
        while (want := self._size >> (level + 1)) > 0:
            if level + 1 == len(self._levels):
                self._levels.append(bytearray())
            row, parents = self._levels[level], self._levels[level + 1]
            have = len(parents) // HASH_BYTES
            pairs = bytes(row[have * 64 : want * 64])
            parents += b"".join(
                [_sha256(b"\x01" + pairs[i : i + 64]).digest() for i in range(0, len(pairs), 64)]
            )
            level += 1

    def hashes(self, level: int, start: int, stop: int) -> bytes:
        """The hashes of the complete subtrees `start` to `stop` (exclusive) of 2**level leaves each, joined."""
        assert 0 <= start <= stop <= self._size >> level
        if level >= len(self._levels):
            return b""
        return bytes(self._levels[level][start * HASH_BYTES : stop * HASH_BYTES])

    def root(self, size: int | None = None) -> bytes:
        """MTH(D[0:size]): the root of the tree as it was at `size` leaves, now if not given.

        MTH(D[0:n]) = node(MTH(D[0:k]), MTH(D[k:n])) with k the largest power of two below n. The complete subtrees on
        that path have the sizes of n's binary digits; they are folded from the smallest, at the right, to the largest.
        """
        size = self._size if size is None else size
        assert 0 <= size <= self._size
        return self._fold(size, size) if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int | None = None) -> list[bytes]:
        """PATH(index, D[0:size]): the sibling hashes from the leaf up to the root (RFC 6962 section 2.1.1)."""
        size = self._size if size is None else size
        assert 0 <= index < size <= self._size
        return list(self._siblings(0, index, size))

    def consistency_proof(self, old: int, new: int | None = None) -> list[bytes]:
        """PROOF(old, D[0:new]): that the first `old` leaves did not change (RFC 6962 section 2.1.2).

        Empty if `old` is 0 or equals `new`. If `old` is a power of two its root is the first node, and is left out.
        """
        new = self._size if new is None else new
        assert 0 <= old <= new <= self._size
        if old in (0, new):
            return []
        level, last = 0, old - 1
        while last & 1:  # up to the largest complete subtree that ends where the old tree ends
            level, last = level + 1, last >> 1
        start = [self._node(level, last, new)] if last else []
        return start + list(self._siblings(level, last, new))

    def _siblings(self, level: int, index: int, size: int) -> Iterator[bytes]:
        """The siblings of the node (level, index) and of its ancestors, in the tree of `size` leaves."""
        last = (size - 1) >> level
        while last:
            if index & 1:
                yield self._node(level, index - 1, size)
            elif index < last:
                yield self._node(level, index + 1, size)
            # else the node is the last of its level and has no sibling there: it rises as it is
            level, index, last = level + 1, index >> 1, last >> 1

    def _node(self, level: int, index: int, size: int) -> bytes:
        """The hash of a node, complete or at the ragged right edge, in the tree of `size` leaves."""
        start = index << level
        if start + (1 << level) <= size:
            return self.hashes(level, index, index + 1)
        return self._fold(size, size - start)

    def _fold(self, size: int, count: int) -> bytes:
        """The hash over the last `count` leaves of the first `size`; they begin where a subtree may begin."""
        node = b""
        for level in range(count.bit_length()):
            if count >> level & 1:
                peak = self.hashes(level, (size >> level) - 1, size >> level)
                node = node_hash(peak, node) if node else peak
        return node

    def dump(self) -> bytes:
        """The tree as bytes, for a snapshot: 64 bytes an entry. Guarded against accidents, not against malice."""
        pieces: list[bytes | bytearray] = [_SNAPSHOT, self._size.to_bytes(8, "big"), *self._levels]
        digest = _sha256()
        for piece in pieces:
            digest.update(piece)
        return b"".join([*pieces, digest.digest()])


def load(data: bytes | memoryview) -> Tree:
    """The tree that `dump` wrote. A snapshot is a cache of one's own: whoever verifies hashes the entries instead.

    Raises:
        Malformed: not a snapshot, cut short, or damaged.
    """
    view = memoryview(data)  # 64 MB for a million entries: they are copied once, into the levels
    start = len(_SNAPSHOT) + 8
    body = view[:-HASH_BYTES]
    size = int.from_bytes(view[len(_SNAPSHOT) : start], "big")
    widths = [size >> level for level in range(max(1, size.bit_length()))]
    if view[: len(_SNAPSHOT)] != _SNAPSHOT or len(body) != start + HASH_BYTES * sum(widths):
        raise Malformed("snapshot", "a tree as dump wrote it, of the length that its size asks")
    if _sha256(body).digest() != view[-HASH_BYTES:]:
        raise Malformed(
            "snapshot", "undamaged bytes", "delete it: it is built anew from the entries"
        )
    tree = Tree()
    tree._size, tree._levels = size, []  # noqa: SLF001  # the pair of Tree.dump
    for width in widths:
        tree._levels.append(bytearray(body[start : start + width * HASH_BYTES]))  # noqa: SLF001
        start += width * HASH_BYTES
    return tree


def tree_from_leaves(leaves: Iterable[bytes]) -> Tree:
    """The tree of these leaf hashes; about 1 µs a leaf."""
    tree = Tree()
    tree.extend(leaves)
    return tree


def tree_from_entries(entries: Iterable[bytes]) -> Tree:
    """The tree of these entries; about 2 µs an entry, and the entries are not held."""
    return tree_from_leaves(_sha256(b"\x00" + entry).digest() for entry in entries)


def _batches(leaves: Iterable[bytes]) -> Iterator[list[bytes]]:
    source = iter(leaves)
    while batch := list(islice(source, _BATCH)):
        yield batch
