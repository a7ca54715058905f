"""The groups in a finite field: a subgroup of prime order modulo a prime of 2048 bits.

Section 2.1 of the format. Elements are integers below p. With gmpy2 exponentiation is several times faster, and constant
in time for secret exponents; Python's own is neither.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from quorate.ballots.constants import BELENIOS_G, BELENIOS_P, BELENIOS_Q, RFC_3526_P
from quorate.ballots.digest import integer
from quorate.ballots.group import LONGEST, Element, Group, Recovery
from quorate.canon.fault import Malformed

try:
    import gmpy2  # type: ignore[import-untyped]
except ImportError:  # pragma: no cover
    gmpy2 = None

_KAPPA, _RHO = 8, 8
"""Bits of an integer that is encoded, and bits of padding after the last."""
_WINDOW = 6
_MANY = 64
"""Powers of one base from which on a table of it pays."""


class FiniteField(Group):
    """The subgroup of order q, a prime, of the integers modulo p; `has_ranked` if integers can be encoded in it."""

    def __init__(self, name: str, p: int, q: int, g: int, *, has_ranked: bool) -> None:
        self.name = name
        self.order = q
        self.most_ranked = (p.bit_length() - 1 - _RHO) // _KAPPA if has_ranked else 0
        self._p = _number(p)
        self._is_safe = p == 2 * q + 1
        self.generator = _number(g)
        self.identity = _number(1)
        self._tables: dict[Element, _Table] = {}

    def elements(self, texts: Sequence[str], where: str = "element") -> list[Element]:
        """Integers below p, in decimal; membership costs a Jacobi symbol or an exponentiation each."""
        members = []
        for text in texts:
            if not (text.isascii() and text.isdigit() and len(text) <= LONGEST and text[0] != "0"):
                raise Malformed(where, "a member of the group: a decimal number")
            value = _number(int(text))
            if not self._is_member(value):
                raise Malformed(where, f"a member of the group {self.name}")
            members.append(value)
        return members

    def text(self, element: Element) -> str:
        """In decimal."""
        return str(element)

    def multiply(self, a: Element, b: Element) -> Element:
        """Modulo p."""
        return a * b % self._p

    def invert(self, a: Element) -> Element:
        """Modulo p."""
        return _inverse(a, self._p)

    def powers(self, base: Element, exponents: Sequence[int]) -> list[Element]:
        """Constant in time with gmpy2. Exponent q stands for 0, which gmpy2 refuses."""
        q = self.order
        return [_power_secret(base, e % q or q, self._p) for e in exponents]

    def combine(self, terms: Sequence[tuple[Element, int]]) -> Element:
        """The product, one factor after the other."""
        product = self.identity
        for element, exponent in terms:
            if exponent == 1:
                product = product * element % self._p
            else:
                product = product * _power(element, exponent % self.order, self._p) % self._p
        return product

    def commitments(self, terms: Sequence[Recovery]) -> list[str]:
        """One exponentiation each; the other factor comes out of a table where its base is frequent."""
        self._make_tables(terms)
        p, q, texts = self._p, self.order, []
        products: dict[tuple[int, ...], Element] = {}
        for base, response, of, minus, challenge in terms:
            key = (*map(id, of), minus)
            product = products.get(key)
            if product is None:
                product = products[key] = self._product(of, minus)
            fixed = self._public_power(base, response % q)
            texts.append(str(fixed * _power(product, challenge % q, p) % p))
        return texts

    def order_key(self, element: Element) -> Any:
        """The number itself."""
        return element

    def encode(self, values: Sequence[int]) -> Element:
        """The first member at or above the integers side by side."""
        assert len(values) <= self.most_ranked
        n = int.from_bytes(bytes(values), "big") << _RHO
        while not self._is_member(_number(n)):
            n += 1
        return _number(n)

    def decode(self, element: Element, count: int) -> list[int]:
        """The integers above the padding."""
        return [int(element) >> _RHO + _KAPPA * i & 255 for i in reversed(range(count))]

    def independent(self, index: int) -> Element:
        """A hash, raised into the group."""
        return _power(_number(integer(f"ggen|{index}")), (int(self._p) - 1) // self.order, self._p)

    def _is_member(self, value: Element) -> bool:
        if not 0 < value < self._p:
            return False
        if self._is_safe and gmpy2 is not None:
            return bool(gmpy2.jacobi(value, self._p) == 1)
        return bool(_power(value, self.order, self._p) == 1)

    def _product(self, of: Sequence[Element], minus: int) -> Element:
        product = self.combine([(each, 1) for each in of])
        if minus:
            product = (
                product * self.invert(_power(self.generator, minus % self.order, self._p)) % self._p
            )
        return product

    def _public_power(self, base: Element, exponent: int) -> Element:
        table = self._tables.get(base)
        if table is not None:
            return table.power(exponent)
        return _power(base, exponent, self._p)

    def _make_tables(self, terms: Sequence[Recovery]) -> None:
        for base, count in Counter(each.base for each in terms).items():
            if count >= _MANY and base not in self._tables:
                if len(self._tables) > 8:
                    self._tables.clear()
                self._tables[base] = _Table(base, self.order.bit_length(), self._p)


class _Table:
    """The powers of a base by windows of its exponent: a multiplication for each window instead of a squaring a bit."""

    def __init__(self, base: Element, bits: int, p: Element) -> None:
        self._p = p
        self._rows: list[list[Element]] = []
        for _ in range(0, bits, _WINDOW):
            row = [_number(1)]
            for _ in range(2**_WINDOW):
                row.append(row[-1] * base % p)
            base = row.pop()
            self._rows.append(row)

    def power(self, exponent: int) -> Element:
        product = _number(1)
        for row in self._rows:
            product = product * row[exponent & 2**_WINDOW - 1] % self._p
            exponent >>= _WINDOW
        return product


def _number(value: int) -> Element:
    return value if gmpy2 is None else gmpy2.mpz(value)


def _power(base: Element, exponent: int, p: Element) -> Element:
    return pow(base, exponent, p) if gmpy2 is None else gmpy2.powmod(base, exponent, p)


def _power_secret(base: Element, exponent: int, p: Element) -> Element:
    return pow(base, exponent, p) if gmpy2 is None else gmpy2.powmod_sec(base, exponent, p)


def _inverse(value: Element, p: Element) -> Element:
    return pow(value, -1, p) if gmpy2 is None else gmpy2.invert(value, p)


def belenios_2048() -> FiniteField:
    """BELENIOS-2048: an order of 256 bits; no ranked questions."""
    return FiniteField("BELENIOS-2048", BELENIOS_P, BELENIOS_Q, BELENIOS_G, has_ranked=False)


def rfc_3526_2048() -> FiniteField:
    """RFC-3526-2048: the squares modulo a safe prime."""
    q = (RFC_3526_P - 1) // 2
    return FiniteField("RFC-3526-2048", RFC_3526_P, q, 2, has_ranked=True)
