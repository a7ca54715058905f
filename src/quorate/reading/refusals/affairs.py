"""Refusals about affairs of members and bodies, in words; facts stand in braces."""

WORDS = {
    # appeals
    "no-appeal": "there is no appeal from {body}",
    "no-measure": "no measure was taken on charge {charge}",
    "not-accused": "{person} is not the accused of charge {charge}",
    "appealed-already": "charge {charge} was appealed already",
    "not-appealed": "no appeal is open on charge {charge}",
    # breaches
    "already-linked": "{publication} is linked to decision {decision} already",
    "no-breach-question": "{publication} raised no question of a breach of decision {decision}",
    "answered-already": "that question was answered: {how}",
    "charge-unnamed": "the charge that was brought is to be named, and no other answer names one",
    "of-another-body": "{what} {id} is of {owner}, not of {body}",
    # charges
    "no-grounds": "a charge states its grounds",
    "already-notified": "{accused} was notified on {on}",
    "not-notified": "{accused} was not notified of charge {charge}",
    "hearing-too-soon": "{accused} had {clear} clear days of notice of charge {charge}, {needed} needed",
    "already-recused": "{person} is recused from charge {charge} already",
    "not-accuser": "{person} did not bring charge {charge}",
    "measure-pending": "motion {motion} on charge {charge} is still to be decided",
    # correspondence
    "no-such-demand": "letter {communication} makes {demands} demands; there is no number {n}",
    "demand-answered": "demand {n} of letter {communication} was answered: {how}",
    "demand-before-body": "demand {n} of letter {communication} is before the body as motion {motion}",
    "motion-is-decided": "motion {motion} is {status} already",
    # discipline
    "recused": "{person} is recused from charge {charge}",
    "no-hearing": "{accused} was not heard on charge {charge}",
    "no-such-measure": "motion {motion} is no undecided discipline motion of {body} on charge {charge}",
    "measure-unclear": "an end belongs to a suspension, an office to a removal, and {accused} must hold it",
    # dispatches
    "not-messenger": "{person} neither carries dispatch {dispatch} nor keeps the books of {body}",
    "not-recipient": "dispatch {dispatch} is not to {person}",
    # dissent
    "dissent-not-allowed": "{body} records no dissent",
    "time-limit": "the time for this ended on {until}",
    "no-signatory": "nobody signs it",
    "signatory-twice": "{person} is named as a signatory twice",
    "signs-for-others": "{person} cannot sign for {others}: each signs, or who keeps the books enters it",
    "not-in-the-decision": "{person} had no seat in {body} when it decided, on {on}",
    "voted-for": "{person} voted for {decision}",
    "already-signed": "{person} has signed {id} already",
    "not-signatory": "{person} has not signed {id}",
    # publications
    "not-editor": "{person} has no seat or office in {organ}, which edits it",
    "not-the-printer": "{publication} was not printed by {body}",
    "not-yet-out": "it cannot have appeared on {on}, after today",
    "another-dissent": "request {request} is about {asked}, not about {printed}",
    # resignations
    "not-holder": "{person} does not hold {office}",
    "already-tendered": "{person} has tendered the resignation {resignation} already",
    "already-disposed": "the resignation {resignation} is {status}",
    "own-resignation": "{person} cannot object to their own resignation, only withdraw it",
    "objected-already": "{person} has objected to {resignation} already",
    "objected": "{objectors} objected to {resignation}: it takes a motion",
    "before-another-body": "the resignation {resignation} is before {to}, not {body}",
}
