"""The trustees of an election: their keys, how many of them it takes, and the election's key that is made of theirs.

Section 9 of the format. Trustees have numbers, from 1: a single one has one, a group one for each member.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
from msgspec import UNSET

from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.claim import Claim, check_claims
from quorate.ballots.group import Element, Entropy, Group
from quorate.ballots.proof import prove_knowledge
from quorate.ballots.trustee_fault import UnverifiedTrustee
from quorate.ballots.trustee_sharing import (
    Sharing,
    check_contexts,
    check_equations,
    key_prefix,
    read_key,
    read_sharing,
)
from quorate.ballots.trustee_wire import AnyPart, Pedersen, PedersenPart, SinglePart, TrusteeKey
from quorate.ballots.wire import read, write
from quorate.canon.fault import Malformed


class TrusteeGroup(NamedTuple):
    """A single trustee, or a group of which `threshold` members are enough; `first` is the number of its first."""

    first: int
    size: int
    threshold: int


@dataclass(frozen=True, slots=True)
class Trustees:
    """Trustees, read. `keys[k - 1]` is the public key of trustee k; so are their texts and names."""

    keys: tuple[Element, ...]
    key_texts: tuple[str, ...]
    names: tuple[str, ...]
    """Empty for who gave none. Nothing proves a name."""
    parts: tuple[TrusteeGroup, ...]
    shares: tuple[Element, ...]
    """What the public key is the product of: the keys of single trustees, and of each member of a group its A_i0."""
    public_key: Element
    """y"""
    claims: tuple[Claim, ...]
    sharings: tuple[Sharing | None, ...]
    """For each part what its members published, if it is a group."""


def make_trustee(group: Group, entropy: Entropy, name: str = "") -> tuple[int, bytes]:
    """A new private key, and the public key as it is sent to whoever sets the election up."""
    secret = group.draw(entropy)
    return secret, write(trustee_key(group, secret, entropy, name))


def trustee_key(group: Group, secret: int, entropy: Entropy, name: str = "") -> TrusteeKey:
    """The public key of a private one, with the proof of knowing it."""
    public = group.text(group.power(group.generator, secret))
    proof = prove_knowledge(group, secret, key_prefix(group, public), entropy)
    return TrusteeKey(proof, public, name=name or UNSET)


def write_private_key(secret: int) -> bytes:
    """The file in which a single trustee keeps the private key: a JSON text of decimal digits."""
    return write(str(secret))


def read_private_key(group: Group, data: bytes) -> int:
    """The private key of a file; tools end it with a newline.

    Raises:
        Malformed: it is none. What it says is not repeated.
    """
    return group.scalar(read(data.removesuffix(b"\n"), str, "private key"), "private key")


def write_trustees(parts: Sequence[bytes]) -> bytes:
    """The list of trustees that is published: of each its public key, or T of a group.

    Raises:
        Malformed: one is neither, or not written as it should be.
    """
    return write([_part(each, f"trustees: part {i}") for i, each in enumerate(parts, 1)])


def read_trustees(group: Group, data: bytes) -> Trustees:
    """The trustees of a published list; `check_trustees` checks them.

    Raises:
        Malformed: it is no list of trustees, not written as it should be, or an element is no member of the group.
    """
    wires = read(data, tuple[AnyPart, ...], "trustees")
    if not wires:
        raise Malformed("trustees", "at least one")
    keys: list[Element] = []
    shares: list[Element] = []
    claims: list[Claim] = []
    parts, sharings = [], []
    for each in wires:
        sharing, first = None, len(keys) + 1
        if isinstance(each, SinglePart):
            key, knowledge = _read_single(group, each.key, first)
            parts.append(TrusteeGroup(first, 1, 1))
            keys.append(key)
            shares.append(key)
            claims.append(knowledge)
        else:
            sharing = read_sharing(group, each.group, first)
            parts.append(TrusteeGroup(first, len(sharing.keys), sharing.threshold))
            keys += sharing.keys
            shares += [own[0] for own in sharing.coefficients]
            claims += sharing.claims
        sharings.append(sharing)
    flat = [key for each in wires for key in _keys(each)]
    return Trustees(
        keys=tuple(keys),
        key_texts=tuple(each.public_key for each in flat),
        names=tuple(each.name or "" for each in flat),
        parts=tuple(parts),
        shares=tuple(shares),
        public_key=group.combine([(each, 1) for each in shares]),
        claims=tuple(claims),
        sharings=tuple(sharings),
    )


def check_trustees(group: Group, trustees: Trustees, public_key: Element) -> None:
    """Return if every trustee knows the private key, every group is whole, and the election's key is made of theirs.

    Raises:
        UnverifiedElection: which of it is not so, and of whom.
    """
    check_claims(group, trustees.claims, Check.TRUSTEES)
    for part, sharing in zip(trustees.parts, trustees.sharings, strict=True):
        if sharing is not None:
            check_contexts(group, part.threshold, sharing.contexts, part.first)
            check_equations(group, sharing.coefficients, sharing.keys, part.first)
    _check_distinct(group, trustees)
    if group.text(trustees.public_key) != group.text(public_key):
        reason = "the election's public key is not the product of the trustees' keys"
        raise UnverifiedElection(Check.TRUSTEES, reason)


def _check_distinct(group: Group, trustees: Trustees) -> None:
    """Nobody may hand in somebody else's key: proofs do not say who made them, so a copy has the original's."""
    seen = {group.text(group.identity)}
    for part in trustees.parts:
        own = trustees.key_texts[part.first - 1 : part.first - 1 + part.size]
        for number, text in enumerate(own, part.first):
            if text in seen:
                raise UnverifiedTrustee(number, "the key is no secret, or another trustee's")
        # Within a group whose threshold is 1 all keys are the same.
        seen.update(own)
    texts = [group.text(each) for each in trustees.shares]
    for number, text in enumerate(texts, 1):
        if text == group.text(group.identity) or text in texts[: number - 1]:
            raise UnverifiedTrustee(number, "the share is no secret, or another trustee's")


def _read_single(group: Group, key: TrusteeKey, number: int) -> tuple[Element, Claim]:
    if key.signature is not UNSET:
        raise Malformed(
            f"trustee {number}: signature", "none, for there is no key to check it with"
        )
    return read_key(group, key, number)


def _keys(part: AnyPart) -> tuple[TrusteeKey, ...]:
    return (part.key,) if isinstance(part, SinglePart) else part.group.verification_keys


def _part(data: bytes, where: str) -> AnyPart:
    try:
        fields = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(
            where, f"a trustee's public key, or a group of trustees: {error}"
        ) from error
    if "verification_keys" in fields:
        return PedersenPart(read(data, Pedersen, where))
    return SinglePart(read(data, TrusteeKey, where))
