"""Reading the files of an export that anybody may have made: plain files within its folder, and no more of them than there can be."""

import os
import stat
from pathlib import Path

from quorate.canon.fault import Malformed, Unverified
from quorate.record.entry import MAX_ENTRY_BYTES
from quorate.record.tiles import WIDTH

_MOST = {
    "tile": WIDTH * (2 + MAX_ENTRY_BYTES),
    "parts": 2**30,
    "ballots": 2**31,
}
"""Bytes of a file at most, by the folder it is in; of the parts of 256 entries, and of an archive, more than there ever were."""
_MOST_ELSEWHERE = 2**20


class FolderReader:
    """Reads files of a folder by their path in it; may be handed to another process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, path: str) -> bytes:
        """The bytes of a file.

        Raises:
            Malformed: there is no such file.
            Unverified: it is no regular file in this folder, such as a pipe, a device or a link; or larger than one can be.
        """
        try:
            file = self._open(path)
            try:
                return self._read(path, file)
            finally:
                os.close(file)
        except OSError as error:
            raise Malformed(
                str(self.folder / path), f"a file of an export ({error.strerror})"
            ) from None

    def _open(self, path: str) -> int:
        """Open step by step, so that no link leads elsewhere."""
        *folders, name = path.split("/")
        at = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for each in folders:
                self._require_no_link(path, each, at)
                within = os.open(each, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
                os.close(at)
                at = within
            self._require_no_link(path, name, at)
            # O_NONBLOCK: the opening of a pipe would wait for somebody who writes into it.
            return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
        finally:
            os.close(at)

    def _require_no_link(self, path: str, name: str, at: int) -> None:
        if stat.S_ISLNK(os.stat(name, dir_fd=at, follow_symlinks=False).st_mode):
            raise Unverified("files", f"{path} is, or is behind, a link")

    def _read(self, path: str, file: int) -> bytes:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            raise Unverified("files", f"{path} is no regular file")
        most = _MOST.get(path.partition("/")[0], _MOST_ELSEWHERE)
        if status.st_size > most:
            raise Unverified(
                "files", f"{path} has {status.st_size} bytes, more than the {most} that it can have"
            )
        with os.fdopen(file, "rb", closefd=False) as opened:
            data = opened.read(status.st_size + 1)
        if len(data) != status.st_size:
            raise Unverified("files", f"{path} changes while it is read")
        return data
