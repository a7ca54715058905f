"""Every proof of the protocol is one claim: that its challenges sum to the hash of a prefix and of its commitments.

The verifier gets each commitment back from a response and a challenge, so the claims of many proofs are checked in one
batch: the group computes all their commitments at once, and then each claim hashes its own.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.group import Element, Group, Recovery
from quorate.ballots.wire import Proof


class Claim(NamedTuple):
    """The commitments of `terms`, after `prefix`, hash to `challenge`; `what` names the proof, `ballot` whose it is."""

    what: str
    prefix: str
    terms: tuple[Recovery, ...]
    challenge: int
    ballot: int | None = None


class Branch(NamedTuple):
    """What one challenge and response of a proof are about: a commitment on each base, base^w."""

    proof: Proof
    on: tuple[tuple[Element, tuple[Element, ...], int], ...]
    """Of each commitment: the base, the elements whose product is raised to the challenge, and the exponent of the
    generator that is taken from them."""


def claim(group: Group, what: str, prefix: str, branches: Iterable[Branch]) -> Claim:
    """The claim that a proof of one branch (Schnorr, Chaum-Pedersen) or of several (one of which is true) makes.

    Raises:
        Malformed: a challenge or response is not a scalar.
    """
    terms: list[Recovery] = []
    total = 0
    for proof, on in branches:
        # Each below the order, or refused. Else anybody could add the order to a number in a ballot's signature and
        # cast it once more: of other bytes, it would not be known as a copy.
        challenge = group.scalar(proof.challenge, f"{what}: challenge")
        response = group.scalar(proof.response, f"{what}: response")
        total += challenge
        terms += [Recovery(base, response, of, minus, challenge) for base, of, minus in on]
    return Claim(what, prefix, tuple(terms), total % group.order)


def check_claims(group: Group, claims: Sequence[Claim], check: Check) -> None:
    """Return if every claim holds. One commitment costs two exponentiations on two different bases.

    Raises:
        UnverifiedElection: the first that does not, under the check that the claims belong to.
    """
    # Each by itself: they are hashed, so they cannot be joined in one product, as the links of a shuffle's chain are.
    commitments = group.commitments([term for each in claims for term in each.terms])
    at = 0
    for each in claims:
        end = at + len(each.terms)
        if group.challenge(each.prefix, commitments[at:end]) != each.challenge:
            raise UnverifiedElection(check, f"{each.what} does not hold", each.ballot)
        at = end
