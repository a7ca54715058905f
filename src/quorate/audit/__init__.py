"""The auditor: verifies an exported record without database or network.

check.py      the numbered checks
bundle.py     256 entries and their parts, by themselves
parallel.py   bundles checked here, or in other processes
replay.py     every act decided again
partial.py    behind a gap: divisions by their own entries
division.py   the rules of the assembly that a division answers by itself, by event
openings.py   the opening of a division as it was recorded
ballots.py    what an archive of ballots says of its division
archives.py   the archives beside a record
verify.py     all of it, in order
"""
