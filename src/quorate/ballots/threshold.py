"""The ceremony in which n trustees make a key that any t of them can use and fewer cannot: Pedersen's, in six steps.

Section 9.1 of the format, as tools have it from 2.5.1 on. All steps are pure and can be repeated; a member keeps a seed.

1. `make_certificate`     a member: its certificate, to publish (in `trustee_ceremony`)
2. `check_certificates`   everybody: all certificates are there, and of this group (there too)
3. `make_polynomial`      a member: its polynomial in the exponent, to publish, and a share sealed to each member
4. `route_shares`         the server: to each member what is for it
5. `receive_shares`       a member: checks its shares, and makes its key of them
6. `finish`               the server: the group as it is published

- `key_of_member`         a member has its private key back, when there is something to decrypt
"""

from collections.abc import Sequence

import msgspec

from quorate.ballots.channel import Form, Secrets, seal, secrets_of, sign, unseal
from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.claim import check_claims
from quorate.ballots.group import Element, Entropy, Group
from quorate.ballots.proof import prove_knowledge
from quorate.ballots.trustee import trustee_key
from quorate.ballots.trustee_ceremony import Ceremony, CeremonySeat
from quorate.ballots.trustee_fault import UnverifiedTrustee, naming
from quorate.ballots.trustee_sharing import (
    Certificate,
    check_equations,
    founded_claim,
    founded_message,
    read_member_key,
    read_polynomial,
    signature_prefix,
    value_at,
)
from quorate.ballots.trustee_wire import (
    Coefexps,
    Foundation,
    KeyMade,
    Pedersen,
    PolynomialSent,
    SecretKey,
    SecretPolynomial,
    SecretShare,
    SharesRouted,
    SignedMessage,
    TrusteeKey,
)
from quorate.ballots.wire import Proof, read, write
from quorate.canon.fault import Malformed


def make_polynomial(
    ceremony: Ceremony, seed: str, entropy: Entropy, *, form: Form = Form.GCM
) -> bytes:
    """A member's polynomial: in the exponent and signed; its value for each member, sealed; and all of it, to itself.

    Raises:
        Malformed: no member has that seed.
    """
    group, seat = ceremony.group, ceremony.seat_of(seed)
    signing = seat.secrets.signing
    # a_i0 … a_i(t−1): degree t − 1. With one coefficient more it would take t + 1 trustees to decrypt.
    polynomial = [group.draw(entropy) for _ in range(ceremony.threshold)]
    texts = tuple(group.text(each) for each in group.powers(group.generator, polynomial))
    # All certificates are signed with it: else a server could show each member others, with keys of its own among
    # them, and read the shares that are encrypted to these, unnoticed.
    founded = founded_message(ceremony.certificates, texts)
    whole = SecretPolynomial(tuple(map(str, polynomial)))
    # s_ij for j = 1 … n, the member itself among them. Never for j = 0: that value is a_i0, the secret that is shared.
    shares = [
        (member, SecretShare(str(_value(polynomial, j, group.order))))
        for j, member in enumerate(ceremony.members, 1)
    ]
    return write(
        PolynomialSent(
            polynomial=_seal(seat, seat.certificate, whole, entropy, form),
            secrets=tuple(_seal(seat, member, share, entropy, form) for member, share in shares),
            coefexps=sign(group, signing, write(Coefexps(texts)).decode(), entropy),
            signature=sign(group, signing, founded, entropy).signature,
        )
    )


def route_shares(ceremony: Ceremony, polynomials: Sequence[bytes]) -> list[bytes]:
    """For each member what it needs in step 5, from what all sent in step 3.

    Raises:
        Malformed: not everybody sent a polynomial.
        UnverifiedTrustee: whose is not as it should be, as far as a server can see.
    """
    sent = _read_polynomials(ceremony, polynomials)
    coefexps = tuple(each.coefexps for each in sent)
    signatures = tuple(each.signature for each in sent)
    return [
        write(
            SharesRouted(
                polynomial=own.polynomial,
                # s_1j, s_2j, …: one of each sender. `own.secrets` are s_j1, s_j2, …, which are sealed to the others.
                secrets=tuple(each.secrets[j] for each in sent),
                coefexps=coefexps,
                signatures=signatures,
            )
        )
        for j, own in enumerate(sent)
    ]


def receive_shares(
    ceremony: Ceremony,
    seed: str,
    routed: bytes,
    entropy: Entropy,
    *,
    name: str = "",
    form: Form = Form.GCM,
    founded: bool = True,
) -> bytes:
    """A member's key: public, signed and with its proof, and private, sealed to itself. Every share is checked.

    If it is `founded`, it says which polynomials it was made of: else, should somebody have published others than this member was
    given, nobody could tell which of the two is at fault. What goes to a tool must not be: the format has no place for it.

    Raises:
        Malformed: no member has that seed, or what came from the server is not what a member gets.
        UnverifiedTrustee: who sent a share that is not on the polynomial, or published what does not hold.
    """
    group, seat = ceremony.group, ceremony.seat_of(seed)
    wire = _read_routed(ceremony, routed)
    key = _add_shares(seat, wire)
    public = trustee_key(group, key, entropy, name)
    prefix = signature_prefix(public.public_key)
    signature = prove_knowledge(group, seat.secrets.signing, prefix, entropy)
    return write(
        KeyMade(
            private_key=_seal(seat, seat.certificate, SecretKey(str(key)), entropy, form),
            public_key=msgspec.structs.replace(public, signature=signature),
            foundation=Foundation(wire.coefexps, wire.signatures) if founded else msgspec.UNSET,
        )
    )


def finish(ceremony: Ceremony, polynomials: Sequence[bytes], made: Sequence[bytes]) -> bytes:
    """T, the group as the list of trustees has it, from what all sent in steps 3 and 5.

    Raises:
        Malformed: not everybody sent a polynomial and a key.
        UnverifiedTrustee: whose polynomial or key is not as it should be; of two polynomials, who signed both.
    """
    sent = _read_polynomials(ceremony, polynomials)
    _require_all(ceremony, made, "keys")
    group, keys, elements = ceremony.group, [], []
    foundations = []
    for i, (cert, data) in enumerate(zip(ceremony.members, made, strict=True), 1):
        with naming(i):
            key_made = read(data, KeyMade, "key")
            key = key_made.public_key
            element, claims = read_member_key(group, cert, key, i)
            # `read_member_key` takes keys without one, as tool 2.0 makes them; beside contexts T would have no form.
            if key.signature is msgspec.UNSET:
                raise Malformed("public_key", "a signature of it")
            check_claims(group, claims, Check.TRUSTEES)
        keys.append(key)
        elements.append(element)
        foundations.append(key_made.foundation)
    coefficients = [
        _published(ceremony, i, each.coefexps, each.signature) for i, each in enumerate(sent, 1)
    ]
    try:
        check_equations(group, coefficients, elements)
    except UnverifiedTrustee as fault:
        _require_founded(ceremony, fault.trustee, foundations[fault.trustee - 1], sent)
        raise
    return write(_group_of(ceremony, sent, keys))


def _require_founded(
    ceremony: Ceremony,
    j: int,
    foundation: Foundation | msgspec.UnsetType,
    sent: Sequence[PolynomialSent],
) -> None:
    """Return if member j made its key of the polynomials that are published, or does not say of which.

    Raises:
        UnverifiedTrustee: who signed another polynomial for j than is published; or j, if nobody signed what it says.
    """
    if foundation is msgspec.UNSET:
        return
    with naming(j):
        _require_all(ceremony, foundation.coefexps, "coefexps")
        _require_all(ceremony, foundation.signatures, "signatures")
    given = zip(foundation.coefexps, foundation.signatures, sent, strict=True)
    for i, (coefexps, signature, own) in enumerate(given, 1):
        if coefexps.message == own.coefexps.message:
            continue
        try:
            _published(ceremony, i, coefexps, signature)
        except (Malformed, UnverifiedElection) as fault:
            raise UnverifiedTrustee(
                j, f"the key is founded on what trustee {i} has not signed"
            ) from fault
        raise UnverifiedTrustee(
            i, f"it signed two polynomials: one is published, trustee {j} was given the other"
        )


def key_of_member(group: Group, seed: str, sealed: str) -> int:
    """The private key of a member, from the message in which it sealed it to itself in step 5.

    Raises:
        Malformed, UnverifiedElection: the message is another's, or none.
    """
    secrets = secrets_of(group, seed)
    text = read(_unseal_own(group, secrets, sealed), SecretKey, "key").decryption_key
    # Tool 2.0 does not reduce its sums by the order; a sum has a few digits more.
    if text.isascii() and text.isdigit() and len(text) < 1000:
        return int(text) % group.order
    raise Malformed("key", "a decimal number")


def _group_of(
    ceremony: Ceremony, sent: Sequence[PolynomialSent], keys: Sequence[TrusteeKey]
) -> Pedersen:
    return Pedersen(
        threshold=ceremony.threshold,
        certs=ceremony.certificates,
        coefexps=tuple(each.coefexps for each in sent),
        signatures=tuple(each.signature for each in sent),
        verification_keys=tuple(keys),
    )


def _read_polynomials(ceremony: Ceremony, polynomials: Sequence[bytes]) -> list[PolynomialSent]:
    _require_all(ceremony, polynomials, "polynomials")
    received = []
    for i, data in enumerate(polynomials, 1):
        with naming(i):
            sent = read(data, PolynomialSent, "polynomial")
            _require_all(ceremony, sent.secrets, "secrets")
            _published(ceremony, i, sent.coefexps, sent.signature)
        received.append(sent)
    return received


def _read_routed(ceremony: Ceremony, data: bytes) -> SharesRouted:
    wire = read(data, SharesRouted, "shares")
    for each, what in (
        (wire.secrets, "secrets"),
        (wire.coefexps, "coefexps"),
        (wire.signatures, "signatures"),
    ):
        _require_all(ceremony, each, what)
    return wire


def _require_all(ceremony: Ceremony, given: Sequence[object], what: str) -> None:
    if len(given) != ceremony.size:
        raise Malformed(what, f"one of each of {ceremony.size} trustees, not {len(given)}")


def _published(
    ceremony: Ceremony, i: int, coefexps: SignedMessage, signature: Proof
) -> tuple[Element, ...]:
    """The polynomial of member i in the exponent, after both of its signatures were checked."""
    group, cert = ceremony.group, ceremony.members[i - 1]
    polynomial = read_polynomial(group, cert, coefexps, ceremony.threshold, i)
    # The certificates are those that the one who checks was shown: the server's would always fit.
    message = founded_message(ceremony.certificates, polynomial.texts)
    claims = (polynomial.claim, founded_claim(group, cert, message, signature, i))
    check_claims(group, claims, Check.TRUSTEES)
    return polynomial.elements


def _add_shares(seat: CeremonySeat, wire: SharesRouted) -> int:
    """x_j = Σ_i s_ij, the private key of a member: the sum of the shares that it got, its own among them."""
    key = 0
    received = zip(wire.coefexps, wire.signatures, wire.secrets, strict=True)
    for i, (signed, proof, sealed) in enumerate(received, 1):
        with naming(i):
            coefficients = _published(seat.ceremony, i, signed, proof)
            # A member keeps nothing but its seed, and the signatures hold for every polynomial that was made with it.
            if i == seat.index:
                _check_own(seat, coefficients, wire.polynomial)
            key += _share(seat, i, coefficients, sealed)
    return key % seat.ceremony.group.order


def _check_own(seat: CeremonySeat, published: Sequence[Element], sealed: str) -> None:
    """Return if what is published as a member's polynomial is the one that it made."""
    group = seat.ceremony.group
    wire = read(_unseal_own(group, seat.secrets, sealed), SecretPolynomial, "polynomial")
    own = [group.scalar(each, "polynomial") for each in wire.polynomial]
    made = [group.text(each) for each in group.powers(group.generator, own)]
    if made != [group.text(each) for each in published]:
        raise UnverifiedTrustee(seat.index, "another polynomial is published than the one it made")


def _share(seat: CeremonySeat, i: int, coefficients: Sequence[Element], sealed: str) -> int:
    """What member i sent, after it was checked against what i published."""
    group, j = seat.ceremony.group, seat.index
    sender = seat.ceremony.members[i - 1].verification
    message = unseal(group, seat.secrets.decryption, sender, sealed)
    share = group.scalar(read(message.encode(), SecretShare, "secret").secret, "secret")
    # g^s_ij = Π_k A_ik^(j^k), for each sender by itself. A wrong sum would be noticed in step 6, but there the member
    # is named that got the wrong share.
    given = group.text(group.power(group.generator, share))
    if given != group.text(value_at(group, coefficients, j)):
        raise UnverifiedTrustee(i, f"the share for trustee {j} is not on the published polynomial")
    return share


def _seal(
    seat: CeremonySeat,
    recipient: Certificate,
    what: SecretPolynomial | SecretShare | SecretKey,
    entropy: Entropy,
    form: Form,
) -> str:
    group, message = seat.ceremony.group, write(what).decode()
    signing = seat.secrets.signing
    return seal(group, signing, recipient.encryption, message, entropy, form=form)


def _unseal_own(group: Group, secrets: Secrets, sealed: str) -> bytes:
    own = group.power(group.generator, secrets.signing)
    return unseal(group, secrets.decryption, own, sealed).encode()


def _value(polynomial: Sequence[int], j: int, order: int) -> int:
    """s_ij = Σ_k a_ik · j^k, from the highest coefficient down (Horner)."""
    value = 0
    for each in reversed(polynomial):
        value = (value * j + each) % order
    return value
