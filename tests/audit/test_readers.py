"""Exports for readers: each holds for its own reader, and lacks nothing but what this reader may not see or was erased."""

from datetime import timedelta

import pytest

from quorate.assembly.state import State
from quorate.audit.absences import Absences, ExportReader
from quorate.audit.verify import verify
from quorate.canon.fault import Malformed, Unverified
from quorate.record.entry import open_envelope
from tests.audit.club import (
    EDITOR,
    KEY,
    LEFT,
    Club,
    divide,
    failure,
    lacking,
    rewritten,
    sight,
    verified,
    with_row,
    written,
)
from tests.audit.forgery import (
    act_of,
    changed,
    everything,
    for_members,
    kind_of,
    published,
    where,
)
from tests.cast import CLERK, MEMBER, OBSERVER
from tests.reading.replayed import october

NAMES = ("public", "members", EDITOR, MEMBER, OBSERVER, CLERK)


@pytest.fixture(scope="module")
def club() -> Club:
    return Club()


@pytest.mark.parametrize("name", NAMES)
def test_export_holds_for_its_reader_and_not_as_a_whole(club: Club, name: str) -> None:
    shown = sight(club.state, name)
    said = verified(club.rows, shown, name)
    assert said.reader == name
    assert said.parts_missing == said.parts_erased + said.parts_kept + said.parts_untold
    hidden = [row.seq for row in club.rows if not any(map(shown, row.parts[:1]))]
    assert (said.gap, said.missing) == (min(hidden, default=None), len(hidden))
    assert said.undecided == (len(club.rows) - min(hidden) if hidden else 0)
    if name == CLERK:
        assert (said.parts_missing, verified(club.rows).undecided) == (1, 0)
    else:
        assert failure(club.rows, shown)[0] == "6 parts"


def test_what_goes_further_than_its_reader_is_found_out(club: Club) -> None:
    """Each of these sees more than the one before: what is too much fails, by its first entry."""
    order = ("public", "members", EDITOR, CLERK)
    for n, less in enumerate(order):
        for more in order[n + 1 :]:
            shown, own = sight(club.state, more), sight(club.state, less)
            first = next(
                row.seq for row in club.rows if any(shown(p) and not own(p) for p in row.parts)
            )
            assert failure(club.rows, shown, less) == ("6 parts", first), (less, more)


def test_reader_who_is_shown_less_than_is_theirs_finds_it_out(club: Club) -> None:
    assert failure(club.rows, sight(club.state, "public"), "members") == ("6 parts", 0)
    world = written(
        "To paint."
    )  # where nobody has left, and nobody was suspended, whoever is named is a member
    assert failure(world.rows, sight(world.state, "public"), MEMBER) == ("6 parts", 0)
    assert verified(club.rows, sight(club.state, "public"), EDITOR).parts_untold > 0
    assert failure(club.rows, for_members, CLERK)[0] == "6 parts"


def test_what_is_not_shown_at_all_of_a_body_is_counted_by_who_may_have_joined_it(
    club: Club,
) -> None:
    said = verified(club.rows, for_members, EDITOR)
    assert said.gap == club.gap
    assert said.parts_untold == said.missing > 0


@pytest.mark.parametrize("name", ["members", EDITOR])
def test_every_part_that_was_withheld_before_the_gap_is_missed(club: Club, name: str) -> None:
    shown = sight(club.state, name)
    for row in club.rows[: club.gap]:
        for part in filter(shown, row.parts):
            forged = lacking(club.rows, row.seq, part.name)
            assert failure(forged, shown, name) == ("6 parts", row.seq), kind_of(row)


def test_what_was_withheld_of_a_meeting_behind_the_gap_is_missed_too(club: Club) -> None:
    """A vote that was withheld once left its division unchecked, with exit 0."""
    for row in club.rows[club.gap :]:
        # It names a motion and a division, which need not be of one meeting.
        if open_envelope(row.entry).sitting and kind_of(row) != "motion.decided":
            forged = lacking(club.rows, row.seq)
            assert failure(forged, for_members, "members") == ("6 parts", row.seq), kind_of(row)


def test_vote_of_a_public_body_is_missed_by_the_public() -> None:
    world = written("To paint.", confidentiality={"acts": "public", "texts": "members"})
    divide(world, "m-1")
    shown = sight(world.state, "public")
    said = verified(world.rows, shown, "public")
    assert (said.gap, said.divisions, said.divisions_unchecked) == (0, 1, 0)
    for kind in ("division.opened", "roll-call.entered", "division.closed", "motion.moved"):
        seq = where(world.rows, kind)
        assert failure(lacking(world.rows, seq), shown, "public") == ("6 parts", seq)


def test_notice_of_a_meeting_that_was_not_in_confidence_is_missed() -> None:
    world = written("To paint.")
    seq = where(world.rows, "meeting.convened")
    forged = lacking(world.rows, seq)
    for name in ("members", OBSERVER):
        assert failure(forged, sight(world.state, name), name) == ("6 parts", seq)


def test_person_who_is_no_member_is_told_how_to_check() -> None:
    world = written("To paint.")
    with pytest.raises(Unverified, match="p-guest may see it") as failed:
        verified(world.rows, sight(world.state, "public"), "p-guest")
    assert "--for public" in failed.value.hint


def test_person_who_left_finds_what_the_public_is_shown_in_order(club: Club) -> None:
    said = verified(club.rows, sight(club.state, LEFT), LEFT)
    assert said.missing == said.undecided == len(club.rows)
    assert said.parts_untold > 0


def test_reader_whose_seat_ended_since_may_find_it_there_or_not(club: Club) -> None:
    """An export shows what its reader might see when it was made, between the last act and the day of the verification."""
    seat = club.state.bodies["editors"].seated[EDITOR]
    assert seat.until is not None
    shown = sight(club.state, EDITOR)
    of_editors = ExportReader(EDITOR, today=lambda _: seat.until + timedelta(days=1))
    for may_see in (shown, for_members):
        read = published(club.rows, KEY, may_see)
        assert verify(read, KEY.verifier, reader=of_editors)[0].reader == EDITOR


def test_handle_that_stands_behind_the_gap_is_not_known() -> None:
    def nobody(_: State, name: str) -> str:
        raise Malformed(name, "the handle of a member")

    rows = october()

    def seen(name: str, *, whole: bool) -> None:
        read = published(rows, KEY, everything if whole else for_members)
        verify(read, KEY.verifier, reader=ExportReader(name, nobody))

    with pytest.raises(Malformed):
        seen("p-late", whole=True)
    with pytest.raises(Malformed) as failed:
        seen("@late", whole=False)
    assert "give the id" in failed.value.hint
    seen("p-late", whole=False)


def test_every_part_that_is_missing_fails_unless_it_was_erased(club: Club) -> None:
    said = verified(club.rows)
    assert (said.parts_missing, said.parts_erased, said.undecided, said.gap) == (1, 1, 0, None)
    for row in club.rows:
        for part in row.parts:
            assert failure(lacking(club.rows, row.seq, part.name)) == ("6 parts", row.seq)


def test_part_is_missing_until_its_erasure_is_on_the_record(club: Club) -> None:
    erasure = where(club.rows, "part.erased")
    assert verified(club.rows[: erasure + 1]).parts_erased == 1
    assert failure(club.rows[:erasure]) == ("6 parts", club.moved)
    of_another = changed(club.rows, erasure, lambda said: said["event"]["act"].update(seq=1))
    assert failure(of_another) == ("6 parts", club.moved)


def test_part_that_is_here_although_it_was_erased_is_counted(club: Club) -> None:
    said = verified(club.unerased)
    assert (said.parts_missing, said.erasures_undone) == (0, 1)
    assert verified(club.rows).erasures_undone == 0
    assert verified(club.unerased, for_members, "members").erasures_undone == 1


def test_erasure_that_is_hidden_explains_one_entry_before_it(club: Club) -> None:
    """By leave of a confidential decision the clerk erases: members see that something was erased, and not what."""
    seq = where(club.rows, "part.erased")
    act = next(part for part in club.rows[seq].parts if part.name == "act")
    hidden = with_row(
        club.rows, rewritten(club.rows[seq], parts=[type(act)("act", act.salt, act.data, "body:x")])
    )
    assert act_of(hidden[seq]) == act_of(club.rows[seq])
    said = verified(hidden, for_members, "members")
    assert (said.parts_erased, said.missing) == (
        0,
        verified(club.rows, for_members, "members").missing + 1,
    )
    two = lacking(hidden, where(club.rows, "member.admitted"), "person")
    assert failure(two, for_members, "members")[0] == "6 parts"
    assert failure(lacking(hidden, 0, "act"), for_members, "members") == ("6 parts", 0)
    assert failure(hidden)[0] == "6 parts"


@pytest.mark.parametrize(
    ("lost", "hidden", "left"),
    [
        ([3], [], [3]),
        ([3], [5], []),
        ([5], [3], [5]),
        ([3, 4], [5], [3]),
        ([3, 4], [5, 6], []),
        ([3, 7], [5, 6], [7]),
        ([3, 7], [5, 8], []),
        ([3, 4, 9], [5, 6, 8], [9]),
        ([2, 4], [3, 9], []),
        ([1, 2, 4], [3, 9], [1]),
    ],
)
def test_hidden_erasures_explain_as_many_entries_as_stand_before_them(
    lost: list[int], hidden: list[int], left: list[int]
) -> None:
    absences = Absences()
    for seq in hidden:
        absences.erase_unseen(seq)
    found = absences._without_hidden([(seq, "text") for seq in lost])
    assert [seq for seq, _ in found] == left
    assert absences._without_hidden([(0, "act")]) == [(0, "act")]


def test_export_cannot_name_its_own_reader(club: Club) -> None:
    plain = published(lacking(club.rows, 3), KEY)
    asked = []

    def read(path: str) -> bytes:
        asked.append(path)
        return plain(path)

    with pytest.raises(Unverified, match="6 parts"):
        verify(read, KEY.verifier)
    assert {path.partition("/")[0] for path in asked} <= {"checkpoint", "tile", "parts"}
