"""Acts, events and refusals: named in pairs, on their page, raised somewhere, and tested."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from string import Formatter

import pytest

from quorate.assembly import house
from quorate.assembly.act import ACTS, EVENTS, OPENS, kind_of
from quorate.assembly.refusal import CODES
from quorate.audit.check import BALLOT_REFUSALS, KIND_CHECKS, RESULT_REFUSALS
from quorate.reading.refusals import HINTS, WORDS
from quorate.reading.words.acts import DOING
from quorate.script.ballots import CAST
from tests.repository.tree import ROOT, parsed, python
from tools.reference import pages
from tools.rulebook import acts_by_code, codes_by_module, event_of, following, rule_of

NAMED_OTHERWISE = {
    "call-to-order": "meeting.opened",
    "decline-resignation": "non-acceptance.announced",
    "report-undelivered": "dispatch.returned",
    "rule-in-order": "motion.allowed",
    "rule-out-of-order": "motion.disallowed",
}
"""Acts that share no word with their event: two words find them instead of one."""
PAST = {"taken", "laid", "found", "brought", "heard", "withdrawn", "put", "cast", "sent", "resent"}
PAST |= {"given", "lost", "drawn"}
KIND = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+")
"""How the kind of an event is written."""
PARTICIPLES = {"business-left.open", "item-left.unresolved"}
"""Events whose verb is not their last word."""


def refusals_raised() -> list[tuple[str, str, ast.Call]]:
    """Each place where a refusal is made: where, its code, the call."""
    return [
        (f"{path.relative_to(ROOT)}:{call.lineno}", call.args[0].value, call)
        for path in python("src")
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "Refused"
        and isinstance(call.args[0], ast.Constant)
    ]


def test_every_act_is_answered_by_one_event_of_its_own_subject():
    assert len({event_of(act) for act in ACTS.values()}) == len(ACTS)
    for act in ACTS.values():
        assert event_of(act).__module__ == act.__module__, act


def test_every_module_with_a_rule_is_a_subject_of_the_house():
    """Else its acts are there only for those who import it, and no record with them can be folded."""
    with_rules = {
        f"quorate.{'.'.join(path.relative_to(ROOT / 'src/quorate').with_suffix('').parts)}"
        for path in python("src/quorate/assembly")
        if "\n@decides(" in path.read_text(encoding="utf-8")
    }
    assert len(with_rules) > 30
    assert with_rules <= {each.__name__ for each in house.SUBJECTS}


def test_one_word_finds_both_an_act_and_its_event():
    apart = {}
    for name, act in ACTS.items():
        kind = kind_of(event_of(act))
        stems = {word[:4] for word in re.split(r"[-.]", kind)}
        if not stems & {word[:4] for word in name.split("-")}:
            apart[name] = kind
    assert apart == NAMED_OTHERWISE


def test_events_end_in_a_verb_of_the_past():
    for kind in EVENTS:
        verb = kind.rpartition(".")[2]
        assert verb.endswith("ed") or verb in PAST or kind in PARTICIPLES, kind


def test_every_kind_that_the_auditor_or_a_reader_names_is_that_of_an_event():
    """Else what they have to say of a kind is never said, and nobody misses it."""
    named = [
        (path.name, each.value)
        for path in python("src/quorate/audit", "src/quorate/reading")
        for each in ast.walk(parsed(path))
        if isinstance(each, ast.Constant) and KIND.fullmatch(str(each.value))
    ]
    assert len(named) > 40
    assert [each for each in named if each[1] not in EVENTS] == []


def test_what_the_auditor_calls_by_a_check_of_its_own_is_there():
    subjects = {kind.partition(".")[0] for kind in EVENTS}
    assert KIND_CHECKS.keys() <= {*EVENTS, *subjects}
    assert CODES.keys() >= RESULT_REFUSALS | BALLOT_REFUSALS
    assert not RESULT_REFUSALS & BALLOT_REFUSALS


def test_every_event_answers_an_act_or_follows_from_an_event():
    answers = {event_of(act) for act in ACTS.values()}
    follow = {each for event in EVENTS.values() for each in following(event)}
    assert answers | follow == set(EVENTS.values())
    assert not answers & follow


def test_every_rule_says_in_words_when_it_refuses_or_who_may():
    for act in ACTS.values():
        assert act.__doc__, act
        assert event_of(act).__doc__, act
        assert rule_of(act).__doc__, act


def checked_to_be_new(rule: Callable[..., object]) -> Iterator[str]:
    """The fields of its act that a rule hands to `new`: ids that must be free."""
    for call in ast.walk(ast.parse(inspect.getsource(rule))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "new":
            key = call.args[2]
            if isinstance(key, ast.Attribute) and getattr(key.value, "id", "") == "act":
                yield key.attr


def test_an_act_opens_what_its_rule_checks_to_be_new():
    """Else nobody makes the id when it is left out."""
    opened = {name: set(checked_to_be_new(rule_of(act))) for name, act in ACTS.items()}
    assert sum(map(len, opened.values())) > 20
    assert {name for name, fields in opened.items() if not fields <= {OPENS.get(name)}} == set()


def test_every_refusal_that_is_raised_is_declared_and_the_other_way_round():
    raised = {code for _, code, _ in refusals_raised()}
    assert raised == set(CODES)


def test_every_refusal_can_be_the_answer_to_some_act_or_step_of_an_election():
    of_elections = set(codes_by_module()["polling"])
    assert set(acts_by_code()) | of_elections == set(CODES)


def test_every_refusal_and_every_act_has_its_words():
    assert set(WORDS) == set(CODES)
    assert set(DOING) == {*ACTS, CAST}
    assert set(HINTS) <= set(CODES)


def test_every_code_is_declared_by_one_subject():
    declared = [code for codes in codes_by_module().values() for code in codes]
    assert sorted(declared) == sorted(CODES)


def test_every_refusal_brings_the_facts_that_it_declares():
    for where, code, call in refusals_raised():
        given = {word.arg for word in call.keywords} - {"clause"}
        assert given == set(CODES[code]), (where, code)


def test_words_of_a_refusal_name_only_facts_that_it_brings():
    for code, words in WORDS.items():
        named = {name for _, name, _, _ in Formatter().parse(words) if name}
        assert named <= {*CODES[code], "act"}, code


def test_every_refusal_is_tested():
    said = "".join(path.read_text(encoding="utf-8") for path in python("tests"))
    assert not [code for code in CODES if f'"{code}"' not in said]


@pytest.mark.parametrize("page", sorted(pages()))
def test_the_pages_of_the_reference_are_what_make_reference_writes(page):
    written = (ROOT / "docs/reference" / page).read_text(encoding="utf-8")
    assert written == pages()[page], "run `make reference`"


def test_every_act_event_and_refusal_has_a_section_of_its_own():
    of_acts = "".join(text for name, text in pages().items() if name.startswith("acts/"))
    of_refusals, of_events = pages()["refusals.md"], pages()["events.md"]
    for text, names in ((of_acts, ACTS), (of_events, EVENTS), (of_refusals, CODES)):
        sections = re.findall(r"^### `(.+)`$", text, re.MULTILINE)
        assert sorted(sections) == sorted(names)
