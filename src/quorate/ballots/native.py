"""The prime-order subgroup of the curve edwards25519, by the Rust extension in native/: as `Ed25519`, several times faster.

An element is a `quorate_native.Point`. Calls for many elements use all cores, but one in a process that another process
has started to share the work.
"""

from collections.abc import Sequence
from importlib import import_module
from multiprocessing import parent_process
from typing import Any

from quorate.ballots.digest import integer
from quorate.ballots.ed25519 import BASE, IDENTITY, KAPPA, RHO, L
from quorate.ballots.group import Element, Group, Recovery
from quorate.canon.fault import Malformed

try:
    rust: Any = import_module("quorate_native")
except ImportError:  # pragma: no cover
    rust = None

INTERFACE = 1
is_here = rust is not None and getattr(rust, "INTERFACE", 0) == INTERFACE
"""Whether the extension is installed, built from the source that belongs to this."""


class NativeEd25519(Group):
    """Points in coordinates that no division was spent on."""

    name = "Ed25519"
    order = L
    most_ranked = 30

    def __init__(self) -> None:
        self.generator = rust.point(BASE)
        self.identity = rust.point(IDENTITY)

    def elements(self, texts: Sequence[str], where: str = "element") -> list[Element]:
        """Points in the subgroup, canonically written, the neutral element among them."""
        try:
            members: list[Element] = rust.elements(texts, _threads())
        except IndexError:
            raise Malformed(
                where, "a member of the group: 64 hexadecimal digits of a point"
            ) from None
        return members

    def text(self, element: Element) -> str:
        """64 hexadecimal digits, the most significant byte first."""
        text: str = element.text()
        return text

    def multiply(self, a: Element, b: Element) -> Element:
        """The sum of the points."""
        return a.multiply(b)

    def invert(self, a: Element) -> Element:
        """The point with the other sign."""
        return a.invert()

    def powers(self, base: Element, exponents: Sequence[int]) -> list[Element]:
        """Constant in time; out of a table for the generator and for a base that is often used."""
        powers: list[Element] = rust.powers(base, exponents, _threads())
        return powers

    def combine(self, terms: Sequence[tuple[Element, int]]) -> Element:
        """The sum of the points, in one pass."""
        return rust.combine(terms, _threads())

    def commitments(self, terms: Sequence[Recovery]) -> list[str]:
        """Out of tables where a base is frequent; what terms have in common is computed once."""
        texts: list[str] = rust.commitments(terms, _threads())
        return texts

    def order_key(self, element: Element) -> Any:
        """The bytes of RFC 8032."""
        return element.encode()

    def encode(self, values: Sequence[int]) -> Element:
        """The first member at or above the integers side by side."""
        assert len(values) <= self.most_ranked
        n = int.from_bytes(bytes(values), "big") << RHO
        while True:
            try:
                return rust.elements((f"{n:064x}",), 1)[0]
            except IndexError:
                n += 1

    def decode(self, element: Element, count: int) -> list[int]:
        """The integers above the padding."""
        n = int.from_bytes(element.encode(), "little") >> RHO
        return [n >> KAPPA * i & 255 for i in reversed(range(count))]

    def independent(self, index: int) -> Element:
        """The first point at or above a hash, times the cofactor."""
        n = integer(f"ggen|{index}") >> 2
        while True:
            try:
                return rust.point(n.to_bytes(32, "little"), cleared=True)
            except ValueError:
                n += 1


def _threads() -> int:
    """How many threads share a call: all cores, or this one alone in a process that works for another."""
    return 0 if parent_process() is None else 1
