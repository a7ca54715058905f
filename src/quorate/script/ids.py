"""Ids that the desk gives when an act opens something and does not name it."""

from quorate.canon.ident import mint_ident
from quorate.desk.port import Entropy

OPENS = {
    "admit-member": "member",
    "announce-event": "event",
    "bring-charge": "charge",
    "charge-with": "duty",
    "convene-meeting": "meeting",
    "create-office": "office",
    "demand-division": "again",
    "demand-recount": "again",
    "draft-minutes": "minutes",
    "establish-body": "body",
    "found-organisation": "organisation",
    "give-proxy": "proxy",
    "give-report": "report",
    "group-motions": "group",
    "move-motion": "motion",
    "open-circular-vote": "division",
    "open-division": "division",
    "place-hold": "hold",
    "place-item": "item",
    "raise-point-of-order": "point",
    "receive-communication": "communication",
    "record-dissent": "dissent",
    "record-earlier-decision": "decision",
    "record-publication": "publication",
    "request-floor": "turn",
    "request-publication": "request",
    "send-dispatch": "dispatch",
    "tender-resignation": "resignation",
}
"""By act: the field with the id of the thing that it opens."""

INTRODUCES = {"admit-member": "member", "found-organisation": "clerk"}
"""By act: the field with the id of the person whom its part `person` names."""

PREFIXES = {
    "again": "division",
    "clerk": "p",
    "meeting": "m",
    "member": "p",
    "motion": "mo",
    "organisation": "o",
}
"""By field: what a minted id begins with, where it is not the name of the field."""


def mint(field: str, entropy: Entropy) -> str:
    """A new opaque id for what a field names, such as `p-7kq2zr9dxw` for a member."""
    return mint_ident(PREFIXES.get(field, field), entropy.bytes)
