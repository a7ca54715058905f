"""The error that names a trustee."""

from collections.abc import Iterator
from contextlib import contextmanager

from quorate.ballots.check import Check, UnverifiedElection
from quorate.canon.fault import Malformed


class UnverifiedTrustee(UnverifiedElection):
    """What a trustee sent or published does not hold; `trustee` is its number, from 1."""

    def __init__(self, trustee: int, reason: str) -> None:
        self._said = reason.removeprefix(f"trustee {trustee}: ")
        super().__init__(Check.TRUSTEES, f"trustee {trustee}: {self._said}")
        self.trustee = trustee

    def __reduce__(self) -> tuple[type, tuple[int, str]]:  # type: ignore[override]
        return type(self), (self.trustee, self._said)


@contextmanager
def naming(trustee: int) -> Iterator[None]:
    """Give the number of the trustee to whatever is found wrong or unreadable in what it sent."""
    try:
        yield
    except Malformed as fault:
        raise UnverifiedTrustee(trustee, str(fault)) from fault
    except UnverifiedElection as fault:
        raise UnverifiedTrustee(trustee, fault.reason) from fault
