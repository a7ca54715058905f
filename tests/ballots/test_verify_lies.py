"""One lie in each election, told so that all else is right and rehashed: the check that is there for it finds it."""

import io
import json

import msgspec
import pytest

from quorate.ballots.ballot import make_ballot
from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.credential import (
    draw_credential,
    public_credential,
    secret_of,
    write_credentials,
)
from quorate.ballots.decryption import decrypt_partially
from quorate.ballots.digest import base64
from quorate.ballots.encryption import Bound
from quorate.ballots.monitoring import Known
from quorate.ballots.proof import prove_knowledge
from quorate.ballots.result import write_result
from quorate.ballots.shuffle import check_shuffle, make_shuffle
from quorate.ballots.tally import ranked_lists, with_ranked, write_tally
from quorate.ballots.trustee import make_trustee, write_trustees
from quorate.ballots.verify import verify
from quorate.ballots.wire import Ballot, Signature, read, write
from quorate.canon.fault import Malformed
from tests.ballots.elections import begin, hold, pick, rank
from tests.ballots.forging import changed, forge, index_of, unpack, vector


def refused(archive, check, match, ballot=None, **known):
    with pytest.raises(UnverifiedElection, match=match) as caught:
        verify(io.BytesIO(archive), **known)
    assert caught.value.failed is check
    assert caught.value.ballot == ballot


def voted(*questions, **kwargs):
    """Three votes, the first of which is superseded."""
    small = begin(*questions, **kwargs)
    for voter, picked in ((1, [1, 0, 0]), (2, [0, 1, 0]), (1, [0, 0, 1])):
        small.vote(voter, picked)
    return small


def with_setup(archive, which, new):
    return forge(changed(unpack(archive), 0, which, new))


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


# 5


def test_5_a_superseded_ballot_in_the_tally_is_found():
    small = begin()
    first = small.vote(1, [1, 0, 0])
    small.vote(1, [0, 1, 0])
    small.last[small.secrets[0]] = first
    refused(small.count(), Check.TALLY, "ballots that count")


def test_5_a_ballot_that_is_missing_in_the_tally_is_found():
    small = voted()
    del small.last[small.secrets[1]]
    refused(small.count(), Check.TALLY, "ballots that count")


def test_5_a_ballot_that_is_in_the_tally_twice_is_found():
    small = voted()
    small.last["again"] = small.last[small.secrets[1]]
    refused(small.count(), Check.TALLY, "ballots that count")


@pytest.mark.parametrize(("more", "weight", "match"), [(1, 0, "2 count"), (0, 1, "it is 2")])
def test_5_sizes_that_are_not_those_of_the_tally_are_found(more, weight, match):
    small = voted()
    real = small.writer.tally
    small.writer.tally = lambda data, n, w: real(data, n + more, w + weight)
    refused(small.count(), Check.TALLY, match)


def test_5_a_ranked_tally_in_the_order_of_casting_is_found():
    small = begin(rank(), voters=5)
    for voter in range(1, 6):
        small.vote(voter, [1, 2, 3])
    small.close().tally()
    small.writer.end_shuffles()
    archive = small.archive
    events = unpack(archive)
    at = index_of(events, "EncryptedTally")
    turned = write_tally(tuple(part[::-1] for part in small.current))
    refused(forge(changed(events, at, 0, turned)), Check.TALLY, "ballots that count")


# 6


def ranked(*, owner=1, swap=False):
    """An election whose one shuffle is by `owner`, and has another ballot in the place of one if `swap`."""
    small = begin(rank())
    for voter in (1, 2, 3):
        small.vote(voter, [1, 2, 3])
    small.close().tally()
    before = ranked_lists(small.election, small.current)
    if swap:
        before = ((before[0][0], *before[0][:-1]),)
    data = make_shuffle(small.election, before, small.entropy)
    small.writer.shuffle(owner, data)
    after = check_shuffle(small.election, before, data, 1)
    small.current = with_ranked(small.election, small.current, after)
    small.writer.end_shuffles()
    for each in (1, 2):
        small.decrypt(each)
    small.publish()
    return small.archive


def test_6_a_shuffle_that_replaced_a_ballot_is_found():
    verify(io.BytesIO(ranked()))
    refused(ranked(swap=True), Check.SHUFFLES, "shuffle 1")


def test_6_a_shuffle_by_nobody_is_found():
    refused(ranked(owner=3), Check.SHUFFLES, "no trustee 3")


def test_6_a_shuffle_that_cannot_be_read_is_found():
    events = unpack(ranked())
    forged = forge(changed(events, index_of(events, "Shuffle"), 0, b"{}"))
    refused(forged, Check.SHUFFLES, "shuffle 1")


# 7


def tallied():
    small = voted()
    small.close().tally()
    return small


def test_7_a_decryption_with_another_key_is_found_and_its_trustee_named():
    small = tallied()
    small.decrypt(1)
    data = decrypt_partially(small.election, small.current, small.keys[0], small.entropy)
    small.writer.decryption(2, data)
    refused(small.archive, Check.DECRYPTIONS, "trustee 2")


def test_7_two_decryptions_of_one_trustee_are_found():
    small = tallied()
    small.decrypt(1)
    small.decrypt(1)
    refused(small.archive, Check.DECRYPTIONS, "trustee 1 has given two")


def test_7_a_decryption_of_nobody_is_found():
    small = tallied()
    data = decrypt_partially(small.election, small.current, small.keys[0], small.entropy)
    small.writer.decryption(3, data)
    refused(small.archive, Check.DECRYPTIONS, "no trustee 3")


@pytest.mark.parametrize("trustees", [[(1, 1), (1, 1)], [(2, 3)], [(1, 1), (2, 3)]])
def test_7_a_result_without_enough_decryptions_is_found(trustees):
    small = begin(trustees=trustees)
    small.vote(1, [1, 0, 0])
    small.close().tally()
    small.decrypt(1)
    small.writer.result(write_result(((1, 0, 0),)))
    refused(small.archive, Check.DECRYPTIONS, "trustee")


# 8


@pytest.mark.parametrize(
    ("counts", "match"),
    [
        (((0, 1, 2),), "entry 3"),
        (((1, 1, 0),), "entry 1"),
        (((0, 1),), "3 numbers"),
        ((), "each of 1 questions"),
        ((("0", 1, 1),), "number"),
    ],
)
def test_8_another_result_is_found(counts, match):
    small = tallied()
    small.decrypt(1)
    small.decrypt(2)
    small.writer.result(write_result(counts))
    refused(small.archive, Check.RESULT, match)


def test_8_a_ranking_that_nobody_gave_is_found():
    archive = vector("v30-nh")
    events = unpack(archive)
    result = events[-1].data[0]
    forged = forge(changed(events, len(events) - 1, 0, result.replace(b"[0,0,0]", b"[0,0,1]")))
    refused(forged, Check.RESULT, "not what was decrypted")


# 9


def test_9_an_archive_that_an_earlier_copy_does_not_begin_is_found():
    small = begin()
    small.vote(1, [1, 0, 0])
    kept = small.archive
    events = unpack(small.count())
    without = [each for each in events if each.kind != "Ballot"]
    forged = forge(without[:2], 1795426885)
    verify(io.BytesIO(forged))
    known = Known([io.BytesIO(small.archive[:1024]), io.BytesIO(kept)])
    refused(forged, Check.MONITORING, "earlier copy 2", known=known)


def test_9_an_earlier_copy_that_is_longer_is_found():
    archive = vector("v30-single")
    shorter = forge(unpack(archive)[:-1], 1795426885)
    refused(shorter, Check.MONITORING, "earlier copy 1", known=Known([io.BytesIO(archive)]))


def test_9_another_number_of_voters_is_found():
    refused(hold(), Check.MONITORING, "3 credentials for 4 voters", known=Known(voters=4))


def test_9_a_list_of_credentials_with_one_more_is_found_by_its_hash():
    small = begin()
    listed = unpack(small.archive)[0].data[2]
    group, uuid = small.election.group, small.election.uuid
    extra = public_credential(group, uuid, draw_credential(small.entropy))
    longer = write_credentials(group, [*small.credentials.values(), extra])
    forged = with_setup(small.archive, 2, longer)
    verify(io.BytesIO(forged))  # nothing inside an archive can tell
    known = Known(credentials=base64(listed))
    verify(io.BytesIO(small.archive), known=known)
    refused(forged, Check.MONITORING, "not the one announced", known=known)
