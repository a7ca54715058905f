"""What neither side lets pass, and what we refuse: a witness that says yes to everything is none."""

import json
from itertools import repeat
from pathlib import Path

import pytest

from quorate.ballots.check import UnverifiedElection
from quorate.ballots.digest import hexadecimal
from quorate.ballots.verify import verify
from quorate.ballots.wire import write
from tests.conformance.held import archive, set_up
from tests.conformance.ours import Ours, owned
from tests.conformance.scenario import ABSTAIN, NO, SCENARIOS, YES, Scenario
from tests.conformance.theirs import Theirs
from tests.conformance.tool import Tool, ToolRefused

FIELD = "BELENIOS-2048"
SINGLE = next(each for each in SCENARIOS if each.name == "single")
RANKED = next(each for each in SCENARIOS if each.name == "ranked")


def refused_by_us(at: Path, words: str) -> None:
    with archive(at).open("rb") as stream, pytest.raises(UnverifiedElection, match=words):
        verify(stream)


def turned(number: str) -> str:
    """Another decimal number of as many digits."""
    return number[:-1] + str((int(number[-1]) + 1) % 10)


class Box:
    """An election of ours that waits for its ballots, the tool at hand."""

    def __init__(
        self, at: Path, tool: Tool, scenario: Scenario = SINGLE, group: str = FIELD
    ) -> None:
        self.at, self.tool, self.them = at, tool, Theirs(tool)
        self.private = set_up(at, scenario, group, repeat(Ours()), [Ours()])
        (at / "setup").mkdir()
        (at / "setup" / archive(at).name).write_bytes(archive(at).read_bytes())

    def ballot(self, voter: int, *answers: list[int]) -> bytes:
        return Ours().ballot(self.at, self.private[voter], [*answers])

    def add(self, event: str, *lines: bytes) -> None:
        """By the tool."""
        self.them.add(self.at, event, [*lines])

    def close(self) -> None:
        self.add("EndBallots")
        self.add("EncryptedTally", *self.them.tally(self.at))

    def publish(self) -> None:
        for owner in (1, 2):
            self.add("PartialDecryption", *Ours().decrypt(self.at, owner))
        self.add("Result", *Ours().result(self.at))


@pytest.fixture
def box(tmp_path, tool):
    return Box(tmp_path, tool)


def test_an_election_that_is_closed_and_published_so_passes(box):
    box.add("Ballot", box.ballot(0, YES))
    box.close()
    box.publish()
    box.tool.verify(box.at)
    with archive(box.at).open("rb") as stream:
        assert verify(stream).result == ((1, 0, 0),)


@pytest.mark.parametrize(
    "part", ["individual_proofs", "overall_proof", "signature", "hash", "alpha"]
)
def test_a_ballot_that_was_changed_is_refused_by_both(box, part):
    ballot = json.loads(box.ballot(0, YES))
    answer = ballot["answers"][0]
    if part == "individual_proofs":
        proof = answer[part][1][0]
        proof["response"] = turned(proof["response"])
    elif part == "overall_proof":
        answer[part][0]["challenge"] = turned(answer[part][0]["challenge"])
    elif part == "signature":
        proof = ballot["signature"]["proof"]
        proof["response"] = turned(proof["response"])
    elif part == "hash":
        ballot["signature"]["hash"] = "A" * 43
    else:
        answer["choices"][0]["alpha"] = turned(answer["choices"][0]["alpha"])
    changed = json.dumps(ballot, separators=(",", ":")).encode()
    if box.tool.is_newer:
        with pytest.raises(ToolRefused):
            box.tool.verify_ballot(box.at / "setup", changed)
    Ours().add(box.at, "Ballot", [changed])
    if not box.tool.is_newer:
        with pytest.raises(ToolRefused):
            box.tool.verify(box.at)
    refused_by_us(box.at, "4 ballots, ballot 1")


def test_a_result_that_was_not_decrypted_is_refused_by_both(box):
    box.add("Ballot", box.ballot(0, YES))
    box.close()
    for owner in (1, 2):
        box.add("PartialDecryption", *Ours().decrypt(box.at, owner))
    box.add("Result", b'{"result":[[0,1,0]]}')
    with pytest.raises(ToolRefused):
        box.tool.verify(box.at)
    refused_by_us(box.at, "8 result")


def test_a_partial_decryption_with_another_key_is_refused_by_both(box):
    box.add("Ballot", box.ballot(0, NO))
    box.close()
    box.add("PartialDecryption", *owned(1, Ours().decrypt(box.at, 2)[0]))
    refused_by_us(box.at, "7 decryptions")  # at once, and not with the result only
    box.add("PartialDecryption", *Ours().decrypt(box.at, 2))
    box.add("Result", b'{"result":[[0,1,0]]}')
    with pytest.raises(ToolRefused):
        box.tool.verify(box.at)
    refused_by_us(box.at, "7 decryptions")


def test_a_shuffle_of_other_ballots_is_refused_by_both(tmp_path, tool):
    group = RANKED.groups[1] if RANKED.groups[1] in tool.groups else RANKED.groups[0]
    boxes = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        boxes.append(Box(tmp_path / name, tool, RANKED, group))
        for voter, answers in RANKED.votes:
            boxes[-1].add("Ballot", boxes[-1].ballot(voter, *answers))
        boxes[-1].close()
    boxes[0].add("Shuffle", *Ours().shuffle(boxes[1].at, 1))
    with pytest.raises(ToolRefused):
        tool.verify(boxes[0].at)
    refused_by_us(boxes[0].at, "6 shuffles")


@pytest.mark.parametrize(
    ("field", "value"), [("num_tallied", 3), ("total_weight", 1), ("total_weight", 500)]
)
def test_sizes_of_a_tally_that_are_not_its_own_are_refused_by_us(box, field, value):
    for voter, answer in ((0, YES), (1, ABSTAIN)):
        box.add("Ballot", box.ballot(voter, answer))
    box.add("EndBallots")
    tally, sized = Ours().tally(box.at)
    said = json.loads(sized) | {field: value}
    box.add("EncryptedTally", tally, json.dumps(said, separators=(",", ":")).encode())
    refused_by_us(box.at, "5 tally")


def test_a_tally_that_leaves_a_ballot_out_is_refused_by_us(box):
    box.add("Ballot", box.ballot(0, YES))
    tally = Ours().tally(box.at)[0]
    box.add("Ballot", box.ballot(1, NO))
    box.add("EndBallots")
    sized = {"num_tallied": 2, "total_weight": 2, "encrypted_tally": hexadecimal(tally)}
    box.add("EncryptedTally", tally, write(sized))
    refused_by_us(box.at, "5 tally")


def test_events_out_of_their_order_are_refused_by_us(box):
    box.add("Ballot", box.ballot(0, YES))
    box.add("EndBallots")
    box.add("Ballot", box.ballot(1, YES))
    refused_by_us(box.at, "1 archive.*no Ballot can come")


def test_a_ballot_that_comes_again_byte_for_byte_is_refused_by_us(box):
    ballot = box.ballot(0, YES)
    changed_mind = box.ballot(0, NO)
    for each in (ballot, changed_mind):
        box.add("Ballot", each)
    try:
        box.add("Ballot", ballot)
    except ToolRefused:
        return
    refused_by_us(box.at, "1 archive.*there already")


def test_a_second_result_is_refused_by_us(box):
    box.add("Ballot", box.ballot(0, YES))
    box.close()
    box.publish()
    box.add("Result", *Ours().result(box.at))
    refused_by_us(box.at, "1 archive")


def test_two_partial_decryptions_of_one_trustee_are_refused_by_us(box):
    box.add("Ballot", box.ballot(0, YES))
    box.close()
    for _ in range(2):
        box.add("PartialDecryption", *Ours().decrypt(box.at, 1))
    refused_by_us(box.at, "7 decryptions: trustee 1 has given two")


def test_a_trustee_who_does_not_exist_is_refused_by_us(box):
    box.add("Ballot", box.ballot(0, YES))
    box.close()
    box.add("PartialDecryption", *owned(3, Ours().decrypt(box.at, 1)[0]))
    refused_by_us(box.at, "there is no trustee 3")
