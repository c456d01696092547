"""Registers what content adds to the CMS and to the clock."""

from collections.abc import Callable

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from . import jobs
from .viewsets import choosers, deleting, files, home, listing, menus, topics

hooks.register("construct_page_chooser_queryset", choosers.own_pages)
hooks.register("construct_homepage_panels", home.set_panels, order=-10)
hooks.register("construct_homepage_summary_items", home.no_summary, order=1000)
hooks.register("construct_main_menu", menus.trim_main_menu, order=1000)
hooks.register("construct_page_action_menu", menus.order_page_actions, order=1000)
hooks.register("before_delete_page", deleting.refuse_delete, order=-10)
hooks.register("before_bulk_action", deleting.refuse_bulk_delete, order=-10)
hooks.register("before_serve_document", files.refuse_file, order=1000)


@hooks.register("clock_jobs")
def clock_jobs() -> list[Callable]:
    """What the clock owes."""
    return [jobs.count_rows]


@hooks.register("register_admin_viewset")
def viewsets() -> list[ViewSet]:
    """The lists of the whole site."""
    return [listing.pages, topics.topics, topics.levels]


@hooks.register("insert_global_admin_css")
def cms_style() -> SafeString:
    """The site's colours in the CMS."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/cms.css"))


@hooks.register("insert_editor_js")
def cms_script() -> SafeString:
    """What the forms of pages need beside Wagtail's own."""
    return format_html('<script src="{}"></script>', static("cms/sending.js"))
