import itertools
import json
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots.ballot import check_ballot, make_ballot
from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.credential import draw_credential, public_credential
from quorate.ballots.shuffle import check_shuffle, draw_permutation, make_shuffle, reencrypt
from quorate.ballots.shuffle_proof import Statement, independent
from quorate.ballots.shuffle_prover import prove_shuffle
from quorate.ballots.shuffle_verifier import check_shuffle_proof
from tests.ballots.shuffling import (
    ED25519,
    PLAIN,
    RFC,
    decrypt,
    election,
    encrypt,
    ranked,
    tool_election,
    with_group,
)
from tests.ballots.vectors import held, values

ONE = election(ED25519, ranked("A", "B", "C"))
TWO = election(ED25519, ranked("A", "B", "C"), ranked("D", "E"))
SMALL = {
    "finite field": election(RFC, ranked("A", "B")),
    "Ed25519": ONE,
    "Ed25519 by libsodium": with_group(ONE, PLAIN),
}


def entropy(seed: int = 7):
    return random.Random(seed).randbytes


@pytest.mark.parametrize("group", [ED25519, PLAIN], ids=["Ed25519", "Ed25519 by libsodium"])
def test_shuffles_that_the_tool_made_verify_and_hold_what_it_decrypted(group):
    of, before, shuffles = tool_election(group)
    assert len(shuffles) == 2
    for number, data in enumerate(shuffles, 1):
        before = check_shuffle(of, before, data, number)
    keys = [json.loads(path.read_text()) for path in held("v30-nh").folder.glob("*.privkey")]
    secret = sum(map(int, keys))
    plain = [
        group.decode(group.multiply(each.beta, group.power(each.alpha, -secret)), 3)
        for each in before[0]
    ]
    result = json.loads(held("v30-nh").payload("Result")[0])
    assert {"result": [plain]} == result


def test_shuffles_that_the_tool_made_do_not_verify_in_another_order():
    of, before, (first, second) = tool_election(ED25519)
    with pytest.raises(UnverifiedElection, match="shuffle 1: ranked question 1"):
        check_shuffle(of, before, second, 1)
    after = check_shuffle(of, before, first, 1)
    with pytest.raises(UnverifiedElection, match="shuffle 2: ranked question 1"):
        check_shuffle(of, after, first, 2)


@pytest.mark.parametrize("name", ["Ed25519", "RFC-3526-2048"])
def test_independent_generators_are_those_of_the_tool(name):
    group = {"Ed25519": ED25519, "RFC-3526-2048": RFC}[name]
    known = values("tv-groups.json")[name]["generators"]
    assert {i: group.text(independent(group, int(i))) for i in known} == known


@pytest.mark.parametrize("of", SMALL.values(), ids=SMALL)
@pytest.mark.parametrize("count", range(5))
def test_a_shuffle_of_any_size_verifies_and_holds_the_same_rankings(of, count):
    answers = len(of.questions[1].answers)
    rankings = [(i, *range(1, answers)) for i in range(count)]
    before = [encrypt(of, rankings)]
    (after,) = check_shuffle(of, before, make_shuffle(of, before, entropy()), 1)
    assert sorted(decrypt(of, after, answers)) == rankings
    assert not {each.wire for each in after} & {each.wire for each in before[0]}


def test_ballots_that_are_made_shuffled_twice_and_decrypted_give_the_rankings_that_were_voted():
    seeded = entropy()
    voted = [(1, 2, 3), (3, 2, 1), (1, 2, 3), (0, 0, 0), (255, 0, 7)]
    cast = []
    for ranking in voted:
        credential = draw_credential(seeded)
        public = public_credential(ONE.group, ONE.uuid, credential)
        ballot = make_ballot(ONE, credential, [[1, 0], ranking], seeded)
        cast.append(check_ballot(ONE, {public.text: public}, ballot).ciphertexts[1][0])
    after = ((*cast,),)
    for number in (1, 2):
        after = check_shuffle(ONE, after, make_shuffle(ONE, after, seeded), number)
    assert Counter(decrypt(ONE, after[0], 3)) == Counter(voted)


def test_equal_and_neutral_ciphertexts_are_shuffled_like_others():
    neutral = reencrypt(ONE, encrypt(ONE, [(0, 0, 0)] * 2), [0, 0])
    same = encrypt(ONE, [(0, 0, 0)])[0]
    nothing = same._replace(
        alpha=ED25519.identity,
        beta=ED25519.identity,
        wire=type(same.wire)(*[ED25519.text(ED25519.identity)] * 2),
    )
    before = [[same, same, nothing, nothing, *neutral]]
    (after,) = check_shuffle(ONE, before, make_shuffle(ONE, before, entropy()), 1)
    assert decrypt(ONE, after, 3) == [(0, 0, 0)] * 6


def test_each_question_is_shuffled_in_an_order_of_its_own():
    count = 12
    rankings = [(i, 0, 0) for i in range(count)]
    before = [encrypt(TWO, rankings), encrypt(TWO, [each[:2] for each in rankings])]
    first, second = check_shuffle(TWO, before, make_shuffle(TWO, before, entropy()), 1)
    orders = [[each[0] for each in decrypt(TWO, first, 3)]]
    orders.append([each[0] for each in decrypt(TWO, second, 2)])
    assert sorted(orders[0]) == sorted(orders[1]) == list(range(count))
    assert orders[0] != orders[1]


def test_an_election_without_ranked_questions_has_an_empty_shuffle():
    of = election(ED25519)
    data = make_shuffle(of, [], entropy())
    assert data == b'{"ciphertexts":[],"proofs":[]}'
    assert check_shuffle(of, [], data, 1) == ()


@given(count=st.integers(0, 12), seed=st.integers(0, 2**32))
@settings(max_examples=15)
def test_any_permutation_of_any_rankings_verifies(count, seed):
    drawn = random.Random(seed)
    rankings = [tuple(drawn.choices(range(256), k=3)) for _ in range(count)]
    before = encrypt(ONE, rankings, seed)
    permutation = drawn.sample(range(count), count)
    randomness = [ED25519.draw(drawn.randbytes) for _ in rankings]
    after = reencrypt(ONE, [before[j] for j in permutation], randomness)
    statement = Statement(ONE, before, after)
    proof = prove_shuffle(statement, permutation, randomness, drawn.randbytes)
    check_shuffle_proof(statement, proof, "it")
    assert decrypt(ONE, after, 3) == [rankings[j] for j in permutation]


def test_of_all_maps_of_three_ballots_only_the_permutations_can_be_proved():
    """Maps drop a ballot and double another."""
    before = encrypt(ONE, [(i, 0, 0) for i in range(3)])
    for number, into in enumerate(itertools.product(range(3), repeat=3)):
        randomness = [ED25519.draw(entropy(number * 3 + i)) for i in range(3)]
        statement = Statement(ONE, before, reencrypt(ONE, [before[j] for j in into], randomness))
        proof = prove_shuffle(statement, into, randomness, entropy(number))
        if len(set(into)) == 3:
            check_shuffle_proof(statement, proof, "it")
        else:
            with pytest.raises(UnverifiedElection, match="it: equation 2 product") as caught:
                check_shuffle_proof(statement, proof, "it")
            assert caught.value.failed is Check.SHUFFLES


@pytest.mark.parametrize("claimed", list(itertools.permutations(range(3))), ids=str)
@pytest.mark.parametrize("into", [(0, 0, 2), (1, 1, 1), (0, 1, 3)], ids=str)
def test_a_ballot_dropped_doubled_or_replaced_is_found_whatever_order_the_prover_claims(
    into, claimed
):
    """Number 3 is a ballot that was not there."""
    available = encrypt(ONE, [(i, 0, 0) for i in range(4)])
    randomness = [ED25519.draw(entropy(i)) for i in range(3)]
    after = reencrypt(ONE, [available[j] for j in into], randomness)
    statement = Statement(ONE, available[:3], after)
    proof = prove_shuffle(statement, claimed, randomness, entropy())
    with pytest.raises(UnverifiedElection, match="equation 4 beta"):
        check_shuffle_proof(statement, proof, "it")


def test_a_ballot_that_was_changed_by_a_little_is_found():
    """The shuffler knows the randomness, and multiplies a plaintext by the generator."""
    before = encrypt(ONE, [(1, 2, 3), (3, 2, 1)])
    randomness = [ED25519.draw(entropy(i)) for i in range(2)]
    changed = before[0]._replace(beta=ED25519.multiply(before[0].beta, ED25519.generator))
    after = reencrypt(ONE, [before[1], changed], randomness)
    statement = Statement(ONE, before, after)
    proof = prove_shuffle(statement, (1, 0), randomness, entropy())
    with pytest.raises(UnverifiedElection, match="equation 4 beta"):
        check_shuffle_proof(statement, proof, "it")


@pytest.mark.parametrize("count", range(1, 6))
def test_every_order_comes_of_exactly_one_sequence_of_draws(count):
    """All sequences of draws below count, count − 1, …, 2, each as the high bits of a byte."""
    bounds = range(count, 1, -1)
    every = itertools.product(*(map(bytes, zip(_high_bits(bound))) for bound in bounds))
    drawn = [draw_permutation(count, one_by_one(each)) for each in every]
    assert sorted(map(tuple, drawn)) == list(itertools.permutations(range(count)))


def _high_bits(bound: int) -> list[int]:
    bits = (bound - 1).bit_length()
    return [value << 8 - bits for value in range(bound)]


def one_by_one(given):
    left = iter(given)

    def give(size: int) -> bytes:
        drawn = next(left)
        assert len(drawn) == size
        return drawn

    return give


def test_a_draw_that_would_favour_some_orders_is_thrown_away():
    of_three, of_two = [b"\xff", b"\xc0", b"\x80"], [b"\x00"]  # 3, 3, 2; 0
    assert draw_permutation(3, one_by_one(of_three + of_two)) == [1, 0, 2]


def test_orders_of_more_than_a_byte_are_drawn():
    assert sorted(draw_permutation(1000, entropy())) == list(range(1000))
    assert draw_permutation(1000, entropy(1)) != draw_permutation(1000, entropy(2))
