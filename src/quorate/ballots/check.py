"""The numbered checks of an election. Reports, errors and documents call them by these numbers and names."""

from enum import Enum

from quorate.canon.fault import Unverified


class Check(Enum):
    """One check; its value is its number and its name, and `MEANING` says what passing means."""

    ARCHIVE = "1 archive"
    TRUSTEES = "2 trustees"
    CREDENTIALS = "3 credentials"
    BALLOTS = "4 ballots"
    TALLY = "5 tally"
    SHUFFLES = "6 shuffles"
    DECRYPTIONS = "7 decryptions"
    RESULT = "8 result"
    MONITORING = "9 monitoring"


MEANING: dict[Check, str] = {
    Check.ARCHIVE: "every byte of the archive is accounted for, and its events are a chain in their order",
    Check.TRUSTEES: "every trustee knows their key, and the election's key is made of theirs alone",
    Check.CREDENTIALS: "no credential is there twice, and each is a public key",
    Check.BALLOTS: "every ballot is signed with a credential of the list and holds a valid choice; none is there twice",
    Check.TALLY: "the encrypted tally is the product of the last ballot of each credential, and of nothing else",
    Check.SHUFFLES: "every shuffle holds the ballots of the one before, in an order that nobody knows",
    Check.DECRYPTIONS: "every partial decryption was made with its trustee's key, and there are enough of them",
    Check.RESULT: "the result is what the trustees decrypted",
    Check.MONITORING: "earlier copies are the beginning of this one, and numbers and hashes are those announced",
}
assert MEANING.keys() == set(Check)


class UnverifiedElection(Unverified):
    """A check of an election failed; `ballot` is its number among the ballots of the archive, from 1, if it is one's."""

    def __init__(self, check: Check, reason: str, ballot: int | None = None) -> None:
        super().__init__(check.value, reason)
        self.failed = check
        self.ballot = ballot

    def __str__(self) -> str:
        """The check, the ballot and the reason."""
        at = "" if self.ballot is None else f", ballot {self.ballot}"
        return f"check {self.check}{at}: {self.reason}"

    def __reduce__(self) -> tuple[type, tuple[Check, str, int | None]]:  # type: ignore[override]
        return type(self), (self.failed, self.reason, self.ballot)
