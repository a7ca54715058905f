"""The hemicycle: every vote has one place and no other, and its area is as the vote weighs."""

import itertools
import re
from math import dist, isclose, pi

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.web.picture.hemicycle import (
    HEIGHT,
    INNER,
    MOST,
    ORDER,
    OUTER,
    WIDTH,
    Mark,
    hemicycle_of,
    places_of,
)

RING = pi / 2 * (OUTER**2 - INNER**2)


def shoelace(points: str) -> float:
    corners = [tuple(map(float, each.split(","))) for each in points.split()]
    following = [*corners[1:], corners[0]]
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(corners, following, strict=True))) / 2


def drawn_area(mark: Mark) -> float:
    """The area of a seat as it is drawn, not as it says."""
    return pi * mark.radius**2 if mark.shape == "circle" else shoelace(mark.points)


@pytest.mark.parametrize("count", [*range(1, 121), 250, 499, MOST])
def test_no_two_seats_touch_and_all_are_in_the_box(count: int) -> None:
    marks = hemicycle_of({"for": [1] * count}, "").marks
    assert len(marks) == count
    radius = marks[0].radius
    for one, other in itertools.combinations(marks, 2):
        assert dist((one.x, one.y), (other.x, other.y)) > 2 * radius
    for each in marks:
        assert radius <= each.x <= WIDTH - radius
        assert each.y <= HEIGHT
        assert each.y >= 0


@pytest.mark.parametrize("kind", ORDER)
@pytest.mark.parametrize("count", [1, 2, 9, 17, 40])
def test_no_corner_of_a_seat_is_cut_off(kind: str, count: int) -> None:
    for mark in hemicycle_of({kind: [1] * count}, "").marks:
        corners = [tuple(map(float, each.split(","))) for each in mark.points.split()]
        for x, y in corners or [(mark.x - mark.radius, mark.y - mark.radius)]:
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT


def test_small_worlds_whole() -> None:
    """All ways in which up to five can vote: as many marks of each side as votes, and the sides from left to right."""
    for counts in itertools.product(range(4), repeat=5):
        if not 0 < sum(counts) <= 5:
            continue
        sides = {kind: [1] * count for kind, count in zip(ORDER, counts, strict=True)}
        marks = hemicycle_of(sides, "").marks
        assert [each.kind for each in marks] == [kind for kind in ORDER for _ in sides[kind]]
        assert len({(each.x, each.y) for each in marks}) == len(marks)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(ORDER), st.lists(st.integers(1, 50), max_size=30), min_size=1
    ).filter(lambda sides: any(sides.values()))
)
def test_areas_of_seats_are_as_the_votes_weigh(sides: dict[str, list[int]]) -> None:
    weights = [weight for kind in ORDER for weight in sides.get(kind, [])]
    marks = hemicycle_of(sides, "").marks
    unit = max(drawn_area(each) for each in marks) / max(weights)
    for mark, weight in zip(marks, weights, strict=True):
        assert isclose(mark.area, unit * weight, rel_tol=0.03), mark
        assert isclose(drawn_area(mark), mark.area, rel_tol=0.03, abs_tol=0.02), mark


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 4000), min_size=5, max_size=5).filter(lambda n: sum(n) > MOST))
def test_wedges_fill_the_ring_in_parts_that_add_up(counts: list[int]) -> None:
    sides = {kind: [1] * count for kind, count in zip(ORDER, counts, strict=True)}
    marks = hemicycle_of(sides, "").marks
    assert [each.kind for each in marks] == [kind for kind in ORDER if sides[kind]]
    assert isclose(sum(each.area for each in marks), RING)
    for each in marks:
        assert isclose(each.area / RING, len(sides[each.kind]) / sum(counts))
    ends = [re.findall(r"-?\d+\.\d+ -?\d+\.\d+", each.points) for each in marks]
    for one, following in itertools.pairwise(ends):
        assert one[1] == following[0]  # the next begins where this one ends
        assert one[2] == following[3]


def test_wedges_weigh() -> None:
    marks = hemicycle_of({"for": [3] * 400, "against": [1] * 400}, "").marks
    assert isclose(marks[0].area, 3 * marks[1].area)


def test_nobody_makes_no_picture_and_a_weight_of_nothing_no_seat() -> None:
    assert hemicycle_of({}, "").marks == []
    assert len(hemicycle_of({"for": [0, 1, -1]}, "").marks) == 1


def test_places_go_from_left_to_right() -> None:
    for count in range(2, 200):
        places, least = places_of(count)
        assert [each.angle for each in places] == sorted(each.angle for each in places)
        assert len(set(places)) == count
        assert least > 0
