"""What is asked of every lie in an election: that the check which is there for it finds it."""

import io

import pytest

from quorate.ballots.check import UnverifiedElection
from quorate.ballots.verify import verify
from tests.ballots.elections import begin
from tests.ballots.forging import changed, forge, unpack


def refused(archive, check, match, ballot=None, **known):
    with pytest.raises(UnverifiedElection, match=match) as caught:
        verify(io.BytesIO(archive), **known)
    assert caught.value.failed is check
    assert caught.value.ballot == ballot


def voted(*questions, **kwargs):
    """Three votes, the first of which is superseded."""
    small = begin(*questions, **kwargs)
    for voter, picked in ((1, [1, 0, 0]), (2, [0, 1, 0]), (1, [0, 0, 1])):
        small.vote(voter, picked)
    return small


def with_setup(archive, which, new):
    return forge(changed(unpack(archive), 0, which, new))
