"""The sole right to carry letters: one process at a time has it, and whoever dies has given it up."""

import fcntl
from pathlib import Path
from typing import IO


class SoleRight:
    """The sole right at the shelf of a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: IO[bytes] | None = None

    def take(self) -> bool:
        """Whether this process has it now; another may have it."""
        file = self._path.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._held = file
        return True

    def give_up(self) -> None:
        """Let another have it."""
        if self._held is not None:
            self._held.close()
            self._held = None
