"""Serves a page: the way to it from the cache, the judgement by Wagtail's own `serve`."""

from copy import copy
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.models.sites import SiteRootPath
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from members.models import Hub

from .. import version
from ..models import BasePage
from ..queries import hub_above, languages_of
from ..sharing import has_session, share


@dataclass(frozen=True)
class Route:
    """A page and what Wagtail would look up on the way to it."""

    page: Page
    site: Site
    root_paths: list[SiteRootPath]
    hub: Hub | None
    languages: list[tuple[str, str]]
    language: str

    def preset(self, request: HttpRequest) -> None:
        """Leave on the request what Wagtail leaves there, and what the frame shows. The page is a
        copy: the process holds on to this one."""
        request._wagtail_site = self.site
        request._wagtail_route_for_request = RouteResult(copy(self.page))
        request._wagtail_cached_site_root_paths = self.root_paths
        request.shell_hub = self.hub
        request.page_languages = self.languages


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


def find_route(request: HttpRequest, path: str) -> Route | None:
    """The way to a page. None when it leads to a part of a page, which is not kept."""
    found = Page.route_for_request(request, path)
    if found is None or found[1] or found[2]:
        return None
    page = found[0]
    page.restrictions = list(page.get_view_restrictions().prefetch_related("groups"))
    frames_itself = getattr(page, "frames_itself", False)
    return Route(
        page=page,
        site=Site.find_for_request(request),
        root_paths=page._get_site_root_paths(request),
        hub=None if frames_itself else hub_above(page),
        languages=[] if frames_itself else languages_of(page, request),
        language=page.locale.language_code,
    )


def is_shareable(request: HttpRequest, page: Page) -> bool:
    """Whether this kind of page may be shared between visitors."""
    return isinstance(page, BasePage) and page.is_shareable(request)


def to_own_language(request: HttpRequest, route: Route) -> HttpResponseRedirect | None:
    """Wagtail shows the leading language where a tree is missing: send the reader there."""
    if route.language == get_language():
        return None
    return redirect(route.page.get_url(request))
