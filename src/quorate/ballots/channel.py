"""What trustees tell each other, and themselves later, through a server that must not read it: sealed and unsealed.

Section 9.1 of the format, "Channel message". Each has one seed, from which come the key that signs and the key to which
the others encrypt; a message is signed, with its recipient, and then encrypted. No verifier of an election reads any.
"""

from enum import Enum
from typing import Annotated, Literal, NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESCCM, AESGCM
from msgspec import UNSET, UnsetType

from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.claim import check_claims
from quorate.ballots.credential import draw_base58
from quorate.ballots.digest import BASE58, integer, sha
from quorate.ballots.group import Element, Entropy, Group
from quorate.ballots.proof import prove_knowledge
from quorate.ballots.trustee_sharing import signature_claim, signature_prefix
from quorate.ballots.trustee_wire import SignedMessage
from quorate.ballots.wire import Wire, read, write
from quorate.canon.fault import Malformed

SEED_LENGTH = 22
_CCM_TAG = 8


class Form(Enum):
    """How messages are encrypted: tools from 3.1 on write GCM, those to 3.0 CCM, which 3.3 no longer reads."""

    GCM = "AES-GCM"
    CCM = "AES-CCM"


class Secrets(NamedTuple):
    """What a member of a group of trustees signs with, and what it decrypts with."""

    signing: int
    decryption: int


class Addressed(Wire, frozen=True):
    """A message and the public key of whom it is for."""

    recipient: str
    message: str


class Sealed(Wire, frozen=True, kw_only=True):
    """A key encrypted to the recipient, and the message encrypted with the key."""

    algorithm: Literal["AES-GCM"] | UnsetType = UNSET
    alpha: str
    beta: str
    data: Annotated[str, msgspec.Meta(pattern=r"\A([0-9a-f]{2})*\Z")]


def draw_seed(entropy: Entropy) -> str:
    """A new seed: 22 characters, 128 bits."""
    return draw_base58(SEED_LENGTH, entropy)


def secrets_of(group: Group, seed: str) -> Secrets:
    """The secrets that a seed stands for.

    Raises:
        Malformed: it is no seed. It is not repeated.
    """
    if len(seed) != SEED_LENGTH or not set(seed) <= set(BASE58):
        raise Malformed("seed", f"{SEED_LENGTH} characters of Base58")
    return Secrets(*(integer(f"{purpose}|{seed}") % group.order for purpose in ("sk", "dk")))


def sign(group: Group, signing: int, message: str, entropy: Entropy) -> SignedMessage:
    """A text with its signature."""
    proof = prove_knowledge(group, signing, signature_prefix(message), entropy)
    return SignedMessage(message, proof)


def seal(
    group: Group,
    signing: int,
    recipient: Element,
    message: str,
    entropy: Entropy,
    *,
    form: Form = Form.GCM,
) -> str:
    """A message signed by its sender, that only who holds the private key of the recipient can read."""
    addressed = write(Addressed(group.text(recipient), message)).decode()
    signed = write(sign(group, signing, addressed, entropy))
    r = group.draw(entropy)
    k = group.power(group.generator, group.draw(entropy))
    alpha = group.text(group.power(group.generator, r))
    beta = group.text(group.multiply(group.power(recipient, r), k))
    key, iv = _key(group, k), sha(f"iv|{alpha}")
    if form is Form.GCM:
        data = AESGCM(key).encrypt(iv, signed, None)
        return write(Sealed(algorithm=form.value, alpha=alpha, beta=beta, data=data.hex())).decode()
    data = AESCCM(key, _CCM_TAG).encrypt(_nonce(iv, len(signed)), signed, None)
    return write(Sealed(alpha=alpha, beta=beta, data=data.hex())).decode()


def unseal(group: Group, decryption: int, sender: Element, sealed: str) -> str:
    """The message that a sender sealed for the holder of a key, in either form.

    Raises:
        Malformed: it is no sealed message.
        UnverifiedElection: it was sealed for somebody else, was changed, or is not signed by the sender.
    """
    where = "message"
    wire = read(sealed.encode(), Sealed, where)
    alpha, beta = group.elements((wire.alpha, wire.beta), where)
    k = group.multiply(beta, group.invert(group.power(alpha, decryption)))
    signed = read(_decrypt(wire, _key(group, k)), SignedMessage, where)
    claim = signature_claim(group, "its signature", signed.message, signed.signature, sender)
    check_claims(group, (claim,), Check.TRUSTEES)
    addressed = read(signed.message.encode(), Addressed, where)
    if addressed.recipient != group.text(group.power(group.generator, decryption)):
        # Else a recipient could pass a message on to a third, encrypted anew, as if it had been meant for them.
        raise UnverifiedElection(Check.TRUSTEES, "the message is addressed to somebody else")
    return addressed.message


def _decrypt(wire: Sealed, key: bytes) -> bytes:
    data, iv = bytes.fromhex(wire.data), sha(f"iv|{wire.alpha}")
    try:
        if wire.algorithm is UNSET:
            nonce = _nonce(iv, max(len(data) - _CCM_TAG, 0))
            return AESCCM(key, _CCM_TAG).decrypt(nonce, data, None)
        return AESGCM(key).decrypt(iv, data, None)
    except InvalidTag:
        reason = "the message cannot be decrypted"
        raise UnverifiedElection(Check.TRUSTEES, reason) from None


def _key(group: Group, k: Element) -> bytes:
    return sha(f"key|{group.text(k)}")


def _nonce(iv: bytes, length: int) -> bytes:
    """CCM has 15 bytes for the nonce and the length of the text together."""
    return iv[:13] if length < 2**16 else iv[:12]
