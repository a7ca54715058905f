"""Acts awaited on an event loop: each caller has its own answer, and none holds up another."""

import asyncio
import threading

import pytest

from quorate.assembly.organisation.bodies import EstablishBody, FoundOrganisation
from quorate.assembly.refusal import Refused
from quorate.canon.fault import Unavailable
from quorate.desk.answer import Acknowledged, Caller
from quorate.desk.awaiting import Awaiting
from quorate.desk.desk import Desk
from quorate.store.memory import MemoryStore
from tests.cast import CLERK
from tests.desk.office import Office

BY = Caller(by=CLERK)


@pytest.fixture
def desk():
    with Office(MemoryStore).open() as desk:
        desk.act(FoundOrganisation(organisation="o-1", name="House", clerk=CLERK), BY)
        yield desk


def body(n: int) -> EstablishBody:
    return EstablishBody(body=f"b-{n}", name="The body")


async def all_of(desk: Desk, *numbers: int) -> list[Acknowledged | BaseException]:
    awaiting = Awaiting(desk)
    return await asyncio.gather(
        *(awaiting.act(body(n), BY) for n in numbers), return_exceptions=True
    )


def test_each_of_many_has_its_own_answer_in_the_order_in_which_they_asked(desk: Desk) -> None:
    answers = asyncio.run(all_of(desk, *range(500)))
    given = [each for each in answers if isinstance(each, Acknowledged)]
    assert [each.events[0].act.body for each in given] == [f"b-{n}" for n in range(500)]  # type: ignore[attr-defined]
    assert [each.first for each in given] == list(range(1, 501))


def test_who_is_refused_is_told_and_the_others_go_on(desk: Desk) -> None:
    first, again, last = asyncio.run(all_of(desk, 1, 1, 2))
    assert isinstance(first, Acknowledged)
    assert isinstance(again, Refused)
    assert isinstance(last, Acknowledged)


def test_loops_of_several_threads_are_each_woken(desk: Desk) -> None:
    answers: list[list[Acknowledged | BaseException]] = []

    def work(start: int) -> None:
        answers.append(asyncio.run(all_of(desk, *range(start, start + 100))))

    threads = [threading.Thread(target=work, args=(n * 100,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    firsts = [each.first for given in answers for each in given if isinstance(each, Acknowledged)]
    assert sorted(firsts) == list(range(1, 401))


def test_who_does_not_wait_any_more_has_acted_all_the_same(desk: Desk) -> None:
    async def leave() -> None:
        task = asyncio.create_task(Awaiting(desk).act(body(1), BY))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(leave())
    desk.act(body(2), BY)  # and the writer goes on, though that loop is closed
    assert desk.read(lambda state: {"b-1", "b-2"} <= state.bodies.keys())


def test_closed_desk_says_so() -> None:
    office = Office(MemoryStore)
    with office.open() as desk:
        pass
    [said] = asyncio.run(all_of(desk, 1))
    assert isinstance(said, Unavailable)
