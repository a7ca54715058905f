"""One lie in each election, told so that all else is right and rehashed: the check that is there for it finds it.

Here checks 1 to 4; the others are those of the count.
"""

import io
import json

import msgspec
import pytest

from quorate.ballots.ballot import make_ballot
from quorate.ballots.check import Check
from quorate.ballots.credential import (
    LARGEST_WEIGHT,
    draw_credential,
    secret_of,
    write_credentials,
)
from quorate.ballots.digest import base64
from quorate.ballots.encryption import Bound
from quorate.ballots.groups import find_group
from quorate.ballots.proof import prove_knowledge
from quorate.ballots.result import write_result
from quorate.ballots.trustee import make_trustee, write_trustees
from quorate.ballots.verify import verify
from quorate.ballots.wire import Ballot, Signature, read, write
from quorate.canon.fault import Malformed
from tests.ballots.elections import begin, hold, pick, rank
from tests.ballots.forging import unpack
from tests.ballots.lies import refused, voted, with_setup

# 1


def test_1_something_after_the_end_is_found():
    refused(hold() + bytes(512), Check.ARCHIVE, "zeros")


def test_1_an_archive_without_even_a_setup_is_refused():
    refused(hold()[:1024], Check.ARCHIVE, "before an election was set up")


def test_1_what_is_no_archive_is_not_called_unverified():
    with pytest.raises(Malformed):
        verify(io.BytesIO(b"PK\3\4"))


def test_1_an_election_that_cannot_be_read_is_found():
    archive = hold()
    data = unpack(archive)[0].data[0]
    for old, new in ((b'"max":1', b'"max":9'), (b"Ed25519", b"Ed25518"), (b"{", b"[")):
        refused(with_setup(archive, 0, data.replace(old, new, 1)), Check.ARCHIVE, "record 5")


# 2


def test_2_a_trustee_who_does_not_know_the_key_is_found_and_named():
    archive = begin().archive
    listed = json.loads(unpack(archive)[0].data[1])
    proof = listed[1][1]["pok"]
    proof["response"] = str(int(proof["response"]) ^ 1)
    refused(with_setup(archive, 1, write(listed)), Check.TRUSTEES, "trustee 2")


def test_2_a_key_that_is_not_made_of_the_trustees_is_found():
    small = begin()
    _, one = make_trustee(small.election.group, small.entropy)
    archive = with_setup(small.archive, 1, write_trustees([one]))
    refused(archive, Check.TRUSTEES, "not the product")


def test_2_trustees_that_cannot_be_read_are_found():
    refused(with_setup(begin().archive, 1, b"[]"), Check.TRUSTEES, "trustees")


# 3


def test_3_a_credential_that_is_there_twice_is_found():
    small = begin()
    twice = write_credentials(small.election.group, [*small.credentials.values()] * 2)
    refused(with_setup(small.archive, 2, twice), Check.CREDENTIALS, "already")


def test_3_a_credential_that_is_no_key_is_found():
    small = begin()
    for wrong in ("00" * 32, "ff" * 32, "", "80" + "00" * 30 + "01"):
        listed = write([*small.credentials, wrong])
        refused(with_setup(small.archive, 2, listed), Check.CREDENTIALS, "member")


def test_3_weights_where_ballots_are_ranked_are_found():
    small = begin(rank(), weights=[1, 2, 1])
    refused(small.archive, Check.CREDENTIALS, "weight")


def weighing(weights, *counts):
    """Two vote for the first answer; whatever their weights are, all is as it should be, and the result is said to be this."""
    small = begin(weights=weights, voters=len(weights))
    for voter in (1, 2):
        small.vote(voter, [1, 0, 0])
    small.close().tally()
    small.decrypt(1)
    small.decrypt(2)
    small.writer.result(write_result((counts,)))
    return small.archive


ORDER = find_group("Ed25519").order


@pytest.mark.parametrize("first", [1, ORDER + 1])
def test_3_weights_with_which_two_results_hold_are_found(first):
    # Σ = q + 1, and g^(q+1) = g^1: the exponents of the figures are numbers modulo q.
    refused(weighing([ORDER, 1], first, 0, 0), Check.CREDENTIALS, "counted")


@pytest.mark.parametrize(
    "weights",
    [[LARGEST_WEIGHT, 1], [1, 1, LARGEST_WEIGHT - 1], [0, 0, LARGEST_WEIGHT + 1], [1, 1, ORDER]],
)
def test_3_weights_that_are_too_many_to_be_counted_are_found(weights):
    archive = weighing(weights, sum(weights[:2]), 0, 0)
    refused(archive, Check.CREDENTIALS, "counted")


def test_weights_that_can_just_be_counted_verify():
    found = verify(io.BytesIO(weighing([LARGEST_WEIGHT - 1, 1], LARGEST_WEIGHT, 0, 0)))
    assert (found.weight, found.result) == (LARGEST_WEIGHT, ((LARGEST_WEIGHT, 0, 0),))


# 4


def signed_again(small, voter, ballot, change):
    """A ballot with something else in its first answer, properly signed by its voter."""
    wire = read(ballot, Ballot, "ballot")
    answer = json.loads(bytes(wire.answers[0]))
    change(answer)
    answers = (msgspec.Raw(write(answer)), *wire.answers[1:])
    unsigned = msgspec.structs.replace(wire, answers=answers, signature=msgspec.UNSET)
    secret = secret_of(small.election.group, small.election.uuid, small.secrets[voter - 1])
    digest = base64(write(unsigned))
    proof = prove_knowledge(small.election.group, secret, f"sig|{digest}|", small.entropy)
    return write(msgspec.structs.replace(unsigned, signature=Signature(digest, proof)))


def more_of(key):
    def change(answer):
        proof = answer[key][0]
        proof = proof[0] if isinstance(proof, list) else proof
        proof["response"] = str(int(proof["response"]) + 1)

    return change


@pytest.mark.parametrize("key", ["individual_proofs", "overall_proof", "blank_proof"])
def test_4_a_false_proof_is_found_even_in_a_ballot_that_was_superseded(key):
    small = begin(pick(blank=True))
    small.vote(2, [0, 1, 0, 0])
    honest = small.make(1, [1, 0, 0, 0])
    small.writer.ballot(signed_again(small, 1, honest, more_of(key)))
    small.vote(1, [0, 0, 1, 0])
    refused(small.count(), Check.BALLOTS, key.replace("_proofs", " proof").replace("_", " "), 2)


def test_4_a_vote_for_two_where_one_is_allowed_is_found():
    small = begin()
    group, voter = small.election.group, small.credentials[next(iter(small.credentials))]
    two = group.power(group.generator, 2)
    bound = Bound(group, small.election.public_key, f"{small.election.fingerprint}|{voter.text}")

    def change(answer):
        (forged,) = bound.encrypt((two,), (group.draw(small.entropy),))
        answer["choices"][0] = {"alpha": forged.wire.alpha, "beta": forged.wire.beta}

    small.writer.ballot(signed_again(small, 1, small.make(1, [1, 0, 0]), change))
    refused(small.archive, Check.BALLOTS, "choice 1: individual proof does not hold", 1)


def test_4_a_ballot_without_a_credential_of_the_list_is_found():
    small = begin()
    stranger = draw_credential(small.entropy)
    ballot = make_ballot(small.election, stranger, [[1, 0, 0]], small.entropy)
    small.vote(1, [1, 0, 0])
    small.writer.ballot(ballot)
    refused(small.archive, Check.BALLOTS, "not on the list", 2)


def test_4_a_ballot_signed_with_another_credential_is_found():
    small = begin()
    ballot = small.make(1, [1, 0, 0])
    small.writer.ballot(signed_again(small, 2, ballot, lambda answer: None))
    refused(small.archive, Check.BALLOTS, "signature does not hold", 1)


def test_4_a_ballot_of_another_election_is_found():
    small, other = begin(), begin(seed=2)
    small.writer.ballot(other.make(1, [1, 0, 0]))
    refused(small.archive, Check.BALLOTS, "another election", 1)


@pytest.mark.parametrize(
    "ballot",
    [b"", b"{}", b"\xff", b"[" * 5000, b'{"credential":"x"}', b'{"credential":7}', b'"\\ud800"'],
)
def test_4_what_is_no_ballot_is_found(ballot):
    small = voted()
    small.writer.ballot(ballot)
    refused(small.archive, Check.BALLOTS, "ballot", 4)


def test_4_a_ballot_that_is_written_in_another_way_is_found():
    small = voted()
    ballot = small.make(3, [1, 0, 0])
    small.writer.ballot(ballot.replace(b":", b": ", 1))
    refused(small.archive, Check.BALLOTS, "the one way to write it", 4)


def test_4_of_several_bad_ballots_the_first_is_named():
    small = begin(voters=5)
    small.vote(1, [1, 0, 0])
    small.writer.ballot(signed_again(small, 2, small.make(2, [1, 0, 0]), more_of("overall_proof")))
    small.writer.ballot(b"nonsense")
    small.writer.ballot(signed_again(small, 3, small.make(3, [1, 0, 0]), more_of("overall_proof")))
    refused(small.archive, Check.BALLOTS, "overall proof", 2)
