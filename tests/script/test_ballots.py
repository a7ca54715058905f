"""Secret divisions in scripts: archives named by their files, ballots cast between acts, all of it rehearsed first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quorate.assembly.model.division import Count
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.canon.fault import Malformed, Unverified
from quorate.script.acts import Step, read_fields, read_script, script_files
from quorate.script.rehearsal import carry_out, rehearse
from quorate.store.memory import MemoryStore
from tests.assembly.chamber import chamber, move, put
from tests.cast import NOON
from tests.desk.at_desk import at_desk
from tests.desk.office import Office, SystemEntropy
from tests.desk.test_secret_division import Hall
from tests.polling import Poll

SCRIPT = """
by: p-chair
acts:
  - {do: cast-ballots, division: d-m-1, ballots: box.bel, expect: ballot-not-prepared}
  - {do: prepare-ballot, division: d-m-1, setup: d-m-1-setup.bel}
  - {do: cast-ballots, division: d-m-1, ballots: box.bel}
  - {do: cast-ballots, division: d-m-1, ballots: box.bel}
  - {do: close-division, division: d-m-1}
  - {do: cast-ballots, division: d-m-1, ballots: box.bel}
  - {do: cast-ballots, division: d-m-1, ballots: late.json, expect: division-closed}
  - {do: declare-secret-result, division: d-m-1, archive: d-m-1.bel}
"""


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """A hall whose ballot was held elsewhere before: its archives lie in the folder."""
    office = Office(MemoryStore)
    with office.open() as desk:
        with at_desk(office, desk):
            world = chamber()
            move(world, "m-1")
            poll = Poll(put(world, "m-1", method="secret"))
        hall = Hall(desk, office, poll, tmp_path)
        cast = [poll.ballot(n, each) for n, each in enumerate(("for", "for", "against", "abstain"))]
        hold(hall, [*cast, poll.ballot(1, "against")])
        (tmp_path / "late.json").write_bytes(poll.ballot(1, "abstain"))
        yield hall


def hold(hall: Hall, ballots: list[bytes]) -> None:
    """Hold the ballot in a copy of the hall; its box and its whole archive are kept in the folder."""
    other = Office(MemoryStore)
    with other.open() as desk, at_desk(other, desk):
        world = chamber()
        move(world, "m-1")
        put(world, "m-1", method="secret")
        held = Hall(desk, other, hall.poll, hall.folder)
        held.prepare()
        for ballot in ballots:
            desk.cast_ballot("d-m-1", ballot)
        held.close()
        (hall.folder / "box.bel").write_bytes(held.box())
        held.finish()


def steps_of(hall: Hall, script: str = SCRIPT) -> list[Step]:
    path = hall.folder / "script.yaml"
    path.write_text(script)
    return hall.desk.read(lambda state: read_script(script_files(path), state, SystemEntropy()))


def test_script_holds_a_secret_ballot_from_files(hall: Hall) -> None:
    steps = steps_of(hall)
    copy = hall.desk.read(State.copy)
    rehearsed = rehearse(copy, steps, hall.office.clock.at, ballots=hall.desk.ballots)
    met: list[str] = []
    answers = carry_out(hall.desk, steps, None, lambda step, refusal, _: met.append(refusal.code))
    assert [len(each.events) for each in answers[:-1]] == [0, 1, 0, 0, 1, 0, 0]
    assert met == ["ballot-not-prepared", "division-closed"]
    division = hall.division
    assert division.status == "declared"
    assert rehearsed.divisions["d-m-1"].box == division.box
    assert rehearsed.divisions["d-m-1"].counts == division.counts
    assert list(division.counts.values()) == [Count(1, 2, 1, 2)]


def test_single_act_takes_the_setup_from_its_file(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hall.folder)
    fields = {"division": "d-m-1", "setup": "d-m-1-setup.bel"}
    step = hall.desk.read(
        lambda state: read_fields(
            "prepare-ballot", fields, {"by": "p-chair"}, state, SystemEntropy()
        )
    )
    carry_out(hall.desk, [step])
    assert hall.division.setup is not None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{do: prepare-ballot, division: d-m-1, setup: nothing.bel}", "script.yaml:2"),
        ("{do: prepare-ballot, division: d-m-1, setup: script.bel}", "script.yaml:2"),
        ("{do: cast-ballots, division: d-m-1, ballots: nothing.bel}", "script.yaml:2"),
        ("{do: cast-ballots, division: d-m-1}", "the field ballots"),
        ("{do: cast-ballots, division: d-m-1, ballots: box.bel, by: p-chair}", "not 'by'"),
    ],
)
def test_what_is_no_archive_is_said_with_its_line(hall: Hall, line: str, said: str) -> None:
    (hall.folder / "script.bel").write_text("no archive")
    with pytest.raises(Malformed) as caught:
        steps_of(hall, f"by: p-chair\nacts: [{line}]\n")
    assert said in str(caught.value)


def test_rehearsal_refuses_what_the_desk_would(hall: Hall) -> None:
    cast = "  - {do: cast-ballots, division: d-m-1, ballots: box.bel}\n"
    without = SCRIPT.replace(cast, "")
    with pytest.raises(Unverified, match="not those of the box"):
        rehearse(hall.desk.read(State.copy), steps_of(hall, without), NOON)
    late = SCRIPT.replace(", expect: division-closed", "")
    with pytest.raises(Refused) as caught:
        rehearse(hall.desk.read(State.copy), steps_of(hall, late), NOON)
    assert caught.value.code == "division-closed"
    assert hall.division.setup is None
