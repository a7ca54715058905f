"""Write `vectors/ballots`: archives with one lie in each, and the check that finds it, for whoever writes a verifier.

The lies are those that the tests of the verifier tell. Run it again when there are more of them.
"""

import inspect
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.ballots import lies  # noqa: E402

TOLD_BY = ("test_verify_lies.py", "test_verify_lies_of_count.py")
KNOWN = ("voters", "credentials")
"""What check 9 is given that can be written in the index."""
told: dict[str, dict[str, Any]] = {}
refused = lies.refused


def keep(archive: bytes, check: Any, match: str, ballot: int | None = None, **more: Any) -> None:
    """Keep the archive of a lie that was found."""
    refused(archive, check, match, ballot, **more)
    known = {name: getattr(more.get("known"), name, None) for name in KNOWN}
    if more and not any(known.values()):
        return  # an earlier copy would be an archive more
    teller = next(each.function for each in inspect.stack() if each.function.startswith("test_"))
    name = re.sub(r"^test_(\d)_(an?_|the_)?|_(is|are)_found.*$", r"\1-", teller).strip("-")
    name = name.replace("_", "-")
    same = sum(each.startswith(name) for each in told)
    file = f"{name}-{same + 1}.bel" if same else f"{name}.bel"
    (ROOT / "vectors/ballots" / file).write_bytes(archive)
    told[file] = {"check": check.value, "ballot": ballot} | {k: v for k, v in known.items() if v}


if __name__ == "__main__":
    for old in (ROOT / "vectors/ballots").glob("*.bel"):
        old.unlink()
    lies.refused = keep
    failed = pytest.main(
        ["-q", "-p", "no:xdist", *(str(ROOT / "tests/ballots" / each) for each in TOLD_BY)]
    )
    index = json.dumps(dict(sorted(told.items())), indent=1)
    (ROOT / "vectors/ballots/index.json").write_text(index + "\n", encoding="utf-8")
    sys.exit(failed)
