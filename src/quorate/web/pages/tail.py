"""The end of the record: its last entries as somebody may read them, in sentences, and the head that vouches for them."""

from typing import NamedTuple

from django.http import HttpRequest

from quorate.assembly.inscription import read_inscription
from quorate.assembly.state import State
from quorate.canon.fault import Fault
from quorate.reading.reader import Reader
from quorate.reading.words.tell import tell
from quorate.record.entry import Part, open_envelope
from quorate.web.pages.common import look, member_of, the_house

LAST = 12
"""How many of the last entries are looked at."""


class Tail(NamedTuple):
    """The end of the record."""

    lines: list[tuple[int, str]]
    """Number and sentence, the latest first; none for what is not this reader's to see."""
    size: int
    root: str
    """Of the signed checkpoint: the root of the tree, in Base64."""


def tail(request: HttpRequest) -> Tail:
    """The end of the record for whoever is signed in."""
    desk, who = the_house().desk(), member_of(request)
    size = the_house().read(lambda state: state.size)
    rows = [(seq, *desk.parts(seq)) for seq in range(max(size - LAST, 0), size)]

    def lines(reader: Reader) -> list[tuple[int, str]]:
        told = [
            (seq, _sentence(reader, reader.state, data, parts, who)) for seq, data, parts in rows
        ]
        return [(seq, sentence) for seq, sentence in reversed(told) if sentence]

    # By a receipt, as a checkpoint asked for would be written to the store, where those who vote are waiting to write.
    _origin, signed, root, *_ = desk.receipt(size - 1).checkpoint_note.split("\n")
    return Tail(look(request, lines), int(signed), root)


def _sentence(reader: Reader, state: State, data: bytes, parts: tuple[Part, ...], who: str) -> str:
    """What an entry says, told on the state as it is; empty for what cannot be told or is not theirs."""
    shown = {each.name: each.data for each in parts if reader.may_see(each.audience)}
    try:
        said = read_inscription(open_envelope(data).kind, shown)
        return tell(state, said.event, said, who)
    except Fault:
        return ""
