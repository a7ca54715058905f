"""What was typed into the pages of the first start, as the session keeps it."""

from collections.abc import Mapping

from django.contrib.sessions.backends.base import SessionBase

STEPS = ("organisation", "orders", "clerk", "members", "body", "check")
"""The pages, in order."""
FIELDS: dict[str, tuple[str, ...]] = {
    "organisation": ("name", "zone", "calendar", "origin"),
    "orders": ("preset",),
    "clerk": ("clerk", "handle", "email"),
    "members": ("table", "different"),
    "body": ("body", "sits", "chair", "secretary"),
    "check": (),
}
TICKED = ("different", "sits")
"""Fields that a browser leaves out where they are not ticked."""
_KEPT = "founding-typed"
_FIRST = {"calendar": "gregorian", "preset": "small-association", "sits": "yes"}


def typed_in(session: SessionBase) -> dict[str, str]:
    """All that was typed so far; what was not has its usual value, or is empty."""
    empty = {name: "" for names in FIELDS.values() for name in names}
    return {**empty, **_FIRST, **session.get(_KEPT, {})}


def keep(session: SessionBase, step: str, given: Mapping[str, str]) -> dict[str, str]:
    """All that was typed so far, with what one page has sent."""
    before = session.get(_KEPT, {})
    sent = {
        name: given.get(name, "").strip()
        for name in FIELDS[step]
        if name in given or name in TICKED
    }
    session[_KEPT] = {**before, **sent}
    return typed_in(session)


def forget(session: SessionBase) -> None:
    """Let go of all of it: it is on the record now."""
    session.pop(_KEPT, None)
