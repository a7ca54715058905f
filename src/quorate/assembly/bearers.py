"""Who a reference such as `body:cc`, `office:cc.chair` or `person:p-...` means, and who acts for it."""

from collections.abc import Collection, Iterable
from datetime import date

from quorate.assembly.model.motion import Clause
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import in_term, offices_of, seat_of
from quorate.assembly.state import State

refusals(
    not_a_reference="ref",
)


def acts_for(state: State, person: str, ref: str, on: date) -> bool:
    """Whether somebody acts for a body, office or person on a day.

    For a body: its chair and secretary; any of its members while neither office is filled; the clerk, for a body that is
    not ours. For an office: its holder, in their term.
    """
    kind, _, key = ref.partition(":")
    if kind == "person":
        return person == key
    if kind == "office":
        office = state.offices.get(key)
        return office is not None and office.holder == person and in_term(office, on)
    return kind == "body" and _acts_for_body(state, person, key, on)


def require_reference(state: State, ref: str) -> None:
    """Return if a reference names a body, office or person that is known, else raise Refused `not-a-reference`."""
    kind, _, key = ref.partition(":")
    registers: dict[str, Collection[str]] = {
        "body": state.bodies,
        "office": state.offices,
        "person": state.people,
    }
    if key not in registers.get(kind, ()):
        raise Refused("not-a-reference", ref=ref)


def require_bearers(state: State, clauses: Iterable[Clause]) -> None:
    """Return if whoever clauses bind, or leave a detail to, is known, else raise Refused `not-a-reference`.

    Else the decision would lay a duty on nobody, who could neither do it nor be asked for it.
    """
    for clause in clauses:
        for ref in (clause.bearer, clause.owner):
            if ref:
                require_reference(state, ref)


def _acts_for_body(state: State, person: str, key: str, on: date) -> bool:
    body = state.bodies.get(key)
    if body is None:
        return False
    if body.outside:
        return person == state.house().clerk
    officers = {
        office.holder
        for office in offices_of(state, key)
        if office.role in ("chair", "secretary") and office.holder and in_term(office, on)
    }
    return person in officers if officers else seat_of(state, body, person, on) is not None
