"""Canonical JSON against the reference implementation, and its profile."""

import unicodedata

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from quorate.canon import canonical
from quorate.canon.fault import Malformed

TEXT = st.text().map(canonical.nfc)
KEYS = st.text(st.characters(max_codepoint=127))
WHOLE = st.integers(-canonical.MAX_INTEGER, canonical.MAX_INTEGER)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_bytes_are_those_of_rfc8785(value: object) -> None:
    assert canonical.encode(value) == rfc8785.dumps(value)


@given(VALUES)
def test_what_is_encoded_is_decoded(value: object) -> None:
    assert canonical.decode(canonical.encode(value)) == value


def test_every_character_of_the_basic_plane_is_escaped_as_rfc8785_does() -> None:
    for code in [*range(0x3100), 0xD7FF, 0xE000, 0xFFFD, 0x1F600]:
        text = unicodedata.normalize("NFC", chr(code))
        assert canonical.encode(text) == rfc8785.dumps(text), hex(code)


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b'{"a":1.5}',
        b'{"a":1e3}',
        b'{"a":9007199254740992}',
        b'"\\u0061"',
        b'"\\/"',
        b'"e\xcc\x81"',
        b'{"\xc3\xa9":1}',
        b" 1",
        b"01",
        b"-0",
        b"NaN",
        b'"\xff"',
        b"",
        b"[" * 5000,
    ],
)
def test_what_is_not_canonical_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        canonical.decode(data)


def test_structs_are_written_with_their_keys_in_order() -> None:
    class Seat(msgspec.Struct):
        weight: int
        body: str

    assert canonical.encode(Seat(2, "cc")) == b'{"body":"cc","weight":2}'


@pytest.mark.parametrize("value", ["e\u0301", {"a": ["e\u0301"]}, 2**53, [-(2**53)], 2**63])
def test_values_outside_the_profile_are_refused(value: object) -> None:
    with pytest.raises(Malformed):
        canonical.encode(value)


def test_nested_place_is_named() -> None:
    with pytest.raises(Malformed, match=r"\$\.a\[1\]"):
        canonical.encode({"a": ["x", "e\u0301"]})
