"""What the fields of acts take, by their names: the ids of some register, or people."""

REGISTERS = {
    "meeting": "meetings",
    "motion": "motions",
    "motions": "motions",
    "amendment": "motions",
    "about": "motions",
    "order": "motions",
    "division": "divisions",
    "decision": "decisions",
    "rests_on": "decisions",
    "body": "bodies",
    "bodies": "bodies",
    "opposed": "bodies",
    "organ": "bodies",
    "office": "offices",
    "publication": "publications",
    "charge": "charges",
    "duty": "duties",
    "detail": "duties",
    "event": "calendar",
    "clash": "clashes",
    "resignation": "resignations",
    "communication": "communications",
    "dispatch": "dispatches",
    "dissent": "dissents",
    "minutes": "minutes",
    "report": "reports",
    "proxy": "proxies",
    "request": "requests",
    "hold": "holds",
    "group": "groups",
}
"""By the name of a field: the register of the state with the ids that it may have."""
PEOPLE = (
    "accused", "attendee", "chair", "clerk", "giver", "guest", "holder", "host", "invited", "member", "messenger",
    "people", "persons", "requested_by", "requesters", "seat", "seconder", "sender", "signatories", "substitute",
    "tellers", "voter",
)  # fmt: skip
"""The names of fields that take a person, or several."""
