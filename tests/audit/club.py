"""A record for readers of every kind: a committee that decides openly, and editors whose acts are for themselves."""

from collections.abc import Sequence

import pytest

import tests.cast
from quorate.assembly.audience import may_read
from quorate.assembly.keeping.erasures import ErasePart
from quorate.assembly.model.organisation import PersonalName
from quorate.assembly.organisation.bodies import EstablishBody
from quorate.assembly.organisation.membership import AdmitMember, RecordDeparture, SeatMember
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.assembly.state import State
from quorate.audit.absences import ExportReader
from quorate.audit.verify import Verified, verify
from quorate.canon.fault import Unverified
from quorate.desk.port import Row
from quorate.record.entry import Part, open_envelope, seal
from quorate.record.note import Signer
from tests.assembly.chamber import call, close, declare, move, put, under
from tests.audit.forgery import MaySee, everything, for_members, published, where
from tests.audit.zoo import Written
from tests.cast import VOTERS
from tests.desk.office import ORIGIN

KEY = Signer(ORIGIN, bytes(range(32)))
CONFIDENTIAL = {"acts": "body", "texts": "body"}
EDITOR, LEFT = "p-editor", "p-left"
Rows = Sequence[Row]


class Club:
    """What the state is in the end, and the record, from which the text of the first motion was erased."""

    def __init__(self) -> None:
        world = written(text="To paint the hall.")
        world.act(
            AdmitMember(member=EDITOR, person=PersonalName(name="Ed"), contact="ed@example.org")
        )
        world.act(AdmitMember(member=LEFT, person=PersonalName(name="Lee")))
        world.act(RecordDeparture(member=LEFT))
        world.act(EstablishBody(body="editors", name="Editors"))
        world.act(AdoptStandingOrders(body="editors", orders=under(confidentiality=CONFIDENTIAL)))
        world.act(SeatMember(body="editors", member=EDITOR))
        move(world, "m-2", "amend", text="Blue.", target="m-1")
        divide(world, "m-2")
        self.moved = where(world.rows, "motion.moved")
        world.act(ErasePart(seq=self.moved, parts=("text",), ground="personal-data"))
        divide(world, "m-1")
        self.state = world.state
        self.unerased = world.rows
        self.rows = lacking(world.rows, self.moved, "text")
        self.gap = where(self.rows, "standing-orders.adopted", 1)
        """The first entry that is not for every member."""


def written(text: str, **changes: dict[str, str]) -> Written:
    """The committee sitting, with a motion before it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tests.cast, "World", Written)
        world = tests.cast.sitting(under(**changes))
    assert isinstance(world, Written)
    move(world, "m-1", text=text)
    return world


def divide(world: Written, motion: str) -> None:
    """All are for it."""
    put(world, motion)
    call(world, f"d-{motion}", VOTERS)
    close(world, f"d-{motion}")
    declare(world, f"d-{motion}")


def sight(state: State, name: str) -> MaySee:
    """What an export for a reader has in it."""
    if name == "members":
        return for_members
    person = None if name == "public" else name
    return lambda part: may_read(state, person, part.audience, state.last_at.date())


def verified(rows: Rows, may_see: MaySee = everything, reader: str = "") -> Verified:
    """The report on an export of those rows."""
    named = ExportReader(reader) if reader else None
    return verify(published(rows, KEY, may_see), KEY.verifier, reader=named)[0]


def failure(rows: Rows, may_see: MaySee = everything, reader: str = "") -> tuple[str, int | None]:
    """The check and the entry that fail."""
    with pytest.raises(Unverified) as failed:
        verified(rows, may_see, reader)
    return failed.value.check, failed.value.entry


def lacking(rows: Rows, seq: int, name: str = "act") -> list[Row]:
    """The rows without a part of one."""
    kept = tuple(part for part in rows[seq].parts if part.name != name)
    return with_row(rows, Row(seq, rows[seq].entry, kept))


def with_row(rows: Rows, row: Row) -> list[Row]:
    """The rows with another in the place of one."""
    return [row if each.seq == row.seq else each for each in rows]


def rewritten(
    row: Row, kind: str = "", sitting: str | None = None, parts: Sequence[Part] = ()
) -> Row:
    """The row with another envelope, sealed anew."""
    envelope = open_envelope(row.entry)
    given = tuple(parts) or row.parts
    place = sitting or envelope.sitting
    return Row(row.seq, seal(row.seq, envelope.at, kind or envelope.kind, place, given), given)


def widened(rows: Rows, seq: int, name: str, audience: str) -> list[Row]:
    """The rows with a part for another audience, sealed anew."""
    parts = [
        Part(part.name, part.salt, part.data, audience) if part.name == name else part
        for part in rows[seq].parts
    ]
    return with_row(rows, rewritten(rows[seq], parts=parts))
