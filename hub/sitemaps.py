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
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.models import Page

from content.models import VisiblePageQuerySet
from content.sharing import share
from courses.models import CoursePage
from courses.views.catalogue import languages_of
from partners.queries.directory import partner_rows
from partners.queries.listing import open_addresses

CLOSED = (
    *("hub:me", "hub:desk", "hub:search", "courses:resume", "account_login"),
    *("partners:partner_desk", "partners:offer_saved"),
)
LISTS = ("courses:catalogue", "partners:offers", "partners:partners")
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
    entries = [*listed_views(), *listed_pages(), *listed_partners(), *listed_offers()]
    context = {"entries": entries[:MOST]}
    return share(render(request, "hub/sitemap.xml", context, content_type="application/xml"))


def listed_views() -> list[Entry]:
    """The lists that are no pages of the CMS: courses, training offers, partners."""
    return [entry for name in LISTS for entry in in_each_language(name)]


def in_each_language(name: str, slug: str = "", at: datetime | None = None) -> list[Entry]:
    """A list, or something below it, in every language."""
    below = f"{slug}/" if slug else ""
    found = [(code, full(url) + below) for code, url in languages_of(name)]
    return [Entry(url, at, found) for _code, url in found]


def listed_partners() -> list[Entry]:
    """The partners of the directory."""
    found = (in_each_language("partners:partners", row.slug) for row in partner_rows())
    return [entry for entries in found for entry in entries]


def listed_offers() -> list[Entry]:
    """The training offers that can be taken."""
    rows = open_addresses(timezone.localdate(), MOST // 2)
    found = (in_each_language("partners:offers", slug, at) for slug, at in rows)
    return [entry for entries in found for entry in entries]


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
