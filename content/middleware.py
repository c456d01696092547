"""Whole pages for visitors from the cache, and forms that are accepted by where they come from."""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware, RejectRequest
from django.utils import timezone
from django.utils.cache import get_conditional_response

from . import packed, version
from .sharing import display_of, has_session, is_shared, is_visit, share

Handler = Callable[[HttpRequest], HttpResponseBase]
PRIVATE = "private, no-cache"
REASON_FOREIGN = "The form comes from another site."
REFUSED_WEIGHT = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
DROPPED = {"vary", "etag", "content-length", "cache-control"}


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    "": lambda body: body,
}


@dataclass(frozen=True)
class StoredPage:
    """A page as it is kept: packed in one way, the same for every visitor who takes it so."""

    headers: dict[str, str]
    etag: str
    coding: str
    body: bytes

    @classmethod
    def of(cls, response: HttpResponse, coding: str) -> "StoredPage":
        """Pack an answer."""
        body = response.content
        kept = {name: value for name, value in response.items() if name.lower() not in DROPPED}
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
        return cls(headers=kept, etag=etag, coding=coding, body=PACKERS[coding](body))

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or 304 when the browser has it already."""
        body = b"" if request.method == "HEAD" else self.body
        response = share(HttpResponse(body, headers=self.headers))
        response["Content-Length"] = str(len(self.body))
        response["ETag"] = self.etag
        response["Cache-Control"] = "no-cache"
        response["Vary"] = "Cookie, Accept-Encoding"
        if self.coding:
            response["Content-Encoding"] = self.coding
        return get_conditional_response(request, etag=self.etag, response=response) or response


def coding_of(request: HttpRequest) -> str:
    """How this browser takes a page, packed best; empty where it must be plain."""
    return next(coding for coding in PACKERS if not coding or accepts(request, coding))


def accepts(request: HttpRequest, coding: str) -> bool:
    """Whether the browser takes this packing."""
    for offer in request.META.get("HTTP_ACCEPT_ENCODING", "").lower().split(","):
        name, _semicolon, weight = offer.partition(";")
        if name.strip() == coding:
            return not REFUSED_WEIGHT.fullmatch(weight)
    return False


class PageCacheMiddleware:
    """Answers a visitor from the cache; marks every other page as private."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with version.one_request():
            token = version.current() if is_visit(request) else None
            if token is None:
                return private(self.get_response(request))
            return self.for_visitor(request, page_key(request, token))

    def for_visitor(self, request: HttpRequest, key: str) -> HttpResponseBase:
        """The kept page, or the page built now and kept if its view shares it."""
        page = version.get(key)
        if page is None:
            response = self.get_response(request)
            if not is_shared(response):
                return private(response)
            page = StoredPage.of(response, coding_of(request))
            version.put(key, page)
        return page.answer(request)


def private(response: HttpResponseBase) -> HttpResponseBase:
    """A page that nobody keeps but this browser, unless its view said otherwise."""
    response.headers.setdefault("Cache-Control", PRIVATE)
    return response


def page_key(request: HttpRequest, token: str) -> str:
    """The key of a visitor's page. The hour is in it: a date that is over goes from the page. Its
    style and script are in it: the site may have others after an upgrade, and the old ones gone."""
    where = (request.scheme, request.get_host(), display_of(request), request.path)
    coding = coding_of(request)
    hour = f"{timezone.now():%Y%m%d%H}"
    words = (hour, coding, *packed.manifest().values(), *where)
    return f"page:{token}:{version.digest(*words)}"


class OriginCsrfMiddleware(CsrfViewMiddleware):
    """With a session: Django's token. Without: a form is ours if it comes from our own page.

    A browser that does not say where a form comes from must send a token.
    """

    def process_view(
        self, request: HttpRequest, callback: Callable[..., object], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        if has_session(request) or self._is_settled(request, callback):
            return super().process_view(request, callback, args, kwargs)
        try:
            if not self.comes_from_us(request):
                self._check_token(request)
        except RejectRequest as refused:
            return self._reject(request, refused.reason)
        return self._accept(request)

    def _is_settled(self, request: HttpRequest, callback: Callable[..., object]) -> bool:
        return (
            request.method in SAFE_METHODS
            or getattr(callback, "csrf_exempt", False)
            or getattr(request, "csrf_processing_done", False)
            or getattr(request, "_dont_enforce_csrf_checks", False)
        )

    def comes_from_us(self, request: HttpRequest) -> bool:
        """What the browser says about the form's page; False when it says nothing."""
        if "HTTP_ORIGIN" in request.META:
            return self._or_reject(self._origin_verified(request))
        if "HTTP_SEC_FETCH_SITE" in request.META:
            return self._or_reject(request.META["HTTP_SEC_FETCH_SITE"] == "same-origin")
        if referer := request.META.get("HTTP_REFERER"):
            return self._or_reject(self._is_our_page(request, referer))
        return False

    @staticmethod
    def _or_reject(is_ours: bool) -> bool:
        if not is_ours:
            raise RejectRequest(REASON_FOREIGN)
        return True

    def _is_our_page(self, request: HttpRequest, address: str) -> bool:
        try:
            found = urlsplit(address)
        except ValueError:
            return False
        return (found.scheme, found.netloc) == (request.scheme, request.get_host())
