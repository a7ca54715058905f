"""What every store promises; each test runs on all three."""

import os
import threading
from collections.abc import Callable

import pytest

from quorate.canon.fault import Conflict, Unavailable
from quorate.desk.port import Head, Row, Snapshot, Store
from quorate.record.entry import MAX_ENTRY_BYTES, Part
from quorate.record.tree import EMPTY_ROOT
from tests.store.log_writer import a_row, after, check_whole, put, write

NOTE = "records.example.org/assembly\n1\nAZiQ=\n\n— records.example.org/assembly qwer\n"


def test_a_new_store_is_an_empty_log(store: Store) -> None:
    assert store.head() == Head(0, EMPTY_ROOT)
    assert list(store.rows()) == []
    assert store.checkpoints() == {}
    assert store.snapshot() is None


def test_what_is_appended_is_read_back(store: Store) -> None:
    write(store, 3, "x", "act", "text")
    write(store, 2)
    expected = [a_row(i, "x", "act", "text") for i in range(3)] + [a_row(3), a_row(4)]
    assert list(store.rows()) == expected
    assert store.head() == after(Head(0, EMPTY_ROOT), expected)


def test_rows_can_be_read_from_anywhere_to_anywhere(store: Store) -> None:
    write(store, 7)
    for start in range(9):
        for stop in (*range(9), None, 100):
            found = [row.seq for row in store.rows(start, stop)]
            assert found == list(range(start, min(7, 7 if stop is None else stop)))


def test_rows_come_in_order_over_many_pages(store: Store) -> None:
    for _ in range(3):
        write(store, 1000, "x", "act", "text")
    assert check_whole(store).size == 3000
    assert sum(len(row.parts) for row in store.rows()) == 6000


def test_parts_come_in_the_order_of_their_names(store: Store) -> None:
    row = a_row(0, "x", "venue", "act", "text", "person")
    with store.writing() as writing:
        put(writing, [row._replace(parts=row.parts[::-1])])
    assert [part.name for part in next(store.rows()).parts] == ["act", "person", "text", "venue"]


def test_a_row_without_parts_is_kept(store: Store) -> None:
    with store.writing() as writing:
        put(writing, [Row(0, b"bare", ()), a_row(1), Row(2, b"", ())])
    assert list(store.rows()) == [Row(0, b"bare", ()), a_row(1), Row(2, b"", ())]


def test_every_byte_and_the_longest_entry_are_kept(store: Store) -> None:
    every = bytes(range(256))
    salts = (bytes(32), b"\xff" * 32)
    long = Row(0, os.urandom(MAX_ENTRY_BYTES), (Part("act", salts[0], every * 8000, "member:p-ä"),))
    empty = Row(1, every, (Part("act", salts[1], b"", "public"),))
    with store.writing() as writing:
        put(writing, [long, empty])
    assert list(store.rows()) == [long, empty]


@pytest.mark.parametrize("seqs", [[0], [2], [4], [3, 5], [3, 3], [4, 3]])
def test_rows_that_do_not_follow_on_are_a_conflict(store: Store, seqs: list[int]) -> None:
    head = write(store, 3)
    with pytest.raises(Conflict), store.writing() as writing:
        writing.append([a_row(seq) for seq in seqs], Head(3 + len(seqs), b"r" * 32))
    assert check_whole(store) == head


def test_a_head_that_does_not_count_the_rows_is_a_conflict(store: Store) -> None:
    with pytest.raises(Conflict), store.writing() as writing:
        writing.append([a_row(0)], Head(2, b"r" * 32))
    assert check_whole(store).size == 0


def test_nothing_is_kept_if_the_block_raises(store: Store) -> None:
    head = write(store, 3, "x", "act", "text")
    store.save_snapshot(Snapshot(3, "c", b"s"))
    before = list(store.rows())
    with pytest.raises(ZeroDivisionError), store.writing() as writing:  # noqa: PT012  # the block is the test
        put(writing, [a_row(3), a_row(4)])
        writing.erase(0, ["text"])
        raise ZeroDivisionError
    assert list(store.rows()) == before
    assert check_whole(store) == head
    assert store.snapshot() == Snapshot(3, "c", b"s")
    assert write(store).size == 4


def test_a_transaction_sees_its_own_changes_and_others_do_not(store: Store) -> None:
    write(store, 2, "x", "act", "text")
    with store.writing() as writing:
        put(writing, [a_row(2)])
        put(writing, [a_row(3)])
        writing.erase(1, ["text"])
        writing.erase(3, ["act"])
        inside = [a_row(1, "x", "act"), a_row(2), Row(3, a_row(3).entry, ())]
        assert list(writing.rows(1)) == inside
        assert writing.head().size == 4
        assert store.head().size == 2
        assert list(store.rows(1)) == [a_row(1, "x", "act", "text")]
    assert list(store.rows(1)) == inside


def test_a_transaction_cannot_be_used_after_its_end(store: Store) -> None:
    with store.writing() as writing:
        pass
    with pytest.raises(AssertionError, match="ended"):
        writing.append([a_row(0)], Head(1, b"r" * 32))
    with pytest.raises(AssertionError, match="ended"):
        writing.head()


def test_a_turn_within_a_turn_is_a_mistake_not_a_deadlock(store: Store) -> None:
    with store.writing(), pytest.raises(AssertionError, match="wait for itself"):
        store.save_checkpoint(0, NOTE)


def test_an_erased_part_is_gone_and_its_neighbours_stay(store: Store) -> None:
    write(store, 3, "x", "act", "person", "text")
    with store.writing() as writing:
        writing.erase(1, ["person", "text"])
    assert [len(row.parts) for row in store.rows()] == [3, 1, 3]
    assert next(store.rows(1)) == a_row(1, "x", "act")
    check_whole(store)


@pytest.mark.parametrize("seq", [0, 5])
def test_erasing_what_is_not_there_is_no_error(store: Store, seq: int) -> None:
    write(store)
    for _ in range(2):
        with store.writing() as writing:
            writing.erase(seq, ["text", "nothing"])
    assert list(store.rows()) == [a_row(0)]


def test_checkpoints_are_kept_and_the_same_again_is_no_error(store: Store) -> None:
    for size in (2, 1, 2):
        store.save_checkpoint(size, NOTE)
    assert store.checkpoints() == {1: NOTE, 2: NOTE}
    assert list(store.checkpoints()) == [1, 2]


def test_another_checkpoint_of_the_same_size_is_a_conflict(store: Store) -> None:
    store.save_checkpoint(1, NOTE)
    with pytest.raises(Conflict):
        store.save_checkpoint(1, NOTE.replace("AZiQ", "BZiQ"))
    assert store.checkpoints() == {1: NOTE}


def test_a_snapshot_replaces_the_one_before(store: Store) -> None:
    for snapshot in (Snapshot(0, "code", bytes(range(256)) * 999), Snapshot(7, "code-2", b"")):
        store.save_snapshot(snapshot)
        assert store.snapshot() == snapshot


def test_an_erasure_drops_the_snapshot_and_those_made_before_it(store: Store) -> None:
    write(store, 3)
    store.save_snapshot(Snapshot(3, "c", b"secret"))
    with store.writing() as writing:
        writing.erase(0, ["act"])
        put(writing, [a_row(3)])
    assert store.snapshot() is None
    store.save_snapshot(Snapshot(3, "c", b"folded before the erasure, saved after it"))
    assert store.snapshot() is None
    store.save_snapshot(Snapshot(4, "c", b"clean"))
    assert store.snapshot() == Snapshot(4, "c", b"clean")


BALLOTS = {
    "c-2": [b"two", b"two again", bytes(range(256))],
    "c-1": [b"one"],
    "C-3": [b"three" * 9000],
}
IN_ORDER = [b"three" * 9000, b"one", b"two", b"two again", bytes(range(256))]
"""By credential, those of one as they came."""


def cast(store: Store, division: str = "d-1") -> None:
    """All of them, in turns, each in a transaction of its own."""
    for turn in range(3):
        for credential, ballots in BALLOTS.items():
            for ballot in ballots[turn : turn + 1]:
                with store.writing() as writing:
                    writing.put_ballot(division, credential, ballot)


def test_ballots_come_by_credential_and_not_as_they_were_cast(store: Store) -> None:
    cast(store)
    cast(store, "d-2")
    assert list(store.ballots("d-1")) == list(store.ballots("d-2")) == IN_ORDER
    assert list(store.ballots("d-3")) == []


def test_settled_box_holds_the_same_ballots_and_others_are_left_alone(store: Store) -> None:
    cast(store)
    cast(store, "d-2")
    with store.writing() as writing:
        writing.settle_box("d-1")
        assert list(writing.ballots("d-1")) == IN_ORDER
    assert list(store.ballots("d-1")) == list(store.ballots("d-2")) == IN_ORDER
    with store.writing() as writing:
        writing.put_ballot("d-2", "c-0", b"first")
    assert list(store.ballots("d-2")) == [IN_ORDER[0], b"first", *IN_ORDER[1:]]


def test_box_says_what_it_holds_before_it_is_settled_and_afterwards(store: Store) -> None:
    cast(store)
    for is_settled in (False, True):
        with store.writing() as writing:
            if is_settled:
                writing.settle_box("d-1")
            for credential, ballots in BALLOTS.items():
                for ballot in ballots:
                    assert writing.holds("d-1", credential, ballot)
                    assert not writing.holds("d-2", credential, ballot)
                    assert not writing.holds("d-1", f"{credential}-", ballot)
                    assert not writing.holds("d-1", credential, ballot + b".")
    with store.writing() as writing:
        writing.put_ballot("d-2", "c-2", b"new")
        assert writing.holds("d-2", "c-2", b"new")


def test_ballot_that_is_there_already_is_a_conflict(store: Store) -> None:
    cast(store)
    for ballot in BALLOTS["c-2"]:
        with pytest.raises(Conflict), store.writing() as writing:
            writing.put_ballot("d-1", "c-2", ballot)
    assert list(store.ballots("d-1")) == IN_ORDER
    with store.writing() as writing:
        writing.put_ballot("d-2", "c-2", b"two")


def test_ballots_and_papers_of_a_block_that_raises_are_not_kept(store: Store) -> None:
    cast(store)
    with pytest.raises(ZeroDivisionError), store.writing() as writing:  # noqa: PT012  # the block is the test
        writing.put_ballot("d-1", "c-1", b"late")
        writing.settle_box("d-1")
        writing.put_paper("d-1/setup", [b"x"])
        assert list(writing.ballots("d-1"))[1:3] == [b"one", b"late"]
        assert list(store.ballots("d-1")) == IN_ORDER
        raise ZeroDivisionError
    assert list(store.ballots("d-1")) == IN_ORDER
    assert list(store.paper("d-1/setup")) == []


def test_box_of_many_ballots_is_read_whole_while_it_is_settled(store: Store) -> None:
    with store.writing() as writing:
        for n in range(300):
            writing.put_ballot("d-1", f"c-{n * 7 % 300:03}", b"%d" % n)
    reading = store.ballots("d-1")
    seen = [next(reading)]
    with store.writing() as writing:
        writing.settle_box("d-1")
    seen += reading
    assert len(seen) == 300
    assert seen == list(store.ballots("d-1"))


def test_paper_is_kept_in_its_pieces_and_once(store: Store) -> None:
    pieces = [bytes(range(256)) * 4000, b"", b"end"]
    with store.writing() as writing:
        writing.put_paper("d-1/archive", iter(pieces))
    assert b"".join(store.paper("d-1/archive")) == b"".join(pieces)
    assert list(store.paper("d-1/setup")) == []
    with pytest.raises(Conflict), store.writing() as writing:
        writing.put_paper("d-1/archive", [b"another"])
    assert b"".join(store.paper("d-1/archive")) == b"".join(pieces)


USES: list[Callable[[Store], object]] = [
    write,
    lambda store: store.head(),
    lambda store: store.rows(),
    lambda store: store.save_checkpoint(1, NOTE),
    lambda store: store.checkpoints(),
    lambda store: store.save_snapshot(Snapshot(1, "c", b"")),
    lambda store: store.snapshot(),
    lambda store: list(store.ballots("d-1")),
    lambda store: list(store.paper("d-1/setup")),
]


@pytest.mark.parametrize("use", USES)
def test_a_closed_store_is_unavailable(store: Store, use: Callable[[Store], object]) -> None:
    write(store, 3000)
    unread = store.rows()
    next(unread)
    store.close()
    store.close()
    with pytest.raises(Unavailable, match="closed"):
        use(store)
    with pytest.raises(Unavailable, match="closed"):
        list(unread)


def test_a_store_opened_before_a_fork_is_unavailable_in_the_child(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = os.getpid() + 1
    with monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: child)
        with pytest.raises(Unavailable, match="fork"):
            store.head()


def test_threads_that_write_are_served_one_after_the_other(store: Store) -> None:
    threads = [threading.Thread(target=lambda: [write(store) for _ in range(25)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert check_whole(store).size == 100


def test_readers_see_whole_states_while_one_writes(store: Store) -> None:
    done = threading.Event()

    def keep_writing() -> None:
        for _ in range(60):
            write(store, 5)
        done.set()

    writer = threading.Thread(target=keep_writing)
    writer.start()
    sizes = []
    while not done.is_set():
        head = store.head()
        rows = list(store.rows(0, head.size))
        assert after(Head(0, EMPTY_ROOT), rows) == head
        sizes.append(head.size)
    writer.join()
    assert sizes == sorted(sizes)
    assert all(size % 5 == 0 for size in sizes)
    assert check_whole(store).size == 300


def test_a_reader_that_stops_half_way_keeps_nobody_waiting(store: Store) -> None:
    write(store, 3000)
    half_way = store.rows()
    assert next(half_way) == a_row(0)
    with store.writing() as writing:
        writing.erase(2999, ["act"])
    write(store)
    rest = list(half_way)
    assert len(rest) == 2999
    assert rest[-1].parts == ()  # erased after the reading had begun, and not shown any more
