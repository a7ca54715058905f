"""What has a public shape is on a page of the reference, and the page is what the values say."""

from pathlib import Path

import msgspec

from quorate.cli.program import main
from quorate.reading import view
from quorate.script.members import COLUMNS
from quorate.script.written import KEYS
from tests.cli.reference import SHAPES, reference
from tests.cli.terminal import quorate

_NOT_PRINTED = ("Summary", "ClauseChange")
"""Views that no command prints: that of replays, and what the floor shows of an amendment."""
DOCS = Path(__file__).parents[2] / "docs/reference"


def test_the_page_on_json_is_written_from_the_values():
    assert (DOCS / "json.md").read_text() == reference()


def test_every_view_is_on_the_page():
    shapes = {shape for _, shape in SHAPES}
    for module in vars(view).values():
        for found in vars(module).values() if hasattr(module, "__file__") else ():
            is_shape = isinstance(found, type) and issubclass(found, msgspec.Struct)
            if is_shape and found.__module__.startswith("quorate.reading.view"):
                assert found in shapes or found.__name__ in _NOT_PRINTED, found


def test_every_command_says_what_it_is_for_and_has_json_and_debug():
    page = (DOCS / "json.md").read_text()
    for name in main.commands:
        said = quorate(name, "--help").out
        assert "--json" in said, name
        assert "--debug" in said, name
        assert f"`{name}`" in page or f"quorate {name}" in page, name


def test_every_key_of_a_script_and_column_of_a_table_is_explained():
    page = (DOCS / "script.md").read_text()
    for word in (*KEYS, *COLUMNS):
        assert f"`{word}`" in page, word
