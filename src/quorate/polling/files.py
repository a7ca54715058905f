"""Files of an election: secret ones, which their owner alone may read, and public ones; none is ever overwritten.

A secret is made with mode 0600 from its first byte, never narrowed afterwards. It comes from a file, from a prompt that
shows nothing, or from standard input; never from the command line, which other users of a machine can read. A secret file that
others may use is neither read nor left where it was made: on a disk that knows no owners, it is removed again.
"""

import os
import stat
from pathlib import Path

from quorate.canon.fault import Malformed, Unavailable

_LARGEST_SECRET = 4096
_OTHERS = 0o077
"""The rights of all but the owner."""


def write_secret(path: Path, data: bytes) -> None:
    """Make a file that only its owner may read.

    Raises:
        Malformed: there is one already; or its disk lets others read it, and then nothing is left of it.
        Unavailable: it cannot be written.
    """
    _write_new(path, data, 0o600)


def write_public(path: Path, data: bytes) -> None:
    """Make a file that all may read, at once or not at all. Raises like `write_secret`."""
    require_absent(path)
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    _write_new(beside, data, 0o644)
    beside.rename(path)
    sync_directory(path.parent)


def replace_secret(path: Path, data: bytes) -> None:
    """Put another content in the place of a secret file, at once or not at all. Raises like `write_secret`."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    _write_new(beside, data, 0o600)
    beside.replace(path)
    sync_directory(path.parent)


def require_absent(path: Path, hint: str = "") -> None:
    """Return if nothing is at a path yet, else raise Malformed; to be asked before any work is done for it."""
    if path.exists():
        raise Malformed(str(path), "no file there yet", hint or "no file is overwritten")


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises Malformed if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Malformed(str(path), f"a readable file ({error.strerror})") from None


def read_secret(path: Path, what: str) -> str:
    """The secret in a file, or from a pipe such as `/dev/fd/3`: a credential or a passphrase, as `what` says.

    Of a file, only its owner may be able to use it: that is the rule for every private file, as for keys.

    Raises:
        Malformed: it cannot be read, others may use it, or it is too large or no text. It is never quoted.
    """
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode) and stat.S_IMODE(status.st_mode) & _OTHERS:
                raise _readable_by_others(path, f"chmod 600 {path}")
            data = file.read(_LARGEST_SECRET + 1)
        if len(data) <= _LARGEST_SECRET:
            return data.decode("utf-8")
    except OSError as error:
        raise Malformed(str(path), f"a readable file ({error.strerror})") from None
    except UnicodeDecodeError:
        pass
    raise Malformed(str(path), f"a file with {what}, in UTF-8, and nothing else")


def require_outside(path: Path, folder: Path, what: str) -> None:
    """Return if a secret file lies, or would lie, outside the folder of an election, which may be public.

    Raises:
        Malformed: it is inside, by whatever link; `what` says what it is.
    """
    if path.resolve().is_relative_to(folder.resolve()):
        hint = f"{folder} may be public: keep what is secret elsewhere"
        raise Malformed(str(path), f"{what} outside the election's folder", hint)


def sync_directory(path: Path) -> None:
    """Sync a directory, so that a file made or renamed in it is there after a power cut."""
    directory = os.open(path, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _write_new(path: Path, data: bytes, mode: int) -> None:
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        require_absent(path)
        raise Malformed(str(path), "no link there") from None
    except OSError as error:
        raise Unavailable(f"{path} cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(file, "wb") as out:
            if os.fstat(file).st_mode & _OTHERS & ~mode:
                path.unlink()
                raise _readable_by_others(path, "this disk knows no owners: take another")
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        sync_directory(path.parent)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Unavailable(f"{path} cannot be written: {error.strerror}") from None


def _readable_by_others(path: Path, hint: str) -> Malformed:
    return Malformed(str(path), "a file that only its owner can read or write", hint)
