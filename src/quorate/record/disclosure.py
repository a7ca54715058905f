"""The parts that a reader may see, as files beside the tiles: 256 entries to a file, numbered as bundles are.

    parts/x001/x234/067.jsonl
    {"audience":"members","data":"…","name":"act","salt":"<64 hex digits>","seq":1042}

One line of canonical JSON for each part, by seq and then by name; `data` is the part's text. What the reader may not
see, and what was erased, is left out; a file may be empty. Nothing here is trusted before `check_parts`.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

import msgspec

from quorate.canon import canonical
from quorate.canon.fault import Malformed, Unverified
from quorate.record.entry import SALT_BYTES, Envelope, Part, check_part
from quorate.record.notation import decode_text
from quorate.record.tiles import WIDTH, Read, grouped

_salt = re.compile(rf"[0-9a-f]{{{2 * SALT_BYTES}}}")


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    audience: str
    data: str
    name: str
    salt: str
    seq: int


_decoder = msgspec.json.Decoder(_Line)


def parts_path(number: int) -> str:
    """The path of the file for the entries from 256 times `number`."""
    return f"parts/{grouped(number)}.jsonl"


def part_files(parts: Iterable[tuple[int, Part]], size: int) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of parts of a log of `size` entries, empty ones too.

    `parts` are pairs of seq and part in the order of seq and name, each seq below `size`; they are read in step.

    Raises:
        Malformed: out of order, or a part is not text in Unicode NFC.
    """
    groups = groupby(parts, key=lambda pair: pair[0] // WIDTH)
    group = next(groups, None)
    for number in range(-(-size // WIDTH)):
        content = b""
        if group is not None and group[0] == number:
            content = format_parts(group[1])
            group = next(groups, None)
        yield parts_path(number), content
    if group is not None:
        raise Malformed("parts", f"parts of entries below {size}, in order")


def format_parts(parts: Iterable[tuple[int, Part]]) -> bytes:
    """The lines of one file.

    Raises:
        Malformed: out of order, or a part is not text in Unicode NFC.
    """
    pairs = list(parts)
    _check_order(pairs)
    return b"".join(canonical.encode(_to_line(seq, part)) + b"\n" for seq, part in pairs)


def parse_parts(data: bytes) -> list[tuple[int, Part]]:
    """The pairs of seq and part that `format_parts` wrote. Nothing is verified by this.

    Raises:
        Malformed: not of that form, out of order, or a part twice.
    """
    *lines, rest = data.split(b"\n")
    if rest:
        raise Malformed("parts", "lines that end in a newline")
    pairs = [_from_line(line) for line in lines]
    _check_order(pairs)
    return pairs


def read_parts(read: Read, size: int) -> Iterator[tuple[int, Part]]:
    """Seq and part of all that was disclosed of a log of `size` entries; one file is held at a time.

    Raises:
        Malformed: a file does not parse, or has parts of entries that belong into another.
    """
    for number in range(-(-size // WIDTH)):
        path = parts_path(number)
        for seq, part in parse_parts(read(path)):
            if seq // WIDTH != number or seq >= size:
                raise Malformed(path, f"no parts of entry {seq}")
            yield seq, part


def check_parts(envelope: Envelope, parts: Iterable[Part]) -> None:
    """Return if each of these parts is one that the envelope commits to. Parts may be missing.

    Raises:
        Unverified: one is not; names the entry and the part.
    """
    for part in parts:
        commitment = envelope.parts.get(part.name)
        if commitment is None:
            raise Unverified("parts", f"the entry has no part {part.name}", envelope.seq)
        try:
            check_part(commitment, part)
        except Unverified as error:
            raise Unverified("parts", f"part {part.name}: {error.reason}", envelope.seq) from None


def _check_order(pairs: list[tuple[int, Part]]) -> None:
    keys = [(seq, part.name) for seq, part in pairs]
    if any(a >= b for a, b in pairwise(keys)):
        raise Malformed("parts", "each part once, in the order of seq and name")


def _to_line(seq: int, part: Part) -> _Line:
    assert len(part.salt) == SALT_BYTES
    text = decode_text(part.data, f"part {part.name} of entry {seq}")
    return _Line(part.audience, text, part.name, part.salt.hex(), seq)


def _from_line(data: bytes) -> tuple[int, Part]:
    try:
        line = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed("parts", f"a part in JSON ({error})") from None
    if line.seq < 0 or not _salt.fullmatch(line.salt) or canonical.encode(line) != data:
        raise Malformed("parts", "a seq, a salt of 64 hex digits, canonical JSON (RFC 8785)")
    salt = bytes.fromhex(line.salt)
    return line.seq, Part(line.name, salt, line.data.encode("utf-8"), line.audience)
