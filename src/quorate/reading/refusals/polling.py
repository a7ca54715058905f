"""Refusals about an election without an organisation, in words; facts stand in braces."""

WORDS = {
    "not-now": "{asked_of} now: the election is {stage}",
    "still-open": "the box is open; ballots that count: {counted}; superseded: {superseded}; minimum: {minimum}",
    "too-few-to-close": "ballots that count: {counted}; below {minimum} trustees do not open the tally, and a closed box takes no more",
    "not-shuffled": "nobody has shuffled: each ranking could be traced",
    "done-already": "{trustee} has {asked_of} already",
    "head-differs": "the tally head here is {tally_head}, and the one announced is {announced}: it is another tally",
    "too-few-ballots": "ballots that count: {counted}; below {minimum} a result can tell what single voters chose",
    "opened-another": "the key of {trustee} has opened another tally of this election: two of them can tell single votes",
    "too-few-trustees": "too few trustees have decrypted; {number} more of these are needed: {trustees}",
    "open-already": "the election is open: nothing of it can be changed",
    "not-prepared": "the keys of {trustees} are not there yet",
    "no-credentials": "there are no credentials yet",
}

HINTS = {
    "still-open": "`--close` ends it for good",
    "too-few-to-close": "nothing is closed yet: wait for more ballots; `--few` closes it all the same",
    "head-differs": "open nothing; compare the archives with the other trustees",
    "too-few-ballots": "`--few` opens it all the same, and the result says so; ask the voters first",
    "opened-another": "open nothing; ask who made two tallies, and show both to the other trustees and the voters",
    "too-few-trustees": "nothing is lost: `quorate ballot decrypt` when they are here, and then this again",
    "not-prepared": "`quorate ballot status` says whose turn it is",
    "no-credentials": "see `quorate ballot credentials --help`",
}
"""What to do about it."""
