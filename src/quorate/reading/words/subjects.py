"""Names in a sentence for what has only an id: motions, duties, letters, resignations, open business."""

from collections.abc import Callable
from functools import cached_property, partial

from quorate.assembly.model.calendar import Clash
from quorate.assembly.model.item import Item, ItemKind
from quorate.assembly.state import register_of
from quorate.reading.words.names import PeopleNames, spoken


class Names(PeopleNames):
    """Names for everything that the state holds."""

    def titled(self, key: str) -> str:
        """A motion by its title in quotation marks, else by what it is about."""
        motion = self.state.motions.get(key)
        if motion is None:
            return "a motion"
        if motion.title:
            return f"“{self.words(motion.title)}”"
        about = f" on {self.thing(motion.target)}" if motion.target else ""
        kind = "" if motion.kind == "main" else f" ({spoken(motion.kind)})"
        return f"the motion of {self.person(motion.mover)}{kind}{about}"

    def decision(self, key: str) -> str:
        """A decision by its title in quotation marks."""
        decision = self.state.decisions.get(key)
        if decision is None or not decision.title:
            return self.titled(key) if key in self.state.motions else "a decision"
        return f"“{self.words(decision.title)}”"

    def clause(self, reference: str) -> str:
        """A clause given as `decision/n`."""
        owner, _, n = reference.rpartition("/")
        owner_name = self.decision(owner) if owner in self.state.decisions else self.titled(owner)
        return f"clause {n} of {owner_name}"

    def question(self, key: str) -> str:
        """The question of a division: its motion by name."""
        division = self.state.divisions.get(key)
        return self.titled(division.motion) if division else "a question"

    def resignation(self, key: str) -> str:
        """A resignation: whose, and from what."""
        resignation = self.state.resignations.get(key)
        if resignation is None:
            return "a resignation"
        return f"the resignation of {self.person(resignation.person)} {self.place(resignation.office, resignation.body)}"

    def place(self, office: str, body: str) -> str:
        """The office or body of a resignation: `as Chair of the board`, or `from the board`."""
        if office:
            return f"as {self.whom(f'office:{office}').removeprefix('the ')}"
        return f"from {self.the(body)}"

    def charge(self, key: str) -> str:
        """A charge: against whom."""
        charge = self.state.charges.get(key)
        return f"the charge against {self.person(charge.accused)}" if charge else "a charge"

    def letter(self, key: str) -> str:
        """A communication: from whom, to whom."""
        letter = self.state.communications.get(key)
        if letter is None:
            return "a letter"
        return f"the letter from {self.whom(letter.sender)} to {self.whom(letter.to)}"

    def demand(self, key: str, n: int) -> str:
        """A demand of a letter in quotation marks."""
        letter = self.state.communications[key]
        return (
            f"“{self.words(letter.demands[n - 1])}”" if n <= len(letter.demands) else f"demand {n}"
        )

    def dispatch(self, key: str) -> str:
        """A dispatch: to whom, by whom."""
        dispatch = self.state.dispatches.get(key)
        if dispatch is None:
            return "a message"
        return f"the message to {self.whom(dispatch.to)} by {self.person(dispatch.messenger)}"

    def publication(self, key: str) -> str:
        """A publication: by whom, where."""
        publication = self.state.publications.get(key)
        if publication is None:
            return "a publication"
        who = f"what {self.both(publication.by)}" if publication.by else "what somebody"
        return f"{who} published in {publication.where}"

    def request(self, key: str) -> str:
        """A request to publish: whose, to whom."""
        request = self.state.requests.get(key)
        if request is None:
            return "a request to publish"
        return f"the request of {self.both(request.by)} that {self.the(request.organ)} publish"

    def dissent(self, key: str) -> str:
        """A dissent: whose, from what."""
        dissent = self.state.dissents.get(key)
        if dissent is None:
            return "a dissent"
        whose = (
            f"the dissent of {self.both(dissent.signatories)}" if dissent.signatories else "dissent"
        )
        return f"{whose} from {self.decision(dissent.decision)}"

    def duty(self, key: str) -> str:
        """A duty or detail: what it is, and from what decision."""
        duty = self.state.duties.get(key)
        if duty is None:
            return "a duty"
        what = f"“{spoken(duty.what) or 'what was decided'}”"
        what = f"the {spoken(duty.slot)} of {what}" if duty.slot else what
        return (
            f"{what}, clause {duty.clause} of {self.decision(duty.decision)}"
            if duty.decision
            else what
        )

    def minutes(self, key: str) -> str:
        """Minutes: of which meeting."""
        minutes = self.state.minutes.get(key)
        return f"the minutes of {self.meeting(minutes.meeting)}" if minutes else "minutes"

    def report(self, key: str) -> str:
        """A report: whose, on what."""
        report = self.state.reports.get(key)
        if report is None:
            return "a report"
        return f"the report of {self.person(report.reporter)} on {self.whom(report.source)}"

    def clash(self, key: str) -> str:
        """A clash: between what."""
        clash = self.state.clashes.get(key)
        if clash is None:
            return "two events"
        return f"“{self.event(clash.first)}” and “{self.event(clash.second)}”"

    def reasons(self, clash: Clash) -> list[str]:
        """The reasons of a clash: `same city`, `also Jubilee`."""
        reasons = [reason.replace("-", " ") for reason in clash.why]
        return reasons + [f"also {self.event(each)}" for each in clash.beside]

    def hold(self, key: str) -> str:
        """A hold: on which entries."""
        hold = self.state.holds.get(key)
        if hold is None:
            return "a hold"
        span = (
            f"{hold.first} and all that follow"
            if hold.last is None
            else f"{hold.first} to {hold.last}"
        )
        return f"the hold on entries {span}"

    def item(self, key: str) -> str:
        """An item, open or disposed of, by what it is about."""
        item = self.find_item(key)
        if item is not None:
            return self.matter(item)
        kind, _, subject = key.partition(":")
        return self.meeting(subject) if kind == "meeting" else kind

    def find_item(self, key: str) -> Item | None:
        """The item of that id: open, or the first that was disposed of. Cost: once a look at each of these, if it is not open."""
        return self.state.open_items.get(key) or self._disposed.get(key)

    @cached_property
    def _disposed(self) -> dict[str, Item]:
        first: dict[str, Item] = {}
        for item in self.state.disposed_items.values():
            first.setdefault(item.id, item)
        return first

    def matter(self, item: Item) -> str:
        """The matter of an item: what it is about."""
        return self.matter_of(item.kind, item.subject)

    def matter_of(self, kind: ItemKind, subject: str) -> str:
        """The matter of an item of this kind."""
        matter = _MATTERS.get(kind)
        return matter(self, subject) if matter is not None else self.thing(subject)

    def thing(self, key: str) -> str:
        """The name of the thing with an id, of whatever kind it is."""
        name_of = self._register(key)
        return name_of(key) if name_of else self.words(key)

    def effect(self, what: str) -> str:
        """The thing that an effect of a move names."""
        kind, _, key = what.partition(":")
        match kind:
            case "item":
                return self.item(key)
            case "clause" | "motion" if "/" in key:
                return self.clause(key)
            case "meeting" if key in self.state.meetings:
                return f"the meeting {self.meeting(key)}"
        return f"“{self.event(key)}”" if key in self.state.calendar else self.thing(key)

    def _register(self, key: str) -> Callable[[str], str] | None:
        """The function that names the thing with an id; None if no register has it."""
        for thing, name_of in _NAMED.items():
            if key in register_of(self.state, thing):
                return partial(name_of, self)
        return None


_NAMED: dict[str, Callable[[Names, str], str]] = {
    "decision": Names.decision,
    "motion": Names.titled,
    "resignation": Names.resignation,
    "charge": Names.charge,
    "communication": Names.letter,
    "dispatch": Names.dispatch,
    "publication": Names.publication,
    "request": Names.request,
    "dissent": Names.dissent,
    "duty": Names.duty,
    "minutes": Names.minutes,
    "meeting": Names.meeting,
    "clash": Names.clash,
    "hold": Names.hold,
}
"""By thing: the function that names one by its id. A decision comes before the motion that has the same id."""


def _demand(names: Names, subject: str) -> str:
    letter, _, n = subject.rpartition(".")
    return f"the demand {names.demand(letter, int(n))} in {names.letter(letter)}"


def _report(names: Names, subject: str) -> str:
    return f"a report on {names.whom(subject.partition('/')[2])}"


def _breach(names: Names, subject: str) -> str:
    publication, _, decision = subject.partition("/")
    broken = names.decision(decision)
    return f"whether {names.publication(publication)} broke the confidence of {broken}"


def _appeal(names: Names, subject: str) -> str:
    meeting, _, point = subject.partition("/")
    if point:
        return f"an appeal from the chair's ruling at {names.meeting(meeting)}"
    return f"an appeal on {names.charge(subject)}"


def _duty(names: Names, subject: str) -> str:
    duty = names.state.duties[subject]
    what = f"“{spoken(duty.what) or 'what was decided'}”"
    return f"the {spoken(duty.slot)} of {what}" if duty.slot else f"the duty {what}"


_MATTERS: dict[ItemKind, Callable[[Names, str], str]] = {
    "duty": _duty,
    "detail": _duty,
    "demand": _demand,
    "report": _report,
    "breach": _breach,
    "appeal": _appeal,
    "challenge": lambda names, key: f"the credentials of {names.person(key.partition('/')[2])}",
    "difference": lambda names, key: f"a difference in the figures on {names.question(key)}",
    "confirmation": lambda names, key: f"{names.effect(key)}, after a move",
    "minutes": lambda names, key: f"the minutes of {names.meeting(key)}",
    "short-notice": lambda names, key: f"the short notice of {names.meeting(key)}",
    "convocation": lambda names, key: f"the preparation of {names.meeting(key)}",
    "clash": lambda names, key: f"the clash of {names.clash(key)}",
    "suspension": lambda names, key: f"the suspension of {names.person(key)}",
}
"""What an item is about, where its kind says more than the name of its subject."""
