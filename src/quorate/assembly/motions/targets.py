"""What a motion is about: the decision, motion, charge or resignation that it names, and whether that still stands.

RONR (12th ed.) 10:54 (ratify), 34 (take from the table), 35 (rescind, amend something adopted), 37 (reconsider).
"""

from quorate.assembly.act import Stamp
from quorate.assembly.model.decision import Decision
from quorate.assembly.model.motion import Motion
from quorate.assembly.model.organisation import Body
from quorate.assembly.motions.precedence import is_applied, root_of
from quorate.assembly.refusal import Refused, refusals
from quorate.assembly.state import State, found

refusals(
    out_of_order="motion ground",
    not_in_force="decision rescinded_by",
    not_its_decision="decision owner body",
    no_such_clause="clause_ref",
    not_prevailing="person motion",
    moved_again="kind",
    reconsider_too_late="motion meeting",
    not_before_body="what id body",
)
_OWN = ("rescind", "amend-adopted")


def require_target(
    state: State, stamp: Stamp, kind: str, target: str, *, body: Body, meeting: str
) -> None:
    """Return if what a motion of a kind is about exists and can be dealt with by the body, else raise Refused."""
    match kind:
        case "ratify" | "rescind" | "amend-adopted":
            require_decision(state, target, body if kind in _OWN else None)
        case "reconsider":
            _require_reconsiderable(state, found(state.motions, "motion", target), meeting, stamp)
        case "take-from-table":
            motion = found(state.motions, "motion", target)
            require_body("motion", target, motion.body, body)
            root = root_of(state, motion)
            if root is not motion:
                raise Refused("not-by-itself", kind=kind, target=target, root=root.id)
            if motion.status != "tabled":
                raise Refused(
                    "not-open", what="motion", id=target, status=motion.status, statuses=("tabled",)
                )
        case "discipline":
            require_body("charge", target, found(state.charges, "charge", target).body, body)
        case "accept-resignation":
            resignation = found(state.resignations, "resignation", target)
            require_body("resignation", target, resignation.to, body)
        case _:
            pass  # what the kind is about is not on the record


def require_decision(state: State, key: str, body: Body | None = None) -> Decision:
    """The decision of that id, in force; if a body is given, its own or that of a body under it.

    Raises:
        Refused: there is none, it is not in force, or it is another body's.
    """
    decision = state.decision(key)
    if decision.rescinded_by:
        raise Refused("not-in-force", decision=key, rescinded_by=decision.rescinded_by)
    if body is not None and body.id not in _line_of(state, decision.body):
        raise Refused("not-its-decision", decision=key, owner=decision.body, body=body.id)
    return decision


def require_clause(state: State, ref: str, body: Body | None) -> None:
    """Return if `decision/n` is a clause in force, of the body's own decision if one is given, else raise Refused."""
    key, _, number = ref.partition("/")
    if key not in state.decisions:
        raise Refused("no-such-clause", clause_ref=ref)
    decision = require_decision(state, key, body)
    # As text, or `01` would be another name for clause 1.
    if number not in {str(clause.n) for clause in decision.clauses}:
        raise Refused("no-such-clause", clause_ref=ref)
    if successor := decision.superseded.get(int(number)):
        raise Refused("not-in-force", decision=ref, rescinded_by=successor)


def _line_of(state: State, body: str) -> list[str]:
    """A body and those above it."""
    line: list[str] = []
    while body and body not in line:
        line.append(body)
        body = state.bodies[body].parent
    return line


def require_body(what: str, key: str, is_before: str, body: Body) -> None:
    """Return if a thing is before the body, else raise Refused `not-before-body`."""
    if is_before != body.id:
        raise Refused("not-before-body", what=what, id=key, body=is_before)


def _require_reconsiderable(state: State, motion: Motion, meeting: str, stamp: Stamp) -> None:
    if motion.status not in ("adopted", "rejected"):
        raise Refused(
            "not-open",
            what="motion",
            id=motion.id,
            status=motion.status,
            statuses=("adopted", "rejected"),
        )
    if is_applied(motion.kind):
        raise Refused("moved-again", kind=motion.kind)
    if motion.meeting != meeting:
        raise Refused("reconsider-too-late", motion=motion.id, meeting=motion.meeting)
    division = state.divisions.get(motion.division)
    if division is None or division.method in ("counted", "secret"):
        return  # nobody's side is on the record, so the mover's word stands
    person = stamp.by
    vote = division.votes.get(person)
    prevailing = "for" if motion.status == "adopted" else "against"
    if vote is None or vote.choice != prevailing:
        raise Refused("not-prevailing", person=person, motion=motion.id)


def require_status(motion: Motion, *needed: str) -> None:
    """Return if a motion has one of the statuses, else raise Refused; `out-of-order` says what the ruling rests on."""
    if motion.status in needed:
        return
    if motion.status == "out-of-order":
        raise Refused("out-of-order", motion=motion.id, ground=motion.ruled_on)
    raise Refused("not-open", what="motion", id=motion.id, status=motion.status, statuses=needed)
