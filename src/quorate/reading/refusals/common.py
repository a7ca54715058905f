"""Refusals that any act may meet, in words; facts stand in braces."""

WORDS = {
    # refusal
    "unknown": "there is no {what} {id}",
    "exists": "{what} {id} exists already",
    "id-unfit": "no {what} can have the id {id!r}: it takes 1 to 64 of a-z, 0-9, dot and hyphen",
    "words-missing": "whoever may {act} must say the {field}",
    "not-entitled": "{person} may not {act}: it takes {needs}",
    "not-a-member": "{person} is not a member in good standing of {body}",
    "no-standing-orders": "{body} has adopted no standing orders",
    "not-open": "{what} {id} is {status}, not {statuses}",
    "no-quorum": "{present} present of {needed} needed for a quorum",
    "point-unclear": "a time is either a day or an event with an offset, and a rule sets the day held",
    "event-undated": "{event} has no day yet, so nothing can be fixed to it",
    # bearers
    "not-a-reference": "{ref} names no body, office or person",
    # days
    "beyond-the-calendar": "{days} days from {day} is further than days can be reckoned",
    # roll
    "body-dissolved": "{body} was dissolved on {on}",
    "not-present": "{person} is not present at {meeting}",
}
