"""What may be shared between visitors, and who counts as a visitor. No database."""

from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

DISPLAYS = ("system", "light", "dark")
DISPLAY_COOKIE = "display"
MESSAGES_COOKIE = "messages"
Response = TypeVar("Response", bound=HttpResponse)


def has_session(request: HttpRequest) -> bool:
    """Whether the browser sent a session cookie. Page cache, forms and templates all ask this."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def display_of(request: HttpRequest) -> str:
    """The choice of light or dark, or what the system says."""
    choice = request.COOKIES.get(DISPLAY_COOKIE, "")
    return choice if choice in DISPLAYS else DISPLAYS[0]


def is_visit(request: HttpRequest) -> bool:
    """Whether this request may be answered with the same bytes for everybody."""
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and not has_session(request)
        and MESSAGES_COOKIE not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
        and not getattr(request, "is_dummy", False)
    )


def share(response: Response) -> Response:
    """Marks an answer as the same for every visitor. Views call this, never a person's page."""
    vars(response)["weft_shareable"] = True
    return response


def is_shared(response: HttpResponse) -> bool:
    """Whether a view marked the answer, and nothing in it belongs to one person."""
    return (
        getattr(response, "weft_shareable", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "private" not in response.get("Cache-Control", "")
    )
