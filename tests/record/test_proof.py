import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.canon.fault import Unverified
from quorate.record.proof import check_consistency, check_inclusion
from quorate.record.tree import EMPTY_ROOT, leaf_hash, tree_from_leaves


def flips(data):
    """Every value that differs from the data in one bit."""
    for bit in range(8 * len(data)):
        yield bytes(b ^ ((bit // 8 == i) << bit % 8) for i, b in enumerate(data))


def changed(proof):
    """Every proof with one bit flipped, one hash left out, doubled, or too many."""
    for i, h in enumerate(proof):
        for other in flips(h):
            yield [*proof[:i], other, *proof[i + 1 :]]
        yield [*proof[:i], *proof[i + 1 :]]
        yield [*proof[:i], h, *proof[i:]]
        yield [*proof[:i], h[:-1], *proof[i + 1 :]]
    yield [*proof, bytes(32)]
    yield [bytes(32), *proof]


def test_every_leaf_of_every_tree_up_to_100_is_proved(entries, tree):
    for size in range(1, 101):
        root = tree.root(size)
        for index in range(size):
            proof = tree.inclusion_proof(index, size)
            check_inclusion(leaf_hash(entries[index]), index, size, proof, root)


def test_every_pair_of_sizes_up_to_100_is_proved_consistent(tree):
    for new in range(101):
        for old in range(new + 1):
            proof = tree.consistency_proof(old, new)
            check_consistency(old, new, proof, tree.root(old), tree.root(new))


@pytest.mark.parametrize("size", [*range(1, 12), 16, 17])
def test_no_inclusion_proof_survives_a_flipped_bit_or_another_length(entries, tree, size):
    root = tree.root(size)
    for index in range(size):
        leaf = leaf_hash(entries[index])
        for proof in changed(tree.inclusion_proof(index, size)):
            with pytest.raises(Unverified):
                check_inclusion(leaf, index, size, proof, root)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 16, 100])
def test_no_inclusion_proof_fits_another_leaf_index_size_or_root(entries, tree, size):
    root = tree.root(size)
    for index in range(size):
        leaf, proof = leaf_hash(entries[index]), tree.inclusion_proof(index, size)
        for other in range(-1, size + 2):
            if other != index:
                with pytest.raises(Unverified):
                    check_inclusion(leaf, other, size, proof, root)
        for bad in (leaf_hash(entries[index + 1]), entries[index], b""):
            with pytest.raises(Unverified):
                check_inclusion(bad, index, size, proof, root)
        with pytest.raises(Unverified):
            check_inclusion(leaf, index, size, proof, tree.root(size + 1))


@pytest.mark.parametrize("new", [*range(1, 10), 16])
def test_no_consistency_proof_survives_a_flipped_bit_or_another_length(tree, new):
    for old in range(new + 1):
        for proof in changed(tree.consistency_proof(old, new)):
            with pytest.raises(Unverified):
                check_consistency(old, new, proof, tree.root(old), tree.root(new))


@pytest.mark.parametrize("new", range(1, 34))
def test_no_consistency_proof_fits_other_roots_or_sizes(tree, new):
    for old in range(1, new + 1):
        proof, roots = tree.consistency_proof(old, new), (tree.root(old), tree.root(new))
        for bad in ((roots[1], roots[1]), (roots[0], roots[0]), (bytes(32), roots[1])):
            if bad != roots:
                with pytest.raises(Unverified):
                    check_consistency(old, new, proof, *bad)
        for other in set(range(-1, new + 2)) - {0, old}:
            with pytest.raises(Unverified):
                check_consistency(other, new, proof, *roots)
        with pytest.raises(Unverified):
            check_consistency(new + 1, new, proof, *roots)


def test_a_tree_that_was_rewritten_gives_no_consistency_proof(tree):
    leaves = [tree.hashes(0, i, i + 1) for i in range(40)]
    for edited in range(20):
        other = tree_from_leaves([*leaves[:edited], bytes(32), *leaves[edited + 1 :]])
        proof = other.consistency_proof(20, 40)
        with pytest.raises(Unverified, match="at size 20"):
            check_consistency(20, 40, proof, tree.root(20), other.root(40))


def test_a_consistency_proof_from_0_must_start_at_the_empty_root(tree):
    check_consistency(0, 7, [], EMPTY_ROOT, tree.root(7))
    with pytest.raises(Unverified):
        check_consistency(0, 7, [], tree.root(1), tree.root(7))
    with pytest.raises(Unverified):
        check_consistency(0, 0, [], EMPTY_ROOT, tree.root(1))


def test_published_proofs_are_accepted(vector):
    known = vector("merkle")
    roots = [bytes.fromhex(r) for r in known["roots"]]
    for case in known["inclusion"]:
        leaf = bytes.fromhex(known["nodes"][0][case["index"]])
        proof = [bytes.fromhex(h) for h in case["proof"]]
        check_inclusion(leaf, case["index"], case["size"], proof, roots[case["size"]])
    for case in known["consistency"]:
        proof = [bytes.fromhex(h) for h in case["proof"]]
        old, new = case["old"], case["new"]
        check_consistency(old, new, proof, roots[old], roots[new])


def test_a_failure_names_the_check_and_the_entry(tree):
    with pytest.raises(Unverified) as caught:
        check_inclusion(bytes(32), 3, 7, tree.inclusion_proof(3, 7), tree.root(7))
    assert (caught.value.check, caught.value.entry) == ("inclusion", 3)


@given(st.data())
def test_random_large_trees_prove_what_they_hold(data):
    size = data.draw(st.integers(1, 3000))
    tree = tree_from_leaves(i.to_bytes(32, "big") for i in range(size))
    old = data.draw(st.integers(0, size))
    index = data.draw(st.integers(0, size - 1))
    leaf = index.to_bytes(32, "big")
    check_inclusion(leaf, index, size, tree.inclusion_proof(index), tree.root())
    check_consistency(old, size, tree.consistency_proof(old), tree.root(old), tree.root())
