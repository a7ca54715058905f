"""A whole house at random: whoever does whatever, sensible or not, and what must hold all the same.

1. Every vote belongs to one line of one register; sums reconcile in heads and in weight at every close.
2. Nothing leaves open business without an event that disposes of it, and nothing is disposed of twice.
3. No business is done without a quorum where it has to last.
4. Nobody votes twice, in person and by proxy together.
5. Folding the first entries of the record again gives the state that was shown then.
6. Moving an event forth and back restores every day that moves with it.
7. No part of an entry is for more readers than the orders say; who reads it depends on state, audience and day alone.
8. A refused act leaves no trace.
9. What rescinds a decision does not delete it.
10. Whoever decides every act of the record again comes to the same events and the same open business.

11. What anybody may see of the record, shown to the auditor as theirs, holds for them.

And nothing is ever raised but Refused. A long search: `pytest tests/assembly/test_house_machine.py --hypothesis-profile=long --timeout=0`.
"""

from copy import deepcopy
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from quorate.assembly.act import ACTS, Stamp, carry_out
from quorate.assembly.calendar.events import MoveEvent
from quorate.canon.moment import Day
from tests.assembly.house_organisation import CLERK, House
from tests.assembly.house_watch import days_held

SEEDS = st.integers(0, 2**32 - 1)
NAMES = st.sampled_from(sorted(ACTS.keys() - {"found-organisation"}))


class HouseMachine(RuleBasedStateMachine):
    """An organisation in which anybody does anything; each rule is one thing or one evening's worth of things."""

    house: House

    @initialize(seed=SEEDS, sits=st.booleans())
    def found(self, seed: int, sits: bool) -> None:
        self.house = House(Random(seed))
        if sits:
            self.house.gather()

    @rule(name=NAMES, seed=SEEDS)
    def do_anything(self, name: str, seed: int) -> None:
        self.house.use(seed)
        self.house.try_any(name)

    @rule(seed=SEEDS)
    def gather(self, seed: int) -> None:
        self.house.use(seed)
        self.house.gather()

    @rule(seed=SEEDS)
    def carry(self, seed: int) -> None:
        self.house.use(seed)
        self.house.carry()

    @rule(seed=SEEDS)
    def go_on(self, seed: int) -> None:
        self.house.use(seed)
        self.house.go_on()

    @rule(seed=SEEDS)
    def follow_thread(self, seed: int) -> None:
        self.house.use(seed)
        self.house.follow_thread()

    @rule(hours=st.sampled_from((1, 13, 24, 24 * 8, 24 * 33)))
    def wait(self, hours: int) -> None:
        self.house.wait(hours)

    @rule()
    def show(self) -> None:
        self.house.record.show()

    @rule(seed=SEEDS)
    def move_forth_and_back(self, seed: int) -> None:
        self.house.use(seed)
        check_forth_and_back(self.house)

    def teardown(self) -> None:
        if hasattr(self, "house"):
            check_forth_and_back(self.house)
            self.house.record.check_replayed()


def check_forth_and_back(house: House) -> None:
    """6: an event that is moved and moved back takes all that moves with it along, and brings it home."""
    state = deepcopy(house.state)
    stamp = Stamp(at=house.record.now, by=CLERK)
    for event in state.calendar.values():
        if event.day is None or event.meeting or event.cancelled:
            continue
        before, home, at = days_held(state), event.day, event.at
        for day in (Day(house.chooser().day()), home):
            carry_out(state, MoveEvent(event=event.id, day=day, confirm=True), stamp)
        after = days_held(state)
        assert {key: after[key] for key in before} == before, event.id
        assert event.at == at


BOUNDED = settings(
    max_examples=60,
    stateful_step_count=40,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
"""What every run of the tests does, always the same."""

HouseMachine.TestCase.settings = (
    settings.get_profile("long") if settings.get_current_profile_name() == "long" else BOUNDED
)
test_whatever_is_done_in_a_house_its_properties_hold = HouseMachine.TestCase
