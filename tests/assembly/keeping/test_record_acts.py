"""The record itself: what may be erased from it, what holds it, and what is said of its clock and keys."""

import pytest

from quorate.assembly.act import PART_FIELDS, Stamp
from quorate.assembly.items import dispose, open_business, open_item
from quorate.assembly.keeping.erasures import ErasePart, Ground, keeper_of
from quorate.assembly.keeping.holds import LiftHold, PlaceHold
from quorate.assembly.keeping.keys import RotateKey
from quorate.assembly.model.decision import Decision
from quorate.assembly.model.keeping import Hold
from quorate.assembly.model.motion import Motion
from quorate.assembly.organisation.membership import SuspendMember
from quorate.script.preset import load_preset
from tests.cast import CHAIR, CLERK, MEMBER, NOON, World, committee

TODAY = NOON.date()
VKEY = "records.example.org/assembly+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
OTHER = "records.example.org/assembly+0badcafe+AQ+7xyz0UPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy1w="


@pytest.fixture
def world() -> World:
    return committee()


def erase(
    seq: int = 2, *parts: str, ground: Ground = "personal-data", decision: str = ""
) -> ErasePart:
    return ErasePart(seq=seq, parts=parts or ("person",), ground=ground, decision=decision)


def test_erasure_is_recorded_and_joins_what_was_erased_before(world: World) -> None:
    assert world.kinds(world.act(erase(2, "person"))) == ["part.erased"]
    world.act(erase(2, "contact", "person"))
    world.act(erase(3, "text"))
    assert world.state.erased == {2: ("contact", "person"), 3: ("text",)}


def test_only_the_clerk_erases(world: World) -> None:
    world.refused(erase(), "not-entitled", by=CHAIR)


def test_only_an_entry_that_there_is_can_lose_a_part(world: World) -> None:
    world.refused(erase(-1), "unknown")
    world.refused(erase(world.state.size), "unknown")
    world.act(erase(world.state.size - 1))


def test_part_by_which_an_entry_is_folded_stays(world: World) -> None:
    world.refused(erase(2, "act"), "part-unerasable")
    world.refused(erase(2, "person", "act"), "part-unerasable")
    world.act(erase(2, *PART_FIELDS))


def test_nothing_is_erased_twice(world: World) -> None:
    world.refused(ErasePart(seq=2, parts=(), ground="personal-data"), "nothing-to-erase")
    world.act(erase(2, "person", "contact"))
    world.refused(erase(2, "person"), "already-erased")


def test_hold_forbids_erasing_what_it_covers_until_it_is_lifted(world: World) -> None:
    world.act(PlaceHold(hold="h-1", body="committee", first=3, last=4))
    world.refused(erase(3), "legal-hold")
    world.refused(erase(4, ground="court-order"), "legal-hold")
    world.act(erase(2))
    world.act(erase(5))
    world.act(LiftHold(hold="h-1"))
    world.act(erase(3))


def test_hold_without_an_end_covers_what_is_still_to_come(world: World) -> None:
    world.act(PlaceHold(hold="h-1", body="committee", first=5))
    world.act(SuspendMember(member=MEMBER, body="committee"))
    world.refused(erase(world.state.size - 1), "legal-hold")
    world.act(erase(4))


@pytest.mark.parametrize("first", [0, 2, 5])
@pytest.mark.parametrize("last", [None, 5, 6])
def test_hold_covers_its_entries_and_no_others(first: int, last: int | None) -> None:
    hold = Hold("h", "committee", first, last, TODAY)
    covered = [seq for seq in range(9) if hold.covers(seq)]
    assert covered == list(range(first, 9 if last is None else last + 1))
    hold.lifted_on = TODAY
    assert not any(hold.covers(seq) for seq in range(9))


def test_hold_is_open_business_until_lifted(world: World) -> None:
    world.act(PlaceHold(hold="h-1", body="committee", reason="an inquiry"))
    (item,) = open_business(world.state, TODAY)
    assert (item.kind, item.subject, item.owner) == ("hold", "h-1", f"person:{CLERK}")
    assert world.state.holds["h-1"].reason == "an inquiry"
    world.act(LiftHold(hold="h-1"))
    assert not world.state.open_items


def test_hold_is_placed_and_lifted_once_by_the_clerk(world: World) -> None:
    world.refused(PlaceHold(hold="h-1", body="committee"), "not-entitled", by=CHAIR)
    world.refused(PlaceHold(hold="h-1", body="nowhere"), "unknown")
    world.refused(PlaceHold(hold="h-1", body="committee", first=-1), "hold-backwards")
    world.refused(PlaceHold(hold="h-1", body="committee", first=3, last=2), "hold-backwards")
    world.refused(LiftHold(hold="h-1"), "unknown")
    world.act(PlaceHold(hold="h-1", body="committee"))
    world.refused(PlaceHold(hold="h-1", body="committee"), "exists")
    world.refused(LiftHold(hold="h-1"), "not-entitled", by=CHAIR)
    world.act(LiftHold(hold="h-1"))
    world.refused(LiftHold(hold="h-1"), "not-held")


# Words of a body that keeps them to itself


def secret() -> tuple[World, int]:
    """The committee in confidence, and an entry of its own: a suspension with its reason."""
    world = committee(load_preset("confidential-committee"))
    world.act(SuspendMember(member=MEMBER, body="committee", reason="said in confidence"))
    return world, world.state.size - 1


def decide(world: World, body: str = "committee") -> str:
    world.state.decisions["q-1"] = Decision(
        id="q-1",
        motion="q-1",
        division="",
        body=body,
        meeting="m-1",
        on=TODAY,
        seq=0,
        title="",
        clauses=(),
    )
    return "q-1"


def test_words_of_a_confidential_body_are_erased_by_its_leave() -> None:
    world, seq = secret()
    plain = erase(seq, "reason", ground="kept-long-enough")
    assert world.refused(plain, "audience-protected").clause.clause == "5.1"
    mistake = erase(seq, "reason", ground="entered-by-mistake")
    world.refused(mistake, "audience-protected")
    leave = erase(seq, "reason", ground="kept-long-enough", decision="q-1")
    world.refused(leave, "unknown")
    decide(world, body="paper")
    world.refused(leave, "audience-protected")
    decide(world)
    world.state.decisions["q-1"].rescinded_by = "q-2"
    world.refused(leave, "audience-protected")
    decide(world)
    world.act(leave)


@pytest.mark.parametrize("ground", ["personal-data", "court-order"])
def test_law_needs_no_leave(ground: Ground) -> None:
    world, seq = secret()
    world.act(erase(seq, "reason", ground=ground))


def test_words_that_all_members_read_need_no_leave(world: World) -> None:
    world.act(SuspendMember(member=MEMBER, body="committee", reason="said openly"))
    world.act(erase(world.state.size - 1, "reason", ground="kept-long-enough"))


def test_entry_that_belongs_to_no_body_needs_no_leave_but_an_existing_decision() -> None:
    world, _ = secret()
    world.act(erase(2, ground="kept-long-enough"))
    world.refused(erase(3, decision="q-9"), "unknown")


def test_body_of_an_entry_is_found_by_what_it_opened_closed_or_moved(world: World) -> None:
    state = world.state
    stamp = Stamp(at=NOON, by=CLERK)
    opened = state.size
    open_item(
        state,
        stamp,
        "duty",
        "x",
        body="committee",
        owner="body:committee",
        next_step="do-duty",
    )
    state.size += 1
    dispose(state, stamp, "duty", "x", "done")
    state.motions["q-1"] = Motion("q-1", "main", MEMBER, "committee", "m-1", TODAY, opened + 5)
    found = [seq for seq in range(opened + 9) if keeper_of(state, seq) is not None]
    assert found == [opened, opened + 1, opened + 5]


# The key


def test_keys_follow_on_each_other(world: World) -> None:
    first = RotateKey(old_key_id="00000001", new_vkey=VKEY)
    world.refused(first, "not-entitled", by=CHAIR)
    assert world.kinds(world.act(first)) == ["key.rotated"]
    assert world.refused(first, "key-not-in-use").facts["used"] == "c74f20a3"
    world.refused(RotateKey(old_key_id="c74f20a3", new_vkey=VKEY), "key-unchanged")
    world.act(RotateKey(old_key_id="c74f20a3", new_vkey=OTHER))
    assert world.state.keys == ["00000001", "c74f20a3", "0badcafe"]


@pytest.mark.parametrize(
    "vkey", ["", "name", VKEY + "\n", VKEY.replace("c74f20a3", "c74f20a"), "a b" + VKEY, "+" + VKEY]
)
def test_key_is_written_as_a_signed_note_writes_it(world: World, vkey: str) -> None:
    world.refused(RotateKey(old_key_id="00000001", new_vkey=vkey), "key-unfit")


def test_id_of_a_key_is_eight_hex_digits(world: World) -> None:
    world.refused(RotateKey(old_key_id="C74F20A3", new_vkey=VKEY), "key-unfit")
