"""The prime-order subgroup of the curve edwards25519, by libsodium (PyNaCl).

Section 2.2 of the format. An element is its 32 bytes of RFC 8032; its text has them reversed, in hexadecimal. libsodium
refuses exponent 0 and the neutral element, and its clamping calls are never what is meant here.
"""

from collections.abc import Sequence
from typing import Any

from nacl import bindings as sodium
from nacl.exceptions import RuntimeError as SodiumError

from quorate.ballots.digest import integer
from quorate.ballots.group import Element, Group, Recovery
from quorate.canon.fault import Malformed

L = 2**252 + 27742317777372353535851937790883648493
"""The order; RFC 8032, section 5.1."""
IDENTITY = (1).to_bytes(32, "little")
BASE = bytes.fromhex("58" + "66" * 31)
"""RFC 8032, section 5.1."""
KAPPA, RHO = 8, 14
"""Bits of an integer that is encoded, and bits of padding after the last."""
_HEX = frozenset("0123456789abcdef")


class Ed25519(Group):
    """Points as 32 bytes."""

    name = "Ed25519"
    order = L
    generator: Element = BASE
    identity: Element = IDENTITY
    most_ranked = 30

    def elements(self, texts: Sequence[str], where: str = "element") -> list[Element]:
        """Points in the subgroup, canonically written, the neutral element among them."""
        return [self._element(text, where) for text in texts]

    def text(self, element: Element) -> str:
        """64 hexadecimal digits, the most significant byte first."""
        digits: str = element[::-1].hex()
        return digits

    def multiply(self, a: Element, b: Element) -> Element:
        """The sum of the points."""
        return sodium.crypto_core_ed25519_add(a, b)

    def invert(self, a: Element) -> Element:
        """The point with the other sign; the neutral element has none."""
        return a if a == IDENTITY else a[:31] + bytes((a[31] ^ 128,))

    def powers(self, base: Element, exponents: Sequence[int]) -> list[Element]:
        """One call of libsodium each, constant in time; for the generator about a third of the cost."""
        return [_power(base, exponent) for exponent in exponents]

    def combine(self, terms: Sequence[tuple[Element, int]]) -> Element:
        """The sum of the points, one after the other."""
        product = IDENTITY
        for element, exponent in terms:
            power = element if exponent == 1 else _power(element, exponent)
            product = sodium.crypto_core_ed25519_add(product, power)
        return product

    def commitments(self, terms: Sequence[Recovery]) -> list[str]:
        """Two calls of libsodium each."""
        texts = []
        products: dict[tuple[tuple[Element, ...], int], Element] = {}
        for base, response, of, minus, challenge in terms:
            product = products.get((of, minus))
            if product is None:
                product = products[of, minus] = self._product(of, minus)
            a, b = _power(base, response), _power(product, challenge)
            texts.append(sodium.crypto_core_ed25519_add(a, b)[::-1].hex())
        return texts

    def order_key(self, element: Element) -> Any:
        """The bytes of RFC 8032, as they are."""
        return element

    def encode(self, values: Sequence[int]) -> Element:
        """The first member at or above the integers side by side."""
        assert len(values) <= self.most_ranked
        n = int.from_bytes(bytes(values), "big") << RHO
        while not is_member(data := n.to_bytes(32, "little")):
            n += 1
        return data

    def decode(self, element: Element, count: int) -> list[int]:
        """The integers above the padding."""
        n = int.from_bytes(element, "little") >> RHO
        return [n >> KAPPA * i & 255 for i in reversed(range(count))]

    def independent(self, index: int) -> Element:
        """The first point at or above a hash, times the cofactor."""
        n = integer(f"ggen|{index}") >> 2
        while (point := _times_eight(n.to_bytes(32, "little"))) is None:
            n += 1
        return point

    def _element(self, text: str, where: str) -> Element:
        if len(text) == 64 and set(text) <= _HEX:
            data = bytes.fromhex(text)[::-1]
            if is_member(data):
                return data
        raise Malformed(where, "a member of the group: 64 hexadecimal digits of a point")

    def _product(self, of: Sequence[Element], minus: int) -> Element:
        product = of[0] if len(of) == 1 else self.combine([(each, 1) for each in of])
        if minus:
            product = sodium.crypto_core_ed25519_sub(product, _power(BASE, minus))
        return product


def is_member(data: bytes) -> bool:
    """Whether 32 bytes are the canonical encoding of a point of the subgroup; libsodium says no to the neutral one."""
    return data == IDENTITY or sodium.crypto_core_ed25519_is_valid_point(data)


def _power(base: bytes, exponent: int) -> bytes:
    exponent %= L
    if base == IDENTITY:
        return IDENTITY
    # The call is made for exponent 0 too, which libsodium refuses: it should not be seen in the time.
    scalar = (exponent or 1).to_bytes(32, "little")
    if base == BASE:
        power = sodium.crypto_scalarmult_ed25519_base_noclamp(scalar)
    else:
        power = sodium.crypto_scalarmult_ed25519_noclamp(scalar, base)
    return power if exponent else IDENTITY


def _times_eight(data: bytes) -> bytes | None:
    try:
        for _ in range(3):
            data = sodium.crypto_core_ed25519_add(data, data)
    except SodiumError:
        return None
    return data
