"""Who may open which page: every page of the table by somebody of each role."""

import pytest

from quorate.web.rights import RIGHTS, Page, Role
from tests.web.conftest import Browser, Floor

WHO: dict[Role, str] = {
    "chair": "bea",
    "secretary": "cem",
    "teller": "tess",
    "member": "flo",
    "proxy-holder": "proxy",
    "observer": "olaf",
    "outsider": "xeno",
    "signed-out": "",
}
ADDRESS: dict[Page, str] = {
    "sign-in": "/sign-in/",
    "now": "/",
    "floor": "/m/agm/",
    "desk": "/m/agm/desk/",
    "acts": "/acts/",
    "decisions": "/decisions/",
    "open": "/open/",
    "record": "/record/3/",
    "more": "/more/",
}
_browsers: dict[tuple[int, str], Browser] = {}


def browser_of(floor: Floor, role: Role) -> Browser:
    key = (floor.port, role)
    if key not in _browsers:
        _browsers[key] = floor.signed_in(WHO[role]) if WHO[role] else floor.browser()
    return _browsers[key]


@pytest.mark.parametrize("role", list(WHO))
@pytest.mark.parametrize("page", [*ADDRESS, "entering"])
def test_page_opens_for_the_roles_that_the_table_names(
    floor: Floor, page: Page, role: Role
) -> None:
    browser = browser_of(floor, role)
    if page == "entering":
        browser.get("/acts/cast-vote/")
        given = {
            "division": "d-fund",
            "choice": "for",
            "entered_for": "@gus",
            "token": f"the-token-of-{role}",
        }
        status = browser.post("/acts/cast-vote/", **given).status
        allowed = status in (302, 409) and role != "signed-out"
    else:
        status = browser.get(ADDRESS[page]).status
        allowed = status == 200
    assert allowed is (role in RIGHTS[page]), status


def test_every_page_of_the_table_has_an_address() -> None:
    assert {*ADDRESS, "entering"} == set(RIGHTS)
