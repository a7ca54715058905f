"""Whoever is in an example is given an export that the auditor finds in order, as theirs; also who left, and who was suspended."""

from collections.abc import Callable

import pytest

from quorate.assembly.audience import may_export
from quorate.assembly.organisation.bodies import CreateOffice, EstablishBody, FillOffice
from quorate.assembly.organisation.membership import SuspendMember
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.audit.absences import ExportReader
from quorate.audit.replay import Replay
from quorate.desk.port import Row
from quorate.script.acts import script_files
from quorate.store.memory import MemoryStore
from tests.assembly.chamber import under
from tests.audit.club import CONFIDENTIAL, verified, written
from tests.audit.forgery import leaf_of
from tests.cast import MEMBER
from tests.desk.office import Office
from tests.reading.replayed import EXAMPLES, october, play_script, rows_of


def co_operative() -> list[Row]:
    with Office(MemoryStore).open() as desk:
        play_script(desk, script_files(EXAMPLES / "housing-co-operative"))
        return list(rows_of(desk))


@pytest.mark.parametrize("played", [october, co_operative])
def test_every_reader_of_an_example_finds_their_export_in_order(
    played: Callable[[], list[Row]],
) -> None:
    rows = played()
    whole = Replay()
    for row in rows:
        whole.step(leaf_of(row))
    state, day = whole.state, whole.last_on
    for name in ("public", "members", *state.people):
        replay = Replay()
        for row in rows:
            replay.step(leaf_of(row, lambda part: may_export(state, name, part.audience, day)))  # noqa: B023
        replay.finish()
        replay.absences.finish(replay.state, replay.unseen, replay.last_on, ExportReader(name))


def test_officer_who_is_suspended_finds_what_is_theirs_by_their_office_in_order() -> None:
    world = written("To paint.")
    world.act(EstablishBody(body="board", name="Board"))
    world.act(CreateOffice(office="board.chair", body="board", role="chair", name="Chair"))
    world.act(FillOffice(office="board.chair", holder=MEMBER))
    world.act(AdoptStandingOrders(body="board", orders=under(confidentiality=CONFIDENTIAL)))
    world.act(SuspendMember(member=MEMBER, body="committee"))
    day = world.state.last_at.date()
    said = verified(
        world.rows, lambda part: may_export(world.state, MEMBER, part.audience, day), MEMBER
    )
    assert said.parts_untold > 0
    assert said.missing < len(world.rows)
