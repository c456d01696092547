"""Signing in with a code that a hub gave, and the new password that may follow."""

import time

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from .. import events
from ..actions import set_password, use_sign_in_code
from ..errors import Refused
from ..forms import CodeForm, NewPasswordForm, keep_or_end
from ..models import Member
from .answers import MemberRequest, refuse, see_other, sent, show_form

FRESH = 30 * 60
FRESH_KEY = "signed_in_by_code"


@sensitive_post_parameters("code")
def code_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a user name and a code."""
    if request.user.is_authenticated:
        return see_other(reverse("hub:me"))
    form = CodeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            member = member_of(request, form)
        except Refused as refused:
            username = form.cleaned_data["username"].lower()
            events.warn("hub_code_refused", request, account=events.mark(username))
            refuse(form, refused)
        else:
            return sign_in(request, member, form.cleaned_data["not_mine"])
    return show_form(request, "members/code_sign_in.html", form)


def member_of(request: HttpRequest, form: CodeForm) -> Member:
    """The member whom the code signs in. Tries are limited for each address and user name."""
    username = Member.normalize_username(form.cleaned_data["username"])
    if not ratelimit.consume(request, action="sign_in_code", key=username):
        raise Refused(_("Too many tries. Wait an hour, or ask your hub for help."))
    return use_sign_in_code(username=username, code=form.cleaned_data["code"])


def sign_in(request: HttpRequest, member: Member, is_not_mine: bool) -> HttpResponse:
    """Sign a member in as a password would: a second step, where there is one, still comes."""
    onward = get_next_redirect_url(request) or reverse("hub:me")
    request.session[FRESH_KEY] = {"member": member.pk, "at": time.time(), "next": onward}
    keep_or_end(request, is_not_mine)
    login = Login(user=member, redirect_url=reverse("members:code_password"))
    response = perform_login(request, login)
    response.status_code = 303
    return response


def is_fresh(request: MemberRequest) -> bool:
    """Whether this person came in by a code a short while ago."""
    mark = request.session.get(FRESH_KEY) or {}
    return mark.get("member") == request.user.pk and time.time() - mark["at"] < FRESH


@login_required
@sensitive_post_parameters("password1")
def code_password(request: MemberRequest) -> HttpResponse:
    """A new password after a code. Nobody has to choose one."""
    if not is_fresh(request):
        raise Http404
    form = NewPasswordForm(sent(request))
    onward = request.session[FRESH_KEY]["next"]
    if request.method == "POST" and form.is_valid():
        try:
            set_password(member=request.user, password=form.cleaned_data["password1"])
        except Refused as refused:
            refuse(form, refused)
        else:
            del request.session[FRESH_KEY]
            update_session_auth_hash(request, request.user)
            return see_other(onward)
    return show_form(request, "members/code_password.html", form, onward=onward)
