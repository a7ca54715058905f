"""The whole house: importing this registers the rules of every subject."""

from quorate.assembly import (
    admission,
    bodies,
    convening,
    credentials,
    hosting,
    membership,
    notice,
    proxies,
    quorum,
    sitting,
    standing_orders,
)

SUBJECTS = (
    bodies,
    membership,
    standing_orders,
    convening,
    hosting,
    notice,
    sitting,
    admission,
    proxies,
    credentials,
    quorum,
)
"""Every subject of the house, in the order of the catalogue."""
