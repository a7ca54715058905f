# ruff: noqa: INP001  # a script beside what it measures, not a package
"""How long a ballot takes to make: milliseconds in Node and in Chromium, for each group; 1 question, 3 answers, max 1.

From the root of the repository: `.venv/bin/python -m booth.bench`. "open" reads the election and makes its tables, "first"
is the first ballot after it, "warm" the median of the last of many.
"""

import json
import platform
import subprocess
from typing import Any

from quorate.ballots.election import write_election
from quorate.ballots.groups import NAMES, find_group
from quorate.ballots.question import Question
from tests.booth.chromium import Booted, chromium
from tests.booth.node import BUNDLE, node

CREDENTIAL = "YK1dZ-aUX7Yk-zDdZR-qURwnX"
MEASURE = """([election, credential, count]) => {
  const bytes = Uint8Array.from(election.match(/../g), (each) => parseInt(each, 16));
  const timed = (what) => { const at = performance.now(); const done = what(); return [performance.now() - at, done]; };
  const [open, opened] = timed(() => booth.openElection(bytes));
  const all = Array.from({ length: count }, () => timed(() => booth.makeBallot(opened, credential, [[1, 0, 0]]))[0]);
  const warm = all.slice(count / 3).sort((a, b) => a - b);
  return { open, first: all[0], warm: warm[warm.length >> 1] };
}"""
COUNTS = {"Ed25519": 90, "BELENIOS-2048": 60, "RFC-3526-2048": 15}


def election_of(name: str) -> bytes:
    """An election of one question in a group."""
    group = find_group(name)
    asked = Question(answers=("Yes", "No", "Abstain"), min=0, max=1, question="Adopt it?")
    return write_election(
        uuid="TWwH7czxHNwDhB",
        name="Motion",
        description="A vote",
        group=group,
        public_key=group.power(group.generator, 12345),
        questions=(asked,),
    )


def in_node(*given: Any) -> dict[str, float]:
    """What Node measures, started anew."""
    script = (
        f"const booth = await import({json.dumps(BUNDLE.as_uri())}); const measure = {MEASURE};"
    )
    script += "globalThis.crypto ??= (await import('node:crypto')).webcrypto;"
    script += f"console.log(JSON.stringify(measure({json.dumps(given)})));"
    command = [node(), "--input-type=module", "--eval", script]
    done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # Node, with our own bundle
    return dict(json.loads(done.stdout))


def in_chromium(*given: Any) -> dict[str, float]:
    """What Chromium measures, started anew."""
    with chromium() as browser:
        return dict(Booted(browser.new_page()).run(MEASURE, *given))


def main() -> None:
    """Measures and prints."""
    print(f"{BUNDLE.stat().st_size} bytes; {platform.machine()}, milliseconds")  # noqa: T201
    print(f"{'':24}{'open':>8}{'first':>8}{'warm':>8}")  # noqa: T201
    for name in NAMES:
        for where, measure in (("Node", in_node), ("Chromium", in_chromium)):
            said = measure(election_of(name).hex(), CREDENTIAL, COUNTS[name])
            cells = "".join(f"{said[key]:8.1f}" for key in ("open", "first", "warm"))
            print(f"{name:15}{where:9}{cells}")  # noqa: T201


if __name__ == "__main__":
    main()
