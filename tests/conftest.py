"""The profile in which properties are searched for long: `--hypothesis-profile=long`, by hand."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "long",
    max_examples=1000,
    stateful_step_count=60,
    derandomize=False,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
