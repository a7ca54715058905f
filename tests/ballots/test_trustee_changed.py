"""Every field of the trustees, changed in every way that fits it, is found out: the walk is over the whole JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from quorate.ballots.check import UnverifiedElection
from quorate.ballots.group import Group
from quorate.ballots.groups import find_group
from quorate.ballots.trustee import check_trustees, read_trustees, write_trustees
from quorate.canon.fault import Malformed
from tests.ballots.ceremony import compact, hold
from tests.ballots.vectors import held

Where = tuple[str | int, ...]


def changes(value: Any, where: Where = ()) -> Iterator[tuple[Where, Any]]:
    """Every change of one thing: where, and the whole with it. JSON within texts is walked too."""
    for each in changed_here(value):
        yield where, each
    if isinstance(value, dict):
        for key, inner in value.items():
            for path, each in changes(inner, (*where, key)):
                yield path, {**value, key: each}
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            for path, each in changes(inner, (*where, i)):
                yield path, [*value[:i], each, *value[i + 1 :]]
    elif isinstance(value, str) and value.startswith("{"):
        for path, each in changes(json.loads(value), (*where, "»")):
            yield path, compact(each).decode()


def changed_here(value: Any) -> list[Any]:
    if isinstance(value, dict):
        fewer = [{k: v for k, v in value.items() if k != key} for key in value]
        keys = list(value)
        turned = [{k: value[k] for k in reversed(keys)}] if len(keys) > 1 else []
        return [*fewer, *turned, {**value, "more": 1}, None, []]
    if isinstance(value, list):
        fewer = [value[:i] + value[i + 1 :] for i in range(len(value))]
        swapped = [
            [*value[:i], value[i + 1], value[i], *value[i + 2 :]] for i in range(len(value) - 1)
        ]
        return [*fewer, *swapped, value + value[:1], [], {}]
    if isinstance(value, int):
        return [value + 1, value - 1, 0, -value, str(value), float(value), 2**70, None]
    return [*changed_text(value), 7, None]


def changed_text(value: str) -> list[str]:
    odd = [
        "",
        " " + value,
        value + "\n",
        value.upper(),
        "0" + value,
        "-" + value,
        value + "é",
        value[1:],
    ]
    if value.isdigit():
        odd += [str(int(value) + 1), str(int(value) * 2), "0", "1", value * 99]
    elif len(value) == 64:
        odd += [
            f"{int(value, 16) ^ 1:064x}",
            f"{1:064x}",
            "0" * 64,
            f"{2**255 + int(value, 16):064x}"[-64:],
        ]
    return [each for each in odd if each != value]


def survivors(group: Group, data: bytes) -> list[Where]:
    """Where a change was not found out. Whole trustees may stand in any order: they are the same trustees."""
    key = read_trustees(group, data).public_key
    check_trustees(group, read_trustees(group, data), key)
    found = []
    original = json.loads(data)
    for where, changed in changes(original):
        if (
            where == ()
            and isinstance(changed, list)
            and sorted(map(str, changed)) == sorted(map(str, original))
        ):
            continue
        try:
            check_trustees(group, read_trustees(group, compact(changed)), key)
        except (Malformed, UnverifiedElection):
            continue
        found.append(where)
    return found


@pytest.mark.parametrize("name", ["v30-single", "v30-threshold", "v20-single"])
def test_every_change_of_the_tools_trustees_is_found(name: str) -> None:
    assert survivors(held(name).election.group, held(name).trustees) == []


@pytest.mark.slow
def test_every_change_of_a_group_of_the_older_form_is_found() -> None:
    assert survivors(held("v20-threshold").election.group, held("v20-threshold").trustees) == []


def test_every_change_of_trustees_of_our_own_is_found() -> None:
    parts = [hold().published, hold(size=1, threshold=1).published]
    assert survivors(find_group("Ed25519"), write_trustees(parts)) == []


def test_the_walk_reaches_every_leaf() -> None:
    """Without it the tests above could pass for having tried nothing."""
    reached = {where for where, _ in changes(json.loads(held("v30-threshold").trustees))}
    for i in range(3):
        at = (0, 1, "certs", i)
        assert {
            (*at, "message", "»", "context", "index"),
            (*at, "signature", "response"),
        } <= reached
        assert (0, 1, "coefexps", i, "message", "»", "coefexps", 1) in reached
        assert (0, 1, "signatures", i, "challenge") in reached
        assert (0, 1, "verification_keys", i, "signature", "challenge") in reached


@pytest.mark.parametrize("cut", [("signatures",), ("verification_keys", 0, "signature")])
def test_a_group_is_of_the_older_or_the_newer_form_and_not_of_both(
    cut: Sequence[str | int],
) -> None:
    published = json.loads(hold().published)
    at = published
    for each in cut[:-1]:
        at = at[each]
    del at[cut[-1]]
    with pytest.raises(Malformed, match="all contexts and signatures"):
        read_trustees(find_group("Ed25519"), compact([["Pedersen", published]]))


def test_a_newer_group_cannot_be_cut_down_to_an_older_one() -> None:
    published = json.loads(hold().published)
    del published["signatures"]
    for key in published["verification_keys"]:
        del key["signature"]
    for cert in published["certs"]:
        said = json.loads(cert["message"])
        del said["context"]
        cert["message"] = compact(said).decode()
    trustees = read_trustees(find_group("Ed25519"), compact([["Pedersen", published]]))
    with pytest.raises(UnverifiedElection, match="trustee 1: certificate does not hold"):
        check_trustees(find_group("Ed25519"), trustees, trustees.public_key)
