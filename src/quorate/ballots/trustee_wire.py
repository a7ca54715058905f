"""Trustees as JSON: single ones, and groups that share a key by Pedersen's threshold scheme (section 9 of the format).

Tools from 2.5.1 on write a context into each certificate and sign more; 2.0 does neither. Both are read here, and
`trustee_sharing` refuses what is neither.
"""

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from quorate.ballots.wire import Proof, Wire

Positive = Annotated[int, msgspec.Meta(ge=1)]


class TrusteeKey(Wire, frozen=True):
    """A trustee's public key and the proof of knowing the private one; members of a group sign it."""

    pok: Proof
    public_key: str
    signature: Proof | UnsetType = UNSET
    name: str | UnsetType = UNSET


class SignedMessage(Wire, frozen=True):
    """A text and a Schnorr signature of it."""

    message: str
    signature: Proof


class Context(Wire, frozen=True):
    """What a certificate is for: one member, by index from 1, of a group of trustees."""

    group: str
    size: Positive
    threshold: Positive
    index: Positive


class CertificateMessage(Wire, frozen=True, kw_only=True):
    """What a certificate says: the keys with which messages of a member are checked, and to it encrypted."""

    context: Context | UnsetType = UNSET
    verification: str
    encryption: str


class Coefexps(Wire, frozen=True):
    """The coefficients of a member's polynomial, in the exponent."""

    coefexps: tuple[str, ...]


class CertificatesSigned(Wire, frozen=True):
    """What a member signs to say on which certificates its polynomial is founded."""

    certs: tuple[SignedMessage, ...]
    coefexps: tuple[str, ...]


class Pedersen(Wire, frozen=True, kw_only=True):
    """A group of trustees, as many of whom as `threshold` says can decrypt: T."""

    threshold: Positive
    certs: tuple[SignedMessage, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...] | UnsetType = UNSET
    verification_keys: tuple[TrusteeKey, ...]


class SinglePart(Wire, frozen=True, array_like=True, tag="Single"):
    """A trustee on its own, in the list of trustees."""

    key: TrusteeKey


class PedersenPart(Wire, frozen=True, array_like=True, tag="Pedersen"):
    """A group in the list of trustees."""

    group: Pedersen


AnyPart = SinglePart | PedersenPart


class PolynomialSent(Wire, frozen=True):
    """What a member sends in step 3: sealed to itself, sealed to each, and signed for all."""

    polynomial: str
    secrets: tuple[str, ...]
    coefexps: SignedMessage
    signature: Proof


class SharesRouted(Wire, frozen=True):
    """What a member gets in step 5: what it sealed to itself, what each sealed to it, and what each signed for all."""

    polynomial: str
    secrets: tuple[str, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]


class Foundation(Wire, frozen=True):
    """What a member was told in step 4 that each had signed for all. Tools do not know it; it is no part of the format."""

    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]


class KeyMade(Wire, frozen=True):
    """What a member sends in step 5: the private key, sealed to itself, the public one, and on what it is founded."""

    private_key: str
    public_key: TrusteeKey
    foundation: Foundation | UnsetType = UNSET


class SecretPolynomial(Wire, frozen=True):
    """Sealed: a polynomial."""

    polynomial: tuple[str, ...]


class SecretShare(Wire, frozen=True):
    """Sealed: the value of a polynomial at the index of who gets it."""

    secret: str


class SecretKey(Wire, frozen=True):
    """Sealed: the private key of a member."""

    decryption_key: str
