"""The events of an archive: a chain in the one order that elections have; written and read back."""

import io
import re
from base64 import b64encode

import pytest

from quorate.ballots.archive import format_data, format_event, read_opening, read_records
from quorate.ballots.archive_writer import ArchiveWriter
from quorate.ballots.chain import Chain, Stage
from quorate.ballots.check import Check, UnverifiedElection
from quorate.ballots.digest import base64, hexadecimal
from quorate.ballots.steps import (
    BallotCast,
    BallotsEnded,
    Decrypted,
    PollSetup,
    Published,
    Shuffled,
    ShufflesEnded,
    Tallied,
    read_steps,
    resume_chain,
)
from quorate.ballots.wire import write
from quorate.canon.fault import Malformed
from tests.ballots.forging import (
    NAMES,
    Happening,
    changed,
    forge,
    index_of,
    timestamp_of,
    unpack,
    vector,
)

KINDS = {
    "Setup": "S",
    "Ballot": "B",
    "EndBallots": "E",
    "EncryptedTally": "T",
    "Shuffle": "M",
    "EndShuffles": "N",
    "PartialDecryption": "P",
    "Result": "R",
}


def steps(archive):
    chain = Chain()
    return list(read_steps(read_records(io.BytesIO(archive)), chain)), chain


def refused(archive, reason):
    with pytest.raises(UnverifiedElection, match=reason) as caught:
        steps(archive)
    assert caught.value.failed is Check.ARCHIVE
    return caught.value


def write_step(writer, step):
    match step:
        case PollSetup():
            writer.setup(*step)
        case BallotCast():
            assert writer.ballot(step.data) == step.event
        case BallotsEnded():
            writer.end_ballots()
        case Tallied():
            writer.tally(step.tally, step.sized.num_tallied, step.weight)
        case Shuffled():
            writer.shuffle(*step)
        case ShufflesEnded():
            writer.end_shuffles()
        case Decrypted():
            writer.decryption(*step)
        case Published():
            writer.result(step.result)


@pytest.mark.parametrize("name", NAMES)
def test_an_archive_written_again_from_its_steps_is_the_same_byte_for_byte(name):
    archive = vector(name)
    out = io.BytesIO()
    writer = ArchiveWriter(out, timestamp_of(archive))
    found, chain = steps(archive)
    for step in found:
        write_step(writer, step)
    assert out.getvalue() == archive
    assert chain.state is writer.chain.state is Stage.PUBLISHED


@pytest.mark.parametrize("name", ["v30-single", "v30-nh"])
def test_writing_goes_on_after_any_event(name):
    archive = vector(name)
    found, _ = steps(archive)
    ends = [
        each.at + -(-len(each.body) // 512) * 512
        for each in read_records(io.BytesIO(archive))
        if each.is_event
    ]
    for done, end in enumerate(ends, 1):
        out = io.BytesIO(archive[:end])
        timestamp = read_opening(out)[0]
        out.seek(0)
        writer = ArchiveWriter(out, timestamp, resume_chain(out))
        for step in found[done:]:
            write_step(writer, step)
        assert out.getvalue() == archive


def test_a_step_tells_what_is_in_it():
    archive = vector("v30-nh")
    (setup, *ballots, ended, tallied, first, second, no_more, p1, p2, published), chain = steps(
        archive
    )
    assert setup.election.startswith(b'{"version":1')
    assert setup.certificate is None
    assert [each.number for each in ballots] == [1, 2, 3, 4, 5, 6]
    assert all(bytes.fromhex(each.sha) == bytes.fromhex(hexadecimal(each.data)) for each in ballots)
    assert all(archive[each.at :].startswith(each.data) for each in ballots)
    assert (ended, no_more) == (BallotsEnded(), ShufflesEnded())
    assert (tallied.sized.num_tallied, tallied.weight) == (5, 5)
    assert [first.owner, second.owner, p1.owner, p2.owner] == [1, 2, 1, 2]
    assert published.result.startswith(b'{"result":')
    assert (chain.is_ranked, chain.ballots, chain.height) == (True, 6, len(unpack(archive)))


@pytest.mark.parametrize(("is_ranked", "tail"), [(False, "P*R?"), (True, "(M*(N(P*R?)?)?)?")])
def test_of_all_orders_of_events_exactly_those_of_the_format_are_a_chain(is_ranked, tail):
    # Every order of which all but the last event can stand, of up to eight events.
    allowed = re.compile(rf"(S(B*(E(T{tail})?)?)?)?")
    orders = [()]
    for _ in range(8):
        longer = [(*order, kind) for order in orders for kind in KINDS]
        orders = [each for each in longer if can_be_chained(each, is_ranked)]
        for each in longer:
            letters = "".join(KINDS[kind] for kind in each)
            assert (each in orders) == bool(allowed.fullmatch(letters)), letters
    assert len(orders) > 10


def can_be_chained(kinds, is_ranked):
    chain = Chain()
    chain.is_ranked = is_ranked
    try:
        for i, kind in enumerate(kinds):
            chain.extend(kind, None if kind.startswith("End") else f"{i:064}")
    except UnverifiedElection:
        return False
    return True


@pytest.mark.parametrize("name", ["v30-single", "v30-nh"])
def test_an_archive_is_valid_after_every_event_and_nowhere_else(name):
    archive = vector(name)
    for record in read_records(io.BytesIO(archive)):
        end = record.at + -(-len(record.body) // 512) * 512
        if record.is_event or record.number == 0:
            found, chain = steps(archive[:end])
            assert len(found) == chain.height
        else:
            refused(archive[:end], "no event follows")


def test_events_in_another_order_are_refused_even_if_they_are_chained():
    events = unpack(vector("v30-nh"))
    for i in range(len(events)):
        for j in range(i):
            if events[i].kind != events[j].kind:
                swapped = list(events)
                swapped[i], swapped[j] = swapped[j], swapped[i]
                refused(forge(swapped), "can come|already|its data")


def test_every_event_twice_is_refused_or_one_of_many():
    events = unpack(vector("v30-nh"))
    for i, each in enumerate(events):
        twice = [*events[: i + 1], *events[i:]]
        if each.kind in {"Shuffle", "PartialDecryption"}:
            steps(forge(twice))  # whether a trustee may act twice is for later checks
        else:
            refused(forge(twice), "already" if each.kind == "Ballot" else "can come")


def test_a_ballot_that_comes_again_later_is_refused_and_named():
    events = unpack(vector("v30-single"))
    again = [*events[:7], events[1], *events[7:]]
    assert refused(forge(again), "already").ballot == 7


def test_a_ballot_after_the_close_is_refused_by_reader_and_writer():
    events = unpack(vector("v30-single"))
    late = Happening("Ballot", (events[1].data[0] + b" ",))
    at = index_of(events, "EndBallots")
    refused(forge([*events[: at + 1], late]), "no Ballot can come")
    out = io.BytesIO(forge(events[: at + 1]))
    chain = resume_chain(out)
    writer, length = ArchiveWriter(out, 0, chain), len(out.getvalue())
    with pytest.raises(UnverifiedElection, match="closed"):
        writer.ballot(late.data[0])
    assert len(out.getvalue()) == length


@pytest.mark.parametrize("at", range(13))
def test_a_missing_event_is_refused(at):
    archive = vector("v30-nh")
    events = unpack(archive)
    without = forge([*events[:at], *events[at + 1 :]])
    if events[at].kind in {"Ballot", "Shuffle", "PartialDecryption"}:
        steps(without)  # a chain still: what is missing is found by checks that look into the data
        at_records = [each.body for each in read_records(io.BytesIO(archive))]
        assert at_records != [each.body for each in read_records(io.BytesIO(without))]
    else:
        refused(without, "can come")


@pytest.mark.parametrize("kind", KINDS)
def test_data_that_an_event_does_not_have_are_refused(kind):
    events = unpack(vector("v30-nh"))
    at = index_of(events, kind)
    data = events[at].data
    for wrong in ((b"stray", *data), (*data, b"stray"), data[:-1], data[1:]):
        if wrong != data:
            refused(forge([*events[:at], Happening(kind, wrong)]), "record")


@pytest.mark.parametrize("kind", ["Setup", "EncryptedTally", "Shuffle", "PartialDecryption"])
def test_data_are_those_that_are_named_and_in_their_order(kind):
    events = unpack(vector("v30-nh"))
    at = index_of(events, kind)
    data = events[at].data
    turned = (*data[-2::-1], data[-1])
    if turned != data:
        refused(forge([*events[:at], Happening(kind, turned)]), "record")
    renamed = (*data[:-2], data[-2] + b" ", data[-1])
    refused(forge([*events[:at], Happening(kind, renamed)]), "record")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"height":3', b'"height":4'),
        (b'"height":3', b'"height":03'),
        (b'"parent":"', b'"parent":"0'),
        (b'"type":"Ballot"', b'"type":"ballot"'),
        (b'"type":"Ballot"', b'"type":"Voting"'),
        (b'"type":"Ballot"', b'"type": "Ballot"'),
        (b'"payload":"', b'"payload":"f'),
        (b'{"parent"', b'{"x":1,"parent"'),
    ],
)
def test_an_event_says_what_it_must_and_in_that_way(old, new):
    archive = vector("v30-single")
    timestamp = timestamp_of(archive)
    record = next(each for each in read_records(io.BytesIO(archive)) if b'"height":3' in each.body)
    assert old in record.body

    forged = archive[: record.at - 512] + format_event(record.body.replace(old, new), timestamp)
    refused(forged, "event|hash")


def test_a_certificate_of_the_credentials_is_carried_along():
    events = unpack(vector("v30-single"))
    election, trustees, credentials, last = events[0].data
    certificate = b'{"some":"certificate"}'
    named = last[:-1] + b',"certificate":"' + hexadecimal(certificate).encode() + b'"}'
    archive = forge([Happening("Setup", (election, trustees, credentials, certificate, named))])
    (setup,), _ = steps(archive)
    assert setup.certificate == ("certificate", certificate)
    out = io.BytesIO()
    ArchiveWriter(out, 0).setup(*setup)
    assert out.getvalue() == archive
    refused(
        forge([Happening("Setup", (election, trustees, credentials, b"other", named))]),
        "setup data",
    )
    refused(
        forge([Happening("Setup", (election, trustees, credentials, certificate, last))]),
        "setup data",
    )


def test_an_election_that_cannot_be_read_is_refused_and_cannot_be_set_up():
    events = unpack(vector("v30-single"))
    broken = events[0].data[0].replace(b'"version":1', b'"version":2')
    refused(forge(changed(events, 0, 0, broken)), "election")
    out = io.BytesIO()
    writer, length = ArchiveWriter(out, 0), len(out.getvalue())
    with pytest.raises(Malformed, match="election"):
        writer.setup(broken, b"", b"")
    assert len(out.getvalue()) == length


def test_data_at_the_end_that_belong_to_no_event_are_refused():
    archive = vector("v30-single")
    refused(archive + format_data(write({"a": 1}), timestamp_of(archive)), "no event follows")
    many = b"".join(format_data(b"%d" % i, timestamp_of(archive)) for i in range(6))
    refused(archive + many, "more data")


def test_the_hash_of_a_ballot_is_its_tracker_written_the_other_way():
    (_, first, *_), _ = steps(vector("v30-single"))

    assert b64encode(bytes.fromhex(first.sha)).decode().rstrip("=") == base64(first.data)
