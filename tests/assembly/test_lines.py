"""A name is one line: no act brings in one that ends a line, moves a cursor, or ends a text for other programs."""

import msgspec
import pytest

from quorate.assembly.act import ACTS, Act, Stamp
from quorate.assembly.inscription import OF_MANY_LINES, inscribe
from quorate.assembly.model.organisation import PersonalName
from quorate.assembly.organisation.bodies import BodyEstablished, EstablishBody
from quorate.assembly.organisation.membership import AdmitMember, MemberAdmitted
from quorate.canon.fault import Malformed
from quorate.canon.line import check_line, check_text, may_have_control
from tests.cast import CLERK, NOON

CONTROLS = [chr(c) for c in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)]
STAMP = Stamp(at=NOON, by=CLERK)


def written(value: object) -> bytes:
    return msgspec.json.encode(value)


def test_every_control_is_found_in_a_line_and_in_json() -> None:
    for c in CONTROLS:
        for text in (c, f"a{c}", f"{c}b", f"é{c}é"):
            with pytest.raises(Malformed, match=f"U\\+{ord(c):04X}"):
                check_line(text, "name")
            assert may_have_control(written({"name": [text]}))
    for point in {*range(0x3000)} - {*map(ord, CONTROLS)}:
        assert check_line(chr(point), "name") == chr(point)
        if chr(point) not in '"\\':
            assert not may_have_control(written(chr(point)))


def test_text_of_many_lines_has_no_nul() -> None:
    text = "".join(c for c in CONTROLS if c != "\0")
    assert check_text(text, "text") == text
    with pytest.raises(Malformed, match="NUL"):
        check_text("a\0b", "text")


@pytest.mark.parametrize("c", CONTROLS, ids=lambda c: f"{ord(c):x}")
def test_name_with_a_control_is_not_recorded(c: str) -> None:
    name = f"Gar{c}den"
    people = PersonalName("Ann", name), PersonalName(name)
    for event in (
        BodyEstablished(act=EstablishBody(body="b", name=name)),
        *(MemberAdmitted(act=AdmitMember(member="p-1", person=person)) for person in people),
    ):
        with pytest.raises(Malformed, match="one line"):
            inscribe(event, STAMP)
    event = BodyEstablished(act=EstablishBody(body="b", name="Garden"))
    for field in ("known_by", "by", "behalf"):
        with pytest.raises(Malformed, match=field):
            inscribe(event, msgspec.structs.replace(STAMP, **{field: name}))


def test_texts_keep_their_lines() -> None:
    remit = EstablishBody(body="b", name="Garden", remit="Beds.\nPaths.\tTrees.\r\nWater.")
    assert inscribe(BodyEstablished(act=remit), STAMP)
    quoted = EstablishBody(body="b", name='The "new" \\ garden')
    assert inscribe(BodyEstablished(act=quoted), STAMP)
    with pytest.raises(Malformed, match="NUL"):
        inscribe(BodyEstablished(act=msgspec.structs.replace(remit, remit="a\0b")), STAMP)


def test_texts_of_many_lines_are_fields_of_acts() -> None:
    def fields(shape: object) -> set[str]:
        found: set[str] = set()
        for each in msgspec.structs.fields(shape) if isinstance(shape, type) else ():
            found.add(each.name)
            for inner in nested(each.type):
                found |= fields(inner)
        return found

    def nested(hint: object) -> list[type]:
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            return [hint]
        return [each for arg in getattr(hint, "__args__", ()) for each in nested(arg)]

    named: set[str] = set()
    for act in ACTS.values():
        assert issubclass(act, Act)
        named |= fields(act)
    assert named >= OF_MANY_LINES
    assert "name" in named - OF_MANY_LINES
    assert "title" in named - OF_MANY_LINES
