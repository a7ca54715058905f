"""Addresses of the first start."""

from django.urls import path

from quorate.web.founding.pages import begin, demo, step

urlpatterns = [
    path("", begin),
    path("demo/", demo),
    path("step/<str:name>/", step),
    path("<str:secret>/", begin),
]
