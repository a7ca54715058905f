from pathlib import Path

import pytest

from quorate.assembly import house
from quorate.assembly.act import EVENTS
from quorate.assembly.state import REGISTERS
from quorate.desk.port import Row
from quorate.reading import words
from quorate.reading.words.chronicle import Told, chronicle
from quorate.reading.words.names import capitalised, distance, listed, mid_sentence, plural
from quorate.reading.words.sentence import sentence
from quorate.reading.words.subjects import _NAMED, Names
from quorate.reading.words.tell import SUBJECTS
from tests.reading.replayed import ID, october

assert house.SUBJECTS
assert SUBJECTS


@pytest.fixture(scope="module")
def record() -> list[Row]:
    return october()


@pytest.fixture(scope="module")
def told(record: list[Row]) -> list[Told]:
    return list(chronicle(record))


def sentences(told: list[Told], kind: str) -> list[str]:
    return [each.sentence for each in told if each.kind == kind]


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_every_kind_of_event_has_a_telling(kind):
    assert EVENTS[kind] in sentence.registry


NEVER_BARE = {"body", "division", "event", "group", "item", "office", "person", "proxy", "report"}
"""Things whose id is never told without a word that says what they are."""


def test_every_thing_is_called_something_where_only_its_id_is_known():
    """Else its id would be read."""
    assert REGISTERS.keys() == {*_NAMED, *NEVER_BARE}


def test_what_is_named_for_a_thing_names_that_thing():
    """`titled` is not `motion`, as that is what any reader calls a motion that they have in hand."""
    others = {thing for thing, named in _NAMED.items() if getattr(Names, thing, named) is not named}
    assert others == {"motion"}


def test_a_telling_is_one_sentence_with_a_large_letter_and_one_point(told):
    for each in told:
        if each.sentence:
            assert each.sentence[0].isupper() or each.sentence[0] in "“0123456789", each.sentence
            assert each.sentence.endswith("."), each.sentence
            assert not each.sentence.endswith(".."), each.sentence
            assert "  " not in each.sentence, each.sentence
            assert " ," not in each.sentence, each.sentence


def test_nobody_reads_an_id_where_a_name_is_known(told):
    assert [each.sentence for each in told if ID.search(each.sentence)] == []


def test_few_events_are_not_worth_telling(told):
    assert {each.kind for each in told if not each.sentence} == {"floor.yielded", "motion.decided"}


def test_divisions_are_told_with_their_figures_and_who_did_not_vote(told):
    said = sentences(told, "result.declared")
    assert said[0] == "Rejected: 6 for, 15 against, 3 abstaining; Member 25 did not vote."
    assert said[1] == "Adopted: 19 for, 2 against, 4 abstaining."


def test_a_quorum_is_told_with_what_was_needed(told):
    assert sentences(told, "quorum.reached")[0] == "Quorum reached: 13 present of 13 needed."


def test_somebody_under_an_alias_is_called_by_it_until_it_is_lifted(told):
    under = [each for each in told if each.kind == "attendee.admitted" and "alias" in each.sentence]
    lifted = next(each for each in told if each.kind == "alias.lifted")
    person = lifted.event.act.attendee
    assert under[0].event.act.attendee == person
    assert "Lenin" not in under[0].sentence
    assert lifted.sentence == "Lenin goes by no alias any more."


def test_days_are_told_in_the_calendar_of_the_organisation(told):
    (moved,) = sentences(told, "event.moved")
    assert "from 20 October 1917 O.S. to 25 October 1917 O.S., 5 days later" in moved


def test_what_waits_for_an_event_says_how_far_from_it(told):
    assert any(
        "(1 day before “The Second Congress" in each for each in sentences(told, "detail.deferred")
    )


def test_the_words_that_came_with_an_event_stand_beside_its_sentence(told):
    tendered = next(each for each in told if each.kind == "resignation.tendered")
    assert tendered.words == "This destroys the party."
    assert "destroys" not in tendered.sentence


def test_parts_that_a_reader_may_not_see_are_in_no_sentence(record):
    told = list(chronicle(record, lambda part: part.name in ("act", "person")))
    convened = next(each for each in told if each.kind == "meeting.convened")
    assert "building" not in convened.sentence
    assert not any(each.words for each in told)


def test_entries_whose_act_a_reader_may_not_see_are_not_told(record):
    assert list(chronicle(record, lambda part: part.name == "person")) == []


def test_erased_people_are_told_as_erased(record):
    told = list(chronicle(record, lambda part: part.name == "act"))
    said = sentences(told, "resignation.tendered")[0]
    assert said.startswith("[erased p-")


def test_the_public_reads_no_names(record):
    names = {
        each.state.people[key].known.name for each in chronicle(record) for key in each.state.people
    }
    for each in chronicle(record, who="public"):
        assert "Zinoviev" not in each.sentence, each.sentence
    assert "Zinoviev" in names


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_are_read_aloud(words, said):
    assert listed(words) == said


def test_small_words():
    assert [plural(n, "day") for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert [distance(n, "X") for n in (-1, 0, 2)] == [
        "1 day before X",
        "the day of X",
        "2 days after X",
    ]
    assert (mid_sentence("The clerk"), mid_sentence("Theodora")) == ("the clerk", "Theodora")
    assert (capitalised("quorum lost."), capitalised("")) == ("Quorum lost.", "")


def test_every_module_with_a_sentence_is_told_of():
    """Read from the source: another test may have imported a module that nothing of ours imports."""
    folder = Path(words.__file__).parent
    telling = {
        path.stem for path in folder.glob("*.py") if "@sentence.register" in path.read_text("utf-8")
    }
    assert len(telling) > 8
    assert telling == {module.__name__.rpartition(".")[2] for module in SUBJECTS}
