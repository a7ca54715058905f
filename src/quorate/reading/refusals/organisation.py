"""Refusals about the organisation, its bodies and members, in words; facts stand in braces."""

WORDS = {
    # bodies
    "already-founded": "the record belongs to {organisation} already",
    "office-filled": "{office} is held by {holder} until {until}",
    "office-vacant": "{office} is vacant",
    "term-backwards": "a term from {since} cannot end on {until}",
    "has-open-business": "{body} has open business: {items}",
    # membership
    "weight-negative": "a seat casts {weight} votes; it can cast none, but not fewer",
    "not-in-good-standing": "{person} is not a member in good standing",
    "not-suspended": "{person} is not suspended",
    "already-left": "{person} has left already",
    "keeps-the-record": "{person} keeps the record; somebody else must keep it first",
    "no-substitutes": "a seat in {body} has no substitute",
    "substitute-seated": "{person} holds a seat in {body} and cannot fill another",
    # standing orders
    "needs-decision": "{body} has standing orders; they are changed by a decision of its own",
    "decision-elsewhere": "{decision} was decided by {owner}, not by {body}",
    "decision-not-in-force": "{decision} was rescinded by {rescinded_by}",
    "decision-other-kind": "{decision} is a decision of the kind {kind}, not {wanted}",
    "majority-too-small": "{decision} was carried, but not by the majority that changing the orders needs",
    "order-unfit": "that is no rule on {rule}: {fault}",
    # terms
    "weights-too-large": "the seats of {body} would weigh more than {most} together, and their sum could not be recorded",
    "already-seated": "{person} holds a seat in {body} until {until}",
    "term-overlaps": "{person} held a seat in {body} until {until}, and a new term would begin on {since}",
    "seats-full": "all {seats} seats of {body} are taken on {on}",
    "not-seated": "{person} holds no seat in {body}",
}
