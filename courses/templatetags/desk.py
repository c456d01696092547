"""What the desk's templates need to show a learner's work."""

from django import template

register = template.Library()


@register.filter
def web_link(link: str) -> str:
    """The link when it leads to the web; empty when a browser would run it."""
    return link if link.lower().startswith(("https://", "http://")) else ""
