"""An act that is tried again under its token is answered with what its first try got.

Whoever asks over a network may lose the answer and ask again. The token, drawn at random for one act, is recorded with it; so
a second try is known as one, also after a restart, for an hour at least. Only the token decides: two equal votes of one
person without a token are two acts.
"""

from collections.abc import Iterable

import msgspec

from quorate.assembly.act import INTRODUCES, OPENS, PART_FIELDS, Act, Event, Stamp, act_name
from quorate.assembly.inscription import Inscription, read_inscription
from quorate.assembly.refusal import Refused, refusals
from quorate.canon.ident import is_minted
from quorate.desk.answer import Caller
from quorate.desk.paperwork import TO_BE_FILLED_IN
from quorate.desk.port import Row
from quorate.record.entry import open_envelope

refusals(
    tried_otherwise="seq",
)


def answered_before(rows: Iterable[Row], act: Act, caller: Caller) -> list[Event]:
    """The events of the act that has the caller's token, given the rows from its primary event on.

    Raises:
        Refused: it was another act, or somebody else's.
    """
    events: list[Event] = []
    for row in rows:
        inscription = _read(row)
        done = getattr(inscription.event, "act", None)
        if events and done is not None:
            break
        if done is not None:
            require_same(row.seq, act, caller, done, inscription)
        events.append(inscription.event)
    return events


def require_same(seq: int, act: Act, caller: Caller, done: Act, stamp: Stamp) -> None:
    """Return if what is asked now can be what was done under the same token in that entry, else raise Refused `tried-otherwise`."""
    same_person = (caller.by, caller.behalf) == (stamp.by, stamp.behalf)
    if not (same_person and _is_same(act, done)):
        raise Refused("tried-otherwise", seq=seq)


def _is_same(asked: Act, done: Act) -> bool:
    if type(asked) is not type(done):
        return False
    name = act_name(type(asked))
    made = {OPENS.get(name), INTRODUCES.get(name), "cover"}
    for field in msgspec.structs.fields(type(asked)):
        given, recorded = getattr(asked, field.name), getattr(done, field.name)
        erased = field.name in PART_FIELDS and recorded is None
        # What was left out may have been filled in by the desk, such as the box of a secret ballot. And each try may
        # have been given an id of its own, where nobody gave one.
        left_out = given in (field.default, TO_BE_FILLED_IN)
        left_out |= field.name in made and is_minted(str(given))
        if given != recorded and not (left_out or erased):
            return False
    return True


def _read(row: Row) -> Inscription:
    parts = {part.name: part.data for part in row.parts}
    return read_inscription(open_envelope(row.entry).kind, parts)
