"""The events of an archive: a chain by hash, in the one order that an election can have.

Section 4 of the format. `Chain` is a fold of it, and serves both sides: whoever writes gets from it the event that comes
next, and whoever reads makes each event again and compares, so that what is read is exactly what would be written.
"""

from enum import Enum
from typing import Literal

from msgspec import UNSET, UnsetType

from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.digest import hexadecimal
from quorate.ballots.wire import Hash, Wire, write

Kind = Literal[
    "Setup",
    "Ballot",
    "EndBallots",
    "EncryptedTally",
    "Shuffle",
    "EndShuffles",
    "PartialDecryption",
    "Result",
]


class ArchiveEvent(Wire, frozen=True, kw_only=True):
    """An event as JSON; the first has no parent, and those that end something have no payload."""

    parent: Hash | UnsetType = UNSET
    height: int
    type: Kind
    payload: Hash | UnsetType = UNSET


class Stage(Enum):
    """How far an election is."""

    NOT_SET_UP = "not-set-up"
    OPEN = "open"
    CLOSED = "closed"
    SHUFFLING = "shuffling"
    DECRYPTING = "decrypting"
    PUBLISHED = "published"


_NEXT: dict[tuple[Stage, Kind], Stage] = {
    (Stage.NOT_SET_UP, "Setup"): Stage.OPEN,
    (Stage.OPEN, "Ballot"): Stage.OPEN,
    (Stage.OPEN, "EndBallots"): Stage.CLOSED,
    (Stage.CLOSED, "EncryptedTally"): Stage.DECRYPTING,
    (Stage.SHUFFLING, "Shuffle"): Stage.SHUFFLING,
    (Stage.SHUFFLING, "EndShuffles"): Stage.DECRYPTING,
    (Stage.DECRYPTING, "PartialDecryption"): Stage.DECRYPTING,
    (Stage.DECRYPTING, "Result"): Stage.PUBLISHED,
}


class Chain:
    """The chain up to some event: where an election stands, and what its next event must be.

    Keeps 32 bytes of each ballot, to know it when it comes again.
    """

    def __init__(self) -> None:
        self.state = Stage.NOT_SET_UP
        self.height = 0
        """Events so far, which is the height of the next."""
        self.head = ""
        """The archive head: the hash of the last event, in hexadecimal; empty before the first."""
        self.tally_head = ""
        """The tally head, from which on trustees decrypt: the same for all who open the same; empty before."""
        self.is_ranked = False
        """Whether ballots are shuffled: set at setup."""
        self._ballots: set[bytes] = set()

    @property
    def ballots(self) -> int:
        """Ballots so far."""
        return len(self._ballots)

    def extend(self, kind: Kind, payload: str | None) -> bytes:
        """The next event, as JSON, with the hash of its payload in hexadecimal; the chain goes on from it.

        Raises:
            UnverifiedElection: it cannot come now, or its ballot is in the chain already. The chain stays as it was.
        """
        after = _NEXT.get((self.state, kind))
        if after is None:
            raise UnverifiedElection(
                Check.ARCHIVE, f"no {kind} can come while the election is {self.state.value}"
            )
        if kind == "EncryptedTally" and self.is_ranked:
            after = Stage.SHUFFLING
        if kind == "Ballot" and payload is not None:
            self._add(bytes.fromhex(payload))
        event = ArchiveEvent(
            parent=self.head or UNSET,
            height=self.height,
            type=kind,
            payload=UNSET if payload is None else payload,
        )
        data = write(event)
        before, self.state = self.state, after
        self.head, self.height = hexadecimal(data), self.height + 1
        if after is Stage.DECRYPTING and before is not after:
            self.tally_head = self.head
        return data

    def _add(self, ballot: bytes) -> None:
        if ballot in self._ballots:
            raise UnverifiedElection(
                Check.ARCHIVE, "a ballot that is there already, byte for byte", self.ballots + 1
            )
        self._ballots.add(ballot)
