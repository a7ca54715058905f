"""Whole elections verify, those of the tool and ours, finished or not; the report says what they came to."""

import io
import json

import pytest

from quorate.ballots.archive import read_records
from quorate.ballots.chain import Stage
from quorate.ballots.check import Check
from quorate.ballots.monitoring import Known
from quorate.ballots.steps import BallotCast, read_steps
from quorate.ballots.verify import Verified, verify
from tests.ballots.elections import begin, hold, pick, rank
from tests.ballots.forging import NAMES, VECTORS, vector

COUNTS = {
    "single": ((2, 2, 1),),
    "threshold": ((2, 2, 1),),
    "weights": ((15, 4, 2),),
    "blank": ((3, 0, 1, 1, 1), (2, 2)),
}
ALWAYS = (Check.ARCHIVE, Check.TRUSTEES, Check.CREDENTIALS, Check.BALLOTS)


def verified(archive: bytes, **known) -> Verified:
    return verify(io.BytesIO(archive), **known)


@pytest.mark.parametrize("name", NAMES)
def test_an_election_of_the_tool_verifies(name):
    found = verified(vector(name))
    scenario = name.split("-")[1]
    assert (found.cast, found.counted, found.superseded) == (6, 5, 1)
    assert (found.credentials, found.state) == (5, Stage.PUBLISHED)
    assert found.weight == (21 if scenario == "weights" else 5)
    assert found.decrypted == ((1, 3) if scenario == "threshold" else (1, 2))
    if scenario == "nh":
        expected = [[0, 0, 0], [1, 3, 2], [2, 1, 3], [2, 1, 3], [3, 2, 1]]
        assert sorted(found.result[0]) == expected
    else:
        assert found.result == COUNTS[scenario]
    checks = set(Check) - {Check.MONITORING} - (set() if scenario == "nh" else {Check.SHUFFLES})
    assert set(found.checks) == checks


@pytest.mark.parametrize("trustees", [[(1, 1)], [(2, 3)], [(1, 1), (2, 3)], [(1, 1), (1, 1)]])
def test_an_election_of_ours_verifies_whoever_its_trustees_are(trustees):
    found = verified(hold(trustees=trustees))
    assert found.result == ((3, 0, 0),)
    assert found.trustees == sum(size for _, size in trustees)
    assert len(found.decrypted) == sum(threshold for threshold, _ in trustees)


@pytest.mark.parametrize(
    ("group", "questions"),
    [
        ("BELENIOS-2048", [pick(2)]),
        ("RFC-3526-2048", [rank(2), pick(2)]),
        (
            "Ed25519",
            [pick(1, 1, 1), pick(4, 2, 3), pick(2, 0, 0), pick(3, 1, 2, blank=True), rank(4)],
        ),
    ],
)
def test_an_election_of_ours_verifies_whatever_it_asks(group, questions):
    found = verified(hold(*questions, group=group, voters=2))
    assert (found.group, found.counted) == (group, 2)
    assert found.shuffles == 2 * any(
        each.__class__.__name__ == "RankedQuestion" for each in questions
    )


@pytest.mark.parametrize("shuffled", [False, True])
def test_ranked_ballots_that_nobody_shuffled_are_pointed_out(shuffled):
    small = begin(rank(3))
    small.vote(1, [1, 2, 3])
    small.close().tally()
    if shuffled:
        small.shuffle(1)
    small.writer.end_shuffles()
    assert not verified(small.archive).unshuffled
    small.decrypt(1)
    assert verified(small.archive).unshuffled is not shuffled
    assert not verified(hold(pick(2, 1, 1))).unshuffled


def test_an_election_without_ballots_verifies():
    for questions in ([pick()], [pick(blank=True), rank()]):
        small = begin(*questions)
        found = verified(small.count())
        assert (found.cast, found.counted, found.weight) == (0, 0, 0)
        assert found.state is Stage.PUBLISHED


def test_a_weight_of_0_counts_for_nothing():
    votes = [(1, [[1, 0, 0]]), (2, [[0, 1, 0]]), (3, [[0, 0, 1]])]
    found = verified(hold(votes=votes, weights=[0, 2, 2**31]))
    assert found.result == ((0, 2, 2**31),)
    assert (found.counted, found.weight) == (3, 2 + 2**31)


def test_of_a_credential_used_twice_the_last_ballot_counts_and_both_can_be_found():
    small = begin()
    ballots = [small.vote(1, [1, 0, 0]), small.vote(2, [0, 1, 0]), small.vote(1, [0, 0, 1])]
    found = verified(small.count())
    assert found.result == ((0, 1, 1),)
    assert (found.cast, found.counted, found.superseded) == (3, 2, 1)
    steps = read_steps(read_records(io.BytesIO(small.archive)))
    assert [each.data for each in steps if isinstance(each, BallotCast)] == ballots


def test_an_election_in_progress_is_verified_as_far_as_it_is():
    small = begin(pick(2), rank(2))
    states = []

    def note():
        found = verified(small.archive)
        assert found.result is None
        states.append((found.state, found.cast, found.shuffles, len(found.decrypted)))
        return found.checks

    assert note() == ALWAYS
    small.vote(1, [1, 0], [1, 2])
    assert note() == ALWAYS
    small.close()
    assert note() == ALWAYS
    small.tally()
    assert note() == (*ALWAYS, Check.TALLY)
    small.shuffle(2)
    assert note() == (*ALWAYS, Check.TALLY, Check.SHUFFLES)
    small.writer.end_shuffles()
    small.decrypt(1)
    assert note() == (*ALWAYS, Check.TALLY, Check.SHUFFLES, Check.DECRYPTIONS)
    assert states == [
        (Stage.OPEN, 0, 0, 0),
        (Stage.OPEN, 1, 0, 0),
        (Stage.CLOSED, 1, 0, 0),
        (Stage.SHUFFLING, 1, 0, 0),
        (Stage.SHUFFLING, 1, 1, 0),
        (Stage.DECRYPTING, 1, 1, 1),
    ]
    small.decrypt(2)
    small.publish()
    assert verified(small.archive).state is Stage.PUBLISHED


@pytest.mark.parametrize("name", ["v30-nh", "v30-threshold"])
def test_an_archive_cut_after_any_event_is_an_election_in_progress(name):
    archive = vector(name)
    for record in read_records(io.BytesIO(archive)):
        if record.is_event:
            found = verified(archive[: record.at + 512])
            assert (found.state is Stage.PUBLISHED) == (record.at + 512 == len(archive))
            assert record.name.startswith(found.archive_head)


def test_what_is_known_from_elsewhere_is_checked():
    archive = vector("v30-single")
    earlier = [io.BytesIO(archive[:n]) for n in (0, 1024, len(archive))]
    announced = json.loads((VECTORS / "v30-single" / "checksums.json").read_text())[
        "public_credentials"
    ]
    found = verified(archive, known=Known(earlier, voters=5, credentials=announced))
    assert Check.MONITORING in found.checks
    assert Check.MONITORING not in verified(archive, known=Known()).checks
