"""Guards around doors that other packages bring."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse

from .models import Member
from .rules import has_cms_access

View = Callable[..., HttpResponse]


def second_factor_required(view: View) -> View:
    """Whoever can enter the CMS passes only after a second step: a passkey or a code of an app."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step = missing_step(request) if settings.WEFT_REQUIRE_SECOND_FACTOR else ""
        if not step:
            return view(request, *args, **kwargs)
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse(step)}?{query}")

    return gate


def cms_access_required(view: View) -> View:
    """For a person who may not enter the CMS there is nothing here. A visitor signs in first."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not has_cms_access(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return gate


def in_own_language(view: View) -> View:
    """The CMS has one address in all languages: it speaks that of the person's account, unless
    they chose another one for it."""

    @wraps(view)
    def speak(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, Member):
            return view(request, *args, **kwargs)
        with request.user.in_own_language():
            response = view(request, *args, **kwargs)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response

    return speak


def missing_step(request: HttpRequest) -> str:
    """The page where the second step is set up or taken; empty when nothing is missing."""
    user = request.user
    if not user.is_authenticated or not has_cms_access(user):
        return ""
    if not is_mfa_enabled(user):
        return "mfa_index"
    taken = any(step["method"] == "mfa" for step in get_authentication_records(request, user))
    return "" if taken else "mfa_reauthenticate"


def forget_when_signed_out(view: View) -> View:
    """Signing out empties what the browser kept: the next person at it finds nothing."""

    @wraps(view)
    def leave(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        match = request.resolver_match
        is_sign_out = match is not None and match.view_name == "account_logout"
        return forget_here(response) if is_sign_out and request.method == "POST" else response

    return leave


def forget_here(response: HttpResponse) -> HttpResponse:
    """Ask the browser to forget the pages and the words of a session that is over."""
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def say_when_refused(view: View) -> View:
    """A form that is shown again with errors is a 422, not a 200."""

    @wraps(view)
    def tell(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and form and form.errors:
            response.status_code = 422
        return response

    return tell
