"""October 1917, told by an operator who holds the key and lies about its votes: each lie fails a check that names it.

Each is told twice: in the whole record, and in an export for readers from whom some other body's acts are withheld, so
that its divisions are checked by their own entries.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pytest

from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.audit.absences import ExportReader
from quorate.audit.verify import Verified, verify
from quorate.canon.fault import Unverified
from quorate.desk.port import Row
from quorate.record.entry import Part
from quorate.record.note import Signer
from quorate.script.handles import Handles
from tests.audit.forgery import (
    MaySee,
    act_of,
    changed,
    everything,
    for_members,
    inserted,
    kind_of,
    note_of,
    published,
    reseal,
    where,
    without,
)
from tests.audit.retelling import acts_of, told
from tests.conftest import Tried
from tests.desk.office import ORIGIN
from tests.reading.replayed import october

KEY = Signer(ORIGIN, bytes(range(32)))
Rows = Sequence[Row]
Tell = Callable[[Rows], Rows]


def for_the_committee(part: Part) -> bool:
    """What members of the Central Committee may see, who sit in no other closed body."""
    return for_members(part) or part.audience == "body:cc"


def for_nobody(_: Part) -> bool:
    return False


def by_handle(state: State, handle: str) -> str:
    return Handles(state).resolve(handle)


READERS: dict[MaySee, ExportReader | None] = {
    everything: None,
    for_members: ExportReader("members"),
    for_the_committee: ExportReader("lenin", by_handle),
    for_nobody: ExportReader("public"),
}


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return october()


def verified(rows: Rows, may_see: MaySee = everything, **more: Any) -> Verified:
    return verify(published(rows, KEY, may_see), KEY.verifier, reader=READERS[may_see], **more)[0]


def event(change: Callable[[Any], None]) -> Callable[[Any], None]:
    """A change of what an act says of its event."""
    return lambda said: change(said["event"])


def edit(kind: str, nth: int, change: Callable[[Any], None]) -> Tell:
    """The lie that changes the event of the nth entry of a kind."""
    return lambda rows: changed(rows, where(rows, kind, nth), event(change))


def drop_vote(said: Any) -> None:
    said["act"]["votes"].popitem()


def turn_vote(said: Any) -> None:
    votes = said["act"]["votes"]
    voter = next(each for each, choice in votes.items() if choice == "against")
    votes[voter] = "for"


def turn_abstention(said: Any) -> None:
    votes = said["act"]["votes"]
    voter = next(each for each, choice in votes.items() if choice == "abstain")
    votes[voter] = "for"


def add_stranger(said: Any) -> None:
    said["act"]["votes"]["p-stranger"] = "for"


def add_to_register(said: Any) -> None:
    said["opening"]["register"].append(["p-stranger", 1, "", "in-person", ""])


def repeat_in_register(said: Any) -> None:
    said["opening"]["register"].append(said["opening"]["register"][0])


def remove_from_register(said: Any) -> None:
    said["opening"]["register"].pop()


def weigh_more(said: Any) -> None:
    said["opening"]["register"][0][1] = 2


def weigh_nothing(said: Any) -> None:
    said["opening"]["register"][0][1] = 0


def adopt(said: Any) -> None:
    said["outcome"]["result"] = "adopted"


def announce(said: Any) -> None:
    said["act"]["result"] = "adopted"


def decide_otherwise(said: Any) -> None:
    said["result"] = "adopted"


def one_more(field: str) -> Callable[[Any], None]:
    def change(said: Any) -> None:
        said["heads"][field] += 1

    return change


def name_another(said: Any) -> None:
    said["not_voted"] = ["p-stranger"]


def count_more(said: Any) -> None:
    said["act"]["count"]["votes_for"] = 17


def both_tellers(rows: Rows) -> Rows:
    rows = edit("count.entered", 0, count_more)(rows)
    return edit("count.entered", 1, count_more)(rows)


def by_no_teller(rows: Rows) -> Rows:
    def change(said: Any) -> None:
        said["by"] = act_of(rows[where(rows, "division.opened", 2)])["by"]

    return changed(rows, where(rows, "count.entered", 0), change)


def vote_again(rows: Rows) -> Rows:
    seq = where(rows, "roll-call.entered")

    def once_more(said: Any) -> None:
        votes = said["event"]["act"]["votes"]
        voter = min(votes)
        said["event"]["act"]["votes"] = {voter: votes[voter]}

    return changed(inserted(rows, seq + 1, rows[seq]), seq + 1, once_more)


def no_second_figure(rows: Rows) -> Rows:
    """The tellers' figures are gone altogether."""
    seq = where(rows, "count.entered")
    return without(without(rows, seq), seq)


def result_unsaid(rows: Rows) -> Rows:
    return without(rows, where(rows, "motion.decided"))


def result_said_twice(rows: Rows) -> Rows:
    seq = where(rows, "motion.decided")
    return inserted(rows, seq, rows[seq])


class Lie(NamedTuple):
    """A lie, the check that finds it, and the entry that is named: the nth of its kind."""

    tell: Tell
    check: str
    kind: str
    nth: int = 0
    apart: bool = True
    """Whether it is found as well where only the division's own entries are known."""


LIES = {
    "a vote dropped": Lie(edit("roll-call.entered", 0, drop_vote), "10 results", "division.closed"),
    "a vote turned": Lie(edit("roll-call.entered", 1, turn_vote), "10 results", "division.closed", 1),
    "a stranger's vote": Lie(edit("roll-call.entered", 0, add_stranger), "10 results", "roll-call.entered"),
    "a stranger on the register": Lie(edit("division.opened", 0, add_to_register), "9 registers", "division.opened", 0, apart=False),
    "somebody twice on the register": Lie(edit("division.opened", 0, repeat_in_register), "9 registers", "division.opened"),
    "somebody off the register": Lie(edit("division.opened", 0, remove_from_register), "9 registers", "division.opened", 0, apart=False),
    "a weight more": Lie(edit("division.opened", 0, weigh_more), "9 registers", "division.opened", 0, apart=False),
    "no weight": Lie(edit("division.opened", 0, weigh_nothing), "9 registers", "division.opened"),
    "the other outcome": Lie(edit("result.declared", 0, adopt), "10 results", "result.declared"),
    "the other outcome announced": Lie(edit("result.declared", 0, announce), "10 results", "result.declared"),
    "the other decision": Lie(edit("motion.decided", 0, decide_otherwise), "10 results", "motion.decided"),
    "another sum": Lie(edit("division.closed", 0, one_more("for")), "10 results", "division.closed"),
    "more entitled": Lie(edit("result.declared", 1, one_more("entitled")), "10 results", "result.declared", 1),
    "another absent": Lie(edit("division.closed", 0, name_another), "10 results", "division.closed"),
    "a teller's figure": Lie(edit("count.entered", 0, count_more), "10 results", "count.entered", 1),
    "both tellers' figures": Lie(both_tellers, "10 results", "division.closed", 2),
    "figures of no teller": Lie(by_no_teller, "10 results", "count.entered"),
    "no figures": Lie(no_second_figure, "10 results", "division.closed", 2),
    "a second vote": Lie(vote_again, "10 results", "roll-call.entered", 1),
    "a result without its decision": Lie(result_unsaid, "12 following", "division.opened", 1),
    "a decision twice": Lie(result_said_twice, "12 following", "motion.decided", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", LIES)
def test_lie_about_a_vote_is_found_in_its_place(rows: list[Row], name: str, tried: Tried) -> None:
    lie = LIES[name]
    forged = lie.tell(rows)
    with pytest.raises(Unverified) as failed:
        verified(forged)
    assert (failed.value.check, failed.value.entry) == (
        lie.check, where(forged, lie.kind, lie.nth),
    )  # fmt: skip
    tried("forged histories found out", 1)


@pytest.mark.parametrize("name", [name for name, lie in LIES.items() if lie.apart])
def test_lie_is_found_by_who_sees_the_division_but_not_the_whole(
    rows: list[Row], name: str
) -> None:
    lie = LIES[name]
    forged = lie.tell(rows)
    with pytest.raises(Unverified) as failed:
        verified(forged, for_the_committee)
    assert (failed.value.check, failed.value.entry) == (
        lie.check, where(forged, lie.kind, lie.nth),
    )  # fmt: skip


@pytest.mark.parametrize("name", [name for name, lie in LIES.items() if not lie.apart])
def test_register_shows_in_the_figures_even_where_its_making_is_not_known(
    rows: list[Row], name: str
) -> None:
    lie = LIES[name]
    forged = lie.tell(rows)
    with pytest.raises(Unverified) as failed:
        verified(forged, for_the_committee)
    assert failed.value.check == "10 results"
    assert failed.value.entry is not None
    assert kind_of(forged[failed.value.entry]) in ("roll-call.entered", "division.closed")


def test_each_reader_is_told_how_many_results_were_reckoned_again(rows: list[Row]) -> None:
    whole = verified(rows)
    assert (whole.undecided, whole.divisions, whole.divisions_unchecked) == (0, 4, 0)
    of_committee = verified(rows, for_the_committee)
    assert of_committee.missing > 0
    assert (of_committee.divisions, of_committee.divisions_unchecked) == (4, 0)
    of_members = verified(rows, for_members)
    assert (of_members.divisions, of_members.divisions_unchecked) == (2, 2)
    of_nobody = verified(rows, for_nobody)
    assert (of_nobody.divisions, of_nobody.divisions_unchecked) == (0, 4)


def test_members_find_the_garrisons_figures_changed_and_cannot_see_the_committees(
    rows: list[Row],
) -> None:
    with pytest.raises(Unverified, match="10 results"):
        verified(both_tellers(rows), for_members)
    hidden = LIES["a vote turned"].tell(rows)
    assert verified(hidden, for_members).divisions_unchecked == 2


def test_result_that_does_not_follow_by_itself_is_seen_by_its_kind_alone(rows: list[Row]) -> None:
    with pytest.raises(Unverified, match="12 following"):
        verified(without(rows, where(rows, "motion.decided", 2)), for_members)


def test_order_of_the_tellers_is_known_to_an_earlier_checkpoint_only(rows: list[Row]) -> None:
    seq = where(rows, "count.entered")
    swapped = list(rows)
    swapped[seq : seq + 2] = [reseal(rows[seq + 1], seq), reseal(rows[seq], seq + 1)]
    assert verified(swapped).divisions == 4
    with pytest.raises(Unverified) as failed:
        verified(swapped, earlier=[note_of(rows[: seq + 1], KEY)])
    assert failed.value.check == "3 consistency"


def test_liar_who_changes_all_that_follows_is_found_by_an_earlier_checkpoint_only(
    rows: list[Row],
) -> None:
    seq = where(rows, "roll-call.entered", 1)
    consistent = told(acts_of(changed(rows, seq, event(turn_abstention))), rows[:seq])
    assert len(consistent) == len(rows)
    closed = where(rows, "division.closed", 1)
    assert act_of(consistent[closed])["event"] != act_of(rows[closed])["event"]
    assert verified(consistent).divisions == 4
    assert verified(consistent, earlier=[note_of(rows[:seq], KEY)]).earlier == 1
    with pytest.raises(Unverified) as failed:
        verified(consistent, earlier=[note_of(rows[: seq + 1], KEY)])
    assert failed.value.check == "3 consistency"


def test_vote_of_a_dissenter_cannot_even_be_turned_consistently(rows: list[Row]) -> None:
    lie = changed(rows, where(rows, "roll-call.entered", 1), event(turn_vote))
    with pytest.raises(Refused, match="voted-for"):
        told(acts_of(lie))
