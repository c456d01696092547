"""Reads that cross models."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import Page, ReferenceIndex

from members.models import Hub

from .models import BasePage, HubPage, VisiblePageQuerySet, WeftDocument


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
