"""Elections held with `quorate ballot`, verified by belenios-tool; what a person would do, and nothing else."""

import shutil

import pytest

from tests.cli.election import CHAIR, SITES, opened


@pytest.mark.parametrize("threshold", [0, 2])
def test_an_election_from_the_command_line_convinces_the_tool(tool, group, threshold, tmp_path):
    is_ranked = group != "BELENIOS-2048"
    place = opened(
        tmp_path / "root",
        *("Ada", "Bo", "Cy"),
        threshold=threshold,
        questions=SITES if is_ranked else CHAIR,
        weights=not is_ranked,
        group=group,
    )
    first, second = (
        ("[[Quay, Mill], Yes]", "[[], No]") if is_ranked else ("[Ann, blank]", "[Bob, No]")
    )
    for name, answers in (("Anna", first), ("Bela", first), ("Anna", second)):
        assert place.vote(name, answers).code == 0
    place.done("tally", "--close", "--few")
    for name in ("Ada", "Cy") if is_ranked else ():
        place.done("shuffle", name)
    if is_ranked:
        place.done("shuffle", "--end")
    for name in ("Ada", "Cy") if threshold else ("Ada", "Bo", "Cy"):
        place.decrypt(place.key(name))
    place.done("result")
    at = tmp_path / "witness"
    at.mkdir()
    shutil.copy(place.archive, at)
    tool.verify(at)
