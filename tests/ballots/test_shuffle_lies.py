"""Whatever is changed in a shuffle is found: every text, every list, every byte, and what is changed with some thought."""

import json
import random
from copy import deepcopy
from dataclasses import replace

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quorate.ballots.check import UnverifiedElection
from quorate.ballots.digest import integer
from quorate.ballots.shuffle import check_shuffle, make_shuffle, reencrypt
from quorate.ballots.shuffle_proof import ShuffleProof, Statement
from quorate.ballots.shuffle_prover import prove_shuffle
from quorate.ballots.shuffle_verifier import _read, check_shuffle_proof
from quorate.canon.fault import Malformed
from tests.ballots.shuffling import ED25519, RFC, election, encrypt, ranked

TWO = election(ED25519, ranked("A", "B"), ranked("C"))
BEFORE = [encrypt(TWO, [(i, 1) for i in range(3)]), encrypt(TWO, [(i,) for i in range(2)], 2)]
DATA = make_shuffle(TWO, BEFORE, random.Random(5).randbytes)
ONE = election(ED25519, ranked("A"))
OF_ONE = [encrypt(ONE, [(7,)])]
DATA_OF_ONE = make_shuffle(ONE, OF_ONE, random.Random(6).randbytes)
FINITE = election(RFC, ranked("A"))
OF_FINITE = [encrypt(FINITE, [(7,), (8,)])]
DATA_OF_FINITE = make_shuffle(FINITE, OF_FINITE, random.Random(8).randbytes)
WORLDS = {"two": (TWO, BEFORE, DATA), "finite": (FINITE, OF_FINITE, DATA_OF_FINITE)}
q = ED25519.order


def encode(tree) -> bytes:
    return json.dumps(tree, separators=(",", ":")).encode()


def places(tree, at=()):
    """The paths of a tree, its root among them."""
    yield at
    children = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, child in children if not isinstance(tree, str) else ():
        yield from places(child, (*at, key))


def find(tree, path):
    for key in path:
        tree = tree[key]
    return tree


def replaced(tree, path, value):
    changed = deepcopy(tree)
    find(changed, path[:-1])[path[-1]] = value
    return changed


def paths(data: bytes, kind: type):
    tree = json.loads(data)
    return [path for path in places(tree) if path and isinstance(find(tree, path), kind)]


def neighbour(group, text: str, path) -> str:
    """Another element or scalar, beside this one."""
    if "proofs" in path and path[2] == 1:
        return str((int(text) + 1) % group.order)
    return group.text(group.multiply(group.element(text), group.generator))


def test_the_shuffles_that_are_changed_here_verify_as_they_are():
    for of, before, data in (*WORLDS.values(), (ONE, OF_ONE, DATA_OF_ONE)):
        check_shuffle(of, before, data, 1)
        assert encode(json.loads(data)) == data
    # 3 + 2 ciphertexts; of each question 5 single announcements, 4 responses, and 5 lists as long
    assert len(paths(DATA, str)) == 2 * 5 + 2 * (5 + 4) + 5 * 5


@pytest.mark.parametrize("world", WORLDS)
def test_every_text_replaced_by_another_valid_one_fails_the_check(world):
    of, before, data = WORLDS[world]
    tree = json.loads(data)
    for path in paths(data, str):
        other = neighbour(of.group, find(tree, path), path)
        with pytest.raises(UnverifiedElection, match=r"check 6 shuffles: shuffle 4: ranked"):
            check_shuffle(of, before, encode(replaced(tree, path, other)), 4)


@pytest.mark.parametrize("world", WORLDS)
def test_no_text_can_be_replaced_by_what_is_not_valid(world):
    of, before, data = WORLDS[world]
    tree = json.loads(data)
    for path in paths(data, str):
        text = find(tree, path)
        bad = ["", " ", "-1", "0x1", "+1", "x", "é", "٣", text + "0" * 700, "1" * 5000, f" {text}"]
        bad += [f"0{text}", f"{text}\n", 1, None, [], {}]
        bad += [str(int(text) + of.group.order)] if path[0] == "proofs" and path[2] == 1 else []
        for value in bad:
            with pytest.raises(Malformed, match="shuffle 1"):
                check_shuffle(of, before, encode(replaced(tree, path, value)), 1)


IDENTITY = f"{1:064x}"
NOT_MEMBERS = {
    "the neutral element with its sign bit": "80" + IDENTITY[2:],
    "the neutral element above p": f"{2**255 - 19 + 1:064x}",
    "order 2": f"{2**255 - 20:064x}",
    "order 4": f"{0:064x}",
    "not on the curve": f"{2:064x}",
    "upper case": json.loads(DATA)["ciphertexts"][0][0]["alpha"].upper(),
}


@pytest.mark.parametrize("text", NOT_MEMBERS.values(), ids=NOT_MEMBERS)
def test_no_element_can_be_a_point_that_is_not_a_member(text):
    tree = json.loads(DATA)
    for path in paths(DATA, str):
        if path[0] == "ciphertexts" or path[2] != 1:
            with pytest.raises(Malformed, match="shuffle 1"):
                check_shuffle(TWO, BEFORE, encode(replaced(tree, path, text)), 1)


def test_every_element_may_be_neutral_but_then_the_proof_does_not_hold():
    tree = json.loads(DATA)
    for path in paths(DATA, str):
        value = "0" if path[0] == "proofs" and path[2] == 1 else IDENTITY
        with pytest.raises(UnverifiedElection):
            check_shuffle(TWO, BEFORE, encode(replaced(tree, path, value)), 1)


def test_every_list_shortened_extended_emptied_or_turned_round_is_refused():
    tree = json.loads(DATA)
    for path in paths(DATA, list):
        old = find(tree, path)
        changes = [old[:-1], old[1:], [*old, old[-1]], [old[0], *old], [], [old], old[::-1]]
        for changed in changes:
            with pytest.raises((Malformed, UnverifiedElection), match="shuffle 1"):
                check_shuffle(TWO, BEFORE, encode(replaced(tree, path, changed)), 1)


def test_any_two_texts_exchanged_are_refused():
    tree = json.loads(DATA)
    texts = paths(DATA, str)
    drawn = random.Random(3)
    for _ in range(200):
        a, b = drawn.sample(texts, 2)
        changed = replaced(replaced(tree, a, find(tree, b)), b, find(tree, a))
        with pytest.raises((Malformed, UnverifiedElection), match="shuffle 1"):
            check_shuffle(TWO, BEFORE, encode(changed), 1)


def test_every_byte_changed_is_refused():
    for at, byte in enumerate(DATA_OF_ONE):
        for other in {byte ^ 1, byte ^ 0x80, ord(" ")} - {byte}:
            changed = DATA_OF_ONE[:at] + bytes((other,)) + DATA_OF_ONE[at + 1 :]
            with pytest.raises((Malformed, UnverifiedElection), match="shuffle 1"):
                check_shuffle(ONE, OF_ONE, changed, 1)


def test_every_beginning_and_every_extension_is_refused():
    for at in range(len(DATA_OF_ONE)):
        with pytest.raises(Malformed, match="shuffle 1"):
            check_shuffle(ONE, OF_ONE, DATA_OF_ONE[:at], 1)
    for more in (b" ", b"\n", b"\0", b"{}", DATA_OF_ONE):
        with pytest.raises(Malformed, match="shuffle 1"):
            check_shuffle(ONE, OF_ONE, DATA_OF_ONE + more, 1)


def test_json_that_is_spaced_or_ordered_otherwise_is_refused():
    tree = json.loads(DATA)
    turned, extended = dict(reversed(tree.items())), {**tree, "more": []}
    twice = DATA[:-1] + b',"proofs":' + encode(tree["proofs"]) + b"}"
    for data in (json.dumps(tree).encode(), encode(turned), encode(extended), twice):
        with pytest.raises(Malformed, match="shuffle 1"):
            check_shuffle(TWO, BEFORE, data, 1)


def test_questions_proofs_and_lists_of_ballots_do_not_change_places():
    of = election(ED25519, ranked("A"), ranked("B"))
    before = [encrypt(of, [(i,) for i in range(3)], seed) for seed in (1, 2)]
    tree = json.loads(make_shuffle(of, before, random.Random(5).randbytes))
    turned = {key: value[::-1] for key, value in tree.items()}
    for changed in ({**tree, "proofs": turned["proofs"]}, {**turned, "proofs": tree["proofs"]}):
        with pytest.raises(UnverifiedElection, match="ranked question 1: equation"):
            check_shuffle(of, before, encode(changed), 1)
    with pytest.raises(UnverifiedElection, match="ranked question 1: equation"):
        check_shuffle(of, before, encode(turned), 1)
    check_shuffle(of, before[::-1], encode(turned), 1)


@given(count=st.integers(1, 4), seed=st.integers(0, 2**32))
@settings(max_examples=10)
def test_proofs_of_two_questions_are_never_exchanged(count, seed):
    drawn = random.Random(seed)
    before = [encrypt(TWO, [(i, 1) for i in range(count)], drawn.random()) for _ in range(2)]
    tree = json.loads(make_shuffle(TWO, before, drawn.randbytes))
    assume(tree["proofs"][0] != tree["proofs"][1])
    tree["proofs"].reverse()
    with pytest.raises(UnverifiedElection):
        check_shuffle(TWO, before, encode(tree), 1)


def test_a_shuffle_of_fewer_or_more_ballots_is_refused_whatever_it_proves():
    three, four = encrypt(ONE, [(i,) for i in range(3)]), encrypt(ONE, [(i,) for i in range(4)])
    fewer, more = (make_shuffle(ONE, [each], random.Random(1).randbytes) for each in (three, four))
    with pytest.raises(UnverifiedElection, match="there are 3 ballots where there were 4"):
        check_shuffle(ONE, [four], fewer, 1)
    with pytest.raises(UnverifiedElection, match="there are 4 ballots where there were 3"):
        check_shuffle(ONE, [three], more, 1)


def test_a_shuffle_belongs_to_its_election_and_to_its_key():
    for other in (
        replace(ONE, fingerprint=TWO.fingerprint),
        replace(ONE, public_key=ED25519.generator),
    ):
        with pytest.raises(UnverifiedElection):
            check_shuffle(other, OF_ONE, DATA_OF_ONE, 1)


def statement_and_proof(count: int = 3) -> tuple[Statement, ShuffleProof]:
    before = encrypt(ONE, [(i,) for i in range(count)])
    drawn = random.Random(9)
    permutation = drawn.sample(range(count), count)
    randomness = [ED25519.draw(drawn.randbytes) for _ in range(count)]
    after = reencrypt(ONE, [before[j] for j in permutation], randomness)
    statement = Statement(ONE, before, after)
    return statement, prove_shuffle(statement, permutation, randomness, drawn.randbytes)


EQUATION_OF = {
    "total": "1 total",
    "product": "2 product",
    "weighted": "3 weighted",
    "ciphertexts": "4 beta",
    "weights": "3 weighted",
    "chain": "6 chain",
}


def with_responses(proof: ShuffleProof, **changed: object) -> ShuffleProof:
    responses = msgspec.structs.replace(proof.responses, **changed)
    return msgspec.structs.replace(proof, responses=responses)


@pytest.mark.parametrize("name", EQUATION_OF)
def test_each_response_is_held_to_its_equation(name):
    statement, proof = statement_and_proof()
    old = getattr(proof.responses, name)
    if isinstance(old, str):
        changed = str((int(old) + 1) % q)
    else:
        changed = (*old[:-1], str((int(old[-1]) + 1) % q))
    with pytest.raises(UnverifiedElection, match=f"it: equation {EQUATION_OF[name]} does not hold"):
        check_shuffle_proof(statement, with_responses(proof, **{name: changed}), "it")


def test_links_of_the_chain_that_are_wrong_by_opposite_amounts_are_found():
    """Without weights the product of both would hold; responses are not in the challenge."""
    statement, proof = statement_and_proof()
    first, second, third = map(int, proof.responses.chain)
    changed = (str((first + 1) % q), str((second - 1) % q), str(third))
    with pytest.raises(UnverifiedElection, match="equation 6 chain"):
        check_shuffle_proof(statement, with_responses(proof, chain=changed), "it")


def test_links_of_the_chain_that_cancel_under_the_weights_of_another_proof_are_found():
    """If the weights did not depend on the responses, the responses could be chosen after them."""
    statement, proof = statement_and_proof()
    seed = _read(statement, proof, "it").seed
    lots = [integer(f"{seed}|{i}") >> 128 for i in range(2)]
    first, second, third = map(int, proof.responses.chain)
    changed = (str((first + lots[1]) % q), str((second - lots[0]) % q), str(third))
    with pytest.raises(UnverifiedElection, match="equation 6 chain"):
        check_shuffle_proof(statement, with_responses(proof, chain=changed), "it")


def test_ciphertexts_reencrypted_with_two_different_exponents_are_found():
    """Equation 4 holds: only the first components are not what the shuffler says."""
    before = encrypt(ONE, [(1,), (2,)])
    after = list(reencrypt(ONE, before, (3, 4)))
    after[1] = after[1]._replace(alpha=ED25519.multiply(after[1].alpha, ED25519.generator))
    statement = Statement(ONE, before, after)
    proof = prove_shuffle(statement, (0, 1), (3, 4), random.Random(1).randbytes)
    with pytest.raises(UnverifiedElection, match="equation 5 alpha"):
        check_shuffle_proof(statement, proof, "it")
