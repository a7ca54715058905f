"""Canonical JSON: the one way in which a value is written as bytes (RFC 8785).

The profile is I-JSON without floating-point numbers: strings in Unicode NFC, integers below 2**53 in magnitude, no
duplicate keys. Within it, msgspec's encoder with sorted keys writes exactly what RFC 8785 asks, about fifty times
faster than the reference implementation; `tests/canon` holds the two together. Stored bytes are the truth: whoever
verifies hashes what was stored and never what was written anew.
"""

import unicodedata
from typing import Any, TypeVar

import msgspec

from quorate.canon.fault import Malformed

T = TypeVar("T")

MAX_INTEGER = 2**53 - 1  # I-JSON, RFC 7493 section 2.2


def _no_fraction(text: str) -> None:
    raise Malformed("", f"no fractional number ({text}): numbers are whole, others are text")


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(float_hook=_no_fraction)
_zeros = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))
_LONG = b"0" * 16  # digits of the shortest integer that may be too large


def encode(value: Any) -> bytes:
    """The canonical bytes of a value built of None, bool, int, str, list, dict, date, datetime or msgspec Structs.

    No type that is recorded has a float in it; whoever decodes looks for one all the same.

    Raises:
        Malformed: the value is outside the profile.
    """
    try:
        data = _encoder.encode(value)
    except UnicodeEncodeError:
        raise Malformed("", "text in Unicode; half a surrogate pair is no character") from None
    except OverflowError:
        raise Malformed("", f"an integer up to {MAX_INTEGER}") from None
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
        raise Malformed("", f"JSON: {error}") from error
    check(data, value)
    return value


def check(data: bytes, value: Any) -> None:
    """Return if `data` is the canonical writing of `value` (as decoded from it), else raise Malformed."""
    if _suspect(data):
        _walk(value, "$")
    if _encoder.encode(value) != data:
        raise Malformed("", "canonical JSON (RFC 8785): keys in order, no spaces, shortest escapes")


def _suspect(data: bytes) -> bool:
    """Whether a value must be looked at piece by piece: not when its bytes rule out all that the profile forbids."""
    return not data.isascii() or _LONG in data.translate(_zeros)


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
            raise AssertionError(type(value))


def _walk_members(value: dict[str, Any], where: str) -> None:
    for key, item in value.items():
        if not key.isascii():
            raise Malformed(f"{where}.{key}", "an ASCII key")
        _walk(item, f"{where}.{key}")


def nfc(text: str) -> str:
    """Text normalised as the record wants it (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)
