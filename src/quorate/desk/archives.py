"""The papers of a secret ballot, which come with an act and are kept beside the record: its setup, and its archive.

A paper is verified by itself when it is read, before its act is decided. What the writer does about it then is the
paperwork of the act.
"""

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO
from weakref import finalize

from quorate.audit.ballots import Archive, read_archive
from quorate.canon.fault import Malformed
from quorate.desk.keys import open_regular

_IN_MEMORY = 2**24
_PIECE = 2**20


class Paper:
    """An archive of ballots that was verified, in a copy that nobody changes meanwhile."""

    def __init__(self, seen: Archive, file: BinaryIO) -> None:
        self.seen = seen
        self._file = file
        finalize(self, file.close)

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, piece by piece."""
        self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece


def read_paper(path: Path, executor: Executor | None = None) -> Paper:
    """The archive in a file, all of it verified as far as it goes; linear in its ballots.

    Raises:
        Malformed: there is no such file, or it is no archive.
        UnverifiedElection: something in it does not hold.
    """
    copy: BinaryIO = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # type: ignore[assignment]  # noqa: SIM115 — kept as long as its paper
    try:
        with os.fdopen(
            open_regular(path), "rb"
        ) as file:  # a pipe would be waited for, and a device read for ever
            copyfileobj(file, copy)
        return Paper(read_archive(copy, executor), copy)
    except OSError as error:
        copy.close()
        raise Malformed(str(path), f"a readable file ({error.strerror})") from None
    except BaseException:
        copy.close()
        raise


def setup_name(division: str) -> str:
    """The name under which the setup of a division's ballot is kept."""
    return f"{division}/setup"


def archive_name(division: str) -> str:
    """The name under which the archive of a division's ballots is kept."""
    return f"{division}/archive"
