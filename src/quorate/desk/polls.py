"""The ballot boxes at the desk: ballots are checked before they are put in, and looked at without saying who or when.

A ballot comes before the close of its division or after it: before, it is in the box and is counted; after, it is refused.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from threading import Lock
from typing import BinaryIO, NamedTuple

from quorate.assembly.divisions.secret import open_to_ballots
from quorate.assembly.model.division import Division, Setup
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.audit.ballots import credential_of
from quorate.ballots.archive import read_opening
from quorate.ballots.archive_writer import ArchiveWriter
from quorate.ballots.ballot import check_ballot, tracker
from quorate.ballots.credential import PublicCredential, read_credentials
from quorate.ballots.digest import base64, hexadecimal
from quorate.ballots.election import Election, read_election
from quorate.ballots.steps import PollSetup as SetupFiles
from quorate.ballots.survey import survey_archive
from quorate.canon.fault import Unavailable
from quorate.desk.answer import Casting
from quorate.desk.archives import archive_name, setup_name
from quorate.desk.port import Store, Writing


class Poll(NamedTuple):
    """The election of a division, with all that its ballots are checked by."""

    files: SetupFiles
    election: Election
    credentials: Mapping[str, PublicCredential]
    timestamp: int
    """That of the archive: when the election was set up."""


class Tracked(NamedTuple):
    """A ballot in a box, as its voter finds it."""

    tracker: str
    counts: bool
    """Whether it is the last of its credential."""


class Polls:
    """The elections of divisions, each read once: the list of credentials of a large one takes seconds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Poll] = {}
        self._lock = Lock()

    def of(self, division: Division) -> Poll:
        """The election of a division whose ballot was prepared.

        Raises:
            Unavailable: the store does not have it, or has another than the record says.
        """
        with self._lock:
            if division.id not in self._known:
                assert division.setup is not None
                paper = BytesIO(b"".join(self._store.paper(setup_name(division.id))))
                self._known[division.id] = _read(paper, division.id, division.setup)
            return self._known[division.id]

    def check(self, division: Division, ballot: bytes) -> str:
        """The public credential of a ballot that can be put into the box of a division.

        Raises:
            Malformed: it is no ballot.
            UnverifiedElection: a proof does not hold, it is of another election, or its credential is not on the list.
        """
        poll = self.of(division)
        return check_ballot(poll.election, poll.credentials, ballot).credential.text

    def write_archive(self, division: Division, stream: BinaryIO) -> None:
        """Write the archive of a division's ballots: the one declared, else what its closed box holds.

        Raises:
            Refused: it is not closed.
            Unavailable: the setup of its election is not here.
        """
        pieces = self._store.paper(archive_name(division.id))
        if piece := next(pieces, b""):
            stream.write(piece)
            stream.writelines(pieces)
            return
        if division.box is None:
            raise Refused(
                "not-open",
                what="division",
                id=division.id,
                status=division.status,
                statuses=("closed",),
            )
        _write_box(stream, self.of(division), self._store.ballots(division.id))


def put_in(state: State, casting: Casting, writing: Writing) -> None:
    """Put a ballot into the box of its division, if that is open to ballots, and answer with its tracker.

    One that the box holds already is answered likewise, also after the close: whoever got no answer may ask again.
    """
    own = (casting.division, casting.credential, casting.ballot)
    try:
        if not writing.holds(*own):
            open_to_ballots(state, casting.division)
            writing.put_ballot(*own)
        casting.answer = tracker(casting.ballot)
    except Refused as refusal:
        casting.error = refusal


def tracked(ballots: Iterable[bytes]) -> list[Tracked]:
    """The trackers of ballots, in their own order. Of a credential the last counts."""
    trackers: dict[str, list[str]] = {}
    for ballot in ballots:
        trackers.setdefault(credential_of(ballot), []).append(tracker(ballot))
    return sorted(Tracked(each, each == own[-1]) for own in trackers.values() for each in own)


def _write_box(stream: BinaryIO, poll: Poll, ballots: Iterable[bytes]) -> None:
    """Write the archive of a closed box: the trustees go on from there. Its order is that of the credentials."""
    writer = ArchiveWriter(stream, poll.timestamp)
    files = poll.files
    writer.setup(files.election, files.trustees, files.credentials, files.certificate)
    for ballot in ballots:
        writer.ballot(ballot)
    writer.end_ballots()


def _read(paper: BytesIO, division: str, setup: Setup) -> Poll:
    if not paper.getbuffer():
        raise Unavailable(
            f"the setup of the ballot of division {division} is not here",
            "it is kept in the database alone while the ballot goes on: restore that",
        )
    timestamp, _ = read_opening(paper)
    paper.seek(0)
    _, files = survey_archive(paper)
    hashes = (base64(files.election), hexadecimal(files.trustees), hexadecimal(files.credentials))
    if hashes != (setup.fingerprint, setup.trustees, setup.credentials):
        raise Unavailable(
            f"the setup of the ballot of division {division} is not the one that was bound",
            "the store was edited; compare it with the record",
        )
    election = read_election(files.election)
    credentials = read_credentials(election.group, files.credentials)
    return Poll(files, election, credentials, timestamp)
