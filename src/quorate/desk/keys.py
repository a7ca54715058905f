"""The signing key on disk, and the signer's memory.

The memory is an append-only file of its own, apart from the store, so that no backup of the store restores it: signing
on after a restored backup is what forks a record.
"""

import os
from pathlib import Path

from quorate.canon.fault import Malformed, Unavailable
from quorate.desk.port import Entropy
from quorate.record.note import Signer, format_skey, parse_skey


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
    if not path.exists():
        return None
    # A line cut short by a crash was never acted upon: the signature is given out only after the whole line is synced.
    lines = [line for line in path.read_text().splitlines(keepends=True) if line.endswith("\n")]
    if not lines:
        return None
    size, _, root = lines[-1].strip().partition(" ")
    try:
        return int(size), bytes.fromhex(root)
    except ValueError:
        raise Malformed(
            f"{path}, line {len(lines)}", "a size and a root in hex", "restore the signer's memory"
        ) from None


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
        Malformed: no such file, or not a key.
    """
    try:
        text = path.read_text()
    except OSError as error:
        raise Malformed(str(path), f"a readable key file ({error.strerror})") from None
    return parse_skey(text.strip())


def _sync_directory(path: Path) -> None:
    directory = os.open(path, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
