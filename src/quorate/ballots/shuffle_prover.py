"""Making the proof of a shuffle: every exponent is secret, so every power is one of `Group.powers`."""

from collections.abc import Sequence
from typing import NamedTuple

from quorate.ballots.group import Element, Entropy, Group
from quorate.ballots.shuffle_proof import (
    Announced,
    Exponents,
    Responses,
    ShuffleProof,
    Statement,
    challenge_of,
    generators,
    independent,
    weights_of,
)


class _Chain(NamedTuple):
    """ĉ_(−1) and on, as exponents of g and h that only the prover knows: so each costs powers of fixed bases."""

    on_g: list[int]
    on_h: list[int]


def prove_shuffle(
    statement: Statement, permutation: Sequence[int], randomness: Sequence[int], entropy: Entropy
) -> ShuffleProof:
    """The proof that ciphertext i after is number permutation[i] before, re-encrypted with randomness[i].

    It holds only if that is true. Eight exponentiations for each ciphertext, three of them of the generator.
    """
    group = statement.election.group
    count, order = len(permutation), group.order
    # r, by the place before, and r̂, by the place after.
    hidden, linked = _draw(group, count, entropy), _draw(group, count, entropy)
    columns = _texts(group, _columns(group, permutation, hidden))
    # u by the place before, and ũ_i = u_ψ(i) by the place after.
    u = weights_of(statement, columns)
    weights = [u[j] for j in permutation]
    links = _chain(order, weights, linked)
    chain = _texts(group, _on_both(group, links.on_g[1:], links.on_h[1:]))
    masks = _masks(group, count, entropy)
    # The factors g^… of the equations. r goes with u, by the place before; r' goes with ũ, by the place after: with one
    # of them exchanged the proof would hold for the identity alone.
    secrets = Exponents(
        total=sum(hidden),
        # ĉ_(N−1) is g to this times h^Πũ, and Πũ = Πu.
        product=links.on_g[-1],
        weighted=_dot(hidden, u),
        ciphertexts=_dot(randomness, weights),
        chain=linked,
        # Each u is public, but their order is ψ.
        weights=weights,
    )
    announced = _announce(statement, masks, links)
    challenge = challenge_of(statement, announced, columns, chain)
    return ShuffleProof(announced, _respond(order, masks, secrets, challenge), columns, chain)


def _columns(group: Group, permutation: Sequence[int], hidden: Sequence[int]) -> list[Element]:
    """c_ψ(i) = g^r_ψ(i) · h_i."""
    columns = group.powers(group.generator, hidden)
    for h, j in zip(generators(group, len(permutation)), permutation, strict=True):
        # Column ψ(i) has its 1 in row i. With row and column exchanged the proof would still hold where ψ is its own
        # inverse, as every order of two ballots is.
        columns[j] = group.multiply(columns[j], h)
    return columns


def _masks(group: Group, count: int, entropy: Entropy) -> Exponents:
    """ω."""
    # New for every proof: of two responses with one mask, (s − s') / (challenge − challenge') is the secret.
    total, product, weighted, ciphertexts = _draw(group, 4, entropy)
    chain, weights = _draw(group, count, entropy), _draw(group, count, entropy)
    return Exponents(total, product, weighted, ciphertexts, chain, weights)


def _chain(order: int, weights: Sequence[int], linked: Sequence[int]) -> _Chain:
    """ĉ_i = g^r̂_i · ĉ_(i−1)^ũ_i."""
    # If ĉ_(i−1) = g^a · h^b, then ĉ_i = g^(r̂_i + ũ_i·a) · h^(ũ_i·b).
    on_g, on_h = [0], [1]
    for weight, r in zip(weights, linked, strict=True):
        on_g.append((r + weight * on_g[-1]) % order)
        on_h.append(weight * on_h[-1] % order)
    return _Chain(on_g, on_h)


def _announce(statement: Statement, masks: Exponents, links: _Chain) -> Announced:
    """Each equation's g^…, with masks for its secrets."""
    group, after = statement.election.group, statement.after
    # −ω4 in t41 and t42, plus in all others: in equations 4 and 5 the factor stands on the side of the list before.
    on_g = (masks.total, masks.product, masks.weighted, -masks.ciphertexts)
    total, product, weighted, alpha = group.powers(group.generator, on_g)
    beta = group.power(statement.election.public_key, -masks.ciphertexts)
    single = (
        total,
        product,
        _times(group, weighted, generators(group, len(after)), masks.weights),
        _times(group, beta, [each.beta for each in after], masks.weights),
        _times(group, alpha, [each.alpha for each in after], masks.weights),
    )
    # t̂_i = g^ω̂_i · ĉ_(i−1)^ω'_i. The links begin with ĉ_(−1): number i of them is ĉ_(i−1), and one is left over.
    chain = _on_both(
        group,
        [m + w * r for m, w, r in zip(masks.chain, masks.weights, links.on_g, strict=False)],
        [w * u for w, u in zip(masks.weights, links.on_h, strict=False)],
    )
    t1, t2, t3, t41, t42 = _texts(group, single)
    return Announced(t1, t2, t3, (t41, t42), _texts(group, chain))


def _respond(order: int, masks: Exponents, secrets: Exponents, challenge: int) -> Responses:
    """A mask and the challenge times the secret: s = ω + challenge · secret."""

    def respond(mask: int, secret: int) -> str:
        # With plus: in all other proofs of the format (section 1) a response is w − secret · challenge. So the verifier
        # raises to −challenge here.
        return str((mask + challenge * secret) % order)

    return Responses(
        respond(masks.total, secrets.total),
        respond(masks.product, secrets.product),
        respond(masks.weighted, secrets.weighted),
        respond(masks.ciphertexts, secrets.ciphertexts),
        tuple(map(respond, masks.chain, secrets.chain)),
        tuple(map(respond, masks.weights, secrets.weights)),
    )


def _on_both(group: Group, on_g: Sequence[int], on_h: Sequence[int]) -> list[Element]:
    """g^a · h^b of each pair."""
    of_g = group.powers(group.generator, on_g)
    of_h = group.powers(independent(group, -1), on_h)
    return [group.multiply(a, b) for a, b in zip(of_g, of_h, strict=True)]


def _times(
    group: Group, product: Element, bases: Sequence[Element], exponents: Sequence[int]
) -> Element:
    # Not `combine`, though it is faster: the exponents are masks, and the time that it takes depends on them.
    for base, exponent in zip(bases, exponents, strict=True):
        product = group.multiply(product, group.power(base, exponent))
    return product


def _draw(group: Group, count: int, entropy: Entropy) -> list[int]:
    return [group.draw(entropy) for _ in range(count)]


def _dot(a: Sequence[int], b: Sequence[int]) -> int:
    return sum(x * y for x, y in zip(a, b, strict=True))


def _texts(group: Group, elements: Sequence[Element]) -> tuple[str, ...]:
    return tuple(group.text(each) for each in elements)
