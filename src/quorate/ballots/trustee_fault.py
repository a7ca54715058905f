"""The error that names a trustee."""

from quorate.ballots.check import Check, UnverifiedElection


class UnverifiedTrustee(UnverifiedElection):
    """What a trustee sent or published does not hold; `trustee` is its number, from 1."""

    def __init__(self, trustee: int, reason: str) -> None:
        super().__init__(Check.TRUSTEES, f"trustee {trustee}: {reason}")
        self.trustee = trustee
        self._said = reason

    def __reduce__(self) -> tuple[type, tuple[int, str]]:  # type: ignore[override]
        return type(self), (self.trustee, self._said)
