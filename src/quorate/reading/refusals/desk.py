"""Refusals about the desk, in words; facts stand in braces."""

WORDS = {
    # archives
    "archive-missing": "division {division} has its ballots in an archive, and this act came without it",
    "ballot-among-setup": "the archive that division {division} was to begin with has ballots in it already",
    # session
    "time-not-told": "the organisation's clock is told: the act must say when it was done",
    "time-told": "the organisation's clock is the system's: an act cannot say when it was done",
    "no-such-part": "entry {seq} has no part {parts}; what can be erased of it: {has}",
    "nothing-erasable": "entry {seq} has no part that can be erased",
    "tried-otherwise": "the token went with another act, which is entry {seq}",
}
