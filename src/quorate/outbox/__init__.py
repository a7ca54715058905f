"""Mail that waits to be sent: it survives a restart, is tried again with growing pauses, and never goes out twice at once.

letter.py    a letter, and what may stand in its head
port.py      what is lent to this package: a shelf on which letters lie, and a post that takes them
carrier.py   who carries them from the one to the other
sole.py      that there is one carrier for a shelf at a time

How long a letter is tried and what becomes of it is decided here; how it is kept or sent is not.
"""
