"""What a script may write shorter than the act has it: one table, by act.

A file's name stands for the archive in it, a preset for standing orders; a day that is left out follows from an instant.
And from the founding of an organisation on, days and times are in its calendar and on its clocks.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from quorate.assembly.act import Act
from quorate.assembly.divisions.results import DeclareSecretResult
from quorate.assembly.divisions.secret import PrepareBallot
from quorate.assembly.meetings.convening import ConveneMeeting
from quorate.assembly.organisation.bodies import FoundOrganisation
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.canon.moment import format_day
from quorate.canon.zone import find_zone
from quorate.script.ballots import open_archive, open_setup
from quorate.script.orders import read_orders
from quorate.script.typed_text import Meaning
from quorate.script.written import Written

Values = dict[str, Any]
"""Values by field, as msgspec converts them."""


def no_file(written: Written) -> None:
    """Leave the fields as they are written: none of them names a file."""


def as_given(written: Written, values: Values, meaning: Meaning) -> None:
    """Leave the values as they are given."""


def nothing_learnt(act: Any, meaning: Meaning) -> None:
    """Leave the meaning of what is written after the act as it is."""


class Shorthand(NamedTuple):
    """The shorthand of a class of acts, in three steps; a step that is not given changes nothing."""

    open_file: Callable[[Written], None] = no_file
    """Put the content of a file in the place of its name; called before the fields have their meaning."""
    spell_out: Callable[[Written, Values, Meaning], None] = as_given
    """Put the full values in the place of short or missing ones; called once the fields have their meaning."""
    learn: Callable[[Any, Meaning], None] = nothing_learnt
    """Change the meaning by the act, for the entries after it."""


def spell_out_orders(written: Written, values: Values, _: Meaning) -> None:
    """Put standing orders in the place of a preset with changes."""
    orders = values.get("orders")
    values["orders"] = read_orders(written.text, written.path_of("orders"), orders)


def fill_in_day(_: Written, values: Values, meaning: Meaning) -> None:
    """Give a meeting whose day is not written the day on which it starts."""
    if "day" not in values and "starts_at" in values:
        values["day"] = _day_of(values["starts_at"], meaning)


def learn_calendar(act: FoundOrganisation, meaning: Meaning) -> None:
    """Read what follows in the calendar and on the clocks of the organisation.

    Raises:
        Malformed: there is no such time zone.
    """
    find_zone(act.zone)
    meaning.calendar = act.calendar
    meaning.zone = act.zone


SHORTHANDS: dict[type[Act], Shorthand] = {
    FoundOrganisation: Shorthand(learn=learn_calendar),
    AdoptStandingOrders: Shorthand(spell_out=spell_out_orders),
    ConveneMeeting: Shorthand(spell_out=fill_in_day),
    PrepareBallot: Shorthand(open_file=open_setup),
    DeclareSecretResult: Shorthand(open_file=open_archive),
}
"""By act; one that is not here is written as its fields say."""
_NONE = Shorthand()


def shorthand_of(act: type[Act]) -> Shorthand:
    """The shorthand of a class of acts."""
    return SHORTHANDS.get(act, _NONE)


def _day_of(at: datetime, meaning: Meaning) -> dict[str, str]:
    """The day of an instant there, with the way it is written when the calendar is not the usual one."""
    on = at.astimezone(find_zone(meaning.zone)).date()
    if meaning.calendar == "gregorian":
        return {"on": on.isoformat()}
    return {"on": on.isoformat(), "written": format_day(on, meaning.calendar)}
