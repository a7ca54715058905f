"""Refusals about divisions, in words; facts stand in braces."""

WORDS = {
    # box
    "setup-unclear": "a ballot is not prepared with such a {what}",
    "credentials-differ": "{voters} can vote in division {division}, with weight {weight}; {issued} credentials were issued, of weight {given}",
    "box-unclear": "what the box of division {division} holds is not said as it should be: {what}",
    "ballots-unaccounted": "{counted} ballots were counted in division {division} with {entitled} entitled; the figures are of {ballots} ballots and {not_voted} who did not vote",
    # circular
    "not-for-circular": "{motion} was moved at meeting {meeting} and is decided there",
    "period-too-short": "a circular vote runs for {days} days at least",
    "meeting-demanded": "members demanded a meeting on {motion}: {demanded_by}",
    "already-demanded": "{person} has demanded a meeting already",
    # counts
    "not-a-teller": "{person} is not a teller of division {division}",
    "figures-unclear": "a figure is a number of 0 or more, and not more than people who could vote",
    "no-difference": "division {division} has no difference to explain",
    # divisions
    "needs-second": "{motion} has not been seconded",
    "division-closed": "division {division} is {status}",
    "counts-missing": "division {division} has the figures of {had} of {needed} tellers",
    "tellers-differ": "the tellers of division {division} differ: {figures}",
    "period-runs": "division {division} runs until {closes_at}",
    "recounted": "division {division} was taken again as {again}",
    "recount-once": "division {division} has been taken again once already",
    "wrong-method": "division {division} is taken by {method}",
    # opening
    "rule-fixed": "the standing orders name the majority for a motion of kind {kind}; no other may be chosen",
    "rule-not-in-orders": "the standing orders of {body} have no such majority",
    "rule-unmeasurable": "the rule asks for {what}, which is not known of this division",
    "weighted-needs-names": "votes of different weight are taken by name, not by {method}",
    "tellers-needed": "a counted division takes {needed} tellers, and {named} were named",
    # results
    "rule-unmet": "the rule makes of division {division}: {outcome}",
    "tie-unbroken": "division {division} is tied: {needs} decides it",
    "no-tie-to-break": "division {division} waits for no {what}: {outcome}",
    "seed-unclear": "a seed is 16 to 64 bytes in lower-case hexadecimal",
    "figures-to-come": "the result of division {division} comes with the figures of its ballots",
    # secret
    "ballot-prepared": "the ballot of division {division} was prepared already, and ballots may have been cast",
    "ballot-not-prepared": "no ballot was prepared for division {division}",
    # votes
    "not-entitled-to-vote": "{person} cannot cast the vote of {voter} in division {division}: {why}",
    "already-voted": "the vote of {voter} in division {division} was cast already",
    "not-voted-yet": "the vote of {voter} in division {division} was not cast yet",
    "register-frozen": "{voter} was not present when the register of division {division} was frozen",
    "represented": "{voter} is represented by {holder} in division {division}, who casts the vote",
    "instructed": "{voter} instructed {holder} to vote {instruction}",
    "vote-stands": "a vote once cast in {body} stands",
    "result-declared": "the result of division {division} was declared",
    "by-consent": "division {division} is by consent: one objects, stands aside or says nothing",
    "takes-votes": "division {division} is by votes, not by consent",
}
