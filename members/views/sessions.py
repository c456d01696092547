"""Ending the sessions on other devices."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from .. import events
from ..actions import end_other_sessions
from ..errors import Refused
from ..forms import SessionsForm
from .answers import MemberRequest, refuse, see_other, sent, show_form
from .data import limit_tries


@login_required
@sensitive_post_parameters("password")
def sessions_end(request: MemberRequest) -> HttpResponse:
    """Sign me out everywhere else, after typing my password."""
    form = SessionsForm(sent(request), member=request.user)
    if request.method == "POST":
        try:
            limit_tries(request)
            if form.is_valid():
                return end(request, form.cleaned_data.get("password", ""))
        except Refused as refused:
            form.full_clean()
            refuse(form, refused)
    return show_form(request, "members/sessions_end.html", form)


def end(request: MemberRequest, password: str) -> HttpResponse:
    """End the others and keep this one, under a new key."""
    member = end_other_sessions(member=request.user, password=password)
    update_session_auth_hash(request, member)
    events.tell("sessions_ended", request, member=member.pk)
    messages.success(request, _("You were signed out on all other devices."))
    return see_other(reverse("members:details"))
