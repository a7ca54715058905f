"""`quorate acts`: the fields of every act in the words of the reference, and no Python in them."""

import re
from pathlib import Path

import pytest

from quorate.assembly.act import ACTS, SAYS
from quorate.reading.act_fields import fields_of
from tests.cli.terminal import quorate

REFERENCE = Path(__file__).parents[2] / "docs/reference/acts"
ROWS = re.compile(r"^### `([a-z-]+)`\n(.*?)(?=^###? |\Z)", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(
    r"[\[\]_]|\b(None|True|False|Optional|Union|Literal|Annotated|Meta|dict|tuple)\b"
)


@pytest.fixture(scope="module")
def reference():
    """What the reference says that each field takes, and whether it is needed: by act and field."""
    told = {}
    for page in REFERENCE.glob("*.md"):
        for act, section in ROWS.findall(page.read_text()):
            for name, takes, default in re.findall(
                r"^\| `(\w+)` \| (.*?) \| (.*?) \|", section, re.MULTILINE
            ):
                told[act, name] = (takes, default == "needed")
    return told


@pytest.mark.parametrize("act", sorted(ACTS))
def test_fields_are_told_in_the_words_of_the_reference(act, reference) -> None:
    for field in fields_of(act):
        takes, needed = reference[act, field.name]
        assert field.needed == needed, field
        assert not PYTHON.search(field.type), field
        assert not re.search(r"\bNone\b", field.about), field
        if "](" not in takes:
            assert field.type == takes.replace("`", "")
    assert not re.search(r"\bNone\b", quorate("acts", act).out)


def test_what_an_act_must_say_is_needed() -> None:
    assert SAYS["correct-clock"] == ("reason",)
    for act, said in SAYS.items():
        assert {each.name for each in fields_of(act) if each.needed} >= {*said}
    assert re.search(r"reason +yes +text", quorate("acts", "correct-clock").out)


def test_choices_of_a_field_that_may_be_left_out_are_all_told() -> None:
    out = " ".join(quorate("acts", "declare-result", COLUMNS="200").out.split())
    assert "adopted, rejected, tied, no-decision" in out
    assert "number" in quorate("acts", "convene-meeting").out
