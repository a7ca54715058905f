"""The record as static files: tiles of 256 hashes and bundles of 256 entries (C2SP tlog-tiles v0.1, height 8).

    tile/<L>/<N>[.p/<W>]          hash i is MTH(D[(N*256+i) * 256**L : (N*256+i+1) * 256**L])
    tile/entries/<N>[.p/<W>]      256 entries, each its length as uint16, big-endian, and its bytes

`<W>` is the width of a partial one, of which there is at most one in each level at any size. Only full tiles feed the
level above. `<N>` is written in groups of three digits: 1234067 is `x001/x234/067`. The checkpoint is not written here:
whoever publishes writes it last.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from quorate.canon.fault import Malformed
from quorate.record.entry import MAX_ENTRY_BYTES
from quorate.record.tree import Tree

WIDTH = 256
_BITS = 8

Read = Callable[[str], bytes]
"""The bytes of a file by its path; it raises its own error where there is none."""


def grouped(number: int) -> str:
    """A number as a path: groups of three digits, all but the last with an `x` before them."""
    path = f"{number % 1000:03}"
    while number := number // 1000:
        path = f"x{number % 1000:03}/{path}"
    return path


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """The path of a tile of a level, or of a bundle if the level is "entries"; `width` is 256 unless partial."""
    assert 0 < width <= WIDTH
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{grouped(number)}{partial}"


def tile_files(
    tree: Tree, entries: Iterable[bytes], old_size: int = 0, size: int | None = None
) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file that the log of `size` entries needs beyond those of `old_size`.

    `entries` begins at `old_size` rounded down to 256 and holds those up to `size` at least; it is read in step, a
    bundle at a time. Only the partial tiles of `size` itself are written, none of the sizes between.

    Raises:
        Malformed: there are too few entries, or one is longer than 65,535 bytes.
    """
    size = tree.size if size is None else size
    assert 0 <= old_size <= size <= tree.size
    source = iter(entries)
    for number, width in _changed(old_size, size):
        bundle = list(islice(source, width))
        if len(bundle) != width:
            raise Malformed(
                "entries", f"all entries from {old_size} rounded down to 256, to {size}"
            )
        yield tile_path("entries", number, width), format_bundle(bundle)
    for level in range(0, size.bit_length(), _BITS):
        for number, width in _changed(old_size >> level, size >> level):
            start = number * WIDTH
            path = tile_path(level // _BITS, number, width)
            yield path, tree.hashes(level, start, start + width)


def _changed(old: int, new: int) -> Iterator[tuple[int, int]]:
    """Number and width of the tiles that a row of `new` has and the same row of `old` had not."""
    if old == new:
        return
    for number in range(old // WIDTH, new // WIDTH):
        yield number, WIDTH
    if new % WIDTH:
        yield new // WIDTH, new % WIDTH


def format_bundle(entries: Iterable[bytes]) -> bytes:
    """The entries one after another, each behind its length in two bytes.

    Raises:
        Malformed: an entry is longer than 65,535 bytes.
    """
    pieces = []
    for entry in entries:
        if len(entry) > MAX_ENTRY_BYTES:
            raise Malformed("entry", f"at most {MAX_ENTRY_BYTES} bytes")
        pieces += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(pieces)


def parse_bundle(data: bytes) -> list[bytes]:
    """The entries that `format_bundle` wrote.

    Raises:
        Malformed: it ends within an entry.
    """
    entries = []
    start, end = 0, len(data)
    while start < end:
        body = start + 2
        start = body + int.from_bytes(data[start:body], "big")
        if body > end or start > end:
            raise Malformed("bundle", "whole entries: it ends within one")
        entries.append(data[body:start])
    return entries


def read_entries(read: Read, size: int, start: int = 0) -> Iterator[bytes]:
    """The entries from `start` up to `size` of a log published at that size; one bundle is held at a time.

    Raises:
        Malformed: a bundle does not parse or has not as many entries as its name says.
    """
    for number in range(start // WIDTH, -(-size // WIDTH)):
        width = min(WIDTH, size - number * WIDTH)
        path = tile_path("entries", number, width)
        bundle = parse_bundle(read(path))
        if len(bundle) != width:
            raise Malformed(path, f"{width} entries, not {len(bundle)}")
        yield from bundle[max(0, start - number * WIDTH) :]
