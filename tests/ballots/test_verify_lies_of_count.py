"""One lie in each election, told so that all else is right and rehashed: the check that is there for it finds it.

Here checks 5 to 9.
"""

import io

import pytest

from quorate.ballots.check import Check
from quorate.ballots.credential import (
    LARGEST_WEIGHT,
    draw_credential,
    public_credential,
    write_credentials,
)
from quorate.ballots.decryption import decrypt_partially
from quorate.ballots.digest import base64
from quorate.ballots.groups import find_group
from quorate.ballots.monitoring import Known
from quorate.ballots.result import write_result
from quorate.ballots.shuffle import check_shuffle, make_shuffle
from quorate.ballots.tally import ranked_lists, with_ranked, write_tally
from quorate.ballots.verify import verify
from tests.ballots.elections import begin, hold, rank
from tests.ballots.forging import changed, forge, index_of, unpack, vector
from tests.ballots.lies import refused, voted, with_setup

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
        (((0, 1, LARGEST_WEIGHT),), "entry 3"),
        (((0, 1, LARGEST_WEIGHT + 1),), "counted"),
        (((0, 1 + find_group("Ed25519").order, 1),), "counted"),
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
