"""Nothing in the tree tells on whose machine it was made, or from where it was fetched."""

import re
import tomllib

import pytest

from tests.repository.tree import ROOT, files

HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("crates", "io"),
        ("npmjs", "org"),
        ("proxy", "golang", "org"),
        ("sum", "golang", "org"),
        ("docker", "io"),
    )
]
"""Put together here, so that this file does not name them itself."""
PATHS = [f"/{name}/" for name in ("work", "shared", "home", "Users")]
_pinned = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==[0-9][\w.!+]*( ; [\w .=!'<>]+)? \\")
_hash = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
_crate = re.compile(
    r'name = "[\w-]+"\nversion = "[\w.+-]+"\n(checksum = "[0-9a-f]{64}"\n)?'
    r'(dependencies = \[\n( "[\w-]+( [\w.]+)?",\n)+\]\n)?\n?'
)
_sum = re.compile(r"\S+ v\S+ h1:[A-Za-z0-9+/]{43}=")


def test_no_file_names_a_package_registry_or_a_folder_of_some_machine():
    found = [
        (str(path.relative_to(ROOT)), word)
        for path in files()
        for text in [path.read_bytes().decode("utf-8", errors="ignore")]
        for word in (*HOSTS, *PATHS)
        if word in text
    ]
    assert not found


@pytest.mark.parametrize("name", ["main.txt", "dev.txt"])
def test_lock_files_hold_names_versions_and_hashes_only(name):
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) > 20
    assert [line for line in lines if not (_pinned.fullmatch(line) or _hash.fullmatch(line))] == []


def test_the_lock_of_the_crate_holds_names_versions_and_hashes_only():
    text = (ROOT / "native/crates.lock").read_text(encoding="utf-8")
    head, *packages = text.split("[[package]]\n")
    assert [line for line in head.splitlines() if line and line[0] != "#"] == ["version = 4"]
    assert len(packages) > 30
    assert [each for each in packages if not _crate.fullmatch(each)] == []


def test_what_the_crate_rests_on_and_is_tested_by_is_pinned_exactly():
    crate = tomllib.loads((ROOT / "native/Cargo.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "native/crates.lock").read_text(encoding="utf-8")
    wanted = {**crate["dependencies"], **crate["dev-dependencies"]}
    assert "num-bigint" in wanted
    for name, given in wanted.items():
        version = given if isinstance(given, str) else given["version"]
        assert version.startswith("="), name
        assert f'name = "{name}"\nversion = "{version[1:]}"\n' in lock


def test_what_the_development_lock_shares_with_the_other_is_of_the_same_version():
    main, dev = (
        dict(re.findall(r"^(\S+)==(\S+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE))
        for name in ("main.txt", "dev.txt")
    )
    assert main.items() <= dev.items()


def test_the_lock_of_the_go_tools_holds_names_versions_and_hashes_only():
    lines = (ROOT / "tests/oracle/go.sum").read_text(encoding="utf-8").splitlines()
    assert lines
    assert [line for line in lines if not _sum.fullmatch(line)] == []


def test_no_file_is_empty_but_those_that_say_something_by_being_there():
    empty = [path.name for path in files() if not path.read_bytes().strip()]
    assert set(empty) <= {"py.typed"}
