"""Who may open which page: every page of the table by somebody of each role."""

import pytest

from quorate.web.rights import RIGHTS, Page, Role
from tests.web.conftest import Browser, Floor
from tests.web.forms import press

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
    "hall-keys": "/m/agm/desk/hall/",
    "item": "/m/agm/item/opening/",
    "motion": "/motions/fund/",
    "division": "/divisions/d-fund/",
    "minutes": "/m/agm/minutes/",
    "bodies": "/bodies/",
    "people": "/people/",
    "calendar": "/calendar/",
    "acts": "/acts/",
    "decisions": "/decisions/",
    "open": "/open/",
    "record": "/record/3/",
    "more": "/more/",
    "account": "/account/",
    "invitations": "/keeper/invitations/",
    "members": "/keeper/members/",
}
_halls: dict[int, str] = {}
_browsers: dict[tuple[int, str], Browser] = {}


def browser_of(floor: Floor, role: Role) -> Browser:
    key = (floor.port, role)
    if key not in _browsers:
        _browsers[key] = floor.signed_in(WHO[role]) if WHO[role] else floor.browser()
    return _browsers[key]


BY_OTHER_WAYS = ("entering", "hall")
"""What is opened by no address alone."""


def hall_of(floor: Floor) -> str:
    """The address of the projector, which the chair makes once."""
    if floor.port not in _halls:
        chair = browser_of(floor, "chair")
        page = press(chair, chair.get("/m/agm/desk/hall/").text, "Make the address").text
        _halls[floor.port] = page.partition('readonly value="http://')[2].partition('"')[0]
    return "/" + _halls[floor.port].partition("/")[2]


@pytest.mark.parametrize("role", list(WHO))
@pytest.mark.parametrize("page", [*ADDRESS, *BY_OTHER_WAYS])
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
        status = browser.get(ADDRESS.get(page) or hall_of(floor)).status
        allowed = status == 200
    assert allowed is (role in RIGHTS[page]), status


def test_every_page_of_the_table_has_an_address() -> None:
    assert {*ADDRESS, *BY_OTHER_WAYS} == set(RIGHTS)
