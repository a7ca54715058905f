"""Who is asked: the tool that this machine packages always, newer ones where `make conformance` has unpacked them."""

import pytest

from tests.conformance.conftest import INSTALLED, NEWER, WITNESSES, need_tool


def test_packaged_tool_is_of_version_2() -> None:
    assert need_tool(INSTALLED).version >= (2, 0)


@pytest.mark.parametrize("suite", NEWER)
def test_newer_tool_knows_the_curve(suite: str) -> None:
    if suite not in WITNESSES:
        pytest.skip(
            f"belenios-tool of {suite} is not unpacked: no election is shown to it (make conformance)"
        )
    tool = need_tool(suite)
    assert tool.version >= (3, 0)
    assert "Ed25519" in tool.groups
