"""The form of every act: its fields once each, with help and examples that can be typed; and acts that come back as they went."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.assembly import house
from quorate.assembly.act import ACTS, Act, act_name
from quorate.assembly.inscription import read_inscription
from quorate.canon.fault import Malformed
from quorate.premises.entropy import OsEntropy
from quorate.reading.reader import Reader
from quorate.record.entry import open_envelope
from quorate.web.acts.fields import fields_of, laid_out, takes_of
from quorate.web.acts.helps import EXAMPLES, FIRST, TITLES
from quorate.web.acts.ready import typed_of
from quorate.web.acts.typed import Mistyped, act_of, folded
from tests.cast import CHAIR, CLERK, committee
from tests.reading.replayed import october
from tests.web.conftest import Floor

assert house.SUBJECTS
STAMP = {"by": CLERK, "known_by": "login", "token": ""}


@pytest.mark.parametrize("act", sorted(ACTS))
def test_form_has_each_field_once_and_says_how_a_value_is_written(act: str) -> None:
    world = committee()
    reader = Reader(world.state, world.now.date(), CHAIR)
    fields = fields_of(act, reader, {}, {})
    first, rare = laid_out(act, fields)
    names = [each.takes.name for each in (*first, *rare)]
    assert sorted(names) == sorted(each.takes.name for each in fields)
    assert len(set(names)) == len(names)
    assert all(not each.takes.needed for each in rare)
    for each in fields:
        if each.takes.kind in ("day", "instant"):
            assert "2026-03-02" in each.help, each
        if each.takes.kind == "written":
            assert "YAML" in each.help, each
            assert each.example, each
        assert "`" not in each.help


def test_field_with_an_error_or_a_value_is_never_folded_away() -> None:
    world = committee()
    reader = Reader(world.state, world.now.date(), CHAIR)
    fields = fields_of("move-motion", reader, {"group": "g"}, {"drops": "expected a list"})
    first, _ = laid_out("move-motion", fields)
    assert {"group", "drops"} <= {each.takes.name for each in first}


def test_tables_name_acts_and_fields_that_there_are() -> None:
    assert {*FIRST, *TITLES} <= {*ACTS}
    for act, names in FIRST.items():
        assert {*names} <= {each.name for each in takes_of(act)}, act
    written = {each.name for act in ACTS for each in takes_of(act) if each.kind == "written"}
    assert written == {*EXAMPLES}


OF_EXAMPLE: dict[str, tuple[str, dict[str, str]]] = {
    "agenda": (
        "convene-meeting",
        {"body": "committee", "title": "T", "starts_at": "2026-03-02 19:30"},
    ),
    "clauses": ("move-motion", {"kind": "main", "meeting": "m"}),
    "drops": ("move-motion", {"kind": "amend", "meeting": "m"}),
    "orders": ("adopt-standing-orders", {"body": "committee"}),
    "value": ("amend-standing-order", {"body": "committee", "rule": "notice", "decision": "d"}),
    "count": ("enter-count", {"division": "d"}),
    "rule": ("open-division", {"motion": "m"}),
    "counts": ("give-report", {"source": "body:committee", "level": "ready"}),
}
"""By field: an act that takes it, and its other fields. Those left out name people or hashes that nobody has here."""


@pytest.mark.parametrize("field", sorted(OF_EXAMPLE))
def test_example_beside_a_field_can_be_typed_into_it(field: str) -> None:
    act, others = OF_EXAMPLE[field]
    state = committee().state
    step = act_of(act, {**others, field: EXAMPLES[field]}, STAMP, state, OsEntropy())
    assert getattr(step.act, field)


def test_flag_that_must_be_answered_is_answered_by_yes_or_no_and_nothing_else() -> None:
    state = committee().state
    given_ = {"meeting": "m", "point": "p"}
    for text, meant in (("yes", True), ("no", False)):
        step = act_of("rule-on-point", {**given_, "well_taken": text}, STAMP, state, OsEntropy())
        assert step.act.well_taken is meant  # type: ignore[union-attr]
    for text in ("", "perhaps"):
        with pytest.raises(Mistyped) as caught:
            act_of("rule-on-point", {**given_, "well_taken": text}, STAMP, state, OsEntropy())
        assert set(caught.value.errors) == {"well_taken"}


@given(
    st.dictionaries(st.sampled_from(["votes_for", "spoiled"]), st.text("0123456789 x", max_size=14))
)
def test_inputs_of_one_value_become_that_value_and_no_other_field(parts: dict[str, str]) -> None:
    typed = {f"count.{key}": text for key, text in parts.items()} | {"division": "d"}
    plain = folded("enter-count", typed)
    assert plain["division"] == "d"
    assert not [key for key in plain if key.startswith("count.")]
    values = msgspec.json.decode(plain["count"]) if "count" in plain else {}
    assert values.keys() == {key for key, text in parts.items() if text.strip()}
    assert all(
        isinstance(each, int)
        for key, each in values.items()
        if parts[key].strip().isdecimal() and len(parts[key].strip()) < 12
    )


def recorded_acts() -> list[Act]:
    acts = []
    for row in october():
        said = read_inscription(
            open_envelope(row.entry).kind, {part.name: part.data for part in row.parts}
        )
        if hasattr(said.event, "act"):
            acts.append(said.event.act)
    return acts


def test_act_that_is_typed_into_its_form_is_the_same_act() -> None:
    """Every act of the ten days, as a button would send it: what comes in is what was meant."""
    state = committee().state
    tried = set()
    for act in recorded_acts():
        name = act_name(type(act))
        kinds = {each.kind for each in takes_of(name)}
        if kinds & {"name", "written", "day", "instant"}:
            continue  # no button sends such an act
        typed = dict(typed_of(act))
        try:
            step = act_of(name, typed, STAMP, state, OsEntropy())
        except Malformed:
            continue  # names people whom the committee does not have
        tried.add(name)
        sent, meant = dict(typed_of(step.act)), typed  # type: ignore[arg-type]
        assert sent == meant, name
    assert len(tried) > 15


def test_every_form_opens(floor: Floor) -> None:
    browser = floor.signed_in("bea")
    for act in ACTS:
        answer = browser.get(f"/acts/{act}/")
        assert answer.status == 200, act
        assert answer.text.count("<h1>") == 1
