"""Checking the proof of a shuffle: all is public, so every product of powers is one of `Group.combine`."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.digest import hexadecimal, integer
from quorate.ballots.group import Element, Group
from quorate.ballots.shuffle_proof import (
    Exponents,
    Responses,
    ShuffleProof,
    Statement,
    challenge_of,
    generators,
    independent,
    weights_of,
)
from quorate.ballots.wire import write
from quorate.canon.fault import Malformed


class _Read(NamedTuple):
    """A proof, read, and the hashes that it answers to."""

    group: Group
    statement: Statement
    announced: Sequence[Element]
    """t̂"""
    columns: Sequence[Element]
    chain: Sequence[Element]
    """ĉ_(−1) and on"""
    s: Exponents
    u: Sequence[int]
    minus_challenge: int
    seed: str
    """A hash of the whole proof."""


def check_shuffle_proof(statement: Statement, proof: ShuffleProof, what: str) -> None:
    """Return if the proof holds. Eight exponentiations for each ciphertext, in a few products of many.

    Raises:
        Malformed: it has not the shape that the statement wants, or there is what is no element or no scalar.
        UnverifiedElection: the first equation that does not hold.
    """
    # Before anything is paired: with lists of other lengths the equations would end in a ValueError.
    _require_lengths(proof, len(statement.after), what)
    read = _read(statement, proof, what)
    for (name, side), announced in zip(_EQUATIONS, proof.announced.single, strict=True):
        if read.group.text(side(read)) != announced:
            raise UnverifiedElection(Check.SHUFFLES, f"{what}: equation {name} does not hold")
    if not _is_chained(read):
        raise UnverifiedElection(Check.SHUFFLES, f"{what}: equation 6 chain does not hold")


def _total(read: _Read) -> Element:
    """1: (Πc_i / Πh_i)^−challenge · g^s1."""
    group = read.group
    # An exponent of 1 costs an addition; only the ratio is raised to the challenge.
    hs = group.combine([(h, 1) for h in generators(group, len(read.columns))])
    ratio = group.multiply(group.combine([(c, 1) for c in read.columns]), group.invert(hs))
    return group.combine([(ratio, read.minus_challenge), (group.generator, read.s.total)])


def _product(read: _Read) -> Element:
    """2: (ĉ_(N−1) / h^Πu)^−challenge · g^s2."""
    # Without this equation every matrix M with an inverse and with rows that sum to 1 would do: ballots could be
    # replaced by products of powers of ballots. Only permutations have Π(Mu)_i = Πu_i as well, for u that nobody
    # foresaw (Terelius and Wikström).
    product = 1
    for each in read.u:
        product = product * each % read.group.order
    end = (read.chain[-1], read.minus_challenge)
    # chain[0] is ĉ_(−1) = h. It is below the line, so it is raised to plus challenge · Πu.
    start = (read.chain[0], -product * read.minus_challenge)
    return read.group.combine([end, start, (read.group.generator, read.s.product)])


def _weighted(read: _Read) -> Element:
    """3: (Πc_i^u_i)^−challenge · g^s3 · Πh_i^s'_i."""
    hs = generators(read.group, len(read.columns))
    return _balance(read, read.columns, hs, (read.group.generator, read.s.weighted))


def _beta(read: _Read) -> Element:
    """4: (Πβ_i^u_i)^−challenge · y^−s4 · Πβ'_i^s'_i."""
    election, before, after = read.statement
    renewed = (election.public_key, -read.s.ciphertexts)
    return _balance(read, [each.beta for each in before], [each.beta for each in after], renewed)


def _alpha(read: _Read) -> Element:
    """5: (Πα_i^u_i)^−challenge · g^−s4 · Πα'_i^s'_i."""
    _, before, after = read.statement
    renewed = (read.group.generator, -read.s.ciphertexts)
    return _balance(read, [each.alpha for each in before], [each.alpha for each in after], renewed)


def _balance(
    read: _Read,
    before: Sequence[Element],
    after: Sequence[Element],
    beside: tuple[Element, int],
) -> Element:
    """(Πbefore_i^u_i)^−challenge · Πafter_i^s'_i · the rest."""
    weighted = read.group.combine(list(zip(before, read.u, strict=True)))
    # s' is the same in equations 3 to 6: that ties e' to c and to ĉ. With responses of its own each could be about
    # other weights.
    answered = zip(after, read.s.weights, strict=True)
    return read.group.combine([(weighted, read.minus_challenge), beside, *answered])


_EQUATIONS: tuple[tuple[str, Callable[[_Read], Element]], ...] = (
    ("1 total", _total),
    ("2 product", _product),
    ("3 weighted", _weighted),
    ("4 beta", _beta),
    ("5 alpha", _alpha),
)


def _is_chained(read: _Read) -> bool:
    """6: t̂_i = ĉ_i^−challenge · g^ŝ_i · ĉ_(i−1)^s'_i, for all i in one product.

    Each equation is raised to a hash of the proof, of 128 bits: all elements are of prime order, so the product of
    equations that do not all hold is 1 with probability 2^−128, and no more than that for whoever tries proofs.
    """
    on_g, on_chain, on_announced = 0, [0] * len(read.chain), []
    for i, (chain, weight) in enumerate(zip(read.s.chain, read.s.weights, strict=True)):
        lot = integer(f"{read.seed}|{i}") >> 128
        on_announced.append(-lot)
        on_g += lot * chain
        # The chain begins with ĉ_(−1): number i is ĉ_(i−1), number i + 1 is ĉ_i. All but its ends are in two links.
        on_chain[i] += lot * weight
        on_chain[i + 1] += lot * read.minus_challenge
    group = read.group
    links = zip(read.chain, on_chain, strict=True)
    announced = zip(read.announced, on_announced, strict=True)
    product = group.combine([(group.generator, on_g), *links, *announced])
    return group.text(product) == group.text(group.identity)


def _require_lengths(proof: ShuffleProof, count: int, what: str) -> None:
    lists = (proof.announced.chain, proof.responses.chain, proof.responses.weights)
    if any(len(each) != count for each in (*lists, proof.columns, proof.chain)):
        raise Malformed(f"{what}: proof", f"lists of {count}, as there are ciphertexts")


def _read(statement: Statement, proof: ShuffleProof, what: str) -> _Read:
    group = statement.election.group
    where = f"{what}: proof"
    # What comes back is not needed, as equations 1 to 5 compare texts: a text that is of no element is malformed, and
    # not an equation that does not hold.
    group.elements(proof.announced.single, where)
    challenge = challenge_of(statement, proof.announced, proof.columns, proof.chain)
    return _Read(
        group=group,
        statement=statement,
        announced=group.elements(proof.announced.chain, where),
        columns=group.elements(proof.columns, where),
        chain=[independent(group, -1), *group.elements(proof.chain, where)],
        s=_read_responses(group, proof.responses, where),
        u=weights_of(statement, proof.columns),
        minus_challenge=-challenge,
        # The challenge stands for all but the responses, so the proof is hashed once more: who knew the lots before
        # choosing ŝ could let two wrong links cancel out.
        seed=hexadecimal(str(challenge).encode() + write(proof)),
    )


def _read_responses(group: Group, s: Responses, where: str) -> Exponents:
    def scalars(*texts: str) -> list[int]:
        return [group.scalar(each, where) for each in texts]

    total, product, weighted, ciphertexts = scalars(s.total, s.product, s.weighted, s.ciphertexts)
    chain, weights = scalars(*s.chain), scalars(*s.weights)
    return Exponents(total, product, weighted, ciphertexts, chain, weights)
