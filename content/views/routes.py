"""The way to a page: what Wagtail would look up, in few statements.

Only pages that route as `BasePage` does are found here; every other way is left to Wagtail.
"""

from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.models.sites import SiteRootPath
from wagtail.url_routing import RouteResult

from members.models import Hub
from members.statements import Statement

from ..models import BasePage
from ..queries import hub_above, languages_of

STEP = 4
MOST_STEPS = 8
SAMPLES = tuple("abcdefghijklmnop")


class Step(NamedTuple):
    """A page on the way."""

    pk: int
    path: str
    url_path: str
    is_live: bool
    kind: int
    alias_of: int | None

    @property
    def model(self) -> type[Page] | None:
        """The class of the page; none where the code does not know it."""
        return ContentType.objects.get_for_id(self.kind).model_class()

    @property
    def is_plain(self) -> bool:
        """Whether the way goes on below this page as below any other."""
        return self.is_live and getattr(self.model, "route", None) is BasePage.route


SITES = Statement(lambda: Site.objects.order_by("pk"))
LINE = Statement(
    lambda *values: (
        Page.objects.filter(slug__in=values[:MOST_STEPS], url_path__in=values[MOST_STEPS:])
        .order_by("path")
        .values_list("pk", "path", "url_path", "live", "content_type", "alias_of")
    ),
    *SAMPLES,
)
RESTRICTIONS = Statement(
    lambda *paths: PageViewRestriction.objects.filter(page__path__in=paths), *SAMPLES[:MOST_STEPS]
)


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


def find_route(request: HttpRequest, path: str) -> Route | None:
    """The way to a page. None when it leads to a part of a page, which is not kept."""
    page = find_page(request, path)
    if page is None:
        return None
    frames_itself = getattr(page, "frames_itself", False)
    return Route(
        page=page,
        site=Site.find_for_request(request),
        root_paths=root_paths_of(request),
        hub=None if frames_itself else hub_above(page),
        languages=[] if frames_itself else languages_of(page, request),
        language=page.locale.language_code,
    )


def find_page(request: HttpRequest, path: str) -> Page | None:
    """The page at an address with its restrictions; None when there is none, or a part of one."""
    line = line_to(request, path)
    page = page_of(line[-1]) if line else page_by_wagtail(request, path)
    if page is not None:
        page.restrictions = restrictions_of(page, line)
    return page


def page_by_wagtail(request: HttpRequest, path: str) -> Page | None:
    """The page that Wagtail finds, step by step."""
    found = Page.route_for_request(request, path)
    return None if found is None or found[1] or found[2] else found[0]


def line_to(request: HttpRequest, path: str) -> list[Step]:
    """The pages from the home page to that of an address; none where Wagtail must look."""
    root = root_path_of(request)
    parts = [part for part in path.split("/") if part]
    if not root or len(parts) >= MOST_STEPS:
        return []
    places = [root + "".join(f"{part}/" for part in parts[:end]) for end in range(len(parts) + 1)]
    slugs = [place.split("/")[-2] for place in places]
    found = [Step(*row) for row in LINE.all(*padded(slugs), *padded(places))]
    return found if is_line(found, places) else []


def is_line(found: list[Step], places: list[str]) -> bool:
    """Whether the pages stand below each other at the places, and nothing is special on the way."""
    ends = [step.path[:-STEP] for step in found[1:]]
    return (
        [step.url_path for step in found] == places
        and ends == [step.path for step in found[:-1]]
        and all(step.is_plain for step in found)
    )


def padded(values: list[str]) -> list[str]:
    """As many values as a statement takes."""
    return values + [""] * (MOST_STEPS - len(values))


def root_path_of(request: HttpRequest) -> str:
    """Where the home page of the active language stands, on a server with one site."""
    sites = SITES.all()
    if len(sites) != 1 or not sites[0].is_default_site:
        return ""
    request._wagtail_site = sites[0]
    code = content_language()
    roots = (root for root in root_paths_of(request) if root.language_code == code)
    return next((root.root_path for root in roots), "")


def content_language() -> str:
    """The active language as pages have it; nothing where no page can have it."""
    try:
        return get_supported_content_language_variant(get_language() or "")
    except LookupError:
        return ""


def root_paths_of(request: HttpRequest) -> list[SiteRootPath]:
    """Where the home pages stand, looked up once in a request."""
    if not hasattr(request, "_wagtail_cached_site_root_paths"):
        request._wagtail_cached_site_root_paths = Site.get_site_root_paths()
    return list(request._wagtail_cached_site_root_paths)


def page_of(step: Step) -> Page:
    """The page at the end of the way, with its language."""
    assert step.model is not None
    return by_key(step.model).all(step.pk)[0]


@lru_cache
def by_key(model: type[Page]) -> Statement[Any]:
    """The statement for one page of a class."""
    return Statement(
        lambda pk: model._default_manager.filter(pk=pk).select_related("locale").order_by(), 1
    )


def restrictions_of(page: Page, line: list[Step]) -> list[PageViewRestriction]:
    """The restrictions on a page and all above it; those of an alias are its source's."""
    if len(line) != page.depth - 1 or any(step.alias_of for step in line):
        return list(page.get_view_restrictions().prefetch_related("groups"))
    paths = [page.path[:end] for end in range(STEP, len(page.path) + 1, STEP)]
    found = RESTRICTIONS.all(*padded(paths))
    prefetch_related_objects(found, "groups")
    return found
