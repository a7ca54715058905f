"""Secret divisions: what an archive of ballots comes to, and whether it is that of its division (check 14).

    the archive holds to its last proof: the checks of `quorate.ballots.verify`
    its election, trustees and credentials are those that were bound before the first ballot was cast
    its question asks for, against or abstaining, on the motion of the division; one credential for each who could vote
    its ballots are those that were in the box when it was closed
    it is the archive whose hash was declared, its result are the figures declared

What the box says of its contents depends on no order between credentials, so an archive need not keep any.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from typing import BinaryIO, NamedTuple

import msgspec

from quorate.assembly.divisions.register import may_vote_now
from quorate.assembly.model.division import Box, Count, Division, Setup
from quorate.audit.check import Check
from quorate.ballots.chain import Stage
from quorate.ballots.credential import read_credentials
from quorate.ballots.digest import base64, hexadecimal
from quorate.ballots.election import read_election
from quorate.ballots.question import AnyQuestion, Question
from quorate.ballots.result import Counts
from quorate.ballots.survey import Survey, survey_archive
from quorate.ballots.verify import verify as verify_election
from quorate.ballots.weakness import Weakness
from quorate.canon.fault import Unverified

ANSWERS = ("for", "against", "abstain")
"""The answers to the one question of a secret division; one of them is picked."""
_PIECE = 2**20


class Archive(NamedTuple):
    """An archive of ballots that was verified by itself."""

    digest: str
    """SHA-256 of all its bytes, in hexadecimal."""
    setup: Setup
    weights: tuple[int, ...]
    """The weights of the credentials, the lightest first."""
    questions: tuple[AnyQuestion, ...]
    stage: Stage
    box: Box
    result: Counts | None
    weaknesses: tuple[Weakness, ...]


class _Names(msgspec.Struct):
    """The part of a ballot that names its credential."""

    credential: str


_names = msgspec.json.Decoder(_Names)


def question_of(division: Division) -> Question:
    """The question of a secret division's election: ids alone, as everybody who has the archive can read it."""
    return Question(answers=ANSWERS, min=1, max=1, question=f"{division.id}: {division.motion}")


def asks_a_division(questions: Sequence[AnyQuestion]) -> bool:
    """Whether an election asks what the election of a division does: its one question, in ids."""
    words = questions[0].question if isinstance(questions[0], Question) else ""
    asked = Question(answers=ANSWERS, min=1, max=1, question=words)
    return tuple(questions) == (asked,) and ": " in words


def credential_of(ballot: bytes) -> str:
    """The public credential that a ballot names, which was read before."""
    return _names.decode(ballot).credential


def box_of(ballots: Iterable[bytes]) -> Box:
    """The box with these ballots. They come by credential, those of one in the order in which they were cast."""
    return _box((credential_of(each), hashlib.sha256(each).digest()) for each in ballots)


def read_archive(stream: BinaryIO, executor: Executor | None = None) -> Archive:
    """The archive in a stream, all of it verified as far as it goes. Linear in its ballots.

    Raises:
        Malformed: it is no archive of an election.
        UnverifiedElection: the first check that failed, with the ballot and the reason.
    """
    verified = verify_election(stream, executor=executor)
    stream.seek(0)
    survey, setup = survey_archive(stream)
    election = read_election(setup.election)
    credentials = read_credentials(election.group, setup.credentials)
    weights = tuple(sorted(each.weight for each in credentials.values()))
    return Archive(
        digest=_digest(stream),
        setup=Setup(
            uuid=verified.uuid,
            fingerprint=base64(setup.election),
            trustees=hexadecimal(setup.trustees),
            credentials=hexadecimal(setup.credentials),
            issued=len(weights),
            weight=sum(weights),
        ),
        weights=weights,
        questions=election.questions,
        stage=verified.state,
        box=_box(_slips(survey)),
        result=verified.result,
        weaknesses=verified.weaknesses,
    )


def check_setup(division: Division, setup: Setup, archive: Archive) -> None:
    """Return if an archive begins with this setup, and with a question that the division asks, else raise Unverified."""
    _require(archive.setup == setup, division, "its election is another than was bound")
    asked = archive.questions == (question_of(division),)
    _require(asked, division, f"it asks something else than {question_of(division)}")
    weights = (line.weight for line in division.register.values() if may_vote_now(line))
    fair = archive.weights == tuple(sorted(weights))
    _require(fair, division, "its credentials are not one for each who can vote, of their weight")


def check_box(division: Division, archive: Archive) -> None:
    """Return if an archive has the ballots that were in the box when the division was closed, else raise Unverified."""
    assert division.setup is not None
    check_setup(division, division.setup, archive)
    ended = archive.stage not in (Stage.NOT_SET_UP, Stage.OPEN)
    _require(ended, division, "its box is not closed")
    _require(archive.box == division.box, division, "its ballots are not those of the box")


def check_result(division: Division, digest: str, figures: Count, archive: Archive) -> None:
    """Return if an archive is the one declared, and its result the figures declared, else raise Unverified."""
    check_box(division, archive)
    _require(archive.digest == digest, division, "it is not the archive that was declared")
    _require(archive.stage is Stage.PUBLISHED, division, "it has no result")
    declared = (figures.votes_for, figures.votes_against, figures.abstentions)
    _require(archive.result == (declared,), division, "its result is not what was declared")


def figures_of(division: Division, archive: Archive) -> Count:
    """The figures of a division as its archive has them; those who did not vote are the rest of the register.

    Raises:
        Unverified: the archive is not of this division, or has no result.
    """
    check_box(division, archive)
    _require(archive.result is not None, division, "it has no result")
    assert archive.result is not None
    votes_for, votes_against, abstentions = archive.result[0]
    not_voted = len(division.register) - archive.box.counted
    return Count(votes_for, votes_against, abstentions, not_voted)


def _slips(survey: Survey) -> Iterator[tuple[str, bytes]]:
    # A stable sort: those of one credential stay in their order, of which the last counts.
    for slip in sorted(survey.slips, key=lambda each: each.credential or ""):
        yield slip.credential or "", slip.sha


def _box(ballots: Iterable[tuple[str, bytes]]) -> Box:
    contents, credentials, total = hashlib.sha256(), set(), 0
    for credential, digest in ballots:
        contents.update(digest)
        credentials.add(credential)
        total += 1
    counted = len(credentials)
    return Box(counted=counted, superseded=total - counted, contents=contents.hexdigest())


def _digest(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _require(holds: bool, division: Division, reason: str) -> None:  # noqa: FBT001 — it reads as a sentence
    if not holds:
        raise Unverified(Check.BALLOTS.value, f"the archive of division {division.id}: {reason}")
