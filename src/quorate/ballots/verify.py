"""The verifier of elections: an archive in, numbered checks out. It accepts one form of everything.

Section 10 of the format. The checks, in their order:

1  archive: every byte is accounted for, and the events are a chain in their order (`survey`, `steps`, `chain`, `archive`)
2  trustees: every trustee knows their key, and the election's key is made of theirs (`trustee`)
3  credentials: none is there twice, each is a public key (`credential`)
4  ballots: every one is signed and valid, those that were superseded too (`ballots_check`)
5  tally: it is the product of the last ballot of each credential, and of nothing else; so are its sizes (`tally`)
6  shuffles: each has the ballots of the one before (`shuffle`)
7  decryptions: each was made with its trustee's key, no trustee gave two, and there are enough for a result (`decryption`)
8  result: it is what was decrypted (`result`)
9  monitoring: it agrees with what is known from elsewhere (`monitoring`)

An election in progress is verified as far as it is. What all checks let pass though it promises less than it might is told
as a weakness (`weakness`). What no archive can prove is not claimed: the time in its headers, the
names of trustees, who made a shuffle, and that the list of credentials is the one that was announced (unless check 9 has it).
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from quorate.ballots.ballots_check import Report, check_ballots, known_ballots
from quorate.ballots.chain import Stage
from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.credential import PublicCredential, read_credentials
from quorate.ballots.decryption import Factors, check_decryption, combine_factors
from quorate.ballots.digest import hexadecimal
from quorate.ballots.election import Election, read_election
from quorate.ballots.monitoring import Known, check_known
from quorate.ballots.progress import Progress
from quorate.ballots.result import Counts, check_result, read_result
from quorate.ballots.shuffle import check_shuffle
from quorate.ballots.steps import PollSetup, Tallied
from quorate.ballots.survey import Survey, survey_archive
from quorate.ballots.tally import Tally, ranked_lists, require_weights, with_ranked, write_tally
from quorate.ballots.trustee import Trustees, check_trustees, read_trustees
from quorate.ballots.weakness import Weakness, weaknesses_of
from quorate.canon.fault import Malformed


@dataclass(frozen=True, slots=True)
class Verified:
    """What was verified of an archive; every number in it was reckoned again."""

    uuid: str
    name: str
    fingerprint: str
    group: str
    state: Stage
    archive_head: str
    """The hash of the last event: whoever has it knows the whole archive. It changes with each event."""
    tally_head: str
    """The hash of the event from which on trustees decrypt, which they compare; empty before. It stays."""
    trustees: int
    credentials: int
    cast: int
    """Ballots in the box."""
    counted: int
    """The last of each credential."""
    weight: int
    """Of those that count, in all."""
    shuffled: tuple[int, ...]
    """The trustees named for a shuffle, in the order in which they made it."""
    decrypted: tuple[int, ...]
    """The trustees that gave a partial decryption, in the order in which they did."""
    result: Counts | None
    known: int
    """Ballots whose proofs an earlier run had checked."""
    checks: tuple[Check, ...]
    """Those that there was something to check for."""
    weaknesses: tuple[Weakness, ...]

    @property
    def shuffles(self) -> int:
        """How many shuffles were made."""
        return len(self.shuffled)

    @property
    def unshuffled(self) -> bool:
        """Whether ranked ballots were opened in an order that everybody knows: whose is whose can be seen."""
        return Weakness.UNSHUFFLED in self.weaknesses

    @property
    def superseded(self) -> int:
        """Ballots in whose place a later one of the same credential counts."""
        return self.cast - self.counted


def verify(
    stream: BinaryIO,
    *,
    executor: Executor | None = None,
    report: Report | None = None,
    resume: Progress | None = None,
    known: Known | None = None,
) -> Verified:
    """What was verified of the archive that `stream`, which can be sought in, holds from its beginning.

    Linear in its ballots, of which about a kilobyte each is kept, with the credentials. Their proofs are checked by
    `executor`, else here; `report` is told after each task, and `resume` is what an earlier run had told.

    Raises:
        Malformed: it is no archive of an election; or `resume` is not what a run over it told.
        UnverifiedElection: the first check that failed, with the ballot and the reason.
        Unavailable: the executor broke.
    """
    stream.seek(0)
    survey, setup = survey_archive(stream)  # 1
    with _malformed_is(Check.ARCHIVE):
        election = read_election(setup.election)
    trustees = _check_trustees(election, setup)  # 2
    credentials = _check_credentials(election, setup)  # 3
    tally = check_ballots(
        election, credentials, survey, stream, executor=executor, report=report, resume=resume
    )  # 4
    weight = sum(credentials[each].weight for each in survey.last)
    result = _check_count(election, trustees, survey, tally, weight)  # 5 to 8
    if known:
        check_known(known, stream, setup.credentials, len(credentials))  # 9
    return Verified(
        uuid=election.uuid,
        name=election.name,
        fingerprint=election.fingerprint,
        group=election.group.name,
        state=survey.chain.state,
        archive_head=survey.chain.head,
        tally_head=survey.chain.tally_head,
        trustees=len(trustees.keys),
        credentials=len(credentials),
        cast=len(survey.slips),
        counted=len(survey.last),
        weight=weight,
        shuffled=tuple(each.owner for each in survey.shuffles),
        decrypted=tuple(each.owner for each in survey.decryptions),
        result=result,
        known=known_ballots(survey, resume),
        checks=tuple(_made(survey, bool(known))),
        weaknesses=weaknesses_of(election, trustees, survey),
    )


def _check_trustees(election: Election, setup: PollSetup) -> Trustees:
    with _malformed_is(Check.TRUSTEES):
        trustees = read_trustees(election.group, setup.trustees)
        check_trustees(election.group, trustees, election.public_key)
    return trustees


def _check_credentials(election: Election, setup: PollSetup) -> dict[str, PublicCredential]:
    with _malformed_is(Check.CREDENTIALS):
        credentials = read_credentials(election.group, setup.credentials)
        require_weights(election, credentials)
    return credentials


def _check_count(
    election: Election, trustees: Trustees, survey: Survey, tally: Tally, weight: int
) -> Counts | None:
    """The result, if it has come to that; `tally` and its total weight are what the ballots came to."""
    if survey.tallied is None:
        return None
    _check_tally(survey.tallied, tally, len(survey.last), weight)  # 5
    shuffled = _check_shuffles(election, trustees, survey, tally)  # 6
    given = _check_decryptions(election, trustees, survey, shuffled)  # 7
    if survey.published is None:
        return None
    factors = combine_factors(election, trustees, given, [*map(len, shuffled)])  # 7
    with _malformed_is(Check.RESULT):  # 8
        result = read_result(election, survey.published.result)
        check_result(election, shuffled, factors, weight, result)
    return result


def _check_tally(tallied: Tallied, tally: Tally, counted: int, weight: int) -> None:
    if tallied.tally != write_tally(tally):
        raise UnverifiedElection(Check.TALLY, "it is not the tally of the ballots that count")
    if tallied.sized.num_tallied != counted:
        reason = f"it is said to be of {tallied.sized.num_tallied} ballots; {counted} count"
        raise UnverifiedElection(Check.TALLY, reason)
    if tallied.weight != weight:
        reason = f"its weight is said to be {tallied.weight}; it is {weight}"
        raise UnverifiedElection(Check.TALLY, reason)
    assert tallied.sized.encrypted_tally == hexadecimal(tallied.tally)


def _check_shuffles(election: Election, trustees: Trustees, survey: Survey, tally: Tally) -> Tally:
    """The tally, its ranked lists as the last shuffle left them."""
    lists = ranked_lists(election, tally)
    for number, (owner, data) in enumerate(survey.shuffles, 1):
        _require_trustee(trustees, owner, Check.SHUFFLES)
        with _malformed_is(Check.SHUFFLES):
            lists = check_shuffle(election, lists, data, number)
    return with_ranked(election, tally, lists)


def _check_decryptions(
    election: Election, trustees: Trustees, survey: Survey, tally: Tally
) -> dict[int, Factors]:
    """The factors of each trustee that gave theirs."""
    given: dict[int, Factors] = {}
    for owner, data in survey.decryptions:
        _require_trustee(trustees, owner, Check.DECRYPTIONS)
        if owner in given:
            reason = f"trustee {owner} has given two partial decryptions"
            raise UnverifiedElection(Check.DECRYPTIONS, reason)
        with _malformed_is(Check.DECRYPTIONS):
            key = trustees.keys[owner - 1]
            given[owner] = check_decryption(election, tally, key, owner, data)
    return given


def _require_trustee(trustees: Trustees, owner: int, check: Check) -> None:
    if owner > len(trustees.keys):
        raise UnverifiedElection(check, f"there is no trustee {owner}")


def _made(survey: Survey, is_monitored: bool) -> Iterator[Check]:  # noqa: FBT001 — one place calls it
    """The checks for which the archive had something."""
    yield from (Check.ARCHIVE, Check.TRUSTEES, Check.CREDENTIALS, Check.BALLOTS)
    if survey.tallied is not None:
        yield Check.TALLY
    if survey.shuffles:
        yield Check.SHUFFLES
    if survey.decryptions:
        yield Check.DECRYPTIONS
    if survey.published is not None:
        yield Check.RESULT
    if is_monitored:
        yield Check.MONITORING


@contextmanager
def _malformed_is(check: Check) -> Iterator[None]:
    """What cannot be read inside an archive is a check that failed: of what is no archive at all it is said before."""
    try:
        yield
    except Malformed as malformed:
        raise UnverifiedElection(check, str(malformed)) from malformed
