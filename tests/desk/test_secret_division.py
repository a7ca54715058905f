"""Secret divisions at the desk: bound before they begin, cast into a box, closed with it, declared from their archive."""

import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest

from quorate.assembly.act import Event, Stamp
from quorate.assembly.divisions.divisions import CloseDivision, VoidDivision
from quorate.assembly.divisions.results import DeclareSecretResult
from quorate.assembly.divisions.secret import PrepareBallot
from quorate.assembly.meetings.sitting import Adjourn
from quorate.assembly.model.division import Box, Count, Division
from quorate.assembly.refusal import Refused
from quorate.audit.ballots import box_of
from quorate.ballots.ballot import tracker
from quorate.ballots.check import UnverifiedElection
from quorate.ballots.verify import verify
from quorate.canon.fault import Fault, Malformed, Unavailable, Unverified
from quorate.desk.answer import Caller
from quorate.desk.archives import read_paper
from quorate.desk.desk import Desk
from quorate.desk.paperwork import TO_BE_FILLED_IN, paperwork_of
from quorate.desk.polls import Tracked
from quorate.store import open_store
from tests.assembly.chamber import chamber, move, put
from tests.cast import CHAIR, MEMBER
from tests.desk.at_desk import at_desk
from tests.desk.office import Office
from tests.polling import Poll

KEY = "d-m-1"
BY_CHAIR = Caller(by=CHAIR)


class Hall(NamedTuple):
    """The committee at a desk with a secret division open, and its election."""

    desk: Desk
    office: Office
    poll: Poll
    folder: Path

    @property
    def division(self) -> Division:
        """The division."""
        return self.desk._fold.state.divisions[KEY]

    def prepare(self) -> None:
        """Bind the election."""
        paper = read_paper(self.poll.setup(self.folder))
        self.desk.act(PrepareBallot(division=KEY, setup=paper.seen.setup), BY_CHAIR, paper)

    def cast(self, *choices: str) -> list[str]:
        """The voters vote one after the other; their trackers."""
        return [
            self.desk.cast_ballot(KEY, self.poll.ballot(voter, choice))
            for voter, choice in enumerate(choices)
            if choice
        ]

    def close(self) -> None:
        """Close the division."""
        self.desk.act(CloseDivision(division=KEY), BY_CHAIR)

    def box(self) -> bytes:
        """The archive of the closed box."""
        archive = BytesIO()
        self.desk.write_archive(KEY, archive)
        return archive.getvalue()

    def finish(self) -> Path:
        """The whole archive."""
        return self.poll.finish(self.box(), self.folder)

    def declare(self, path: Path, figures: Count = TO_BE_FILLED_IN) -> None:
        """Declare the result of an archive."""
        paper = read_paper(path)
        act = DeclareSecretResult(division=KEY, figures=figures, archive=paper.seen.digest)
        self.desk.act(act, BY_CHAIR, paper)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    office = Office(lambda: open_store(str(tmp_path / "record.sqlite")))
    with office.open() as desk:
        with at_desk(office, desk):
            world = chamber()
            move(world, "m-1")
            division = put(world, "m-1", method="secret")
        yield Hall(desk, office, Poll(division), tmp_path)


def refused(code: str, act: object) -> None:
    """Fail unless `act` is refused with that code."""
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]
    assert caught.value.code == code, str(caught.value)


def test_secret_ballot_goes_from_its_election_to_its_result(hall: Hall) -> None:
    hall.prepare()
    trackers = hall.cast("for", "for", "against", "abstain", "for")
    trackers.append(hall.desk.cast_ballot(KEY, hall.poll.ballot(2, "for")))
    seen = dict(hall.desk.trackers(KEY))
    assert seen == dict.fromkeys(trackers, True) | {trackers[2]: False}
    hall.close()
    box = Box(counted=5, superseded=1, contents=box_of(hall.desk.ballots(KEY)).contents)
    assert hall.division.box == box
    path = hall.finish()
    hall.declare(path)
    assert hall.division.counts[CHAIR] == Count(4, 0, 1, 1)
    assert (hall.division.status, hall.division.unaccounted) == ("declared", 0)
    assert hall.box() == path.read_bytes()


def test_nothing_of_ballots_is_on_record_but_what_the_box_held(hall: Hall) -> None:
    hall.prepare()
    size = hall.desk.read(lambda state: state.size)
    trackers = hall.cast("for", "against", "for", "for", "for", "for")
    assert hall.desk.read(lambda state: state.size) == size
    hall.close()
    assert hall.desk.read(lambda state: state.size) == size + 1
    _, parts = hall.desk.parts(size)
    said = b"".join(part.data for part in parts).decode()
    ballots = list(hall.desk.ballots(KEY))
    assert len(ballots) == len(trackers) == 6
    assert not any(each in said for each in trackers)
    assert not any(secret in said for secret in hall.poll.secrets)


def test_archive_has_the_ballots_by_credential_and_not_as_they_came(hall: Hall) -> None:
    hall.prepare()
    for voter in (5, 0, 3, 5, 1):
        hall.desk.cast_ballot(KEY, hall.poll.ballot(voter, "for"))
    hall.close()
    box = hall.box()
    seen = verify(BytesIO(box))
    assert (seen.cast, seen.counted, seen.superseded) == (5, 4, 1)
    places = [box.index(ballot) for ballot in hall.desk.ballots(KEY)]
    assert places == sorted(places)


def test_ballot_is_cast_only_between_its_preparation_and_the_close(hall: Hall) -> None:
    ballot = hall.poll.ballot(0, "for")
    refused("ballot-not-prepared", lambda: hall.desk.cast_ballot(KEY, ballot))
    refused("unknown", lambda: hall.desk.cast_ballot("d-9", ballot))
    hall.prepare()
    hall.desk.cast_ballot(KEY, ballot)
    hall.close()
    refused("division-closed", lambda: hall.desk.cast_ballot(KEY, hall.poll.ballot(1, "for")))
    assert len(hall.desk.trackers(KEY)) == 1


def test_box_is_not_taken_away_while_it_is_open(hall: Hall) -> None:
    hall.prepare()
    refused("not-open", lambda: hall.desk.write_archive(KEY, BytesIO()))


def test_ballot_that_the_box_holds_gets_its_tracker_again_and_nothing_is_added(hall: Hall) -> None:
    hall.prepare()
    ballot, other = (hall.poll.ballot(0, choice) for choice in ("for", "against"))
    in_box = [Tracked(tracker(ballot), counts=True)]
    for _ in range(3):
        assert hall.desk.cast_ballot(KEY, ballot) == tracker(ballot)
        assert hall.desk.trackers(KEY) == in_box
    hall.desk.cast_ballot(KEY, other)
    in_box = sorted([Tracked(tracker(ballot), counts=False), Tracked(tracker(other), counts=True)])
    assert hall.desk.cast_ballot(KEY, ballot) == tracker(ballot)
    assert hall.desk.trackers(KEY) == in_box
    hall.close()
    for each in (ballot, other):
        assert hall.desk.cast_ballot(KEY, each) == tracker(each)
    refused("division-closed", lambda: hall.desk.cast_ballot(KEY, hall.poll.ballot(0, "for")))
    assert hall.desk.trackers(KEY) == in_box


def test_ballot_of_another_election_or_of_nobody_is_not_put_in(hall: Hall) -> None:
    hall.prepare()
    other = Poll(hall.division, seed=2)
    with pytest.raises(UnverifiedElection, match="another election"):
        hall.desk.cast_ballot(KEY, other.ballot(0, "for"))
    hall.poll.secrets[0] = other.secrets[0]
    with pytest.raises(UnverifiedElection, match="not on the list"):
        hall.desk.cast_ballot(KEY, hall.poll.ballot(0, "for"))
    with pytest.raises(Malformed):
        hall.desk.cast_ballot(KEY, b"for")
    ballot = hall.poll.ballot(1, "for")
    at = ballot.index(b'"', ballot.index(b'"response":"') + 12) - 1
    bent = ballot[:at] + (b"1" if ballot[at : at + 1] != b"1" else b"2") + ballot[at + 1 :]
    with pytest.raises(UnverifiedElection):
        hall.desk.cast_ballot(KEY, bent)
    assert hall.desk.trackers(KEY) == []


def test_election_is_bound_once_and_only_as_the_division_wants_it(hall: Hall) -> None:
    def bind(poll: Poll, *ballots: bytes, **changes: object) -> None:
        paper = read_paper(poll.setup(hall.folder, *ballots))
        hall.desk.act(PrepareBallot(division=KEY, setup=paper.seen.setup), BY_CHAIR, paper)

    division = hall.division
    refused("credentials-differ", lambda: bind(Poll(division, weights=[1] * 5)))
    refused("credentials-differ", lambda: bind(Poll(division, weights=[1] * 7)))
    refused("credentials-differ", lambda: bind(Poll(division, weights=[1] * 5 + [2])))
    with pytest.raises(Unverified, match="of their weight"):
        bind(Poll(division, weights=[1] * 4 + [2, 0]))
    question = hall.poll.election.questions[0]
    assert question.answers == ("for", "against", "abstain")
    for changed in (
        {"answers": ("against", "for", "abstain")},
        {"max": 3},
        {"min": 0},
        {"blank": True},
        {"question": "d-m-1: m-2"},
    ):
        other = type(question)(
            **{**{k: getattr(question, k) for k in question.__struct_fields__}, **changed}
        )
        with pytest.raises(Unverified, match="asks something else"):
            bind(Poll(division, question=other))
    refused("ballot-among-setup", lambda: bind(hall.poll, hall.poll.ballot(0, "for")))
    setup = read_paper(hall.poll.setup(hall.folder)).seen.setup
    act = PrepareBallot(division=KEY, setup=setup)
    refused("archive-missing", lambda: hall.desk.act(act, BY_CHAIR))
    with pytest.raises(Unverified, match="another than was bound"):
        hall.desk.act(act, BY_CHAIR, read_paper(Poll(division, seed=3).setup(hall.folder)))
    refused("not-entitled", lambda: hall.desk.act(act, Caller(by=MEMBER)))
    hall.prepare()
    refused("ballot-prepared", lambda: bind(Poll(division, seed=2)))


def test_what_is_said_of_the_box_is_of_no_account(hall: Hall) -> None:
    hall.prepare()
    hall.cast("for")
    lie = Box(counted=6, superseded=0, contents="0" * 64)
    refused(
        "not-in-chair",
        lambda: hall.desk.act(CloseDivision(division=KEY, box=lie), Caller(by=MEMBER)),
    )
    hall.desk.act(CloseDivision(division=KEY, box=lie), BY_CHAIR)
    assert hall.division.box is not None
    assert (hall.division.box.counted, hall.division.box.superseded) == (1, 0)


def test_box_is_not_opened_for_whoever_may_not_close_it(hall: Hall) -> None:
    """Else anybody could have all its ballots read, again and again."""
    hall.prepare()
    act = CloseDivision(division=KEY)
    opened: list[str] = []

    def close(by: str) -> Event:
        stamp = Stamp(at=hall.office.clock.at, by=by)
        ballots = lambda division: opened.append(division) or ()  # noqa: E731
        return hall.desk.read(
            lambda state: paperwork_of(act).decide(state, act, stamp, None, ballots)
        )

    refused("not-in-chair", lambda: close(MEMBER))
    assert opened == []
    close(CHAIR)
    assert opened == [KEY]


def test_result_is_that_of_the_archive_of_this_box(hall: Hall) -> None:
    hall.prepare()
    hall.cast("for", "for", "against")
    hall.close()
    box = hall.box()
    path = hall.finish()
    refused("ballots-unaccounted", lambda: hall.declare(path, Count(3, 1, 0, 3)))
    with pytest.raises(Unverified, match="not what was declared"):
        hall.declare(path, Count(1, 2, 0, 3))
    act = DeclareSecretResult(division=KEY, figures=Count(2, 1, 0, 3), archive="ab" * 32)
    refused("archive-missing", lambda: hall.desk.act(act, BY_CHAIR))
    with pytest.raises(Unverified, match="not the archive that was declared"):
        hall.desk.act(act, BY_CHAIR, read_paper(path))
    (hall.folder / "box.bel").write_bytes(box)
    with pytest.raises(Unverified, match="no result"):
        hall.declare(hall.folder / "box.bel")
    with pytest.raises(UnverifiedElection, match="8 result"):
        read_paper(hall.poll.finish(box, hall.folder, result=(1, 2, 0)))
    assert hall.division.status == "closed"
    hall.declare(hall.finish())
    assert hall.division.outcome is not None


def test_archive_with_other_ballots_is_not_that_of_the_box(hall: Hall) -> None:
    hall.prepare()
    hall.cast("for", "for", "against")
    first = hall.poll.ballot(0, "against")
    hall.close()
    ballots = list(hall.desk.ballots(KEY))
    for others in (ballots[1:], [*ballots, first], [first, *ballots], []):
        whole = hall.poll.finish(hall.poll.box(*others), hall.folder)
        with pytest.raises(Unverified, match="not those of the box"):
            hall.declare(whole)


def test_ballot_may_go_on_when_the_meeting_has_ended(hall: Hall) -> None:
    hall.prepare()
    hall.desk.act(Adjourn(meeting="meeting-1"), BY_CHAIR)
    hall.cast("for", "for", "for", "for")
    hall.close()
    hall.declare(hall.finish())
    assert hall.division.status == "declared"


def test_voided_division_takes_no_ballot(hall: Hall) -> None:
    hall.prepare()
    hall.cast("for")
    hall.desk.act(VoidDivision(division=KEY), BY_CHAIR)
    refused("division-closed", lambda: hall.desk.cast_ballot(KEY, hall.poll.ballot(1, "for")))
    writer = hall.desk._store._writer  # type: ignore[attr-defined]
    assert writer.execute("SELECT count(*) FROM ballot").get == 0
    assert writer.execute("SELECT count(*) FROM counted_ballot").get == 1


def test_desk_that_has_not_heard_of_the_close_takes_no_ballot(hall: Hall) -> None:
    hall.prepare()
    with hall.office.open() as other:
        other.cast_ballot(KEY, hall.poll.ballot(0, "for"))
        hall.close()
        assert other._fold.state.divisions[KEY].status == "open"
        refused("division-closed", lambda: other.cast_ballot(KEY, hall.poll.ballot(1, "for")))
    assert hall.division.box is not None
    assert hall.division.box.counted == len(hall.desk.trackers(KEY)) == 1


def test_box_is_there_when_the_desk_is_opened_again(hall: Hall) -> None:
    hall.prepare()
    trackers = hall.cast("for", "against")
    with hall.office.open() as again:
        assert sorted(each.tracker for each in again.trackers(KEY)) == sorted(trackers)
        trackers.append(again.cast_ballot(KEY, hall.poll.ballot(4, "for")))
    hall.desk.catch_up()
    assert len(hall.desk.trackers(KEY)) == 3
    hall.close()
    assert hall.division.box is not None
    assert hall.division.box.counted == 3


def test_desk_whose_papers_are_lost_or_exchanged_takes_no_ballot(hall: Hall) -> None:
    hall.prepare()
    ballot = hall.poll.ballot(0, "for")
    writer = hall.desk._store._writer  # type: ignore[attr-defined]
    writer.execute(
        "UPDATE paper SET bytes = ?", (Poll(hall.division, seed=2).setup(hall.folder).read_bytes(),)
    )
    with pytest.raises(Unavailable, match="not the one that was bound"):
        hall.desk.cast_ballot(KEY, ballot)
    writer.execute("DELETE FROM paper")
    with pytest.raises(Unavailable, match="not here"):
        hall.desk.cast_ballot(KEY, ballot)


def test_every_ballot_is_either_counted_by_the_close_or_refused(hall: Hall) -> None:
    hall.prepare()
    ballots = [[hall.poll.ballot(voter, "for") for _ in range(5)] for voter in range(6)]
    acknowledged: list[str] = []
    faults: list[Fault] = []
    begun = threading.Barrier(7)

    def vote(mine: list[bytes]) -> None:
        begun.wait()
        for ballot in mine:
            try:
                acknowledged.append(hall.desk.cast_ballot(KEY, ballot))
            except Fault as fault:
                faults.append(fault)

    voters = [threading.Thread(target=vote, args=(each,)) for each in ballots]
    for each in voters:
        each.start()
    begun.wait()
    while not acknowledged:
        pass
    hall.close()
    for each in voters:
        each.join()
    box = hall.division.box
    assert box is not None
    assert box == box_of(hall.desk.ballots(KEY))
    assert box.counted + box.superseded == len(acknowledged)
    assert sorted(each.tracker for each in hall.desk.trackers(KEY)) == sorted(acknowledged)
    assert len(acknowledged) + len(faults) == 30
    assert {each.code for each in faults if isinstance(each, Refused)} <= {"division-closed"}
    assert all(isinstance(each, Refused) for each in faults)
