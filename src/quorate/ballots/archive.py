"""Archives `.bel`: records one after the other, each named by the hash of its body; read and written as a stream.

Section 4 of the format. A header is read by making it again, so nothing can hide in one. Every record has the one time of
the archive, nothing follows the last record, and what the records mean is told in `chain`.
"""

from collections.abc import Iterator
from typing import Annotated, BinaryIO, Literal, NamedTuple

import msgspec

from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.digest import hexadecimal
from quorate.ballots.wire import Wire, read, write
from quorate.canon.fault import Malformed

BLOCK = 512
LARGEST_RECORD = 2**30
"""Bytes; a shuffle of 100,000 ranked ballots in RFC-3526-2048 has less than half of them."""
LATEST = 8**11 - 1
"""Seconds since 1970 that eleven octal digits can write."""
_OPENING = "BELENIOS"
_PIECE = 2**20
_DATA, _EVENT = ".data.json", ".event.json"


class Opening(Wire, frozen=True):
    """The first record: the version of the format and the time that every header repeats, seconds since 1970."""

    version: Literal[1]
    timestamp: Annotated[str, msgspec.Meta(pattern=r"^(0|[1-9][0-9]{0,10})\Z")]


class ArchiveRecord(NamedTuple):
    """A record: data or an event, or the opening."""

    number: int
    """From 0, the opening."""
    at: int
    """Where its body begins, in bytes from the archive's beginning."""
    name: str
    body: bytes
    sha: str
    """Of the body, in hexadecimal; all but the opening are named by it."""

    @property
    def is_event(self) -> bool:
        """Whether it is an event, and not data."""
        return self.name.endswith(_EVENT)

    def broken(self, reason: str, ballot: int | None = None) -> UnverifiedElection:
        """The error that the archive is broken here."""
        return _broken(self.number, self.at, reason, ballot)


def read_records(stream: BinaryIO) -> Iterator[ArchiveRecord]:
    """The records of an archive, the opening first, in one pass and without keeping them.

    Raises:
        Malformed: it does not begin as an archive of version 1 does, so it is none.
        UnverifiedElection: it begins as one, and is broken after that: at which record and byte.
    """
    timestamp, first = read_opening(stream)
    yield first
    number, at = 1, _size_with_padding(len(first.body)) + BLOCK
    while header := _read(stream, BLOCK):
        size = _size(header, timestamp, number, at + BLOCK)
        padded = _read(stream, _size_with_padding(size))
        if len(padded) != _size_with_padding(size):
            raise _broken(number, at + BLOCK, "the archive is cut off here")
        body = padded[:size]
        record = ArchiveRecord(number, at + BLOCK, _name(header), body, hexadecimal(body))
        if padded.count(0, size) != len(padded) - size:
            raise record.broken("something stands in the padding after it")
        if record.name not in {record.sha + _DATA, record.sha + _EVENT}:
            raise record.broken("its name is not the hash of what is in it")
        yield record
        number, at = number + 1, at + BLOCK + len(padded)


def read_opening(stream: BinaryIO) -> tuple[int, ArchiveRecord]:
    """The archive's time, and its first record.

    Raises:
        Malformed: it is no archive of version 1.
    """
    block = _read(stream, 2 * BLOCK)
    size = min(block.find(b"}", BLOCK) + 1 - BLOCK, BLOCK)
    body = block[BLOCK : BLOCK + max(size, 0)]
    try:
        timestamp = int(read(body, Opening, _OPENING).timestamp)
    except Malformed as malformed:
        raise _no_archive() from malformed
    if timestamp > LATEST or block != format_record(_OPENING, body, timestamp):
        raise _no_archive()
    return timestamp, ArchiveRecord(0, BLOCK, _OPENING, body, hexadecimal(body))


def format_opening(timestamp: int) -> bytes:
    """The first record of an archive."""
    assert 0 <= timestamp <= LATEST
    return format_record(_OPENING, write(Opening(1, str(timestamp))), timestamp)


def format_data(body: bytes, timestamp: int) -> bytes:
    """A record of data."""
    return format_record(hexadecimal(body) + _DATA, body, timestamp)


def format_event(body: bytes, timestamp: int) -> bytes:
    """A record of an event."""
    return format_record(hexadecimal(body) + _EVENT, body, timestamp)


def format_record(name: str, body: bytes, timestamp: int) -> bytes:
    """Header, body and padding."""
    padding = bytes(_size_with_padding(len(body)) - len(body))
    return format_header(name, len(body), timestamp) + body + padding


def format_header(name: str, size: int, timestamp: int) -> bytes:
    """The 512 bytes before a body: of an old tar, whose sum counts its own field as eight spaces."""
    assert len(name) <= 100
    assert 0 <= size <= LATEST
    fields = b"%s0000644\x000000000\x000000000\x00%011o\x00%011o\x00" % (
        name.encode("ascii").ljust(100, b"\0"),
        size,
        timestamp,
    )
    total = sum(fields) + 8 * ord(" ") + ord("0")
    return (fields + b"%06o\x00 0" % total).ljust(BLOCK, b"\0")


def _name(header: bytes) -> str:
    return header[:100].rstrip(b"\0").decode("latin-1")


def _size(header: bytes, timestamp: int, number: int, at: int) -> int:
    if len(header) < BLOCK:
        raise _broken(number, at, "the archive is cut off here")
    if not any(header):
        raise _broken(number, at, "blocks of zeros, where the archive should have ended")
    digits, name = header[124:135], _name(header)
    if name.isascii() and digits.isdigit() and not set(digits) & set(b"89"):
        size = int(digits, 8)
        if size > LARGEST_RECORD:
            raise _broken(number, at, f"it claims to be larger than {LARGEST_RECORD} bytes")
        if header == format_header(name, size, timestamp):
            return size
    raise _broken(number, at, "its header is not that of a record of this archive")


def _size_with_padding(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _read(stream: BinaryIO, size: int) -> bytes:
    """So many bytes, or fewer at the end. Piece by piece: a header can claim a size that is not there."""
    pieces = []
    while size and (piece := stream.read(min(size, _PIECE))):
        pieces.append(piece)
        size -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _no_archive() -> Malformed:
    return Malformed(
        "archive",
        "an archive of an election, format version 1",
        "archives end in .bel and begin with a record named BELENIOS",
    )


def _broken(number: int, at: int, reason: str, ballot: int | None = None) -> UnverifiedElection:
    return UnverifiedElection(Check.ARCHIVE, f"record {number} (byte {at}): {reason}", ballot)
