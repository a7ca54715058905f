"""The numbered checks of an election. Reports, errors and documents call them by these numbers and names."""

from enum import Enum

from quorate.canon.fault import Unverified


class Check(Enum):
    """One check; its value is its number and its name."""

    ARCHIVE = "1 archive"
    TRUSTEES = "2 trustees"
    CREDENTIALS = "3 credentials"
    BALLOTS = "4 ballots"
    TALLY = "5 tally"
    SHUFFLES = "6 shuffles"
    DECRYPTIONS = "7 decryptions"
    RESULT = "8 result"
    MONITORING = "9 monitoring"


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
