"""What an entry says: written as parts, and read back the same."""

import pytest

from quorate.assembly.act import Stamp, kind_of
from quorate.assembly.inscription import inscribe, read_inscription
from quorate.assembly.motions.motions import MotionMoved, MoveMotion
from tests.cast import MEMBER, NOON


@pytest.mark.parametrize("text", [None, "", "That the hall be painted."])
def test_text_is_read_back_as_it_was_given_and_none_is_not_an_empty_one(text: str | None) -> None:
    act = MoveMotion(motion="m-1", kind="main", meeting="meeting-1", text=text)
    event = MotionMoved(act=act, body="committee")
    parts = inscribe(event, Stamp(at=NOON, by=MEMBER))
    assert parts.keys() == ({"act"} if text is None else {"act", "text"})
    assert read_inscription(kind_of(MotionMoved), parts).event == event
