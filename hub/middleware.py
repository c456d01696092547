"""What every answer carries: a request id and the headers that keep a browser safe."""

import logging
import re
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest, HttpResponse

from .logs import KEPT_ID, request_id

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("hub.requests")

DENIED = (403, 404, 429)
ID_HEADER = "X-Request-ID"
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
        start = time.perf_counter()
        with named(request.META) as name:
            request.META[KEPT_ID] = name
            response = self.get_response(request)
            response[ID_HEADER] = name
            facts = facts_of(request, response.status_code)
            tell(f"{request.method} {request.path}", response.status_code, start, **facts)
            return response


@contextmanager
def named(meta: Mapping[str, Any]) -> Iterator[str]:
    """Within it, every line of the log has the id of the request: the one that a proxy gave, if
    it is a plain word, else a new one."""
    given = meta.get("HTTP_X_REQUEST_ID", "")
    name = given if GOOD_ID.fullmatch(given) else uuid.uuid4().hex[:16]
    token = request_id.set(name)
    try:
        yield name
    finally:
        request_id.reset(token)


def tell(asked: str, status: int, start: float, **facts: Any) -> None:
    """One line: what was asked, by which view it was answered, how, and how long it took."""
    if logger.isEnabledFor(logging.INFO):
        taken = round((time.perf_counter() - start) * 1000, 1)
        logger.info("%s", asked, extra={"facts": {"status": status, **facts, "ms": taken}})


def facts_of(request: HttpRequest, status: int) -> dict[str, Any]:
    """The view that answered; and who asked, if something was denied and the view looked."""
    match = request.resolver_match
    facts: dict[str, Any] = {"view": match.view_name if match else ""}
    if status in DENIED:
        facts["member"] = getattr(getattr(request, "_cached_user", None), "pk", None)
    return facts


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
