"""Presets of standing orders: each is whole, speaks plainly, and can be changed only where a rule has something to change."""

import msgspec
import pytest

from quorate.assembly.model.orders import Order, StandingOrders
from quorate.canon.fault import Malformed
from quorate.counting.rule import Base, Majority, Tie, Unanimity
from quorate.script.preset import apply_changes, load_preset, preset_names

SMALL = "small-association"
KINDS = [
    "main",
    "ratify",
    "postpone-indefinitely",
    "amend",
    "refer",
    "postpone",
    "limit-debate",
    "previous-question",
    "table",
    "orders-of-the-day",
    "privilege",
    "recess",
    "adjourn",
    "fix-time",
    "appeal",
    "suspend-rules",
    "object-to-consideration",
    "divide-question",
    "withdraw",
    "rescind",
    "amend-adopted",
    "reconsider",
    "take-from-table",
    "discipline",
    "accept-resignation",
    "amend-orders",
]


def rules(orders: StandingOrders) -> dict[str, Order]:
    return {
        name: rule
        for name in orders.__struct_fields__
        if isinstance(rule := getattr(orders, name), Order)
    }


def test_there_is_a_preset_for_each_kind_of_house() -> None:
    assert preset_names() == [
        "board-of-directors",
        "confidential-committee",
        "housing-co-operative",
        "small-association",
        "union-branch",
    ]


@pytest.mark.parametrize("name", preset_names())
def test_preset_names_itself_and_each_rule_has_a_clause_of_its_own_and_words(name: str) -> None:
    orders = load_preset(name)
    assert orders.preset == name
    clauses = [rule.clause for rule in rules(orders).values()]
    assert len(set(clauses)) == len(clauses) == len(orders.__struct_fields__) - 1
    assert all(
        rule.words.endswith(".") and "\n" not in rule.words for rule in rules(orders).values()
    )


@pytest.mark.parametrize("name", preset_names())
def test_preset_knows_every_kind_of_motion_and_has_a_majority_for_no_other(name: str) -> None:
    orders = load_preset(name)
    assert set(orders.precedence.ranks) == set(KINDS)
    assert set(orders.majorities.by_kind) <= {*KINDS, "expel"}


@pytest.mark.parametrize("name", preset_names())
def test_tie_rule_of_the_usual_majority_is_the_casting_vote_of_the_chair(name: str) -> None:
    usual = load_preset(name).majorities.usual
    assert isinstance(usual, Majority)
    tie = {"none": Tie.FAILS, "free": Tie.CASTING_VOTE, "status-quo": Tie.CASTING_VOTE_STATUS_QUO}
    assert usual.tie is tie[load_preset(name).casting_vote.kind]


@pytest.mark.parametrize("name", preset_names())
def test_changing_the_orders_is_harder_than_usual(name: str) -> None:
    majorities = load_preset(name).majorities
    changed, usual = majorities.by_kind["amend-orders"], majorities.usual
    assert isinstance(changed, Majority)
    assert isinstance(usual, Majority)
    more = changed.numerator * usual.denominator > usual.numerator * changed.denominator
    assert more or changed.base is Base.SEATS


@pytest.mark.parametrize("name", preset_names())
def test_preset_is_the_same_after_a_change_of_nothing_and_after_the_record_kept_it(
    name: str,
) -> None:
    orders = load_preset(name)
    assert apply_changes(orders, {}) == orders
    assert msgspec.json.decode(msgspec.json.encode(orders), type=StandingOrders) == orders


def test_ranked_motions_stand_in_the_order_of_roberts_rules() -> None:
    ranks = load_preset(SMALL).precedence.ranks
    ranked = sorted((r.rank, kind) for kind, r in ranks.items() if r.rank and r.rank > 1)
    assert [kind for _, kind in ranked] == [
        "postpone-indefinitely",
        "amend",
        "refer",
        "postpone",
        "limit-debate",
        "previous-question",
        "table",
        "orders-of-the-day",
        "privilege",
        "recess",
        "adjourn",
        "fix-time",
    ]
    assert [rank for rank, _ in ranked] == list(range(2, 14))


def test_what_is_named_is_changed_and_the_rest_stays() -> None:
    before = load_preset(SMALL)
    after = apply_changes(before, {"notice": {"days": "3"}, "quorum": {"number": 4}})
    assert (after.notice.days, after.quorum.number) == (3, 4)
    assert after.notice.words == before.notice.words
    assert after.quorum.denominator == before.quorum.denominator
    assert before.notice.days == 7


def test_majority_is_replaced_whole_and_null_takes_one_out() -> None:
    change = {
        "usual": {"rule": "unanimity", "abstention_prevents": True},
        "by_kind": {"rescind": None},
    }
    after = apply_changes(load_preset(SMALL), {"majorities": change}).majorities
    assert after.usual == Unanimity(abstention_prevents=True)
    assert "rescind" not in after.by_kind
    assert "expel" in after.by_kind


def test_table_of_precedence_can_be_given_by_name_and_changed_by_kind() -> None:
    named = apply_changes(load_preset(SMALL), {"precedence": {"ranks": "roberts-rules"}})
    assert named == load_preset(SMALL)
    changed = apply_changes(load_preset(SMALL), {"precedence": {"ranks": {"table": None}}})
    assert set(KINDS) - set(changed.precedence.ranks) == {"table"}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"notise": {"days": 3}}, "notise"),
        ({"notice": {"dayz": 3}}, "notice.dayz"),
        ({"notice": {"days": "soon"}}, "notice.days"),
        ({"notice": None}, "standing orders"),
        ({"majorities": {"usual": {"rule": "majority"}}}, "majorities.usual"),
        ({"precedence": {"ranks": "of-nobody"}}, "precedence.ranks"),
        ({"precedence": {"ranks": "../small-association"}}, "precedence.ranks"),
    ],
)
def test_change_that_fits_no_rule_is_malformed_and_names_the_path(
    changes: dict[str, object], where: str
) -> None:
    with pytest.raises(Malformed) as caught:
        apply_changes(load_preset(SMALL), changes)
    assert caught.value.where == where


def test_unknown_preset_is_malformed_and_the_known_ones_are_named() -> None:
    with pytest.raises(Malformed, match="small-association"):
        load_preset("ranks/roberts-rules")
