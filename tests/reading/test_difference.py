"""Differences of texts, and amendments shown as differences to what they amend."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.assembly.model.motion import Clause
from quorate.assembly.motions.motions import AcceptAmendment, MoveMotion, SecondMotion
from quorate.reading.floor.amendments import WIDE, amendments, numbered
from quorate.reading.reader import Reader
from quorate.reading.words.difference import Piece, difference, likeness
from tests.cast import MEMBER, TELLER, TELLER2, World, sitting

M = "meeting-1"
WORDS = st.lists(st.sampled_from(["a", "bee", "sea", ",", " ", "\n", "dé", "…"]), max_size=14).map(
    "".join
)


@settings(max_examples=300, deadline=None)
@given(WORDS, WORDS)
def test_pieces_make_both_texts_again(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(each.text for each in pieces if each.kind != "in") == old
    assert "".join(each.text for each in pieces if each.kind != "out") == new
    assert all(each.text for each in pieces)
    assert (old == new) == all(each.kind == "same" for each in pieces)


def test_words_are_not_cut_and_very_long_texts_are_not_compared() -> None:
    assert difference("one tenth", "one twentieth") == [
        Piece("same", "one "),
        Piece("out", "tenth"),
        Piece("in", "twentieth"),
    ]
    old, new = "a " * 1500, "b " * 1500
    assert [each.kind for each in difference(old, new)] == ["out", "in"]
    assert likeness("a b c", "a b c") == 1
    assert likeness("a", "b") == 0


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("abc ", max_size=200), min_size=1, max_size=4))
def test_numbered_lines_hold_every_word_once_and_are_not_too_wide(paragraphs: list[str]) -> None:
    text = "\n".join(paragraphs)
    lines = numbered(text)
    assert " ".join(lines).split() == text.split()
    assert all(len(line) <= WIDE or " " not in line for line in lines)
    assert len(lines) >= len(text.strip().split("\n"))


def clause(n: int, modality: str, action: str = "set-up/fund") -> Clause:
    return Clause(n=n, modality=modality, bearer="body:committee", action=action)  # type: ignore[arg-type]


@pytest.fixture
def world() -> World:
    world = sitting()
    clauses = (clause(1, "must"), clause(2, "may", "close/fund"))
    text = "We set up a fund of one tenth."
    world.act(MoveMotion(motion="a", kind="main", meeting=M, text=text, clauses=clauses), by=MEMBER)
    world.act(SecondMotion(motion="a"), by=TELLER)
    amend = MoveMotion(
        motion="b",
        kind="amend",
        meeting=M,
        target="a",
        text="We set up a fund of one twentieth.",
        clauses=(clause(1, "may"), clause(3, "must", "report/twice")),
        drops=(2,),
    )
    world.act(amend, by=TELLER2)
    return world


def view(world: World):
    reader = Reader(world.state, world.now.date(), MEMBER)
    [shown] = amendments(reader, world.state.motions["a"])
    return shown


def test_amendment_shows_what_it_replaces_adds_and_strikes_out(world: World) -> None:
    shown = view(world)
    assert [(each.n, each.does) for each in shown.changes] == [
        (1, "replaces"),
        (2, "strikes-out"),
        (3, "adds"),
    ]
    first, second, third = shown.changes
    assert [each.text for each in first.pieces if each.kind != "same"] == ["must", "may"]
    assert {each.kind for each in second.pieces} == {"out"}
    assert {each.kind for each in third.pieces} == {"in"}
    assert [each.text for each in shown.text if each.kind != "same"] == ["tenth", "twentieth"]


def test_amendment_that_was_taken_in_shows_its_clauses_alone(world: World) -> None:
    world.act(SecondMotion(motion="b"), by=TELLER)
    world.act(AcceptAmendment(amendment="b"), by=MEMBER)
    shown = view(world)
    assert {piece.kind for each in shown.changes for piece in each.pieces} == {"same"}
    assert {piece.kind for piece in shown.text} == {"same"}


def test_text_that_is_an_instruction_is_not_taken_for_another_version(world: World) -> None:
    told = MoveMotion(
        motion="c",
        kind="amend",
        meeting=M,
        target="a",
        text="Strike the second sentence out entirely, please!",
    )
    world.state.motions["b"].text = told.text
    assert {each.kind for each in view(world).text} == {"same"}
