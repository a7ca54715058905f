"""Checking the proofs of the tree against roots that are trusted already (RFC 9162 sections 2.1.3.2 and 2.1.4.2).

A check returns None or raises Unverified. The length of a proof follows from the sizes, so a longer or shorter one
fails; making the proofs is in `tree.py`.
"""

from collections.abc import Iterable, Sequence

from quorate.canon.fault import Unverified
from quorate.record.notation import HASH_BYTES
from quorate.record.tree import EMPTY_ROOT, node_hash


def check_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Return if the leaf hash is at `index` in the tree of `size` leaves and this root.

    Raises:
        Unverified: it is not, or the proof does not show it.
    """
    if not 0 <= index < size:
        raise Unverified("inclusion", f"index {index} is outside a tree of size {size}", index)
    sides = _sides(index, size - 1)
    if not _fits(proof, len(sides)):
        raise Unverified("inclusion", f"the proof needs {len(sides)} hashes of 32 bytes", index)
    if _climb(leaf, zip(sides, proof, strict=True)) != root:
        raise Unverified("inclusion", "the proof leads to another root", index)


def check_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Return if the tree of `new` leaves begins with the tree of `old` leaves.

    From an empty old tree everything follows, so nothing is shown about the new root then.

    Raises:
        Unverified: it does not, or the proof does not show it.
    """
    if not 0 <= old <= new:
        raise Unverified("consistency", f"size {new} is less than size {old}")
    if old in (0, new):
        _check_trivial(old, new, proof, old_root, new_root)
        return
    index, last = old - 1, new - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    sides = _sides(index, last)
    # A power of two is one complete subtree, whose hash is the old root itself: the proof leaves it out.
    path = list(proof) if index else [old_root, *proof]
    if not _fits(path, len(sides) + 1):
        needed = len(sides) + (index > 0)
        raise Unverified("consistency", f"the proof needs {needed} hashes of 32 bytes")
    steps = list(zip(sides, path[1:], strict=True))
    # The old tree ends on the path, so that only what stands to the left of the path belongs to it.
    if _climb(path[0], (step for step in steps if step[0])) != old_root:
        raise Unverified("consistency", f"the proof leads to another root at size {old}")
    if _climb(path[0], steps) != new_root:
        raise Unverified("consistency", f"the proof leads to another root at size {new}")


def _check_trivial(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    if proof:
        raise Unverified("consistency", "the proof needs 0 hashes")
    if old == 0 and old_root != EMPTY_ROOT:
        raise Unverified("consistency", "the root at size 0 is not that of an empty tree")
    if old == new and old_root != new_root:
        raise Unverified("consistency", f"two roots at the same size {new}")


def _sides(index: int, last: int) -> list[bool]:
    """For each hash of the proof, leaf to root, whether it stands to the left of the path from `index` upwards.

    `last` is the last node of the level. A node that is last and even has no sibling and no hash in the proof.
    """
    sides = []
    while last:
        if index & 1 or index < last:
            sides.append(bool(index & 1))
        index, last = index >> 1, last >> 1
    return sides


def _climb(start: bytes, steps: Iterable[tuple[bool, bytes]]) -> bytes:
    """The root above `start`: each step is a sibling and whether it stands to the left."""
    node = start
    for is_left, sibling in steps:
        node = node_hash(sibling, node) if is_left else node_hash(node, sibling)
    return node


def _fits(proof: Sequence[bytes], count: int) -> bool:
    return len(proof) == count and all(len(h) == HASH_BYTES for h in proof)
