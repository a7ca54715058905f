import pytest

from tests.web.django_here import django_here


@pytest.fixture(scope="session", autouse=True)
def django() -> None:
    """Django set up, so that its models can be imported: these tests look into every module."""
    django_here()
