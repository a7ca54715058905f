"""Django set up in the process of the tests, over a folder of its own, for what is tested without a server."""

import tempfile
from pathlib import Path

from django.conf import settings

from quorate.web.house import House


def django_here() -> Path:
    """The folder of the house for which Django is set up here; once in a process."""
    if not settings.configured:
        from quorate.web.serve import prepare
        from quorate.web.settings import Serving

        folder = Path(tempfile.mkdtemp(prefix="quorate-"))
        prepare(House(folder), Serving(("localhost",), secure=False))
    house: House = settings.HOUSE
    return house.folder
