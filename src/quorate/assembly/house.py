"""The whole house: importing this registers the rules of every subject."""

from quorate.assembly import bodies, membership, standing_orders

SUBJECTS = (bodies, membership, standing_orders)
"""Every subject of the house, in the order of the catalogue."""
