"""Addresses and the pages behind them."""

from django.urls import include, path

from quorate.web.pages.act import act, all_acts
from quorate.web.pages.business import more, open_business, register
from quorate.web.pages.calendar import calendar, move
from quorate.web.pages.decision import decision
from quorate.web.pages.desk import desk, switch_keys
from quorate.web.pages.desk_forms import admit
from quorate.web.pages.division import division, own_receipt
from quorate.web.pages.floor import floor, meeting
from quorate.web.pages.hall import hall, hall_keys
from quorate.web.pages.invitations import invitations, send_again, sheet
from quorate.web.pages.members import import_members
from quorate.web.pages.minutes import as_they_come, minutes
from quorate.web.pages.motion import item, motion
from quorate.web.pages.now import now
from quorate.web.pages.people import all_bodies, body, people, person
from quorate.web.pages.record import entry, receipt

urlpatterns = [
    path("", now),
    path("floor/", floor),
    path("m/<str:key>/", meeting),
    path("m/<str:key>/desk/", desk),
    path("m/<str:key>/desk/hall/", hall_keys),
    path("m/<str:key>/hall/<str:secret>/", hall),
    path("m/<str:key>/desk/keys/", switch_keys),
    path("m/<str:key>/desk/admit/", admit),
    path("m/<str:key>/minutes/", as_they_come),
    path("m/<str:key>/item/<str:heading>/", item),
    path("minutes/<str:key>/", minutes),
    path("motions/<str:key>/", motion),
    path("divisions/<str:key>/", division),
    path("divisions/<str:key>/receipt/", own_receipt),
    path("decisions/<str:key>/", decision),
    path("bodies/", all_bodies),
    path("bodies/<str:key>/", body),
    path("people/", people),
    path("people/<str:key>/", person),
    path("calendar/", calendar),
    path("calendar/move/<str:key>/", move),
    path("acts/", all_acts),
    path("acts/<str:name>/", act),
    path("open/", open_business),
    path("decisions/", register),
    path("record/<int:seq>/", entry),
    path("record/<int:seq>/receipt/", receipt),
    path("more/", more),
    path("", include("quorate.web.accounts.urls")),
    path("keeper/invitations/", invitations),
    path("keeper/members/", import_members),
    path("keeper/sheet/<str:key>/", sheet),
    path("keeper/mail/again/", send_again),
    path("found/", include("quorate.web.founding.urls")),
]
