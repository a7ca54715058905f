"""Checking the ballots of an archive, many to a task, here or wherever an executor runs; and their tally on the way.

Check 4. A task is a function of bytes, so processes of one machine and those of a cluster serve alike. Tasks are waited for
in the order of their ballots: of several bad ballots the first is named, whoever is quicker.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import closing
from functools import lru_cache, partial
from typing import BinaryIO, NamedTuple

import msgspec

from quorate.ballots.ballot import CastBallot, read_ballot
from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.claim import check_claims
from quorate.ballots.credential import PublicCredential, read_credentials, write_credentials
from quorate.ballots.digest import sha
from quorate.ballots.election import Election, read_election
from quorate.ballots.progress import Passed, Progress
from quorate.ballots.survey import Survey
from quorate.ballots.tally import Tally, join_tallies, read_tally, tally_of, write_tally
from quorate.canon.fault import Malformed, Unavailable

CHUNK = 128
"""Ballots to a task: more share one batch of proofs, fewer are lost when a run is interrupted."""
_FEWEST, _TASKS = 8, 16
"""Ballots to a task, and tasks that a small election is cut into, so that all processes have something to do."""
IN_FLIGHT = 2**25
"""Bytes of ballots that are handed out before the first of them is waited for; bounds memory."""
_PARTS = 64
"""Tallies that are kept apart before they are joined: ranked ones are sorted then."""

Report = Callable[[Passed], None]
_read_election = lru_cache(maxsize=4)(read_election)


class Chunk(NamedTuple):
    """A task: ballots that follow each other, with what it takes to check them."""

    election: bytes
    credentials: bytes
    """Those of these ballots, as a list of credentials is written."""
    first: int
    """The number of the first ballot."""
    ballots: tuple[bytes, ...]
    counts: tuple[bool, ...]
    """Whether each is in the tally."""
    is_known: bool
    """Whether their proofs have been checked already."""


class Failure(NamedTuple):
    """The first ballot of a task that does not hold, and why."""

    ballot: int
    reason: str


def check_ballots(
    election: Election,
    credentials: Mapping[str, PublicCredential],
    survey: Survey,
    stream: BinaryIO,
    *,
    executor: Executor | None = None,
    report: Report | None = None,
    resume: Progress | None = None,
) -> Tally:
    """The tally of the ballots that count, if all ballots hold, counted or not; read again from `stream`.

    Of those that `known_ballots` knows no proof is checked again. If the archive has no more ballots than it had then,
    they are not even read.

    Raises:
        UnverifiedElection: the first ballot that does not hold.
        Malformed: the tallies of `resume` are none of this election.
        Unavailable: the executor broke.
    """
    tallies = [tally_of(election, ())]
    last_known = done = known_ballots(survey, resume)
    if resume is not None and last_known and resume.end == survey.end:
        tallies += _read_tallies(election, resume)
    else:
        done = 0
    chunks = _chunks(election, credentials, survey, stream, range(done, last_known))
    # Closed here, not when it is collected: then nothing is handed out any more.
    with closing(_run(chunks, executor)) as outcomes:
        for checked, tally in outcomes:
            tallies.append(read_tally(election, tally))
            if len(tallies) > _PARTS or not election.is_ranked:
                tallies = [join_tallies(election, tallies)]
            if report is not None and checked > last_known:
                # Bound now: it may be asked for when the next tally has come.
                progress = partial(_progress, survey, checked, (*tallies,))
                report(Passed(checked, len(survey.slips), progress))
    return join_tallies(election, tallies)


def known_ballots(survey: Survey, resume: Progress | None) -> int:
    """How many of the ballots, from the first on, are those that an earlier run checked."""
    if resume is not None and resume.checked <= len(survey.slips):
        slip = survey.slips[resume.checked - 1]
        if slip.event.hex() == resume.event:
            return resume.checked
    return 0


def check_chunk(chunk: Chunk) -> bytes | Failure:
    """The tally of those ballots of a task that count, written; or what is wrong with the first that does not hold."""
    election = _read_election(chunk.election)
    credentials = read_credentials(election.group, chunk.credentials)
    ballots, failure = _read_ballots(election, credentials, chunk)
    if not chunk.is_known:
        try:
            claims = [each for ballot in ballots for each in ballot.claims]
            check_claims(election.group, claims, Check.BALLOTS)
        except UnverifiedElection as unverified:
            # It comes before the one that could not be read, if there is one.
            return Failure(unverified.ballot or chunk.first, unverified.reason)
    if failure is not None:
        return failure
    counted = [each for each, counts in zip(ballots, chunk.counts, strict=True) if counts]
    return write_tally(tally_of(election, counted))


def _read_ballots(
    election: Election, credentials: Mapping[str, PublicCredential], chunk: Chunk
) -> tuple[list[CastBallot], Failure | None]:
    """The ballots up to the first that cannot be read, and why it cannot."""
    ballots: list[CastBallot] = []
    for number, data in enumerate(chunk.ballots, chunk.first):
        try:
            ballots.append(read_ballot(election, credentials, data, number))
        except Malformed as malformed:
            return ballots, Failure(number, str(malformed))
        except UnverifiedElection as unverified:
            return ballots, Failure(number, unverified.reason)
    return ballots, None


def _chunks(
    election: Election,
    credentials: Mapping[str, PublicCredential],
    survey: Survey,
    stream: BinaryIO,
    known: range,
) -> Iterator[Chunk]:
    """Tasks of all ballots from `known` on; those in it have been checked before. A task is all known or all new."""
    total, done = len(survey.slips), known.start
    size = min(CHUNK, max(_FEWEST, -(-total // _TASKS)))
    while done < total:
        is_known = done in known
        numbers = range(done + 1, min(done + size, known.stop if is_known else total) + 1)
        named = {survey.slips[number - 1].credential or "" for number in numbers}
        own = [credentials[each] for each in named if each in credentials]
        yield Chunk(
            election=election.data,
            credentials=write_credentials(election.group, own),
            first=done + 1,
            ballots=tuple(_fetch(survey, stream, number) for number in numbers),
            counts=tuple(map(survey.counts, numbers)),
            is_known=is_known,
        )
        done += len(numbers)


def _fetch(survey: Survey, stream: BinaryIO, number: int) -> bytes:
    slip = survey.slips[number - 1]
    stream.seek(slip.at)
    data = stream.read(slip.size)
    if sha(data) != slip.sha:
        raise UnverifiedElection(Check.ARCHIVE, "it was changed while it was read", number)
    return data


def _run(
    chunks: Iterator[Chunk], executor: Executor | None
) -> Generator[tuple[int, bytes], None, None]:
    """Of each task the number of its last ballot and its tally, in their order."""
    if executor is None:
        for chunk in chunks:
            yield _settle(chunk.first + len(chunk.ballots) - 1, check_chunk(chunk))
        return
    waiting: deque[tuple[int, int, Future[bytes | Failure]]] = deque()
    in_flight = 0
    try:
        for chunk in chunks:
            size, last = sum(map(len, chunk.ballots)), chunk.first + len(chunk.ballots) - 1
            waiting.append((last, size, executor.submit(check_chunk, chunk)))
            in_flight += size
            while in_flight > IN_FLIGHT:
                last, size, future = waiting.popleft()
                in_flight -= size
                yield _settle(last, future.result())
        while waiting:
            last, _, future = waiting.popleft()
            yield _settle(last, future.result())
    except (BrokenExecutor, CancelledError) as broken:
        raise Unavailable("the ballots' checks were cut off", "run it again") from broken
    finally:
        for _, _, future in waiting:
            future.cancel()


def _settle(last: int, outcome: bytes | Failure) -> tuple[int, bytes]:
    if isinstance(outcome, Failure):
        raise UnverifiedElection(Check.BALLOTS, outcome.reason, outcome.ballot)
    return last, outcome


def _progress(survey: Survey, checked: int, tallies: Sequence[Tally]) -> Progress:
    parts = tuple(msgspec.Raw(write_tally(each)) for each in tallies)
    event = survey.slips[checked - 1].event.hex()
    return Progress(checked, len(survey.slips), event, survey.end, parts)


def _read_tallies(election: Election, resume: Progress) -> list[Tally]:
    try:
        return [read_tally(election, bytes(each)) for each in resume.tallies]
    except Malformed as malformed:
        raise Malformed("progress", f"tallies of this election: {malformed}") from malformed
