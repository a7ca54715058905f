"""The number of counted ballots below which a tally is not to be opened, as the election itself says it.

The result of very few ballots tells what single voters chose. The format has no field for such a number, so another than the
usual one stands at the end of the description, in words: voters read it, the fingerprint covers it, and other tools carry it.
"""

import re

MINIMUM = 3
"""Where the description says nothing."""
LARGEST = 999_999

_promise = re.compile(r"(?:\A|\n)Not opened below ([1-9][0-9]{0,5}) counted ballots\.\Z")


def minimum_of(description: str) -> int:
    """The number that a description promises, or the usual one."""
    found = _promise.search(description.rstrip())
    return int(found[1]) if found else MINIMUM


def with_minimum(description: str, minimum: int) -> str:
    """A description that promises a number, 1 to `LARGEST`; as it was, if that is what it says already."""
    assert 1 <= minimum <= LARGEST
    if minimum_of(description) == minimum:
        return description
    return f"{description}\nNot opened below {minimum} counted ballots.".removeprefix("\n")
