import pytest
from django.conf import settings

from quorate.web.house import House
from quorate.web.settings import Serving, configure


@pytest.fixture(scope="session", autouse=True)
def django(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Django set up, so that its models can be imported: these tests look into every module."""
    if not settings.configured:  # by a command that was tried in this process
        configure(House(tmp_path_factory.mktemp("house")), Serving((), secure=False))
