"""What is settled when a division is opened and never changes after: rule, register, quorum, tellers.

The rule is that of the standing orders for the kind of motion. The chair may say which of the majorities in the orders
applies, but cannot bring one of their own.
"""

from datetime import datetime
from typing import Literal

import msgspec

from quorate.assembly.act import Stamp
from quorate.assembly.divisions.figures import BY_FIGURES, GROUPS, as_put, outcome_of
from quorate.assembly.divisions.register import (
    able_of,
    circular_register,
    electoral_register,
    sums_of,
)
from quorate.assembly.model.division import Barred, Division, Entitled, Method
from quorate.assembly.model.motion import Motion
from quorate.assembly.model.orders import StandingOrders
from quorate.assembly.organisation.standing_orders import majority_of
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import offices_of, orders_of, quorum_needed, quorum_present
from quorate.assembly.state import State
from quorate.canon.fault import Malformed
from quorate.counting.rule import Compound, Rule

refusals(
    rule_fixed="kind",
    rule_not_in_orders="body",
    rule_unmeasurable="what",
    weighted_needs_names="method",
    tellers_needed="needed named",
)


class Opening(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The frozen part of a division, as the record keeps it."""

    motion: str
    body: str
    meeting: str
    method: Method
    rule: Rule
    register: tuple[Entitled, ...]
    barred: tuple[Barred, ...] = ()
    present: int = 0
    seats: int = 0
    quorum_needed: int = 0
    tellers: tuple[str, ...] = ()
    closes_at: datetime | None = None
    recount_of: str = ""


def opening_at_meeting(
    state: State,
    motion: Motion,
    stamp: Stamp,
    *,
    method: Method | Literal[""] = "",
    rule: Rule | None = None,
    tellers: tuple[str, ...] = (),
) -> Opening:
    """A division on a motion at its meeting, as it would be opened now.

    Raises:
        Refused: the rule or the method do not suit it.
    """
    meeting = state.meetings[motion.meeting]
    body = state.bodies[motion.body]
    orders = orders_of(body)
    register, barred = electoral_register(state, meeting, motion, stamp.on)
    how: Method = method or orders.voting.method
    needed = quorum_needed(state, body, orders.quorum, stamp.on)
    present = quorum_present(state, meeting, stamp.on)
    # The recused count towards the quorum but are not on the register, which may be smaller than what was needed.
    asked = min(needed, len(register)) if present >= needed else needed
    opening = Opening(
        motion=motion.id,
        body=body.id,
        meeting=meeting.id,
        method=how,
        rule=as_put(
            rule_for(state, orders, motion, rule), needed=asked, tie=orders.casting_vote.kind
        ),
        register=register,
        barred=barred,
        present=present,
        seats=body.seats or 0,
        quorum_needed=needed,
        tellers=require_tellers(state, body.id, tellers) if how == "counted" else (),
    )
    return require_measurable(opening, stamp)


def opening_by_circular(state: State, motion: Motion, stamp: Stamp, closes_at: datetime) -> Opening:
    """A circular vote on a motion, as it would be opened now; its quorum is a floor of participation."""
    body = state.bodies[motion.body]
    orders = orders_of(body)
    register, barred = circular_register(state, body, motion, stamp.on)
    # Nobody recused can answer, so no more answers are asked for than there are lines.
    needed = min(quorum_needed(state, body, orders.quorum, stamp.on), len(register))
    rule = rule_for(state, orders, motion, None)
    opening = Opening(
        motion=motion.id,
        body=body.id,
        meeting="",
        method="circular",
        rule=as_put(rule, needed=needed, circular=True, tie="none"),  # nobody is in the chair
        register=register,
        barred=barred,
        seats=body.seats or 0,
        quorum_needed=needed,
        closes_at=closes_at,
    )
    return require_measurable(opening, stamp)


def division_of(key: str, opening: Opening, stamp: Stamp, seq: int) -> Division:
    """The division that an opening makes. Cost: a look at each line of the register."""
    division = _unregistered(key, opening, stamp, seq)
    division.register = {line.person: line for line in opening.register}
    return division


def _unregistered(key: str, opening: Opening, stamp: Stamp, seq: int) -> Division:
    """The same with the figures of its register alone."""
    return Division(
        id=key,
        motion=opening.motion,
        body=opening.body,
        meeting=opening.meeting,
        method=opening.method,
        rule=opening.rule,
        opened_on=stamp.on,
        opened_seq=seq,
        entitled=sums_of(opening.register),
        able=able_of(opening.register),
        barred={each.person: each.why for each in opening.barred},
        present=opening.present,
        seats=opening.seats,
        quorum_needed=opening.quorum_needed,
        tellers=opening.tellers,
        closes_at=opening.closes_at,
        recount_of=opening.recount_of,
    )


def opening_of(division: Division, method: Method, tellers: tuple[str, ...] = ()) -> Opening:
    """The opening of a division that takes the place of another: same question, same rule, same register.

    Tellers are only kept where it is counted.
    """
    return Opening(
        motion=division.motion,
        body=division.body,
        meeting=division.meeting,
        method=method,
        rule=division.rule,
        register=tuple(division.register.values()),
        barred=tuple(Barred(person, why) for person, why in division.barred.items()),
        present=division.present,
        seats=division.seats,
        quorum_needed=division.quorum_needed,
        tellers=tellers if method == "counted" else (),
        recount_of=division.id,
    )


def rule_for(state: State, orders: StandingOrders, motion: Motion, asked: Rule | None) -> Rule:
    """The majority for a motion: by the measure it proposes, by its kind with notice, by its kind, else the usual one.

    Raises:
        Refused: another was asked for, which the orders do not have, or where they name one for its kind.
    """
    majorities = orders.majorities
    own = majority_of(majorities, *_kinds(state, motion))
    if asked is None or asked == own:
        return own
    if asked not in (majorities.usual, *majorities.by_kind.values()):
        raise Refused("rule-not-in-orders", body=motion.body, clause=majorities)
    if own != majorities.usual:
        # Else the chair could let a usual majority do for what the orders ask two thirds for.
        raise Refused("rule-fixed", kind=motion.kind, clause=majorities)
    return asked


def _kinds(state: State, motion: Motion) -> list[str]:
    # The narrowest first, as the first that the orders name counts: previous notice (RONR 12th ed. 10) may make a
    # majority do where two thirds are asked for without it.
    kinds = [motion.kind]
    if motion.notice_given:
        kinds.insert(0, f"{motion.kind}-with-notice")
    charge = state.charges.get(motion.target) if motion.kind == "discipline" else None
    if charge is not None and motion.id in charge.motions:
        kinds.insert(0, charge.motions[motion.id].measure)
    return kinds


def require_measurable(opening: Opening, stamp: Stamp) -> Opening:
    """The opening itself if its division can be counted by its method and decided by its rule, else Refused."""
    trial = _unregistered("", opening, stamp, 0)
    # Figures do not say whose votes they are, so there is nothing to weigh them by.
    if opening.method in BY_FIGURES and any(line.weight != 1 for line in opening.register):
        raise Refused("weighted-needs-names", method=opening.method)
    rule = opening.rule
    if isinstance(rule, Compound) and (opening.method in BY_FIGURES or rule.parts.keys() != GROUPS):
        raise Refused("rule-unmeasurable", what="groups")
    # Decided on trial with no votes: what cannot be measured must be found out now, not when the votes are in.
    try:
        outcome_of(trial)
    except Malformed as error:
        raise Refused("rule-unmeasurable", what=error.where) from None
    return opening


def require_tellers(state: State, body: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """Those named, else those in the office of teller, each once; Refused if fewer than the orders want."""
    order = orders_of(state.bodies[body]).voting
    by_office = (o.holder for o in offices_of(state, body) if o.role == "teller" and o.holder)
    tellers = tuple(dict.fromkeys(named or by_office))  # who is named twice is one teller, not two
    for person in tellers:
        state.person(person)
    needed = max(1, order.tellers)
    if len(tellers) < needed:
        raise Refused("tellers-needed", needed=needed, named=len(tellers), clause=order)
    return tellers
