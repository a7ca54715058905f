import hashlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from quorate.canon import canonical
from quorate.canon.fault import Malformed, Unverified
from quorate.record.entry import (
    Commitment,
    Part,
    check_part,
    commit,
    open_envelope,
    seal,
)

SALT = bytes(range(32))
ACT = Part("act", SALT, b'{"a":1}', "members")
names = st.text("abcxyz", min_size=1, max_size=8)
words = st.text("abz09-", min_size=1, max_size=9)
kinds = st.builds("{}.{}".format, words, words)
minutes = st.datetimes().map(lambda d: d.strftime("%Y").zfill(4) + d.strftime("-%m-%dT%H:%MZ"))
sittings = st.none() | st.text("az09.-", max_size=9).map("m{}0".format)


def sealed(**changes):
    given = {
        "seq": 1042,
        "at": "2026-11-23T19:04Z",
        "kind": "motion.moved",
        "sitting": "2026-11-gm",
        "parts": [ACT, Part("text", bytes(32), b"{}", "body:committee")],
    }
    return seal(**(given | changes))


def named(*names):
    return [Part(name, SALT, b"", "members") for name in names]


def test_an_envelope_is_written_as_the_specification_shows():
    c, d = commit(ACT), commit(Part("text", bytes(32), b"{}", "body:committee"))
    assert (
        sealed()
        == (
            '{"at":"2026-11-23T19:04Z","in":"2026-11-gm","kind":"motion.moved",'
            f'"parts":{{"act":{{"c":"{c}"}},"text":{{"c":"{d}"}}}},"seq":1042,"v":1}}'
        ).encode()
    )


def test_without_a_meeting_nothing_is_said_of_one():
    assert b'"in"' not in sealed(sitting=None)
    assert open_envelope(sealed(sitting=None)).sitting is None


def test_a_commitment_is_hmac_sha_256_by_its_definition():
    key = SALT + bytes(32)
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in key) + b"members\0data").digest()
    outer = hashlib.sha256(bytes(b ^ 0x5C for b in key) + inner).hexdigest()  # RFC 2104
    assert commit(Part("act", SALT, b"data", "members")) == outer


@given(
    st.integers(0, canonical.MAX_INTEGER),
    minutes,
    kinds,
    sittings,
    st.dictionaries(names, st.binary(max_size=40), min_size=1, max_size=4),
)
def test_what_is_sealed_is_canonical_and_opens_as_it_was(seq, at, kind, sitting, parts):
    parts = {
        name: Part(name, hashlib.sha256(name.encode()).digest(), data, "members")
        for name, data in parts.items()
    }
    data = seal(seq, at, kind, sitting, parts.values())
    value = json.loads(data)
    assert rfc8785.dumps(value) == data
    canonical.check(data, value)
    envelope = open_envelope(data)
    assert (envelope.seq, envelope.at, envelope.kind) == (seq, at, kind)
    assert (envelope.sitting, envelope.v) == (sitting, 1)
    assert envelope.parts.keys() == parts.keys()
    for name, part in parts.items():
        check_part(envelope.parts[name], part)


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": -1},
        {"seq": 2**53},
        {"at": "2026-11-23T19:04:00Z"},
        {"at": "2026-11-23T19:04"},
        {"at": "2026-02-30T19:04Z"},
        {"at": "2026-11-23T24:04Z"},
        {"at": "2026-11-23 19:04Z"},
        {"at": "２026-11-23T19:04Z"},
        {"kind": "motion"},
        {"kind": "Motion.moved"},
        {"kind": "motion.moved."},
        {"kind": "motion.moved\n"},
        {"kind": ".moved"},
        {"sitting": ""},
        {"sitting": "a b"},
        {"parts": []},
        {"parts": named("Act")},
        {"parts": named("act1")},
        {"parts": named("")},
    ],
)
def test_what_the_format_has_no_writing_for_is_not_sealed(changes):
    with pytest.raises(Malformed):
        sealed(**changes)


def test_an_entry_that_no_bundle_could_hold_is_neither_sealed_nor_opened():
    with pytest.raises(Malformed, match="65535"):
        sealed(parts=named(*("a" * i for i in range(1, 330))))
    with pytest.raises(Malformed, match="65535"):
        open_envelope(bytes(65_536))


def test_an_entry_of_exactly_65535_bytes_is_sealed_and_opened():
    names = ["a" * i for i in range(1, 250)]
    spare = 65_535 - len(sealed(parts=named(*names)))
    data = sealed(parts=named(*names[:-1], names[-1] + "b" * spare))
    assert len(data) == 65_535
    assert len(open_envelope(data).parts) == 249


@pytest.mark.parametrize("seq", [0, canonical.MAX_INTEGER])
def test_the_first_and_the_last_number_are_numbers(seq):
    assert open_envelope(sealed(seq=seq)).seq == seq


def test_an_envelope_says_neither_the_length_nor_the_audience_of_a_part():
    short, long = (sealed(parts=[Part("act", SALT, data, "public")]) for data in (b"", b"a" * 9999))
    assert len(short) == len(long)
    assert b"public" not in short


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_of_another_length_is_never_used(length):
    with pytest.raises(AssertionError):
        commit(Part("act", bytes(length), b"", "members"))
    with pytest.raises(Unverified, match="salt"):
        check_part(Commitment("0" * 64), Part("act", bytes(length), b"", "members"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"v":1', b'"v":2'),
        (b'"v":1', b'"v":1.0'),
        (b'"v":1', b'"v":1,"w":1'),
        (b'"v":1', b'"v":1 '),
        (b',"v":1', b""),
        (b'"seq":1042', b'"seq":01042'),
        (b'"seq":1042', b'"seq":1042.0'),
        (b'"seq":1042', b'"seq":"1042"'),
        (b'"seq":1042', b'"seq":-1042'),
        (b'"seq":1042', b'"seq":1042,"seq":1042'),
        (b'"seq":1042', b'"seq":9007199254740992'),
        (b'"in":"2026-11-gm"', b'"in":null'),
        (b'"in":"2026-11-gm"', b'"in":"2026 11"'),
        (b'"in":"2026-11-gm",', b'"sitting":"2026-11-gm",'),
        (b'"kind":"motion.moved"', b'"kind":"m\\u006ftion.moved"'),
        (b'"kind":"motion.moved"', b'"kind":"motion-moved"'),
        (b"T19:04Z", b"T19:60Z"),
        (b'"}', b'","n":7}'),
        (b'"act"', b'"Act"'),
        (b'{"at"', b' {"at"'),
        (b"}}", b"}}\n"),
        (b'"motion.moved"', b'"motion.moved\xff"'),
    ],
)
def test_an_envelope_written_otherwise_is_malformed(old, new):
    data = sealed()
    assert old in data
    with pytest.raises(Malformed):
        open_envelope(data.replace(old, new))


def test_the_digest_of_a_commitment_is_64_letters_of_lower_case_hex():
    c = commit(ACT).encode()
    for bad in (c.upper(), c[:-1], c + b"0", c[:-1] + b"g"):
        with pytest.raises(Malformed):
            open_envelope(sealed().replace(c, bad))


def test_every_changed_byte_of_an_envelope_is_malformed_or_another_envelope():
    data = sealed()
    true = open_envelope(data)
    for i in range(len(data)):
        for bit in range(8):
            bad = data[:i] + bytes([data[i] ^ 1 << bit]) + data[i + 1 :]
            try:
                assert open_envelope(bad) != true
            except Malformed:
                continue
        with pytest.raises(Malformed):
            open_envelope(data[:i])


def test_a_part_fits_only_its_own_salt_bytes_and_audience():
    commitment = Commitment(commit(Part("act", SALT, b"data", "members")))
    check_part(commitment, Part("act", SALT, b"data", "members"))
    for salt, data, audience in (
        (SALT, b"dat", "members"),
        (SALT, b"date", "members"),
        (bytes(32), b"data", "members"),
        (SALT, b"data\0", "members"),
        (SALT, b"data", "public"),
        (SALT, b"data", "body:members"),
        (SALT, b"sdata", "member"),
        (SALT, b"data", "members\0"),
    ):
        with pytest.raises(Unverified):
            check_part(commitment, Part("act", salt, data, audience))


def test_a_part_shows_neither_salt_nor_data():
    shown = repr(Part("act", b"s" * 32, b"secret", "members"))
    assert shown == "Part(name='act', audience='members')"
