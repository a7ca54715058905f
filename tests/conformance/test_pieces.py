"""What is written by one side and read by the other outside an archive: credentials, lists of them, trackers, keys of old style."""

import json
import random
from os import urandom
from pathlib import Path

import pytest

from quorate.ballots.ballot import tracker
from quorate.ballots.credential import (
    draw_credential,
    public_credential,
    read_credentials,
    write_credentials,
)
from quorate.ballots.groups import find_group
from quorate.ballots.steps import PollSetup
from tests.conformance.held import Maker, archive, hold
from tests.conformance.ours import Ours, Story, without_names
from tests.conformance.scenario import SCENARIOS
from tests.conformance.theirs import Theirs
from tests.conformance.tool import ToolRefused

UUID = "Quorate1111111"
WEIGHTED = next(each for each in SCENARIOS if each.name == "weighted")
SINGLE = SCENARIOS[0]


def test_a_private_credential_of_the_tool_has_the_same_public_key_here(tmp_path, tool, group):
    for private in tool.credentials(tmp_path, UUID, group, (1, 1)):
        assert (
            tool.derive(tmp_path, UUID, group, private)
            == public_credential(find_group(group), UUID, private).text
        )


def test_a_private_credential_of_ours_has_the_same_public_key_there(tmp_path, tool, group):
    private = draw_credential(urandom)
    if tool.is_newer:
        said = tool.derive(tmp_path, UUID, group, private)
        assert said == public_credential(find_group(group), UUID, private).text
    else:
        with pytest.raises(ToolRefused, match="invalid secret credential"):
            tool.derive(tmp_path, UUID, group, private)


def test_public_credentials_are_listed_in_the_same_order(tmp_path, tool, group):
    hold(tmp_path, WEIGHTED, group, [Theirs(tool)])
    listed = Story(archive(tmp_path)).of(PollSetup)[0].credentials
    found = find_group(group)
    shuffled = [*read_credentials(found, listed).values()]
    random.Random(group).shuffle(shuffled)
    assert write_credentials(found, shuffled) == listed
    assert without_names((tmp_path / "public_creds.json").read_bytes()) == listed


def test_the_tracker_of_a_ballot_is_the_hash_that_the_tool_prints(tmp_path, tool):
    private = opened(tmp_path, Ours(), "BELENIOS-2048")
    for voter, answers in SINGLE.votes:
        ballot = Ours().ballot(tmp_path, private[voter], answers)
        said = tool.run("sha256-b64", tmp_path, given=ballot).decode().strip()
        assert said == tracker(ballot)


def test_the_tool_finds_who_voted_from_our_private_credentials(tmp_path, tool, group):
    if not tool.is_newer:
        pytest.skip("2.0 prints no names, of its own elections neither")
    private = opened(tmp_path, Ours(), group)
    for voter, answers in SINGLE.votes:
        Ours().add(tmp_path, "Ballot", [Ours().ballot(tmp_path, private[voter], answers)])
    names = {f"v{i}": each for i, each in enumerate(private)}
    (tmp_path / "private.json").write_text(json.dumps(names))
    found = tool.lines("compute-voters", tmp_path, "--privcreds", "private.json")
    assert sorted(found) == [b"v0", b"v1", b"v2"]


def opened(at: Path, who: Maker, group: str) -> list[str]:
    """An election of ours that waits for ballots, with credentials from whoever; the private ones."""
    uuid = Ours().token(at)
    private = who.credentials(at, uuid, group, SINGLE.weights)
    for number in SINGLE.single_numbers:
        Ours().trustee(at, group, number)
    Ours().open(at, SINGLE, group, uuid)
    return private
