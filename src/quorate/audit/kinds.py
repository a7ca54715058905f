"""What the envelope of an entry alone must fit: kinds that there are, the parts of a kind, meetings where they can be.

This is all that is known of an entry whose act is missing, and so it is checked of every entry.
"""

from functools import cache
from typing import get_type_hints

from quorate.assembly.act import EVENTS, SAYS, act_name
from quorate.assembly.audience import can_sit
from quorate.assembly.inscription import ACT_PART, part_names
from quorate.audit.bundle import Leaf
from quorate.audit.check import Check
from quorate.canon.fault import Unverified


def check_kind(seq: int, leaf: Leaf) -> None:
    """Return if an entry can be of its kind.

    Raises:
        Unverified: there is no such kind, it commits to other parts than an act of it has or must have, or has no place at a meeting.
    """
    if leaf.kind not in EVENTS:
        reason = f"{leaf.kind} is no kind of event that this version knows"
        raise Unverified(Check.ACTS.value, reason, seq)
    if ACT_PART not in leaf.committed:
        raise Unverified(Check.PARTS.value, "it commits to no part act", seq)
    if not _parts_of(leaf.kind).issuperset(leaf.committed):
        odd = min({*leaf.committed} - _parts_of(leaf.kind))
        raise Unverified(Check.PARTS.value, f"no {leaf.kind} has a part {odd}", seq)
    if lacking := _words_of(leaf.kind) - {*leaf.committed}:
        raise Unverified(
            Check.PARTS.value,
            f"it commits to no part {min(lacking)}, without which nobody may do it",
            seq,
        )
    if leaf.sitting and not can_sit(EVENTS[leaf.kind]):
        raise Unverified(Check.ORDER.value, f"no {leaf.kind} belongs to a meeting", seq)


@cache
def is_primary(kind: str) -> bool:
    """Whether events of a kind answer an act, and do not follow by themselves."""
    return ACT_PART in EVENTS[kind].__struct_fields__


@cache
def _parts_of(kind: str) -> frozenset[str]:
    return frozenset({ACT_PART, *part_names(EVENTS[kind])})


@cache
def _words_of(kind: str) -> frozenset[str]:
    """The parts that an act must have to be done; an erasure leaves what the envelope says of them."""
    if not is_primary(kind):
        return frozenset()
    return frozenset(SAYS.get(act_name(get_type_hints(EVENTS[kind])[ACT_PART]), ()))
