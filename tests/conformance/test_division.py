"""The archive of a secret division of an organisation, verified by the tools of those who made the protocol."""

import shutil
from pathlib import Path

import pytest

from quorate.audit.ballots import read_archive
from tests.conformance.conftest import need_tool
from tests.conformance.scenario import CURVE
from tests.conformance.tool import ToolRefused
from tools.example_ballot import EXAMPLE

ARCHIVE = EXAMPLE / "ballot-treasurer.bel"


def test_archive_of_the_example_holds_for_other_programs_too(witness: str, tmp_path: Path) -> None:
    tool = need_tool(witness)
    if CURVE not in tool.groups:
        pytest.skip(f"belenios-tool {tool.version} does not know {CURVE}")
    with ARCHIVE.open("rb") as file:
        uuid = read_archive(file).setup.uuid
    shutil.copy(ARCHIVE, tmp_path / f"{uuid}.bel")
    tool.verify(tmp_path)
    (tmp_path / f"{uuid}.bel").write_bytes(ARCHIVE.read_bytes()[:-512])
    with pytest.raises(ToolRefused):
        tool.verify(tmp_path)
