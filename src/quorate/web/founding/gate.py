"""Until there is an organisation, every address leads to one page that says so; afterwards there is nothing to found."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from quorate.web.pages.common import the_house

FOUNDING = "/found/"


class FoundingMiddleware:
    """Let the pages of the first start be seen while there is no organisation, and no others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        founding = request.path.startswith(FOUNDING)
        if the_house().awaits_founding:
            if founding:
                return self._get_response(request)
            return render(request, "founding/closed.html", status=403)
        if founding and not request.path.startswith(f"{FOUNDING}demo/"):
            return redirect("/")
        return self._get_response(request)
