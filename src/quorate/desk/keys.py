"""The signing key on disk, and the signer's memory.

The memory is an append-only file of its own, apart from the store, so that no backup of the store restores it: signing
on after a restored backup is what forks a record.
"""

import os
import stat
from pathlib import Path

from quorate.canon.fault import Malformed, Unavailable
from quorate.desk.port import Entropy
from quorate.record.note import Signer, format_skey, parse_skey

_TAIL = 64 * 1024


class FileMemory:
    """The last head that was signed, in a file to which each head is appended and synced."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = _read_last(path)
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        _sync_directory(path.parent)

    def last(self) -> tuple[int, bytes] | None:
        """Size and root of the last head remembered."""
        return self._last

    def remember(self, size: int, root: bytes) -> None:
        """Append and sync. After an error nothing more may be signed: what is on disk is then unknown."""
        try:
            os.write(self._file, f"{size} {root.hex()}\n".encode())
            os.fdatasync(self._file)
        except OSError as error:
            raise Unavailable(
                f"the signer cannot keep what it signs: {error.strerror}",
                f"make room for {self._path} and start again",
            ) from error
        self._last = (size, root)

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def _read_last(path: Path) -> tuple[int, bytes] | None:
    """The largest head in the last lines: two processes that sign at once may append in either order."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        start = max(0, path.stat().st_size - _TAIL)
        file.seek(start)
        *lines, _ = file.read().split(b"\n")
        # What follows the last newline was cut short by a crash, and never acted upon: the signature is given out
        # only after its whole line is synced. And the first line may begin before the tail.
    heads = [_parse_head(path, line) for line in lines[1 if start else 0 :]]
    return max(heads, default=None)


def _parse_head(path: Path, line: bytes) -> tuple[int, bytes]:
    size, _, root = line.decode("ascii", "replace").partition(" ")
    try:
        head = int(size), bytes.fromhex(root)
    except ValueError:
        head = (-1, b"")
    if head[0] < 0 or len(head[1]) != 32:
        raise Malformed(
            str(path),
            "lines of a size and a root in hex",
            "the signer's memory is damaged: find the newest checkpoint that anybody has before signing",
        )
    return head


def new_key(path: Path, name: str, entropy: Entropy) -> Signer:
    """A new signing key in a file that only its owner may read.

    Raises:
        Malformed: the file is there already; a key is never overwritten.
    """
    signer = Signer(name, entropy.bytes(32))
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Malformed(str(path), "no key there yet", "a key is never overwritten") from None
    with os.fdopen(file, "w") as out:
        out.write(format_skey(signer) + "\n")
        out.flush()
        os.fsync(out.fileno())
    _sync_directory(path.parent)
    return signer


def read_key(path: Path) -> Signer:
    """The signing key of a file; the error never quotes it.

    Raises:
        Malformed: no such file, not a key, or a file that others can read.
    """
    return parse_skey(read_private_file(path).decode("utf-8", "replace").strip())


def read_private_file(path: Path, most: int = 4096) -> bytes:
    """The bytes of a secret file, which must be a regular file of at most `most` bytes that only its owner can use.

    Raises:
        Malformed: it is not, or cannot be read; its content is never quoted.
    """
    try:
        # O_NONBLOCK: the opening of a pipe would wait for somebody who writes into it.
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(file, "rb") as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Malformed(str(path), "a regular file, not a folder, a pipe or a device")
            if stat.S_IMODE(status.st_mode) & 0o077:
                raise Malformed(
                    str(path), "a file that only its owner can read or write", f"chmod 600 {path}"
                )
            data = opened.read(most + 1)
    except OSError as error:
        raise Malformed(str(path), f"a readable key file ({error.strerror})") from None
    if len(data) > most:
        raise Malformed(str(path), f"a key file of at most {most} bytes; this is something else")
    return data


def _sync_directory(path: Path) -> None:
    directory = os.open(path, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
