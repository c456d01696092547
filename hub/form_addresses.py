"""Where an address that takes forms alone leads a browser which asks for it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers


class FormAddressMiddleware:
    """Leads a browser that asks for an address which takes forms alone to the page above it.

    Such an address stands in the browser after a refusal, and is where a sign-in goes on that was
    asked for when a form was sent. What is no browser, and the CMS, gets the answer as it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_asked_for = response.status_code == 405 and request.method in ("GET", "HEAD")
        is_browser = "text/html" in request.headers.get("Accept", "")
        if not is_asked_for or not is_browser or request.path.startswith("/cms/"):
            return response
        led = HttpResponseRedirect(address_above(request.path))
        add_never_cache_headers(led)
        return led


def address_above(path: str) -> str:
    """The nearest address above a path that a view of the program has; else the first page."""
    parts = path.strip("/").split("/")[:-1]
    while parts:
        above = f"/{'/'.join(parts)}/"
        try:
            if resolve(above).view_name != "wagtail_serve":
                return above
        except Resolver404:
            pass
        parts.pop()
    return "/"
