"""Tokens: an act that is tried again is answered with what its first try got, and nothing is done twice."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from quorate.assembly.act import Act
from quorate.assembly.audience import EVERYTHING
from quorate.assembly.motions.motions import MoveMotion
from quorate.assembly.organisation.bodies import EstablishBody, FoundOrganisation
from quorate.assembly.refusal import Refused
from quorate.audit.verify import verify
from quorate.canon.fault import Malformed, Unverified
from quorate.desk.answer import Acknowledged, Caller
from quorate.desk.desk import Desk
from quorate.desk.folder_reader import FolderReader
from quorate.record.receipt import check_receipt
from quorate.store import open_store
from quorate.store.memory import MemoryStore
from tests.assembly.chamber import under
from tests.audit.forgery import changed, published
from tests.audit.zoo import Written
from tests.cast import CHAIR, CLERK, MEMBER, NOON, committee
from tests.desk.office import Office, play

TOKEN = "k7Qd-1xYzA_94tPmW2"
FOUND = FoundOrganisation(organisation="o-1", name="House", clerk=CLERK)
BY = Caller(by=CLERK, token=TOKEN)


def body(n: int) -> EstablishBody:
    return EstablishBody(body=f"b-{n}", name="The body")


def move(key: str, **words: str) -> MoveMotion:
    return MoveMotion(motion=key, kind="main", body="committee", title="Paint the hall", **words)


def refusal(do: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        do()
    return refused.value


def size(desk: Desk) -> int:
    return desk.read(lambda state: state.size)


@pytest.fixture
def office(store: str) -> Office:
    return Office(lambda: open_store(store))


def test_second_try_is_answered_with_what_the_first_got_also_after_a_restart(
    office: Office,
) -> None:
    with office.open() as desk:
        desk.act(FOUND, Caller(by=CLERK))
        first = desk.act(body(1), BY)
        desk.act(body(2), Caller(by=CLERK))
        again = desk.act(body(1), BY)
        assert (again.first, again.events) == (first.first, first.events)
        assert (again.size, size(desk)) == (3, 3)
        entry, _ = desk.parts(again.first)
        check_receipt(desk.receipt(again.first, again), entry, office.key.verifier)
    with office.open() as desk:
        again = desk.act(body(1), BY)
        assert (again.first, again.events, size(desk)) == (first.first, first.events, 3)


def test_two_tries_at_once_are_one_act(office: Office) -> None:
    with office.open() as desk:
        desk.act(FOUND, Caller(by=CLERK))
        waiting = [desk.submit(body(1), BY) for _ in range(50)]
        answers = [each.wait() for each in waiting]
        assert {each.first for each in answers} == {1}
        assert size(desk) == 2


def test_what_followed_from_the_first_try_is_answered_too() -> None:
    office = Office(MemoryStore)
    with office.open() as desk:
        play(committee(under()), desk)
        motion = move("m-1")
        first = desk.act(motion, Caller(by=MEMBER, token=TOKEN))
        assert desk.act(motion, Caller(by=MEMBER, token=TOKEN)).events == first.events


def test_id_made_anew_for_the_second_try_gives_way_to_that_of_the_first() -> None:
    office = Office(MemoryStore)
    with office.open() as desk:
        play(committee(under()), desk)
        caller = Caller(by=MEMBER, token=TOKEN)
        desk.act(move("mo-7kq2zr9dxw", text="White"), caller)
        again = desk.act(move("mo-2222222222", text="White"), caller)
        assert again.again
        assert again.events[0].act.motion == "mo-7kq2zr9dxw"  # type: ignore[attr-defined]
        assert "mo-2222222222" not in desk.read(lambda state: state.motions)
        assert (
            refusal(lambda: desk.act(move("m-3", text="White"), caller)).code == "tried-otherwise"
        )


@pytest.mark.parametrize(
    ("act", "caller"),
    [
        (move("m-1", text="Green"), Caller(by=MEMBER, token=TOKEN)),
        (MoveMotion(motion="m-1", kind="main", body="committee"), Caller(by=CHAIR, token=TOKEN)),
        (move("m-1"), Caller(by=MEMBER, behalf=CHAIR, token=TOKEN)),
        (body(1), Caller(by=MEMBER, token=TOKEN)),
    ],
)
def test_token_of_another_act_is_refused_and_nothing_done(act: Act, caller: Caller) -> None:
    office = Office(MemoryStore)
    with office.open() as desk:
        play(committee(under()), desk)
        first = desk.act(move("m-1", text="White"), Caller(by=MEMBER, token=TOKEN)).first
        before = size(desk)
        refused = refusal(lambda: desk.act(act, caller))
        assert (refused.code, refused.facts["seq"]) == ("tried-otherwise", first)
        assert size(desk) == before


def test_equal_act_without_a_token_is_another_act(office: Office) -> None:
    with office.open() as desk:
        desk.act(FOUND, Caller(by=CLERK))
        desk.act(body(1), BY)
        assert refusal(lambda: desk.act(body(1), Caller(by=CLERK))).code == "exists"
        another = Caller(by=CLERK, token=TOKEN[::-1])
        assert refusal(lambda: desk.act(body(1), another)).code == "exists"


def test_refused_act_leaves_its_token_unused(office: Office) -> None:
    with office.open() as desk:
        desk.act(FOUND, Caller(by=CLERK))
        desk.act(body(1), Caller(by=CLERK))
        assert refusal(lambda: desk.act(body(1), BY)).code == "exists"
        assert desk.act(body(2), BY).first == 2


@pytest.mark.parametrize(("later", "known"), [(59, True), (121, False)])
def test_token_is_remembered_for_an_hour_at_least(office: Office, later: int, known: bool) -> None:
    with office.open() as desk:
        desk.act(FOUND, Caller(by=CLERK))
        desk.act(body(1), BY)
        for n, minutes in enumerate((0, 61), 2):
            if later > minutes:
                office.clock.at = NOON + timedelta(minutes=minutes)
                desk.act(body(n), Caller(by=CLERK, token=f"another-token-{n:04}"))
        office.clock.at = NOON + timedelta(minutes=later)
        if known:
            assert desk.act(body(1), BY).first == 1
        else:
            desk.act(body(9), Caller(by=CLERK, token="another-token-0009"))
            assert refusal(lambda: desk.act(body(1), BY)).code == "exists"


@pytest.mark.parametrize(
    "token", ["short", "x" * 65, "with a space in it", "a\nnew line here..", "ä" * 20]
)
def test_token_is_long_and_plain(token: str) -> None:
    office = Office(MemoryStore)
    with office.open() as desk, pytest.raises(Malformed, match="token"):
        desk.act(FOUND, Caller(by=CLERK, token=token))


def test_token_is_on_the_record_and_said_once(tmp_path: Path) -> None:
    office = Office(MemoryStore)
    with office.open() as desk:
        desk.act(FOUND, BY)
        _, parts = desk.parts(0)
        assert sum(TOKEN.encode() in part.data for part in parts) == 1
        desk.export(tmp_path / "x", office.key.verifier, lambda _: EVERYTHING)
        verify(FolderReader(tmp_path / "x"), office.key.verifier)


def test_record_in_which_one_token_was_used_twice_fails() -> None:
    world = Written()
    world.act(FOUND, token=TOKEN)
    world.act(body(1), token=TOKEN[::-1])

    def same_token(said: dict[str, object]) -> None:
        said["token"] = TOKEN

    office = Office(MemoryStore)
    verify(published(world.rows, office.key), office.key.verifier)
    with pytest.raises(Unverified) as failed:
        verify(published(changed(world.rows, 1, same_token), office.key), office.key.verifier)
    assert (failed.value.check, failed.value.entry) == ("8 acts", 1)


# All or none


def together(
    desk: Desk, *acts: Act, expected: tuple[str, ...] = ()
) -> list[Acknowledged | Refused]:
    return desk.submit_together([(act, Caller(by=CLERK), None) for act in acts], expected).wait()


def test_acts_together_are_recorded_all_or_none(office: Office) -> None:
    with office.open() as desk:
        desk.act(FOUND, Caller(by=CLERK))
        others = [desk.submit(body(n), Caller(by=CLERK)) for n in range(100, 110)]
        batch = desk.submit_together([(body(n), Caller(by=CLERK), None) for n in (1, 2, 100, 3)])
        more = [desk.submit(body(n), Caller(by=CLERK)) for n in range(110, 120)]
        assert refusal(batch.wait).code == "exists"
        assert batch.failed is batch.acts[2]
        assert [each.wait().first for each in (*others, *more)] == list(range(1, 21))
        assert size(desk) == 21
        answers = together(desk, body(1), body(2), body(3))
        assert [each.first for each in answers if isinstance(each, Acknowledged)] == [21, 22, 23]
    with office.open() as desk:
        assert size(desk) == 24


def test_acts_together_that_fail_at_once_leave_the_state_alone(office: Office) -> None:
    with office.open() as desk:
        desk.act(FOUND, Caller(by=CLERK))
        fold = desk._fold.state
        assert refusal(lambda: together(desk, FOUND, body(1))).code == "already-founded"
        assert desk._fold.state is fold


def test_refusal_that_is_expected_is_no_failure(office: Office) -> None:
    with office.open() as desk:
        desk.act(FOUND, Caller(by=CLERK))
        _, refused, last = together(desk, body(1), body(1), body(2), expected=("", "exists", ""))
        assert isinstance(refused, Refused)
        assert isinstance(last, Acknowledged)
        with pytest.raises(Malformed, match="exists; it is in order"):
            together(desk, body(3), body(4), expected=("", "exists"))
        assert refusal(lambda: together(desk, body(2), expected=("not-entitled",))).code == "exists"
        assert size(desk) == 3
