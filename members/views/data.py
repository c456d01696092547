"""My data: see it, take it away, erase it."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from .. import events
from ..actions import erase_member
from ..errors import Refused
from ..forms import EraseForm
from ..middleware import forget_here
from ..queries import build_export, sections_of
from .answers import MemberRequest, refuse, see_other, sent, show_form


@require_safe
@login_required
def data(request: MemberRequest) -> HttpResponse:
    """All that is stored about me."""
    response = render(request, "members/data.html", {"sections": sections_of(request.user)})
    add_never_cache_headers(response)
    return response


@require_safe
@login_required
def data_export(request: MemberRequest) -> HttpResponse:
    """All that is stored about me as one file."""
    response = HttpResponse(build_export(request.user), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    add_never_cache_headers(response)
    return response


@login_required
@sensitive_post_parameters("password")
def data_erase(request: MemberRequest) -> HttpResponse:
    """Erase my account, after typing user name and password."""
    form = EraseForm(sent(request), member=request.user)
    if request.method == "POST":
        try:
            limit_tries(request)
            if form.is_valid():
                number = request.user.pk
                erase_member(member=request.user)
                events.tell("account_erased", request, member=number)
                logout(request)
                return forget_here(see_other(reverse("members:data_erased")))
        except Refused as refused:
            form.full_clean()
            refuse(form, refused)
    return show_form(request, "members/data_erase.html", form)


def limit_tries(request: MemberRequest) -> None:
    """Nobody guesses a password here."""
    if not ratelimit.consume(request, action="erase", user=request.user):
        raise Refused(_("Too many tries. Wait a minute, then try again."))


@require_safe
def data_erased(request: HttpRequest) -> HttpResponse:
    """The account is gone: what went, what stays, and why."""
    return render(request, "members/data_erased.html", {"site_name": settings.WAGTAIL_SITE_NAME})
