"""The body of a page, rendered once for each published version."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from .. import version

register = template.Library()


@register.simple_tag(takes_context=True)
def body(context: dict[str, Any], page: Page, field: str = "body") -> SafeString:
    """A StreamField of a page as HTML. A preview is rendered anew; the published one is kept for
    the day: a note in it may say that its time is over."""
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False) or not page.pk:
        return getattr(page, field).render_as_block()
    key = f"body:{page.pk}:{field}:{timezone.localdate()}"
    html = version.cached(key, lambda: str(getattr(page, field).render_as_block()))
    return mark_safe(html)
