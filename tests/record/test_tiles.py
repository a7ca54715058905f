from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.canon.fault import Malformed
from quorate.record.tiles import (
    format_bundle,
    grouped,
    parse_bundle,
    read_entries,
    tile_files,
    tile_path,
)
from quorate.record.tree import leaf_hash, tree_from_entries

LARGE = 65_537
ENTRIES = [i.to_bytes(3, "big") for i in range(LARGE)]
TREE = tree_from_entries(ENTRIES)
SIZES = [0, 1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537]


def files_of(size, old=0):
    return dict(tile_files(TREE, ENTRIES[old // 256 * 256 : size], old, size))


@pytest.mark.parametrize(
    ("number", "path"),
    [(0, "000"), (5, "005"), (999, "999"), (1000, "x001/000"), (1234067, "x001/x234/067")],
)
def test_numbers_are_grouped_by_three_digits(number, path):
    assert grouped(number) == path


def test_paths_are_those_of_the_specification():
    assert tile_path(0, 273) == "tile/0/273"
    assert tile_path(1, 1, 17) == "tile/1/001.p/17"
    assert tile_path("entries", 1234067, 8) == "tile/entries/x001/x234/067.p/8"


@pytest.mark.parametrize("size", SIZES)
def test_a_log_of_a_size_has_exactly_the_files_that_the_specification_names(size):
    expected = set()
    for level in ("entries", 0, 1, 2):
        width = size >> (8 * level if isinstance(level, int) else 0)
        expected |= {tile_path(level, n) for n in range(width // 256)}
        if width % 256:
            expected.add(tile_path(level, width // 256, width % 256))
    assert set(files_of(size)) == expected


def test_a_log_of_70000_has_the_partial_tiles_worked_out_by_hand():
    entries = [i.to_bytes(3, "big") for i in range(70_000)]
    paths = [path for path, _ in tile_files(tree_from_entries(entries), entries)]
    assert [p for p in paths if ".p/" in p] == [
        "tile/entries/273.p/112",
        "tile/0/273.p/112",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    ]
    assert len(paths) == 274 + 274 + 2 + 1


@pytest.mark.parametrize("size", SIZES[:9])
def test_each_hash_of_each_tile_is_the_root_of_its_entries(naive, size):
    files = files_of(size)
    for level in range(2):
        row = b"".join(c for p, c in files.items() if p.startswith(f"tile/{level}/"))
        span = 256**level
        expected = [naive.root(ENTRIES[i * span : (i + 1) * span]) for i in range(size // span)]
        assert row == b"".join(expected)


def test_the_top_tile_of_65536_entries_holds_the_root_of_the_definition(naive):
    assert files_of(65_536)["tile/2/000.p/1"] == naive.root(ENTRIES[:65_536])
    assert files_of(65_535)["tile/1/000.p/255"][-32:] == naive.root(ENTRIES[65_024:65_280])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("start", [0, 1, 255, 256, 257, 65_530])
def test_entries_are_read_from_any_start(size, start):
    read = files_of(size).__getitem__
    assert list(read_entries(read, size, start)) == ENTRIES[start:size]


def test_publishing_step_by_step_leaves_the_same_full_tiles_and_every_partial_once():
    published = {}
    steps = [0, 1, 1, 3, 255, 256, 256, 257, 300, 511, 512, 65_535, 65_536, 65_537]
    for old, new in pairwise(steps):
        fresh = files_of(new, old)
        assert not published.keys() & fresh.keys()
        published |= fresh
        missing = {p: c for p, c in files_of(new).items() if published.get(p) != c}
        assert not missing
    assert not files_of(300, 300)


def test_entries_are_read_in_step_with_what_is_written():
    taken = []
    source = (taken.append(e) or e for e in ENTRIES)
    files = tile_files(TREE, source, size=1000)
    next(files)
    assert len(taken) == 256


def test_too_few_entries_are_noticed():
    with pytest.raises(Malformed):
        list(tile_files(TREE, ENTRIES[:299], size=300))
    with pytest.raises(Malformed):
        list(tile_files(TREE, ENTRIES[256:299], old_size=257, size=300))


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_bundles_survive_a_round_trip(entries):
    assert parse_bundle(format_bundle(entries)) == entries


def test_an_entry_is_65535_bytes_at_most():
    assert parse_bundle(format_bundle([bytes(65_535)])) == [bytes(65_535)]
    with pytest.raises(Malformed):
        format_bundle([bytes(65_536)])


def test_a_bundle_cut_within_an_entry_is_malformed():
    data = format_bundle([b"abc", b"", b"defg"])
    whole = {0, 5, 7, len(data)}
    for end in range(len(data) + 1):
        if end in whole:
            assert format_bundle(parse_bundle(data[:end])) == data[:end]
        else:
            with pytest.raises(Malformed):
                parse_bundle(data[:end])


@pytest.mark.parametrize("bundle", [ENTRIES[:3], ENTRIES[:5], []])
def test_a_bundle_with_another_number_of_entries_than_its_name_says_is_malformed(bundle):
    with pytest.raises(Malformed, match="4 entries"):
        list(read_entries(lambda _: format_bundle(bundle), 4))


def test_what_is_read_back_has_the_root(naive):
    read = files_of(LARGE).__getitem__
    again = tree_from_entries(read_entries(read, LARGE))
    assert again.root() == TREE.root()
    assert TREE.hashes(0, 0, 1) == leaf_hash(ENTRIES[0])
