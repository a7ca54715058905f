"""Ballots are checked wherever an executor runs, and an interrupted run goes on where it was; the answer is the same."""

import io
import pickle
from concurrent.futures import (
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from concurrent.futures.process import BrokenProcessPool

import msgspec
import pytest
from distributed import Client, LocalCluster

from quorate.ballots import ballots_check
from quorate.ballots.ballots_check import check_chunk
from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.progress import read_progress, write_progress
from quorate.ballots.verify import verify
from quorate.canon.fault import Malformed, Unavailable
from tests.ballots.elections import begin, pick, rank
from tests.ballots.forging import changed, forge, unpack

VOTERS = 7


@pytest.fixture(autouse=True)
def _small_tasks(monkeypatch):
    """Two ballots to a task, so that small elections have several."""
    monkeypatch.setattr(ballots_check, "CHUNK", 2)
    monkeypatch.setattr(ballots_check, "IN_FLIGHT", 12000)
    monkeypatch.setattr(ballots_check, "_PARTS", 2)


@pytest.fixture(params=["choices", "rankings"])
def small(request):
    """An election with a superseded ballot, still open."""
    made = begin(pick(), *([rank()] if request.param == "rankings" else []), voters=VOTERS)
    for voter in (*range(1, VOTERS + 1), 3):
        answers = [[1, 0, 0], [1, 2, 3]][: len(made.election.questions)]
        made.vote(voter, *answers)
    return made


@pytest.fixture(scope="module")
def processes():
    with ProcessPoolExecutor(2) as executor:
        yield executor


@pytest.fixture(scope="module")
def dask():
    cluster = LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=":0"
    )
    with cluster, Client(cluster) as client:
        yield client.get_executor()


def run(archive, **how):
    return verify(io.BytesIO(archive), **how)


@pytest.mark.parametrize("where", ["processes", "dask"])
def test_the_answer_is_the_same_wherever_ballots_are_checked(where, small, request):
    executor = request.getfixturevalue(where)
    archive = small.count()
    assert run(archive, executor=executor) == run(archive)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("where", ["processes", "dask"])
def test_the_first_bad_ballot_is_named_wherever_ballots_are_checked(where, request):
    executor = request.getfixturevalue(where)
    small = begin(voters=VOTERS)
    for voter in range(1, VOTERS + 1):
        small.vote(voter, [1, 0, 0])
    events = unpack(small.archive)
    for bad in (7, 6, 2):
        events = changed(events, bad, 0, f"nonsense {bad}".encode())
        for how in ({"executor": executor}, {}):
            with pytest.raises(UnverifiedElection, match="ballot") as caught:
                run(forge(events), **how)
            assert (caught.value.failed, caught.value.ballot) == (Check.BALLOTS, bad)


class Late(Executor):
    """Does nothing until it is waited for, and then the youngest task first."""

    def __init__(self):
        self.tasks, self.most = [], 0

    def submit(self, fn, /, *args, **kwargs):
        executor = self

        class Waited(Future):
            def result(self, timeout=None):
                while executor.tasks:
                    future, task = executor.tasks.pop()
                    future.set_result(task())
                return super().result(timeout)

        future = Waited()
        self.tasks.append((future, lambda: fn(*args, **kwargs)))
        self.most = max(self.most, len(self.tasks))
        return future


def test_tasks_may_end_in_any_order_and_only_so_many_wait(small):
    archive, executor = small.count(), Late()
    assert run(archive, executor=executor) == run(archive)
    assert 1 < executor.most <= 4


def test_what_was_handed_out_is_cancelled_when_a_run_is_interrupted(small):
    class Idle(ThreadPoolExecutor):
        futures = []  # noqa: RUF012

        def submit(self, fn, /, *args, **kwargs):
            self.futures.append(Future())
            if len(self.futures) == 1:
                self.futures[0].set_result(fn(*args, **kwargs))
            return self.futures[-1]

    def interrupt(passed):
        raise KeyboardInterrupt

    executor = Idle()
    with pytest.raises(KeyboardInterrupt):
        run(small.archive, executor=executor, report=interrupt)
    assert len(executor.futures) > 1
    assert all(each.cancelled() for each in executor.futures[1:])


@pytest.mark.parametrize("why", [BrokenProcessPool("a process died"), CancelledError()])
def test_a_broken_executor_is_no_false_ballot(small, why):
    class Broken(ThreadPoolExecutor):
        def submit(self, fn, /, *args, **kwargs):
            future = Future()
            future.set_exception(why)
            return future

    with pytest.raises(Unavailable):
        run(small.archive, executor=Broken())


def test_a_task_is_made_of_bytes_that_any_process_can_read(small, monkeypatch):
    seen = []

    def spy(chunk):
        seen.append(chunk)
        again = pickle.loads(pickle.dumps(chunk))
        return pickle.loads(pickle.dumps(check_chunk(again)))

    monkeypatch.setattr(ballots_check, "check_chunk", spy)
    run(small.archive)
    assert [len(each.ballots) for each in seen] == [2, 2, 2, 2]
    assert [each.first for each in seen] == [1, 3, 5, 7]
    counted = [flag for each in seen for flag in each.counts]
    assert counted == [True, True, False, True, True, True, True, True]


def test_a_small_election_is_cut_into_tasks_too(monkeypatch):
    monkeypatch.setattr(ballots_check, "CHUNK", 128)
    small = begin(pick(1), voters=20)
    for voter in range(1, 21):
        small.vote(voter, [1])
    told = []
    run(small.archive, report=told.append)
    assert [each.checked for each in told] == [8, 16, 20]
    assert {each.total for each in told} == {20}


def stopped(archive, after):
    """What a run has told that was interrupted after so many tasks."""
    told = []

    def report(passed):
        told.append(passed.progress)
        if len(told) == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(archive, report=report)
    return read_progress(write_progress(told[-1]()))


def counting(monkeypatch):
    """The ballots whose proofs are checked from now on."""
    proved = []

    def spy(chunk):
        if not chunk.is_known:
            proved.extend(range(chunk.first, chunk.first + len(chunk.ballots)))
        return check_chunk(chunk)

    monkeypatch.setattr(ballots_check, "check_chunk", spy)
    return proved


@pytest.mark.parametrize("after", [1, 2, 3, 4])
def test_an_interrupted_run_goes_on_where_it_was(small, after, monkeypatch):
    archive = small.count()
    progress = stopped(archive, after)
    assert (progress.checked, progress.total) == (2 * after, 8)
    proved = counting(monkeypatch)
    found = run(archive, resume=progress)
    assert proved == list(range(2 * after + 1, 9))
    assert found.known == 2 * after
    assert found.result == run(archive).result


@pytest.mark.parametrize("after", [1, 2, 3, 4])
def test_ballots_checked_while_voting_goes_on_are_not_proved_again(small, after, monkeypatch):
    progress = stopped(small.archive, after)
    # Voter 1 votes again, so the ballot that was tallied in the earlier run counts no longer.
    small.vote(1, *([[0, 0, 1], [3, 2, 1]][: len(small.election.questions)]))
    archive = small.count()
    proved = counting(monkeypatch)
    found = run(archive, resume=progress)
    assert proved == list(range(2 * after + 1, 10))
    assert found.result == run(archive).result
    assert found.result[0] == (6, 0, 1)


def test_progress_over_another_archive_is_not_honoured(small, monkeypatch):
    progress = stopped(small.archive, 4)
    other = begin(*small.election.questions, voters=VOTERS, seed=2)
    answers = [[1, 0, 0], [1, 2, 3]][: len(small.election.questions)]
    for voter in range(1, VOTERS + 1):
        other.vote(voter, *answers)
    proved = counting(monkeypatch)
    assert run(other.archive, resume=progress).known == 0
    assert proved == list(range(1, VOTERS + 1))


def test_a_ballot_that_was_exchanged_before_the_place_of_the_progress_is_found(small):
    progress = stopped(small.archive, 4)
    forged = forge(changed(unpack(small.archive), 1, 0, b"nonsense"))
    with pytest.raises(UnverifiedElection) as caught:
        run(forged, resume=progress)
    assert caught.value.ballot == 1


def test_progress_with_another_tally_does_not_pass(small):
    archive = small.count()
    first, second = stopped(archive, 1), stopped(archive, 2)
    lie = msgspec.structs.replace(first, tallies=second.tallies)
    with pytest.raises(UnverifiedElection) as caught:
        run(archive, resume=lie)
    assert caught.value.failed is Check.TALLY
    nonsense = msgspec.structs.replace(first, tallies=(msgspec.Raw(b"[[]]"),))
    with pytest.raises(Malformed, match="progress: expected tallies"):
        run(archive, resume=nonsense)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b'{"checked":0,"total":1,"event":"","end":"","tallies":[]}']
)
def test_what_is_no_progress_is_malformed(data):
    with pytest.raises(Malformed, match="progress"):
        read_progress(data)


def test_a_ballot_that_changes_while_the_archive_is_read_is_found(small):
    class Changing(io.BytesIO):
        def seek(self, at, whence=0):
            if at:
                self.getbuffer()[at] ^= 1
            return super().seek(at, whence)

    with pytest.raises(UnverifiedElection, match="changed while") as caught:
        verify(Changing(small.archive))
    assert caught.value.failed is Check.ARCHIVE
