"""Refusals about decisions, duties and details, in words; facts stand in braces."""

WORDS = {
    # details
    "not-competent": "{person} does not act for {owner}, to whom {detail} is left",
    "value-unclear": "a detail is fixed either in words or as a day",
    # duties
    "not-charged": "{person} does not act for {owner}, who is charged with {duty}",
    "id-of-decision": "{duty} has a dot in it, so it may be the id of a duty that a decision lays",
    "accepted-already": "{duty} was accepted already",
    "outside-window": "{decision} point {n} allows {start} to {end}, not {day}",
    # earlier
    "not-earlier": "{day} does not lie before the record began, on {founded_on}: the decision can be taken in it",
    "id-of-a-motion": "{decision} is the id of a motion of this record",
}
