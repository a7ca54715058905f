"""The archive of an election on disk: read from its beginning, and appended to by one process at a time.

Whatever is appended is on the disk before it is acknowledged. What a crash left half written was acknowledged to nobody:
when the archive is opened the next time, it is moved into a file of its own, with a warning.
"""

import fcntl
import io
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from shlex import quote
from typing import Any, BinaryIO

import msgspec

from quorate.assembly.refusal import Refused, refusals
from quorate.ballots.archive import BLOCK, ArchiveRecord, format_header, read_opening, read_records
from quorate.ballots.archive_writer import ArchiveWriter
from quorate.ballots.chain import Stage
from quorate.ballots.check import UnverifiedElection
from quorate.ballots.credential import PublicCredential, read_credentials
from quorate.ballots.digest import hexadecimal
from quorate.ballots.election import Election, read_election
from quorate.ballots.steps import PollSetup, read_steps
from quorate.ballots.survey import Survey, survey_archive
from quorate.ballots.trustee import Trustees, read_trustees
from quorate.canon.fault import Malformed, Unavailable
from quorate.polling.files import sync_directory, write_public
from quorate.polling.folder import DRAFT, open_folder
from quorate.polling.minimum import minimum_of

refusals(
    not_now="asked_of stage",
    still_open="counted superseded minimum",
    too_few_to_close="counted minimum",
    not_shuffled="",
    done_already="trustee asked_of",
    head_differs="tally_head announced",
    too_few_ballots="counted minimum",
    opened_another="trustee",
    too_few_trustees="trustees number",
    open_already="",
    not_prepared="trustees",
    no_credentials="",
)

_log = logging.getLogger(__name__)
_EVENT = b".event.json\0"
_NAME = 64


class PollBox:
    """The box of an election: its archive, as it was read.

    Election, credentials and trustees are read when they are first asked for.

    Raises:
        Malformed: then, if they are not as the format has them; the error names the archive, and the command that tells more.
    """

    def __init__(self, path: Path, survey: Survey, setup: PollSetup) -> None:
        self.path = path
        self.survey = survey
        self.setup = setup

    @cached_property
    def election(self) -> Election:
        """The election."""
        with self._telling_more():
            return read_election(self.setup.election)

    @cached_property
    def credentials(self) -> dict[str, PublicCredential]:
        """The public credentials of those who may vote, by their text."""
        with self._telling_more():
            return read_credentials(self.election.group, self.setup.credentials)

    @cached_property
    def issued(self) -> int:
        """How many credentials are on the list; whether they are sound is not looked at."""
        with self._telling_more():
            try:
                return len(msgspec.json.decode(self.setup.credentials, type=list[str]))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise Malformed("credentials", f"a list of text: {error}") from None

    @cached_property
    def trustees(self) -> Trustees:
        """The trustees, who can open the tally together."""
        with self._telling_more():
            return read_trustees(self.election.group, self.setup.trustees)

    @contextmanager
    def _telling_more(self) -> Iterator[None]:
        """A block in which an error in the setup, which whoever reads the archive cannot mend, names it and who tells more."""
        try:
            yield
        except Malformed as malformed:
            hint = f"`quorate ballot verify {quote(str(self.path))}` says which check it fails, and more"
            raise Malformed(str(self.path), str(malformed), hint) from malformed

    @property
    def stage(self) -> Stage:
        """The stage to which the election has come."""
        return self.survey.chain.state

    @property
    def counted(self) -> int:
        """How many ballots count: the last of each credential."""
        return len(self.survey.last)

    @property
    def superseded(self) -> int:
        """How many ballots are in the box in whose place a later one counts."""
        return len(self.survey.slips) - self.counted

    @property
    def minimum(self) -> int:
        """How many ballots must count for trustees to open the tally."""
        return minimum_of(self.election.description)

    @property
    def is_below_minimum(self) -> bool:
        """Whether fewer ballots count than the minimum."""
        return self.counted < self.minimum

    def trustee(self, number: int) -> str:
        """The name of a trustee, or `trustee 2` where none is given."""
        name = self.trustees.names[number - 1]
        return name or f"trustee {number}"

    def require(self, stage: Stage, what: str) -> None:
        """Refuse what is asked (`vote`, `tally`, `shuffle`, ...) unless the election has come to a stage, and not beyond."""
        if self.stage is not stage:
            raise Refused("not-now", asked_of=what, stage=self.stage.value)


class OpenPollBox(PollBox):
    """A box under the lock of its archive, to which this process alone appends."""

    def __init__(self, box: PollBox, stream: BinaryIO, timestamp: int) -> None:
        super().__init__(box.path, box.survey, box.setup)
        self.stream = stream
        self._pending = io.BytesIO()
        self._writer = ArchiveWriter(self._pending, timestamp, self.survey.chain)

    def append(self, write: Callable[[ArchiveWriter], object]) -> None:
        """Append what `write` writes; when this returns it is on the disk.

        Raises:
            UnverifiedElection: it cannot come next; nothing is written.
            Unavailable: the disk does not take it; what was written of it is taken back.
        """
        write(self._writer)
        file, end = self.stream.fileno(), self.stream.seek(0, os.SEEK_END)
        try:
            # Not through the stream: what a full disk refuses would stay in its buffer, and be written on closing.
            _write_all(file, self._pending.getvalue())
            os.fsync(file)
        except OSError as error:
            os.ftruncate(file, end)
            reason = f"the archive cannot be written: {error.strerror}"
            raise Unavailable(reason, "nothing of it was kept; make room and try again") from error
        self._pending.seek(0)
        self._pending.truncate()


def read_box(path: Path) -> PollBox:
    """The box of the archive at a path, for reading. What is unfinished at its end is left out, with a warning.

    Raises:
        Malformed: it is no archive.
        UnverifiedElection: it is broken, elsewhere than at the end of what was written.
    """
    with naming(path), read_still(path) as stream:
        return _survey(path, stream)[0]


class _Still(io.RawIOBase):
    """A stream of the first bytes of a file, whatever is appended meanwhile."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._size = size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        assert whence == os.SEEK_SET
        return self._stream.seek(offset)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(max(0, min(len(buffer), self._size - self._stream.tell())))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def read_still(path: Path) -> BinaryIO:
    """A stream of the archive at a path, as it is when nobody is writing; what is appended later is not in it."""
    stream = _opened(path, "rb")
    # Where a disk knows no locks nothing is written either: `open_box` refuses.
    with suppress(OSError):
        fcntl.flock(stream, fcntl.LOCK_SH)
    size = os.fstat(stream.fileno()).st_size
    with suppress(OSError):
        fcntl.flock(stream, fcntl.LOCK_UN)
    return io.BufferedReader(_Still(stream, size))


@contextmanager
def open_box(path: Path) -> Iterator[OpenPollBox]:
    """The box of the archive at a path, for appending; waits until no other process appends. Raises like `read_box`."""
    with naming(path), _opened(path, "r+b") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX)
        except OSError as error:
            hint = "keep the folder on a disk of this machine"
            raise Unavailable(f"{path} cannot be locked: {error.strerror}", hint) from None
        timestamp, _ = read_opening(stream)
        box, end = _survey(path, stream)
        if end is not None:
            _set_aside(path, stream, end)
        yield OpenPollBox(box, stream, timestamp)


def find_archive(folder: Path) -> Path:
    """The archive of the election in a folder: the one of its draft, or the only one there.

    Raises:
        Malformed: there is none, or more than one.
        Refused: the election was not opened yet.
    """
    if (folder / DRAFT).exists():
        archive = open_folder(folder).archive
        if not archive.exists():
            raise Refused(
                "not-open", what="election", id=folder.name, status="draft", statuses=("open",)
            )
        return archive
    archives = sorted(folder.glob("*.bel"))
    if len(archives) != 1:
        hint = "make one with `quorate ballot setup`, or name its folder with --dir"
        raise Malformed(str(folder), "the folder of an election", hint)
    return archives[0]


def _write_all(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


def _opened(path: Path, mode: str) -> BinaryIO:
    try:
        return path.open(mode)  # type: ignore[return-value]
    except OSError as error:
        raise Malformed(str(path), f"a readable archive ({error.strerror})") from None


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """A block in which an error that a file is no archive names the path of that file."""
    try:
        yield
    except Malformed as malformed:
        if malformed.where == "archive":
            raise Malformed(str(path), malformed.expected, malformed.hint) from malformed
        raise


def _survey(path: Path, stream: BinaryIO) -> tuple[PollBox, int | None]:
    """The box of an archive, and the offset at which its last whole event ends; None if nothing unfinished follows."""
    stream.seek(0)
    try:
        return PollBox(path, *survey_archive(stream)), None
    except UnverifiedElection:
        end = _whole_end(stream)
        if not end or not _is_unfinished(stream, end):
            raise
    _log.warning(
        "The last writing into %s was not finished, and acknowledged to nobody.", path.name
    )
    stream.seek(0)
    return PollBox(path, *survey_archive(io.BytesIO(stream.read(end)))), end


def _whole_end(stream: BinaryIO) -> int:
    """The offset at which the last event ends that follows from all before it; 0 if there is none."""
    end = passed = 0

    def follow() -> Iterator[ArchiveRecord]:
        nonlocal passed
        for record in read_records(stream):
            passed = record.at + -(-len(record.body) // BLOCK) * BLOCK
            yield record

    stream.seek(0)
    try:
        for _ in read_steps(follow()):
            end = passed
    except UnverifiedElection:
        pass
    return end


def _is_unfinished(stream: BinaryIO, end: int) -> bool:
    """Whether the bytes from `end` on can be one write that a crash cut short: there is no whole event among them."""
    stream.seek(0)
    timestamp, _ = read_opening(stream)
    stream.seek(end)
    tail = stream.read()
    while any(tail):
        header, digits = tail[:BLOCK], tail[124:135]
        if len(header) < BLOCK:
            return True
        name = header[:100].rstrip(b"\0").decode("latin-1")
        size = int(digits, 8) if digits.isdigit() and not set(digits) & set(b"89") else -1
        if size < 0 or not name.isascii() or header != format_header(name, size, timestamp):
            return False
        whole = BLOCK + -(-size // BLOCK) * BLOCK
        if whole > len(tail):
            return not any(_is_event(tail, at) for at in range(BLOCK, len(tail), BLOCK))
        if _is_event(tail, 0):
            return False
        tail = tail[whole:]
    return True


def _is_event(data: bytes, at: int) -> bool:
    return data[at + _NAME : at + _NAME + len(_EVENT)] == _EVENT


def _set_aside(path: Path, stream: BinaryIO, end: int) -> None:
    """Move the unfinished bytes from `end` on into a file beside the archive."""
    stream.seek(end)
    rest = stream.read()
    aside = path.with_name(f"{path.name}.unfinished-{end}-{hexadecimal(rest)[:8]}")
    if not aside.exists():
        write_public(aside, rest)
    os.ftruncate(stream.fileno(), end)
    os.fsync(stream.fileno())
    sync_directory(path.parent)
    _log.warning("It is in %s now, and no longer in the archive.", aside.name)
