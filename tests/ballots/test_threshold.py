"""Keys that any t of n trustees can use: every group that comes of a ceremony, and the tool's."""

import json
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots.channel import Form
from quorate.ballots.groups import NAMES as GROUPS
from quorate.ballots.groups import find_group
from quorate.ballots.lagrange import lagrange
from quorate.ballots.threshold import (
    finish,
    key_of_member,
    make_polynomial,
    receive_shares,
    route_shares,
)
from quorate.ballots.trustee import TrusteeGroup, check_trustees, read_trustees, write_trustees
from quorate.ballots.trustee_ceremony import certificate_id, check_certificates, make_certificate
from quorate.canon.fault import Malformed
from tests.ballots.ceremony import Done, compact, file, hold, ids
from tests.ballots.vectors import held

ED25519 = find_group("Ed25519")
THRESHOLDS = ["v30-threshold", "v20-threshold"]


def require_whole(done: Done) -> None:
    """The group is accepted, and every choice of as many members as the threshold has the election's key."""
    group, size, threshold = done.ceremony.group, done.ceremony.size, done.ceremony.threshold
    trustees = read_trustees(group, write_trustees([done.published]))
    check_trustees(group, trustees, trustees.public_key)
    assert trustees.parts == (TrusteeGroup(1, size, threshold),)
    assert list(trustees.keys) == group.powers(group.generator, done.keys())
    for indices in combinations(range(1, size + 1), threshold):
        assert done.together(list(indices)) == trustees.public_key


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(("size", "threshold"), [(1, 1), (2, 1), (2, 2), (3, 2), (3, 3), (5, 3)])
def test_any_as_many_as_the_threshold_have_the_key(size: int, threshold: int, form: Form) -> None:
    require_whole(hold(size=size, threshold=threshold, form=form))


@pytest.mark.parametrize("name", [each for each in GROUPS if each != "Ed25519"])
def test_a_ceremony_is_the_same_in_every_group(name: str) -> None:
    require_whole(hold(name, 3, 2))


@given(st.integers(1, 4).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n))), st.integers())
@settings(max_examples=10)
def test_any_ceremony_gives_a_key(group: tuple[int, int], seed: int) -> None:
    require_whole(hold(size=group[0], threshold=group[1], seed=seed))


def test_fewer_than_the_threshold_have_another_key() -> None:
    done = hold(size=5, threshold=3)
    key = done.together([1, 2, 3])
    for indices in [[1], [5], [1, 2], [3, 5]]:
        assert done.together(indices) != key


def test_names_of_members_are_published() -> None:
    done = hold()
    made = [
        receive_shares(done.ceremony, seed, routed, done.entropy, name=name)
        for seed, routed, name in zip(done.seeds, done.routed, ("Ana", "", "Cy"), strict=True)
    ]
    group = finish(done.ceremony, done.polynomials, made)
    trustees = read_trustees(ED25519, write_trustees([group]))
    check_trustees(ED25519, trustees, trustees.public_key)
    assert trustees.names == ("Ana", "", "Cy")


def test_steps_can_be_repeated_and_the_key_stays() -> None:
    """Whoever lost what step 5 made has the seed, and what came from the server."""
    done = hold()
    again = receive_shares(done.ceremony, done.seeds[1], done.routed[1], done.entropy)
    assert again != done.made[1]
    sealed = json.loads(again)["private_key"]
    assert key_of_member(ED25519, done.seeds[1], sealed) == done.keys()[1]
    made = [done.made[0], again, done.made[2]]
    trustees = read_trustees(
        ED25519, write_trustees([finish(done.ceremony, done.polynomials, made)])
    )
    check_trustees(ED25519, trustees, done.together([1, 2]))


@pytest.mark.parametrize("name", THRESHOLDS)
def test_private_keys_of_the_tools_members_come_from_their_seeds(name: str) -> None:
    group = held(name).election.group
    sealed = [file(name, each, "dkey") for each in ids(name)]
    made = [json.loads(file(name, each, "voutput")) for each in ids(name)]
    assert sealed == [each["private_key"] for each in made]
    seeds = [file(name, each, "key") for each in ids(name)]
    keys = [key_of_member(group, *each) for each in zip(seeds, sealed, strict=True)]
    trustees = read_trustees(group, held(name).trustees)
    assert group.powers(group.generator, keys) == list(trustees.keys)
    for indices in combinations((1, 2, 3), 2):
        both = zip(lagrange(indices, group.order), indices, strict=True)
        secret = sum(c * keys[i - 1] for c, i in both)
        assert group.power(group.generator, secret) == held(name).election.public_key


@pytest.mark.parametrize("name", THRESHOLDS)
def test_files_of_the_tools_members_are_named_by_their_certificates(name: str) -> None:
    for each in ids(name):
        assert certificate_id(file(name, each, "cert").encode()) == each


def test_the_tools_ceremony_is_carried_on_from_any_step() -> None:
    """Certificates and polynomials of the tool: routed as it routed them, the same keys made, the same group."""
    members = ids("v30-threshold")
    certificates = [file("v30-threshold", each, "cert").encode() for each in members]
    seeds = [file("v30-threshold", each, "key") for each in members]
    ceremony = check_certificates(ED25519, 3, 2, certificates)
    lines = (held("v30-threshold").folder / "polynomials.jsons").read_bytes().splitlines()
    routed = route_shares(ceremony, lines)
    assert routed == [file("v30-threshold", each, "vinput").encode() for each in members]
    made = [file("v30-threshold", each, "voutput").encode() for each in members]
    published = (held("v30-threshold").folder / "threshold.json").read_bytes().strip()
    assert finish(ceremony, lines, made) == published
    for seed, own, tools in zip(seeds, routed, made, strict=True):
        ours = json.loads(receive_shares(ceremony, seed, own, Random(1).randbytes))
        theirs = json.loads(tools)
        assert ours["public_key"]["public_key"] == theirs["public_key"]["public_key"]
        keys = {key_of_member(ED25519, seed, each["private_key"]) for each in (ours, theirs)}
        assert len(keys) == 1


def test_trustees_of_ours_and_of_the_tool_make_a_key_together() -> None:
    """The tool's three certificates, and polynomials of which one is made here."""
    members = ids("v30-threshold")
    certificates = [file("v30-threshold", each, "cert").encode() for each in members]
    seeds = [file("v30-threshold", each, "key") for each in members]
    ceremony = check_certificates(ED25519, 3, 2, certificates)
    lines = (held("v30-threshold").folder / "polynomials.jsons").read_bytes().splitlines()
    chance = Random(1).randbytes
    lines[1] = make_polynomial(ceremony, seeds[1], chance, form=Form.CCM)
    routed = route_shares(ceremony, lines)
    made = [
        receive_shares(ceremony, seed, own, chance) for seed, own in zip(seeds, routed, strict=True)
    ]
    trustees = read_trustees(ED25519, write_trustees([finish(ceremony, lines, made)]))
    check_trustees(ED25519, trustees, trustees.public_key)
    assert trustees.public_key != held("v30-threshold").election.public_key


@given(st.lists(st.integers(0, 2**64), min_size=1, max_size=6), st.randoms())
def test_any_indices_give_back_the_value_at_zero(polynomial: list[int], chance: Random) -> None:
    order = 2**61 - 1
    indices = chance.sample(range(1, 100), len(polynomial))
    values = [sum(a * i**k for k, a in enumerate(polynomial)) for i in indices]
    got = sum(c * v for c, v in zip(lagrange(indices, order), values, strict=True)) % order
    assert got == polynomial[0] % order


def test_coefficients_of_lagrange_are_those_of_the_formula() -> None:
    assert lagrange([1], 101) == [1]
    assert lagrange([1, 2], 101) == [2, 100]
    assert lagrange([1, 3], 7) == [5, 3]  # 3/2 and −1/2 modulo 7
    for wrong in ([0, 1], [1, 1], [101]):
        with pytest.raises(AssertionError):
            lagrange(wrong, 101)


@pytest.mark.parametrize(("size", "threshold"), [(0, 0), (3, 0), (3, 4), (3, -1), (0, 1)])
def test_a_threshold_is_at_most_the_number_of_trustees(size: int, threshold: int) -> None:
    with pytest.raises(Malformed, match="threshold"):
        make_certificate(ED25519, size, threshold, 1, Random(1).randbytes)
    with pytest.raises(Malformed, match="threshold"):
        check_certificates(ED25519, size, threshold, [])


def test_a_published_threshold_is_at_most_the_number_of_members() -> None:
    published = {**json.loads(hold().published), "threshold": 4}
    with pytest.raises(Malformed, match="threshold"):
        write_trustees_and_read(published)


def write_trustees_and_read(published: object) -> None:
    read_trustees(ED25519, write_trustees([compact(published)]))
