"""Links by which people come in, for those who hand them out."""

from collections.abc import Iterator, Sequence

from quorate.assembly.state import State
from quorate.script.handles import Handles
from quorate.web.accounts.models import Account, SignInLink, make_link
from quorate.web.house import House


def first_link(house: House) -> str:
    """The secret of a link for the clerk, if nobody has an account yet and no link was used; else empty."""
    if Account.objects.exists():
        return ""
    clerk = house.read(lambda state: state.house().clerk)
    # Of an earlier start, which perhaps nobody has noted down; those of others have perhaps been printed.
    SignInLink.objects.filter(member=clerk, used_at=None).delete()
    return make_link(clerk, house.now())


def links_of(house: House, who: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Name, and the secret of a new link, of each of some people, by handle or id."""
    people = house.read(lambda state: _named(state, who))
    return ((name, make_link(key, house.now())) for key, name in people)


def _named(state: State, who: Sequence[str]) -> list[tuple[str, str]]:
    handles = Handles(state)
    keys = [handles.resolve(each) for each in who]
    return [(key, known.name if (known := state.people[key].known) else key) for key in keys]
