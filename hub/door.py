"""The door of a web process: a visitor's page that this process has sent before leaves at once.

The page cache (`content.middleware`) decides what all visitors may share, and builds it. The door
holds what left under all that such an answer differs by: the content version, the address, the
display, what the browser unpacks, the hour. Whoever brings anything else goes through the house.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from content import version
from content.sharing import DISPLAY_COOKIE, DISPLAYS, is_shared

from .middleware import ID_HEADER, named, tell

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
COOKIES = ("", *(f"{DISPLAY_COOKIE}={name}" for name in DISPLAYS))
DIFFER_BY = (
    "wsgi.url_scheme",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_HOST",
    "PATH_INFO",
    "HTTP_COOKIE",
    "HTTP_ACCEPT_ENCODING",
)
ANSWERED_INSIDE = ("QUERY_STRING", "HTTP_AUTHORIZATION", "HTTP_IF_NONE_MATCH", "HTTP_RANGE")
MOST = 500
Key = tuple[str, ...]


@dataclass(frozen=True)
class Sent:
    """An answer as it left, without the id of its request."""

    status: str
    headers: Headers
    body: bytes


class Door:
    """Wraps the application of a web server."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.held: dict[Key, Sent] = {}

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start = time.perf_counter()
        key = key_of(environ)
        if key is None:
            return self.application(environ, start_response)
        sent = self.held.get(key)
        if sent is None:
            return self.go_inside(key, environ, start_response)
        with named(environ) as name:
            start_response(sent.status, [*sent.headers, (ID_HEADER, name)])
            tell(f"GET {environ['PATH_INFO']}", HTTPStatus.OK, start, view="")
        return [sent.body]

    def go_inside(
        self, key: Key, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Let the house answer, and hold what every visitor may share."""
        said: list[tuple[str, Headers]] = []

        def note(status: str, headers: Headers, *rest: Any) -> Any:
            said.append((status, headers))
            return start_response(status, headers, *rest)

        answer = self.application(environ, note)
        if isinstance(answer, HttpResponse) and is_shared(answer):
            self.hold(key, *said[-1], answer.content)
        return answer

    def hold(self, key: Key, status: str, headers: Headers, body: bytes) -> None:
        """Hold an answer, until too many are held."""
        if len(self.held) >= MOST:
            self.held.clear()
        self.held[key] = Sent(status, [pair for pair in headers if pair[0] != ID_HEADER], body)


def key_of(environ: Environ) -> Key | None:
    """All that a shared answer differs by; None for a request that the house must see."""
    if environ["REQUEST_METHOD"] != "GET" or any(map(environ.get, ANSWERED_INSIDE)):
        return None
    if environ.get("HTTP_COOKIE", "") not in COOKIES:
        return None
    token = version.current()
    if token is None:
        return None
    return token, f"{timezone.now():%Y%m%d%H}", *(environ.get(name, "") for name in DIFFER_BY)
