"""Numbers, base64 and hashes as the log's text files write them: one writing for each value, and no other is read.

C2SP signed-note, tlog-checkpoint and tlog-proof; base64 is RFC 4648 section 4 with padding.
"""

import base64
import binascii
import re

from quorate.canon.fault import Malformed

HASH_BYTES = 32
MAX_NUMBER = 2**63 - 1  # the verifiers written in Go hold an index or a size in an int64

_decimal = re.compile(r"0|[1-9][0-9]{0,18}")


def format_number(number: int) -> str:
    """A size or an index in decimal."""
    assert 0 <= number <= MAX_NUMBER
    return str(number)


def parse_number(text: str, where: str) -> int:
    """The number that `format_number` wrote.

    Raises:
        Malformed: a sign, a leading zero, another script's digits, or more than 2**63 - 1.
    """
    if not _decimal.fullmatch(text) or int(text) > MAX_NUMBER:
        raise Malformed(where, "a decimal number without sign or leading zero, below 2**63")
    return int(text)


def format_base64(data: bytes) -> str:
    """Bytes in standard base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def parse_base64(text: str, where: str) -> bytes:
    """The bytes that `format_base64` wrote.

    Raises:
        Malformed: another alphabet, no padding, white space, or stray bits at the end.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        # The cause is dropped: the text may be a secret key.
        raise Malformed(where, "standard base64 with padding") from None
    if format_base64(data) != text:  # the library ignores stray bits in the last letter
        raise Malformed(where, "canonical base64: no stray bits in the last letter")
    return data


def parse_hash(text: str, where: str) -> bytes:
    """The 32 bytes of a SHA-256 hash written with `format_base64`.

    Raises:
        Malformed: not base64, or not 32 bytes.
    """
    data = parse_base64(text, where)
    if len(data) != HASH_BYTES:
        raise Malformed(where, "a SHA-256 hash of 32 bytes in base64")
    return data


def decode_text(data: str | bytes, where: str) -> str:
    """Text as it is, or bytes from a file read as strict UTF-8.

    Raises:
        Malformed: not UTF-8.
    """
    try:
        return data if isinstance(data, str) else data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed(where, f"UTF-8 text ({error.reason} at byte {error.start})") from None
