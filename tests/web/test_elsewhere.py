"""Coming in by an account elsewhere, as `floor.toml` allows it: it opens a door to an account that is here, and makes none."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from quorate.cli import main
from tests.web.conftest import Answer, Browser, Floor, run_floor
from tests.web.identity import Provider
from tests.web.test_accounts import confirm_address


def served(folder: Path, provider: Provider, *, trusts_mail: bool) -> Iterator[Floor]:
    """A floor whose members may come by a provider."""
    founded = [
        "--name",
        "Lindenhof",
        "--clerk",
        "Ada",
        "--handle",
        "ada",
        "--origin",
        "example.org/l",
    ]
    runner = CliRunner(env={"QUORATE_DIR": str(folder)})
    assert runner.invoke(main, ["init", *founded], catch_exceptions=False).exit_code == 0
    (folder / "floor.toml").touch(mode=0o600)
    (folder / "floor.toml").write_text(provider.config(trusts_mail=trusts_mail))
    return run_floor(folder)


def come_by(browser: Browser, provider: Provider, process: str = "login") -> Answer:
    """Go to the provider and come back from there."""
    browser.get("/account/elsewhere/" if process == "connect" else "/sign-in/")
    there = browser.post(f"/sign-in/by/union/login/?process={process}")
    assert there.location.startswith(f"{provider.address}/authorize?")
    state = parse_qs(urlsplit(there.location).query)["state"][0]
    return browser.get(f"/sign-in/by/union/login/callback/?code=c&state={state}")


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as one:
        yield one


def test_confirmed_address_of_a_trusted_provider_lets_in(
    tmp_path: Path, provider: Provider
) -> None:
    for floor in served(tmp_path / "house", provider, trusts_mail=True):
        confirm_address(floor, floor.signed_in("ada"), "ada@example.org")
        for says, inside in (
            ({"sub": "1", "email": "ada@example.org", "email_verified": False}, False),
            ({"sub": "2", "email": "eve@example.org", "email_verified": True}, False),
            ({"sub": "3", "email": "ada@example.org", "email_verified": True}, True),
        ):
            provider.says = says
            browser = floor.browser()
            come_by(browser, provider)
            assert (browser.get("/account/").status == 200) is inside, says
        policy = floor.browser().get("/sign-in/").headers["content-security-policy"]
        assert f"form-action 'self' {provider.address}" in policy


def test_account_elsewhere_is_connected_by_whoever_is_in(
    tmp_path: Path, provider: Provider
) -> None:
    for floor in served(tmp_path / "house", provider, trusts_mail=False):
        inside = floor.signed_in("ada")
        provider.says = {"sub": "7", "email": "somebody@example.org", "email_verified": True}
        stranger = floor.browser()
        come_by(stranger, provider)
        assert stranger.get("/account/").status == 302
        assert come_by(inside, provider, "connect").status == 302
        later = floor.browser()
        assert come_by(later, provider).location == "/"
        assert "Ada" in later.get("/account/").text
