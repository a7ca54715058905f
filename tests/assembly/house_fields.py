"""What the fields of acts take, by their names: the ids of some register, or people."""

from quorate.assembly import state
from quorate.assembly.state import fields_of

BESIDE = {
    "about": "motion",
    "bodies": "body",
    "cover": "meeting",
    "motions": "motion",
    "opposed": "body",
    "order": "motion",
    "organ": "body",
    "rests_on": "decision",
}
"""By the name of a field that holds ids of something beside the thing that it is named for."""
REGISTERS = {field: state.REGISTERS[thing] for field, thing in BESIDE.items()} | {
    field: register for thing, register in state.REGISTERS.items() for field in fields_of(thing)
}
"""By the name of a field: the register of the state with the ids that it may have."""
PEOPLE = (
    "accused", "attendee", "chair", "clerk", "giver", "guest", "holder", "host", "invited", "member", "messenger",
    "people", "persons", "requested_by", "requesters", "seat", "seconder", "sender", "signatories", "substitute",
    "tellers", "voter",
)  # fmt: skip
"""The names of fields that take a person, or several."""
REFERENCES = ("bearer", "owner", "to")
"""The names of fields that take a reference to a body, an office or a person."""
WORDS = (
    "alias", "archive", "city", "condition", "demands", "grounds", "how", "kind", "level", "name", "new_vkey",
    "old_key_id", "organisation", "place", "remit", "role", "seed", "title", "value", "what", "where", "zone",
)  # fmt: skip
"""The names of fields that take words; an id in one of them is the random house's to find out."""
