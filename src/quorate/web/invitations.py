"""Links for members, made beside a floor that is being served or before it ever was."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from quorate.assembly.state import State
from quorate.script.handles import Handles
from quorate.web.house import House
from quorate.web.serve import prepare
from quorate.web.settings import Serving


class Invited(NamedTuple):
    """Somebody, and the secret of the link that was made for them."""

    handle: str
    name: str
    secret: str


def invite(folder: Path, who: Sequence[str]) -> list[Invited]:
    """A new link for each of some members, by handle or id; for nobody named, for every member in good standing.

    Raises:
        Malformed: there is no organisation there, or no such member.
        Unavailable: its record cannot be read.
    """
    with House(folder, reading=True) as house:
        people = house.read(lambda state: _people(state, who))
        prepare(house, Serving((), secure=False))
        from quorate.web.accounts.models import make_link  # noqa: PLC0415  # needs Django set up

        now = house.now()
        return [Invited(handle, name, make_link(key, now)) for key, handle, name in people]


def _people(state: State, who: Sequence[str]) -> list[tuple[str, str, str]]:
    handles = Handles(state)
    keys = [handles.resolve(each) for each in who] or [
        each.id for each in state.people.values() if each.status == "good-standing"
    ]
    known = [(key, state.people[key].known) for key in keys]
    return [(key, each.handle if each else "", each.name if each else key) for key, each in known]
