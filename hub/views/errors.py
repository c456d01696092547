"""A form that came from an unknown origin: the same fields again, with a token and one button."""

import errno
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.cache import add_never_cache_headers

KEPT_LENGTH = 20_000
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SECONDS_TO_WAIT = "10"


def origin_unknown(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with what was typed kept in hidden fields; sending it once more works."""
    response = render(request, "hub/origin_unknown.html", sent_again(request), status=403)
    add_never_cache_headers(response)
    return response


def sent_again(request: HttpRequest) -> dict[str, object]:
    """What a page needs that sends the same form once more."""
    fields = [
        (name, value[:KEPT_LENGTH])
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    return {"fields": fields, "action": request.get_full_path(), "token": get_token(request)}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, without a word about the inside. 413 for what is too long to be read at all; it stays
    in the browser, and the page says how to get back to it."""
    is_too_much = isinstance(exception, TOO_MUCH)
    status = 413 if is_too_much else 400
    return render(request, "400.html", {"is_too_much": is_too_much}, status=status)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same page for what is not there and for what one may not see."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a page that needs neither the database nor the person. 503 when it will pass by itself:
    the database is busy or away, the disk is full."""
    if will_pass(sys.exc_info()[1]):
        return busy(request)
    words = get_template("500.html").render({})
    return HttpResponse(words, status=500)


def will_pass(error: BaseException | None) -> bool:
    """Whether the same request may go well a little later."""
    if isinstance(error, OSError):
        return error.errno in FULL
    return isinstance(error, OperationalError)


def busy(request: HttpRequest) -> HttpResponse:
    """503 with what was typed kept in hidden fields, to be sent again. Needs no database."""
    context = sent_again(request) if request.method == "POST" else {}
    context |= {"path": request.get_full_path(), "has_files": bool(request.FILES)}
    response = HttpResponse(get_template("503.html").render(context), status=503)
    response["Retry-After"] = SECONDS_TO_WAIT
    add_never_cache_headers(response)
    return response
