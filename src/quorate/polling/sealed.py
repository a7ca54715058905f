"""A secret under a passphrase: scrypt (RFC 7914) makes the key, ChaCha20-Poly1305 (RFC 8439) encrypts and authenticates.

Of a file without its passphrase nobody learns more than that it is sealed; a passphrase is tried in a third of a second and 128 MiB.
"""

import os
import unicodedata
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from quorate.ballots.wire import write
from quorate.canon.fault import Malformed

FORM: Literal["scrypt-17-8-1+chacha20-poly1305"] = "scrypt-17-8-1+chacha20-poly1305"
_START = b'{"sealed":'
_SALT, _NONCE = 16, 12

Hex = Annotated[str, msgspec.Meta(pattern=r"\A([0-9a-f]{2})+\Z")]


class Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sealed file as JSON. What it costs to try a passphrase is part of the form, and no file can ask for more or less."""

    sealed: Literal["scrypt-17-8-1+chacha20-poly1305"]
    salt: Hex
    nonce: Hex
    data: Hex


def is_sealed(data: bytes) -> bool:
    """Whether bytes begin as a sealed file does."""
    return data.startswith(_START)


class Passphrase:
    """A passphrase, in any spelling of its letters. What scrypt made of it is kept, as a file is read more than once."""

    def __init__(self, text: str) -> None:
        spelled = unicodedata.normalize("NFC", text.strip())
        if not spelled:
            raise Malformed("passphrase", "one that is not empty")
        self._bytes = spelled.encode("utf-8", "surrogateescape")
        self._made: dict[bytes, ChaCha20Poly1305] = {}

    def seal(self, data: bytes) -> bytes:
        """The sealed file of a secret; another each time."""
        salt = next(iter(self._made), None) or os.urandom(_SALT)
        nonce = os.urandom(_NONCE)
        box = self._cipher(salt).encrypt(nonce, data, FORM.encode())
        return write(Sealed(FORM, salt.hex(), nonce.hex(), box.hex()))

    def unseal(self, data: bytes, where: str) -> bytes:
        """The secret in a sealed file.

        Raises:
            Malformed: it is none; or it was sealed with another passphrase, or changed.
        """
        try:
            wire = msgspec.json.decode(data, type=Sealed)
            parts = [bytes.fromhex(each) for each in (wire.salt, wire.nonce, wire.data)]
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise Malformed(where, "a sealed file") from None
        salt, nonce, box = parts
        if (len(salt), len(nonce)) != (_SALT, _NONCE) or len(box) < 16:
            raise Malformed(where, "a sealed file")
        try:
            return self._cipher(salt).decrypt(nonce, box, FORM.encode())
        except InvalidTag:
            raise Malformed(where, "the passphrase with which this file was sealed") from None

    def _cipher(self, salt: bytes) -> ChaCha20Poly1305:
        if salt not in self._made:
            key = Scrypt(salt=salt, length=32, n=2**17, r=8, p=1).derive(self._bytes)
            self._made[salt] = ChaCha20Poly1305(key)
        return self._made[salt]
