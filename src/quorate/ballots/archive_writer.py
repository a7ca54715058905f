"""Writing an archive, event by event: what `steps` reads.

Section 4 of the format. Every method writes its records with one call and returns the hash of the event; when bytes are
safe on a disk is for whoever owns the stream to say.
"""

from typing import BinaryIO

from quorate.ballots.archive import format_data, format_event, format_opening
from quorate.ballots.chain import Chain, Kind
from quorate.ballots.digest import hexadecimal
from quorate.ballots.election import read_election
from quorate.ballots.steps import SETUP_KEYS
from quorate.ballots.tally import write_sized
from quorate.ballots.wire import Owned, write


class ArchiveWriter:
    """Appends to an archive; what cannot come next is refused, and then nothing of it is written.

    `timestamp` is the archive's, seconds since 1970. Without a chain a new archive begins; to go on with one, give the
    chain that `resume_chain` found and the time of its opening, and a stream that stands at its end.
    """

    def __init__(self, stream: BinaryIO, timestamp: int, chain: Chain | None = None) -> None:
        self._stream = stream
        self._timestamp = timestamp
        self.chain = Chain() if chain is None else chain
        if chain is None:
            stream.write(format_opening(timestamp))

    def setup(
        self,
        election: bytes,
        trustees: bytes,
        credentials: bytes,
        certificate: tuple[str, bytes] | None = None,
    ) -> str:
        """The election is fixed: its bytes, those of its trustees and of its public credentials.

        Raises:
            Malformed: the election cannot be read.
        """
        self.chain.is_ranked = read_election(election).is_ranked
        given = dict(zip(SETUP_KEYS, (election, trustees, credentials), strict=True))
        if certificate is not None:
            given[certificate[0]] = certificate[1]
        hashes = write({key: hexadecimal(data) for key, data in given.items()})
        return self._append("Setup", *given.values(), hashes)

    def ballot(self, ballot: bytes) -> str:
        """A ballot goes into the box.

        Raises:
            UnverifiedElection: the box is closed, or the ballot is in it already, byte for byte.
        """
        return self._append("Ballot", ballot)

    def end_ballots(self) -> str:
        """The box is closed."""
        return self._append("EndBallots")

    def tally(self, tally: bytes, tallied: int, weight: int) -> str:
        """The encrypted tally of so many ballots of so much weight in all."""
        sized = write_sized(tallied, weight, hexadecimal(tally))
        return self._append("EncryptedTally", tally, sized)

    def shuffle(self, owner: int, data: bytes) -> str:
        """A trustee's shuffle."""
        return self._append("Shuffle", data, write(Owned(owner, hexadecimal(data))))

    def end_shuffles(self) -> str:
        """There will be no more shuffles."""
        return self._append("EndShuffles")

    def decryption(self, owner: int, data: bytes) -> str:
        """A trustee's partial decryption."""
        return self._append("PartialDecryption", data, write(Owned(owner, hexadecimal(data))))

    def result(self, result: bytes) -> str:
        """The result; nothing can come after it."""
        return self._append("Result", result)

    def _append(self, kind: Kind, *data: bytes) -> str:
        event = self.chain.extend(kind, hexadecimal(data[-1]) if data else None)
        records = [format_data(each, self._timestamp) for each in data]
        records.append(format_event(event, self._timestamp))
        self._stream.write(b"".join(records))
        return self.chain.head
