"""Elections of which every step was made by us, by belenios-tool, or in turns: all are verified by both.

Tool 3.x is asked twice, as its `election verify` and its `election verify-ballot` look at different things: of the second it is
asked about every ballot, against a copy of the archive that stops after Setup.
"""

from pathlib import Path

import pytest

from quorate.ballots.chain import Stage
from quorate.ballots.channel import Form
from quorate.ballots.check import Check
from quorate.ballots.steps import BallotCast
from quorate.ballots.verify import verify
from tests.conformance.held import archive, hold, result_of
from tests.conformance.ours import Ours, Story
from tests.conformance.scenario import Scenario
from tests.conformance.theirs import Theirs
from tests.conformance.tool import Tool, ToolRefused


def us(tool: Tool) -> Ours:
    """We, writing to members of a group of trustees as the tool reads it."""
    return Ours(Form.CCM if tool.version < (3, 1) else Form.GCM)


def verified_by_us(at: Path, scenario: Scenario) -> None:
    with archive(at).open("rb") as stream:
        verified = verify(stream)
    voters = {voter for voter, _ in scenario.votes}
    assert verified.state is Stage.PUBLISHED
    assert verified.result is not None
    said = [[*part] for part in verified.result]
    assert [
        sorted(part) if "type" in asked else part
        for asked, part in zip(scenario.questions, said, strict=True)
    ] == scenario.result
    assert (verified.cast, verified.counted) == (len(scenario.votes), len(voters))
    assert verified.weight == sum(scenario.weights[each] for each in voters)
    assert verified.decrypted == scenario.decrypting
    unasked = {Check.MONITORING} | (set() if scenario.is_ranked else {Check.SHUFFLES})
    assert set(verified.checks) == set(Check) - unasked


def verified_by_them(at: Path, tool: Tool) -> None:
    tool.verify(at)
    tool.verify_difference(at / "setup", at)
    if tool.is_newer:
        for cast in Story(archive(at)).of(BallotCast):
            tool.verify_ballot(at / "setup", cast.data)


def test_we_verify_what_the_tool_made(tmp_path, tool, scenario, group):
    hold(tmp_path, scenario, group, [Theirs(tool)])
    verified_by_us(tmp_path, scenario)


def test_the_tool_verifies_what_we_made(tmp_path, tool, scenario, group):
    hold(tmp_path, scenario, group, [us(tool)])
    verified_by_us(tmp_path, scenario)
    verified_by_them(tmp_path, tool)


@pytest.mark.parametrize("first", ["we", "they"])
def test_both_verify_what_was_made_in_turns(tmp_path, tool, scenario, group, first):
    makers = [us(tool), Theirs(tool)]
    hold(tmp_path, scenario, group, makers if first == "we" else makers[::-1])
    verified_by_us(tmp_path, scenario)
    verified_by_them(tmp_path, tool)


def test_odd_elections_of_the_tool_are_verified_by_us(tmp_path, tool, edge, group):
    if tool.is_newer and edge.threshold and edge.threshold == edge.group:
        with pytest.raises(ToolRefused, match="threshold context is invalid"):
            hold(tmp_path, edge, group, [Theirs(tool)])
    else:
        hold(tmp_path, edge, group, [Theirs(tool)])
        verified_by_us(tmp_path, edge)


def test_odd_elections_of_ours_are_verified_by_the_tool(tmp_path, tool, edge, group):
    hold(tmp_path, edge, group, [us(tool)])
    verified_by_us(tmp_path, edge)
    verified_by_them(tmp_path, tool)


def test_the_result_that_is_compared_is_that_of_the_scenario():
    line = b'{"result":[[[3,1,2],[1,2,3]],[1,2,0]]}'
    ranked = Scenario("-", ({"type": "NonHomomorphic"}, {}), (), [])
    assert result_of(line, ranked) == [[[1, 2, 3], [3, 1, 2]], [1, 2, 0]]
