import hashlib
from itertools import permutations

import pytest

from quorate.canon.fault import Malformed
from quorate.counting.lot import draw_lot

SEED = "000102030405060708090a0b0c0d0e0f"


def test_least_digest_wins_as_sha256sum_computes_it():
    # printf '["quorate-lot-1","000102030405060708090a0b0c0d0e0f","d-1","for"]' | sha256sum
    tickets = {
        "for": "f1061a42f48933bd464df7b3c1bffab2d1313bac80a18c1c95011d361442f548",
        "against": "6e49eaaccfd6d400946dd1b26d54dc927ccbb23281bbc3babf04884fedb1f5f0",
    }
    assert draw_lot(SEED, "d-1", ["for", "against"]) == min(tickets, key=tickets.__getitem__)


def test_order_of_the_candidates_does_not_matter():
    orders = permutations(["a", "b", "c", "d"])
    assert len({draw_lot(SEED, "d-1", order) for order in orders}) == 1


def test_each_candidate_is_drawn_about_as_often():
    seeds = [hashlib.sha256(str(i).encode()).hexdigest() for i in range(3000)]
    drawn = [draw_lot(seed, "d-1", ["a", "b", "c"]) for seed in seeds]
    assert all(900 < drawn.count(name) < 1100 for name in "abc")


def test_one_seed_does_not_make_all_ties_fall_the_same_way():
    assert {draw_lot(SEED, f"d-{i}", ["for", "against"]) for i in range(20)} == {"for", "against"}


def test_loser_that_withdraws_does_not_change_who_wins():
    winner = draw_lot(SEED, "d-1", ["a", "b", "c"])
    for loser in {"a", "b", "c"} - {winner}:
        assert draw_lot(SEED, "d-1", sorted({"a", "b", "c"} - {loser})) == winner


@pytest.mark.parametrize("seed", ["", "0" * 31, "0" * 30, "0" * 33, "G" * 32, "AB" * 16, "0" * 130])
def test_seed_of_another_form_is_malformed(seed):
    with pytest.raises(Malformed):
        draw_lot(seed, "d-1", ["a", "b"])


@pytest.mark.parametrize("candidates", [[], ["a", "a"]])
def test_lots_need_different_candidates(candidates):
    with pytest.raises(Malformed):
        draw_lot(SEED, "d-1", candidates)
