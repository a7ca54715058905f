"""What happened in an election, step by step, as its archive tells it.

Section 4 of the format. A step is an event with the data that stand directly before it; data that belong to no event, or
stand in another order, are refused.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO, NamedTuple, get_args

from quorate.ballots.archive import ArchiveRecord, read_records
from quorate.ballots.chain import ArchiveEvent, Chain, Kind
from quorate.ballots.check import UnverifiedElection
from quorate.ballots.election import read_election
from quorate.ballots.tally import read_sized
from quorate.ballots.wire import Hash, Owned, SizedTally, read
from quorate.canon.fault import Malformed

_MOST_DATA = 5
"""Records before an event: at setup, with a certificate."""
SETUP_KEYS = ("election", "trustees", "credentials")


class PollSetup(NamedTuple):
    """What an election begins with."""

    election: bytes
    trustees: bytes
    credentials: bytes
    certificate: tuple[str, bytes] | None
    """A certificate of the credentials, as tools from 3.0 may make it, and its key in the setup data; it is carried along
    and hashed, not understood."""


class BallotCast(NamedTuple):
    """A ballot went into the box."""

    number: int
    """From 1."""
    data: bytes
    sha: str
    """Of the ballot, in hexadecimal: its tracker, written the other way."""
    event: str
    """The hash of its event, which stands for everything up to here."""
    at: int
    """Where the ballot begins in the archive."""


class BallotsEnded(NamedTuple):
    """The box was closed."""


class Tallied(NamedTuple):
    """The encrypted tally was made."""

    tally: bytes
    sized: SizedTally
    weight: int
    """The total weight as `sized` has it, as a number."""


class Shuffled(NamedTuple):
    """A trustee shuffled the ranked ballots."""

    owner: int
    data: bytes


class ShufflesEnded(NamedTuple):
    """There will be no more shuffles."""


class Decrypted(NamedTuple):
    """A trustee gave their partial decryption."""

    owner: int
    data: bytes


class Published(NamedTuple):
    """The result was published."""

    result: bytes


Step = (
    PollSetup
    | BallotCast
    | BallotsEnded
    | Tallied
    | Shuffled
    | ShufflesEnded
    | Decrypted
    | Published
)


def read_steps(records: Iterable[ArchiveRecord], chain: Chain | None = None) -> Iterator[Step]:
    """The steps that records tell. Afterwards `chain` says where the election stands; an archive may end after any event.

    Raises:
        Malformed, UnverifiedElection: as `read_records`; or the events are not a chain in their order, or the data before
            one are not its own.
    """
    chain = Chain() if chain is None else chain
    pending: list[ArchiveRecord] = []
    for record in records:
        if record.number == 0:
            continue
        if record.is_event:
            yield _step(chain, record, pending)
            pending = []
        elif len(pending) == _MOST_DATA:
            raise record.broken("more data than any event has")
        else:
            pending.append(record)
    if pending:
        raise pending[0].broken("no event follows the data, to which they would belong")


def resume_chain(stream: BinaryIO) -> Chain:
    """The chain of a whole archive, for whoever goes on writing it.

    Raises:
        Malformed, UnverifiedElection: as `read_steps`.
    """
    chain = Chain()
    for _ in read_steps(read_records(stream), chain):
        pass
    return chain


def _step(chain: Chain, record: ArchiveRecord, pending: Sequence[ArchiveRecord]) -> Step:
    try:
        event = read(record.body, ArchiveEvent, "event")
        many, make = _KINDS[event.type]
        _require(len(pending) in many, "its data, and nothing else, before it")
        if event.type == "Setup":
            # The chain must know by now: it says whether shuffles come after the tally.
            chain.is_ranked = read_election(pending[0].body).is_ranked
        expected = chain.extend(event.type, pending[-1].sha if pending else None)
        _require(expected == record.body, "the hashes of the event and data before it, its height")
        return make(chain, pending)
    except Malformed as malformed:
        raise record.broken(str(malformed)) from malformed
    except UnverifiedElection as unverified:
        raise record.broken(unverified.reason, unverified.ballot) from unverified


def _require(holds: bool, expected: str) -> None:  # noqa: FBT001 — it reads as a sentence
    if not holds:
        raise Malformed("event", expected)


def _setup(_chain: Chain, pending: Sequence[ArchiveRecord]) -> PollSetup:
    *data, last = pending
    hashes = read(last.body, dict[str, Hash], "setup data")
    listed = [*hashes.values()]
    _require(tuple(hashes)[:3] == SETUP_KEYS, "setup data with the keys of the format")
    _require(listed == [each.sha for each in data], "setup data of what is before it")
    certificate = (tuple(hashes)[3], data[3].body) if len(data) == 4 else None
    return PollSetup(data[0].body, data[1].body, data[2].body, certificate)


def _ballot(chain: Chain, pending: Sequence[ArchiveRecord]) -> BallotCast:
    (ballot,) = pending
    return BallotCast(chain.ballots, ballot.body, ballot.sha, chain.head, ballot.at)


def _tallied(_chain: Chain, pending: Sequence[ArchiveRecord]) -> Tallied:
    tally, last = pending
    sized, weight = read_sized(last.body)
    _require(sized.encrypted_tally == tally.sha, "the tally that its sizes name")
    return Tallied(tally.body, sized, weight)


def _owned(pending: Sequence[ArchiveRecord]) -> tuple[int, bytes]:
    data, last = pending
    owned = read(last.body, Owned, "owner")
    _require(owned.payload == data.sha, "the data that its owner is named for")
    return owned.owner, data.body


_KINDS: dict[Kind, tuple[tuple[int, ...], Callable[[Chain, Sequence[ArchiveRecord]], Step]]] = {
    "Setup": ((4, 5), _setup),
    "Ballot": ((1,), _ballot),
    "EndBallots": ((0,), lambda _chain, _pending: BallotsEnded()),
    "EncryptedTally": ((2,), _tallied),
    "Shuffle": ((2,), lambda _chain, pending: Shuffled(*_owned(pending))),
    "EndShuffles": ((0,), lambda _chain, _pending: ShufflesEnded()),
    "PartialDecryption": ((2,), lambda _chain, pending: Decrypted(*_owned(pending))),
    "Result": ((1,), lambda _chain, pending: Published(pending[0].body)),
}
assert _KINDS.keys() == set(get_args(Kind))
