"""`quorate bench`: an organisation to measure (house.py), its votes, and the fold of a large record."""
