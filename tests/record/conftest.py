import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quorate.record.note import Signer
from quorate.record.tree import Tree, leaf_hash, tree_from_leaves

VECTORS = Path(__file__).parents[2] / "vectors" / "record"


def naive_root(entries: list[bytes]) -> bytes:
    """MTH exactly as RFC 6962 section 2.1 defines it, by recursion."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return hashlib.sha256(b"\x01" + naive_root(entries[:k]) + naive_root(entries[k:])).digest()


def naive_path(m: int, entries: list[bytes]) -> list[bytes]:
    """PATH exactly as RFC 6962 section 2.1.1 defines it."""
    if len(entries) == 1:
        return []
    k = 1
    while k * 2 < len(entries):
        k *= 2
    if m < k:
        return [*naive_path(m, entries[:k]), naive_root(entries[k:])]
    return [*naive_path(m - k, entries[k:]), naive_root(entries[:k])]


def naive_subproof(m: int, entries: list[bytes], is_whole: bool) -> list[bytes]:
    """SUBPROOF exactly as RFC 6962 section 2.1.2 defines it; PROOF(m, D) is SUBPROOF(m, D, true)."""
    if m == len(entries):
        return [] if is_whole else [naive_root(entries)]
    k = 1
    while k * 2 < len(entries):
        k *= 2
    if m <= k:
        return [*naive_subproof(m, entries[:k], is_whole), naive_root(entries[k:])]
    return [*naive_subproof(m - k, entries[k:], False), naive_root(entries[:k])]


class Naive:
    root = staticmethod(naive_root)
    path = staticmethod(naive_path)

    @staticmethod
    def proof(m: int, entries: list[bytes]) -> list[bytes]:
        return naive_subproof(m, entries, True)


@pytest.fixture(scope="session")
def naive() -> type[Naive]:
    return Naive


@pytest.fixture(scope="session")
def entries() -> list[bytes]:
    return [f"entry {i}".encode() for i in range(101)]


@pytest.fixture(scope="session")
def tree(entries: list[bytes]) -> Tree:
    return tree_from_leaves(leaf_hash(e) for e in entries)


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer("records.example.org/assembly", bytes(range(32)))


@pytest.fixture(scope="session")
def vector() -> Callable[[str], Any]:
    return lambda name: json.loads((VECTORS / f"{name}.json").read_text("utf-8"))
