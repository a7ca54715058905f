"""Refusals about the keeping of the record, in words; facts stand in braces."""

WORDS = {
    # clock
    "no-jump": "the clock did not jump: {before} and {after} are the same",
    "jump-noted": "that the clock went back from {before} to {after} is noted already",
    "clock-right": "the clock shows {at}, and the last entry is of {last_at}: nothing is dated too late",
    "time-backwards": "{at} lies before the last entry, of {last_at}",
    "time-far-ahead": "{at} lies {days} days after the last entry, of {last_at}: the clock may be wrong",
    # erasures
    "part-unerasable": "{part} is no part that can be erased: it takes one of {parts}",
    "nothing-to-erase": "name at least one part of entry {seq}",
    "already-erased": "{parts} of entry {seq} were erased already",
    "audience-protected": "entry {seq} is for {body} only: erasing it takes its decision, or a ground of law",
    "legal-hold": "entry {seq} is under the hold {hold}",
    # holds
    "hold-backwards": "a hold from entry {first} cannot end at {last}",
    "not-held": "the hold {hold} was lifted on {on}",
    # keys
    "key-unfit": "{key} is not a key as a signed note writes it",
    "key-not-in-use": "{key} is not the key in use, which is {used}",
    "key-unchanged": "{key} is in use already",
    # minutes
    "not-yet-adjourned": "{meeting} is {status}; minutes are drafted when it has adjourned",
    "minutes-drafted": "the minutes of {meeting} are drafted already, as {minutes}",
    "minutes-approved": "minutes {minutes} were approved on {on}",
    "not-yet-approved": "minutes {minutes} are not approved yet",
    "not-a-later-meeting": "{meeting} did not begin after {minuted} had adjourned",
    "not-a-signatory": "minutes {minutes} are signed by {signed_by}",
    "signed-already": "minutes {minutes} are signed by {signed_by} already",
}

HINTS = {
    "time-far-ahead": "set the clock right; if so much time has gone by, say so (--confirm-time)",
    "time-backwards": "if a clock that ran ahead has dated the last entry, the clerk corrects it: correct-clock",
}
