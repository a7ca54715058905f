"""Signed notes: a text, and under it the signatures of those who vouch for it (C2SP signed-note v1.0.0).

    <text, one or more lines>
    <empty line>
    — <key name> base64(key id[4] || signature)

Keys are Ed25519, type 0x01. Lines of other types (0x04 and 0x06 cosignatures, say) are of keys unknown here, and are
ignored as the format asks. Keys are written as Go's golang.org/x/mod/sumdb/note writes them.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from quorate.canon.fault import Malformed, Unverified
from quorate.record.notation import decode_text, format_base64, parse_base64

MAX_NOTE_BYTES = 1_000_000  # as golang.org/x/mod/sumdb/note
MAX_SIGNATURES = 100  # the same; C2SP signed-note asks for 16 at least

_ED25519 = b"\x01"
_KEY_BYTES = 32
_DASH = "— "  # em dash U+2014, space
_SECRET = "PRIVATE+KEY+"  # noqa: S105  # the marker, not a secret


class Verifier:
    """A name and an Ed25519 public key; `format_vkey` writes it."""

    __slots__ = ("_key", "key_id", "name", "public")

    def __init__(self, name: str, public: bytes) -> None:
        check_name(name)
        assert len(public) == _KEY_BYTES
        self.name = name
        self.public = public
        self.key_id = key_id(name, _ED25519 + public)
        self._key = Ed25519PublicKey.from_public_bytes(public)

    def check(self, text: str, signature: bytes) -> None:
        """Return if this key signed the text.

        Raises:
            Unverified: it did not.
        """
        try:
            self._key.verify(signature, text.encode("utf-8"))
        except InvalidSignature:
            raise Unverified(
                "note", f"the signature of {self.name} does not fit the text"
            ) from None

    def __repr__(self) -> str:
        return f"Verifier({format_vkey(self)})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Verifier) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash((self.name, self.public))


class Signer:
    """A name and an Ed25519 secret key, made from 32 random bytes. The secret is in no repr and in no error."""

    __slots__ = ("_key", "verifier")

    def __init__(self, name: str, seed: bytes) -> None:
        assert len(seed) == _KEY_BYTES
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, self._key.public_key().public_bytes_raw())

    @property
    def name(self) -> str:
        """The key's name, which is also the origin of the log that it signs."""
        return self.verifier.name

    def sign(self, text: str) -> bytes:
        """The 64 bytes of the signature (RFC 8032) over the text in UTF-8."""
        return self._key.sign(text.encode("utf-8"))

    def mac(self, purpose: str, pieces: Iterable[bytes | memoryview]) -> bytes:
        """The 32 bytes of an HMAC-SHA-256 over the pieces joined, under a key that is derived from the secret for a purpose."""
        derived = hmac.digest(self._key.private_bytes_raw(), purpose.encode("utf-8"), "sha256")
        mac = hmac.new(derived, digestmod="sha256")
        for piece in pieces:
            mac.update(piece)
        return mac.digest()

    def __repr__(self) -> str:
        return f"Signer({self.name}+{self.verifier.key_id.hex()})"


def key_id(name: str, key: bytes) -> bytes:
    """SHA-256(name || 0x0A || key)[:4], where key is the type byte and the public key."""
    return hashlib.sha256(name.encode("utf-8") + b"\n" + key).digest()[:4]


def check_name(name: str) -> str:
    """The key name itself, if it is one: not empty, no white space of any script, no control character, no plus.

    Raises:
        Malformed: it is not.
    """
    if (
        not name
        or "+" in name
        or any(c.isspace() or c < " " or "\x7f" <= c <= "\x9f" for c in name)
        or any("\ud800" <= c <= "\udfff" for c in name)
    ):
        raise Malformed("key name", "a name without spaces, plus signs and control characters")
    return name


def format_vkey(verifier: Verifier) -> str:
    """`name+hex(key id)+base64(type || public key)`: the line to print in the statutes."""
    key = format_base64(_ED25519 + verifier.public)
    return f"{verifier.name}+{verifier.key_id.hex()}+{key}"


def parse_vkey(text: str) -> Verifier:
    """The verifier that `format_vkey` wrote.

    Raises:
        Malformed: not of that form, of a type other than Ed25519, or with an id that is not its own.
    """
    name, hexed, key = _split_key(text, "verifier key")
    verifier = Verifier(name, key)
    if verifier.key_id.hex() != hexed:
        raise Malformed("verifier key", f"an id that fits the key, not {hexed}")
    return verifier


def format_skey(signer: Signer) -> str:
    """`PRIVATE+KEY+name+hex(key id)+base64(type || seed)`: the content of the key file. It is a secret."""
    seed = format_base64(_ED25519 + signer._key.private_bytes_raw())  # noqa: SLF001  # the only reader
    return f"{_SECRET}{signer.name}+{signer.verifier.key_id.hex()}+{seed}"


def parse_skey(text: str) -> Signer:
    """The signer that `format_skey` wrote.

    Raises:
        Malformed: not of that form; the error does not quote the text.
    """
    if not text.startswith(_SECRET):
        raise Malformed("secret key", f"a text that begins with {_SECRET}")
    name, hexed, seed = _split_key(text.removeprefix(_SECRET), "secret key")
    signer = Signer(name, seed)
    if signer.verifier.key_id.hex() != hexed:
        raise Malformed("secret key", "an id that fits the key")
    return signer


def _split_key(text: str, where: str) -> tuple[str, str, bytes]:
    name, *rest = text.split("+", 2)
    if len(rest) != 2:
        raise Malformed(where, "name, id and key, with plus signs between them")
    hexed, key = rest[0], parse_base64(rest[1], where)
    if not key.startswith(_ED25519) or len(key) != 1 + _KEY_BYTES:
        raise Malformed(where, "an Ed25519 key: the byte 1, then 32 bytes")
    return name, hexed, key[1:]


def sign_note(text: str, signers: Iterable[Signer]) -> str:
    """The text with a signature line of each signer, in their order.

    Raises:
        Malformed: the text does not end in a newline, has control characters, or is too long.
    """
    if not text.endswith("\n"):
        raise Malformed("note", "a text that ends in a newline")
    _check_characters(text)
    lines = [
        f"{_DASH}{s.name} {format_base64(s.verifier.key_id + s.sign(text))}\n" for s in signers
    ]
    assert 0 < len(lines) <= MAX_SIGNATURES
    note = f"{text}\n{''.join(lines)}"
    _check_characters(note)
    return note


def open_note(note: str | bytes, verifiers: Sequence[Verifier]) -> str:
    """The text of a note that at least one of these keys signed, and that none of them signed wrongly.

    A line of an unknown key is ignored, even where it shares either name or id with a known one. Every line of a known
    key is checked, repeated ones too.

    Raises:
        Malformed: not a signed note.
        Unverified: a known key's signature is wrong, or no known key signed.
    """
    note = decode_text(note, "note")
    text, signatures = parse_note(note)
    trusted = {(v.name, v.key_id): v for v in verifiers}
    if len(trusted) < len(set(verifiers)):
        raise Unverified("note", "two different keys with one name and id: neither is trusted")
    checked = 0
    for name, signature in signatures:
        if verifier := trusted.get((name, signature[:4])):
            verifier.check(text, signature[4:])
            checked += 1
    if not checked:
        names = ", ".join(sorted(v.name for v in verifiers)) or "nobody"
        raise Unverified("note", f"no signature by a key that is trusted here ({names})")
    return text


def parse_note(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text of a note and, for each of its lines, name and key id || signature. Nothing is verified by this.

    Raises:
        Malformed: not a signed note.
    """
    _check_characters(note)
    cut = note.rfind("\n\n")  # the last one: the text itself may have empty lines
    if cut < 0 or not note.endswith("\n") or note.endswith("\n\n"):
        raise Malformed("note", "a text, an empty line, and signature lines that end in newlines")
    lines = note[cut + 2 : -1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise Malformed("note", f"at most {MAX_SIGNATURES} signatures")
    return note[: cut + 1], [_parse_line(line) for line in lines]


def _parse_line(line: str) -> tuple[str, bytes]:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise Malformed("note", "signature lines of an em dash, a key name and base64")
    check_name(name)
    signature = parse_base64(encoded, "signature line")
    if len(signature) < 5:
        raise Malformed("signature line", "a key id of 4 bytes and a signature")
    return name, signature


def _check_characters(note: str) -> None:
    if any((c < " " and c != "\n") or "\ud800" <= c <= "\udfff" for c in note):
        raise Malformed("note", "Unicode text without control characters other than the newline")
    if len(note.encode("utf-8")) > MAX_NOTE_BYTES:
        raise Malformed("note", f"at most {MAX_NOTE_BYTES} bytes")
