"""The randomness of this machine, as the port Entropy."""

import os

_BLOCK = 64 * 1024


class OsEntropy:
    """The randomness of the operating system, fetched in blocks: salts are many and small. Not thread-safe."""

    def __init__(self) -> None:
        self._block = b""
        self._given = 0

    def bytes(self, count: int) -> bytes:
        """So many random bytes, none of them given out before."""
        stop = self._given + count
        if stop > len(self._block):
            self._block = os.urandom(max(_BLOCK, count))
            stop = count
        taken = self._block[stop - count : stop]
        self._given = stop
        return taken
