"""Credentials: drawn, typed, read from a published list."""

import os
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.ballots.credential import (
    LARGEST_WEIGHT,
    draw_base58,
    draw_credential,
    public_credential,
    read_credentials,
    secret_of,
    write_credentials,
)
from quorate.ballots.digest import BASE58
from quorate.ballots.groups import NAMES as GROUPS
from quorate.ballots.groups import find_group
from quorate.canon.fault import Malformed
from tests.ballots.vectors import NAMES, held, values

GROUP = find_group("Ed25519")
UUID = "TWwH7czxHNwDhB"


@pytest.mark.parametrize("name", ["tv-v30-single.json", "tv-v20-single.json"])
def test_exponent_of_a_credential_is_that_of_the_tool(name: str) -> None:
    said = values(name)
    group = find_group(said["group"]) if "group" in said else held("v20-single").election.group
    credential, uuid = said["credential_private"], said["uuid"]
    assert secret_of(group, uuid, credential) == int(said["credential_secret_scalar"])
    assert public_credential(group, uuid, credential).text == said["credential_public"]


@pytest.mark.parametrize("name", NAMES)
def test_every_private_credential_has_its_public_one_on_the_list(name: str) -> None:
    one = held(name)
    group, uuid = one.election.group, one.election.uuid
    public = {public_credential(group, uuid, each).text for each in one.secrets()}
    assert public == one.credentials.keys()


@given(st.randoms(use_true_random=False))
def test_drawn_credential_can_be_typed(random: Random) -> None:
    drawn = draw_credential(random.randbytes)
    assert [len(each) for each in drawn.split("-")] == [5, 6, 5, 6]
    assert secret_of(GROUP, UUID, drawn) < GROUP.order


def test_every_character_is_drawn_alike() -> None:
    every_byte = draw_base58(232, lambda _: bytes(range(256)))
    assert {each: every_byte.count(each) for each in BASE58} == dict.fromkeys(BASE58, 4)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "CVazY-9qwRwH-GkCot-mapBJ",
        "CVazY-9qwRwH-GkCot-mapBJ55",
        "YK1dZaUX7YkzDdZRqURwnX",
        "YK1d0-aUX7Yk-zDdZR-qURwnX",
        "YK1dZ-aUX7Yk-zDdZR-qURwn ",
        "YK1dZ-aUX7Yk-zDdZR-qURwnÉ",
        "FWt-3GZ-R2Q-pW9-uMW",
        "FWt-3GZ-R2Q-pW9-uM",
    ],
)
def test_mistyped_credential_is_refused_and_not_repeated(typed: str) -> None:
    with pytest.raises(Malformed) as refused:
        secret_of(GROUP, UUID, typed)
    assert not typed or typed not in str(refused.value)


def test_one_wrong_character_of_a_short_credential_is_noticed() -> None:
    right = "FWt-3GZ-R2Q-pW9-uMV"
    secret_of(GROUP, UUID, right)
    noticed = tried = 0
    for at in range(14 + 3):
        if right[at] != "-":
            for other in set(BASE58) - {right[at]}:
                tried += 1
                try:
                    secret_of(GROUP, UUID, right[:at] + other + right[at + 1 :])
                except Malformed:
                    noticed += 1
    assert noticed / tried > 0.97  # the check has 53 values for 58 characters


def test_list_is_read_as_written_whatever_the_order_and_weights() -> None:
    made = [public_credential(GROUP, UUID, draw_credential(os.urandom), weight=i) for i in range(5)]
    data = write_credentials(GROUP, made)
    assert data == write_credentials(GROUP, made[::-1])
    found = read_credentials(GROUP, data)
    assert {key: each.weight for key, each in found.items()} == {
        each.text: each.weight for each in made
    }


BASE = GROUP.text(GROUP.generator)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{}",
        '[""]',
        "[1]",
        f'["{BASE}","{BASE}"]',
        f'["{BASE}","{BASE},2"]',
        f'["{BASE},"]',
        f'["{BASE},01"]',
        f'["{BASE},-1"]',
        f'["{BASE},1.5"]',
        f'["{BASE},1,name"]',
        f'["{BASE.upper()}x"]',
        f'["{BASE[:-1]}7"]',
        f'["{"f" * 64}"]',
        f'["{"0" * 63}1"]',
        f'["{"80" + "0" * 60 + "01"}"]',
    ],
)
def test_list_with_anything_wrong_in_it_is_refused(data: str) -> None:
    with pytest.raises(Malformed, match="credentials"):
        read_credentials(GROUP, data.encode())


@pytest.mark.parametrize("name", GROUPS)
def test_what_can_be_counted_is_below_the_order_of_every_group(name: str) -> None:
    assert find_group(name).order > LARGEST_WEIGHT


@pytest.mark.parametrize(
    ("weights", "is_countable"),
    [
        ([LARGEST_WEIGHT], True),
        ([LARGEST_WEIGHT - 1, 0, 1], True),
        ([LARGEST_WEIGHT + 1], False),
        ([LARGEST_WEIGHT, 1], False),
        ([GROUP.order], False),
        ([GROUP.order + 1, 1], False),
        ([10**999 - 1], False),
    ],
)
def test_list_that_weighs_more_than_can_be_counted_is_refused(
    weights: list[int], is_countable: bool
) -> None:
    made = [public_credential(GROUP, UUID, draw_credential(os.urandom), each) for each in weights]
    data = write_credentials(GROUP, made)
    if is_countable:
        found = read_credentials(GROUP, data)
        assert sum(each.weight for each in found.values()) == LARGEST_WEIGHT
    else:
        with pytest.raises(Malformed, match=f"credentials.*counted, of {LARGEST_WEIGHT} at most"):
            read_credentials(GROUP, data)
