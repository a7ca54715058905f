"""Acts written by people: what they mean, and how every mistake is answered with its line."""

from datetime import UTC, date, datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.assembly.act import ACTS, INTRODUCES
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.canon.moment import Day
from quorate.desk.local_time import format_instant, parse_instant
from quorate.script.acts import Step, read_fields, read_script, script_files
from quorate.script.yaml_text import read_yaml_text

FOUNDED = """
- do: found-organisation
  at: 1917-10-10 12:00
  name: The Party
  clerk: @kalinin
  person: {name: Mikhail Kalinin, handle: kalinin}
  calendar: julian
  zone: Europe/Petersburg
  clock: told
- {do: admit-member, by: kalinin, member: @lenin, person: Lenin}
""".replace("Europe/Petersburg", "Europe/Moscow")


class Counted:
    """Randomness that is none."""

    def __init__(self) -> None:
        self._next = count()

    def bytes(self, number: int) -> bytes:
        """So many bytes."""
        return next(self._next).to_bytes(number, "little")


def steps(text: str, by: str = "kalinin", founded: str = FOUNDED) -> list[Step]:
    """The steps of a text that follows the founding."""
    files = [("founded.yaml", founded.encode()), ("script.yaml", text.encode())]
    return read_script(files, State(), Counted(), by)


def last(text: str, by: str = "kalinin") -> Step:
    """The last of them."""
    return steps(text, by)[-1]


def wrong(text: str, by: str = "kalinin") -> Malformed:
    """How a text is answered that is not in order."""
    with pytest.raises(Malformed) as caught:
        steps(text, by)
    return caught.value


def test_a_handle_stands_for_the_id_that_the_desk_gave_its_bearer():
    clerk, lenin, seated = steps("- {do: seat-member, body: cc, member: @lenin}")
    assert clerk.act.clerk == clerk.caller.by
    assert lenin.act.person.handle == "lenin"
    assert seated.act.member == lenin.act.member
    assert seated.caller.by == clerk.act.clerk


def test_a_handle_is_found_in_references_titles_keys_and_lists():
    person = last("[]").act.member
    step = last(
        """
- do: convene-meeting
  body: cc
  title: "{@lenin} speaks"
  starts_at: 1917-10-16 21:00
  invited: [@lenin, "@lenin"]
"""
    )
    assert step.act.title == f"{{{person}}} speaks"
    assert step.act.invited == (person, person)
    roll = last("- {do: enter-roll-call, division: d, votes: {@lenin: for}}")
    assert roll.act.votes == {person: "for"}
    charged = last('- {do: charge-with, body: cc, bearer: "person:@lenin", what: write}')
    assert charged.act.bearer == f"person:{person}"


def test_free_words_and_addresses_keep_their_at_signs():
    step = last("- {do: admit-member, member: @ada, person: Ada, contact: ada@example.org}")
    assert step.act.contact == "ada@example.org"
    charged = last("- {do: charge-with, body: cc, bearer: x, what: write, text: ask @nobody}")
    assert charged.act.text == "ask @nobody"


def test_scalars_mean_what_their_field_says_and_no_is_a_word():
    step = last("- {do: establish-body, body: no, name: 1917-10-16, seats: 7, outside: yes}")
    assert (step.act.body, step.act.name, step.act.seats) == ("no", "1917-10-16", 7)
    assert step.act.outside is True
    assert last("- {do: establish-body, body: b, name: 'null', seats: }").act.name == "null"
    assert last("- {do: establish-body, body: b, name: n, seats: null}").act.seats is None


def test_days_and_instants_are_of_the_organisations_calendar_and_clocks():
    step = last("- {do: convene-meeting, body: cc, title: t, starts_at: 1917-10-16 21:00}")
    assert step.act.day == Day(date(1917, 10, 29), "16 October 1917 O.S.")
    assert step.act.starts_at == parse_instant("1917-10-16 21:00", "julian", "Europe/Moscow")
    told = last("- {do: seat-member, body: cc, member: @lenin, since: 1917-10-16}")
    assert told.act.since == date(1917, 10, 29)
    new = last("- {do: seat-member, body: cc, member: @lenin, since: 1917-10-16 N.S.}")
    assert new.act.since == date(1917, 10, 16)
    due = last("- {do: charge-with, body: cc, bearer: b, what: w, due: 1917-10-20}").act.due
    assert (due.on, due.written) == (date(1917, 11, 2), "20 October 1917 O.S.")
    same = last("- {do: charge-with, body: cc, bearer: b, what: w, due: {on: 1917-10-20}}").act.due
    assert same == due


def test_an_entry_without_a_time_is_of_the_time_before_it_and_a_time_alone_of_that_day():
    text = "- {do: adjourn, meeting: m}\n- {do: adjourn, at: 13:30, meeting: m}"
    *_, first, second = steps(text)
    assert first.caller.at == parse_instant("1917-10-10 12:00", "julian", "Europe/Moscow")
    assert second.caller.at == parse_instant("1917-10-10 13:30", "julian", "Europe/Moscow")


def test_what_stands_above_the_acts_holds_for_each_of_them():
    text = """
by: lenin
known_by: sight
at: 1917-10-11 08:00
acts:
  - {do: adjourn, meeting: m}
  - {do: adjourn, at: 09:00, meeting: m}
  - {do: adjourn, by: kalinin, meeting: m}
"""
    *_, first, second, third = steps(text)
    assert first.caller.known_by == "sight"
    assert first.caller.by == second.caller.by != third.caller.by
    assert first.caller.at < second.caller.at == third.caller.at


def test_a_field_of_the_act_that_is_named_like_one_of_the_stamp_goes_under_with():
    step = last("- {do: announce-event, title: t, with: {at: 1917-10-22 10:00, city: c}}")
    assert step.act.at == parse_instant("1917-10-22 10:00", "julian", "Europe/Moscow")
    assert step.caller.at == parse_instant("1917-10-10 12:00", "julian", "Europe/Moscow")


def test_standing_orders_are_a_preset_with_changes():
    text = """
- do: adopt-standing-orders
  body: cc
  orders: {preset: confidential-committee, changes: {notice: {days: 9}}}
"""
    orders = last(text).act.orders
    assert orders.notice.days == 9
    assert orders.preset == "confidential-committee"


def test_ids_that_are_missing_are_given_and_ids_that_are_there_stay():
    given_one, kept = steps(
        "- {do: establish-body, name: n}\n- {do: establish-body, body: cc, name: n}"
    )[-2:]
    assert given_one.act.body.startswith("body-")
    assert kept.act.body == "cc"


def test_whoever_a_part_names_is_introduced():
    assert INTRODUCES.keys() == {n for n, k in ACTS.items() if "person" in k.__struct_fields__}


@pytest.mark.parametrize(
    ("text", "place", "said", "hint"),
    [
        ("\n- {do: mve-motion}", ":2", "an act, not 'mve-motion'", "move-motion"),
        ("\n- {do: adjourn, meting: m}", ":2", "a field of adjourn", "meeting"),
        ("- {do: adjourn, xyzzy: m}", ":1", "not 'xyzzy'", "it has meeting"),
        ("- do: seat-member\n  body: cc\n  member: @lenn", ":3", "a member", "@lenin"),
        ("- do: adjourn\n  by: lenn\n  meeting: m", ":2", "a member", "@lenin"),
        ("- {do: adjourn}", ":1", "the field meeting, which is missing", ""),
        ("- do: seat-member\n  member: x\n  body: b\n  weight: many", ":4", "a whole number", ""),
        ("- do: seat-member\n  member: x\n  body: b\n  since: 1917-02-30", ":4", "existing", ""),
        ("- do: seat-member\n  member: x\n  body: b\n  since: soon", ":4", "YYYY-MM-DD", ""),
        ("- do: establish-body\n  name: n\n  outside: perhaps", ":3", "yes or no", ""),
        ("- do: establish-body\n  name: [n]", ":2", "text", ""),
        ("- do: adjourn\n  at: noon\n  meeting: m", ":2", "HH:MM", ""),
        ("- do: adjourn\n  with: 3", ":2", "fields", ""),
        ("- adjourn", ":1", "`do: <act>`", ""),
        ("just words", ":1", "a list of acts", ""),
        ("acts: []\nas: x", ":2", "not 'as'", ""),
        ("- do: adjourn\n  do: adjourn", ":2", "each key once", ""),
        ("- &a {do: adjourn}\n- *a", ":2", "aliases", ""),
        ("- {do: adjourn", "", "YAML", ""),
        ("- ? [a]\n  : b", ":1", "a word as key", ""),
        ("- do: admit-member\n  member: '@Not A Handle'", ":2", "a handle", ""),
        ("- do: admit-member\n  person: {name: n, handle: lenin}\n  member: p-2", ":3", "free", ""),
        (
            "- do: adopt-standing-orders\n  body: b\n  orders:\n    preset: committee",
            ":4",
            "a preset",
            "",
        ),
        (
            "- do: adopt-standing-orders\n  body: b\n  orders: {preset: union-branch, changes: {\n notice: {\n  dyas: 3}}}",
            ":5",
            "a key that standing orders have",
            "",
        ),
        (
            "- do: convene-meeting\n  with: {body: b, title: t, starts_at: 1917-10-16 21:00,\n   agenda: [\n    {id: a}]}",
            ":4",
            "title",
            "",
        ),
    ],
)
def test_a_mistake_is_answered_with_its_line_and_what_was_expected(text, place, said, hint):
    error = wrong(text)
    assert str(error).startswith(f"script.yaml{place}")
    assert said in str(error)
    assert hint in error.hint


def test_who_acts_must_be_said_somewhere():
    assert "`by`" in str(wrong("- {do: adjourn, meeting: m}", by=""))


def test_text_that_is_not_utf_8_is_answered_with_its_line():
    with pytest.raises(Malformed, match=r"f:2: expected text in UTF-8"):
        read_yaml_text("f", b"a: b\nc: \xff")


def test_text_nested_too_deeply_is_no_crash():
    with pytest.raises(Malformed, match="f"):
        read_yaml_text("f", b"[" * 100_000)


def test_text_is_normalised():
    assert read_yaml_text("f", "a: e\u0301".encode()).value == {"a": "é"}
    assert read_yaml_text("f", b"").value is None


def test_a_folder_is_its_yaml_files_in_the_order_of_their_names(tmp_path):
    for name in ("2.yaml", "1.yml", "README.md"):
        (tmp_path / name).write_text(name)
    assert [data for _, data in script_files(tmp_path)] == [b"1.yml", b"2.yaml"]
    with pytest.raises(Malformed, match="readable"):
        script_files(tmp_path / "3.yaml")
    (tmp_path / "empty").mkdir()
    with pytest.raises(Malformed, match=r"\.yaml files"):
        script_files(tmp_path / "empty")


def test_fields_given_one_by_one_make_an_act():
    state = State()
    said = {"name": "N", "clerk": "@ada", "person.name": "Ada", "person.handle": "ada"}
    step = read_fields("found-organisation", said, {}, state, Counted())
    assert step.act.person.name == "Ada"
    assert step.caller.by == step.act.clerk
    with pytest.raises(Malformed, match="person"):
        read_fields("found-organisation", {"person": "x", "person.name": "y"}, {}, state, Counted())


def test_an_instant_reads_back_as_it_is_written():
    for calendar in ("gregorian", "julian"):
        for text in ("1917-10-16 21:00", "1900-02-28 00:00:59"):
            at = parse_instant(text, calendar, "Asia/Tokyo")
            assert format_instant(at, calendar, "Asia/Tokyo") == text


@given(st.datetimes(min_value=datetime(1800, 1, 1), max_value=datetime(2200, 1, 1)))  # noqa: DTZ001
def test_any_second_reads_back_in_either_calendar(at):
    at = at.replace(microsecond=0, tzinfo=UTC)
    for calendar in ("gregorian", "julian"):
        assert parse_instant(format_instant(at, calendar, "UTC"), calendar, "UTC") == at


def test_a_time_that_the_clocks_skipped_is_refused_and_an_iso_instant_is_itself():
    with pytest.raises(Malformed, match="clocks"):
        parse_instant("2026-03-29 02:30", "gregorian", "Europe/Berlin")
    said = parse_instant("1917-10-29T18:00Z", "julian", "Europe/Moscow")
    assert said == datetime(1917, 10, 29, 18, tzinfo=UTC)
    for text in ("25:00", "2026-13-01 10:00", "2026-01-01 24:30", "2026-01-01"):
        with pytest.raises(Malformed):
            parse_instant(text, "gregorian", "UTC", after=said)
    with pytest.raises(Malformed, match="zone"):
        parse_instant("2026-01-01 10:00", "gregorian", "Mars/Olympus")
