"""Reads that cross models."""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from wagtail.models import Page, ReferenceIndex

from members.models import Hub, Member
from members.models.hubs import GROUP_WORDS
from members.statements import Statement

from . import version
from .models import BasePage, HubPage, VisiblePageQuerySet, WeftDocument

MAIN_SLUGS = ("hubs", "help", "about", "privacy")
HOME_DEPTH = 2
TOP_PAGES = Statement(
    lambda: (
        VisiblePageQuerySet(Page)
        .filter(depth__lte=HOME_DEPTH + 1, alias_of__isnull=True)
        .visible()
        .exclude(depth=1)
        .values_list("translation_key", "slug", "depth", "locale__language_code")
    )
)


class TopPage(NamedTuple):
    """The home page in one language, or a page below it."""

    key: UUID
    slug: str
    depth: int
    language: str


@dataclass(frozen=True)
class Place:
    """A page that the frame leads to; `language` only where it is not the reader's."""

    url: str
    language: str = ""


def main_places() -> dict[str, Place]:
    """The home page and the plain pages that every page leads to, by name: `{"help": …}`.

    Each in the reader's language, else in the site's own. One that is not live is left out. The
    frame of an error page needs them too: with the database gone it stands without them.
    """
    try:
        return version.cached("main-places", read_main_places, is_frozen=True)
    except DatabaseError:
        return {}


def read_main_places() -> dict[str, Place]:
    """Read the main places, in one statement."""
    named = defaultdict[UUID, dict[str, TopPage]](dict)
    for row in TOP_PAGES.all():
        page = TopPage(*row)
        named[page.key][page.language] = page
    found = {}
    for in_languages in named.values():
        leading = in_languages.get(settings.LANGUAGE_CODE)
        if leading and (leading.depth == HOME_DEPTH or leading.slug in MAIN_SLUGS):
            name = "home" if leading.depth == HOME_DEPTH else leading.slug
            found[name] = place_of(in_languages, leading)
    return found


def place_of(in_languages: dict[str, TopPage], leading: TopPage) -> Place:
    """The page in the reader's language, else the leading one."""
    reading = get_language()
    page = in_languages.get(str(reading), leading)
    code = page.language
    path = "" if page.depth == HOME_DEPTH else f"{page.slug}/"
    with override(code):
        return Place(reverse("wagtail_serve", args=[path]), "" if code == reading else code)


def languages_of(page: Page, request: HttpRequest | None = None) -> list[tuple[str, str]]:
    """The languages in which a page exists, with its address in each: `[("en", "/"), …]`.

    A page that only stands in for another language's is left out. The page's own language is
    known to it from then on, without a statement.
    """
    others = VisiblePageQuerySet(Page).filter(
        translation_key=page.translation_key, alias_of__isnull=True
    )
    found = others.visible().select_related("locale").order_by("locale__pk")
    for other in found:
        if other.locale_id == page.locale_id:
            page.locale = other.locale
    return [(other.locale.language_code, other.get_url(request)) for other in found]


def hub_above(page: Page) -> Hub | None:
    """The hub on whose branch a page stands."""
    above = HubPage.objects.ancestor_of(page, inclusive=True).select_related("hub").last()
    return above.hub if above else None


def only_hub(person: object) -> Hub | None:
    """The one hub for which a person writes or reviews; None where there is none, or several."""
    if not isinstance(person, Member):
        return None
    hubs = list(Hub.objects.for_staff(person, *GROUP_WORDS)[:2])
    return hubs[0] if len(hubs) == 1 else None


def why_not_delete(page: Page) -> str:
    """The reason why a page, or one below it, may not be deleted; empty when it may."""
    for each in page.get_descendants(inclusive=True).specific(defer=True):
        if reason := getattr(each, "reason_to_keep", lambda: "")():
            return str(reason)
    return ""


def pages_showing(document: WeftDocument) -> list[BasePage]:
    """The published pages that show a file."""
    shown_by = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = [int(key) for key in shown_by.values_list("object_id", flat=True).distinct()]
    found = VisiblePageQuerySet(Page).filter(pk__in=keys).visible().specific()
    return [page for page in found if isinstance(page, BasePage)]
