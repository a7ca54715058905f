"""Trustees: those of the tool's elections are accepted, and what is not every bit as it should be is not."""

import json
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.ballots.check import UnverifiedElection
from quorate.ballots.group import Group
from quorate.ballots.groups import NAMES as GROUPS
from quorate.ballots.groups import find_group
from quorate.ballots.trustee import (
    TrusteeGroup,
    check_trustees,
    make_trustee,
    read_private_key,
    read_trustees,
    trustee_key,
    write_private_key,
    write_trustees,
)
from quorate.ballots.trustee_fault import UnverifiedTrustee
from quorate.ballots.wire import write
from quorate.canon.fault import Malformed
from tests.ballots.ceremony import compact, hold
from tests.ballots.vectors import NAMES, held

ED25519 = find_group("Ed25519")


def entropy(seed: int = 1) -> Callable[[int], bytes]:
    return Random(seed).randbytes


def singles(count: int, group: Group = ED25519) -> list[bytes]:
    chance = entropy()
    return [make_trustee(group, chance)[1] for _ in range(count)]


def check(data: bytes, group: Group = ED25519) -> None:
    trustees = read_trustees(group, data)
    check_trustees(group, trustees, trustees.public_key)


@pytest.mark.parametrize("name", NAMES)
def test_trustees_of_the_tool_are_accepted(name: str) -> None:
    election = held(name).election
    trustees = read_trustees(election.group, held(name).trustees)
    check_trustees(election.group, trustees, election.public_key)


@pytest.mark.parametrize("name", NAMES)
def test_trustees_of_the_tool_are_written_as_it_wrote_them(name: str) -> None:
    parts = [compact(each) for _, each in json.loads(held(name).trustees)]
    assert write_trustees(parts) == held(name).trustees


@pytest.mark.parametrize("name", [each for each in NAMES if "threshold" not in each])
def test_private_keys_of_the_tool_are_those_of_its_public_keys(name: str) -> None:
    group = held(name).election.group
    files = [each.read_bytes() for each in held(name).folder.glob("*.privkey")]
    public = {
        group.text(group.power(group.generator, read_private_key(group, each))) for each in files
    }
    assert public == set(read_trustees(group, held(name).trustees).key_texts)


def test_the_key_of_an_election_is_of_no_other_election() -> None:
    election, other = held("v30-single").election, held("v30-blank").election
    trustees = read_trustees(election.group, held("v30-single").trustees)
    with pytest.raises(UnverifiedElection, match="not the product"):
        check_trustees(election.group, trustees, other.public_key)


@pytest.mark.parametrize("name", GROUPS)
def test_a_trustee_that_is_made_is_accepted(name: str) -> None:
    group = find_group(name)
    secret, public = make_trustee(group, entropy(), "Ana")
    trustees = read_trustees(group, write_trustees([public]))
    check_trustees(group, trustees, group.power(group.generator, secret))
    assert trustees.names == ("Ana",)
    assert trustees.parts == (TrusteeGroup(1, 1, 1),)
    assert read_private_key(group, write_private_key(secret)) == secret


def test_numbers_count_through_single_trustees_and_groups() -> None:
    one, other = singles(2)
    trustees = read_trustees(ED25519, write_trustees([one, hold().published, other]))
    check_trustees(ED25519, trustees, trustees.public_key)
    assert trustees.parts == (TrusteeGroup(1, 1, 1), TrusteeGroup(2, 3, 2), TrusteeGroup(5, 1, 1))
    assert trustees.key_texts[0] == json.loads(one)["public_key"]
    assert trustees.key_texts[4] == json.loads(other)["public_key"]
    assert [ED25519.text(each) for each in trustees.keys] == list(trustees.key_texts)
    product = hold().together([1, 3])
    for each in (trustees.keys[0], trustees.keys[4]):
        product = ED25519.multiply(product, each)
    assert product == trustees.public_key


def test_two_groups_of_trustees_each_hold_a_share() -> None:
    parts = [hold().published, hold(size=2, threshold=2, seed=2).published]
    trustees = read_trustees(ED25519, write_trustees(parts))
    both = (hold().together([2, 3]), hold(size=2, threshold=2, seed=2).together([1, 2]))
    check_trustees(ED25519, trustees, ED25519.multiply(*both))


def test_a_name_is_kept_as_it_is_written() -> None:
    _, public = make_trustee(ED25519, entropy(), "Zoë “Z” \n\\ 名")
    assert read_trustees(ED25519, write_trustees([public])).names == ("Zoë “Z” \n\\ 名",)


def test_nobody_may_hand_in_a_copy_of_anothers_key() -> None:
    one, other = singles(2)
    with pytest.raises(UnverifiedTrustee, match="another trustee's") as caught:
        check(write_trustees([one, other, one]))
    assert caught.value.trustee == 3


def test_a_group_may_not_be_there_twice() -> None:
    with pytest.raises(UnverifiedTrustee, match="another trustee's") as caught:
        check(write_trustees([hold().published] * 2))
    assert caught.value.trustee == 4


def test_nobody_may_hand_in_the_key_of_a_member_of_a_group() -> None:
    group = hold(size=2, threshold=1).published
    copied = {**json.loads(group)["verification_keys"][1]}
    del copied["signature"]
    with pytest.raises(UnverifiedTrustee, match="another trustee's") as caught:
        check(write_trustees([group, compact(copied)]))
    assert caught.value.trustee == 3


def test_a_key_that_everybody_knows_is_refused() -> None:
    with pytest.raises(UnverifiedTrustee, match="no secret"):
        check(write_trustees([write(trustee_key(ED25519, 0, entropy()))]))


def test_a_single_trustee_signs_with_no_certificate() -> None:
    key = json.loads(singles(1)[0])
    with pytest.raises(Malformed, match="signature"):
        check(compact([["Single", {**key, "signature": key["pok"]}]]))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b"[[]]",
        b'[["Single"]]',
        b'[["Double",{}]]',
        b'["Single"]',
        b"\xff",
        b"[" * 9999,
    ],
)
def test_what_is_no_list_of_trustees_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        read_trustees(ED25519, data)


@pytest.mark.parametrize(
    "change", [lambda x: x + b"\n", lambda x: b" " + x, lambda x: x.replace(b",", b", ", 1)]
)
def test_trustees_are_written_in_one_way_only(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Malformed):
        read_trustees(ED25519, change(held("v30-threshold").trustees))


@pytest.mark.parametrize(
    "part", [b"", b"{}", b"[]", b"7", b"[" * 9999, b'{"verification_keys":[]}']
)
def test_only_keys_and_groups_are_put_into_the_list(part: bytes) -> None:
    with pytest.raises(Malformed):
        write_trustees([part])


@pytest.mark.parametrize(
    "file", ["1234567890", '"01234567890"', '"-1234567890"', '"1234567890', '"1234567890"\n\n']
)
def test_a_private_key_is_one_number_and_is_not_repeated(file: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_private_key(ED25519, file.encode())
    assert "123456" not in str(caught.value)


def test_a_private_key_is_below_the_order() -> None:
    assert read_private_key(ED25519, write_private_key(ED25519.order - 1)) == ED25519.order - 1
    with pytest.raises(Malformed):
        read_private_key(ED25519, write_private_key(ED25519.order))


@given(st.integers(0, ED25519.order - 1))
def test_any_private_key_is_read_as_it_was_written(secret: int) -> None:
    assert read_private_key(ED25519, write_private_key(secret)) == secret


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_malformed(data: bytes) -> None:
    for read in (read_trustees, read_private_key):
        with pytest.raises(Malformed):
            read(ED25519, data)
