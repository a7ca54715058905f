"""What people are shown and told of a secret division: numbers that reconcile, hashes to compare, nobody's vote."""

from pathlib import Path

import pytest
from msgspec import UNSET

from quorate.assembly.act import Stamp
from quorate.assembly.meetings.admission import RecordLeaving
from quorate.desk.answer import Caller
from quorate.desk.port import Row
from quorate.reading.view.divisions import BallotView, DivisionView, division_view
from quorate.reading.words.chronicle import chronicle
from quorate.reading.words.subjects import Names
from quorate.store.memory import MemoryStore
from tests.assembly.chamber import chamber, move, put
from tests.cast import CHAIR, MEMBER, NOON
from tests.desk.at_desk import at_desk
from tests.desk.office import Office
from tests.desk.test_secret_division import KEY, Hall
from tests.polling import Poll


@pytest.fixture
def hall(tmp_path: Path):
    """A secret division in which one of six is absent."""
    office = Office(MemoryStore)
    with office.open() as desk:
        with at_desk(office, desk):
            world = chamber()
            desk.act(RecordLeaving(meeting="meeting-1", attendee=MEMBER), Caller(by=MEMBER))
            move(world, "m-1", by=CHAIR)
            poll = Poll(put(world, "m-1", method="secret"))
        yield Hall(desk, office, poll, tmp_path)


def shown(hall: Hall) -> DivisionView:
    state = hall.desk._fold.state
    return division_view(Names(state, Stamp(at=NOON, by=CHAIR)), hall.division)


def test_ballot_is_shown_as_far_as_it_is_known(hall: Hall) -> None:
    assert shown(hall).ballot is UNSET
    hall.prepare()
    hall.cast("for", "for", "against", "abstain")
    hall.desk.cast_ballot(KEY, hall.poll.ballot(0, "against"))
    setup = hall.division.setup
    assert setup is not None
    known = BallotView(
        uuid=hall.poll.uuid,
        fingerprint=setup.fingerprint,
        credentials_issued=5,
        absent=1,
        ballots_counted=None,
        superseded=None,
        not_cast=None,
        contents=None,
        archive=None,
    )
    assert shown(hall).ballot == known
    hall.close()
    path = hall.finish()
    hall.declare(path)
    ballot = shown(hall).ballot
    assert isinstance(ballot, BallotView)
    assert (ballot.ballots_counted, ballot.superseded, ballot.not_cast) == (4, 1, 1)
    assert ballot.archive == hall.division.archive
    view = shown(hall)
    assert view.entitled == ballot.credentials_issued + ballot.absent
    assert view.entitled == view.votes_for + view.against + view.abstain + view.not_voted_count
    assert view.votes is UNSET
    assert view.not_voted.items == []


def test_ballot_is_told_in_words(hall: Hall) -> None:
    hall.prepare()
    hall.cast("for", "for", "against", "abstain")
    hall.desk.cast_ballot(KEY, hall.poll.ballot(0, "for"))
    hall.close()
    hall.declare(hall.finish())
    size = hall.desk.read(lambda state: state.size)
    rows = [Row(seq, *hall.desk.parts(seq)) for seq in range(size)]
    told = {each.kind: each.sentence for each in chronicle(rows)}
    assert hall.division.setup is not None
    assert told["ballot.prepared"].endswith(
        f"5 credentials issued; the fingerprint of its election is {hall.division.setup.fingerprint}."
    )
    assert (
        told["division.closed"]
        == "Voting closed: 4 ballots in the box, and 1 superseded by a later one."
    )
    assert told["secret-result.declared"] == (
        "Adopted: 2 for, 1 against, 1 abstaining; 2 did not vote; counted from 4 secret ballots "
        "(1 more superseded by a later one), "
        f"whose archive has a hash that begins with {hall.division.archive[:16]}."
    )
