"""What is logged has no secret in it."""

import logging

import pytest

from quorate.web.logs import WithoutSecrets


@pytest.mark.parametrize(
    "path", ["/sign-in/WsGiJ8Iv6pM8_W6t7HFsYw/", "/found/-sGiJ8Iv6pM8_W6t7HFsY_/"]
)
def test_address_that_lets_somebody_in_is_cut_short_in_the_log(path: str) -> None:
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 0, "Failed: %s (%s)", (path, 500), None
    )
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == f"Failed: /{path.split('/')[1]}/…/ (500)"
    assert path not in str(record.__dict__)


def test_other_addresses_stay_whole() -> None:
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 0, "/sign-in/code/confirm/ %s", ("/m/agm/",), None
    )
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == "/sign-in/code/confirm/ /m/agm/"
