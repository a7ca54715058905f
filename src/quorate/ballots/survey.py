"""The first reading of an archive: every byte of it, its events, and of each ballot where it is and whose.

Check 1. Of a ballot about 400 bytes are kept; what is in it is looked at later, when it is known which ballots count.
"""

from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

import msgspec

from quorate.ballots.archive import read_records
from quorate.ballots.chain import Chain
from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.steps import (
    BallotCast,
    BallotsEnded,
    Decrypted,
    PollSetup,
    Published,
    Shuffled,
    ShufflesEnded,
    Step,
    Tallied,
    read_steps,
)


class Slip(NamedTuple):
    """What is kept of a ballot."""

    at: int
    size: int
    sha: bytes
    event: bytes
    credential: str | None
    """What it names; None if it cannot be read so far."""


@dataclass(slots=True)
class Survey:
    """What an archive holds."""

    setup: PollSetup | None = None
    slips: list[Slip] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)
    """The number of the last ballot of each credential."""
    tallied: Tallied | None = None
    shuffles: list[Shuffled] = field(default_factory=list)
    decryptions: list[Decrypted] = field(default_factory=list)
    published: Published | None = None
    chain: Chain = field(default_factory=Chain)

    @property
    def end(self) -> str:
        """The event of the last ballot, in hexadecimal; empty if there is none."""
        return self.slips[-1].event.hex() if self.slips else ""

    def counts(self, number: int) -> bool:
        """Whether the ballot of that number is the last of its credential."""
        credential = self.slips[number - 1].credential
        return credential is not None and self.last[credential] == number


class _Names(msgspec.Struct):
    """As much of a ballot as says whose it is."""

    credential: str


_decoder = msgspec.json.Decoder(_Names)


def survey_archive(stream: BinaryIO) -> tuple[Survey, PollSetup]:
    """What an archive holds, in one pass and linear time.

    Raises:
        Malformed: it is no archive.
        UnverifiedElection: it is a broken one, or has not even a setup.
    """
    survey = Survey()
    for step in read_steps(read_records(stream), survey.chain):
        _note(survey, step)
    if survey.setup is None:
        raise UnverifiedElection(Check.ARCHIVE, "it ends before an election was set up")
    return survey, survey.setup


def _note(survey: Survey, step: Step) -> None:
    match step:
        case BallotCast():
            _note_ballot(survey, step)
        case PollSetup():
            survey.setup = step
        case Tallied():
            survey.tallied = step
        case Shuffled():
            survey.shuffles.append(step)
        case Decrypted():
            survey.decryptions.append(step)
        case Published():
            survey.published = step
        case BallotsEnded() | ShufflesEnded():
            pass


def _note_ballot(survey: Survey, cast: BallotCast) -> None:
    credential = _credential(cast.data)
    if credential is not None:
        survey.last[credential] = cast.number
    sha, event = bytes.fromhex(cast.sha), bytes.fromhex(cast.event)
    survey.slips.append(Slip(cast.at, len(cast.data), sha, event, credential))


def _credential(ballot: bytes) -> str | None:
    """The credential that a ballot names; whatever cannot be read is found when the ballot is checked."""
    try:
        return _decoder.decode(ballot).credential
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
