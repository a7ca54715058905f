"""Ballots: every allowed answer makes one that checks; nothing else does."""

import json
from itertools import product
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots.ballot import check_ballot, tracker
from quorate.ballots.check import UnverifiedElection
from quorate.ballots.election import read_election
from quorate.ballots.groups import find_group
from quorate.ballots.question import RankedQuestion, Ranking
from quorate.canon.fault import Malformed
from tests.ballots.elections import pick, rank
from tests.ballots.vectors import NAMES, held, values
from tests.ballots.voter import Voter, election_of

ED25519 = find_group("Ed25519")


@pytest.mark.parametrize("name", NAMES)
def test_every_ballot_of_the_tool_checks(name: str) -> None:
    one = held(name)
    for ballot in one.ballots[:3] if name.startswith("v20") else one.ballots:
        check_ballot(one.election, one.credentials, ballot)


def test_inner_values_are_those_of_the_tool() -> None:
    said, one = values("tv-v30-single.json"), held("v30-single")
    ballot = said["ballot_0"].encode()
    assert one.election.fingerprint == said["fingerprint_b64"]
    assert tracker(ballot) == said["ballot_0_tracker_b64"]
    cast = check_ballot(one.election, one.credentials, ballot)
    individual, signature = cast.claims[0], cast.claims[-1]
    group = one.election.group
    commitments = said["individual_proof_0_0"]["commitments_A0_B0_A1_B1"]
    assert group.commitments(individual.terms) == commitments
    assert individual.prefix + ",".join(commitments) == said["individual_proof_0_0"]["hash_input"]
    assert str(individual.challenge) == said["individual_proof_0_0"]["mod_q"]
    [of_signature] = group.commitments(signature.terms)
    assert signature.prefix + of_signature == said["signature_input"]
    assert str(signature.challenge) == said["signature_challenge"]


@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize(("n", "low", "high"), [(1, 0, 1), (2, 1, 1), (3, 0, 2), (3, 2, 3)])
def test_every_answer_is_either_allowed_and_checks_or_refused(
    n: int, low: int, high: int, *, blank: bool
) -> None:
    voter = Voter(election_of(pick(n, low, high, blank=blank)))
    allowed = 0
    for answer in product((0, 1), repeat=n + blank):
        is_blank = blank and answer[0] == 1
        picked = sum(answer[1:] if blank else answer)
        if (picked == 0) if is_blank else (low <= picked <= high):
            assert voter.checks(voter.vote(list(answer)))
            allowed += 1
        else:
            with pytest.raises(Malformed, match="picked"):
                voter.vote(list(answer))
    assert allowed


@pytest.mark.parametrize("group", ["BELENIOS-2048", "RFC-3526-2048"])
def test_ballots_in_a_finite_field_check(group: str) -> None:
    voter = Voter(election_of(pick(2, 1, 1, blank=True), group=find_group(group)))
    for answer in ([1, 0, 0], [0, 0, 1]):
        assert voter.checks(voter.vote(answer))


@pytest.mark.parametrize("answers", [[], [[1, 0]], [[1, 0], [1], [2]], [[1], [1]], [[2, 0], [1]]])
def test_answers_to_other_questions_are_refused(answers: list[list[int]]) -> None:
    voter = Voter(election_of(pick(2, 0, 2), pick(1, 0, 1)))
    with pytest.raises(Malformed, match="answer"):
        voter.vote(*answers)


@pytest.mark.parametrize("numbers", [[], [1], [1, 2, 3], [1, 256], [-1, 2]])
def test_no_ranking_is_refused(numbers: list[int]) -> None:
    voter = Voter(election_of(rank(2)))
    with pytest.raises(Malformed, match="0 to 255 for each of 2 answers"):
        voter.vote(numbers)


@settings(max_examples=15)
@given(st.lists(st.integers(0, 255), min_size=1, max_size=30), st.integers(0, 2**32))
def test_every_ranking_checks(numbers: list[int], seed: int) -> None:
    voter = Voter(election_of(rank(len(numbers))), seed)
    assert voter.checks(voter.vote(numbers))


def test_more_answers_than_one_element_carries_are_refused_at_setup() -> None:
    with pytest.raises(Malformed, match="at most 30 answers"):
        election_of(rank(31))
    with pytest.raises(Malformed, match="at most 0 answers in BELENIOS-2048"):
        election_of(rank(1), group=find_group("BELENIOS-2048"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 2),
        ("version", "1"),
        ("group", "ed25519"),
        ("public_key", "0" * 63 + "1"),
        ("public_key", "f" * 64),
        ("public_key", ""),
        ("uuid", "TWwH7czxHNwDh"),
        ("uuid", "TWwH7czxHNwDh0"),
        ("questions", []),
        ("questions", [{}]),
        ("questions", [{"answers": [], "min": 0, "max": 0, "question": ""}]),
        ("questions", [{"answers": ["a"], "min": 1, "max": 0, "question": ""}]),
        ("questions", [{"answers": ["a"], "min": 0, "max": 2, "question": ""}]),
        ("questions", [{"answers": ["a"], "min": -1, "max": 1, "question": ""}]),
        ("questions", [{"type": "Lists", "value": {"answers": [["a"]], "question": ""}}]),
        ("language", ["en", "up"]),
        ("more", 1),
    ],
)
def test_election_with_anything_wrong_in_it_is_refused(field: str, value: object) -> None:
    said = json.loads(election_of(pick(1, 0, 1)).data)
    read_election(json.dumps(said, indent=1).encode())
    with pytest.raises(Malformed, match=r"election|group|question"):
        read_election(json.dumps({**said, field: value}).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b'{"version":1,"version":1}'])
def test_what_is_no_election_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed, match="election"):
        read_election(data)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "latin-1"])
def test_election_is_written_in_utf_8(encoding: str) -> None:
    text = election_of(pick(1, 0, 1)).data.decode().replace("Motion", "Motión")
    read_election(text.encode())
    with pytest.raises(Malformed, match="election"):
        read_election(text.encode(encoding))


def test_half_a_character_is_refused_wherever_it_is() -> None:
    asked = RankedQuestion(value=Ranking(("A",), "Q"), extra=msgspec.Raw(b'{"method":"X"}'))
    data = election_of(asked).data
    for place in (b'"Motion"', b'"A"', b'"Q"', b'"X"'):
        assert place in data
        with pytest.raises(Malformed, match="election"):
            read_election(data.replace(place, b'"\xed\xa0\x80"'))


def test_key_that_is_there_twice_is_refused() -> None:
    data = election_of(pick(1, 0, 1)).data
    twice = data.replace(b'"name":"Motion"', b'"name":"Motion","name":"Motion"')
    with pytest.raises(Malformed, match="twice"):
        read_election(twice)


def test_ballot_of_another_election_or_credential_is_refused() -> None:
    voter = Voter(election_of(pick(1, 0, 1)))
    ballot = voter.vote([1])
    other = Voter(election_of(pick(1, 0, 1), pick(1, 0, 1)))
    with pytest.raises(UnverifiedElection, match="another election"):
        check_ballot(other.election, voter.credentials, ballot)
    stranger = Voter(voter.election, seed=2)
    with pytest.raises(UnverifiedElection, match="not on the list"):
        check_ballot(voter.election, stranger.credentials, ballot)


def _places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The place of every text in an object."""
    if isinstance(value, str):
        return [at]
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    return [place for key, each in pairs for place in _places(each, (*at, key))]


def _changed(ballot: bytes, place: tuple[Any, ...], change: Any) -> bytes:
    value = json.loads(ballot)
    inner = value
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = change(inner[place[-1]])
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def _next_digit(text: str) -> str:
    return text[:-1] + ("2" if text[-1] == "1" else "1")


CHANGES = {
    "another last digit": _next_digit,
    "leading zero": lambda text: "0" + text,
    "sign": lambda text: "-" + text,
    "space": lambda text: text + " ",
    "empty": lambda _: "",
    "order added": lambda text: str(int(text) + ED25519.order) if text.isdigit() else text + "0",
    "full-width digit": lambda text: text[:-1] + "１",
    "many digits": lambda _: "1" * 5000,
    "number": lambda _: 0,
    "nothing": lambda _: None,
    "neutral element": lambda _: "0" * 63 + "1",
    "neutral element, otherwise": lambda _: "80" + "0" * 60 + "01",
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_text_of_a_ballot_can_be_another(change: str) -> None:
    election = election_of(pick(2, 0, 1, blank=True), rank(2))
    voter = Voter(election)
    ballot = voter.vote([0, 1, 0], [1, 2])
    places = _places(json.loads(ballot))
    assert len(places) > 30
    for place in places:
        changed = _changed(ballot, place, CHANGES[change])
        with pytest.raises((Malformed, UnverifiedElection)):
            check_ballot(election, voter.credentials, changed)


def test_ballot_is_written_in_one_way_only() -> None:
    voter = Voter(election_of(pick(1, 0, 1)))
    ballot = voter.vote([1])
    said = json.loads(ballot)
    compact = (",", ":")
    for other in (
        ballot + b"\n",
        b" " + ballot,
        json.dumps(said).encode(),
        json.dumps(dict(reversed(said.items())), separators=compact).encode(),
        json.dumps({**said, "more": 1}, separators=compact).encode(),
        json.dumps(
            {k: v for k, v in said.items() if k != "signature"}, separators=compact
        ).encode(),
        ballot.replace(b'"election_uuid"', b'"election_uuid":"","election_uuid"'),
        ballot[:-1],
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
    ):
        with pytest.raises(Malformed):
            check_ballot(voter.election, voter.credentials, other)
