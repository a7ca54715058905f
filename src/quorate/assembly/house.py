"""The whole house: importing this registers the rules of every subject."""

from quorate.assembly import bodies

SUBJECTS = (bodies,)
"""Every subject of the house, in the order of the catalogue."""
