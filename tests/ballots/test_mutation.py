"""A whole archive with one change in one place, of every kind and everywhere: refused, and by an error of ours.

Each change is made twice: as it is, so that a hash does not fit; and with every name, payload and parent made to fit.
"""

import io
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.ballots.archive import BLOCK, format_header, read_records
from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.verify import verify
from quorate.canon.fault import Malformed
from tests.ballots.elections import TIMESTAMP, begin, hold, pick, rank
from tests.ballots.forging import changed, forge, unpack, vector
from tests.ballots.mutations import HEADER, mutants
from tests.conftest import Tried

CALLS = [0]


def accepts(archive):
    """Whether an archive verifies; any error that is not ours is an error of this test."""
    CALLS[0] += 1
    try:
        verify(io.BytesIO(archive))
    except (Malformed, UnverifiedElection):
        return False
    return True


def voted(*questions, answers, **kwargs):
    small = begin(*questions, voters=2, **kwargs)
    for voter in (1, 2):
        small.vote(voter, *answers)
    return small.count()


@pytest.fixture
def counted(tried: Tried):
    """How many altered archives a test has shown to the verifier, told when it calls this."""
    before = CALLS[0]
    return lambda: tried("altered archives of ballots", CALLS[0] - before)


ARCHIVES = {
    "choices": lambda: voted(pick(2), answers=[[1, 0]], trustees=[(1, 1)]),
    "blank": lambda: voted(
        pick(1, blank=True), answers=[[1, 0]], trustees=[(1, 1)], weights=[2, 1]
    ),
    "ranked": lambda: voted(rank(2), answers=[[1, 2]]),
    "threshold": lambda: voted(pick(1), answers=[[1]], trustees=[(2, 2)]),
}


@pytest.fixture(params=ARCHIVES, scope="module")
def archive(request):
    """An election of two voters and their two ballots."""
    made = ARCHIVES[request.param]()
    assert accepts(made)
    return made


def records(archive):
    return list(read_records(io.BytesIO(archive)))


def test_a_change_in_any_field_of_any_header_or_in_the_padding_is_refused(archive, counted):
    for record in records(archive):
        end = record.at + len(record.body)
        spots = {what: record.at - BLOCK + at for what, at in HEADER.items()}
        spots |= {"padding": end, "end of padding": end + -len(record.body) % BLOCK - 1}
        for what, at in spots.items():
            if at < end and what in {"padding", "end of padding"}:
                continue
            for new in (archive[at] ^ 1, 0, ord("0"), ord(" "), 255):
                if new != archive[at]:
                    mutant = archive[:at] + bytes((new,)) + archive[at + 1 :]
                    assert not accepts(mutant), (record.number, what, new)
    counted()


def test_a_change_in_any_byte_of_anything_is_refused_if_no_hash_is_made_to_fit(archive, counted):
    for at in Random(1).sample(range(len(archive)), 300):
        mutant = archive[:at] + bytes((archive[at] ^ 1 << at % 8,)) + archive[at + 1 :]
        assert not accepts(mutant), at
    counted()


@pytest.mark.slow
def test_a_change_in_any_place_of_any_json_is_refused_if_no_hash_is_made_to_fit(archive, counted):
    for record in records(archive):
        after = archive[record.at + -(-len(record.body) // BLOCK) * BLOCK :]
        for what, data in list(mutants(record.body))[::7]:
            header = format_header(record.name, len(data), TIMESTAMP)
            padded = data + bytes(-len(data) % BLOCK)
            mutant = archive[: record.at - BLOCK] + header + padded + after
            assert not accepts(mutant), (record.number, what)
    counted()


def is_told_by_nothing(kind, which, what):
    """What may be changed because neither a signature nor a proof covers it, only the hashes of who kept them.

    How the list of credentials is spaced and ordered, and who is said to have made a shuffle; the numbers of voters and
    the announced hash, check 9, are there for the first.
    """
    if (kind, which) == ("Setup", 2):
        return what in {"space", "newline"} or what.endswith("after next")
    return (kind, which) == ("Shuffle", 1) and what in {"owner: more", "owner: less"}


@pytest.mark.slow
def test_a_change_in_any_place_of_any_data_is_refused_though_every_hash_fits(archive, counted):
    events, passed = unpack(archive), []
    for at, (kind, data) in enumerate(events):
        for which, body in enumerate(data):
            for what, new in mutants(body):
                if accepts(forge(changed(events, at, which, new), TIMESTAMP)):
                    passed.append((kind, which, what))
    assert [each for each in passed if not is_told_by_nothing(*each)] == []
    # Otherwise what is said above were not true any more.
    assert ("Setup", 2, "space") in passed
    counted()


def test_a_change_in_any_place_of_any_event_is_refused_though_every_hash_fits(archive, counted):
    events = unpack(archive)
    said = [each.body for each in records(archive) if each.is_event]
    for height, body in enumerate(said):
        for what, new in mutants(body):
            assert not accepts(forge(events, TIMESTAMP, {height: new})), (height, what)
    counted()


def test_the_time_of_an_archive_is_told_by_nothing():
    archive = hold(voters=1)
    assert accepts(forge(unpack(archive), TIMESTAMP + 1))


@settings(max_examples=150)
@given(st.data())
def test_bytes_thrown_into_any_data_are_refused_though_every_hash_fits(data):
    events = unpack(vector("v30-nh"))
    at = data.draw(st.sampled_from([i for i, each in enumerate(events) if each.data]))
    which = data.draw(st.integers(0, len(events[at].data) - 1))
    body = events[at].data[which]
    start = data.draw(st.integers(0, len(body)))
    stop = data.draw(st.integers(start, min(len(body), start + 8)))
    new = body[:start] + data.draw(st.binary(max_size=8)) + body[stop:]
    if new != body:
        kind = events[at].kind
        is_open = (kind, which) in {("Setup", 1), ("Setup", 2), ("Shuffle", 1)}
        if accepts(forge(changed(events, at, which, new))):
            assert is_open, (kind, which, new)


@settings(max_examples=100)
@given(st.binary(max_size=3000))
def test_what_is_no_archive_is_malformed(data):
    with pytest.raises(Malformed):
        verify(io.BytesIO(data))


@settings(max_examples=60)
@given(st.binary(max_size=600))
def test_what_follows_a_setup_is_refused_and_of_check_1(data):
    small = begin(voters=1)
    if data:
        with pytest.raises(UnverifiedElection) as caught:
            verify(io.BytesIO(small.archive + data))
        assert caught.value.failed is Check.ARCHIVE
