"""The list of pages in the CMS: its filters name no people, for they work for many hubs."""

from wagtail.admin.views.pages.listing import GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page


class OwnPageFilters(GenericPageFilterSet):
    """Wagtail's filters without those that list everybody's names and every site."""

    owner = None
    edited_by = None
    site = None


class OwnPageViewSet(PageViewSet):
    """What the CMS uses for every kind of page."""

    model = Page
    filterset_class = OwnPageFilters


pages = OwnPageViewSet()
