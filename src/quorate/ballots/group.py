"""A group of prime order in which ballots are encrypted and proofs are made: the interface, and what all share.

An element is opaque: only the group that made it knows what it is. Exponents are integers modulo the order, and every
method takes any integer. Texts are those of the wire: `element` accepts exactly what `text` writes.

Two kinds of methods: those that may take a secret (`powers`) run in constant time where the library below can, and those
that are for public data alone (`combine`, `commitments`) run as fast as they can.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from quorate.ballots.digest import integer
from quorate.canon.fault import Malformed

Element = Any
"""An element of a group: a point or an integer modulo p, as the group wants it."""
LONGEST = 617
"""Digits of the largest number of any group."""
Entropy = Callable[[int], bytes]
"""So many random bytes."""


class Recovery(NamedTuple):
    """The commitment that a proof gives back: base^response · (Π of · g^−minus)^challenge."""

    base: Element
    response: int
    of: tuple[Element, ...]
    minus: int
    challenge: int


class Group(ABC):
    """A group of prime order `order`, written multiplicatively, with its generator."""

    name: str
    order: int
    generator: Element
    identity: Element
    most_ranked: int
    """Integers that `encode` can put into one element; 0: none."""

    def element(self, text: str, where: str = "element") -> Element:
        """The member that a text writes.

        Raises:
            Malformed: not the canonical text of a member of the group.
        """
        return self.elements((text,), where)[0]

    @abstractmethod
    def elements(self, texts: Sequence[str], where: str = "element") -> list[Element]:
        """The members that texts write, in their order. Raises like `element`, for the first that is none."""

    @abstractmethod
    def text(self, element: Element) -> str:
        """An element as it is written."""

    @abstractmethod
    def multiply(self, a: Element, b: Element) -> Element:
        """Their product."""

    @abstractmethod
    def invert(self, a: Element) -> Element:
        """Its inverse."""

    @abstractmethod
    def powers(self, base: Element, exponents: Sequence[int]) -> list[Element]:
        """The base to each exponent; for secret exponents. Cheaper for many on one base, and for the generator."""

    def power(self, base: Element, exponent: int) -> Element:
        """The base to an exponent that may be secret."""
        return self.powers(base, (exponent,))[0]

    @abstractmethod
    def combine(self, terms: Sequence[tuple[Element, int]]) -> Element:
        """The product of elements, each to its exponent; the neutral element for none. Public data only."""

    @abstractmethod
    def commitments(self, terms: Sequence[Recovery]) -> list[str]:
        """The commitments that terms give back, as texts. Public data only; the cost of checking ballots is here."""

    @abstractmethod
    def order_key(self, element: Element) -> Any:
        """What elements are sorted by in a tally of ranked ballots."""

    @abstractmethod
    def encode(self, values: Sequence[int]) -> Element:
        """The element that carries integers of 0 to 255, at most `most_ranked` of them."""

    @abstractmethod
    def decode(self, element: Element, count: int) -> list[int]:
        """The `count` integers that an element carries; of any other element, whatever its bits say."""

    @abstractmethod
    def independent(self, index: int) -> Element:
        """A generator whose logarithm nobody knows, for shuffles; −1 and up."""

    def scalar(self, text: str, where: str = "scalar") -> int:
        """The exponent that a decimal text writes.

        Raises:
            Malformed: not decimal digits without leading zero, or not below the order.
        """
        is_short = len(text) <= LONGEST  # Python refuses to read thousands of digits
        if is_short and text.isascii() and text.isdigit() and (text[0] != "0" or text == "0"):
            value = int(text)
            if value < self.order:
                return value
        raise Malformed(where, "a decimal number without leading zeros, below the group's order")

    def draw(self, entropy: Entropy) -> int:
        """A uniformly random exponent (to within 2^−256)."""
        size = (self.order.bit_length() + 7) // 8 + 32
        return int.from_bytes(entropy(size), "big") % self.order

    def challenge(self, prefix: str, commitments: Sequence[str]) -> int:
        """H(prefix; commitments): the hash of a prefix and of texts of elements, modulo the order."""
        return integer(prefix + ",".join(commitments)) % self.order
