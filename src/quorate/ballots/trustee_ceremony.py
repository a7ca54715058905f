"""Who makes a threshold key together: certificates made, and checked before anything is built on them.

Section 9.1 of the format, steps 1 and 2, in the form of tools from 2.5.1 on; `threshold` has the steps that follow.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from quorate.ballots.channel import Secrets, draw_seed, secrets_of, sign
from quorate.ballots.check import Check
from quorate.ballots.claim import check_claims
from quorate.ballots.digest import hexadecimal
from quorate.ballots.group import Entropy, Group
from quorate.ballots.trustee_fault import UnverifiedTrustee, naming
from quorate.ballots.trustee_sharing import Certificate, check_contexts, read_certificate
from quorate.ballots.trustee_wire import CertificateMessage, Context, SignedMessage
from quorate.ballots.wire import read, write
from quorate.canon.fault import Malformed


@dataclass(frozen=True, slots=True)
class Ceremony:
    """Who makes a key together: their certificates, checked. Member i is `members[i - 1]`."""

    group: Group
    threshold: int
    members: tuple[Certificate, ...]

    @property
    def size(self) -> int:
        """How many members there are."""
        return len(self.members)

    @property
    def certificates(self) -> tuple[SignedMessage, ...]:
        """As they were published."""
        return tuple(each.wire for each in self.members)

    def seat_of(self, seed: str) -> "CeremonySeat":
        """The place of the member that has a seed.

        Raises:
            Malformed: it is no seed, or of no certificate of this ceremony. It is not repeated.
        """
        secrets = secrets_of(self.group, seed)
        own = self.group.text(self.group.power(self.group.generator, secrets.signing))
        for i, each in enumerate(self.members, 1):
            if self.group.text(each.verification) == own:
                return CeremonySeat(self, i, secrets, each)
        raise Malformed("seed", "the seed of one of the certificates")


@dataclass(frozen=True, slots=True)
class CeremonySeat:
    """A member's place in a ceremony, and what only that member knows."""

    ceremony: Ceremony
    index: int
    secrets: Secrets
    certificate: Certificate


def make_certificate(
    group: Group, size: int, threshold: int, index: int, entropy: Entropy
) -> tuple[str, bytes]:
    """A new seed, to keep, and the certificate of member `index`, to publish.

    Raises:
        Malformed: there is no such member, or the threshold is none of such a group.
    """
    require_threshold(size, threshold)
    if not 1 <= index <= size:
        raise Malformed("index", f"1 to {size}")
    seed = draw_seed(entropy)
    return seed, certify(group, seed, Context(group.name, size, threshold, index), entropy)


def certify(group: Group, seed: str, context: Context, entropy: Entropy) -> bytes:
    """The certificate of the keys that come of a seed."""
    secrets = secrets_of(group, seed)
    keys = [group.text(each) for each in group.powers(group.generator, secrets)]
    message = CertificateMessage(context=context, verification=keys[0], encryption=keys[1])
    return write(sign(group, secrets.signing, write(message).decode(), entropy))


def certificate_id(data: bytes) -> str:
    """What files of a member are named by: the hash of what its certificate says."""
    return hexadecimal(read(data, SignedMessage, "certificate").message)


def require_threshold(size: int, threshold: int) -> None:
    """Refuse a threshold that no group of that size can have."""
    if not 1 <= threshold <= size:
        raise Malformed("threshold", f"1 to the number of trustees, {size}")


def check_certificates(
    group: Group, size: int, threshold: int, certificates: Sequence[bytes]
) -> Ceremony:
    """The ceremony of those who published certificates; all later steps want it.

    Raises:
        Malformed: they are not as many as the group has members, or the threshold is none of such a group.
        UnverifiedTrustee: one is not signed, or of another group or member, or a copy of another.
    """
    require_threshold(size, threshold)
    if len(certificates) != size:
        raise Malformed("certificates", f"{size} of them, not {len(certificates)}")
    members: list[Certificate] = []
    seen: set[str] = set()
    for i, data in enumerate(certificates, 1):
        with naming(i):
            cert = read_certificate(group, read(data, SignedMessage, "certificate"), i)
            check_claims(group, (cert.claim,), Check.TRUSTEES)
        keys = {group.text(cert.verification), cert.encryption_text}
        if cert.context is None or len(keys) != 2 or keys & seen:
            raise UnverifiedTrustee(
                i, "the certificate has no context, or keys that are not its own"
            )
        seen |= keys
        members.append(cert)
    check_contexts(group, threshold, [each.context for each in members])
    return Ceremony(group, threshold, tuple(members))
