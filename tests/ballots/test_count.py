"""From ballots to numbers: tally, partial decryptions, result; as the tool counted, and in small worlds whole."""

import json
import os
from itertools import combinations, product
from types import SimpleNamespace

import pytest

from quorate.ballots.ballot import CastBallot, read_ballot
from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.credential import LARGEST_WEIGHT
from quorate.ballots.decryption import (
    Factors,
    check_decryption,
    combine_factors,
    decrypt_partially,
    missing_trustees,
)
from quorate.ballots.digest import hexadecimal
from quorate.ballots.groups import find_group
from quorate.ballots.result import (
    Counts,
    Logarithm,
    check_result,
    open_tally,
    read_result,
    write_result,
)
from quorate.ballots.tally import (
    Tally,
    join_tallies,
    read_sized,
    read_tally,
    tally_of,
    write_sized,
    write_tally,
)
from quorate.ballots.trustee import TrusteeGroup, Trustees, read_trustees
from quorate.canon.fault import Malformed
from tests.ballots.elections import pick
from tests.ballots.vectors import NAMES, Held, held
from tests.ballots.voter import Voter, election_of

GROUP = find_group("Ed25519")
COUNTED = [name for name in NAMES if not name.endswith("-nh")]


def counted(one: Held) -> list[CastBallot]:
    """The last ballot of each credential."""
    last = {json.loads(each)["credential"]: each for each in one.ballots}
    return [read_ballot(one.election, one.credentials, each) for each in last.values()]


def recorded(one: Held) -> tuple[Tally, int]:
    """The tally as it is in the archive, and the total weight."""
    sized, weight = read_sized(one.payload("EncryptedTally")[0])
    return read_tally(one.election, one.objects[sized.encrypted_tally]), weight


def decrypted(one: Held) -> tuple[Trustees, dict[int, Factors]]:
    """The factors of every trustee that gave theirs, checked."""
    trustees = read_trustees(one.election.group, one.trustees)
    tally, _ = recorded(one)
    given = {}
    for owned in map(json.loads, one.payload("PartialDecryption")):
        owner, data = owned["owner"], one.objects[owned["payload"]]
        given[owner] = check_decryption(one.election, tally, trustees.keys[owner - 1], owner, data)
    return trustees, given


def opened(one: Held) -> tuple[Tally, Factors, int]:
    tally, weight = recorded(one)
    trustees, given = decrypted(one)
    return tally, combine_factors(one.election, trustees, given, [*map(len, tally)]), weight


@pytest.mark.parametrize("name", NAMES)
def test_tally_is_that_of_the_tool(name: str) -> None:
    one = held(name)
    ballots = counted(one)
    tally = tally_of(one.election, ballots)
    sized, weight = read_sized(one.payload("EncryptedTally")[0])
    assert hexadecimal(write_tally(tally)) == sized.encrypted_tally
    assert sized.num_tallied == len(ballots)
    assert weight == sum(each.credential.weight for each in ballots)
    assert write_sized(len(ballots), weight, sized.encrypted_tally) in one.objects.values()


@pytest.mark.parametrize("name", ["v30-blank", "v30-nh", "v30-weights"])
def test_tally_is_the_same_by_parts_in_any_order(name: str) -> None:
    one = held(name)
    ballots = counted(one)
    whole = write_tally(tally_of(one.election, ballots))
    for cut in range(len(ballots) + 1):
        parts = [tally_of(one.election, each) for each in (ballots[cut:], ballots[:cut])]
        assert write_tally(join_tallies(one.election, parts)) == whole
    assert write_tally(join_tallies(one.election, [tally_of(one.election, ballots)])) == whole


def test_tally_of_no_ballots_is_of_neutral_elements() -> None:
    one = held("v30-blank")
    neutral = GROUP.text(GROUP.identity)
    tally = tally_of(one.election, [])
    assert [len(part) for part in tally] == [5, 2]
    assert {each.wire.alpha + each.wire.beta for part in tally for each in part} == {neutral * 2}
    assert read_tally(one.election, write_tally(tally)) == tally


@pytest.mark.parametrize("name", COUNTED)
def test_result_is_that_of_the_tool(name: str) -> None:
    one = held(name)
    tally, factors, weight = opened(one)
    counts = open_tally(one.election, tally, factors, weight)
    [recorded_result] = one.payload("Result")
    assert write_result(counts) == recorded_result
    assert read_result(one.election, recorded_result) == counts
    check_result(one.election, tally, factors, weight, counts)


@pytest.mark.parametrize("name", ["v30-single", "v30-blank"])
def test_no_other_result_is_taken(name: str) -> None:
    one = held(name)
    tally, factors, weight = opened(one)
    counts = open_tally(one.election, tally, factors, weight)
    for i, part in enumerate(counts):
        for j, count in enumerate(part):
            for other in (count + 1, count - 1, count + GROUP.order, weight + 1):
                lie = _replaced(counts, i, j, other)
                with pytest.raises(UnverifiedElection, match=f"question {i + 1}, entry {j + 1}"):
                    check_result(one.election, tally, factors, weight, lie)


def _replaced(counts: Counts, i: int, j: int, value: int) -> Counts:
    part = (*counts[i][:j], value, *counts[i][j + 1 :])
    return (*counts[:i], part, *counts[i + 1 :])


@pytest.mark.parametrize(
    "data",
    [
        b'{"result":[[2,2,1]]}\n',
        b'{"result":[[2,2]]}',
        b'{"result":[[2,2,1],[1]]}',
        b'{"result":[[2,2,"1"]]}',
        b'{"result":[[2,2,-1]]}',
        b'{"result":[[2,2,1.0]]}',
        b'{"result":[[2,2,true]]}',
        b'{"result":[[2,2,null]]}',
        b'{"result":[[2,2,1073741824]]}',
        b'{"result":[[2,2,"01073741824"]]}',
        b'{"result":[2,2,1]}',
        b'{"results":[[2,2,1]]}',
    ],
)
def test_result_has_one_form(data: bytes) -> None:
    with pytest.raises(Malformed, match="result"):
        read_result(held("v30-single").election, data)


def test_large_numbers_are_written_as_text() -> None:
    counts = ((2**30 - 1, 2**30, 7),)
    data = write_result(counts)
    assert data == b'{"result":[[1073741823,"1073741824",7]]}'
    assert read_result(held("v30-single").election, data) == counts
    assert read_sized(write_sized(3, 2**40, "0" * 64))[1] == 2**40


def test_every_number_up_to_the_most_is_found_and_none_beyond() -> None:
    for most in range(12):
        logarithm = Logarithm(GROUP, most)
        for r in range(14):
            power = GROUP.power(GROUP.generator, r)
            if r <= most:
                assert logarithm.of(power) == r
            else:
                with pytest.raises(UnverifiedElection, match=f"up to {most}"):
                    logarithm.of(power)
        with pytest.raises(UnverifiedElection):
            logarithm.of(GROUP.power(GROUP.generator, -1))
    with pytest.raises(Malformed):
        Logarithm(GROUP, LARGEST_WEIGHT + 1)


class Sharing:
    """An election whose key three trustees share, any two of whom open it; and a ballot in it."""

    def __init__(self) -> None:
        coefficients = (12345, 6789)  # the key that `election_of` has, and a slope
        self.keys = {j: coefficients[0] + coefficients[1] * j for j in (1, 2, 3)}
        self.trustees = SimpleNamespace(parts=(TrusteeGroup(1, 3, 2),))
        self.election = election_of(pick(3, 1, 1))
        voter = Voter(self.election)
        cast = read_ballot(self.election, voter.credentials, voter.vote([0, 1, 0]))
        self.tally = tally_of(self.election, [cast])

    def given(self, owner: int) -> Factors:
        key = self.keys[owner]
        data = decrypt_partially(self.election, self.tally, key, os.urandom)
        public = GROUP.power(GROUP.generator, key)
        return check_decryption(self.election, self.tally, public, owner, data)


def test_any_two_of_three_trustees_open_the_tally_and_no_one_alone() -> None:
    one = Sharing()
    given = {owner: one.given(owner) for owner in (1, 2, 3)}
    for some in [*combinations((1, 2, 3), 2), (1, 2, 3)]:
        present = {each: given[each] for each in some}
        factors = combine_factors(one.election, one.trustees, present, [3])
        assert open_tally(one.election, one.tally, factors, 1) == ((0, 1, 0),)
    for alone in (1, 2, 3):
        others = tuple(sorted({1, 2, 3} - {alone}))
        assert missing_trustees(one.trustees, [alone]) == {others: 1}
        with pytest.raises(UnverifiedElection, match="1 more of trustees") as refused:
            combine_factors(one.election, one.trustees, {alone: given[alone]}, [3])
        assert refused.value.failed is Check.DECRYPTIONS


def test_factors_of_another_tally_open_nothing() -> None:
    one, other = Sharing(), Sharing()
    other.tally = tally_of(one.election, [])
    given = {owner: other.given(owner) for owner in (1, 2)}
    factors = combine_factors(one.election, one.trustees, given, [3])
    with pytest.raises(UnverifiedElection, match="no number of votes up to 1"):
        open_tally(one.election, one.tally, factors, 1)


def test_trustee_who_used_another_key_is_named() -> None:
    one = held("v30-single")
    trustees = read_trustees(one.election.group, one.trustees)
    tally, _ = recorded(one)
    secret = 12345
    data = decrypt_partially(one.election, tally, secret, os.urandom)
    check_decryption(one.election, tally, GROUP.power(GROUP.generator, secret), 1, data)
    with pytest.raises(UnverifiedElection, match="trustee 2"):
        check_decryption(one.election, tally, trustees.keys[1], 2, data)


def test_every_factor_and_number_of_a_partial_decryption_is_checked() -> None:
    one = held("v30-single")
    trustees = read_trustees(one.election.group, one.trustees)
    tally, _ = recorded(one)
    owned = json.loads(one.payload("PartialDecryption")[0])
    data, key = one.objects[owned["payload"]], trustees.keys[owned["owner"] - 1]
    said = json.loads(data)
    base = GROUP.text(GROUP.generator)
    for i, what in product(range(3), ("factor", "challenge", "response", "dropped")):
        lie = json.loads(data)
        if what == "factor":
            lie["decryption_factors"][0][i] = base
        elif what == "dropped":
            del lie["decryption_factors"][0][i]
        else:
            proof = lie["decryption_proofs"][0][i]
            proof[what] = str((int(proof[what]) + 1) % GROUP.order)
        assert lie != said
        with pytest.raises((UnverifiedElection, Malformed), match="trustee 1"):
            check_decryption(
                one.election, tally, key, 1, json.dumps(lie, separators=(",", ":")).encode()
            )


@pytest.mark.parametrize(
    "data", [b"[]", b"[[],[]]", b"[[]]", b"{}", b'[[{"alpha":"1","beta":"1"}]]']
)
def test_tally_of_another_shape_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed, match="encrypted tally"):
        read_tally(held("v30-single").election, data)


@pytest.mark.parametrize("end", ["\\n", "0", " "])
def test_hash_has_64_digits_and_nothing_after_them(end: str) -> None:
    read_sized(write_sized(3, 3, "0" * 64))
    with pytest.raises(Malformed, match="sized tally"):
        read_sized(write_sized(3, 3, "0" * 64 + end.replace("\\n", "\n")))
