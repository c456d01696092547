"""Signing in with a passkey, on a page of its own: only it loads the scripts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from .answers import see_other


@require_safe
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """One button. allauth checks the passkey and where `next` may lead."""
    if request.user.is_authenticated:
        return see_other(reverse("hub:me"))
    values = {"next": request.GET.get("next", "")}
    response = render(request, "members/passkey_sign_in.html", values)
    add_never_cache_headers(response)
    return response
