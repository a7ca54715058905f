"""Why acts are not carried out, put into words; imported only then, since the words of all rules come with it."""

from quorate.assembly.refusal import Refused
from quorate.assembly.state import State
from quorate.desk.desk import Desk
from quorate.desk.port import Row
from quorate.premises.clock import SystemClock
from quorate.reading.reader import Reader, today
from quorate.reading.refusals import in_words
from quorate.reading.words.race import who_was_first
from quorate.script.rehearsal import Interfered


def put_into_words(state: State, refusal: Refused) -> None:
    """Give a refusal its words, with people as that state knows them."""
    refusal.words = in_words(refusal, Reader(state, today(state, SystemClock().now())))


def say_who_was_first(desk: Desk, lost: Interfered, size: int) -> None:
    """Put into words why steps are refused now that were in order when the record had that size. Cost: a copy of the state."""
    state = desk.read(State.copy)
    lost.refusal.words = in_words(lost.refusal, Reader(state, state.last_at.date()))
    if not lost.done:  # else some of these entries are our own
        rows = (Row(seq, *desk.parts(seq)) for seq in range(size, state.size))
        lost.first = who_was_first(state, rows)
