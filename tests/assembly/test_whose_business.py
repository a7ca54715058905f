"""Every act and event says whose business it is, in a field that is asked for it."""

from typing import get_type_hints

from quorate.assembly import audience, house
from quorate.assembly.act import EVENTS
from quorate.assembly.state import REGISTERS
from tests.assembly import house_fields

assert house.SUBJECTS
ASKED = {name for name, _ in (*audience._to_body, *audience._to_addressee)}
UNASKED = {
    "about": "a motion before the meeting that the act names",
    "bodies": "asked through the event",
    "cover": "another name of the meeting that the act names",
    "clerk": "nobody's business but the organisation's",
    "member": "nobody's business but the organisation's, or that of the body that the act names",
    "motions": "motions before the meeting that the act names, or of the group",
    "opposed": "asked through the event",
    "order": "motions of the group",
    "person": "a part",
    "rests_on": "a decision of the body whose decision the act names",
}
"""Fields with ids that are not asked whose business an act or event is, and why they need not be."""


def test_every_field_with_an_id_is_asked_whose_business_it_is() -> None:
    """What rests on a field that is not asked would be for the members, however confidential its body."""
    assert house_fields.REGISTERS.keys() - ASKED == UNASKED.keys()


FROM_NO_MEETING = {
    "body",
    "charge",
    "communication",
    "dispatch",
    "hold",
    "item",
    "office",
    "person",
    "proxy",
    "publication",
    "request",
    "resignation",
}
"""Things that do not come from a meeting, or that do not keep to its confidence what is said of them later."""


def test_every_thing_is_asked_from_which_meeting_it_comes_or_comes_from_none() -> None:
    """What comes from a meeting in confidence is for the body, whatever its orders say."""
    asked = {name for name, _ in audience._to_origin}
    assert REGISTERS.keys() - asked == FROM_NO_MEETING


OF_THE_ORGANISATION = {
    "organisation.founded",
    "member.admitted",
    "member.reinstated",
    "clock-jump.noted",
    "clock.corrected",
    "key.rotated",
}


def test_every_event_says_whose_it_is_in_a_way_that_is_understood() -> None:
    """An event whose fields lead nowhere would be for the members, however confidential its body."""
    lost = set()
    for kind, event in EVENTS.items():
        act = get_type_hints(event).get("act")
        fields = {*event.__struct_fields__, *(act.__struct_fields__ if act else ())}
        if not fields & ASKED:
            lost.add(kind)
    assert lost == OF_THE_ORGANISATION
