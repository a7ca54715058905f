"""What only those can check who kept or were told something: earlier copies, the number of voters, the credentials' hash.

Check 9. It is what stops a list of credentials from being changed before anybody voted, and ballots from disappearing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.digest import base64, hexadecimal

_PIECE = 2**20


@dataclass(frozen=True, slots=True)
class Known:
    """What is known from elsewhere; what is left out is not checked."""

    earlier: Sequence[BinaryIO] = ()
    """Copies of the archive made earlier, each from its beginning."""
    voters: int | None = None
    credentials: str | None = None
    """The hash of the list of credentials, as whoever issued them announced it: hexadecimal, or Base64 without padding."""

    def __bool__(self) -> bool:
        """Whether there is anything to check."""
        return bool(self.earlier) or (self.voters, self.credentials) != (None, None)


def check_known(known: Known, stream: BinaryIO, credentials: bytes, count: int) -> None:
    """Return if an archive, with its list of `count` credentials, agrees with what is known from elsewhere.

    Raises:
        UnverifiedElection: with what it does not.
    """
    for i, copy in enumerate(known.earlier, 1):
        stream.seek(0)
        _check_prefix(copy, stream, i)
    if known.voters is not None and known.voters != count:
        reason = f"there are {count} credentials for {known.voters} voters"
        raise UnverifiedElection(Check.MONITORING, reason)
    hashes = (hexadecimal(credentials), base64(credentials))
    if known.credentials is not None and known.credentials not in hashes:
        reason = f"the list of credentials is not the one announced; its hash is {hashes[1]}"
        raise UnverifiedElection(Check.MONITORING, reason)


def _check_prefix(copy: BinaryIO, stream: BinaryIO, number: int) -> None:
    at = 0
    while piece := copy.read(_PIECE):
        if stream.read(len(piece)) != piece:
            reason = f"earlier copy {number} is not how it begins: they part in the {_PIECE} bytes after byte {at}"
            raise UnverifiedElection(Check.MONITORING, reason)
        at += len(piece)
