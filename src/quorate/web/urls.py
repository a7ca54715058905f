"""Addresses and the pages behind them."""

from django.urls import path

from quorate.web.pages.act import act, all_acts
from quorate.web.pages.business import more, open_business, register
from quorate.web.pages.desk import desk, switch_keys
from quorate.web.pages.desk_forms import admit
from quorate.web.pages.floor import floor, meeting
from quorate.web.pages.hall import hall, hall_keys
from quorate.web.pages.now import now
from quorate.web.pages.record import entry, receipt
from quorate.web.pages.sign_in import by_link, sign_in, sign_out

urlpatterns = [
    path("", now),
    path("floor/", floor),
    path("m/<str:key>/", meeting),
    path("m/<str:key>/desk/", desk),
    path("m/<str:key>/desk/hall/", hall_keys),
    path("m/<str:key>/hall/<str:secret>/", hall),
    path("m/<str:key>/desk/keys/", switch_keys),
    path("m/<str:key>/desk/admit/", admit),
    path("acts/", all_acts),
    path("acts/<str:name>/", act),
    path("open/", open_business),
    path("decisions/", register),
    path("record/<int:seq>/", entry),
    path("record/<int:seq>/receipt/", receipt),
    path("more/", more),
    path("sign-in/", sign_in),
    path("sign-in/<str:secret>/", by_link),
    path("sign-out/", sign_out),
]
