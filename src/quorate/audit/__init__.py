"""The auditor: verifies an exported record without database or network.

check.py         the numbered checks
inscription.py   what an entry says: an event and its stamp, written and read
bundle.py        256 entries and their parts, by themselves
parallel.py      bundles checked here, or in other processes
replay.py        every act decided again
partial.py       behind a gap: divisions by their own entries
division.py      what a division makes of its opening, its close and its result
voting.py        what a division makes of votes and of tellers' figures
verify.py        all of it, in order
"""
