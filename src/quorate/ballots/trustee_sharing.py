"""A key that n trustees share, any t of whom can use it: what is published of it, read and checked.

Section 9.1 of the format. Member i has a certificate (keys to check its signatures and to encrypt to it), a polynomial whose
coefficients are published in the exponent (A_ik), and a public key X_i. "Verify T" has these checks:

1.  each certificate is signed with the key that it certifies, and its context is this group and its place in it;
2.  each polynomial is signed by its member and has t coefficients;
3.  each member signed which certificates it built on;
4.  each member knows its private key, and signed the public one;
5.  X_j = Π_i Π_k A_ik^(j^k).

In what tool 2.0 makes there are no contexts, and no signatures for 3 and in 4. All are there, or none is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msgspec import UNSET

from quorate.ballots.claim import Branch, Claim, claim
from quorate.ballots.group import Element, Group
from quorate.ballots.trustee_fault import UnverifiedTrustee
from quorate.ballots.trustee_wire import (
    CertificateMessage,
    CertificatesSigned,
    Coefexps,
    Context,
    Pedersen,
    SignedMessage,
    TrusteeKey,
)
from quorate.ballots.wire import Proof, read, write
from quorate.canon.fault import Malformed


@dataclass(frozen=True, slots=True)
class Certificate:
    """A member's certificate, read; its signature is not checked yet."""

    wire: SignedMessage
    verification: Element
    encryption: Element
    encryption_text: str
    context: Context | None
    claim: Claim


class Polynomial(NamedTuple):
    """The coefficients of a member's polynomial in the exponent, A_i0, A_i1 …, and what their signature claims."""

    elements: tuple[Element, ...]
    texts: tuple[str, ...]
    claim: Claim


@dataclass(frozen=True, slots=True)
class Sharing:
    """A group of trustees, read; nothing is checked yet but its shape and that all elements are members."""

    threshold: int
    contexts: tuple[Context | None, ...]
    coefficients: tuple[tuple[Element, ...], ...]
    """A_ik"""
    keys: tuple[Element, ...]
    """X_j"""
    wire: Pedersen
    claims: tuple[Claim, ...]


def read_sharing(group: Group, wire: Pedersen, first: int = 1) -> Sharing:
    """The group that T writes; `first` is the number of its first member, for whoever reads the errors.

    Raises:
        Malformed: its lists do not agree, it is neither of the older nor of the newer form, or an element is no member.
    """
    _require_shape(wire)
    numbers = range(first, first + len(wire.certs))
    certs = [read_certificate(group, each, i) for each, i in zip(wire.certs, numbers, strict=True)]
    _require_form(wire, certs)
    polynomials = [
        read_polynomial(group, cert, signed, wire.threshold, i)
        for i, cert, signed in zip(numbers, certs, wire.coefexps, strict=True)
    ]
    claims = [*(each.claim for each in certs), *(each.claim for each in polynomials)]
    if wire.signatures is not UNSET:
        for i, cert, own, proof in zip(numbers, certs, polynomials, wire.signatures, strict=True):
            message = founded_message(wire.certs, own.texts)
            claims.append(founded_claim(group, cert, message, proof, i))
    keys = []
    for i, cert, key in zip(numbers, certs, wire.verification_keys, strict=True):
        element, key_claims = read_member_key(group, cert, key, i)
        keys.append(element)
        claims += key_claims
    return Sharing(
        threshold=wire.threshold,
        contexts=tuple(each.context for each in certs),
        coefficients=tuple(each.elements for each in polynomials),
        keys=tuple(keys),
        wire=wire,
        claims=tuple(claims),
    )


def read_certificate(group: Group, wire: SignedMessage, number: int) -> Certificate:
    """A certificate; its signature is not checked yet, and its context is no one's yet."""
    where = f"trustee {number}: certificate"
    message = read(wire.message.encode(), CertificateMessage, where)
    # It is signed with the key that it names: that shows that its maker has the key, and not who that is.
    verification = group.element(message.verification, f"{where}: verification")
    return Certificate(
        wire=wire,
        verification=verification,
        encryption=group.element(message.encryption, f"{where}: encryption"),
        encryption_text=message.encryption,
        # UNSET in what tool 2.0 makes; it is falsy.
        context=message.context or None,
        claim=signature_claim(group, where, wire.message, wire.signature, verification),
    )


def read_polynomial(
    group: Group, cert: Certificate, wire: SignedMessage, threshold: int, number: int
) -> Polynomial:
    """A polynomial as its member published it; its signature is not checked yet."""
    where = f"trustee {number}: coefexps"
    texts = read(wire.message.encode(), Coefexps, where).coefexps
    # A_i0 … A_i(t−1). If one had more, t members could not decrypt; if all had fewer, fewer members could.
    if len(texts) != threshold:
        raise Malformed(where, f"as many as the threshold says, {threshold}")
    signed = signature_claim(group, where, wire.message, wire.signature, cert.verification)
    return Polynomial(tuple(group.elements(texts, where)), texts, signed)


def founded_claim(
    group: Group, cert: Certificate, message: str, proof: Proof, number: int
) -> Claim:
    """What the signature claims by which a member says on which certificates its polynomial is founded."""
    what = f"trustee {number}: signature of the certificates"
    return signature_claim(group, what, message, proof, cert.verification)


def founded_message(certs: Sequence[SignedMessage], coefexps: Sequence[str]) -> str:
    """What that signature signs: all certificates, and the member's own coefficients."""
    return "certs_sig|" + write(CertificatesSigned(tuple(certs), tuple(coefexps))).decode()


def read_member_key(
    group: Group, cert: Certificate, key: TrusteeKey, number: int
) -> tuple[Element, list[Claim]]:
    """The public key X_j of a member, and what its proof and, where there is one, its signature claim."""
    element, knowledge = read_key(group, key, number)
    if key.signature is UNSET:
        return element, [knowledge]
    what = f"trustee {number}: signature of the public key"
    signed = signature_claim(group, what, key.public_key, key.signature, cert.verification)
    return element, [knowledge, signed]


def read_key(group: Group, key: TrusteeKey, number: int) -> tuple[Element, Claim]:
    """The public key of a trustee, and what its proof of knowing the private one claims."""
    # Without the proof the last trustee could publish g^x divided by the keys of the others. The product of all would
    # be g^x, and that trustee alone could decrypt.
    element = group.element(key.public_key, f"trustee {number}: public_key")
    what, prefix = f"trustee {number}: proof of knowledge", key_prefix(group, key.public_key)
    branch = Branch(key.pok, ((group.generator, (element,), 0),))
    return element, claim(group, what, prefix, (branch,))


def key_prefix(group: Group, public_key: str) -> str:
    """What the proof of knowing a private key is bound to."""
    return f"pok|{group.name}|{public_key}|"


def signature_prefix(message: str) -> str:
    """What a signature between trustees is bound to."""
    # The signer's key is not in it (section 6), as it is in EdDSA: with it, no tool would take our signatures.
    return f"sigmsg|{message}|"


def signature_claim(group: Group, what: str, message: str, proof: Proof, signer: Element) -> Claim:
    """What a Schnorr signature claims."""
    branch = Branch(proof, ((group.generator, (signer,), 0),))
    return claim(group, what, signature_prefix(message), (branch,))


def check_contexts(
    group: Group, threshold: int, contexts: Sequence[Context | None], first: int = 1
) -> None:
    """Return if each context is of this group and of its place in it; for those of tool 2.0 there is nothing to check.

    Raises:
        UnverifiedTrustee: it is not.
    """
    # The index is the place inside the group, and not the trustee's number: in a second group they are not the same.
    for index, context in enumerate(contexts, 1):
        expected = Context(group.name, len(contexts), threshold, index)
        if context is not None and context != expected:
            raise UnverifiedTrustee(
                first + index - 1,
                "the certificate is of another group of trustees, or of another member",
            )


def check_equations(
    group: Group,
    coefficients: Sequence[Sequence[Element]],
    keys: Sequence[Element],
    first: int = 1,
) -> None:
    """Return if each key X_j is the value at j of the sum of the polynomials. A power for each member and coefficient.

    Raises:
        UnverifiedTrustee: one is not.
    """
    # X_j = Π_i Π_k A_ik^(j^k). The product over i comes first: then a key costs t powers, and not n · t. Without the
    # equation a member could know and sign any other key, and what it decrypts with that would not fit y.
    total = [
        group.combine([(each, 1) for each in column]) for column in zip(*coefficients, strict=True)
    ]
    for j, key in enumerate(keys, 1):
        if group.text(key) != group.text(value_at(group, total, j)):
            raise UnverifiedTrustee(
                first + j - 1, "the public key is not what the polynomials give"
            )


def value_at(group: Group, coefficients: Sequence[Element], j: int) -> Element:
    """The generator to the value at j of a polynomial whose coefficients are given in the exponent."""
    # j^k modulo q: it is an exponent, also where elements are integers modulo p.
    return group.combine([(each, pow(j, k, group.order)) for k, each in enumerate(coefficients)])


def _require_shape(wire: Pedersen) -> None:
    size = len(wire.certs)
    if not wire.threshold <= size:
        raise Malformed("trustees: threshold", "at most the number of certificates")
    # The older form has none: the certificates stand in for them, so that the lengths agree.
    signatures = wire.signatures if wire.signatures is not UNSET else wire.certs
    if not size == len(wire.coefexps) == len(wire.verification_keys) == len(signatures):
        raise Malformed("trustees: Pedersen", "of each list as many entries as of certificates")


def _require_form(wire: Pedersen, certs: Sequence[Certificate]) -> None:
    # Mixed, each missing signature could be passed off as one that the older form does not have.
    is_newer = {each.context is not None for each in certs}
    is_newer |= {each.signature is not UNSET for each in wire.verification_keys}
    is_newer.add(wire.signatures is not UNSET)
    if len(is_newer) != 1:
        raise Malformed("trustees: Pedersen", "all contexts and signatures, or none of them")
