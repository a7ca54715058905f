"""Founding: the folder and the key of an organisation, and its first acts in one transaction."""

from collections.abc import Sequence
from datetime import timedelta
from importlib.resources import files
from typing import NamedTuple

from quorate.assembly.state import State
from quorate.desk.local_time import format_instant
from quorate.premises.bootstrap import found_premises
from quorate.premises.entropy import OsEntropy
from quorate.premises.folder import PREMISES, Premises, read_premises
from quorate.script.acts import Step, read_script
from quorate.script.rehearsal import carry_out, rehearse
from quorate.web.accounts.models import Wanted, make_links
from quorate.web.founding.plan import machine_zone
from quorate.web.house import House

DEMO_ORIGIN = "example.org/lantern-yard"
SAT_FOR = timedelta(minutes=20)
"""How long the meeting of the demo is said to have been convened for before now."""


class DemoPerson(NamedTuple):
    """Somebody of the demo, and the secret of the link by which one comes in as them."""

    name: str
    role: str
    secret: str


def found(house: House, origin: str, steps: Sequence[Step]) -> None:
    """Make the folder of an organisation and carry out its first acts, all or none.

    A folder that has its key and an empty record already, because a founding broke off there, is taken as it is.

    Raises:
        Refused, Malformed: an act is not in order; nothing was made.
        Unavailable: the record cannot be kept.
    """
    rehearse(State(), steps, house.now())
    if not (house.folder / PREMISES).exists():
        found_premises(house.folder, Premises(origin, "record.sqlite"))
    carry_out(house.desk(), steps)


def origin_of(house: House) -> str:
    """The name of the log in a folder that has its key already; else empty."""
    return read_premises(house.folder).origin if (house.folder / PREMISES).exists() else ""


def found_demo(house: House) -> list[DemoPerson]:
    """Found a co-operative whose meeting is sitting now, with a vote open; returns its people."""
    zone = machine_zone()
    written = format_instant(house.now() - SAT_FOR, "gregorian", zone)
    text = (files("quorate.web.founding") / "demo.yaml").read_text(encoding="utf-8")
    text = text.replace("ZONE", zone).replace("NOW", written).replace("TODAY", written[:10])
    steps = read_script([("demo.yaml", text.encode())], State(), OsEntropy())
    found(house, origin_of(house) or DEMO_ORIGIN, steps)
    people = house.read(_people)
    secrets = make_links([Wanted(key) for key, _, _ in people], house.now())
    return [
        DemoPerson(name, role, secret)
        for (_, name, role), secret in zip(people, secrets, strict=True)
    ]


def _people(state: State) -> list[tuple[str, str, str]]:
    """Id, name and role of each, those with a role first."""
    roles = {each.holder: each.name.lower() for each in state.offices.values()}
    roles[state.house().clerk] = "clerk"
    people = [
        (each.id, each.known.name if each.known else each.id, roles.get(each.id, ""))
        for each in state.people.values()
    ]
    return sorted(people, key=lambda each: (not each[2], each[1]))
