"""What every answer carries: a request id and the headers that keep a browser safe."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .logs import request_id

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("hub.requests")

DENIED = (403, 404, 429)
GOOD_ID = re.compile(r"[\w.-]{8,64}", re.ASCII)

SITE_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
CMS_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)


class RequestIdMiddleware:
    """Gives each request an id that its log lines and its answer share, and logs one line."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(id_of(request))
        start = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            tell(request, response, time.perf_counter() - start)
            return response
        finally:
            request_id.reset(token)


def id_of(request: HttpRequest) -> str:
    """The id that a proxy gave, if it is a plain word; else a new one."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    return given if GOOD_ID.fullmatch(given) else uuid.uuid4().hex[:16]


def tell(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """One line: what was asked, by which view it was answered, how, and how long it took."""
    if not logger.isEnabledFor(logging.INFO):
        return
    match = request.resolver_match
    facts = {
        "status": response.status_code,
        "view": match.view_name if match else "",
        "ms": round(seconds * 1000, 1),
    }
    if response.status_code in DENIED:
        facts["member"] = member_of(request)
    logger.info("%s %s", request.method, request.path, extra={"facts": facts})


def member_of(request: HttpRequest) -> int | None:
    """The number of the member who asked, if the view looked who it was."""
    return getattr(getattr(request, "_cached_user", None), "pk", None)


class HeadersMiddleware:
    """Sets the Content-Security-Policy and Permissions-Policy. The CMS needs inline scripts."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy = CMS_POLICY if request.path.startswith("/cms/") else SITE_POLICY
        response.setdefault("Content-Security-Policy", policy)
        response.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        return response
