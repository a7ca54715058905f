"""Drawing lots so that anyone can draw them again.

The seed is fixed by something that nobody in the house controls and nobody knows while votes are still cast: a public
value (a lottery draw, a randomness beacon) named beforehand, or the joint opening of values committed to beforehand.
A seed that is known before the close tells every voter how a tie would fall.
"""

import hashlib
import re
from collections.abc import Sequence

from quorate.canon import canonical
from quorate.canon.fault import Malformed

_seed = re.compile(r"(?:[0-9a-f]{2}){16,64}")


def draw_lot(seed: str, about: str, candidates: Sequence[str]) -> str:
    """The candidate whose SHA-256("quorate-lot-1", seed, about, candidate), as a canonical JSON array, is least.

    Each has the same chance and the order of the candidates does not matter. `about` names the question: without it,
    one seed would make all ties of a meeting fall the same way.

    Args:
        seed: 16 to 64 bytes in lower-case hexadecimal.
        about: the identifier of the question or division.
        candidates: one or more, all different.

    Raises:
        Malformed: the seed is no such text, or the candidates are none or not all different.
    """
    if not _seed.fullmatch(seed):
        raise Malformed("seed", "16 to 64 bytes in lower-case hexadecimal")
    if not candidates or len(set(candidates)) != len(candidates):
        raise Malformed("candidates", "one or more, all different")
    return min(candidates, key=lambda name: _ticket(seed, about, name))


def _ticket(seed: str, about: str, candidate: str) -> bytes:
    return hashlib.sha256(canonical.encode(["quorate-lot-1", seed, about, candidate])).digest()
