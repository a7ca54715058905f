"""That a list of ciphertexts is another one, re-encrypted in some order: what prover and verifier share.

Section 8 of the format; a proof of Terelius and Wikström in the form of Haenni, Locher, Koenig and Dubuis, "Pseudo-Code
Algorithms for Verifiable Re-Encryption Mix-Nets" (2017). e are the ciphertexts before, e' those after, ψ is the permutation.
The prover commits to the columns of ψ's matrix (c), then gets a random weight u_i for each ciphertext before; ũ_i = u_ψ(i)
are the weights in the new order. The equations, in the order of the announcements t (each g^… is known to the prover alone):

    1 total      every row of the matrix sums to 1:               Πc_i = Πh_i · g^…
    2 product    the ũ multiply to the same as the u:             ĉ_(N−1) = h^Πu · g^…
    3 weighted   the ũ are the matrix applied to the u:           Πc_i^u_i = Πh_i^ũ_i · g^…
    4 beta       the ciphertexts agree, weighted, but for a       Πβ_i^u_i · y^… = Πβ'_i^ũ_i
    5 alpha      re-encryption with one and the same exponent:    Πα_i^u_i · g^… = Πα'_i^ũ_i
    6 chain      each link of ĉ multiplies by one ũ:              ĉ_i = ĉ_(i−1)^ũ_i · g^…, where ĉ_(−1) = h

1 to 3 and 6 say that ũ is u in some order, 4 and 5 that the ciphertexts are in that order too. An empty list has the same
equations: no product has a factor, and ĉ_(N−1) is h.
"""

from collections.abc import Sequence
from functools import cache
from typing import Annotated, NamedTuple

import msgspec

from quorate.ballots.digest import hexadecimal, integer
from quorate.ballots.election import Election
from quorate.ballots.encryption import Encrypted
from quorate.ballots.group import Element, Group
from quorate.ballots.wire import Wire

Number = Annotated[str, msgspec.Meta(max_length=617)]
"""An element or a scalar; the longest are of 2048 bits, in decimal."""


class Announced(Wire, frozen=True, array_like=True):
    """t: the announcement of each equation, in their order but for 4 and 5 side by side."""

    total: Number
    product: Number
    weighted: Number
    ciphertexts: tuple[Number, Number]
    """t41 of β and t42 of α: not in the order that a ciphertext has."""
    chain: tuple[Number, ...]
    """t̂"""

    @property
    def single(self) -> tuple[str, ...]:
        """Those of equations 1 to 5."""
        return (self.total, self.product, self.weighted, *self.ciphertexts)


class Responses(Wire, frozen=True, array_like=True):
    """s: the response of each equation (one for 4 and 5), and s', one for each weight ũ."""

    total: Number
    product: Number
    weighted: Number
    ciphertexts: Number
    chain: tuple[Number, ...]
    """ŝ"""
    weights: tuple[Number, ...]
    """s'"""


class ShuffleProof(Wire, frozen=True, array_like=True):
    """The proof of one question's shuffle; five of its lists are as long as the list of ciphertexts."""

    announced: Announced
    responses: Responses
    columns: tuple[Number, ...]
    """c: commitments to the columns of the permutation's matrix."""
    chain: tuple[Number, ...]
    """ĉ: commitments to the products of the weights in the new order."""


class Statement(NamedTuple):
    """What is proved: that of two lists of an election's ciphertexts, equally long, one is a shuffle of the other."""

    election: Election
    before: Sequence[Encrypted]
    after: Sequence[Encrypted]


class Exponents(NamedTuple):
    """An exponent for each equation and each weight: secrets, the masks that hide them, or responses."""

    total: int
    product: int
    weighted: int
    ciphertexts: int
    chain: Sequence[int]
    weights: Sequence[int]


@cache
def independent(group: Group, index: int) -> Element:
    """h_i, or h for −1; kept, as all proofs of a group need the same ones."""
    # Section 2.4: out of a hash. Who knew its logarithm could open c and ĉ to other numbers than they were made of.
    return group.independent(index)


def generators(group: Group, count: int) -> list[Element]:
    """h_0 and on."""
    return [independent(group, i) for i in range(count)]


def weights_of(statement: Statement, columns: Sequence[str]) -> list[int]:
    """u: a number for each ciphertext before, which nobody knows until c is chosen."""
    election = statement.election
    # e, e' and c are all in it. Who knew u before choosing c could commit to a matrix that is no permutation's and
    # fulfils the equations for this u; who knew it before choosing e' could make ciphertexts that agree for it alone.
    seed = hexadecimal(f"shuffle-challenges|{election.fingerprint}|{_stated(statement, columns)}")
    order = election.group.order
    # u_i = SHA(h0 ‖ HEX SHA(i)): two hexadecimal texts, not bytes, with nothing between; i from 0, by the place before.
    return [integer(seed + hexadecimal(str(i))) % order for i in range(len(statement.before))]


def challenge_of(
    statement: Statement, t: Announced, columns: Sequence[str], chain: Sequence[str]
) -> int:
    """What the responses answer to: the hash of all else."""
    election = statement.election
    # t, t̂, e, e', c, ĉ, y, with a comma after each element but y. What is left out could be chosen after the challenge
    # and made to fit it.
    hashed = _listed((*t.single, *t.chain)) + _stated(statement, columns) + _listed(chain)
    y = election.group.text(election.public_key)
    return integer(f"shuffle-challenge|{election.fingerprint}|{hashed}{y}") % election.group.order


def _stated(statement: Statement, columns: Sequence[str]) -> str:
    wires = [each.wire for each in (*statement.before, *statement.after)]
    return _listed([text for wire in wires for text in (wire.alpha, wire.beta)]) + _listed(columns)


def _listed(texts: Sequence[str]) -> str:
    return "".join(f"{text}," for text in texts)
