r"""Entries: an envelope in the tree that holds no personal data, and the parts beside it that it commits to.

    {"at":"2026-11-23T19:04Z","in":"2026-11-gm","kind":"motion.moved","parts":{"act":{"c":"…"}},"seq":1042,"v":1}

The envelope is canonical JSON (RFC 8785); `c` is HMAC-SHA-256, under a salt of its own, of the part's audience, a zero
byte and the part's bytes:

    c = HMAC-SHA-256(salt, audience || 0x00 || data)

So nobody can widen an audience unseen; and the envelope says neither the audience nor the length of a part, because the
length of a vote tells the vote. Without code of ours:
`(printf 'members\0'; cat part) | openssl dgst -sha256 -mac HMAC -macopt hexkey:<salt>`. To erase a part is to delete its
salt and bytes: what is left here can then not be guessed, and no hash of the tree changes.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

import msgspec

from quorate.canon.canonical import MAX_INTEGER
from quorate.canon.fault import Malformed, Unverified
from quorate.canon.ident import check_ident

MAX_ENTRY_BYTES = 65_535  # C2SP tlog-tiles: an entry's length is a uint16
SALT_BYTES = 32  # never another length: HMAC pads a shorter key with zeros, so two salts could open one commitment
VERSION = 1

_IPAD, _OPAD = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))
_IPADS, _OPADS = b"\x36" * (64 - SALT_BYTES), b"\x5c" * (64 - SALT_BYTES)
_minute = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z")
_kind = re.compile(r"[a-z0-9-]+\.[a-z0-9-]+")
_part_name = re.compile(r"[a-z]+")
_audience = re.compile(r"public|members|(?:body|office|person):[a-z0-9.-]+")
_digest = re.compile(r"[0-9a-f]{64}")


class Commitment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The commitment of an envelope to a part: HMAC-SHA-256 in 64 hex digits. No length, no audience."""

    c: str


class Envelope(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"sitting": "in"},
):
    """An entry of the tree: its number, the minute, what kind of event, in which meeting if any, and its parts."""

    seq: int
    at: str
    kind: str
    parts: dict[str, Commitment]
    v: int
    sitting: str | None = None


class Part(msgspec.Struct, frozen=True):
    """A part with the salt that opens its commitment and the audience that may see it."""

    name: str
    salt: bytes
    data: bytes
    audience: str

    def __repr__(self) -> str:
        """Name and audience only: salt and data must reach no log file."""
        return f"Part(name={self.name!r}, audience={self.audience!r})"


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Envelope)


def commit(part: Part) -> str:
    """HMAC-SHA-256 of a part's audience and bytes under its salt, in hex; about 2 µs.

    By its two hashes (RFC 2104), as a salt is shorter than a block: hmac.digest takes a fifth longer.
    """
    salt = part.salt
    assert len(salt) == SALT_BYTES
    # The zero byte ends the audience, which has none (`is_audience`); else `a` and `bc` could be taken for `ab` and `c`.
    inner = sha256(salt.translate(_IPAD) + _IPADS + part.audience.encode() + b"\0" + part.data)
    return sha256(salt.translate(_OPAD) + _OPADS + inner.digest()).hexdigest()


def check_part(commitment: Commitment, part: Part) -> None:
    """Return if the commitment is to this part: its bytes, for this audience, under this salt.

    Raises:
        Unverified: it is not.
    """
    if len(part.salt) != SALT_BYTES:
        raise Unverified("part", f"a salt of {len(part.salt)} bytes, not {SALT_BYTES}")
    if not _audience.fullmatch(part.audience):
        raise Unverified("part", "its audience is not written as audiences are")
    if commit(part) != commitment.c:
        raise Unverified("part", "its bytes, audience or salt are not those committed to")


def seal(seq: int, at: str, kind: str, sitting: str | None, parts: Iterable[Part]) -> bytes:
    """The entry's bytes; about 5 µs with one part.

    `at` is an instant to the minute as `quorate.canon.moment.minute` writes it; each part has 32 random bytes for its salt.

    Raises:
        Malformed: a name, kind, meeting or minute is not written as the format asks, or the entry is too long.
    """
    if not 0 <= seq <= MAX_INTEGER:
        raise Malformed("entry, seq", f"a number from 0 to {MAX_INTEGER}")
    commitments = [(part.name, commit(part)) for part in parts]
    if not commitments:
        raise Malformed("entry, parts", "one part at least")
    if len(commitments) > 1:
        commitments.sort()
    for name, _ in commitments:
        _check_part_name(name)
    # Every text was checked to have nothing in it that JSON escapes, and the keys stand in their order.
    committed = ",".join([f'"{name}":{{"c":"{c}"}}' for name, c in commitments])
    data = f'{_opening(at, sitting, kind)}{committed}}},"seq":{seq},"v":{VERSION}}}'.encode()
    if len(data) > MAX_ENTRY_BYTES:
        raise Malformed(
            "entry", f"at most {MAX_ENTRY_BYTES} bytes", "put fewer parts into one entry"
        )
    return data


def open_envelope(data: bytes) -> Envelope:
    """The envelope that `seal` wrote. Its commitments are not opened by this.

    Raises:
        Malformed: not an envelope, or not written canonically.
    """
    if len(data) > MAX_ENTRY_BYTES:
        raise Malformed("entry", f"at most {MAX_ENTRY_BYTES} bytes")
    try:
        envelope = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed("entry", f"an envelope in JSON ({error})") from None
    _check(envelope)
    for commitment in envelope.parts.values():
        if not _digest.fullmatch(commitment.c):
            raise Malformed("entry, parts", "64 hex digits")
    if _encoder.encode(envelope) != data:
        raise Malformed("entry", "canonical JSON (RFC 8785): keys in order, no spaces")
    return envelope


def _check(envelope: Envelope) -> None:
    if envelope.v != VERSION:
        raise Malformed("entry, v", f"version {VERSION}", "a newer Quorate can read it")
    if not 0 <= envelope.seq <= MAX_INTEGER:
        raise Malformed("entry, seq", f"a number from 0 to {MAX_INTEGER}")
    _check_minute(envelope.at)
    _check_kind(envelope.kind)
    if envelope.sitting is not None:
        _check_sitting(envelope.sitting)
    if not envelope.parts:
        raise Malformed("entry, parts", "one part at least")
    for name in envelope.parts:
        _check_part_name(name)


@lru_cache(maxsize=256)
def _opening(at: str, sitting: str | None, kind: str) -> str:
    """The beginning of an envelope, up to its parts."""
    _check_minute(at)
    _check_kind(kind)
    where = ""
    if sitting is not None:
        _check_sitting(sitting)
        where = f'"in":"{sitting}",'
    return f'{{"at":"{at}",{where}"kind":"{kind}","parts":{{'


# The same few values come again and again; a cache makes each check a dictionary look-up. Errors are not cached.


@lru_cache(maxsize=1024)
def _check_minute(at: str) -> None:
    try:
        # fromisoformat alone would read other writings too; the pattern alone would read a 30 February.
        well = _minute.fullmatch(at) and datetime.fromisoformat(at)
    except ValueError:
        well = None
    if not well:
        raise Malformed("entry, at", "a minute in UTC as 2026-11-23T19:04Z")


@lru_cache(maxsize=1024)
def _check_kind(kind: str) -> None:
    if not _kind.fullmatch(kind):
        raise Malformed("entry, kind", "subject.verb of a-z, 0-9 and hyphen")


@lru_cache(maxsize=1024)
def _check_sitting(sitting: str) -> None:
    check_ident(sitting)


@lru_cache(maxsize=1024)
def _check_part_name(name: str) -> None:
    if not _part_name.fullmatch(name):
        raise Malformed("entry, parts", "part names of a-z")
