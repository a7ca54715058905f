"""Refusals about motions, in words; facts stand in braces."""

WORDS = {
    # competing
    "group-begun": "the voting on the motions of {group} has begun",
    "group-unclear": "a group has two different pending motions or more, each once in the order of voting",
    "order-needed": "the chair has to say in which order the motions of {group} are put",
    "not-in-turn": "{motion} is not next in the order of voting: {next} is",
    "no-competitor": "{motion} is of kind {kind}, which cannot stand for itself beside others",
    # motions
    "guests-may-not-move": "{person} is a guest of {meeting} and may not {act}",
    "needs-notice": "a motion of kind {kind} needs previous notice",
    "circular-not-allowed": "{body} does not decide by circular vote",
    "meeting-or-body": "a motion names either the meeting or, for a circular vote, the body",
    "seconds-own-motion": "{person} moved {motion} and cannot second it",
    "not-the-mover": "{person} did not move {motion}: {mover} did",
    "not-an-amendment": "{motion} is of kind {kind}, not an amendment",
    "clause-twice": "{motion} has clause {n} twice",
    "not-yet-due": "{motion} was postponed to {until}",
    # precedence
    "unknown-kind": "{kind} is no kind of motion in the standing orders of {body}",
    "not-in-order-now": "{kind} is not in order while {pending} ({pending_kind}) is pending",
    "nothing-pending": "{kind} applies to a pending motion, and {target} is none",
    "not-by-itself": "a motion to {kind} applies to {root} with all that adheres to it, not to {target}",
    "not-amendable": "{target} cannot be amended: it is {why}",
    "not-debatable": "{motion} is not debatable: {why}",
    "chair-decides": "no vote is taken on {motion}: a motion of kind {kind} is decided by {decided}",
    # rulings
    "ruling-needs-ground": "a ruling out of order rests on a decision or on a standing order, and names one",
    "nothing-to-rule": "{motion} is in order already",
    # targets
    "out-of-order": "{motion} was ruled out of order: it conflicts with {ground}",
    "not-in-force": "{decision} is not in force: {rescinded_by} took its place",
    "not-its-decision": "{decision} was taken by {owner}, not by {body} or a body under it",
    "no-such-clause": "there is no clause {clause_ref}",
    "not-prevailing": "{person} did not vote with the prevailing side on {motion}",
    "moved-again": "a motion of kind {kind} is not reconsidered: it is moved again",
    "reconsider-too-late": "{motion} was decided at {meeting}: it can be reconsidered only there",
    "not-before-body": "{what} {id} is before {body}",
}
