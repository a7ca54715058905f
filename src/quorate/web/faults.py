"""Faults of the desk as answers in a browser: what could not be done, that nothing was recorded, and what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quorate.canon.fault import Busy, Unavailable


class FaultMiddleware:
    """Turn a record that cannot be kept or read into 503, in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an error that is the desk's."""
        if not isinstance(error, Unavailable):
            return None
        again = isinstance(error, Busy)
        response = render(request, "unavailable.html", {"again": again}, status=503)
        response["Retry-After"] = "5"
        return response
