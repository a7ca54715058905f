"""In a ceremony nobody can cheat unnoticed, and who does is named."""

import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from random import Random
from typing import Any

import pytest

from quorate.ballots.channel import seal, secrets_of
from quorate.ballots.check import UnverifiedElection
from quorate.ballots.group import Element
from quorate.ballots.groups import find_group
from quorate.ballots.threshold import (
    finish,
    key_of_member,
    make_polynomial,
    receive_shares,
    route_shares,
)
from quorate.ballots.trustee_ceremony import certify, check_certificates, make_certificate
from quorate.ballots.trustee_fault import UnverifiedTrustee
from quorate.ballots.trustee_wire import Context
from quorate.canon.fault import Malformed
from tests.ballots.ceremony import Done, compact, hold

ED25519 = find_group("Ed25519")
CHANCE = Random(5).randbytes
PAIRS = list(permutations((1, 2, 3), 2))


def receive(done: Done, j: int, routed: bytes) -> bytes:
    return receive_shares(done.ceremony, done.seeds[j - 1], routed, CHANCE)


def with_entry(data: bytes, key: str, at: int, new: object) -> bytes:
    """An object with one entry of one of its lists changed."""
    found = json.loads(data)
    found[key][at - 1] = new
    return compact(found)


def message(done: Done, i: int, j: int, what: object) -> str:
    """Something that member i seals to member j."""
    signing = secrets_of(ED25519, done.seeds[i - 1]).signing
    recipient: Element = done.ceremony.members[j - 1].encryption
    return seal(ED25519, signing, recipient, compact(what).decode(), CHANCE)


@pytest.mark.parametrize(("i", "j"), PAIRS)
def test_who_sends_a_wrong_share_is_named(i: int, j: int) -> None:
    done = hold()
    wrong = with_entry(done.routed[j - 1], "secrets", i, message(done, i, j, {"secret": "12345"}))
    with pytest.raises(UnverifiedTrustee, match=f"share for trustee {j} is not on") as caught:
        receive(done, j, wrong)
    assert caught.value.trustee == i


@pytest.mark.parametrize(
    "what",
    [
        *({}, [], None, {"polynomial": ["5"]}, {"decryption_key": "5"}, {"secret": "5", "more": 1}),
        *({"secret": each} for each in (5, "05", "-5", str(2**260), "")),
    ],
)
def test_who_sends_what_is_no_share_is_named(what: object) -> None:
    done = hold()
    wrong = with_entry(done.routed[0], "secrets", 2, message(done, 2, 1, what))
    with pytest.raises(UnverifiedTrustee) as caught:
        receive(done, 1, wrong)
    assert caught.value.trustee == 2


@pytest.mark.parametrize("sealed", ["", "{}", "x", '{"alpha":"1","beta":"1","data":""}'])
def test_who_sends_what_is_no_message_is_named(sealed: str) -> None:
    done = hold()
    with pytest.raises(UnverifiedTrustee) as caught:
        receive(done, 3, with_entry(done.routed[2], "secrets", 1, sealed))
    assert caught.value.trustee == 1


@pytest.mark.parametrize(("i", "j"), PAIRS)
def test_a_share_meant_for_another_is_not_taken(i: int, j: int) -> None:
    """The server swaps the envelopes."""
    done = hold()
    other = 6 - i - j
    elsewhere = json.loads(done.routed[other - 1])["secrets"][i - 1]
    with pytest.raises(UnverifiedTrustee, match="cannot be decrypted") as caught:
        receive(done, j, with_entry(done.routed[j - 1], "secrets", i, elsewhere))
    assert caught.value.trustee == i


@pytest.mark.parametrize(("i", "j"), PAIRS)
def test_shares_of_two_members_cannot_be_exchanged(i: int, j: int) -> None:
    done = hold()
    shares = json.loads(done.routed[0])["secrets"]
    wrong = with_entry(done.routed[0], "secrets", i, shares[j - 1])
    with pytest.raises(UnverifiedTrustee, match="signature does not hold") as caught:
        receive(done, 1, wrong)
    assert caught.value.trustee == i


@pytest.mark.parametrize("key", ["coefexps", "signatures"])
@pytest.mark.parametrize(("i", "j"), PAIRS)
def test_what_members_published_cannot_be_exchanged(key: str, i: int, j: int) -> None:
    done = hold()
    wrong = with_entry(done.routed[0], key, i, json.loads(done.routed[0])[key][j - 1])
    with pytest.raises(UnverifiedTrustee, match="does not hold") as caught:
        receive(done, 1, wrong)
    assert caught.value.trustee == i


@pytest.mark.parametrize("key", ["secrets", "coefexps", "signatures"])
def test_nothing_may_be_missing_of_what_a_member_gets(key: str) -> None:
    routed = json.loads(hold().routed[0])
    with pytest.raises(Malformed, match=f"{key}: expected one of each of 3 trustees, not 2"):
        receive(hold(), 1, compact({**routed, key: routed[key][:2]}))


def test_a_member_sees_that_its_own_polynomial_was_replaced() -> None:
    """Somebody with its seed made another one; what it sealed to itself tells."""
    done = hold()
    own = message(done, 1, 1, {"polynomial": ["1", "2"]})
    wrong = compact({**json.loads(done.routed[0]), "polynomial": own})
    with pytest.raises(UnverifiedTrustee, match="another polynomial") as caught:
        receive(done, 1, wrong)
    assert caught.value.trustee == 1


def test_a_polynomial_founded_on_other_certificates_is_refused() -> None:
    """Else a server could tell members apart, and have each make a key with accomplices of its own."""
    done = hold()
    _, other = make_certificate(ED25519, 3, 2, 3, CHANCE)
    ceremony = check_certificates(ED25519, 3, 2, [*done.certificates[:2], other])
    with pytest.raises(UnverifiedTrustee, match="signature of the certificates") as caught:
        route_shares(ceremony, done.polynomials)
    assert caught.value.trustee == 1
    with pytest.raises(UnverifiedTrustee, match="signature of the certificates"):
        receive_shares(ceremony, done.seeds[0], done.routed[0], CHANCE)


def test_a_seed_is_of_a_member() -> None:
    done = hold()
    stranger = hold(seed=2).seeds[0]
    for seed in (stranger, "", done.seeds[0][1:]):
        with pytest.raises(Malformed, match="seed"):
            receive_shares(done.ceremony, seed, done.routed[0], CHANCE)


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize(
    "other",
    [{"group": "BELENIOS-2048"}, {"size": 4}, {"threshold": 3}, {"threshold": 1}, {"index": 4}],
)
def test_a_certificate_of_another_group_or_place_is_refused(at: int, other: dict[str, Any]) -> None:
    done = hold()
    context = {"group": "Ed25519", "size": 3, "threshold": 2, "index": at} | other
    wrong = list(done.certificates)
    wrong[at - 1] = certify(ED25519, done.seeds[at - 1], Context(**context), CHANCE)
    with pytest.raises(UnverifiedTrustee, match="of another group of trustees") as caught:
        check_certificates(ED25519, 3, 2, wrong)
    assert caught.value.trustee == at


def test_certificates_stand_in_their_order() -> None:
    for order in permutations(hold().certificates):
        if list(order) != hold().certificates:
            with pytest.raises(UnverifiedTrustee, match="of another group of trustees"):
                check_certificates(ED25519, 3, 2, order)


def test_certificates_are_as_many_as_trustees() -> None:
    certificates = hold().certificates
    for count in (0, 1, 2):
        with pytest.raises(Malformed, match=f"3 of them, not {count}"):
            check_certificates(ED25519, 3, 2, certificates[:count])


def test_two_members_have_not_the_same_seed() -> None:
    done = hold()
    copy = certify(ED25519, done.seeds[0], Context("Ed25519", 3, 2, 2), CHANCE)
    with pytest.raises(UnverifiedTrustee, match="keys that are not its own") as caught:
        check_certificates(ED25519, 3, 2, [done.certificates[0], copy, done.certificates[2]])
    assert caught.value.trustee == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"",
        lambda data: data + b"\n",
        lambda data: data.replace(b'\\"size\\":3', b'\\"size\\":2'),
        lambda data: data.replace(b'"response":"', b'"response":"1'),
        lambda data: compact({**json.loads(data), "message": "{}"}),
    ],
)
def test_who_sends_what_is_no_certificate_is_named(change: Callable[[bytes], bytes]) -> None:
    first, second, third = hold().certificates
    with pytest.raises(UnverifiedTrustee) as caught:
        check_certificates(ED25519, 3, 2, [first, change(second), third])
    assert caught.value.trustee == 2


@pytest.mark.parametrize("key", ["coefexps", "signature", "secrets"])
@pytest.mark.parametrize("i", [1, 2, 3])
def test_who_sends_a_wrong_polynomial_is_named(key: str, i: int) -> None:
    done = hold()
    sent = [json.loads(each) for each in done.polynomials]
    other = sent[i % 3][key] if key != "secrets" else sent[i - 1][key][:2]
    sent[i - 1][key] = other
    wrong = [compact(each) for each in sent]
    for step in (
        lambda: route_shares(done.ceremony, wrong),
        lambda: finish(done.ceremony, wrong, done.made),
    ):
        with pytest.raises(UnverifiedTrustee) as caught:
            step()
        assert caught.value.trustee == i


def test_a_polynomial_has_as_many_coefficients_as_the_threshold_says() -> None:
    """With one more, fewer than everybody could not decrypt; with one less, fewer than agreed could."""
    done, other = hold(), hold(threshold=3)
    wrong = replace(done.ceremony, threshold=3)
    with pytest.raises(UnverifiedTrustee, match="as many as the threshold says, 3"):
        route_shares(wrong, done.polynomials)
    with pytest.raises(UnverifiedTrustee, match="as many as the threshold says, 2"):
        route_shares(replace(other.ceremony, threshold=2), other.polynomials)


@pytest.mark.parametrize("part", ["pok", "public_key", "signature"])
@pytest.mark.parametrize("i", [1, 2, 3])
def test_who_sends_a_wrong_key_is_named(part: str, i: int) -> None:
    done = hold()
    made = [json.loads(each) for each in done.made]
    made[i - 1]["public_key"][part] = made[i % 3]["public_key"][part]
    with pytest.raises(UnverifiedTrustee) as caught:
        finish(done.ceremony, done.polynomials, [compact(each) for each in made])
    assert caught.value.trustee == i


def made_of_two(done: Done, i: int, j: int) -> tuple[list[bytes], list[bytes]]:
    """What all sent where member i gave j another polynomial than it published: the polynomials of j, and all keys."""
    sent, made = list(done.polynomials), list(done.made)
    sent[i - 1] = make_polynomial(done.ceremony, done.seeds[i - 1], CHANCE)
    made[j - 1] = receive(done, j, route_shares(done.ceremony, sent)[j - 1])
    return sent, made


@pytest.mark.parametrize(("i", "j"), PAIRS)
def test_who_signed_two_polynomials_is_named_and_not_who_was_given_the_other(
    i: int, j: int
) -> None:
    """Every proof and signature holds; the equation does not."""
    done = hold()
    sent, made = made_of_two(done, i, j)
    said = f"signed two polynomials: one is published, trustee {j} was given the other"
    with pytest.raises(UnverifiedTrustee, match=said) as caught:
        finish(done.ceremony, done.polynomials, made)
    assert caught.value.trustee == i
    with pytest.raises(UnverifiedTrustee, match="signed two polynomials") as caught:
        finish(done.ceremony, sent, done.made)
    assert caught.value.trustee == i


@pytest.mark.parametrize(("i", "j"), PAIRS)
def test_who_makes_a_key_of_what_nobody_signed_is_named(i: int, j: int) -> None:
    done = hold()
    sent, made = made_of_two(done, i, j)
    key = json.loads(made[j - 1])
    own = json.loads(done.made[j - 1])["foundation"]
    other = [json.loads(each) for each in sent][i - 1]
    for foundation in (
        own,
        {**own, "coefexps": own["coefexps"][:2]},
        {**own, "signatures": []},
        {**key["foundation"], "signatures": own["signatures"]},
        {
            **own,
            "coefexps": [
                {**each, "message": other["coefexps"]["message"]} if at == i - 1 else each
                for at, each in enumerate(own["coefexps"])
            ],
        },
    ):
        wrong = [*made[: j - 1], compact({**key, "foundation": foundation}), *made[j:]]
        with pytest.raises(UnverifiedTrustee) as caught:
            finish(done.ceremony, done.polynomials, wrong)
        assert caught.value.trustee == j
    del key["foundation"]
    wrong = [*made[: j - 1], compact(key), *made[j:]]
    with pytest.raises(UnverifiedTrustee, match="not what the polynomials give") as caught:
        finish(done.ceremony, done.polynomials, wrong)
    assert caught.value.trustee == j


def test_what_a_key_is_founded_on_is_not_published_and_can_be_left_out() -> None:
    done = hold()
    assert b"foundation" not in done.published
    assert all(b'"foundation":' in each for each in done.made)
    bare = [
        receive_shares(done.ceremony, seed, routed, CHANCE, founded=False)
        for seed, routed in zip(done.seeds, done.routed, strict=True)
    ]
    assert all(b"foundation" not in each for each in bare)
    finish(done.ceremony, done.polynomials, bare)


def test_a_key_of_a_member_is_signed() -> None:
    done = hold()
    made = json.loads(done.made[1])
    del made["public_key"]["signature"]
    with pytest.raises(UnverifiedTrustee, match="signature") as caught:
        finish(done.ceremony, done.polynomials, [done.made[0], compact(made), done.made[2]])
    assert caught.value.trustee == 2


def test_everybody_sends_a_polynomial_and_a_key() -> None:
    done = hold()
    with pytest.raises(Malformed, match="polynomials: expected one of each of 3 trustees, not 2"):
        route_shares(done.ceremony, done.polynomials[1:])
    with pytest.raises(Malformed, match="keys: expected one of each of 3 trustees, not 2"):
        finish(done.ceremony, done.polynomials, done.made[1:])


def test_a_private_key_comes_from_its_own_seed_only() -> None:
    done = hold()
    sealed = json.loads(done.made[0])["private_key"]
    with pytest.raises(UnverifiedElection):
        key_of_member(ED25519, done.seeds[1], sealed)
    with pytest.raises(UnverifiedElection, match="signature"):
        key_of_member(ED25519, done.seeds[0], message(done, 2, 1, {"decryption_key": "5"}))
    for what in ({"decryption_key": "x"}, {"decryption_key": "9" * 5000}, {"secret": "5"}):
        with pytest.raises(Malformed):
            key_of_member(ED25519, done.seeds[0], message(done, 1, 1, what))


def test_no_secret_is_in_an_error() -> None:
    """Shares are wrong here, so that they are read, and refused."""
    done = hold()
    wrong = with_entry(done.routed[0], "secrets", 2, message(done, 2, 1, {"secret": "7654321"}))
    with pytest.raises(UnverifiedTrustee) as caught:
        receive(done, 1, wrong)
    cause = caught.value.__cause__
    assert "7654321" not in f"{caught.value} {cause!r}"
    assert done.seeds[0] not in f"{caught.value} {cause!r}"


def test_the_error_that_names_a_trustee_comes_back_from_another_process() -> None:
    fault = UnverifiedTrustee(2, "the certificate does not hold")
    again = pickle.loads(pickle.dumps(fault))
    assert (str(again), again.trustee) == (str(fault), 2)
    assert str(fault) == "check 2 trustees: trustee 2: the certificate does not hold"
