"""The booth in Node: what it makes is, byte for byte, what Python makes of the same chance, and Python accepts it."""

import json
from itertools import product
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quorate.ballots.ballot import check_ballot, make_ballot, tracker
from quorate.ballots.credential import draw_credential, public_credential
from quorate.ballots.election import Election
from quorate.ballots.groups import find_group
from quorate.ballots.question import AnyQuestion, Question
from tests.ballots.elections import pick, rank
from tests.ballots.vectors import NAMES, held, values
from tests.ballots.voter import election_of
from tests.booth.node import Booth

UUID = "TWwH7czxHNwDhB"
CREDENTIAL = "YK1dZ-aUX7Yk-zDdZR-qURwnX"
SHORT = "FWt-3GZ-R2Q-pW9-uMV"
GROUPS = ("Ed25519", "BELENIOS-2048", "RFC-3526-2048")


class Chance:
    """Bytes that can be repeated, and a note of all that were drawn."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.drawn = b""

    def __call__(self, size: int) -> bytes:
        more = self._random.randbytes(size)
        self.drawn += more
        return more


def allowed(asked: AnyQuestion) -> list[list[int]]:
    """Every answer that a question allows; of a ranked one, a few."""
    n = len(asked.answers)
    if not isinstance(asked, Question):
        return [[0] * n, list(range(1, n + 1)), [255] * n]
    picked = [list(each) for each in product((0, 1), repeat=n)]
    given = [each for each in picked if asked.min <= sum(each) <= asked.max]
    if asked.blank:
        return [[1] + [0] * n, *([0, *each] for each in given)]
    return given


def ways(election: Election) -> list[list[list[int]]]:
    """Answers to all questions, in which every allowed answer to each is there."""
    each = [allowed(asked) for asked in election.questions]
    return [[way[i % len(way)] for way in each] for i in range(max(map(len, each)))]


def require_the_same(
    booth: Booth, election: Election, credential: str, answers: list[list[int]], seed: int
) -> None:
    """That of the same drawn bytes both make the same ballot, and both draw all of them."""
    chance = Chance(seed)
    ballot = make_ballot(election, credential, answers, chance)
    said = booth.make(election.data, credential, answers, entropy=chance.drawn.hex())
    assert said == {"ballot": ballot.decode(), "tracker": tracker(ballot), "left": 0}


@pytest.mark.parametrize("name", NAMES)
def test_every_credential_of_the_tool_has_its_public_key(booth: Booth, name: str) -> None:
    one = held(name)
    published = [booth.publish(one.election.data, each) for each in one.secrets()]
    assert sorted(published) == sorted(one.credentials)


def test_inner_values_are_those_of_the_tool(booth: Booth) -> None:
    said = values("tv-v30-single.json")
    election = said["election_json"].encode()
    opened = booth.open(election)
    assert opened["fingerprint"] == said["fingerprint_b64"]
    assert opened["uuid"] == said["uuid"]
    assert booth.publish(election, said["credential_private"]) == said["credential_public"]


@pytest.mark.parametrize("name", NAMES)
def test_ballots_of_every_allowed_answer_check(booth: Booth, name: str) -> None:
    one = held(name)
    secret = one.secrets()[0]
    for answers in ways(one.election):
        said = booth.make(one.election.data, secret, answers)
        ballot = said["ballot"].encode()
        cast = check_ballot(one.election, one.credentials, ballot)
        assert cast.credential.text == booth.publish(one.election.data, secret)
        assert said["tracker"] == tracker(ballot)


@pytest.mark.parametrize("name", NAMES)
def test_python_makes_the_same_ballots_of_the_same_chance(booth: Booth, name: str) -> None:
    one = held(name)
    for seed, answers in enumerate(ways(one.election)):
        require_the_same(booth, one.election, one.secrets()[0], answers, seed)


@pytest.mark.parametrize("name", GROUPS)
@pytest.mark.parametrize("credential", [CREDENTIAL, SHORT])
def test_both_agree_in_every_group_with_either_style(
    booth: Booth, name: str, credential: str
) -> None:
    group = find_group(name)
    questions = (pick(3, 0, 2), pick(2, 1, 1, blank=True), pick(2, 0, 0))
    election = election_of(*questions, group=group)
    for seed, answers in enumerate(ways(election)[:3]):
        require_the_same(booth, election, credential, answers, seed)


@pytest.mark.parametrize(("name", "most"), [("Ed25519", 30), ("RFC-3526-2048", 254)])
def test_both_encode_rankings_of_every_length_alike(booth: Booth, name: str, most: int) -> None:
    for n in (1, 2, most):
        election = election_of(rank(n), group=find_group(name))
        for answers in ways(election):
            require_the_same(booth, election, CREDENTIAL, answers, n)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_both_agree_whatever_is_asked_and_answered(
    booth: Booth, data: st.DataObject, seed: int
) -> None:
    questions: list[AnyQuestion] = []
    for _ in range(data.draw(st.integers(1, 3))):
        n = data.draw(st.integers(1, 4))
        high = data.draw(st.integers(0, n))
        low = data.draw(st.integers(0, high))
        choice = pick(n, low, high, blank=data.draw(st.booleans()))
        questions.append(data.draw(st.sampled_from([choice, rank(n)])))
    election = election_of(*questions, group=find_group("Ed25519"))
    answers = [data.draw(st.sampled_from(allowed(each))) for each in questions]
    credential = draw_credential(Random(seed).randbytes)
    require_the_same(booth, election, credential, answers, seed)
    text = public_credential(election.group, UUID, credential).text
    assert booth.publish(election.data, credential) == text


def test_chance_at_its_ends_makes_the_same_ballots(booth: Booth) -> None:
    election = election_of(pick(2, 0, 2), rank(2), group=find_group("Ed25519"))
    order = find_group("Ed25519").order
    for value in (0, 1, order - 1, order, 2**512 - 1):
        drawn: list[bytes] = []

        def entropy(size: int, value: int = value, drawn: list[bytes] = drawn) -> bytes:
            drawn.append(value.to_bytes(size, "big"))
            return drawn[-1]

        ballot = make_ballot(election, CREDENTIAL, [[1, 0], [0, 7]], entropy)
        answers = [[1, 0], [0, 7]]
        said = booth.make(election.data, CREDENTIAL, answers, entropy=b"".join(drawn).hex())
        assert said["ballot"].encode() == ballot


def test_two_ballots_of_one_answer_have_nothing_encrypted_in_common(booth: Booth) -> None:
    election = held("v30-single").election.data
    made = [json.loads(booth.make(election, CREDENTIAL, [[1, 0, 0]])["ballot"]) for _ in range(2)]
    texts = [
        {text for each in ballot["answers"][0]["choices"] for text in each.values()}
        for ballot in made
    ]
    assert len(texts[0]) == len(texts[1]) == 6
    assert not texts[0] & texts[1]


def test_an_election_is_shown_as_it_is_written(booth: Booth) -> None:
    one = held("v30-blank").election
    assert booth.open(one.data) == {
        "uuid": one.uuid,
        "name": "Board",
        "description": "Research run",
        "fingerprint": one.fingerprint,
        "groupName": "Ed25519",
        "publicKey": one.group.text(one.public_key),
        "questions": [
            {
                "kind": "choice",
                "question": "Elect the board",
                "answers": ["Ann", "Ben", "Cat", "Deb"],
                "blank": True,
                "min": 1,
                "max": 2,
            },
            {
                "kind": "choice",
                "question": "Approve?",
                "answers": ["Yes", "No"],
                "blank": False,
                "min": 0,
                "max": 2,
            },
        ],
    }
