"""What a command prints moves no cursor, turns no line round, and hides nothing; as JSON too, which stays the same object."""

import json
import unicodedata

import pytest

from quorate.cli.output import print_json
from tests.cli.terminal import quorate

UNSEEN = [*range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F)]
UNSEEN += [*range(0x2066, 0x206A), 0xFEFF, *range(0xE0000, 0xE0080)]


@pytest.mark.parametrize("within", ["{}", "a{}b", '\\{}"', "{0}{0}"])
def test_json_shows_what_would_not_be_seen(capsys, within) -> None:
    for point in UNSEEN:
        value = {within.format(chr(point)): [within.format(chr(point))]}
        print_json(value)
        printed = capsys.readouterr().out
        assert chr(point) not in printed.replace("\n", "") or point == 0x0A
        assert json.loads(printed) == value
    print_json("".join(map(chr, UNSEEN)))
    assert capsys.readouterr().out.isascii()


def test_json_leaves_letters_as_they_are(capsys) -> None:
    text = "Zoë Łukasz Ирина 王 مريم نیم‌فاصله 👩‍🌾 �"
    print_json(text)
    assert capsys.readouterr().out == f'"{text}"\n'
    for first in range(0, 0x11000, 0x100):
        points = {*range(first, first + 0x100)} - {*UNSEEN, 0x22, 0x5C, *range(0xD800, 0xE000)}
        letters = "".join(map(chr, sorted(points)))
        print_json(letters)
        assert capsys.readouterr().out == f'"{letters}"\n'


def test_error_in_json_is_no_exception(tmp_path) -> None:
    said = quorate("show", "body", "--json", "--dir", tmp_path / "a\u202eb")
    assert said.code == 2
    assert "\\u202e" in said.out
    assert not any(unicodedata.category(c) == "Cf" for c in said.out)


@pytest.mark.parametrize("columns", ["30", "60", "80", "200"])
def test_no_line_ends_in_a_space(coop, columns) -> None:
    for words in (
        ("show", "member"),
        ("show", "member", "dov"),
        ("acts",),
        ("presets", "union-branch"),
    ):
        place = ("--dir", coop) if words[0] == "show" else ()
        lines = quorate(*words, *place, COLUMNS=columns).out.splitlines()
        assert len(lines) > 2
        assert [line for line in lines if line != line.rstrip()] == [], words
