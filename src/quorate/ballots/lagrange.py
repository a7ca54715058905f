"""The coefficients by which a threshold of shares, in the exponent or not, gives back what was shared (Shamir, Lagrange).

Section 8 of the format: the value at 0 of a polynomial from its values at t indices, t − 1 being its degree.
"""

from collections.abc import Sequence
from math import prod


def lagrange(indices: Sequence[int], order: int) -> list[int]:
    """For each index i, the product over the other indices k of k/(k − i), modulo the order, a prime.

    The indices are distinct, from 1, and below the order. O(t²) multiplications and t inversions.
    """
    assert len(set(indices)) == len(indices)
    # The value at an index that is 0 modulo the order is the secret itself.
    assert all(0 < i < order for i in indices)
    coefficients = []
    for i in indices:
        # λ_i = Π (0 − k)/(i − k), both signs turned. It is no integer (3/2 for 1 of 1 and 3), so it is divided modulo
        # the order, once for all factors.
        others = [k for k in indices if k != i]
        under = prod(k - i for k in others)
        coefficients.append(prod(others) * pow(under, -1, order) % order)
    return coefficients
