"""The bundle: what its sources make, and nothing that a voter's browser should not run."""

import base64
import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.booth.node import BOOTH, BUNDLE, node

README = (BOOTH / "README.md").read_text(encoding="utf-8")
PUBLIC = {"openElection", "checkCredential", "publicCredential", "makeBallot", "BoothError"}
NOT_INSTALLED = "what bundles the booth is not installed: make booth/node_modules/.done"
NOT_IN_A_BOOTH = (
    r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\b",
    r"\b(document|window|navigator|localStorage|sessionStorage|indexedDB)\s*[.\[(]",
    r"\bconsole\s*[.\[]",
    r"\b(eval|Function)\s*\(",
    r"\bimport\s*\(",
    r"^import\b",
    r"\bMath\.random\b",
)
"""Ways out, ways to remember, and ways to run what is not in the file."""


def code() -> str:
    """The bundle without its comments."""
    text = BUNDLE.read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|^\s*//.*?$", "", text, flags=re.DOTALL | re.MULTILINE)


def test_the_bundle_is_what_its_sources_make(tmp_path):
    if not (BOOTH / "node_modules/esbuild").exists():
        pytest.fail(NOT_INSTALLED)
    subprocess.run([node(), str(BOOTH / "build.js"), str(tmp_path)], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in BUNDLE.parent.iterdir()}, (
        "run `node booth/build.js`"
    )


def test_its_hash_is_recorded_in_both_ways():
    digest = hashlib.sha256(BUNDLE.read_bytes())
    recorded = (BUNDLE.parent / "booth.js.sha256").read_text(encoding="utf-8")
    assert recorded == f"{digest.hexdigest()}  booth.js\n"
    integrity = json.loads((BUNDLE.parent / "integrity.json").read_text(encoding="utf-8"))
    assert integrity == {"booth.js": f"sha256-{base64.b64encode(digest.digest()).decode()}"}


def test_it_has_no_way_out_and_remembers_nothing():
    said = code()
    assert "makeBallot" in said
    for pattern in NOT_IN_A_BOOTH:
        assert not re.search(pattern, said, re.MULTILINE), pattern


def test_what_it_exports_is_what_the_readme_documents():
    exported = re.search(r"export \{(.*?)\}", code(), re.DOTALL)
    assert exported
    assert set(re.findall(r"\w+", exported[1])) == PUBLIC
    listed = re.findall(r"^\| `(\w+)", README, re.MULTILINE)
    assert set(listed) == PUBLIC


def test_the_lock_pins_every_package_by_its_hash_and_names_no_place():
    lock = json.loads((BOOTH / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert len(packages) > 3
    for name, each in packages.items():
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", each["integrity"]), name
        assert "resolved" not in each, name
    project = json.loads((BOOTH / "package.json").read_text(encoding="utf-8"))
    for name, version in (project["dependencies"] | project["devDependencies"]).items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_the_types_in_the_comments_hold():
    compiler = BOOTH / "node_modules/typescript/bin/tsc"
    if not compiler.exists():
        pytest.fail(NOT_INSTALLED)
    command = [node(), str(compiler), "--project", str(BOOTH / "jsconfig.json")]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_no_source_is_longer_than_400_lines():
    long = [path.name for path in (BOOTH / "src").iterdir() if lines(path) > 400]
    assert not long
    assert lines(BUNDLE) > 400  # with the packages it is made of; it is the one exception


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
