"""Divisions: opening, electoral register, votes and counts, result; by circular vote and by secret ballot too.

A rule on a division is two functions. The one that decides an act asks who may do it now, which takes the whole record:
the meeting, the offices, the quorum. The other is named for what is done (`casting`, `closing`, `declaring`) and gives
the event that the division, the act and the stamp make by themselves. It asks all that it needs of the division, however
much of that the first has asked already, so that an auditor who has a division's own entries and no more can ask it too.
"""
