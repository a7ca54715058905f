"""Canonical JSON: the one way in which a value is written as bytes (RFC 8785).

The profile is I-JSON without floating-point numbers: strings in Unicode NFC, integers below 2**53 in magnitude, no
duplicate keys. Within it, msgspec's encoder with sorted keys writes exactly what RFC 8785 asks, about fifty times
faster than the reference implementation; `tests/canon` holds the two together. Stored bytes are the truth: whoever
verifies hashes what was stored and never what was written anew.
"""

import re
import unicodedata
from typing import Any, TypeVar

import msgspec

from quorate.canon.fault import Malformed

T = TypeVar("T")

MAX_INTEGER = 2**53 - 1  # I-JSON, RFC 7493 section 2.2

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder()
# A key outside the Basic Multilingual Plane would sort otherwise in UTF-16 (RFC 8785 section 3.2.3) than in msgspec;
# our keys are ASCII, and `check` refuses any that is not.
_long_number = re.compile(rb"\d{16}")


def encode(value: Any) -> bytes:
    """The canonical bytes of a value built of None, bool, int, str, list, dict, date, datetime or msgspec Structs.

    No type that is recorded has a float in it; whoever decodes looks for one all the same.

    Raises:
        Malformed: the value is outside the profile.
    """
    data = _encoder.encode(value)
    if _suspect(data):
        _walk(_decoder.decode(data), "$")
    return data


def decode(data: bytes) -> Any:
    """The value of canonical bytes.

    Raises:
        Malformed: not JSON, outside the profile, or not written canonically.
    """
    try:
        value = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("", f"not JSON: {error}") from error
    check(data, value)
    return value


def check(data: bytes, value: Any) -> None:
    """Return if `data` is the canonical writing of `value` (as decoded from it), else raise Malformed."""
    _walk(value, "$")
    if _encoder.encode(value) != data:
        raise Malformed(
            "", "not canonical JSON (RFC 8785): keys in order, no spaces, shortest escapes"
        )


def _suspect(data: bytes) -> bool:
    if not data.isascii():
        return True
    return _long_number.search(data) is not None


def _walk(value: Any, where: str) -> None:
    match value:
        case None | bool():
            pass
        case str() if not unicodedata.is_normalized("NFC", value):
            raise Malformed(
                where, "text in Unicode NFC", "normalise the text before it is recorded"
            )
        case int() if abs(value) > MAX_INTEGER:
            raise Malformed(where, f"an integer up to {MAX_INTEGER}")
        case str() | int():
            pass
        case list():
            for i, item in enumerate(value):
                _walk(item, f"{where}[{i}]")
        case dict():
            _walk_members(value, where)
        case _:
            raise Malformed(where, "no fractional number: numbers are whole, others are text")


def _walk_members(value: dict[str, Any], where: str) -> None:
    for key, item in value.items():
        if not key.isascii():
            raise Malformed(f"{where}.{key}", "an ASCII key")
        _walk(item, f"{where}.{key}")


def nfc(text: str) -> str:
    """Text normalised as the record wants it (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)
