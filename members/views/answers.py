"""Answers that every view of this app gives."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.forms import Form
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from ..errors import Refused
from ..models import Hub, Member

View = Callable[..., HttpResponse]


class FramedRequest(HttpRequest):
    """A request whose view tells the page's frame which hub and which languages it shows, and
    the page's own address where a refused form has another one."""

    shell_hub: Hub
    page_address: str
    page_languages: list[tuple[str, str]]
    near_languages: list[tuple[str, str]]


class MemberRequest(FramedRequest):
    """A request of a person who is signed in."""

    user: Member


def see_other(url: str) -> HttpResponse:
    """What was recorded ends in a 303."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def forms_only(page_of: Callable[..., str]) -> Callable[[View], View]:
    """A view that takes forms alone. After a refusal its address stands in the browser: whoever
    asks for it again is led to the page that it belongs to, as `page_of` says. Where that page
    stands above it in the address, the site does so by itself (`hub/form_addresses.py`)."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if request.method in ("GET", "HEAD"):
                return HttpResponseRedirect(page_of(request, *args, **named))
            if request.method != "POST":
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            return view(request, *args, **named)

        return guarded

    return guard


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, if nothing at all; None where no form was sent."""
    return request.POST if request.method == "POST" else None


def show_form(request: HttpRequest, template: str, form: Form, **values: object) -> HttpResponse:
    """A page with a form. With errors it is a 422, and what was typed is kept."""
    response = render(
        request, template, {"form": form, **values}, status=422 if form.errors else 200
    )
    add_never_cache_headers(response)
    return response


def refuse(form: Form, refused: Refused) -> None:
    """Put the reason of a refusal beside its field."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
