"""What is large is split before it is born: files, functions, and the words that introduce a module."""

import ast
import re

import pytest

from tests.repository.tree import ROOT, parsed, python

FILE_LINES = 400
FUNCTION_LINES = 60
PROSE_LINES = 8
_drawn = re.compile(r"\s{2,}|- |\S+\s{2,}|$")
"""A line of a docstring that shows a format, a table or a list, or is empty."""


def test_there_is_something_to_measure():
    assert len(python("src")) > 100
    assert len(python("tests")) > 100


def test_no_file_is_longer_than_400_lines():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python("src", "tests", "tools")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }
    assert not long


def test_no_function_is_longer_than_a_screen():
    long = {
        f"{path.relative_to(ROOT)}:{each.name}": lines
        for path in python("src", "tools")
        for each in ast.walk(parsed(path))
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (each.end_lineno or 0) - each.lineno + 1) > FUNCTION_LINES
    }
    assert not long


def prose(text: str) -> list[str]:
    """The lines of a docstring that are sentences; what hangs on a list's item belongs to the list."""
    return [line for line in text.splitlines() if not _drawn.match(line)]


def test_every_module_says_in_a_few_lines_what_it_is_for():
    for path in python("src", "tools"):
        said = ast.get_docstring(parsed(path))
        if path.parent.name == "migrations":  # as Django writes them
            continue
        if path.name == "py.typed" or not path.read_text(encoding="utf-8").strip():
            continue
        assert said, path
        assert 1 <= len(prose(said)) <= PROSE_LINES, path


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One.", 1),
        ("One.\n\nTwo.", 2),
        ("One.\n\n    a format\na.py   a table\n- a list\n  that goes on", 1),
    ],
)
def test_tables_and_lists_are_not_counted_as_sentences(text, lines):
    assert len(prose(text)) == lines
