"""The randomness of this machine, as the port Entropy."""

import os

_BLOCK = 64 * 1024


class OsEntropy:
    """The randomness of the operating system, fetched in blocks: salts are many and small. Not thread-safe."""

    def __init__(self) -> None:
        self._block = b""

    def bytes(self, count: int) -> bytes:
        """So many random bytes, none of them given out before."""
        if count > len(self._block):
            self._block += os.urandom(max(_BLOCK, count))
        taken, self._block = self._block[:count], self._block[count:]
        return taken
