"""Time zones: what the clocks of a place showed."""

from datetime import UTC, datetime

import pytest

from quorate.canon.fault import Malformed
from quorate.canon.zone import find_zone, offset_there


@pytest.mark.parametrize(
    ("at", "zone", "offset"),
    [
        (datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), "Europe/Amsterdam", 3600),
        (datetime(2026, 3, 29, 1, 0, 0, tzinfo=UTC), "Europe/Amsterdam", 7200),
        (datetime(1844, 1, 1, tzinfo=UTC), "Asia/Manila", -57368),
        (datetime(2026, 11, 27, tzinfo=UTC), "Pacific/Kiritimati", 14 * 3600),
        (datetime(1960, 1, 1, tzinfo=UTC), "Africa/Monrovia", -2670),
    ],
)
def test_offset_is_that_of_the_instant_to_the_second(at: datetime, zone: str, offset: int) -> None:
    assert offset_there(at, zone) == offset


@pytest.mark.parametrize(
    "zone",
    [
        "",
        "Europe/Petersburg",
        "../etc/passwd",
        "/etc/localtime",
        "a\0b",
        "localtime",
        "posixrules",
        "right/UTC",
    ],
)
def test_what_is_no_zone_is_refused(zone: str) -> None:
    with pytest.raises(Malformed):
        find_zone(zone)
