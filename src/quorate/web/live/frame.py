"""Server-sent events as bytes, and the chunks in which they go over HTTP/1.1."""

import json
import random
from collections.abc import Iterable
from typing import NamedTuple, Self

from quorate.web.live.region import PanelRegion

COMMENT = b":\n\n"
"""A sign of life, which says nothing."""


def frame(event: str, data: str, size: int | None = None) -> bytes:
    """An event; with the size of the record if whoever has it has all there is up to there."""
    lines = [f"event: {event}"]
    # Every end of line that Python knows would be one to a browser or be lost there, so none is left in a line.
    lines += [f"data: {line}" for line in data.splitlines() or [""]]
    if size is not None:
        lines.append(f"id: {size}")
    return ("\n".join(lines) + "\n\n").encode()


def identified(frames: Iterable[bytes], size: int) -> bytes:
    """Frames together, the size with the last of them: who gets but some of them is sent all of them again."""
    whole = b"".join(frames)
    return whole[:-1] + b"id: %d\n\n" % size if whole else b""


def tally(panel: PanelRegion) -> str:
    """The figures of open votes as small JSON: by division its bar, and how many were entitled."""
    return json.dumps(
        {
            vote.division.id: {
                "bar": [
                    [each.kind, each.words, each.heads, each.start, each.width, each.labelled]
                    for each in vote.bar.segments
                ],
                "entitled": vote.bar.entitled,
                "words": vote.bar.words,
            }
            for vote in panel.open
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def retry(streams: int) -> bytes:
    """How many milliseconds to wait before coming back: drawn for each stream, so that not all come at once."""
    most = max(3000, 2 * streams)
    return b"retry: %d\n\n" % random.randint(1000, most)  # noqa: S311  # spread, no secret


def bye(streams: int) -> bytes:
    """The end of all streams before a restart: within how many milliseconds to come back, at random."""
    return frame("bye", str(max(3000, 2 * streams)))


class Chunk(NamedTuple):
    """Data, and the same as one chunk of an answer of unknown length (RFC 9112, 7.1)."""

    data: bytes
    framed: bytes

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Data, framed once for all to whom they go."""
        return cls(data, b"%x\r\n%b\r\n" % (len(data), data))
