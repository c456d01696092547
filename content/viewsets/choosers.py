"""Choosing a page: a hub's people begin at their own pages and see no others."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.chooser import BrowseView
from wagtail.models import Page
from wagtail.permissions import policy_registry


def own_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Of some pages, those that somebody may find in the CMS."""
    own = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(pk__in=own.order_by().values("pk"))


class OwnBrowseView(BrowseView):
    """The page chooser. It opens at one's own pages, wherever Wagtail would begin."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        if parent_page_id is None and not request.user.is_superuser:
            root = policy_registry.get_by_type(Page).explorable_root_instance(request.user)
            parent_page_id = root.pk if root else None
        return super().get(request, parent_page_id)
