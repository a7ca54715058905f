"""A meeting as it is led: who is at its desk, who is in its chair, and what the rules say to what either could do now."""

from datetime import datetime
from typing import NamedTuple

from quorate.assembly.act import Act, act_name
from quorate.assembly.heads import is_present
from quorate.assembly.model.division import Division
from quorate.assembly.model.meeting import Meeting
from quorate.assembly.roll import in_term, offices_of
from quorate.reading.asking import Asking
from quorate.reading.reader import Reader
from quorate.reading.refusals import in_words
from quorate.reading.words.subjects import Names

NO_QUORUM = "no-quorum"
"""The code of the refusal for which more have to come in."""


class Button(NamedTuple):
    """An act that is in order, and what it says on its button."""

    act: Act
    label: str
    key: str
    """The key that reaches it, where keys are switched on."""
    entered_for: str = ""
    """The one in the chair, if whoever is at the desk enters it for them."""

    @property
    def name(self) -> str:
        """The written name of the act."""
        return act_name(type(self.act))


class NextStep(NamedTuple):
    """The next step of a meeting: a question, its reason, and the act that answers it."""

    code: str
    """What it is, such as `close-division`; `wait-…` where nothing can be done at this moment."""
    question: str
    reason: str
    buttons: tuple[Button, ...] = ()
    """The first is what is usual."""
    at: str = ""
    """The part of the desk where it is done, if by no button here: `points`, `seconds`, `hall`, `tellers`, `minutes`."""
    note: str = ""
    """What to know before."""
    form: Act | None = None
    """The act whose form answers it, if more is to be said than a button can; with what is known already."""


class Leading:
    """A meeting as it is led: who is at the desk, who is in the chair, and what the rules say to either."""

    def __init__(
        self, reader: Reader, meeting: Meeting, person: str, now: datetime, *, enters: bool
    ) -> None:
        self.reader, self.state, self.meeting = reader, reader.state, meeting
        self.names = Names.of(reader)
        self.now = now
        self.asked_first = person
        self.chair = meeting.chair or self._chair_by_office()
        self._asking = [Asking(self.state, person, now)]
        if enters and self.chair and self.chair != person:
            self._asking.append(Asking(self.state, self.chair, now))

    def button(self, act: Act, label: str, key: str) -> Button | None:
        """The button of an act, if it is in order for whoever is at the desk, or for the chair."""
        for n, asking in enumerate(self._asking):
            if asking.refusal(act) is None:
                return Button(act, label, key, asking.person if n else "")
        return None

    def refusal(self, act: Act) -> str:
        """What the rules say against an act, asked for the chair where that is allowed."""
        refused = self._asking[-1].refusal(act)
        return in_words(refused, self.reader) if refused else ""

    def step(  # noqa: PLR0917  # what a step is made of
        self, act: Act, question: str, reason: str, label: str, key: str, note: str = ""
    ) -> NextStep:
        """The step that an act is; where the rules refuse it, the wait for it, with what they say."""
        code, button = act_name(type(act)), self.button(act, label, key)
        if button is not None:
            return NextStep(code, question, reason, (button,), note=note)
        refused = self._asking[-1].refusal(act)
        said = in_words(refused, self.reader) if refused else reason
        at = "hall" if refused and refused.code == NO_QUORUM else ""
        return NextStep(f"wait-{code}", question, said, at=at)

    def divisions(self, *statuses: str) -> list[Division]:
        """The divisions of the meeting that are so far, but for those taken again."""
        return [
            each
            for each in self.state.divisions.values()
            if each.meeting == self.meeting.id and each.status in statuses and not each.recounted_by
        ]

    def _chair_by_office(self) -> str:
        for office in offices_of(self.state, self.meeting.body):
            there = office.role == "chair" and is_present(self.meeting, office.holder)
            if there and in_term(office, self.reader.on):
                return office.holder
        return ""
