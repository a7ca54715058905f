"""The auditor: verifies an exported record without database or network.

check.py         the numbered checks
inscription.py   what an entry says: an event and its stamp, written and read
bundle.py        256 entries and their parts, by themselves
replay.py        every act decided again
verify.py        all of it, in order
"""
