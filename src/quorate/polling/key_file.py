"""A trustee's key file: the key, the election that it is for, and the one tally that it has opened.

Two tallies of one election that differ in a ballot tell, once both are open, what that voter chose. So a key file opens one
tally, and no other ever: it is written into the file, and on the disk, before the partial decryption is given out. The same
tally again is answered again. A copy that was made of the file before knows nothing of it. A file can be under a passphrase.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from quorate.assembly.refusal import Refused
from quorate.ballots.group import Group
from quorate.ballots.trustee import read_private_key
from quorate.ballots.wire import write
from quorate.canon.fault import Malformed, Unavailable
from quorate.desk.keys import read_private_file
from quorate.polling.files import replace_secret, require_outside, write_secret
from quorate.polling.sealed import Passphrase, is_sealed


class Opened(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tally that a key has opened."""

    election: str
    """The fingerprint of the election."""
    tally: str
    """SHA-256 of the encrypted tally, its ranked lists as the last shuffle left them, in hexadecimal."""


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a key file holds: secret, and for one election; a key of two elections would open both."""

    election: str
    trustee: str
    seed: str = ""
    """The secret with which a member of a group carries out the ceremony."""
    private_key: str = ""
    """The private key that decrypts, in decimal; empty before it is made."""
    opened: Opened | None = None
    """The tally that it has opened; it opens no other."""


class OwnKey:
    """A trustee's key file on disk, outside the election's folder. No error repeats what it says.

    `ask` gives the passphrase, and is asked once, if there is one; with `seal` the file gets one when it is made or changed, and
    `ask` is told that it is a new one.

    Raises:
        Malformed: it lies in the folder, which may be public.
    """

    def __init__(
        self, path: Path, folder: Path, ask: Callable[[bool], str], *, seal: bool = False
    ) -> None:
        require_outside(path, folder, "a key file")
        self.path = path
        self._ask = ask
        self._seal = seal
        self._passphrase: Passphrase | None = None
        # A replacement of the link would leave the file that it names as it was, with nothing remembered.
        self._file = path.resolve()

    def exists(self) -> bool:
        """Whether the file is there."""
        return self._file.exists()

    def read(self, group: Group) -> KeyFile:
        """What the file holds, which may be one of belenios-tool: that has a key, and neither election nor trustee.

        Raises:
            Malformed: it is no key file, others may read it, or the passphrase is another.
        """
        data = read_private_file(self._file)
        if is_sealed(data):
            data = self._own_passphrase(is_new=False).unseal(data, str(self.path))
            self._seal = True
        try:
            if data.startswith(b'"'):
                return KeyFile("", "", private_key=str(read_private_key(group, data)))
            return msgspec.json.decode(data, type=KeyFile)
        except (Malformed, msgspec.DecodeError, UnicodeDecodeError):
            # Not quoted: it may be another secret.
            raise Malformed(str(self.path), "the key file of a trustee of this election") from None

    def make(self, content: KeyFile) -> None:
        """Make the file. Raises like `write_secret`."""
        write_secret(self._file, self._bytes(content))

    def change(self, group: Group, change: Callable[[KeyFile], KeyFile]) -> None:
        """Put what `change` makes of it in its place, at once or not at all; on the disk when this returns.

        Raises:
            Malformed: as `read`; or the file has a second name, under which nothing would be changed.
            Unavailable: it cannot be written.
        """
        with self._alone():
            was_sealed = is_sealed(read_private_file(self._file))
            before = self.read(group)
            after = change(before)
            if after != before or self._seal is not was_sealed:
                if self._file.stat().st_nlink != 1:
                    raise Malformed(str(self.path), "a file with one name, and no hard link to it")
                replace_secret(self._file, self._bytes(after))

    def remember(self, group: Group, content: KeyFile, opened: Opened) -> None:
        """Write down that a tally is opened, if the file does not say so; `content` says for whom, if it is the tool's.

        Raises:
            Refused: it has opened another tally.
            Malformed, Unavailable: as `change`. Then nothing may be opened.
        """

        def with_memory(before: KeyFile) -> KeyFile:
            require_unopened(before, opened, content.trustee)
            return msgspec.structs.replace(
                before, election=content.election, trustee=content.trustee, opened=opened
            )

        self.change(group, with_memory)

    def _bytes(self, content: KeyFile) -> bytes:
        data = write(content)
        return self._own_passphrase(is_new=True).seal(data) if self._seal else data

    def _own_passphrase(self, *, is_new: bool) -> Passphrase:
        if self._passphrase is None:
            self._passphrase = Passphrase(self._ask(is_new))
        return self._passphrase

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """A block in which no other process changes key files of that directory: the file itself is replaced."""
        directory = os.open(self._file.parent, os.O_RDONLY)
        try:
            fcntl.flock(directory, fcntl.LOCK_EX)
            yield
        except OSError as error:
            reason = f"{self.path} cannot be kept: {error.strerror}"
            raise Unavailable(
                reason, "nothing was decrypted; use a disk that can be written"
            ) from None
        finally:
            os.close(directory)


def require_unopened(content: KeyFile, opened: Opened, trustee: str) -> None:
    """Return if a key file has opened nothing but this tally, else raise Refused."""
    if content.opened not in (None, opened):
        raise Refused("opened-another", trustee=trustee)
