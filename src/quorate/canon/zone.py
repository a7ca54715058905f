"""Time zones: what the clocks of a place showed, by the IANA tz database that this machine has."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from quorate.canon.fault import Malformed

_OF_THIS_MACHINE = ("Factory", "localtime", "posixrules")
"""Names in the folder of the zones that are of no place: they stand for whatever this machine is set to."""


def find_zone(zone: str) -> ZoneInfo:
    """The time zone of an IANA name.

    Raises:
        Malformed: there is no such zone.
    """
    expected = "a time zone of the IANA database"
    if zone in _OF_THIS_MACHINE or zone.startswith(("posix/", "right/")):
        raise Malformed(repr(zone), expected)
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Malformed(repr(zone), expected) from None


@lru_cache(maxsize=64)
def offset_there(at: datetime, zone: str) -> int:
    """How far the clocks of a zone were ahead of UTC at an instant, in seconds.

    Raises:
        Malformed: there is no such zone.
    """
    offset = at.astimezone(find_zone(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())
