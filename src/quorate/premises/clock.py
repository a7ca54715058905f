"""The clock of this machine, as the port Clock."""

from datetime import UTC, datetime


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The present instant, UTC."""
        return datetime.now(UTC)
