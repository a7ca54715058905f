"""Records of an archive: what is no archive, what is a broken one, and that a whole one comes back byte for byte."""

import io
import tarfile
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.ballots.archive import (
    BLOCK,
    LATEST,
    format_data,
    format_header,
    format_opening,
    format_record,
    read_opening,
    read_records,
)
from quorate.ballots.check import Check, UnverifiedElection
from quorate.canon.fault import Malformed
from tests.ballots.forging import NAMES, forge, timestamp_of, unpack, vector


def records(archive):
    return list(read_records(io.BytesIO(archive)))


def refused(archive, reason):
    with pytest.raises(UnverifiedElection, match=reason) as caught:
        records(archive)
    assert caught.value.failed is Check.ARCHIVE
    return caught.value


@pytest.mark.parametrize("name", NAMES)
def test_an_archive_of_the_tool_comes_back_from_its_events_byte_for_byte(name):
    archive = vector(name)
    assert forge(unpack(archive), timestamp_of(archive)) == archive


def test_a_header_is_one_that_tar_reads():
    body = b"x" * 1000
    archive = io.BytesIO(format_record("a" * 64 + ".data.json", body, 1795426885))
    with tarfile.open(fileobj=archive) as tar:
        (member,) = tar.getmembers()
        assert (member.name, member.size, member.mtime) == (
            "a" * 64 + ".data.json",
            1000,
            1795426885,
        )
        assert member.mode == 0o644
        assert tar.extractfile(member).read() == body


@given(st.integers(0, LATEST), st.lists(st.binary(max_size=1100), max_size=4))
def test_what_is_written_is_read(timestamp, bodies):
    archive = format_opening(timestamp) + b"".join(format_data(each, timestamp) for each in bodies)
    found = records(archive)
    assert [each.body for each in found[1:]] == bodies
    assert all(archive[each.at :].startswith(each.body) for each in found)
    assert read_opening(io.BytesIO(archive))[0] == timestamp


def opening_of(body, timestamp=7, name="BELENIOS"):
    return format_record(name, body, timestamp)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"BELENIOS",
        bytes(1024),
        b"\x1f\x8b" + bytes(2000),
        b'{"version":1}',
        format_data(b"{}", 7),
        format_opening(7)[:-1],
        b"\n" + format_opening(7),
        opening_of(b'{"version":2,"timestamp":"7"}'),
        opening_of(b'{"version":1,"timestamp":7}'),
        opening_of(b'{"version":1,"timestamp":"07"}'),
        opening_of(b'{"version":1,"timestamp":"-7"}'),
        opening_of(b'{"version":1,"timestamp":"8"}'),
        opening_of(b'{"version":1, "timestamp":"7"}'),
        opening_of(b'{"timestamp":"7","version":1}'),
        opening_of(b'{"version":1,"timestamp":"7","more":1}'),
        opening_of(b'{"version":1,"timestamp":"99999999999"}'),
        opening_of(b'{"version":1,"timestamp":"7"}\n'),
        opening_of(b'{"version":1,"timestamp":"7"}', name="belenios"),
    ],
)
def test_what_does_not_begin_as_an_archive_of_version_1_is_none(data):
    with pytest.raises(Malformed, match="archive of an election"):
        records(data)


def test_every_bit_of_the_first_record_counts():
    opening = format_opening(1795426885)
    for i in range(len(opening) * 8):
        data = bytearray(opening)
        data[i // 8] ^= 1 << i % 8
        with pytest.raises(Malformed):
            records(bytes(data))


def test_every_bit_of_a_later_record_counts():
    opening = format_opening(1795426885)
    rest = format_data(b'{"result":[[2,2,1]]}', 1795426885)
    for i in range(len(rest) * 8):
        data = bytearray(rest)
        data[i // 8] ^= 1 << i % 8
        refused(opening + bytes(data), "record 1")


def test_a_record_of_another_time_is_refused():
    refused(format_opening(7) + format_data(b"{}", 8), "its header")


def test_a_size_that_is_not_there_is_refused_without_reading_for_it():
    header = format_header("a" * 64 + ".data.json", 2**30, 7)
    assert "cut off" in refused(format_opening(7) + header, "record 1").reason
    header = format_header("a" * 64 + ".data.json", 2**30 + 1, 7)
    refused(format_opening(7) + header, "claims to be larger")


def test_what_follows_the_last_record_is_refused():
    archive = vector("v30-single")
    refused(archive + bytes(BLOCK), "zeros")
    refused(archive + bytes(2 * BLOCK), "zeros")
    refused(archive + bytes(1), "cut off")
    refused(archive + b"\n", "cut off")
    refused(archive + archive[: 2 * BLOCK], "name is not the hash")


def test_a_record_under_the_name_of_another_is_refused():
    name = "0" * 64 + ".data.json"
    refused(format_opening(7) + format_record(name, b"{}", 7), "name is not the hash")


def test_something_in_the_padding_is_refused():
    archive = format_opening(7) + format_data(b"{}", 7)
    for at in (2 * BLOCK + BLOCK + 2, 4 * BLOCK - 1):
        hidden = archive[:at] + b"x" + archive[at + 1 :]
        refused(hidden, "padding")


def test_an_archive_cut_inside_a_record_is_refused_wherever_it_is_cut():
    archive = vector("v30-nh")
    ends = {0, *(each.at + -(-len(each.body) // BLOCK) * BLOCK for each in records(archive))}
    draw = Random(1)
    cuts = {draw.randrange(len(archive)) for _ in range(300)}
    cuts |= {end + shift for end in ends for shift in (-1, 1)}
    for cut in sorted(cuts - ends):
        if 2 * BLOCK < cut < len(archive):
            refused(archive[:cut], "cut off")


class Trickle(io.RawIOBase):
    """A stream that gives a few bytes at a time, as sockets and pipes do."""

    def __init__(self, data):
        self._data = io.BytesIO(data)

    def read(self, size=-1):
        return self._data.read(min(size, 100))


def test_a_stream_may_give_its_bytes_in_small_pieces():
    archive = vector("v30-single")
    assert list(read_records(Trickle(archive))) == records(archive)
