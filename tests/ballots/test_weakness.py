"""What every check lets pass and is told all the same: keys made in the old way, and shuffles that not everybody made."""

import io

import pytest

from quorate.ballots.verify import verify
from quorate.ballots.weakness import Weakness
from quorate.reading.words.elections import WEAKNESSES
from tests.ballots.elections import begin, pick, rank
from tests.ballots.forging import NAMES, VECTORS, vector
from tests.cli.terminal import quorate

ALONE, GROUP = (1, 1), (2, 3)


def weaknesses(archive):
    return verify(io.BytesIO(archive)).weaknesses


@pytest.mark.parametrize("name", NAMES)
def test_of_the_elections_of_the_tool_the_old_threshold_is_the_only_weakness(name):
    expected = (Weakness.OLD_THRESHOLD,) if name == "v20-threshold" else ()
    assert weaknesses(vector(name)) == expected


@pytest.mark.parametrize("trustees", [[ALONE], [GROUP], [ALONE, GROUP], [(3, 3), ALONE, (1, 2)]])
@pytest.mark.parametrize("older", [False, True])
def test_an_old_threshold_is_told_from_the_setup_on(trustees, older):
    small = begin(trustees=trustees, older=older)
    expected = (Weakness.OLD_THRESHOLD,) if older and trustees != [ALONE] else ()
    assert weaknesses(small.archive) == expected
    small.vote(1, [1, 0, 0])
    assert weaknesses(small.count()) == expected


@pytest.mark.parametrize("trustees", [[ALONE, ALONE, ALONE], [ALONE, (1, 2)]])
@pytest.mark.parametrize(
    "shufflers", [(), (2,), (2, 2), (1, 1, 1), (3, 1), (1, 2, 3), (3, 2, 1, 2)]
)
def test_shuffles_by_fewer_trustees_than_there_are_are_told_when_they_have_ended(
    trustees, shufflers
):
    small = begin(rank(2), pick(2), voters=2, trustees=trustees)
    small.vote(1, [1, 2], [1, 0])
    small.close().tally()
    for owner in shufflers:
        small.shuffle(owner)
    assert weaknesses(small.archive) == ()
    small.writer.end_shuffles()
    few = () if {*shufflers} == {1, 2, 3} else (Weakness.FEW_SHUFFLES,)
    assert weaknesses(small.archive) == few
    small.decrypt(1)
    found = verify(io.BytesIO(small.archive))
    assert found.weaknesses == (few if shufflers else (Weakness.UNSHUFFLED,))
    assert (found.shuffled, found.shuffles) == (shufflers, len(shufflers))
    assert found.unshuffled is not bool(shufflers)


def test_two_weaknesses_are_both_told_in_words_and_in_json(tmp_path):
    small = begin(rank(2), voters=2, trustees=[GROUP], older=True)
    small.vote(1, [1, 2])
    small.close().tally()
    small.shuffle(3)
    small.writer.end_shuffles()
    path = tmp_path / "two.bel"
    path.write_bytes(small.archive)
    both = (Weakness.OLD_THRESHOLD, Weakness.FEW_SHUFFLES)
    said = quorate("ballot", "verify", path)
    assert (said.code, "shuffles      1, by 1 of 3 trustees" in said.out) == (0, True), said
    assert " ".join(said.err.split()) == " ".join(WEAKNESSES[each] for each in both)
    view = quorate("ballot", "verify", path, "--json").json()["verified"]
    assert view["warnings"] == [{"code": each.value, "text": WEAKNESSES[each]} for each in both]
    assert (view["shuffled"], view["unshuffled"]) == ([3], False)
    (sound,) = (VECTORS / "v30-threshold").glob("*.bel")
    assert quorate("ballot", "verify", sound).err == ""
    assert quorate("ballot", "verify", sound, "--json").json()["verified"]["warnings"] == []
