"""What search engines may list: live public pages with their languages, nothing of a person."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.models import Page

from content.models import VisiblePageQuerySet
from content.sharing import share
from courses.models import CoursePage
from courses.views.catalogue import languages_of

CLOSED = ("hub:me", "hub:desk", "hub:search", "courses:resume", "account_login")
MOST = 50_000


@dataclass(frozen=True)
class Entry:
    """An address with the same page in other languages."""

    url: str
    changed_at: datetime | None = None
    alternates: list[tuple[str, str]] = field(default_factory=list)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where robots need not look, and where the sitemap is."""
    closed = sorted({prefix for code, _name in settings.LANGUAGES for prefix in closed_in(code)})
    lines = ["User-agent: *", "Disallow: /cms/", *(f"Disallow: {prefix}" for prefix in closed)]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return share(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


def closed_in(language: str) -> list[str]:
    """The closed parts of the site in a language."""
    with override(language):
        return [reverse(name) for name in CLOSED]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All entries, as XML."""
    context = {"entries": [*listed_views(), *listed_pages()][:MOST]}
    return share(render(request, "hub/sitemap.xml", context, content_type="application/xml"))


def listed_views() -> list[Entry]:
    """The pages that are no pages of the CMS: the catalogue."""
    found = [(code, full(url)) for code, url in languages_of("courses:catalogue")]
    return [Entry(url, alternates=found) for _code, url in found]


def listed_pages() -> list[Entry]:
    """The pages of the CMS that everybody may read, with their other languages."""
    by_key: dict[Any, list[Page]] = defaultdict(list)
    for page in open_pages():
        by_key[page.translation_key].append(page)
    return [entry for pages in by_key.values() for entry in entries_of(pages)]


def open_pages() -> list[Page]:
    """Live pages under live pages that everybody may read; aliases are left out."""
    for_members = CoursePage.objects.filter(access=CoursePage.Access.MEMBERS).values(
        "translation_key"
    )
    courses = CoursePage.objects.filter(translation_key__in=for_members)
    closed = tuple(courses.values_list("path", flat=True))
    pages = VisiblePageQuerySet(Page).open_to_all().filter(depth__gt=1, alias_of__isnull=True)
    rows = pages.select_related("locale").order_by("path")
    return [page for page in rows if page.path in closed or not page.path.startswith(closed)]


def entries_of(pages: list[Page]) -> list[Entry]:
    """One page in all its languages."""
    routed = [(page, full(page.url)) for page in pages if page.url]
    alternates = (
        [(page.locale.language_code, url) for page, url in routed] if len(routed) > 1 else []
    )
    return [Entry(url, page.last_published_at, alternates) for page, url in routed]


def full(path: str) -> str:
    """An address with the name of the site."""
    return urljoin(f"{settings.SITE_URL}/", path)
