"""The hemicycle of a division: seats one by one on rows, or wedges where there are too many. Areas are as the votes weigh."""

from collections.abc import Iterator, Mapping, Sequence
from math import cos, pi, sin, sqrt
from typing import Literal, NamedTuple

ORDER = ("for", "abstain", "against", "waiting", "alarm")
"""The sides from left to right; the last two are those not voted, and those unaccounted for."""
MOST = 600
"""Seats up to which each has a shape of its own."""
OUTER, INNER = 96.0, 40.0
"""Radii of the half ring."""
LARGEST = 8.0
"""Radius of a seat at most, however few there are."""
_MARGIN = (
    1.6 * LARGEST
)  # the corner of a triangle is 1.56 times as far out as the circle of its area
WIDTH, HEIGHT = 2 * (OUTER + _MARGIN), OUTER + 2 * _MARGIN
_CENTRE = _FLOOR = OUTER + _MARGIN
_FILL = 0.43
"""Radius of the largest seat, in parts of the distance between two seats."""
Shape = Literal["circle", "polygon", "path"]


class Mark(NamedTuple):
    """A seat or a wedge."""

    kind: str
    shape: Shape
    x: float
    y: float
    radius: float
    """Of a circle; of a polygon that of the circle of its area."""
    points: str = ""
    """Of a polygon: its corners; of a wedge: its path."""
    area: float = 0.0


class Hemicycle(NamedTuple):
    """A hemicycle, drawn in a box of WIDTH and HEIGHT."""

    marks: list[Mark]
    words: str
    """What it shows, for whoever does not see it."""

    @property
    def box(self) -> str:
        """The box in which it is drawn."""
        return f"0 0 {WIDTH:g} {HEIGHT:g}"


class Place(NamedTuple):
    """A place for a seat."""

    angle: float
    """From the left, in radians."""
    radius: float


def hemicycle_of(sides: Mapping[str, Sequence[int]], words: str) -> Hemicycle:
    """The picture of the weights of each side's votes; weights below 1 have no place.

    Cost: for up to MOST votes some 10 µs each, beyond that a look at each.
    """
    weights = [(kind, weight) for kind in ORDER for weight in sides.get(kind, ()) if weight > 0]
    if not weights:
        return Hemicycle([], words)
    if len(weights) > MOST:
        return Hemicycle([*_wedges(weights)], words)
    places, distance = places_of(len(weights))
    largest = min(_FILL * distance, LARGEST)
    most = max(weight for _, weight in weights)
    marks = [
        _seat(kind, place, largest * sqrt(weight / most))
        for (kind, weight), place in zip(weights, places, strict=True)
    ]
    return Hemicycle(marks, words)


def places_of(count: int) -> tuple[list[Place], float]:
    """Places for some seats from left to right, and the least distance between two.

    On as few rows as give the largest seats room, else on as many as keep seats furthest apart.
    """
    best, most = [Place(pi / 2, (OUTER + INNER) / 2)], OUTER - INNER
    if count == 1:
        return best, most
    most = 0.0
    for rows in range(1, count + 1):
        radii = _radii(rows)
        gap = (OUTER - INNER) / max(rows - 1, 1)
        if gap < most or _FILL * most >= LARGEST:
            break
        shares = _shares(count, radii)
        along = min(
            (
                2 * radius * sin(pi / (share - 1) / 2)
                for radius, share in zip(radii, shares, strict=True)
                if share > 1
            ),
            default=OUTER,
        )
        if min(gap, along) > most:
            most = min(gap, along)
            best = [*_on_rows(radii, shares)]
    return sorted(best), most


def _radii(rows: int) -> list[float]:
    if rows == 1:
        return [OUTER]
    return [INNER + (OUTER - INNER) * row / (rows - 1) for row in range(rows)]


def _shares(count: int, radii: Sequence[float]) -> list[int]:
    """How many seats stand on each row: by its length, by largest remainder."""
    whole = sum(radii)
    exact = [count * radius / whole for radius in radii]
    shares = [int(each) for each in exact]
    by_rest = sorted(range(len(radii)), key=lambda row: exact[row] - shares[row], reverse=True)
    for row in by_rest[: count - sum(shares)]:
        shares[row] += 1
    return shares


def _on_rows(radii: Sequence[float], shares: Sequence[int]) -> Iterator[Place]:
    for radius, share in zip(radii, shares, strict=True):
        for n in range(share):
            yield Place(pi / 2 if share == 1 else pi * n / (share - 1), radius)


def _seat(kind: str, place: Place, radius: float) -> Mark:
    x = _CENTRE - place.radius * cos(place.angle)
    y = _FLOOR - place.radius * sin(place.angle)
    corners = _CORNERS.get(kind)
    if corners is None:
        return Mark(kind, "circle", round(x, 2), round(y, 2), round(radius, 3), area=pi * radius**2)
    number, turned = corners
    # So far out that the polygon has the area of the circle.
    out = radius * sqrt(2 * pi / (number * sin(2 * pi / number)))
    points = [
        (x + out * cos(turned + 2 * pi * n / number), y + out * sin(turned + 2 * pi * n / number))
        for n in range(number)
    ]
    drawn = " ".join(f"{px:.2f},{py:.2f}" for px, py in points)
    return Mark(kind, "polygon", round(x, 2), round(y, 2), radius, drawn, pi * radius**2)


_CORNERS = {"against": (4, pi / 4), "abstain": (4, 0.0), "alarm": (3, -pi / 2)}
"""By side: how many corners its seats have, and at which angle the first is; others are round."""


def _wedges(weights: Sequence[tuple[str, int]]) -> Iterator[Mark]:
    whole = sum(weight for _, weight in weights)
    at = 0.0
    for kind in ORDER:
        share = sum(weight for side, weight in weights if side == kind) / whole
        if not share:
            continue
        start, end = pi * at, pi * (at + share)
        at += share
        corners = [(OUTER, start), (OUTER, end), (INNER, end), (INNER, start)]
        (a, b, c, d) = [
            f"{_CENTRE - radius * cos(angle):.2f} {_FLOOR - radius * sin(angle):.2f}"
            for radius, angle in corners
        ]
        path = f"M{a}A{OUTER:g} {OUTER:g} 0 0 1 {b}L{c}A{INNER:g} {INNER:g} 0 0 0 {d}Z"
        area = (end - start) / 2 * (OUTER**2 - INNER**2)
        middle = (start + end) / 2
        x, y = _CENTRE - OUTER * cos(middle), _FLOOR - OUTER * sin(middle)
        yield Mark(kind, "path", round(x, 2), round(y, 2), 0.0, path, area)
