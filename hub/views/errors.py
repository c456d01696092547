"""A form that came from an unknown origin: the same fields again, with a token and one button."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.cache import add_never_cache_headers

KEPT_LENGTH = 20_000


def origin_unknown(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with what was typed kept in hidden fields; sending it once more works."""
    fields = [
        (name, value[:KEPT_LENGTH])
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    context = {"fields": fields, "action": request.get_full_path(), "token": get_token(request)}
    response = render(request, "hub/origin_unknown.html", context, status=403)
    add_never_cache_headers(response)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, without a word about the inside."""
    return render(request, "400.html", status=400)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same page for what is not there and for what one may not see."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a page that needs neither the database nor the person."""
    words = get_template("500.html").render({})
    return HttpResponse(words, status=500)
