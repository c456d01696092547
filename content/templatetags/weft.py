"""Tags that every template shares: the weave, panels of upper floors, packed style and script."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail import hooks

from content import packed, weave
from content.queries import only_hub
from members.models import Hub

register = template.Library()


@register.simple_tag
def cover(word: str) -> SafeString:
    """The woven cover of a course or hub."""
    return mark_safe(weave.cover(word))


@register.simple_tag
def cloth(done: int, total: int) -> SafeString:
    """Progress as a cloth, always with the words."""
    words = _("%(done)s of %(total)s done") % {"done": done, "total": total}
    return format_html("{}<span>{}</span>", mark_safe(weave.cloth(done, total)), words)


@register.simple_tag
def patch(word: str) -> SafeString:
    """The patch of a person without a photo."""
    return mark_safe(weave.patch(word))


@register.simple_tag
def hub_words(words: str) -> SafeString:
    """What a hub says of itself, such as its hours. It is written in the site's own language: on a
    page in another one a screen reader is told so."""
    own = settings.LANGUAGE_CODE
    if not words or get_language() == own:
        return conditional_escape(words)
    return format_html('<span lang="{}">{}</span>', own, words)


@register.simple_tag(takes_context=True)
def panels(context: Context, place: str, **subject: Any) -> SafeString:
    """What the apps above add to a place on this page."""
    request = context.get("request")
    found = [hook(request, **subject) for hook in hooks.get_hooks(f"panel_{place}")]
    shown = [panel.render_html(context) for panel in found if panel is not None]
    return mark_safe("\n".join(shown))


@register.simple_tag(takes_context=True)
def cms_hub(context: Context) -> Hub | None:
    """The hub for which the person writes in the CMS; None for nobody and for many. Read once in
    a request."""
    request = context.get("request")
    if request is None:
        return None
    if not hasattr(request, "cms_hub"):
        request.cms_hub = only_hub(request.user)
    return request.cms_hub


@register.simple_tag
def cms_colours(colour: str) -> str:
    """The address of the CMS's style in the colour of a hub."""
    return static(f"cms/hub-{colour}.css")


@register.simple_tag
def packed_file(kind: str) -> str:
    """The address of the one style ("css") or script ("js")."""
    return packed.address(kind)
