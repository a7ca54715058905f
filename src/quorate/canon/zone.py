"""Time zones: what the clocks of a place showed, by the IANA tz database that this machine has."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from quorate.canon.fault import Malformed


def find_zone(zone: str) -> ZoneInfo:
    """The time zone of an IANA name.

    Raises:
        Malformed: there is no such zone.
    """
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Malformed(repr(zone), "a time zone of the IANA database") from None


@lru_cache(maxsize=64)
def offset_there(at: datetime, zone: str) -> int:
    """How far the clocks of a zone were ahead of UTC at an instant, in seconds.

    Raises:
        Malformed: there is no such zone.
    """
    offset = at.astimezone(find_zone(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())
