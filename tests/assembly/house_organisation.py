"""An organisation at work, and people who try things in it: what they do by chance, and the many acts of a usual evening."""

from datetime import timedelta
from random import Random
from typing import Any, Literal

from quorate.assembly.act import ACTS, OPENS, Act, Event
from quorate.assembly.divisions.counts import EnterCount
from quorate.assembly.divisions.divisions import CloseDivision, OpenDivision
from quorate.assembly.divisions.results import DeclareResult
from quorate.assembly.divisions.votes import CastVote, RecordObjection, StandAside
from quorate.assembly.items import is_open
from quorate.assembly.meetings.admission import AdmitToMeeting
from quorate.assembly.meetings.convening import ConveneMeeting
from quorate.assembly.meetings.notice import WaiveNotice
from quorate.assembly.meetings.sitting import CallToOrder
from quorate.assembly.model.division import Choice, Count, Division, Method
from quorate.assembly.model.meeting import Heading, Meeting
from quorate.assembly.model.orders import StandingOrders
from quorate.assembly.motions.motions import SecondMotion
from quorate.assembly.organisation.bodies import (
    CreateOffice,
    EstablishBody,
    FillOffice,
    FoundOrganisation,
)
from quorate.assembly.organisation.membership import AdmitMember, NameSubstitute, SeatMember
from quorate.assembly.organisation.standing_orders import AdoptStandingOrders
from quorate.assembly.roll import seated
from quorate.assembly.state import State
from quorate.canon.moment import Day
from quorate.counting.rule import Consent
from quorate.script.preset import apply_changes, load_preset
from tests.assembly.house_acts import ORGANS, Chooser, sitting
from tests.assembly.house_record import HouseRecord
from tests.assembly.house_threads import ANSWERS, SITTING, THREADS, focus_of

CLERK = "p-clerk"
PEOPLE = tuple(f"p-{n}" for n in range(1, 10))
SEATED = {"committee": PEOPLE[:5], "members": PEOPLE[:8], "editors": PEOPLE[3:6]}
QUICK = {"days": 1, "short": "flagged"}
HALF = {
    "rule": "majority",
    "base": "for-and-against",
    "numerator": 1,
    "denominator": 2,
    "comparator": "more-than",
}
CHANGES: dict[str, list[dict[str, Any]]] = {
    "committee": [
        {},
        {"seconding": {"kinds": []}, "voting": {"change_until_close": True}},
        {"confidentiality": {"acts": "body", "texts": "body", "decisions_confidential": True}},
        {"terms": {"months": 1}, "resignations": {"effective": "on-acceptance"}},
        {"discipline": {"notice_days": 0, "appeal_to": "members", "appeal_days": 9}},
        {"circular": {"ends_early": True, "days": 0, "demand_meeting": 1}},
        {"casting_vote": {"kind": "free"}, "voting": {"competing": "furthest-first"}},
        {"majorities": {"usual": HALF | {"tie": "lot"}}, "proxies": {"allowed": True}},
    ],
    "members": [
        {"voting": {"method": "counted"}},
        {"quorum": {"held": "continuous"}, "voting": {"all_competing": True}},
        {"majorities": {"usual": {"rule": "consent", "stand_asides_at_most": 2}}},
        {
            "quorum": {"number": 3, "of": "seats", "held": "continuous"},
            "discipline": {"notice_days": 0, "appeal_to": "committee"},
        },
    ],
    "editors": [
        {},
        {"speaking": {"seconds": 60, "turns": 1}, "resignations": {"effective": "on-acceptance"}},
    ],
}
PRESETS = {
    "committee": ("small-association", "confidential-committee", "board-of-directors"),
    "members": ("housing-co-operative", "union-branch"),
    "editors": ("board-of-directors", "small-association"),
}
METHODS: tuple[Method | Literal[""], ...] = ("", "roll-call", "counted", "electronic")
SIDES: tuple[Choice, ...] = ("for", "against")
OTHERS: tuple[Choice, ...] = ("against", "abstain")
BEFORE_RESULT = (
    "demand-recount",
    "explain-difference",
    "draw-lot",
    "give-casting-vote",
    "demand-division",
)
TURNS = 4
"""How often somebody who is refused tries again, with another act of that name."""


class House:
    """An organisation with three bodies of its own and one outside, with whatever has happened in it so far."""

    def __init__(self, chance: Random) -> None:
        self.record = HouseRecord()
        self.state: State = self.record.state
        self.chance = chance
        self.focus: dict[str, str] = {}
        self._n = 0
        self._found()

    def use(self, seed: int) -> None:
        """From now on chance is what a seed makes of it."""
        self.chance = Random(seed)
        self.focus = {}

    def wait(self, hours: int) -> None:
        """Let time pass."""
        self.record.now += timedelta(hours=hours)

    def chooser(self) -> Chooser:
        """What chance makes of the state as it is."""
        self._n += 1
        chooser = Chooser(self.chance, self.state, self.record.now, self._n)
        chooser.focus = self.focus
        return chooser

    def try_any(self, name: str) -> bool:
        """Somebody tries an act of that name, and others do until one of them is let; whether one was."""
        for _ in range(TURNS):
            act = self.chooser().act(name)
            if self.try_act(act):
                if name in OPENS:
                    self._look_at(OPENS[name], getattr(act, OPENS[name]))
                return True
        return False

    def _look_at(self, field: str, key: str) -> None:
        self.focus[field] = key
        if field in ("charge", "resignation", "decision"):
            self.focus["target"] = key

    def try_act(self, act: Act, *first: str) -> list[Event]:
        """Several people try an act, until one of them is let; what came of it, nothing if none was."""
        for by in (*first, *self._callers(act)):
            self.record.now += timedelta(seconds=self.chance.choice((1, 20)))
            behalf = self._represented(act, by)
            if events := self.record.attempt(act, by, behalf=behalf):
                return events
        return []

    def gather(self) -> None:
        """A body is convened, its members come or some of them, and it is called to order."""
        chooser = self.chooser()
        body = self.state.bodies[self.focus.get("body") or self.chance.choice(ORGANS)]
        if body.orders is None or body.dissolved_on is not None:
            return
        ahead = timedelta(days=self.chance.choice((1, body.orders.notice.days + 1)))
        starts_at = self.record.now + ahead
        key = f"meeting-{chooser.n}"
        in_confidence = self.chance.random() < 0.3
        convened = ConveneMeeting(
            meeting=key,
            body=body.id,
            title="A meeting",
            starts_at=starts_at,
            agenda=(Heading(f"a-{chooser.n}", "Reports"), Heading(f"b-{chooser.n}", "Motions")),
            day=Day(starts_at.date()),
            in_confidence=in_confidence,
            cover=f"cover-{chooser.n}" if in_confidence or self.chance.random() < 0.1 else "",
            capacity=self.chance.choice((None, 3)),
        )
        if not self.try_act(convened, *self._heads(body.id)):
            return
        self.focus["meeting"] = key
        if self.chance.random() < 0.1:
            return
        self.record.now = max(self.record.now, starts_at)
        seats = [seat.person for seat in seated(self.state, body, self.record.now.date())]
        most = self.chance.choice((len(seats), len(seats), len(seats) // 2))
        self.come(self.state.meetings[key], self.chance.sample(seats, most))

    def meet(self) -> None:
        """A body gathers if it does not sit."""
        there = [
            each for each in sitting(self.state) if self.focus.get("body") in (None, each.body)
        ]
        if there:
            self.focus["meeting"] = there[-1].id
        else:
            self.gather()

    def come(self, meeting: Meeting, people: list[str]) -> None:
        """Members come to a meeting, and one of them opens it."""
        for person in people:
            self.try_act(AdmitToMeeting(meeting=meeting.id, attendee=person), CLERK)
        for person in (*self._heads(meeting.body), *people):
            if self.record.attempt(CallToOrder(meeting=meeting.id), person):
                break
        if is_open(self.state, "short-notice", meeting.id):
            self.try_act(WaiveNotice(meeting=meeting.id), CLERK)

    def go_on(self) -> None:
        """Somebody does what comes next: those at a vote vote, an open item is answered, a meeting goes on."""
        items = list(self.state.open_items.values())
        if items and self.chance.random() < 0.5:
            item = self.chance.choice(items)
            self.focus = focus_of(item.kind, item.subject)
            self.try_any(self.chance.choice(ANSWERS[item.kind]))
            self.focus = {}
        else:
            self.try_any(self.chance.choice(self._next()))

    def _next(self) -> tuple[str, ...]:
        latest = list(self.state.divisions.values())[-1:]
        if latest and latest[0].status == "open":
            return ("cast-vote", "enter-roll-call", "enter-count", "change-vote", "close-division")
        if latest and latest[0].status == "closed":
            return ("declare-result", "give-casting-vote", "correct-vote", "demand-division")
        if sitting(self.state):
            return SITTING
        return ("admit-to-meeting", "call-to-order", "convene-meeting", "draft-minutes")

    def follow_thread(self) -> None:
        """One thing leads to another, and nearly all of it happens."""
        self.focus = {"body": self.chance.choice(ORGANS)}
        for step in self.chance.choice(THREADS).split():
            if self.chance.random() < 0.92:
                self.take_step(*step.split(":"))
        self.focus = {}

    def take_step(self, step: str, how: str = "") -> None:
        """One step of a thread: an act, or one of the usual runs of acts."""
        motion = next(reversed(self.state.motions), "")
        match step:
            case "wait":
                self.wait(self.chance.choice((1, 24 * 9, 24 * 16)))
            case "gather":
                self.meet()
            case "carry" | "circular" | "move":
                self.carry(kind=how, put=step == "carry", circular=step == "circular")
            case "put" if motion and self.state.motions[motion].meeting:
                self.put(next(iter(self._pending()), motion))
            case "vote" if motion:
                key = f"vote-{self.chooser().n}"
                self.try_act(OpenDivision(division=key, motion=motion, method="secret"))
            case _ if step in ACTS:
                self.try_any(step)
            case _:
                pass  # nothing was moved that could be put

    def _pending(self) -> list[str]:
        return [each for meeting in sitting(self.state)[-1:] for each in meeting.pending[-1:]]

    def carry(self, kind: str = "", *, put: bool = True, circular: bool = False) -> None:
        """A motion is moved, seconded, put to the vote, and perhaps carried."""
        if not circular:
            self.meet()
        self.focus = {**self.focus, "kind": kind} | ({"circular": "yes"} if circular else {})
        moved = self.try_any("move-motion")
        del self.focus["kind"]
        self.focus.pop("circular", None)
        if not moved:
            return
        motion = next(reversed(self.state.motions.values()))
        if motion.status == "moved":
            self.try_act(SecondMotion(motion=motion.id))
        if not motion.meeting:
            self.try_any("open-circular-vote")
        elif put and self.chance.random() < 0.9:
            self.put(motion.id)

    def put(self, motion: str) -> None:
        """A motion is put to the vote, and the vote is brought to its end, or nearly."""
        key = f"division-{self.chooser().n}"
        meeting = self.state.meetings[self.state.motions[motion].meeting]
        method = self.chance.choice(METHODS)
        tellers = (self.chance.choice(PEOPLE), PEOPLE[-1]) if self.chance.random() < 0.7 else ()
        opening = OpenDivision(division=key, motion=motion, method=method, tellers=tellers)
        if not self.try_act(opening, meeting.chair):
            return
        self.vote(self.state.divisions[key])
        if self.chance.random() < 0.9 and self.try_act(CloseDivision(division=key), meeting.chair):
            if self.chance.random() < 0.3:
                self.focus = {**self.focus, "division": key}
                self.try_any(self.chance.choice(BEFORE_RESULT))
            self.try_act(DeclareResult(division=key), meeting.chair)

    def vote(self, division: Division) -> None:
        """Those who can vote do, or the tellers count."""
        usual = self.chance.choice((*SIDES, SIDES[0], SIDES[0]))
        split = self.chance.random() < 0.15
        for n, line in enumerate(list(division.register.values())):
            choice = usual if self.chance.random() < 0.8 else self.chance.choice(OTHERS)
            choice = SIDES[n % 2] if split else choice
            act: Act = CastVote(division=division.id, choice=choice)
            if isinstance(division.rule, Consent):
                act = self.chance.choice((StandAside, RecordObjection))(division=division.id)
            behalf = line.person if line.by else ""
            self.record.attempt(act, line.by or line.person, behalf=behalf)
        cards = len([line for line in division.register.values() if line.why != "absent"])
        missed = self.chance.choice((0, 0, 1)) if cards else 0
        count = Count(cards - missed, 0) if usual == "for" else Count(0, cards - missed)
        for teller in division.tellers:
            self.record.attempt(EnterCount(division=division.id, count=count), teller)

    def _heads(self, body: str) -> tuple[str, ...]:
        offices = self.state.offices.values()
        return tuple(each.holder for each in offices if each.body == body and each.holder)

    def _callers(self, act: Act) -> list[str]:
        """Who tries an act: whoever presides, keeps the books, is named in it, or just anybody."""
        chairs = [meeting.chair for meeting in sitting(self.state) if meeting.chair]
        values = [getattr(act, name) for name in act.__struct_fields__]
        named = [each for each in values if isinstance(each, str) and each in self.state.people]
        charge = self.state.charges.get(str(getattr(act, "charge", "")))
        accused = [charge.accused] * 3 if charge is not None else []
        movers = [motion.mover for motion in list(self.state.motions.values())[-2:]]
        heads = [each.holder for each in self.state.offices.values() if each.holder]
        likely = [
            *chairs[-2:],
            *chairs[-2:],
            *named,
            *accused,
            *movers,
            self.chance.choice(heads or PEOPLE),
            CLERK,
        ]
        return [
            self.chance.choice(likely),
            self.chance.choice(likely),
            CLERK,
            self.chance.choice(PEOPLE),
            self.chance.choice((*PEOPLE, "p-nobody")),
        ]

    def _represented(self, act: Act, by: str) -> str:
        """For whom somebody acts, if they do."""
        division = self.state.divisions.get(str(getattr(act, "division", "")))
        if division is None or self.chance.random() < 0.5:
            return ""
        return next((line.person for line in division.register.values() if line.by == by), "")

    def _found(self) -> None:
        do = self.record.attempt
        assert do(FoundOrganisation(organisation="o-1", name="The House", clerk=CLERK), CLERK)
        for person in PEOPLE:
            assert do(AdmitMember(member=person), CLERK)
        for body in (*ORGANS, "elsewhere"):
            parent = "members" if body in ("committee", "editors") and body != "members" else ""
            self.record.attempt(
                EstablishBody(
                    body=body,
                    name=body.title(),
                    parent=parent if parent in self.state.bodies else "",
                    seats=self.chance.choice((None, 8)),
                    outside=body == "elsewhere",
                ),
                CLERK,
            )
        for body in ORGANS:
            orders = self._orders(body)
            assert do(AdoptStandingOrders(body=body, orders=orders), CLERK)
            self._seat(body, orders)

    def _orders(self, body: str) -> StandingOrders:
        orders = load_preset(self.chance.choice(PRESETS[body]))
        if self.chance.random() < 0.8:
            orders = apply_changes(orders, {"notice": QUICK})
        return apply_changes(orders, self.chance.choice(CHANGES[body]))

    def _seat(self, body: str, orders: StandingOrders) -> None:
        heavy = self.chance.random() < 0.3
        for person in SEATED[body]:
            weight = self.chance.choice((1, 2)) if heavy else 1
            assert self.record.attempt(SeatMember(body=body, member=person, weight=weight), CLERK)
        for n, role in enumerate(("chair", "secretary", "teller")):
            office = f"{body}.{role}"
            for act in (
                CreateOffice(office=office, body=body, role=role, name=role.title()),
                FillOffice(office=office, holder=SEATED[body][n]),
            ):
                assert self.record.attempt(act, CLERK)
        if orders.substitutes.allowed:
            substitute = NameSubstitute(body=body, member=SEATED[body][2], substitute=PEOPLE[-1])
            assert self.record.attempt(substitute, CLERK)
