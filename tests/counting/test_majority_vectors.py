import json
from pathlib import Path

import msgspec
import pytest

from quorate.counting.outcome import decide
from quorate.counting.rule import parse_rule
from quorate.counting.tally import Tally

FILE = Path(__file__).parents[2] / "vectors" / "counting" / "majorities.json"
VECTORS = json.loads(FILE.read_text("utf-8"))["vectors"]


def tally_of(vector):
    if "tally" in vector:
        return msgspec.convert(vector["tally"], Tally)
    return msgspec.convert(vector["tallies"], dict[str, Tally])


@pytest.mark.parametrize("vector", VECTORS, ids=[v["name"] for v in VECTORS])
def test_known_vote_has_its_known_outcome(vector):
    breakers = {key: vector[key] for key in ("casting_vote", "lot") if key in vector}
    outcome = decide(parse_rule(vector["rule"]), tally_of(vector), **breakers)
    told = {key: getattr(outcome, key) for key in vector["outcome"]}
    assert told == vector["outcome"]


def test_every_vector_names_its_source_and_no_name_is_used_twice():
    assert all(v["source"] for v in VECTORS)
    assert len({v["name"] for v in VECTORS}) == len(VECTORS) >= 40
