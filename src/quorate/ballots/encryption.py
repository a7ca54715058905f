"""ElGamal ciphertexts as ballots have them, and what the proofs about them are bound to (sections 6 and 7 of the format)."""

from collections.abc import Sequence
from typing import NamedTuple

from quorate.ballots.group import Element, Group
from quorate.ballots.wire import Ciphertext


class Encrypted(NamedTuple):
    """A ciphertext, read: its elements beside their texts."""

    alpha: Element
    beta: Element
    wire: Ciphertext


class Bound(NamedTuple):
    """What binds every proof of a ballot: the group and key of its election, and whose ballot of which election it is."""

    group: Group
    y: Element
    """The election's public key."""
    s0: str
    """The fingerprint, `|`, and the public credential."""

    def encrypt(self, messages: Sequence[Element], randomness: Sequence[int]) -> list[Encrypted]:
        """The ciphertexts (g^r, y^r·m)."""
        group = self.group
        alphas = group.powers(group.generator, randomness)
        masks = group.powers(self.y, randomness)
        return [
            encrypted(group, alpha, group.multiply(mask, message))
            for alpha, mask, message in zip(alphas, masks, messages, strict=True)
        ]


def encrypted(group: Group, alpha: Element, beta: Element) -> Encrypted:
    """A ciphertext with its texts."""
    return Encrypted(alpha, beta, Ciphertext(group.text(alpha), group.text(beta)))
