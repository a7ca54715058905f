"""The archives with one lie in each, as they are published: every check has some that fail it, and no other."""

import json
from pathlib import Path

import pytest

from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.monitoring import Known
from quorate.ballots.verify import verify

LIES = Path(__file__).parents[2] / "vectors" / "ballots"
INDEX = json.loads((LIES / "index.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", INDEX)
def test_lie_is_found_by_its_check(file: str) -> None:
    said = INDEX[file]
    known = Known(voters=said.get("voters"), credentials=said.get("credentials"))
    with (LIES / file).open("rb") as archive, pytest.raises(UnverifiedElection) as found:
        verify(archive, known=known)
    assert (found.value.check, found.value.ballot) == (said["check"], said["ballot"])


def test_every_check_has_a_lie_and_every_file_is_in_the_index() -> None:
    assert {each["check"] for each in INDEX.values()} == {check.value for check in Check}
    assert {path.name for path in LIES.glob("*.bel")} == INDEX.keys()
