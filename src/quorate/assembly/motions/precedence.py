"""Which motions are in order now, and why not: the table of precedence of the standing orders, asked as data.

RONR (12th ed.) 5 (precedence), 12:7 (amendments in two degrees), 16:5 (what the previous question leaves in order). A
motion is in order when it outranks everything that is pending. One without a rank either brings a question back, and
waits until nothing is pending, or arises from what is pending.
"""

from quorate.assembly.model.meeting import Meeting
from quorate.assembly.model.motion import Motion
from quorate.assembly.model.orders import Rank, StandingOrders
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.roll import orders_of
from quorate.assembly.state import State

refusals(
    unknown_kind="kind body",
    not_in_order_now="kind pending pending_kind",
    nothing_pending="kind target",
    not_by_itself="kind root target",
    not_amendable="target why",
    not_debatable="motion why",
    chair_decides="motion kind decided",
)

BRINGS_BACK = ("rescind", "amend-adopted", "reconsider", "take-from-table")
"""Unranked kinds that bring a question back (RONR 12th ed. 34–37): they stand where a main motion would."""
SUBSIDIARY = (
    "table",
    "previous-question",
    "limit-debate",
    "postpone",
    "refer",
    "amend",
    "postpone-indefinitely",
)
"""Kinds that apply to a pending motion and help to dispose of it (RONR 12th ed. 11–17)."""
ARISING = ("object-to-consideration", "divide-question", "withdraw")
"""Incidental kinds that apply to a pending motion (RONR 12th ed. 26, 27, 33)."""
WHOLE = ("table", "postpone", "refer", "postpone-indefinitely")
"""Subsidiary kinds that dispose of a motion together with what adheres to it (RONR 12th ed. 11:15, 13:7, 14:7, 17:7)."""
_MAIN, _ABOVE_SUBSIDIARY = 1, 8


def rank_of(orders: StandingOrders, kind: str, body: str) -> Rank:
    """The row of a kind of motion in the table of precedence, or Refused `unknown-kind`."""
    rank = orders.precedence.ranks.get(kind)
    if rank is None:
        raise Refused("unknown-kind", kind=kind, body=body, clause=orders.precedence)
    return rank


def immediately_pending(state: State, meeting: Meeting) -> Motion | None:
    """The motion that is before the meeting now, if any."""
    return state.motions[meeting.pending[-1]] if meeting.pending else None


def root_of(state: State, motion: Motion) -> Motion:
    """The motion that another applies to in the end: the one that is amended, of an amendment to an amendment."""
    while is_applied(motion.kind):
        motion = state.motions[motion.target]
    return motion


def is_applied(kind: str) -> bool:
    """Whether motions of a kind apply to another that is pending."""
    return kind in SUBSIDIARY or kind in ARISING


def needs_second(orders: StandingOrders, kind: str) -> bool:
    """Whether a kind of motion needs a seconder: by the order on seconding, else by the table of precedence."""
    if orders.seconding.kinds is not None:
        return kind in orders.seconding.kinds
    rank = orders.precedence.ranks.get(kind)
    return rank is None or rank.second


def binds(orders: StandingOrders, kind: str) -> bool:
    """Whether adopting a kind of motion is a decision that stays in force, not a step of procedure."""
    rank = orders.precedence.ranks.get(kind)
    # A kind that the table has lost since the motion was moved binds, or its adoption would leave no decision.
    return rank is None or rank.rank == _MAIN or kind in ("rescind", "amend-adopted")


def require_in_order(
    state: State, meeting: Meeting, kind: str, target: str = "", group: str = ""
) -> None:
    """Return if a motion of a kind is in order at a meeting now, else raise Refused naming what is pending."""
    orders = orders_of(state.bodies[meeting.body])
    rank = rank_of(orders, kind, meeting.body)
    top = immediately_pending(state, meeting)
    if is_applied(kind) and target not in meeting.pending:
        raise Refused("nothing-pending", kind=kind, target=target)
    if kind in WHOLE and (root := root_of(state, state.motions[target])).id != target:
        raise Refused("not-by-itself", kind=kind, target=target, root=root.id)
    if top is None:
        return
    # Before the incidental ones are let through: while a question is put, they are not in order either.
    require_no_vote(state, meeting, kind)
    if rank.rank is None and kind not in BRINGS_BACK:
        return
    if kind == "amend":
        _require_amendable(state, meeting, orders, target)
    # Competing motions are of one rank and stand beside each other, but not above an amendment of one: so `all`.
    elif not (group and all(state.motions[key].group == group for key in meeting.pending)):
        _require_outranks(state, meeting, orders, kind)
    # Eight is `table`: with what outranks it, it stays in order after the previous question (RONR 12th ed. 16:5).
    if top.id in meeting.debate_closed and (rank.rank or 0) < _ABOVE_SUBSIDIARY:
        raise not_in_order(orders, kind, top)


def require_debatable(state: State, meeting: Meeting, motion: Motion) -> None:
    """Return if a motion may be debated now, else raise Refused `not-debatable`."""
    orders = orders_of(state.bodies[motion.body])
    clause = orders.precedence
    if motion.id in meeting.debate_closed:
        raise Refused("not-debatable", motion=motion.id, why="debate-closed")
    # An amendment is debated when what it amends is, unless the table lets no amendment be debated at all.
    subject = motion
    while subject.kind in ("amend", "reconsider") and subject.target in state.motions:
        if not rank_of(orders, subject.kind, motion.body).debate:
            break
        subject = state.motions[subject.target]
    if not rank_of(orders, subject.kind, motion.body).debate:
        raise Refused("not-debatable", motion=motion.id, why=subject.kind, clause=clause)


def require_vote(orders: StandingOrders, motion: Motion) -> None:
    """Return if a motion is of a kind that a vote decides, else raise Refused `chair-decides`."""
    decided = rank_of(orders, motion.kind, motion.body).decided
    if decided != "vote":
        raise Refused(
            "chair-decides",
            motion=motion.id,
            kind=motion.kind,
            decided=decided,
            clause=orders.precedence,
        )


def require_no_vote(state: State, meeting: Meeting, kind: str) -> None:
    """Return if no question is put at a meeting now, else raise Refused `not-in-order-now`."""
    for key in meeting.pending:
        if state.motions[key].status == "put":
            raise not_in_order(orders_of(state.bodies[meeting.body]), kind, state.motions[key])


def not_in_order(orders: StandingOrders, kind: str, pending: Motion) -> Refused:
    """The refusal that names what is pending."""
    return Refused(
        "not-in-order-now",
        kind=kind,
        pending=pending.id,
        pending_kind=pending.kind,
        clause=orders.precedence,
    )


def _require_outranks(state: State, meeting: Meeting, orders: StandingOrders, kind: str) -> None:
    # Not only the topmost counts: an amendment ranks below the motion to postpone that it amends.
    highest = max(
        (state.motions[key] for key in meeting.pending),
        key=lambda motion: _height(orders, motion.kind),
    )
    if _height(orders, kind) <= _height(orders, highest.kind):
        raise not_in_order(orders, kind, highest)


def _height(orders: StandingOrders, kind: str) -> int:
    """The rank, of an unranked kind the one that it stands on: a main motion, or one that yields to privileged ones."""
    rank = orders.precedence.ranks.get(kind)
    if rank is not None and rank.rank is not None:
        return rank.rank
    return _MAIN if kind in BRINGS_BACK else _ABOVE_SUBSIDIARY


def _require_amendable(state: State, meeting: Meeting, orders: StandingOrders, target: str) -> None:
    top, amended = state.motions[meeting.pending[-1]], state.motions[target]
    # Each of several competing motions may be perfected before the vote, though another of them is on top.
    if amended is not top and not (top.group and top.group == amended.group):
        raise not_in_order(orders, "amend", top)
    why = ""
    # Two degrees (RONR 12th ed. 12:7): what an amendment amends is looked at too, or it would stop at the first.
    if not rank_of(orders, amended.kind, amended.body).amend:
        why = amended.kind
    elif amended.kind == "amend" and state.motions[amended.target].kind == "amend":
        why = "amendment-of-amendment"
    if why:
        raise Refused("not-amendable", target=target, why=why, clause=orders.precedence)
