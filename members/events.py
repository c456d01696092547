"""What happens at the doors, for the log: who by number, from where by a digest, never a name."""

import hmac
import logging

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

log = logging.getLogger("security")


def tell(event: str, request: HttpRequest | None, **facts: object) -> None:
    """Log something that was done."""
    log.info(event, extra={"facts": facts_of(event, request, facts)})


def warn(event: str, request: HttpRequest | None, **facts: object) -> None:
    """Log something that was refused."""
    log.warning(event, extra={"facts": facts_of(event, request, facts)})


def facts_of(
    event: str, request: HttpRequest | None, facts: dict[str, object]
) -> dict[str, object]:
    """The facts of a line, with a mark of the address that asked, where there is one."""
    return {"event": event, "from": mark(address_of(request)), **facts}


def address_of(request: HttpRequest | None) -> str:
    """The network address that asked, or nothing."""
    try:
        return (get_client_ip(request) or "") if request else ""
    except ImproperlyConfigured:
        return ""


def mark(words: str) -> str:
    """The same mark for the same words. Without the site's key nobody finds the words again."""
    if not words:
        return ""
    return hmac.digest(settings.SECRET_KEY.encode(), f"mark:{words}".encode(), "sha256").hex()[:12]
