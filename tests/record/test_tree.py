import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.canon.fault import Malformed
from quorate.record.tree import (
    EMPTY_ROOT,
    Tree,
    leaf_hash,
    load,
    node_hash,
    tree_from_entries,
    tree_from_leaves,
)


def test_every_tree_of_0_to_100_leaves_has_the_root_of_the_definition(naive, entries, tree):
    for size in range(101):
        assert tree.root(size) == naive.root(entries[:size])


def test_appending_and_extending_by_any_steps_build_the_same_levels(entries):
    one_by_one = Tree()
    for size, entry in enumerate(entries):
        for step in (1, 2, 3, 7, 64):
            extended = Tree()
            for i in range(0, size, step):
                extended.extend([leaf_hash(e) for e in entries[i : min(i + step, size)]])
            assert extended.dump() == one_by_one.dump()
        one_by_one.append(leaf_hash(entry))


def test_appending_after_extending_continues_the_tree(entries, tree):
    for cut in range(len(entries)):
        mixed = tree_from_entries(entries[:cut])
        for entry in entries[cut:]:
            mixed.append(leaf_hash(entry))
        assert mixed.dump() == tree.dump()


def test_a_batch_larger_than_the_inner_one_is_not_cut(naive):
    entries = [i.to_bytes(2, "big") for i in range(10_000)]
    assert tree_from_entries(iter(entries)).root() == naive.root(entries)


def test_inclusion_proofs_of_every_leaf_of_every_size_are_those_of_the_definition(
    naive, entries, tree
):
    for size in range(1, 41):
        for index in range(size):
            assert tree.inclusion_proof(index, size) == naive.path(index, entries[:size])


def test_consistency_proofs_of_every_pair_of_sizes_are_those_of_the_definition(
    naive, entries, tree
):
    for new in range(1, 41):
        for old in range(1, new + 1):
            assert tree.consistency_proof(old, new) == naive.proof(old, entries[:new])


def test_a_consistency_proof_from_the_empty_tree_is_empty(tree):
    assert [tree.consistency_proof(0, new) for new in range(5)] == [[]] * 5


def test_published_leaves_nodes_and_roots_are_reproduced(vector):
    known = vector("merkle")
    leaves = [bytes.fromhex(d) for d in known["leaves"]]
    tree = tree_from_entries(leaves)
    assert [tree.root(n).hex() for n in range(9)] == known["roots"]
    for level, nodes in enumerate(known["nodes"]):
        assert tree.hashes(level, 0, len(nodes)).hex() == "".join(nodes)
    for case in known["inclusion"]:
        proof = tree.inclusion_proof(case["index"], case["size"])
        assert [h.hex() for h in proof] == case["proof"]
    for case in known["consistency"]:
        proof = tree.consistency_proof(case["old"], case["new"])
        assert [h.hex() for h in proof] == case["proof"]


def test_hashes_are_prefixed_by_kind():
    assert leaf_hash(b"x") == hashlib.sha256(b"\x00x").digest()
    assert node_hash(b"l", b"r") == hashlib.sha256(b"\x01lr").digest()
    assert hashlib.sha256(b"").digest() == EMPTY_ROOT


def test_hashes_of_levels_that_do_not_exist_are_nothing_or_out_of_range(tree):
    assert [tree.hashes(level, 0, 0) for level in range(20)] == [b""] * 20
    with pytest.raises(AssertionError):
        tree.hashes(0, 0, tree.size + 1)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_leaf_hash_of_another_length_is_a_broken_invariant(length):
    tree = Tree()
    with pytest.raises(AssertionError):
        tree.append(bytes(length))
    with pytest.raises(AssertionError):
        tree.extend([bytes(length)])
    assert tree.size == 0


def test_a_proof_for_what_is_not_in_the_tree_is_a_broken_invariant(tree):
    for index, size in [(0, 0), (5, 5), (-1, 5), (0, tree.size + 1)]:
        with pytest.raises(AssertionError):
            tree.inclusion_proof(index, size)
    for old, new in [(3, 2), (-1, 2), (0, tree.size + 1)]:
        with pytest.raises(AssertionError):
            tree.consistency_proof(old, new)
    with pytest.raises(AssertionError):
        tree.root(tree.size + 1)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_a_snapshot_loads_as_the_same_tree_and_grows_like_it(leaves):
    tree = tree_from_leaves(leaves)
    again = load(tree.dump())
    assert (again.size, again.root(), again.dump()) == (tree.size, tree.root(), tree.dump())
    again.append(bytes(32))
    tree.append(bytes(32))
    assert again.dump() == tree.dump()


def test_every_damaged_byte_of_a_snapshot_is_found(entries):
    good = tree_from_entries(entries[:5]).dump()
    for i in range(len(good)):
        with pytest.raises(Malformed):
            load(good[:i] + bytes([good[i] ^ 1]) + good[i + 1 :])
        with pytest.raises(Malformed):
            load(good[:i])
    with pytest.raises(Malformed):
        load(good + b"\0")


def test_a_snapshot_of_another_kind_or_length_is_refused_though_its_digest_fits(entries):
    good = tree_from_entries(entries[:5]).dump()[:-32]
    for bad in (b"Q" + good[1:], good + bytes(32), good[:-32], good.replace(b"\0\5", b"\0\4")):
        assert bad != good
        with pytest.raises(Malformed, match="as dump wrote it"):
            load(bad + hashlib.sha256(bad).digest())
    assert load(good + hashlib.sha256(good).digest()).size == 5
