"""The profile in which properties are searched for long, and how often each thing was tried.

`--hypothesis-profile=long`, by hand. What a test counts with the fixture `tried` is summed up at the end of the run.
"""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("untimed", deadline=None)  # no test rests on time
settings.load_profile("untimed")
settings.register_profile(
    "long",
    max_examples=1000,
    stateful_step_count=60,
    derandomize=False,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
TRIED = "tried: "

Tried = Callable[[str, int], None]


@pytest.fixture
def tried(record_property: Callable[[str, object], None]) -> Tried:
    """Say how often something was tried in a test: what, and how often."""
    return lambda what, count: record_property(TRIED + what, count)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was tried how often, of tests that passed."""
    counted: Counter[str] = Counter()
    for report in terminalreporter.stats.get("passed", ()):
        for name, count in report.user_properties:
            if name.startswith(TRIED) and report.when == "call":
                counted[name] += count
    for name, count in sorted(counted.items()):
        terminalreporter.write_line(f"{name} {count:,}")
