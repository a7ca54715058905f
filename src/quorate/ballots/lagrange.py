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
    assert all(0 < i < order for i in indices)
    found = []
    for i in indices:
        others = [k for k in indices if k != i]
        under = prod(k - i for k in others)
        found.append(prod(others) * pow(under, -1, order) % order)
    return found
