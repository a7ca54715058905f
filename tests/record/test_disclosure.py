import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.canon.fault import Malformed, Unverified
from quorate.record.disclosure import (
    check_parts,
    format_parts,
    parse_parts,
    part_files,
    parts_path,
    read_parts,
)
from quorate.record.entry import Part, open_envelope, seal

SALT = bytes(range(32))


def part(name="act", data=b'{"a":1}', salt=SALT, audience="members"):
    return Part(name, salt, data, audience)


pairs = st.lists(
    st.builds(
        lambda seq, name, salt, data: (seq, Part(name, salt, data.encode(), "public")),
        st.integers(0, 600),
        st.sampled_from(["act", "text", "venue"]),
        st.binary(min_size=32, max_size=32),
        st.text(st.characters(max_codepoint=0x2FF, exclude_categories=["Cs"])),
    ),
    unique_by=lambda pair: (pair[0], pair[1].name),
).map(lambda found: sorted(found, key=lambda pair: (pair[0], pair[1].name)))


def test_a_line_is_canonical_json_of_five_fields():
    line = format_parts([(1042, part(data='{"é":"\n"}'.encode()))])
    assert line == (
        b'{"audience":"members","data":"{\\"\xc3\xa9\\":\\"\\n\\"}","name":"act","salt":"'
        + SALT.hex().encode()
        + b'","seq":1042}\n'
    )


@given(pairs)
def test_parts_survive_a_round_trip(found):
    assert parse_parts(format_parts(found)) == found


@given(pairs, st.integers(601, 800))
def test_all_parts_of_a_record_are_read_back_from_their_files(found, size):
    files = dict(part_files(found, size))
    assert list(files) == [parts_path(n) for n in range(-(-size // 256))]
    assert list(read_parts(files.__getitem__, size)) == found


def test_paths_are_grouped_as_those_of_the_bundles():
    assert parts_path(1234067) == "parts/x001/x234/067.jsonl"


def test_files_of_nothing_disclosed_are_empty():
    assert list(part_files([], 257)) == [("parts/000.jsonl", b""), ("parts/001.jsonl", b"")]
    assert not list(part_files([], 0))
    assert parse_parts(b"") == []


@pytest.mark.parametrize(
    "found",
    [
        [(1, part()), (0, part())],
        [(1, part()), (1, part())],
        [(1, part("text")), (1, part("act"))],
    ],
)
def test_parts_out_of_order_or_twice_are_malformed(found):
    with pytest.raises(Malformed, match="order"):
        format_parts(found)
    lines = b"".join(format_parts([pair]) for pair in found)
    with pytest.raises(Malformed, match="order"):
        parse_parts(lines)


@pytest.mark.parametrize("seqs", [[300, 10], [10, 600], [300, 299, 700]])
def test_parts_that_no_file_has_a_place_for_are_noticed(seqs):
    with pytest.raises(Malformed):
        list(part_files([(seq, part()) for seq in seqs], 512))


def test_a_part_in_the_file_of_other_entries_or_beyond_the_size_is_malformed():
    stray = format_parts([(256, part())])
    with pytest.raises(Malformed, match="entry 256"):
        list(read_parts({"parts/000.jsonl": stray, "parts/001.jsonl": b""}.__getitem__, 300))
    beyond = format_parts([(10, part())])
    with pytest.raises(Malformed, match="entry 10"):
        list(read_parts({"parts/000.jsonl": beyond}.__getitem__, 10))


@pytest.mark.parametrize("data", [b"\xff", "e\u0301".encode()])
def test_a_part_that_is_not_normalised_text_is_not_written(data):
    with pytest.raises(Malformed):
        format_parts([(0, part(data=data))])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n", b""),
        (b"\n", b"\r\n"),
        (b"\n", b"\n\n"),
        (b'"seq":7', b'"seq":07'),
        (b'"seq":7', b'"seq":-7'),
        (b'"seq":7', b'"seq":7.0'),
        (b'"seq":7', b'"seq":7,"x":1'),
        (b'"seq":7', b'"seq": 7'),
        (b'"name":"act",', b""),
        (b'"salt":"00', b'"salt":"0'),
        (b"0a", b"0A"),
        (b'"members"', b'"m\\u0065mbers"'),
        (b'"members"', b'"membe\xcc\x81rs"'),
        (b'"members"', b'"members\xff"'),
        (b'"members"', b"null"),
    ],
)
def test_a_line_written_otherwise_is_malformed(old, new):
    line = format_parts([(7, part())])
    assert old in line
    with pytest.raises(Malformed):
        parse_parts(line.replace(old, new))


@pytest.fixture
def envelope():
    parts = [part(), part("text", b"{}", bytes(32))]
    return open_envelope(seal(3, "2026-11-23T19:04Z", "motion.moved", None, parts))


def test_all_some_or_none_of_the_parts_may_be_shown(envelope):
    text = part("text", b"{}", bytes(32))
    for shown in ([], [part()], [text], [part(), text]):
        check_parts(envelope, shown)


@pytest.mark.parametrize(
    "wrong",
    [
        part("text", b"{]", bytes(32)),
        part("text", b"{}", SALT),
        part("text", b"{ }", bytes(32)),
        part("venue", b"{}", bytes(32)),
        part("act", b"{}", bytes(32)),
        part("text", b"{}", bytes(31)),
        part("text", b"{}", bytes(32), "public"),
        part("text", b"{}", bytes(32), "member"),
        part("text", b"s{}", bytes(32), "member"),
        part("text", b"{}", bytes(32), "members\0"),
        part("text", b"{}", bytes(32), ""),
    ],
)
def test_a_part_that_was_not_committed_to_is_named(envelope, wrong):
    with pytest.raises(Unverified, match=wrong.name) as caught:
        check_parts(envelope, [part(), wrong])
    assert caught.value.entry == 3
    assert wrong.salt.hex() not in str(caught.value)
