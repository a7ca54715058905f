import re
import sys

import pytest
from markdown_it import MarkdownIt

from quorate.canon.fault import Malformed, Unavailable
from quorate.desk.port import Row
from quorate.reading.minutes.pages import render_html, render_markdown, render_pdf
from quorate.reading.minutes.taking import MinuteText, Passage, Section, take_minutes
from quorate.record.tree import Tree, leaf_hash
from tests.reading.replayed import ID, october


@pytest.fixture(scope="module")
def record() -> list[Row]:
    return october()


@pytest.fixture(scope="module")
def minutes(record) -> MinuteText:
    return take_minutes(record, "cc-16")


def passages(minutes: MinuteText) -> list[Passage]:
    return [each for section in minutes.sections for each in section.passages]


def test_the_heading_says_what_met_when_where_and_under_whom(minutes):
    assert minutes.body == "Central Committee"
    assert minutes.day == "16 October 1917 O.S."
    assert minutes.place == "The building that comrade Alexeeva cleans"
    assert (minutes.opened_at, minutes.adjourned_at, minutes.chair) == ("20:10", "23:50", "Kalinin")
    assert minutes.quorum == "13 present of 13 needed."


def test_those_present_have_their_capacity_and_their_times(minutes):
    by_name = {each.name: each for each in minutes.present}
    assert (by_name["Lenin"].capacity, by_name["Lenin"].came_at) == ("member", "20:40")
    assert (by_name["Ekaterina Alexeeva"].capacity, by_name["Ekaterina Alexeeva"].left_at) == (
        "guest",
        "20:20",
    )
    assert sum(1 for each in minutes.present if each.capacity == "member") == 25
    assert minutes.absent == []


def test_members_who_did_not_come_are_absent(record):
    twentieth = take_minutes(record, "cc-20")
    assert len(twentieth.absent) == 25 - len(twentieth.present)
    assert "Lenin" in twentieth.absent


def test_what_happened_stands_under_the_headings_of_the_agenda(minutes):
    assert [section.title for section in minutes.sections] == [
        "",
        "Reports from the districts and units",
        "The decision of the 10th",
        "Declarations of members",
    ]
    (tendered,) = minutes.sections[-1].passages
    assert tendered.text == "Kamenev tendered a resignation from the Central Committee."
    assert tendered.words == "This destroys the party."


def test_motions_have_their_clauses_in_words(minutes):
    zinoviev = next(each for each in passages(minutes) if each.text.startswith("Zinoviev moved"))
    assert zinoviev.clauses[0] == (
        "The Central Committee and all under it must not organise rising until 20 October 1917 O.S. "
        "(the day of “The Second Congress of Soviets opens”)."
    )


def test_divisions_have_figures_and_the_names_of_each_side(minutes):
    first, second = [each.division for each in passages(minutes) if each.division]
    assert (first.votes_for, first.against, first.abstain, first.not_voted.items) == (
        6,
        15,
        3,
        ["Member 25"],
    )
    assert (second.votes_for, second.against, second.abstain) == (19, 2, 4)
    assert sum(1 for each in first.votes.items if each.vote == "against") == 15


def test_decisions_are_told_as_they_stood_when_the_meeting_adjourned(minutes):
    (taken,) = minutes.decisions
    assert [task.what for task in taken.tasks][1] == "The form of “organise rising”"
    assert taken.tasks[1].due.startswith("19 October 1917 O.S.")  # the Congress moved only later
    assert taken.dissent == [
        "Kamenev and Zinoviev: “To stake everything on one card is not ours to do.”"
    ]


def test_what_was_left_open_is_listed(minutes):
    assert "The resignation of Kamenev from the Central Committee" in minutes.left_open


def test_approval_and_signature_are_those_that_came_later(minutes):
    assert minutes.approval == "Approved at “The Central Committee” on 20 October 1917 O.S."
    assert minutes.signatures == ["Kalinin, chair"]


def test_the_root_is_that_of_the_record(minutes, record):
    tree = Tree()
    tree.extend([leaf_hash(row.entry) for row in record])
    assert (minutes.entries, minutes.root) == (len(record), tree.root().hex())


@pytest.mark.parametrize("meeting", ["cc-16", "cc-20"])
def test_no_id_is_in_the_minutes(record, meeting):
    said = render_markdown(take_minutes(record, meeting))
    assert not ID.search(said)
    assert meeting not in said


def test_a_meeting_that_is_not_the_readers_has_no_minutes(record):
    with pytest.raises(Malformed, match="a meeting that this reader may read of"):
        take_minutes(record, "cc-16", lambda part: not part.audience.startswith("body:"))


def test_parts_that_the_reader_may_not_see_are_in_no_rendering(record):
    text = take_minutes(record, "cc-16", lambda part: part.name in ("act", "person"))
    said = render_html(text)
    assert text.place is None
    for words in ("building that comrade", "destroys the party", "one card", "dog barks"):
        assert words not in said


def test_an_unknown_meeting_is_said_to_be_one(record):
    with pytest.raises(Malformed, match="nothing-1"):
        take_minutes(record, "nothing-1")


def test_markdown_becomes_one_page_that_needs_nothing_else(minutes):
    page = render_html(minutes)
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert not re.search(r"(src|href|url\()\s*=?", page)
    assert page.count("<h1>") == 1
    assert "<td>15</td>" in page


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "![x](https://tracker.example/x.png)",
        "[click](javascript:alert(1))",
        "# not a heading",
        "- not a list",
        "1. not a list",
        "a | b *c* _d_ `e` ~~f~~ &amp;",
        "---",
        "> not a quotation",
    ],
)
def test_what_people_wrote_stays_what_they_wrote(hostile):
    bare = MinuteText(
        **dict.fromkeys(("organisation", "body", "title", "day"), "X"),
        **dict.fromkeys(("place", "opened_at", "adjourned_at", "chair", "quorum", "approval")),
        **{
            key: []
            for key in ("present", "absent", "decisions", "left_open", "corrections", "signatures")
        },
        in_confidence=False,
        sections=[
            Section(
                title=hostile,
                passages=[Passage(at="", text=hostile, words=hostile, clauses=[hostile])],
            )
        ],
        entries=0,
        root="",
    )
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(render_markdown(bare))
    inner = [child for token in tokens for child in token.children or []]
    shown = [
        "".join(child.content for child in token.children or [])
        for token in tokens
        if token.type == "inline"
    ]
    assert shown.count(hostile) == 4
    assert {child.type for child in inner} <= {
        "text",
        "text_special",
        "softbreak",
        "code_inline",
        "strong_open",
        "strong_close",
    }
    assert "<script" not in render_html(bare)


def test_pdf_is_made_where_weasyprint_is_there(minutes):
    pytest.importorskip("weasyprint")
    assert render_pdf(minutes).startswith(b"%PDF-")


def test_without_weasyprint_the_hint_says_what_to_install(minutes, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(Unavailable) as caught:
        render_pdf(minutes)
    assert caught.value.hint == "pip install 'quorate[pdf]'"
