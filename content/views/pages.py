"""Serves a page: the way to it from the cache, the judgement by Wagtail's own `serve`."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from .. import version
from ..models import BasePage
from ..sharing import has_session, share
from .routes import Route, find_route


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at an address, or 404. Privacy, preview and hooks are Wagtail's."""
    key = version.digest(request.scheme, request.get_host(), path)
    route = version.cached(f"route:{key}", lambda: find_route(request, path), is_frozen=True)
    if route is not None:
        route.preset(request)
        if away := to_own_language(request, route):
            return away
    response = wagtail_serve(request, path)
    if route is not None and not has_session(request) and is_shareable(request, route.page):
        share(response)
    return response


def is_shareable(request: HttpRequest, page: Page) -> bool:
    """Whether this kind of page may be shared between visitors."""
    return isinstance(page, BasePage) and page.is_shareable(request)


def to_own_language(request: HttpRequest, route: Route) -> HttpResponseRedirect | None:
    """Wagtail shows the leading language where a tree is missing: send the reader there."""
    if route.language == get_language():
        return None
    return redirect(route.page.get_url(request))
