"""What may not be deleted in the CMS: it is refused with a sentence, for everybody."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from ..queries import why_not_delete


def refuse_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before a page is deleted: the reason why not, and back to where it stands."""
    return _refuse(request, [page])


def refuse_bulk_delete(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """The same, for many pages at once."""
    pages = [thing for thing in objects if isinstance(thing, Page)]
    return _refuse(request, pages) if action_type == "delete" and pages else None


def _refuse(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    reason = next(filter(None, (why_not_delete(page) for page in pages)), "")
    if not reason:
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)
