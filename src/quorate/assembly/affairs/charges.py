"""Charges: bringing one, telling the accused, hearing them, standing back from it, taking it back.

RONR (12th ed.) 63 (charges, notice, hearing). What the body then does about it is in `discipline`.
"""

from datetime import date
from typing import Literal

from quorate.assembly.act import Act, Event, Stamp, decides, evolves
from quorate.assembly.affairs.breaches import open_breaches, require_of_body, settle_breach
from quorate.assembly.heads import in_good_standing
from quorate.assembly.items import advance, dispose, open_item
from quorate.assembly.model.affairs import Charge, Measure
from quorate.assembly.model.motion import Motion
from quorate.assembly.model.orders import Discipline
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import (
    KEEPERS,
    existing_body,
    orders_of,
    require,
    require_business,
    require_seat,
)
from quorate.assembly.state import State, found, new

UNDECIDED = ("moved", "pending", "postponed", "referred", "tabled", "put", "no-decision")
"""The statuses of a motion that may still be decided."""

refusals(
    no_grounds="",
    already_notified="accused on",
    not_notified="accused charge",
    hearing_too_soon="accused clear charge needed",
    already_recused="person charge",
    not_accuser="person charge",
    measure_pending="motion charge",
)


class BringCharge(Act, frozen=True):
    """Charge a member before a body."""

    charge: str
    accused: str
    body: str
    grounds: tuple[str, ...]
    """Each a few words without personal data, such as `breach of confidence`."""
    publication: str = ""
    """The publication it is about; an open question of a breach is answered by the charge."""
    text: str | None = None


class ChargeBrought(Event, frozen=True):
    """A member is charged."""

    act: BringCharge
    recused: tuple[str, ...]
    """Whom the standing orders bar from the vote on it."""


@decides(BringCharge, opens="charge")
def bring_charge(state: State, act: BringCharge, stamp: Stamp) -> ChargeBrought:
    """Any member in good standing may charge anyone who has not left."""
    new(state.charges, "charge", act.charge)
    body = existing_body(state, act.body)
    if not in_good_standing(state, stamp.by):
        raise Refused("not-entitled", person=stamp.by, needs=("good-standing",))
    if state.person(act.accused).status not in ("good-standing", "suspended"):
        raise Refused("not-a-member", person=act.accused, body=body.id)
    if not act.grounds:
        raise Refused("no-grounds")
    if act.publication:
        found(state.publications, "publication", act.publication)
    barred = (act.accused, stamp.by) if orders_of(body).discipline.recusal else ()
    return ChargeBrought(act=act, recused=tuple(dict.fromkeys(barred)))


@evolves(ChargeBrought)
def charge_brought(state: State, event: ChargeBrought, stamp: Stamp) -> None:
    """The charge is before the body, and answers the question of a breach that its publication raised there."""
    act = event.act
    state.charges[act.charge] = _as_brought(event, stamp)
    open_item(
        state,
        stamp,
        "charge",
        act.charge,
        body=act.body,
        owner=f"body:{act.body}",
        next_step="notify-accused",
    )
    if act.publication:
        publication = state.publications[act.publication]
        for decision in open_breaches(state, publication, act.body):
            settle_breach(state, stamp, publication, decision, "charge-brought")


def _as_brought(event: ChargeBrought, stamp: Stamp) -> Charge:
    act = event.act
    return Charge(
        id=act.charge,
        accused=act.accused,
        by=(stamp.by,),
        body=act.body,
        brought_on=stamp.on,
        recused=event.recused,
        publication=act.publication,
        grounds=act.grounds,
        text=act.text,
    )


class NotifyAccused(Act, frozen=True):
    """Put on the record that the accused was told of the charge."""

    charge: str


class AccusedNotified(Event, frozen=True):
    """The accused knows of the charge."""

    act: NotifyAccused


@decides(NotifyAccused)
def notify_accused(state: State, act: NotifyAccused, stamp: Stamp) -> AccusedNotified:
    """By those who keep the books of the body, once."""
    charge = open_charge(state, act.charge)
    body = state.body(charge.body)
    require(state, stamp, KEEPERS, body, orders_of(body).discipline)
    if charge.notified_on is not None:
        raise Refused("already-notified", accused=charge.accused, on=charge.notified_on)
    return AccusedNotified(act=act)


@evolves(AccusedNotified)
def accused_notified(state: State, event: AccusedNotified, stamp: Stamp) -> None:
    """The notice runs from this day."""
    state.charges[event.act.charge].notified_on = stamp.on
    advance(state, "charge", event.act.charge, "hear-accused")


class HearAccused(Act, frozen=True):
    """Put on the record that the accused was heard, declined to be, or stayed away after due notice."""

    charge: str
    how: Literal["present", "declined", "absent"]
    meeting: str = ""
    """The meeting of the body that heard them, if it was one."""
    text: str | None = None


class AccusedHeard(Event, frozen=True):
    """The accused had their hearing."""

    act: HearAccused


@decides(HearAccused)
def hear_accused(state: State, act: HearAccused, stamp: Stamp) -> AccusedHeard:
    """Refused while the notice of the charge still runs: who was not told in time cannot have stayed away."""
    charge = open_charge(state, act.charge)
    body = state.body(charge.body)
    order = orders_of(body).discipline
    require(state, stamp, KEEPERS, body, order)
    require_noticed(charge, order, stamp.on)
    if act.meeting:
        meeting = state.meeting(act.meeting)
        require_of_body("meeting", meeting.id, meeting.body, body.id)
        require_business(state, meeting, stamp.on)
    return AccusedHeard(act=act)


@evolves(AccusedHeard)
def accused_heard(state: State, event: AccusedHeard, stamp: Stamp) -> None:
    """A measure may be moved."""
    charge = state.charges[event.act.charge]
    charge.heard_on = stamp.on
    charge.heard_how = event.act.how
    advance(state, "charge", charge.id, "decide-measure")


class RecuseFrom(Act, frozen=True):
    """Stand back from a charge, and so from the vote on it."""

    charge: str


class MemberRecused(Event, frozen=True):
    """A member takes no part in the vote on a charge."""

    act: RecuseFrom


@decides(RecuseFrom)
def recuse_from(state: State, act: RecuseFrom, stamp: Stamp) -> MemberRecused:
    """A member of the body, for themselves."""
    charge = open_charge(state, act.charge)
    require_seat(state, stamp.by, state.body(charge.body), stamp.on)
    if stamp.by in charge.recused:
        raise Refused("already-recused", person=stamp.by, charge=charge.id)
    return MemberRecused(act=act)


@evolves(MemberRecused)
def member_recused(state: State, event: MemberRecused, stamp: Stamp) -> None:
    """The next register for a discipline motion on the charge leaves them out."""
    charge = state.charges[event.act.charge]
    charge.recused = (*charge.recused, stamp.by)


class WithdrawCharge(Act, frozen=True):
    """Take back a charge that one has brought."""

    charge: str
    reason: str | None = None


class ChargeWithdrawn(Event, frozen=True):
    """A charge was taken back."""

    act: WithdrawCharge


@decides(WithdrawCharge)
def withdraw_charge(state: State, act: WithdrawCharge, stamp: Stamp) -> ChargeWithdrawn:
    """Those who brought it, unless a motion on it is to be decided."""
    charge = open_charge(state, act.charge)
    if stamp.by not in charge.by:
        raise Refused("not-accuser", person=stamp.by, charge=charge.id)
    if undecided := undecided_motions(state, charge):
        raise Refused("measure-pending", motion=undecided[0], charge=charge.id)
    return ChargeWithdrawn(act=act)


@evolves(ChargeWithdrawn)
def charge_withdrawn(state: State, event: ChargeWithdrawn, stamp: Stamp) -> None:
    """The charge is off the list."""
    end_charge(state, stamp, state.charges[event.act.charge], "withdrawn")


def end_charge(
    state: State, stamp: Stamp, charge: Charge, how: Measure | Literal["withdrawn", "not-accepted"]
) -> None:
    """Note what became of a charge and dispose of it, while an event changes the state."""
    charge.measure = how
    charge.measure_on = stamp.on
    dispose(state, stamp, "charge", charge.id, how)


def is_discipline(motion: Motion, charge: Charge) -> bool:
    """Whether a motion is a discipline motion of the charge's body on that charge."""
    return motion.kind == "discipline" and motion.target == charge.id and motion.body == charge.body


def undecided_motions(state: State, charge: Charge) -> list[str]:
    """The motions with a measure on a charge that may still be decided."""
    return [key for key in charge.motions if state.motions[key].status in UNDECIDED]


def open_charge(state: State, key: str) -> Charge:
    """The charge of that id while it is open, else Refused `unknown` or `not-open`."""
    charge = found(state.charges, "charge", key)
    if charge.measure:
        raise Refused("not-open", what="charge", id=key, status=charge.measure, statuses=("open",))
    return charge


def require_noticed(charge: Charge, order: Discipline, on: date) -> None:
    """Return if the accused was notified the days before that the orders want, clear days, else raise Refused."""
    if charge.notified_on is None:
        raise Refused("not-notified", accused=charge.accused, charge=charge.id, clause=order)
    clear = max(0, (on - charge.notified_on).days - 1)
    if clear < order.notice_days:
        raise Refused(
            "hearing-too-soon",
            accused=charge.accused,
            charge=charge.id,
            clear=clear,
            needed=order.notice_days,
            clause=order,
        )
