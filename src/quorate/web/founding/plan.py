"""The acts that the pages of the first start come to, rehearsed from an empty record; or what is wrong, page by page."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, get_args
from zoneinfo import available_timezones

from quorate.assembly.act import Act
from quorate.assembly.model.organisation import PersonalName
from quorate.assembly.organisation.bodies import (
    CreateOffice,
    EstablishBody,
    FillOffice,
    FoundOrganisation,
)
from quorate.assembly.organisation.membership import SeatMember
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.canon.line import check_line
from quorate.canon.moment import Calendar
from quorate.desk.answer import Caller
from quorate.outbox.letter import is_address
from quorate.premises.entropy import OsEntropy
from quorate.reading.reader import Reader, today
from quorate.reading.refusals import in_words
from quorate.record.note import check_name
from quorate.script.acts import Step
from quorate.script.handles import check_handle
from quorate.script.ids import mint
from quorate.script.members import Row, read_members
from quorate.script.preset import load_preset, preset_names
from quorate.script.rehearsal import rehearse
from quorate.web.founding.people import as_table, check_contacts, doubles
from quorate.web.founding.typed import STEPS

BODY = "members"
"""The id of the first body."""
OFFICES = (("chair", "Chair"), ("secretary", "Secretary"))
CLERK = "clerk"
"""How the clerk is named where somebody is chosen for an office; members by the line of the table."""
Errors = dict[str, dict[str, str]]
"""By page and field: what was expected."""


class Plan(NamedTuple):
    """What would be recorded."""

    steps: list[Step]
    rows: list[Row]
    doubtful: dict[int, str]
    """By line of the table: whom this row may double."""
    errors: Errors
    clerk: str
    """The id of the clerk."""

    @property
    def first_wrong(self) -> str:
        """The first page with an error; empty if all is in order."""
        return next((step for step in STEPS if self.errors.get(step)), "")

    @property
    def entries(self) -> int:
        """How many entries the record would have."""
        return len(self.steps)


def plan_of(typed: Mapping[str, str], now: datetime) -> Plan:
    """The plan that what was typed comes to. Cost: a rehearsal of it, some 100 µs for each member."""
    errors = _checked(typed)
    entropy = OsEntropy()
    clerk = mint("clerk", entropy)
    steps = _opening(typed, clerk, entropy) if not errors.keys() & {"organisation", "clerk"} else []
    rows: list[Row] = []
    doubtful: dict[int, str] = {}
    if steps:
        rows = _rows(typed, rehearse(State(), steps, now), clerk, errors)
        doubtful = doubles(rows, {typed["clerk"]: "the clerk, whom you named before"})
        wrong = [row for row in rows if row.errors]
        if wrong:
            _say(
                errors,
                "members",
                "table",
                f"Line {wrong[0].line}: {wrong[0].errors[0]}.",
            )
        elif doubtful and not typed["different"]:
            _say(errors, "members", "different", "Say so, if they are different people.")
        steps += [step for row in rows for step in row.steps] + _seats(typed, rows, clerk)
        if not errors:
            _rehearse(steps, now, clerk, errors)
    return Plan(steps, rows, doubtful, errors, clerk)


def usual_origin(name: str, host: str, year: int) -> str:
    """A name for the log of an organisation: below the host under which it is reached, if that is a name; else with the year."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "record"
    named = "." in host and not host.replace(".", "").isdecimal()
    return f"{host}/{slug}" if named else f"{slug}-{year}"


def machine_zone() -> str:
    """The time zone to which this machine is set, if it says so by name; else UTC."""
    target = str(Path("/etc/localtime").resolve())
    zone = target.partition("zoneinfo/")[2]
    return zone if zone in available_timezones() and not zone.startswith("Etc/") else "UTC"


def _checked(typed: Mapping[str, str]) -> Errors:
    errors: Errors = {}
    for step, field, words in (
        ("organisation", "name", "what the organisation is called"),
        ("clerk", "clerk", "your name"),
        ("body", "body", "what the body is called"),
    ):
        if not typed[field]:
            _say(errors, step, field, words)
        else:
            _try(
                errors, step, field, lambda text=typed[field], field=field: check_line(text, field)
            )
    if typed["zone"] not in available_timezones():
        _say(errors, "organisation", "zone", "a time zone of the list, such as Europe/London")
    if typed["calendar"] not in get_args(Calendar):
        _say(errors, "organisation", "calendar", "one of the two")
    _try(errors, "organisation", "origin", lambda: check_name(typed["origin"]))
    if typed["preset"] not in preset_names():
        _say(errors, "orders", "preset", "one of those below")
    if typed["handle"]:
        _try(errors, "clerk", "handle", lambda: check_handle(typed["handle"]))
    if typed["email"] and not is_address(typed["email"]):
        _say(errors, "clerk", "email", "an address such as ada@example.org, or nothing")
    if typed["chair"] and typed["chair"] == typed["secretary"]:
        _say(errors, "body", "secretary", "somebody else than the chair, or nobody for now")
    return errors


def _opening(typed: Mapping[str, str], clerk: str, entropy: OsEntropy) -> list[Step]:
    """The acts before the members: the organisation, its body, their orders and offices."""
    acts: list[tuple[str, Act]] = [
        (
            "found-organisation",
            FoundOrganisation(
                organisation=mint("organisation", entropy),
                name=typed["name"],
                clerk=clerk,
                calendar="julian" if typed["calendar"] == "julian" else "gregorian",
                zone=typed["zone"],
                person=PersonalName(typed["clerk"], typed["handle"]),
            ),
        ),
        ("establish-body", EstablishBody(body=BODY, name=typed["body"] or BODY)),
    ]
    if typed["preset"] in preset_names():
        orders = load_preset(typed["preset"])
        acts.append(("adopt-standing-orders", AdoptStandingOrders(body=BODY, orders=orders)))
    acts += [
        ("create-office", CreateOffice(office=role, body=BODY, role=role, name=name))
        for role, name in OFFICES
    ]
    return [Step(name, act, Caller(by=clerk), "") for name, act in acts]


def _rows(typed: Mapping[str, str], state: State, clerk: str, errors: Errors) -> list[Row]:
    """The rows of the table; each that names no body sits in the first."""
    if not typed["table"].strip():
        return []
    table = as_table(typed["table"])
    try:
        rows = read_members(
            "line", table.text.encode(), state, OsEntropy(), Caller(by=clerk), body=BODY
        )
    except Malformed as error:
        _say(
            errors,
            "members",
            "table",
            f"Expected {error.expected}."
            + (f" {error.hint[:1].upper()}{error.hint[1:]}." if error.hint else ""),
        )
        return []
    for row in rows:
        row.line -= table.ahead
    check_contacts(rows)
    return rows


def _seats(typed: Mapping[str, str], rows: list[Row], clerk: str) -> list[Step]:
    """The seat of the clerk, and who holds which office."""
    caller = Caller(by=clerk)
    steps = []
    if typed["sits"]:
        steps.append(Step("seat-member", SeatMember(body=BODY, member=clerk), caller, ""))
    people = {str(row.line): row.steps[0].act.member for row in rows if row.steps} | {CLERK: clerk}  # type: ignore[union-attr]
    for role, _ in OFFICES:
        if holder := people.get(typed[role]):
            steps.append(Step("fill-office", FillOffice(office=role, holder=holder), caller, ""))
    return steps


def _rehearse(steps: list[Step], now: datetime, clerk: str, errors: Errors) -> None:
    said: list[str] = []

    def refused(state: State, refusal: Refused) -> None:
        said.append(in_words(refusal, Reader(state, today(state, now), clerk)))

    try:
        rehearse(State(), steps, now, refused=refused)
    except Refused:
        _say(errors, "check", "", said[0])
    except Malformed as error:
        _say(errors, "check", "", str(error))


def _try(errors: Errors, step: str, field: str, check: object) -> None:
    try:
        check()  # type: ignore[operator]
    except Malformed as error:
        _say(errors, step, field, error.expected)


def _say(errors: Errors, step: str, field: str, expected: str) -> None:
    errors.setdefault(step, {}).setdefault(field, expected)
