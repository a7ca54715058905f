"""The signing key on disk, and the signer's memory.

The memory is an append-only file of its own, apart from the store, so that no backup of the store restores it: signing
on after a restored backup is what forks a record.
"""

import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quorate.canon.fault import Malformed, Unavailable
from quorate.desk.port import Entropy
from quorate.record.note import Signer, format_skey, parse_skey
from quorate.record.signer import RECONCILE, Extends

TURN_SECONDS = 60.0
"""How long one process waits until another has appended to the memory."""
_TAIL = 64 * 1024


class FileMemory:
    """The heads that were signed, in a file to which each is appended and synced; known here is the end of it.

    Reading it changes nothing, so a folder that cannot be written will do. Processes that share it append in turn.

    Raises:
        Unavailable: there is no such file, it cannot be read, or two heads of one size were signed.
        Malformed: it is damaged, or no regular file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: tuple[int, bytes] | None = None
        self._unasked: dict[int, bytes] = {}
        self._end = 0
        """Where what was read of the file ends."""
        with self._opened(os.O_RDONLY) as file:
            start = max(0, os.fstat(file).st_size - _TAIL)
            if start:  # the first line may begin before the tail
                start += os.pread(file, _TAIL, start).find(b"\n") + 1
            self._end = start
            self._read_on(file)

    def last(self) -> tuple[int, bytes] | None:
        """Size and root of the largest head: two processes that sign at once may append in either order."""
        return self._last

    def check(self, extends: Extends) -> None:
        """Ask it of the largest head, and of each that was not asked of yet, with what others have appended since."""
        with self._opened(os.O_RDONLY) as file:
            self._check(file, extends)

    def remember(self, size: int, root: bytes, extends: Extends | None = None) -> None:
        """Append and sync, once what others appended is checked, and what they left of a line cut short is gone.

        Raises:
            Unavailable: it is not kept, and must not be signed; what was written of it is taken back as far as can be.
        """
        with self._opened(os.O_RDWR | os.O_APPEND) as file:
            _wait_for_turn(file)
            self._check(file, extends or (lambda *_: None))
            self._require_alone(size, root)
            _append(file, f"{size} {root.hex()}\n".encode())
            self._read_on(file)
            self._unasked.clear()

    @contextmanager
    def _opened(self, flags: int) -> Iterator[int]:
        """The file, until the block ends, and with it a turn. It is never made: one made anew would forget it all."""
        try:
            file = open_regular(self._path, flags)
            try:
                yield file
            finally:
                os.close(file)
        except FileNotFoundError:
            raise _missing(self._path) from None
        except OSError as error:
            if flags == os.O_RDONLY:
                why = f"the signer's memory cannot be read: {error.strerror}"
                raise Unavailable(why, f"see that {self._path} can be read") from error
            raise Unavailable(
                f"the signer cannot keep what it signs: {error.strerror}",
                f"make room for {self._path}, see that it can be written, and start again",
            ) from error

    def _check(self, file: int, extends: Extends) -> None:
        self._read_on(file)
        if self._last is not None:
            extends(*self._last)
        for size, root in self._unasked.items():
            extends(size, root)
        self._unasked.clear()

    def _read_on(self, file: int) -> None:
        """Read the lines that were appended since; what follows the last newline was cut short, and never acted upon.

        For the signature is given out only after its whole line is synced.
        """
        if os.fstat(file).st_size < self._end:
            raise Unavailable(
                f"the signer's memory was cut or exchanged: {self._path}",
                "it is never put back from a backup; see `quorate memory --help`",
            )
        while whole := (chunk := os.pread(file, _TAIL, self._end)).rfind(b"\n") + 1:
            for line in chunk[: whole - 1].split(b"\n"):
                size, root = head = _parse_head(self._path, line)
                self._require_alone(size, root)
                self._unasked[size] = root
                self._last = max(head, self._last or head)
            self._end += whole

    def _require_alone(self, size: int, root: bytes) -> None:
        """Return if no other head of that size is known, else raise the alarm: two records of it are about."""
        last = self._last
        other = last[1] if last and last[0] == size else self._unasked.get(size, root)
        if other != root:
            raise Unavailable(
                f"the record was forked: size {size} was signed with root {other.hex()}, and now there is {root.hex()}",
                RECONCILE,
            )


def new_memory(path: Path) -> FileMemory:
    """A memory in which nothing is yet.

    Raises:
        Malformed: the file is there already; a memory is never overwritten.
        Unavailable: it cannot be made.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _sync_directory(path.parent)
    except FileExistsError:
        raise Malformed(str(path), "no memory there yet", "it is never made anew") from None
    except OSError as error:
        raise Unavailable(f"{path} cannot be made: {error.strerror}") from None
    return FileMemory(path)


def _missing(path: Path) -> Unavailable:
    return Unavailable(
        f"the signer's memory is missing: {path}",
        "look for it first; if it is lost, see `quorate memory --help`",
    )


def _wait_for_turn(file: int) -> None:
    """Lock a file against the other processes that append to it, until it is closed."""
    give_up = time.monotonic() + TURN_SECONDS
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > give_up:
                raise OSError(errno.EBUSY, "another process holds it") from None
            time.sleep(0.001)
        else:
            return


def _append(file: int, line: bytes) -> None:
    """Append a line after the last whole one, and sync; in the file afterwards is all of it or, if that can be, nothing."""
    end = _cut(file)
    try:
        _write_whole(file, line)
        os.fdatasync(file)
    except OSError:
        with suppress(OSError):
            os.ftruncate(file, end)
        raise


def _write_whole(file: int, line: bytes) -> None:
    if os.write(file, line) != len(line):  # a disk that becomes full takes what it has room for
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _cut(file: int) -> int:
    """The length of a memory, from which a line cut short was taken: another after it would read as one with it."""
    size = os.fstat(file).st_size
    start = max(0, size - _TAIL)
    tail = os.pread(file, _TAIL, start)
    end = start + tail.rfind(b"\n") + 1
    if start and end == start:
        raise OSError(errno.EIO, "it is damaged")
    if end < size:
        os.ftruncate(file, end)
    return end


def _parse_head(path: Path, line: bytes) -> tuple[int, bytes]:
    size, _, root = line.decode("ascii", "replace").partition(" ")
    try:
        head = int(size), bytes.fromhex(root)
    except ValueError:
        head = (-1, b"")
    if not size.isdigit() or head[0] < 0 or len(head[1]) != 32:
        raise Malformed(
            str(path),
            "lines of a size and a root in hex",
            "the signer's memory is damaged: find the newest checkpoint that anybody has, move the file away, "
            "and see `quorate memory --help`",
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
        with os.fdopen(open_regular(path), "rb") as opened:
            status = os.fstat(opened.fileno())
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


def read_regular_file(path: Path, most: int = 64 * 1024) -> bytes:
    """The bytes of a file that may be public, which must be a regular file of at most `most` bytes.

    Raises:
        OSError: it cannot be read.
        Malformed: it is something else, or larger.
    """
    with os.fdopen(open_regular(path), "rb") as opened:
        data = opened.read(most + 1)
    if len(data) > most:
        raise Malformed(str(path), f"a file of at most {most} bytes; this is something else")
    return data


def open_regular(path: Path, flags: int = os.O_RDONLY) -> int:
    """Open a file that is there, and is a regular one, or a link to one.

    Raises:
        OSError: it cannot be opened.
        Malformed: it is something else.
    """
    # O_NONBLOCK: the opening of a pipe would wait for somebody at its other end, and a device gives without end.
    file = os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise Malformed(str(path), "a regular file, not a folder, a pipe or a device")
    return file


def _sync_directory(path: Path) -> None:
    directory = os.open(path, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
