import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.canon.fault import Malformed
from quorate.record.notation import (
    MAX_NUMBER,
    decode_text,
    format_base64,
    format_number,
    parse_base64,
    parse_hash,
    parse_number,
)


@given(st.integers(0, MAX_NUMBER))
def test_numbers_survive_a_round_trip(number):
    assert parse_number(format_number(number), "") == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00",
        "007",
        "-1",
        "+1",
        " 1",
        "1 ",
        "1\n",
        "1\r",
        "1.0",
        "1e3",
        "0x1",
        "1_0",
        "٣",
        "９",
        str(MAX_NUMBER + 1),
        "9" * 5000,
    ],
)
def test_numbers_written_otherwise_are_refused(text):
    with pytest.raises(Malformed):
        parse_number(text, "size")


def test_the_largest_number_is_that_of_an_int64():
    assert parse_number("9223372036854775807", "") == MAX_NUMBER


@given(st.binary(max_size=100))
def test_base64_survives_a_round_trip(data):
    assert parse_base64(format_base64(data), "") == data


@pytest.mark.parametrize(
    "text",
    [
        "A",
        "AA",
        "AAA",
        "AB==",
        "AAB=",
        "AA==\n",
        " AA==",
        "AA= =",
        "A-A=",
        "A_A=",
        "AA==AA==",
        "AAAA=",
        "AAAA====",
        "ÄAAA",
        "AA\n==",
    ],
)
def test_base64_that_is_not_canonical_is_refused(text):
    with pytest.raises(Malformed):
        parse_base64(text, "x")


@given(st.text(alphabet="AQgw+/=-_ \n", max_size=9))
def test_what_is_read_as_base64_is_what_would_be_written(text):
    try:
        data = parse_base64(text, "")
    except Malformed:
        return
    assert format_base64(data) == text


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_hash_has_32_bytes(length):
    assert parse_hash(format_base64(bytes(32)), "") == bytes(32)
    with pytest.raises(Malformed):
        parse_hash(format_base64(bytes(length)), "")


@pytest.mark.parametrize("data", [b"\xff", b"\xc0\x80", b"\xed\xa0\x80"])
def test_bytes_that_are_not_strict_utf_8_are_refused(data):
    assert decode_text("é".encode(), "") == decode_text("é", "") == "é"
    with pytest.raises(Malformed):
        decode_text(data, "note")
